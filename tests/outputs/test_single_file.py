from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ocrcli.errors import OcrError
from tests.outputs import runs
from tests.outputs import sample_records as sample
from tests.outputs.test_files import files_no_larger_than

FORMS = ("json", "jsonl", "txt", "xlsx")
GOOD = ["a.png", "b.pdf", "e.pdf", "目录/f.png"]
BAD = ["c.png", "d.pdf"]
ALL = [record for records in runs.RECORDS.values() for record in records]


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """What an uninterrupted run writes."""
    folder = tmp_path_factory.mktemp("whole")

    def content(form: str) -> bytes:
        path = folder / f"x.{form}"
        if not path.exists():
            runs.run(path)
        return path.read_bytes()

    return content


def test_json_is_a_list_of_all_records_one_a_line(tmp_path: Path):
    runs.run(tmp_path / "x.json")
    text = (tmp_path / "x.json").read_text("utf-8")
    assert json.loads(text) == ALL
    assert text.count("\n") == len(ALL) + 2
    assert runs.names_in(tmp_path) == ["x.json"]


def test_json_of_no_records_is_an_empty_list(tmp_path: Path):
    runs.run(tmp_path / "x.json", records={})
    assert (tmp_path / "x.json").read_text() == "[]\n"


def test_json_lines_are_appended(tmp_path: Path):
    path = tmp_path / "x.jsonl"
    runs.run(path)
    once = path.read_bytes()
    assert [json.loads(line) for line in once.split(b"\n")[:-1]] == ALL
    runs.run(path)
    assert path.read_bytes() == once + once
    assert runs.names_in(tmp_path) == ["x.jsonl"]


def test_a_record_is_safe_as_soon_as_it_is_taken(tmp_path: Path):
    sink = runs.sink_for(tmp_path / "x.json")
    sink.write(sample.given("a.png"), ALL[0])
    assert json.loads((tmp_path / "x.json.partial.jsonl").read_text("utf-8")) == ALL[0]
    assert not (tmp_path / "x.json").exists()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("steps", range(runs.STEPS))
def test_a_killed_run_gone_on_with_ends_as_if_nothing_had_happened(
    tmp_path: Path, form: str, steps: int, whole: Callable[[str], bytes]
):
    path = tmp_path / f"x.{form}"
    runs.killed_run(path, steps)
    read = runs.run(path, resume=True)
    assert path.read_bytes() == whole(form)
    done = [name for name in GOOD if _ended_before(name, steps)]
    assert read == [name for name in runs.RECORDS if name not in done]


def _ended_before(name: str, steps: int) -> bool:
    names = list(runs.RECORDS)
    return sum(len(runs.RECORDS[n]) + 1 for n in names[: names.index(name) + 1]) <= steps


@pytest.mark.parametrize("form", FORMS)
def test_killed_twice(tmp_path: Path, form: str, whole: Callable[[str], bytes]):
    path = tmp_path / f"x.{form}"
    runs.killed_run(path, 5)
    runs.killed_run(path, 4, resume=True)
    runs.run(path, resume=True)
    assert path.read_bytes() == whole(form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("torn", [1, 2, 40, 300, 1000])
def test_a_torn_end_is_dropped(tmp_path: Path, form: str, torn: int, whole: Callable[[str], bytes]):
    path = tmp_path / f"x.{form}"
    runs.killed_run(path, 7)
    kept = path if form == "jsonl" else tmp_path / f"x.{form}.partial.jsonl"
    os.truncate(kept, kept.stat().st_size - torn)
    runs.run(path, resume=True)
    assert path.read_bytes() == whole(form)


def test_a_torn_line_never_glues_to_what_is_appended(tmp_path: Path):
    path = tmp_path / "x.jsonl"
    runs.run(path)
    content = path.read_bytes()
    path.write_bytes(content + b'{"schema_version":1,"ser')
    runs.run(path)
    assert path.read_bytes() == content + content
    path.write_bytes(content[:-1])
    runs.run(path)
    assert path.read_bytes() == content + content


def test_a_run_without_skip_existing_begins_anew(tmp_path: Path, whole: Callable[[str], bytes]):
    runs.killed_run(tmp_path / "x.json", 9)
    assert runs.run(tmp_path / "x.json") == list(runs.RECORDS)
    assert (tmp_path / "x.json").read_bytes() == whole("json")


@pytest.mark.parametrize("form", FORMS)
def test_after_a_finished_run_only_what_failed_is_read_again(tmp_path: Path, form: str, whole: Callable[[str], bytes]):
    path = tmp_path / f"x.{form}"
    runs.run(path)
    assert runs.run(path, resume=True) == BAD
    assert path.read_bytes() == whole(form)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_with_words_of_a_document_is_left_beside_the_file(tmp_path: Path, form: str):
    runs.run(tmp_path / f"x.{form}")
    runs.run(tmp_path / f"x.{form}", resume=True)
    beside = [path for path in tmp_path.iterdir() if path.name != f"x.{form}"]
    assert [path.name for path in beside] == ([".ocrcli.jsonl"] if form == "txt" else [])
    assert all("page 1" not in path.read_text("utf-8") for path in beside)


def test_a_text_that_somebody_changed_is_made_anew(tmp_path: Path, whole: Callable[[str], bytes]):
    path = tmp_path / "x.txt"
    runs.run(path)
    path.write_bytes(path.read_bytes().replace("甲".encode(), "乙".encode()))
    assert runs.run(path, resume=True) == list(runs.RECORDS)
    assert path.read_bytes() == whole("txt")


def test_texts_in_one_folder_go_on_side_by_side(tmp_path: Path):
    runs.run(tmp_path / "x.txt")
    runs.run(tmp_path / "y.txt", records={"a.png": runs.RECORDS["a.png"]})
    assert runs.run(tmp_path / "x.txt", resume=True) == BAD
    assert runs.run(tmp_path / "y.txt", records={"a.png": runs.RECORDS["a.png"]}, resume=True) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_stopped_run_writes_what_is_whole_and_can_be_gone_on_with(
    tmp_path: Path, form: str, whole: Callable[[str], bytes]
):
    path = tmp_path / f"x.{form}"
    sink = runs.sink_for(path)
    runs.feed(sink, {name: runs.RECORDS[name] for name in ("a.png", "b.pdf", "c.png")})
    sink.write(sample.given("d.pdf"), runs.RECORDS["d.pdf"][0])
    sink.close(stopped=True)
    if form == "json":
        told = json.loads(path.read_text("utf-8"))
        assert [record["input"] for record in told] == ["a.png", "b.pdf", "b.pdf", "b.pdf", "c.png"]
    assert path.exists()
    assert runs.run(path, resume=True) == ["c.png", "d.pdf", "e.pdf", "目录/f.png"]
    assert path.read_bytes() == whole(form)


def test_a_run_stopped_before_its_first_record_leaves_the_old_file(tmp_path: Path):
    (tmp_path / "x.json").write_text("[1]")
    runs.sink_for(tmp_path / "x.json").close(stopped=True)
    assert (tmp_path / "x.json").read_text() == "[1]"
    assert runs.names_in(tmp_path) == ["x.json"]


@pytest.mark.parametrize("form", FORMS)
def test_other_bytes_other_options_or_a_new_input_are_read(tmp_path: Path, form: str):
    path = tmp_path / f"x.{form}"
    runs.run(path)
    sink = runs.sink_for(path, resume=True)
    given, sha256 = sample.given("a.png"), sample.sha256_of("a.png")
    assert sink.has(given, sha256, sample.FINGERPRINT)
    assert not sink.has(given, sample.sha256_of("other"), sample.FINGERPRINT)
    assert not sink.has(given, sha256, "fedcba9876543210")
    assert not sink.has(sample.given("new.png"), sha256, sample.FINGERPRINT)


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_records_of_inputs_not_asked_for_again_stay_in_front(tmp_path: Path, form: str):
    path = tmp_path / f"x.{form}"
    runs.run(path)
    new = {"n.png": [sample.text_record("n.png", "new")], "c.png": [sample.text_record("c.png", "healed")]}
    runs.run(path, records=new, resume=True)
    text = path.read_text("utf-8")
    told = json.loads(text) if form == "json" else [json.loads(line) for line in text.split("\n")[:-1]]
    assert told == [r for r in ALL if r["input"] != "c.png"] + new["n.png"] + new["c.png"]


@pytest.mark.parametrize("laid_out", [None, 1])
def test_a_list_laid_out_by_others_is_gone_on_with(tmp_path: Path, laid_out: int | None):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(ALL, indent=laid_out), "utf-8")
    assert runs.run(path, resume=True) == BAD
    assert json.loads(path.read_text("utf-8")) == ALL


@pytest.mark.parametrize("content", ["[1, 2]", "{}", "[{}", "no JSON"])
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_foreign_content_is_not_gone_on_with(tmp_path: Path, form: str, content: str):
    path = tmp_path / f"x.{form}"
    path.write_text(content + "\n")
    with pytest.raises(OcrError, match="something else than"):
        runs.sink_for(path, resume=True)
    assert path.read_text() == content + "\n"


def test_a_workbook_of_one_service_is_not_gone_on_with_by_another(tmp_path: Path):
    runs.killed_run(tmp_path / "x.xlsx", 9)
    content = (tmp_path / "x.xlsx.partial.jsonl").read_text("utf-8")
    (tmp_path / "x.xlsx.partial.jsonl").write_text(content.replace('"service":"sample"', '"service":"other"'), "utf-8")
    with pytest.raises(OcrError, match="holds records of `other`"):
        runs.sink_for(tmp_path / "x.xlsx", resume=True)


@pytest.mark.parametrize("form", FORMS)
def test_what_cannot_be_written_is_told_before_the_work(tmp_path: Path, form: str):
    (tmp_path / "file").touch()
    with pytest.raises(OcrError, match="cannot write") as caught:
        runs.sink_for(tmp_path / "file" / f"x.{form}")
    assert caught.value.code == "output_failed"
    os.mkfifo(tmp_path / f"pipe.{form}")
    with pytest.raises(OcrError, match="not an ordinary file"):
        runs.sink_for(tmp_path / f"pipe.{form}")
    (tmp_path / f"y.{form}.partial.jsonl").mkdir()
    with pytest.raises(OcrError, match="a folder stands there"):
        runs.sink_for(tmp_path / f"y.{form}")


def test_two_runs_cannot_write_one_file(tmp_path: Path):
    sink = runs.sink_for(tmp_path / "x.json")
    with pytest.raises(OcrError, match="another run is writing to it"):
        runs.sink_for(tmp_path / "x.json")
    sink.close()


@pytest.mark.parametrize("form", FORMS)
def test_a_disk_that_fills_up_loses_nothing(tmp_path: Path, form: str, whole: Callable[[str], bytes]):
    path = tmp_path / f"x.{form}"
    sink = runs.sink_for(path)
    with files_no_larger_than(2000), pytest.raises(OcrError, match="larger than this file system"):
        runs.feed(sink)
    with files_no_larger_than(500):
        try:
            sink.close(stopped=True)
        except OcrError as error:
            assert "safe in" in error.message
            sink._journal.file.close()  # type: ignore[attr-defined]  # as the end of the process does
    assert runs.run(path, resume=True) != list(runs.RECORDS)
    assert path.read_bytes() == whole(form)


def test_ten_thousand_inputs_are_skipped(tmp_path: Path):
    records = {f"{n}.png": [sample.record(f"{n}.png")] for n in range(10_000)}
    (tmp_path / "x.jsonl").write_bytes(b"".join(json.dumps(r[0]).encode() + b"\n" for r in records.values()))
    assert runs.run(tmp_path / "x.jsonl", records=records, resume=True) == []
