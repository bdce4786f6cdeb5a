from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ocrcli import __version__
from ocrcli.declaration import Panel, Service
from ocrcli.errors import OcrError
from ocrcli.finding import Alternative, Check, DocumentPlace, Evidence, Finding
from ocrcli.geometry import Quad, quad_of_box
from ocrcli.limits import Limits
from ocrcli.page import Cell, Char, Line, Notice, Reading, Table
from ocrcli.records import as_dict, error_record_of, record_of, round_quad, to_json
from tests.days import TODAY

SERVICE = Service(
    name="sample",
    title="Sample",
    title_zh="样本",
    panel=Panel.CARDS,
    help="Reads a sample.",
    limits=Limits(),
    fields=(),
    own_read=lambda reading, options: [],
    ctyun="id-card",
)
QUAD = quad_of_box(0.4, 1.5, 9.26, 9.94)
LINE = Line("样本", 0.98765, QUAD, chars=(Char("样", 0.99999, 0.0, 0.5), Char("本", 0.97531, 0.5, 1.0)))
READING = Reading(
    width=640.4,
    height=480.0,
    unit="px",
    number=2,
    count=3,
    source="ocr",
    lines=(LINE,),
    rotation=90,
    skew=-0.04,
    notices=(Notice("blur", "not sharp"),),
    engine="onnxruntime",
    models={"PP-OCRv6_small_rec": "sha256:0"},
    today=TODAY,
)
FINDING = Finding(
    fields={"name": "样本", "issue": None},
    checks=[Check("luhn", "ISO/IEC 7812-1", ("number",), passed=False, message="the last digit")],
    evidence={
        "name": Evidence(0.98765, QUAD, "ocr", plain="样木", alternatives=(Alternative("样木", 0.01234),)),
        "issue": Evidence(0.5, None, "derived"),
    },
    notices=[Notice("doubtful", "may be another", field="name", quad=QUAD)],
    document=DocumentPlace(1, 2, QUAD, "front"),
)


def emitted(finding: Finding = FINDING, reading: Reading = READING, **more: Any) -> dict[str, Any]:
    return as_dict(record_of(finding, reading, service=SERVICE, name="a.pdf", sha256="ab" * 32, **more))


def test_every_key_of_a_plain_record():
    notices = [Notice("more_pages", "page 3 is left out")]
    assert emitted(notices=notices, fingerprint="0123456789abcdef") == {
        "schema_version": 1,
        "service": "sample",
        "input": "a.pdf",
        "input_sha256": "ab" * 32,
        "page": 2,
        "pages": 3,
        "width": 640,
        "height": 480,
        "unit": "px",
        "rotation": 90,
        "skew": 0.0,
        "document": {"index": 1, "count": 2, "quad": [[0, 2], [9, 2], [9, 10], [0, 10]], "side": "front"},
        "fields": {"name": "样本", "issue": None},
        "checks": [
            {
                "rule": "luhn",
                "standard": "ISO/IEC 7812-1",
                "fields": ["number"],
                "passed": False,
                "chose": False,
                "message": "the last digit",
            }
        ],
        "confidence": 0.5,
        "warnings": [
            {"code": "more_pages", "message": "page 3 is left out", "field": None, "quad": None},
            {"code": "blur", "message": "not sharp", "field": None, "quad": None},
            {
                "code": "doubtful",
                "message": "may be another",
                "field": "name",
                "quad": [[0, 2], [9, 2], [9, 10], [0, 10]],
            },
        ],
        "tool": {
            "version": __version__,
            "engine": "onnxruntime",
            "models": {"PP-OCRv6_small_rec": "sha256:0"},
            "options": "0123456789abcdef",
            "today": TODAY.isoformat(),
        },
    }


def test_details_add_evidence_and_lines():
    record = emitted(details=True)
    assert set(record) - set(emitted()) == {"evidence", "lines"}
    assert record["evidence"]["name"] == {
        "confidence": 0.9877,
        "quad": [[0, 2], [9, 2], [9, 10], [0, 10]],
        "source": "ocr",
        "plain": "样木",
        "doubtful": False,
        "alternatives": [{"text": "样木", "share": 0.0123}],
    }
    assert record["evidence"]["issue"]["alternatives"] == []
    assert record["evidence"]["issue"]["quad"] is None
    assert record["lines"] == [{"text": "样本", "confidence": 0.9877, "quad": [[0, 2], [9, 2], [9, 10], [0, 10]]}]


def test_characters_have_their_part_of_the_line():
    (line,) = emitted(details=True, chars=True)["lines"]
    assert [(char["text"], char["confidence"], char["quad"][1][0]) for char in line["chars"]] == [
        ("样", 1.0, 5),
        ("本", 0.9753, 9),
    ]


def test_a_text_service_always_shows_its_lines():
    assert {"text", "lines"} <= set(emitted(Finding({}, text="样本", shows_lines=True)))


def test_tables():
    cell = Cell(0, 0, 1, 2, "合计", QUAD, 0.98765)
    (table,) = emitted(Finding({}, tables=[Table(1, 2, QUAD, (cell,))]))["tables"]
    assert (table["rows"], table["columns"]) == (1, 2)
    assert table["cells"][0] | {"quad": None} == {
        "row": 0,
        "column": 0,
        "row_span": 1,
        "column_span": 2,
        "text": "合计",
        "quad": None,
        "confidence": 0.9877,
        "align": "left",
    }
    assert table["structure"] == "rules"
    assert emitted(Finding({}, tables=[]))["tables"] == []


def test_nothing_found_has_no_confidence():
    assert emitted(Finding([]))["confidence"] is None
    assert emitted(Finding([]))["fields"] == []


def test_points_keep_one_decimal():
    record = emitted(reading=replace(READING, unit="pt", width=595.276))
    assert record["width"] == 595.3
    assert record["document"]["quad"][0] == [0.4, 1.5]


@given(st.tuples(*[st.tuples(st.floats(-9999, 9999), st.floats(-9999, 9999))] * 4))
def test_quads_are_whole_pixels_or_tenths_of_points(quad: Quad):
    for told, given_ in zip(round_quad(quad, "px"), quad, strict=True):
        assert all(isinstance(value, int) for value in told)
        assert max(abs(a - b) for a, b in zip(told, given_, strict=True)) <= 0.5
    for told, given_ in zip(round_quad(quad, "pt"), quad, strict=True):
        assert max(abs(a - b) for a, b in zip(told, given_, strict=True)) <= 0.05 + 1e-9


def test_an_error_record_says_what_is_known():
    early = OcrError("format_not_supported", "the bytes are EPS")
    assert as_dict(error_record_of(early, service=SERVICE, name="a.png")) == {
        "schema_version": 1,
        "service": "sample",
        "input": "a.png",
        "error": {
            "code": "format_not_supported",
            "message": "the bytes are EPS",
            "huawei": "AIS.0102",
            "ctyun": "AI_OP_4009",
        },
    }
    late = OcrError("not_this_document", "it is a menu", page=2, looks_like="menu")
    record = as_dict(error_record_of(late, service=SERVICE, name="a.png", sha256="ab" * 32))
    assert (record["page"], record["input_sha256"], record["error"]["looks_like"]) == (2, "ab" * 32, "menu")


def test_json_is_one_line_with_the_contracts_keys_in_order():
    record = record_of(FINDING, READING, service=SERVICE, name="图.pdf", sha256="ab" * 32)
    line = to_json(record)
    assert "\n" not in line and '"input":"图.pdf"' in line
    assert list(json.loads(line))[:4] == ["schema_version", "service", "input", "input_sha256"]
    assert to_json(as_dict(record)) == line


@pytest.mark.parametrize("wrong", [DocumentPlace(0, 1), DocumentPlace(1, 1, None, "left")])
def test_what_the_contract_does_not_know_is_refused(wrong: DocumentPlace):
    with pytest.raises(ValidationError):
        emitted(replace(FINDING, document=wrong))
