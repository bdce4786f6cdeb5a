"""docs/contract.md, "The record": every row has a test, and what is listed is what there is."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pymupdf
import pytest
from pydantic import ValidationError

import ocrcli
from ocrcli.errors import FAULTS, OcrError
from ocrcli.finding import Alternative, Check, DocumentPlace, Evidence, Finding
from ocrcli.geometry import quad_of_box
from ocrcli.outputs.csv import csv_bytes
from ocrcli.outputs.schema import schema_of
from ocrcli.page import Cell, Line, Notice, Reading, Source, Table
from ocrcli.records import CellOut, Record, as_dict, error_record_of, record_of, round_quad
from ocrcli.services import all_services, find_service
from tests.contract.contract_rows import CONTRACT, Ocrcli, Put, Rows, pdf
from tests.days import TODAY

row = Rows("The record")


def test_every_row_has_a_test() -> None:
    assert sorted(row.tested) == sorted(row.answers)


LINE = Line("样张", 0.91239, quad_of_box(1.4, 2, 30, 12))


def emitted(finding: Finding, unit: str = "px", **more: Any) -> dict[str, Any]:
    reading = Reading(100, 50, unit, 1, 1, "ocr", (LINE,), rotation=90, skew=0.44, today=TODAY)  # type: ignore[arg-type]
    return as_dict(record_of(finding, reading, service=find_service("general"), name="a.png", sha256="0", **more))


def test_the_example_is_a_record_with_its_keys_in_order() -> None:
    example = CONTRACT.split("```json\n")[1].split("```")[0].replace("[[…]]", "[[0, 0]]")
    told = json.loads(example)
    assert list(told) == list(Record.model_fields)
    assert Record.model_validate(told)


@row("`fields`")
def test_fields(run: Ocrcli, put: Put) -> None:
    put("a.pdf")
    [record] = run("general", "a.pdf").records
    assert "direction" not in record["fields"]
    [record] = run("general", "a.pdf", "--detect-direction").records
    assert record["fields"]["direction"] == 0
    for service in all_services().values():
        schema = schema_of(service)["$defs"]["Record"]["properties"]["fields"]
        assert (schema["type"] == "array") == service.list_result
        objects = schema["items"] if service.list_result else schema
        assert set(objects["required"]) == {f.name for f in service.fields if f.option is None}


@row("front and back")
def test_front_and_back() -> None:
    for side in ("front", "back", "double_side", None):
        assert emitted(Finding(fields={}, document=DocumentPlace(side=side)))["document"]["side"] == side
    with pytest.raises(ValidationError):
        emitted(Finding(fields={}, document=DocumentPlace(side="left")))
    assert "same_side_twice" in FAULTS
    for service in all_services().values():
        assert not {"front", "back"} & {field.name for field in service.fields}


@row("passport")
def test_passport() -> None:
    for service in all_services().values():
        # The line of a permit is no zone of ICAO's; its key is the vendors'.
        codes = [field.name for field in service.fields if field.name.startswith("machine_code")]
        assert codes == (["machine_code"] if service.name == "exit-entry-permit" else [])
        for field in service.fields:
            assert field.name != "mrz" or field.type == "list"


@row("`checks`")
def test_checks() -> None:
    checks = [Check("gb11643", "GB 11643-1999", ("number",), passed=None, chose=True)]
    [told] = emitted(Finding(fields={}, checks=checks))["checks"]
    assert told == {
        "rule": "gb11643",
        "standard": "GB 11643-1999",
        "fields": ["number"],
        "passed": None,
        "chose": True,
        "message": None,
    }


@row("`evidence` (with `--details`)")
def test_evidence(run: Ocrcli, put: Put) -> None:
    put("a.pdf")
    assert "evidence" not in run("general", "a.pdf").records[0]
    [record] = run("general", "a.pdf", "--details").records
    for pointer, evidence in record["evidence"].items():
        place: Any = record["fields"]
        for part in pointer.split("/"):
            place = place[int(part) if isinstance(place, list) else part]
        assert evidence["plain"] == place["words"]
        assert evidence["source"] == "text-layer"
    listed = re.search(r"`source`: ([a-z, -]+)\.", row.answers["`evidence` (with `--details`)"])[1].split(", ")
    assert listed == list(get_args(Source))
    for source in get_args(Source):
        finding = Finding(fields={}, evidence={"a": Evidence(1.0, None, source)})
        assert emitted(finding, details=True)["evidence"]["a"]["source"] == source
    unsure = Evidence(0.9, None, "ocr", alternatives=(Alternative("b", 0.25), Alternative("c", 0.05)))
    told = emitted(Finding(fields={}, evidence={"a": unsure}), details=True)["evidence"]["a"]["alternatives"]
    assert told == [{"text": "b", "share": 0.25}, {"text": "c", "share": 0.05}]


@row("`text`, `lines`")
def test_text_and_lines(run: Ocrcli, put: Put) -> None:
    put("a.pdf")
    [record] = run("general", "a.pdf").records
    assert run("general", "a.pdf", "-f", "txt").out.decode() == record["text"] + "\n"
    assert [line["text"] for line in record["lines"]] == ["a 1"]
    card = Finding(fields={})
    assert not {"text", "lines"} & set(emitted(card))
    assert emitted(card, details=True)["lines"]


@row("cells")
def test_cells() -> None:
    cell = Cell(0, 0, 1, 2, "x", LINE.quad, 0.5)
    [told] = emitted(Finding(fields={}, tables=[Table(1, 2, LINE.quad, (cell,))]))["tables"]
    assert (told["rows"], told["columns"]) == (1, 2)
    assert told["cells"][0]["row"] == told["cells"][0]["column"] == 0
    assert (told["structure"], told["cells"][0]["align"]) == ("rules", "left")
    with pytest.raises(ValidationError, match="row_span"):
        CellOut(row=0, column=0, row_span=0, column_span=1, text="", quad=[], confidence=1, align="left")


@row("quads")
def test_quads(run: Ocrcli, put: Put) -> None:
    assert round_quad(LINE.quad, "px")[0] == [1, 2]
    assert round_quad(LINE.quad, "pt")[0] == [1.4, 2]
    put("a.pdf")
    [record] = run("general", "a.pdf").records
    (x0, y0), (x1, _), (_, y1), _ = record["lines"][0]["quad"]
    assert (record["width"], record["height"], record["unit"]) == (300, 200, "pt")
    assert 39 < x0 < 42 < x1 < 120  # drawn with its base line at (40, 60), from the top left
    assert y0 < 50 < y1 < 66


@row("`rotation`, `skew`")
def test_rotation_and_skew() -> None:
    record = emitted(Finding(fields={}))
    assert (record["rotation"], record["skew"]) == (90, 0.4)
    assert Record.model_fields["rotation"].annotation.__args__ == (0, 90, 180, 270)


@row("confidence")
def test_confidence() -> None:
    evidence = {"a": Evidence(0.98765, None, "ocr"), "b": Evidence(0.51239, None, "ocr")}
    assert emitted(Finding(fields={}, evidence=evidence))["confidence"] == 0.5124
    assert emitted(Finding(fields={}))["confidence"] is None
    assert "Not calibrated" in row.answers["confidence"]


@row("`tool`")
def test_tool(run: Ocrcli, put: Put) -> None:
    put("a.pdf")
    [record] = run("general", "a.pdf").records
    assert record["tool"] == {
        "version": ocrcli.__version__,
        "engine": None,
        "models": {},
        "options": record["tool"]["options"],
        "today": record["tool"]["today"],
    }
    [other] = run("general", "a.pdf", "--paragraphs").records
    assert other["tool"]["options"] != record["tool"]["options"]


@row("error record")
def test_error_record(run: Ocrcli, put: Put) -> None:
    listed = re.search(r"Codes: ([a-z_0-9, ]+)\.", row.answers["error record"])[1].split(", ")
    assert listed == list(FAULTS)
    put("bad.png", b"broken")
    [record] = run("general", "bad.png").records
    assert list(record) == ["schema_version", "service", "input", "input_sha256", "error"]
    assert list(record["error"]) == ["code", "message", "huawei", "ctyun"]
    assert (record["error"]["huawei"], record["error"]["ctyun"]) == ("AIS.0102", "AI_OP_400012")
    with_page = error_record_of(OcrError("encrypted", "x", page=2), service=find_service("general"), name="a")
    assert list(as_dict(with_page)) == ["schema_version", "service", "input", "page", "error"]


@row("wrong document")
def test_wrong_document() -> None:
    error = OcrError("not_this_document", "it looks like a menu", looks_like="menu")
    told = as_dict(error_record_of(error, service=find_service("general"), name="a"))
    assert told["error"]["looks_like"] == "menu"
    empty = Reading(100, 50, "px", 1, 1, "ocr", today=TODAY)
    never_refuse = next(words for words in row.answers["wrong document"].split("`") if "general" in words).split()
    assert "general" in never_refuse
    for service in all_services().values():
        if service.name in never_refuse:
            assert all(not finding.fields for finding in service.read(empty, service.defaults()) if service.list_result)
        else:
            with pytest.raises(OcrError) as caught:
                service.read(empty, service.defaults())
            assert caught.value.code == "not_this_document"


@row("warnings")
def test_warnings() -> None:
    [told] = emitted(Finding(fields={}, notices=[Notice("glare", "bright spot", field="name", quad=LINE.quad)]))[
        "warnings"
    ]
    assert told == {"code": "glare", "message": "bright spot", "field": "name", "quad": round_quad(LINE.quad, "px")}
    [told] = emitted(Finding(fields={}, notices=[Notice("dark", "too dark")]))["warnings"]
    assert told["field"] is None and told["quad"] is None


@row("workbook cells")
def test_workbook_cells(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page().insert_text((40, 60), "=1+1")
    put("a.pdf", document.tobytes())
    assert run("general", "a.pdf", "-o", "x.xlsx").code == 0
    cells = [c for sheet in openpyxl.load_workbook(tmp_path / "x.xlsx") for row in sheet for c in row]
    [cell] = [c for c in cells if c.value == "=1+1"][:1]
    assert cell.data_type == "s"
    csv = csv_bytes([["=1", "+1", "-1", "@1", "1"]])
    assert csv == b"\xef\xbb\xbf'=1,'+1,'-1,'@1,1\r\n"


@row("input names")
def test_input_names(run: Ocrcli, put: Put) -> None:
    put("证件.pdf")
    put(os.fsdecode(b"caf\xe9.pdf"), pdf())
    ran = run("general", "证件.pdf", os.fsdecode(b"caf\xe9.pdf"))
    assert ran.inputs == ["证件.pdf", "caf\\xe9.pdf"]
    assert ran.code == 0
