from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ocrcli.errors import OcrError, ReaderLeft
from ocrcli.outputs.files import GrowingFile, replacing, telling
from tests.outputs.runs import names_in


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """The kernel refuses to make files larger than this, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_is_replaced_whole(tmp_path: Path):
    path = tmp_path / "deep" / "x.json"
    for content in (b"one", b"two"):
        with replacing(path) as stream:
            stream.write(content)
    assert path.read_bytes() == b"two"
    assert names_in(path.parent) == ["x.json"]


def test_nothing_changes_where_the_writing_fails(tmp_path: Path):
    path = tmp_path / "x.json"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), replacing(path) as stream:
        stream.write(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["x.json"]


def test_a_link_goes_on_pointing_at_the_file(tmp_path: Path):
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "real.json")
    with replacing(link) as stream:
        stream.write(b"x")
    assert link.is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"x"


def test_new_files_are_as_readable_as_any(tmp_path: Path):
    with replacing(tmp_path / "x.json") as stream:
        stream.write(b"x")
    (tmp_path / "plain").touch()
    assert (tmp_path / "x.json").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_faults_name_the_path_and_what_to_do(tmp_path: Path):
    (tmp_path / "file").touch()
    told = pytest.raises(OcrError, match=r"x\.json': a file stands there, not a folder")
    with told as caught, replacing(tmp_path / "file" / "x.json"):
        pass
    assert caught.value.code == "output_failed"
    (tmp_path / "folder").mkdir()
    with pytest.raises(OcrError, match="a folder stands there"), replacing(tmp_path / "folder") as stream:
        stream.write(b"x")
    assert names_in(tmp_path) == ["file", "folder"]


def test_a_full_disk_is_told_and_leaves_no_draft(tmp_path: Path):
    told = pytest.raises(OcrError, match="larger than this file system or your limits allow")
    with files_no_larger_than(10), told, replacing(tmp_path / "x.json") as stream:
        stream.write(b"x" * 100)
    assert names_in(tmp_path) == []
    with pytest.raises(OcrError, match="the disk is full; free some space"), telling("x.json"):
        Path("/dev/full").write_bytes(b"x")


def test_a_closed_pipe_stays_what_it_is():
    with pytest.raises(ReaderLeft), telling("stdout"):
        raise ReaderLeft
    with pytest.raises(OcrError) as caught, telling("summary"):  # a pipe of somebody else's: no reason to be quiet
        raise BrokenPipeError
    assert caught.value.code == "output_failed"


def test_a_growing_file_takes_a_piece_whole_or_not_at_all(tmp_path: Path):
    file = GrowingFile.open(tmp_path / "x.jsonl")
    file.put(b"12345\n")
    with files_no_larger_than(10), pytest.raises(OcrError, match="larger than this file system"):
        file.put(b"67890\n67890\n")
    assert (tmp_path / "x.jsonl").read_bytes() == b"12345\n"
    file.put(b"678\n")
    assert (tmp_path / "x.jsonl").read_bytes() == b"12345\n678\n"
    assert file.read(6, 9) == b"678"
    file.close()


def test_a_growing_file_is_held_by_one_run(tmp_path: Path):
    file = GrowingFile.open(tmp_path / "x.jsonl")
    with pytest.raises(OcrError, match="another run is writing to it"):
        GrowingFile.open(tmp_path / "x.jsonl")
    file.close()
    GrowingFile.open(tmp_path / "x.jsonl").close()


def test_a_file_without_a_name_leaves_no_trace(tmp_path: Path):
    file = GrowingFile.unnamed(tmp_path)
    file.put(b"one\ntwo\n")
    assert list(file.lines()) == [b"one\n", b"two\n"]
    file.cut(0)
    file.put(b"three")
    assert list(file.lines()) == [b"three"]
    assert names_in(tmp_path) == []
    file.close()


@pytest.mark.parametrize("size", [0, 5, 65_535, 65_536, 65_537, 200_000])
def test_the_tail_is_what_follows_the_last_line_break(tmp_path: Path, size: int):
    file = GrowingFile.unnamed(tmp_path)
    file.put(b"line\n" + b"x" * size)
    assert file.tail() == b"x" * size
    file.cut(0)
    file.put(b"x" * size)
    assert file.tail() == b"x" * size
    file.close()
