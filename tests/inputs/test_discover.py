from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ocrcli.errors import UsageError
from ocrcli.inputs.discover import Found, Given, Note, Refused, discover, listed_names, natural_key, printable

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def no_stdin() -> bytes:
    raise AssertionError("stdin was read")


def found(*names: str | Path, **options: object) -> list[Found]:
    options.setdefault("stdin", no_stdin)
    return list(discover([str(name) for name in names], **options))  # type: ignore[arg-type]


def given_names(items: list[Found]) -> list[str]:
    return [item.relative for item in items if isinstance(item, Given)]


def refusals(items: list[Found]) -> list[tuple[str, str]]:
    return [(item.given.name, item.error.code) for item in items if isinstance(item, Refused)]


def notes(items: list[Found]) -> list[str]:
    return [item.message for item in items if isinstance(item, Note)]


def put(folder: Path, *names: str, data: bytes = PNG) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def test_files_come_in_the_order_given(tmp_path: Path) -> None:
    put(tmp_path, "b.png", "a.png")
    items = found(tmp_path / "b.png", tmp_path / "a.png")
    assert items == [Given(str(tmp_path / name), str(tmp_path / name), None, name) for name in ("b.png", "a.png")]


def test_given_can_be_sent_to_a_worker(tmp_path: Path) -> None:
    put(tmp_path, "a.png")
    refused = found(tmp_path / "none.png")[0]
    assert isinstance(refused, Refused)
    for item in (*found(tmp_path / "a.png"), Given("-", None, b"x", "stdin")):
        assert pickle.loads(pickle.dumps(item)) == item
    assert pickle.loads(pickle.dumps(refused)).error.code == "unreadable"


class TestFolders:
    def test_natural_order_and_no_hidden_files(self, tmp_path: Path) -> None:
        put(tmp_path, "img10.png", "img2.png", "IMG1.png", ".hidden.png", "sub/x.png")
        assert given_names(found(tmp_path)) == ["IMG1.png", "img2.png", "img10.png"]

    def test_deeper_only_when_asked(self, tmp_path: Path) -> None:
        put(tmp_path, "b/2.png", "b/1.png", "a.png", "c.png", ".git/x.png", "b/.cache/y.png")
        assert given_names(found(tmp_path)) == ["a.png", "c.png"]
        assert given_names(found(tmp_path, recursive=True)) == ["a.png", "b/1.png", "b/2.png", "c.png"]
        assert all(item.from_folder for item in found(tmp_path) if isinstance(item, Given))

    def test_a_hidden_folder_that_is_named_is_read(self, tmp_path: Path) -> None:
        put(tmp_path, ".scans/a.png")
        assert given_names(found(tmp_path / ".scans")) == ["a.png"]

    def test_known_bytes_or_suffix_are_taken_and_others_counted(self, tmp_path: Path) -> None:
        put(tmp_path, "scan", "photo.JPG", "page.b64")
        put(tmp_path, "notes.txt", "run.py", data=b"text")
        put(tmp_path, "broken.pdf", data=b"not a pdf")
        items = found(tmp_path)
        assert given_names(items) == ["broken.pdf", "page.b64", "photo.JPG", "scan"]
        assert notes(items) == [f"{tmp_path}: 2 files of other kinds left out: notes.txt, run.py"]

    def test_a_folder_that_gives_nothing_is_a_failed_input(self, tmp_path: Path) -> None:
        put(tmp_path, "notes.txt", data=b"text")
        put(tmp_path, "deep/a.png")
        (item,) = found(tmp_path)
        assert isinstance(item, Refused)
        assert (item.given.name, item.error.code) == (str(tmp_path), "no_input")
        assert "1 file of other kinds" in item.error.message
        assert "-r" in item.error.message

    def test_an_empty_folder_is_a_failed_input(self, tmp_path: Path) -> None:
        assert refusals(found(tmp_path)) == [(str(tmp_path), "no_input")]

    def test_pipes_in_a_folder_are_never_opened(self, tmp_path: Path) -> None:
        put(tmp_path, "a.png")
        os.mkfifo(tmp_path / "b.png")
        os.mkfifo(tmp_path / "c")
        assert given_names(found(tmp_path)) == ["a.png"]

    def test_a_zip_is_taken_only_if_it_is_ofd(self, tmp_path: Path) -> None:
        import zipfile

        for name, part in (("invoice", "OFD.xml"), ("letter", "word/document.xml")):
            with zipfile.ZipFile(tmp_path / name, "w") as archive:
                archive.writestr(part, "<x/>")
        assert given_names(found(tmp_path)) == ["invoice"]

    @pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
    def test_an_unreadable_folder_is_refused(self, tmp_path: Path) -> None:
        put(tmp_path, "locked/a.png", "b.png")
        (tmp_path / "locked").chmod(0)
        try:
            items = found(tmp_path, recursive=True)
        finally:
            (tmp_path / "locked").chmod(0o700)
        assert given_names(items) == ["b.png"]
        assert refusals(items) == [(str(tmp_path / "locked"), "unreadable")]

    def test_a_folder_that_cannot_be_listed_is_refused_and_the_rest_goes_on(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path, "locked/a.png", "b.png")
        listed = os.scandir

        def scandir(path: str) -> Iterator[os.DirEntry[str]]:
            if path.endswith("locked"):
                raise PermissionError(13, "Permission denied")
            return listed(path)

        monkeypatch.setattr(os, "scandir", scandir)
        items = found(tmp_path, recursive=True)
        assert given_names(items) == ["b.png"]
        assert refusals(items) == [(str(tmp_path / "locked"), "unreadable")]


class TestLinks:
    def test_links_to_files_and_folders_are_followed(self, tmp_path: Path) -> None:
        put(tmp_path, "store/one.png", "store/more/two.png")
        inbox = tmp_path / "in"
        inbox.mkdir()
        (inbox / "link.png").symlink_to(tmp_path / "store/one.png")
        (inbox / "dir").symlink_to(tmp_path / "store/more")
        assert given_names(found(inbox, recursive=True)) == ["dir/two.png", "link.png"]

    def test_loops_end(self, tmp_path: Path) -> None:
        put(tmp_path, "a/x.png")
        (tmp_path / "a/again").symlink_to(tmp_path)
        (tmp_path / "a/self").symlink_to(tmp_path / "a/self")
        (tmp_path / "a/self.png").symlink_to(tmp_path / "a/self.png")
        items = found(tmp_path, recursive=True)
        assert given_names(items) == ["a/x.png"]
        assert not refusals(items)

    def test_a_link_that_leads_nowhere_is_an_input_that_reading_will_refuse(self, tmp_path: Path) -> None:
        (tmp_path / "gone.png").symlink_to(tmp_path / "nowhere.png")
        assert given_names(found(tmp_path)) == ["gone.png"]
        assert refusals(found(tmp_path / "gone.png")) == [(str(tmp_path / "gone.png"), "unreadable")]


class TestSameFileTwice:
    def test_it_is_read_once_with_a_note(self, tmp_path: Path) -> None:
        put(tmp_path, "a.png")
        (tmp_path / "link.png").symlink_to(tmp_path / "a.png")
        items = found(tmp_path / "a.png", tmp_path / "a.png", tmp_path / "link.png", f"{tmp_path}/./a.png")
        assert given_names(items) == ["a.png"]
        assert len(notes(items)) == 3
        assert all("given twice" in note for note in notes(items))

    def test_a_folder_again_gives_one_note_and_no_error(self, tmp_path: Path) -> None:
        put(tmp_path, "a.png", "b.png")
        items = found(tmp_path, tmp_path, tmp_path / "*.png")
        assert given_names(items) == ["a.png", "b.png"]
        assert not refusals(items)
        assert len(notes(items)) == 2


class TestPatterns:
    def test_matches_come_in_natural_order(self, tmp_path: Path) -> None:
        put(tmp_path, "p10.png", "p9.png", "q.png")
        assert given_names(found(tmp_path / "p*.png")) == ["p9.png", "p10.png"]

    def test_two_stars_go_deeper_and_keep_the_way(self, tmp_path: Path) -> None:
        put(tmp_path, "a.png", "x/b.png", "x/y/b.png", ".h/c.png")
        assert given_names(found(tmp_path / "**/*.png")) == ["a.png", "x/b.png", "x/y/b.png"]
        assert given_names(found(tmp_path / "**")) == ["a.png", "x/b.png", "x/y/b.png"]

    def test_a_literal_name_comes_first(self, tmp_path: Path) -> None:
        put(tmp_path, "page[1].png", "page1.png")
        assert given_names(found(tmp_path / "page[1].png")) == ["page[1].png"]

    def test_folders_that_fit_are_walked(self, tmp_path: Path) -> None:
        put(tmp_path, "scans1/a.png", "scans2/a.png", "other/a.png")
        assert given_names(found(tmp_path / "scans*")) == ["scans1/a.png", "scans2/a.png"]

    def test_a_pattern_that_fits_nothing_is_a_failed_input(self, tmp_path: Path) -> None:
        assert refusals(found(tmp_path / "*.png")) == [(str(tmp_path / "*.png"), "no_input")]


class TestExcluded:
    def test_output_folders_are_never_picked_up(self, tmp_path: Path) -> None:
        put(tmp_path, "a.png", "out/a.png", "out/deep/b.png", "outside/c.png")
        (tmp_path / "alias").symlink_to(tmp_path / "out")
        (tmp_path / "link.png").symlink_to(tmp_path / "out/a.png")
        exclude = [str(tmp_path / "out"), str(tmp_path / "not-there-yet")]
        for name, options in ((tmp_path, {"recursive": True}), (tmp_path / "**/*.png", {})):
            assert given_names(found(name, exclude=exclude, **options)) == ["a.png", "outside/c.png"]

    def test_what_is_named_outright_is_read_all_the_same(self, tmp_path: Path) -> None:
        put(tmp_path, "out/a.png")
        assert given_names(found(tmp_path / "out/a.png", exclude=[str(tmp_path / "out")])) == ["a.png"]
        assert refusals(found(tmp_path / "out", exclude=[str(tmp_path / "out")])) == [
            (str(tmp_path / "out"), "no_input")
        ]


class TestOddNames:
    def test_missing_empty_and_impossible_names_are_refused(self, tmp_path: Path) -> None:
        put(tmp_path, "a.png")
        for name in (str(tmp_path / "none.png"), "", "x" * 5000, f"{tmp_path}/a.png/b.png"):
            assert [code for _, code in refusals(found(name))] == ["unreadable"]

    def test_chinese_newline_and_undecodable_names(self, tmp_path: Path) -> None:
        names = [os.fsencode(tmp_path) + b"/" + name for name in ("发票 1.png".encode(), b"a\nb.png", b"\xb7\xa2.png")]
        for name in names:
            Path(os.fsdecode(name)).write_bytes(PNG)
        items = found(tmp_path)
        assert set(given_names(items)) == {"\\xb7\\xa2.png", "a\nb.png", "发票 1.png"}
        for item in items:
            assert isinstance(item, Given)
            assert item.path is not None
            item.name.encode()  # no surrogate is left
            assert Path(item.path).read_bytes() == PNG

    @pytest.mark.parametrize("url", ["https://example.com/a b.png", "HTTP://x/y", "ftp://x/y.pdf", "s3://bucket/key"])
    def test_a_url_is_refused_with_the_line_to_use(self, url: str) -> None:
        (item,) = found(url)
        assert isinstance(item, Refused)
        assert item.error.code == "url_refused"
        assert "curl -sL" in item.error.message
        assert "| ocrcli SERVICE -" in item.error.message
        assert ("'https://example.com/a b.png'" in item.error.message) == (" " in url)

    def test_pipes_and_devices_that_are_named_are_inputs(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        assert given_names(found(tmp_path / "pipe", "/dev/null")) == ["pipe", "null"]


class TestStandardInput:
    def test_it_stands_where_it_was_given(self, tmp_path: Path) -> None:
        put(tmp_path, "a.png", "b.png")
        items = found(tmp_path / "a.png", "-", tmp_path / "b.png", stdin=lambda: b"data")
        assert given_names(items) == ["a.png", "stdin", "b.png"]
        assert items[1] == Given("-", None, b"data", "stdin")

    def test_it_is_read_when_it_is_reached_and_not_before(self, tmp_path: Path) -> None:
        put(tmp_path, "a.png")
        stream = discover([str(tmp_path / "a.png"), "-"], stdin=no_stdin)
        assert isinstance(next(stream), Given)
        with pytest.raises(AssertionError, match="stdin was read"):
            next(stream)

    def test_a_second_one_is_a_usage_error_at_once(self) -> None:
        with pytest.raises(UsageError):
            discover(["-", "-"], stdin=no_stdin)


class TestLists:
    def test_lines_and_empty_ones(self, tmp_path: Path) -> None:
        put(tmp_path, "a.png", "b c.png")
        listing = f"{tmp_path}/a.png\r\n\n{tmp_path}/b c.png".encode()
        assert given_names(found(files_from=io.BytesIO(listing))) == ["a.png", "b c.png"]

    def test_nul_separated_names_may_hold_newlines(self, tmp_path: Path) -> None:
        put(tmp_path, "a\nb.png", "c.png")
        listing = f"{tmp_path}/a\nb.png\0{tmp_path}/c.png\0".encode()
        assert given_names(found(files_from=io.BytesIO(listing))) == ["a\nb.png", "c.png"]

    def test_names_in_a_list_are_plain_paths(self, tmp_path: Path) -> None:
        put(tmp_path, "a.png", "folder/x.png")
        listing = f"-\n{tmp_path}/*.png\n{tmp_path}/folder\n".encode()
        items = found(files_from=io.BytesIO(listing))
        assert given_names(items) == ["x.png"]
        assert [code for _, code in refusals(items)] == ["unreadable", "unreadable"]

    def test_names_are_taken_as_they_come_from_a_pipe(self, tmp_path: Path) -> None:
        put(tmp_path, "a.png", "b.png")
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb", buffering=0) as feed:
            items = discover([], files_from=stream, stdin=no_stdin)
            for name in ("a.png", "b.png"):
                feed.write(f"{tmp_path}/{name}\n".encode())
                item = next(items)  # would wait for ever if the whole list were read first
                assert isinstance(item, Given)
                assert item.relative == name
            feed.close()
            assert list(items) == []

    def test_a_name_may_come_in_pieces(self) -> None:
        class Pieces(io.RawIOBase):
            chunks = [b"one", b"/two\nth", b"ree\n", b""]  # noqa: RUF012

            def readable(self) -> bool:
                return True

            def read(self, size: int = -1) -> bytes:
                return self.chunks.pop(0)

        assert list(listed_names(Pieces())) == ["one/two", "three"]  # type: ignore[arg-type]

    def test_an_empty_list_gives_nothing(self) -> None:
        assert found(files_from=io.BytesIO(b"")) == []
        assert found(files_from=io.BytesIO(b"\n\n")) == []

    def test_a_nul_that_comes_too_late_makes_an_unreadable_name(self) -> None:
        class Late(io.RawIOBase):
            chunks = [b"a.png\n", b"b\0c\n", b""]  # noqa: RUF012

            def read(self, size: int = -1) -> bytes:
                return self.chunks.pop(0)

        items = found(files_from=Late())
        assert [code for _, code in refusals(items)] == ["unreadable", "unreadable"]
        assert "null" in items[1].error.message  # type: ignore[union-attr]


def test_natural_key_puts_numbers_in_order() -> None:
    names = ["a10", "a9", "A1", "b", "a01", "a1b2", "a1b10", "10", "9"]
    assert sorted(names, key=natural_key) == ["9", "10", "A1", "a01", "a1b2", "a1b10", "a9", "a10", "b"]


def test_printable_writes_undecodable_bytes_as_hex() -> None:
    assert printable(os.fsdecode("图".encode() + b"\xff.png")) == "图\\xff.png"


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = "{'numpy', 'PIL', 'cv2', 'pymupdf', 'pydantic', 'defusedxml'} & set(sys.modules)"
    code = f"import sys, ocrcli.inputs.discover, ocrcli.inputs.page_spec; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
