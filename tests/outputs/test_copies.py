"""Copies under new names: nothing is written over, nothing is left half."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from ocrcli.errors import OcrError
from ocrcli.outputs.copies import Copied, Copies
from ocrcli.outputs.stdout import Stdout
from ocrcli.steps.renaming import Rename
from ocrcli.steps.sorting import SortInto
from tests.outputs import sample_records as sample

PATTERN = "sorted/{name}"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def copied(*inputs: tuple[str, bytes, list[str]], pattern: str = PATTERN, failed: bool = False) -> dict[str, bytes]:
    """Reads these inputs (name, bytes, the names found in them) and gives the files there are under `sorted`."""
    sink = Copies(Stdout(io.BytesIO(), "jsonl", tty=False, several=True), [(Rename(), pattern)])
    for name, content, found in inputs:
        Path(name).write_bytes(content)
        given = sample.given(name)
        for page, value in enumerate(found, 1):
            sink.write(given, sample.record(name, page, len(found), fields={"name": value}))
        if failed:
            sink.write(given, sample.error(name))
        sink.end(given, failed)
    sink.close()
    return {str(p.relative_to("sorted")): p.read_bytes() for p in Path("sorted").rglob("*") if p.is_file()}


def test_a_copy_bears_what_was_read_and_its_own_suffix() -> None:
    assert copied(("a.PDF", b"1", ["样本/公司"])) == {"样本_公司.pdf": b"1"}
    assert Path("a.PDF").read_bytes() == b"1"


def test_names_that_are_taken_get_a_number_and_the_same_bytes_no_second_copy() -> None:
    told = copied(("a.pdf", b"1", ["x"]), ("b.pdf", b"2", ["x"]), ("c.pdf", b"1", ["x"]), ("d.jpg", b"3", ["x"]))
    assert told == {"x.pdf": b"1", "x_2.pdf": b"2", "x.jpg": b"3"}
    assert copied(("b.pdf", b"2", ["x"])) == told  # once more: nothing new


def test_several_documents_give_a_copy_each() -> None:
    assert copied(("a.pdf", b"1", ["x", "y", "x"])) == {"x.pdf": b"1", "y.pdf": b"1"}


def test_by_kind_each_input_goes_into_a_folder_for_every_kind_in_it(folder: Path) -> None:
    (folder / "there").mkdir()
    (folder / "there" / "a.png").write_bytes(b"1")
    (folder / "b.PNG").write_bytes(b"2")
    sink = Copies(Stdout(io.BytesIO(), "jsonl", tty=False, several=True), [(SortInto(), "sorted")])
    for _ in range(2):  # the second time everything is there already
        for name, kinds in (("there/a.png", ["taxi", "train", "taxi"]), ("b.PNG", [])):
            given = sample.given(name)
            sink.write(given, sample.record(name, 1, 1, fields=[{"type": kind} for kind in kinds]))
            sink.end(given, failed=False)
    files = {str(p.relative_to("sorted")): p.read_bytes() for p in Path("sorted").rglob("*") if p.is_file()}
    assert files == {"taxi/a.png": b"1", "train/a.png": b"1", "other/b.png": b"2"}
    taxi, train, other = (Copied(*told) for told in (
        ("there/a.png", "sorted/taxi/a.png", True),
        ("there/a.png", "sorted/train/a.png", True),
        ("b.PNG", "sorted/other/b.png", True),
    ))  # fmt: skip
    again = [Copied(copied.input, copied.copy, False) for copied in (taxi, train, other)]
    assert sink.copied == [taxi, train, other, *again]


def test_failed_inputs_are_not_copied() -> None:
    assert copied(("a.pdf", b"1", ["x"]), failed=True) == {}


def test_a_disk_without_links_still_writes_nothing_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert copied(("a.pdf", b"1", ["x"]), ("b.pdf", b"2", ["x"])) == {"x.pdf": b"1", "x_2.pdf": b"2"}


def test_long_names_are_cut() -> None:
    (name,) = copied(("a.pdf", b"1", ["长" * 200]), pattern="sorted/{name}{name}{name}")
    assert len(name.encode()) <= 255 and name.endswith(".pdf")


def test_a_folder_that_cannot_be_made_is_told() -> None:
    Path("sorted").write_text("a file")
    with pytest.raises(OcrError, match="sorted/x") as error:
        copied(("a.pdf", b"1", ["x"]))
    assert error.value.code == "output_failed"
