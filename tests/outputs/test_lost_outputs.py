"""What happens to outputs from the outside: removed, replaced, left half by a killed run, a disk that fills up."""

from __future__ import annotations

import gc
import io
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ocrcli.errors import OcrError
from ocrcli.outputs.cells import Column
from ocrcli.outputs.copies import Copies
from ocrcli.outputs.files import draft_in, replacing, sweep
from ocrcli.outputs.pictures import write_picture
from ocrcli.outputs.stdout import Stdout
from ocrcli.outputs.workbook import Book
from ocrcli.steps.renaming import Rename
from tests.outputs import runs
from tests.outputs import sample_records as sample


def give(sink: Any, name: str) -> None:
    sink.write(sample.given(name), sample.text_record(name, "x"))
    sink.end(sample.given(name), False)


@pytest.mark.parametrize("when", ["before the next", "before the end"])
@pytest.mark.parametrize("by", ["removed", "replaced"])
def test_a_jsonl_that_is_gone_ends_the_run(tmp_path: Path, when: str, by: str) -> None:
    path = tmp_path / "out.jsonl"
    sink = runs.sink_for(path)
    give(sink, "a.png")
    path.unlink()
    if by == "replaced":
        path.write_bytes(b"")
    with pytest.raises(OcrError, match="removed or replaced") as caught:
        if when == "before the next":
            give(sink, "b.png")
        sink.close()
    assert caught.value.code == "output_failed"


@pytest.mark.parametrize("form", ["json", "txt", "xlsx"])
@pytest.mark.parametrize("when", ["before the next", "before the end"])
@pytest.mark.parametrize("by", ["removed", "replaced"])
def test_a_folder_that_is_gone_ends_the_run(tmp_path: Path, form: str, when: str, by: str) -> None:
    folder = tmp_path / "out"
    sink = runs.sink_for(f"{folder}/", form)
    give(sink, "a.png")
    shutil.rmtree(folder)
    if by == "replaced":
        folder.mkdir()
    with pytest.raises(OcrError, match="removed or replaced") as caught:
        if when == "before the next":
            give(sink, "b.png")
        sink.close()
    assert caught.value.code == "output_failed"


def test_a_folder_that_was_only_moved_into_place_by_a_link_stays(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    sink = runs.sink_for(f"{tmp_path}/link/")
    give(sink, "a.png")
    sink.close()
    assert runs.names_in(tmp_path / "real") == ["a.png.json"]


def test_a_source_that_is_gone_costs_its_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sink = Copies(Stdout(io.BytesIO(), "jsonl", tty=False, several=True), [(Rename(), "sorted/{name}")])
    for name in ("a.png", "b.png"):
        Path(name).write_bytes(name.encode())
        sink.write(sample.given(name), sample.record(name, fields={"name": name}))
        if name == "a.png":
            Path(name).unlink()
            with pytest.raises(OcrError) as caught:
                sink.end(sample.given(name), False)
            assert caught.value.code == "unreadable"
            sink.end(sample.given(name), True)
        else:
            sink.end(sample.given(name), False)
    assert [copied.input for copied in sink.copied] == ["b.png"]
    assert runs.names_in(tmp_path / "sorted") == ["b.png.png"]


WRITES = """
import os, signal, sys
from pathlib import Path
from ocrcli.outputs.files import replacing
with replacing(Path(sys.argv[1])) as stream:
    stream.write(b"half")
    stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("name", ["out.json", "folder/sub/a.png.json"])
def test_drafts_of_a_killed_run_go_at_the_next(tmp_path: Path, name: str) -> None:
    killed = subprocess.run([sys.executable, "-c", WRITES, str(tmp_path / name)], check=False)
    assert killed.returncode == -signal.SIGKILL
    folder = (tmp_path / name).parent
    assert len(runs.names_in(folder)) == 1
    sink = runs.sink_for(tmp_path / name) if name == "out.json" else runs.sink_for(f"{tmp_path}/folder/")
    give(sink, "b.png")
    sink.close()
    assert not [found for found in runs.names_in(folder) if found.endswith(".tmp")]


def test_drafts_of_a_run_that_goes_on_stay(tmp_path: Path) -> None:
    with draft_in(tmp_path) as (draft, stream):
        sweep(tmp_path)
        stream.write(b"x")
        assert draft.exists()
    assert runs.names_in(tmp_path) == []
    with replacing(tmp_path / "a") as stream:
        stream.write(b"x")
    assert runs.names_in(tmp_path) == ["a"]
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666 & ~mask


def test_pictures_of_several_inputs_never_lie_over_each_other(tmp_path: Path) -> None:
    """The page of `a.png.front`, the front of `a.png`, and a file of somebody else's that bears the same name."""

    def write(name: str, suffix: str, what: str, shade: int) -> None:
        write_picture(Image.new("L", (4, 4), shade), str(tmp_path), sample.given(name), suffix, what)

    Image.new("L", (4, 4), 9).save(tmp_path / "b.png.png")
    for shade in (50, 60):  # the second run takes the place of the first one's pictures
        write("a.png", ".front.png", "crops front 1", shade)
        write("a.png.front", ".png", "annotate 1", shade + 1)
        write("b.png", ".png", "annotate 1", shade + 2)
        write("a.pdf", ".page3.png", "annotate 3", shade + 3)
        write("a.pdf.page3", ".png", "annotate 1", shade + 4)
    shades = {path.name: Image.open(path).getpixel((0, 0)) for path in tmp_path.iterdir()}
    assert shades == {
        "a.png.front.png": 60,
        "a.png.front_2.png": 61,
        "b.png.png": 9,
        "b.png_2.png": 62,
        "a.pdf.page3.png": 63,
        "a.pdf.page3_2.png": 64,
    }


class Full(io.BytesIO):
    def write(self, data: Any) -> int:
        raise OSError(28, "No space left on device")


def test_a_disk_that_fills_up_under_a_workbook(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(OSError, match="No space"), Book() as book:
        for title in ("one", "two"):
            rows = book.add_rows(title, [Column("a")])
            for i in range(100):
                rows.add([str(i)])
        book.save(Full())
    del book, rows
    gc.collect()
    assert capfd.readouterr().err == ""
