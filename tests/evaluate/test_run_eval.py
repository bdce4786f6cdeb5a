from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PIL import Image
from rich.console import Console

from ocrcli.context import Context
from ocrcli.declaration import Field, Flag, Panel, Service
from ocrcli.errors import OcrError, UsageError
from ocrcli.evaluate.render import render
from ocrcli.evaluate.report import Report
from ocrcli.evaluate.run import options_for, run_eval
from ocrcli.evaluate.score import Tally
from ocrcli.finding import Check, Evidence, Finding
from ocrcli.geometry import quad_of_box
from ocrcli.limits import Limits
from ocrcli.options import ReadOptions
from ocrcli.page import Line, Page, Reading

QUAD = quad_of_box(0, 0, 40, 20)


def read_card(reading: Reading, options: Mapping[str, Any]) -> Sequence[Finding]:
    """The first line is the name, the second the number; a page that says "crash" meets a fault of ours."""
    texts = [line.text for line in reading.lines]
    if texts[0] == "crash":
        raise RuntimeError("a fault of ours")
    if texts[0] == "other":
        raise OcrError("not_this_document", "this is no card")
    fields: dict[str, Any] = {"name": texts[0], "number": texts[1]}
    if options["more"]:
        fields["remark"] = "asked for"
    evidence = {"number": Evidence(0.9, QUAD, "ocr", why="unclear")}
    return [Finding(fields, checks=[Check("gb11643", "GB 11643-1999", ("name",), True)], evidence=evidence)]


def read_text(reading: Reading, options: Mapping[str, Any]) -> Sequence[Finding]:
    return [Finding({}, text="", shows_lines=True)]


def a_service(name: str, read: Any, *fields: Field) -> Service:
    return Service(
        name=name,
        title=name,
        title_zh=name,
        panel=Panel.GENERAL,
        help="",
        limits=Limits(),
        fields=fields,
        own_read=read,
        options=(Flag("more", "more keys"),),
    )


CARD = a_service(
    "card",
    read_card,
    Field("name", "the name"),
    Field("number", "the number"),
    Field("remark", "a remark", option="more"),
)
TEXT = a_service("text", read_text)
READ = {1: ["样本一", "123"], 2: ["样本二", "128"], 3: ["crash"], 4: ["other"], 5: ["第一行", "多余"]}


class FakeReader:
    """Reads what READ says for the shade of the picture."""

    opened = 0
    pages = 0

    def read(self, page: Page, options: ReadOptions) -> Reading:
        FakeReader.pages += 1
        texts = READ[int(page.pixels[0, 0, 0])]
        lines = [
            Line(text, 0.9, quad_of_box(5, 5 + 20 * i, 5 + 15 * len(text), 20 + 20 * i)) for i, text in enumerate(texts)
        ]
        return Reading(
            page.width, page.height, page.unit, page.number, page.count, "ocr", tuple(lines), today=options.today
        )


def open_fake(options: ReadOptions, context: Context) -> FakeReader:
    FakeReader.opened += 1
    return FakeReader()


@pytest.fixture
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("ocrcli.services.all_services", lambda: {"card": CARD, "text": TEXT})
    monkeypatch.setattr("ocrcli.engine.base.open_reader", open_fake)
    monkeypatch.setattr(FakeReader, "opened", 0)
    monkeypatch.setattr(FakeReader, "pages", 0)
    for shade in READ:
        Image.new("RGB", (100, 80), (shade, shade, shade)).save(tmp_path / f"{shade}.png")
    samples = [
        ("card", "1.png", {"fields": {"name": "样本一", "number": "123", "remark": "asked for"}}),
        ("card", "2.png", {"fields": {"name": "样本二", "number": "123"}, "check_digits_ok": True}),
        ("text", "5.png", {"lines": ["第一行"], "partial": False}),
        ("card", "3.png", {"fields": {"name": "crash"}}),
        ("card", "4.png", {"fields": {"name": "other"}}),
        ("card", "none.png", {"fields": {"name": "not there"}}),
        ("card", "1.png", {"raw": {"words": "样本"}}),
        ("stamp", "1.png", {"fields": {"text": "x"}}),
    ]
    path = tmp_path / "manifest.jsonl"
    lines = [json.dumps({"service": s, "file": f, "truth": t}, ensure_ascii=False) for s, f, t in samples]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_every_service_gets_its_figures(manifest: Path) -> None:
    heard: list[str] = []
    report = run_eval(manifest, on_file=lambda file: heard.append(file.file))
    card, text, stamp = report.services
    assert [s.service for s in report.services] == ["card", "text", "stamp"]
    assert heard == ["1.png", "2.png", "5.png", "3.png", "4.png", "none.png"]

    assert card.tallies["fields"] == Tally(4, 8)
    assert card.tallies["field/remark"] == Tally(1, 1)
    assert card.tallies["files_exact"] == Tally(1, 5)
    assert card.tallies["check_digits_ok"] == Tally(1, 1)
    assert card.tallies["wrong_unmarked"] == Tally(0, 8)  # the wrong number was said to be doubtful
    assert (len(card.files), card.waiting, card.failed) == (5, 1, 3)
    assert card.worst is not None
    assert card.worst.badness == 1.0

    assert text.tallies["line_error"] == Tally(0, 3)
    assert text.tallies["extra_text"] == Tally(2, 3)
    assert text.worst is None

    assert (stamp.built, stamp.waiting, stamp.files, stamp.tallies) == (False, 1, (), {})


def test_errors_are_told_file_by_file(manifest: Path) -> None:
    told = run_eval(manifest, services={"card"}).as_dict()
    errors = {file["file"]: [error["code"] for error in file["errors"]] for file in told["files"]}
    assert errors == {
        "1.png": [],
        "2.png": [],
        "3.png": ["internal"],
        "4.png": ["not_this_document"],
        "none.png": ["unreadable"],
    }
    assert json.loads(json.dumps(told)) == told
    assert told["services"][0]["metrics"]["fields"] == {"count": 4, "of": 8, "share": 0.5}
    assert told["files"][1]["mismatches"] == [{"key": "number", "truth": "123", "read": "128"}]


def test_one_reader_serves_all_services(manifest: Path) -> None:
    run_eval(manifest)
    assert FakeReader.opened == 1


def test_saved_readings_need_no_engine_and_give_the_same_report(
    manifest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run_eval(manifest, readings=tmp_path / "readings")
    assert FakeReader.pages == 5

    def never(options: ReadOptions, context: Context) -> FakeReader:
        raise AssertionError("the engine was opened")

    monkeypatch.setattr("ocrcli.engine.base.open_reader", never)
    second = run_eval(manifest, readings=tmp_path / "readings")
    assert second.as_dict() == first.as_dict()


def test_a_missing_model_ends_the_run(manifest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(options: ReadOptions, context: Context) -> FakeReader:
        raise OcrError("model_missing", "no model here")

    monkeypatch.setattr("ocrcli.engine.base.open_reader", missing)
    for readings in (None, tmp_path / "readings"):
        with pytest.raises(OcrError, match="no model here"):
            run_eval(manifest, readings=readings)


def test_a_manifest_without_the_service_is_a_usage_error(manifest: Path) -> None:
    with pytest.raises(UsageError, match="no file for vin"):
        run_eval(manifest, services={"vin"})


def test_options_that_the_truth_asks_for() -> None:
    assert options_for(CARD, {"fields": {"name": "x"}}) == {}
    assert options_for(CARD, {"fields": {"remark": "x"}}) == {"more": True}
    assert options_for(CARD, {"fields": [{"name": "x"}, {"remark": "x"}]}) == {"more": True}
    assert options_for(CARD, {"lines": ["x"]}) == {}


def printed(report: Report) -> str:
    console = Console(width=100, record=True, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115
    console.print(render(report))
    return console.export_text()


def test_the_table_for_people_says_n_of_n(manifest: Path) -> None:
    text = printed(run_eval(manifest))
    for words in (
        r"values right .* 4 of 8 .* 50.0",
        r"remark .* 1 of 1",
        r"files with an error .* 3 of 5",
        r"transcription only, not measured .* 1 ",
        r"extra characters ↓ .* 2 of 3",
        r"stamp .* not yet .* 1 file ",
        r"worst file: 3.png .* 100.0 wrong",
    ):
        assert re.search(words, text), words


@pytest.fixture
def digital(tmp_path: Path) -> Path:
    """A manifest of PDF files that carry their text: no engine is needed, in no process."""
    lines = []
    for name in ("one", "two", "three"):
        with pymupdf.open() as document:
            document.new_page().insert_text((72, 72), f"page {name} of the set", fontsize=14)
            document.save(tmp_path / f"{name}.pdf")
        truth = {"lines": [f"page {name} of the set"], "partial": False}
        lines.append(json.dumps({"service": "general", "file": f"{name}.pdf", "truth": truth}))
    path = tmp_path / "digital.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_several_processes_give_the_same_report_in_the_same_order(digital: Path) -> None:
    heard: list[str] = []
    report = run_eval(digital, jobs=2, on_file=lambda file: heard.append(file.file))
    assert heard == ["one.pdf", "two.pdf", "three.pdf"]
    assert report.services[0].tallies["lines_right"] == Tally(3, 3)
    assert report.as_dict() == run_eval(digital).as_dict()
