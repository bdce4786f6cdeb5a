from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ocrcli.errors import OcrError
from tests.outputs import runs
from tests.outputs import sample_records as sample
from tests.outputs.test_files import files_no_larger_than

GOOD = ["a.png", "b.pdf", "e.pdf", "目录/f.png"]
BAD = ["c.png", "d.pdf"]
FORMS = ("json", "jsonl", "txt", "xlsx")


def files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.name[0] != ".")


@pytest.mark.parametrize("form", FORMS)
def test_a_file_for_each_input_that_was_read(tmp_path: Path, form: str):
    runs.run(tmp_path / "out", form)
    assert files(tmp_path / "out") == sorted(f"{name}.{form}" for name in GOOD)


def test_each_form_holds_the_records(tmp_path: Path):
    for form in FORMS:
        runs.run(tmp_path, form)
    told = runs.RECORDS["b.pdf"]
    assert json.loads((tmp_path / "b.pdf.json").read_text("utf-8")) == told
    assert [json.loads(row) for row in (tmp_path / "b.pdf.jsonl").read_text("utf-8").splitlines()] == told
    assert (tmp_path / "b.pdf.txt").read_text("utf-8") == "page 1\n\fpage 2\n\fpage 3\n"
    assert load_workbook(tmp_path / "b.pdf.xlsx")["Text"]["D4"].value == "page 3"


def test_only_the_files_are_left_for_json(tmp_path: Path):
    runs.run(tmp_path, "json", {"a.png": runs.RECORDS["a.png"], "c.png": runs.RECORDS["c.png"]})
    assert runs.names_in(tmp_path) == ["a.png.json"]


@pytest.mark.parametrize("form", FORMS)
def test_after_any_end_only_what_is_missing_is_read_again(tmp_path: Path, form: str):
    runs.killed_run(tmp_path, 7, form)  # in the middle of d.pdf
    assert runs.run(tmp_path, form, resume=True) == ["c.png", "d.pdf", "e.pdf", "目录/f.png"]
    assert runs.run(tmp_path, form, resume=True) == BAD


@pytest.mark.parametrize("form", FORMS)
def test_other_bytes_or_options_are_read_again(tmp_path: Path, form: str):
    runs.run(tmp_path, form)
    sink = runs.sink_for(tmp_path, form, resume=True)
    given, sha256 = sample.given("b.pdf"), sample.sha256_of("b.pdf")
    assert sink.has(given, sha256, sample.FINGERPRINT)
    assert not sink.has(given, sample.sha256_of("other"), sample.FINGERPRINT)
    assert not sink.has(given, sha256, "fedcba9876543210")
    (tmp_path / f"b.pdf.{form}").unlink()
    assert not sink.has(given, sha256, sample.FINGERPRINT)


@pytest.mark.parametrize("content", ["", "[]", "[1]", '[{"input": "a.png"', "\xff"])
def test_a_file_that_is_no_record_counts_for_nothing(tmp_path: Path, content: str):
    (tmp_path / "a.png.json").write_text(content, "latin-1")
    sink = runs.sink_for(tmp_path, resume=True)
    assert not sink.has(sample.given("a.png"), sample.sha256_of("a.png"), sample.FINGERPRINT)


def test_a_torn_note_of_what_a_text_was_made_from_counts_for_nothing(tmp_path: Path):
    runs.run(tmp_path, "txt")
    ledger = tmp_path / ".ocrcli.jsonl"
    ledger.write_bytes(ledger.read_bytes()[:-30])
    assert runs.run(tmp_path, "txt", resume=True) == ["c.png", "d.pdf", "目录/f.png"]


def test_an_input_that_fails_now_leaves_no_file_of_then(tmp_path: Path):
    runs.run(tmp_path, "txt", {"a.png": runs.RECORDS["a.png"]})
    runs.run(tmp_path, "txt", {"a.png": [sample.error("a.png")]})
    assert files(tmp_path) == []


def test_a_stopped_run_leaves_whole_files_only(tmp_path: Path):
    sink = runs.sink_for(tmp_path)
    runs.feed(sink, {"a.png": runs.RECORDS["a.png"]})
    sink.write(sample.given("b.pdf"), runs.RECORDS["b.pdf"][0])
    sink.close(stopped=True)
    assert runs.names_in(tmp_path) == ["a.png.json"]


def test_names_that_meet_on_the_way_are_told(tmp_path: Path):
    sink = runs.sink_for(tmp_path)
    for name in ("x/a.png", "y/a.png"):
        given = sample.given(name, "a.png")
        sink.write(given, sample.record(name))
        if name == "x/a.png":
            sink.end(given, failed=False)
    with pytest.raises(OcrError, match=r"it already holds 'x/a\.png'"):
        sink.end(given, failed=False)
    assert json.loads((tmp_path / "a.png.json").read_text())[0]["input"] == "x/a.png"


def test_a_folder_that_cannot_be_is_told_before_the_work(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(OcrError, match="a file stands there, not a folder"):
        runs.sink_for(tmp_path / "file")


def test_a_full_disk_leaves_no_half_file(tmp_path: Path):
    runs.run(tmp_path, records={"a.png": runs.RECORDS["a.png"]})
    before = (tmp_path / "a.png.json").read_bytes()
    sink = runs.sink_for(tmp_path)
    with files_no_larger_than(len(before) + 100), pytest.raises(OcrError, match="larger than this file system"):
        runs.feed(sink)
    assert runs.names_in(tmp_path) == ["a.png.json"]
    assert (tmp_path / "a.png.json").read_bytes() == before
