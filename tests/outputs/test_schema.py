from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ocrcli.errors import OcrError
from ocrcli.finding import Evidence, Finding
from ocrcli.outputs.schema import schema_of
from ocrcli.page import Line, Reading
from ocrcli.records import as_dict, error_record_of, record_of
from ocrcli.services import all_services
from tests.days import TODAY
from tests.outputs import sample_records as sample

SERVICE = sample.service()
VALID = Draft202012Validator(schema_of(SERVICE))
QUAD = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


def emitted(fields: Any = sample.CARD, **options: Any) -> dict[str, Any]:
    evidence = {"name": Evidence(0.98, QUAD, "ocr", plain="样本张三")}
    page = Reading(640, 480, "px", 1, 1, "ocr", lines=(Line("样本", 0.99, QUAD),), today=TODAY)
    finding = Finding(fields, evidence=evidence, text="样本")
    return as_dict(record_of(finding, page, service=SERVICE, name="a.png", sha256="0" * 64, **options))


@pytest.mark.parametrize("options", [{}, {"details": True}, {"details": True, "chars": True}])
def test_what_is_emitted_is_valid(options: dict[str, bool]):
    VALID.validate(emitted(**options))
    VALID.validate(as_dict(error_record_of(OcrError("decode_failed", "cut"), service=SERVICE, name="a.png")))
    error = OcrError("not_this_document", "it is a menu", page=2, looks_like="menu")
    VALID.validate(as_dict(error_record_of(error, service=SERVICE, name="a.png", sha256="0" * 64)))


@pytest.mark.parametrize("empty", [{"name": None, "owner": None, "marks": [], "items": [], "count": None}])
def test_what_was_not_found_is_null_or_an_empty_list(empty: dict[str, Any]):
    VALID.validate(emitted(sample.CARD | empty))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": 5},
        {"count": "2"},
        {"marks": None},
        {"items": [{"item": "tea"}]},
        {"items": [{"item": "tea", "amount": "1", "more": ""}]},
        {"owner": {"city": "x"}},
        {"unknown": "x"},
    ],
)
def test_fields_of_another_form_are_not(wrong: dict[str, Any]):
    assert not VALID.is_valid(emitted(sample.CARD | wrong))


def test_every_key_is_asked_for_but_those_of_options():
    VALID.validate(emitted(sample.CARD | {"extra": "x"}))
    for key in sample.CARD:
        assert not VALID.is_valid(emitted({k: v for k, v in sample.CARD.items() if k != key}))
    for key in emitted():
        record = emitted()
        del record[key]
        assert VALID.is_valid(record) == (key == "text")


@pytest.mark.parametrize("key", ["text", "lines", "tables", "evidence"])
def test_a_key_that_may_be_left_out_is_never_null(key: str):
    assert not VALID.is_valid(emitted() | {key: None})


def test_it_is_the_schema_of_one_service():
    assert not VALID.is_valid(emitted() | {"service": "other"})
    assert not VALID.is_valid(emitted() | {"error": {"code": "internal"}})


def test_a_service_that_gives_lists_has_lists():
    lists = Draft202012Validator(schema_of(sample.service(fields=sample.FIELDS[:1], list_result=True)))
    assert lists.is_valid(emitted([{"name": "京A12345"}, {"name": None}]))
    assert lists.is_valid(emitted([]))
    assert not lists.is_valid(emitted({"name": "京A12345"}))


def test_the_keys_say_what_they_mean():
    properties = schema_of(SERVICE)["$defs"]["Record"]["properties"]["fields"]["properties"]
    assert properties["number"] == {"type": ["string", "null"], "description": "its number"}
    assert properties["extra"]["description"] == "an extra (only with with_extra)"


@pytest.mark.parametrize("name", all_services())
def test_every_service_has_a_schema(name: str):
    schema = schema_of(all_services()[name])
    Draft202012Validator.check_schema(schema)
    for declared in all_services()[name].fields:
        assert declared.name in str(schema["$defs"]["Record"]["properties"]["fields"])


def test_the_codes_of_warnings_are_listed():
    code = schema_of(sample.service())["$defs"]["WarningOut"]["properties"]["code"]
    assert {"doubtful", "over_limit", "glare"} <= set(code["enum"])
    assert not Draft202012Validator(code).is_valid("dubtful")
