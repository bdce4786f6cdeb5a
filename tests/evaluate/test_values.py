from __future__ import annotations

from typing import Any

import pytest

from ocrcli.evaluate.score import Tally
from ocrcli.evaluate.values import check_digits_ok, is_marked, score_fields


def a_record(fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"fields": fields, "checks": [], "warnings": [], **more}


def a_check(rule: str, passed: bool | None, *fields: str) -> dict[str, Any]:
    return {"rule": rule, "passed": passed, "fields": list(fields)}


def test_values_are_counted_per_key_and_together() -> None:
    truth = {"fields": {"name": "样本一", "number": "0012", "items": [{"amount": "1.00"}, {"amount": "2.00"}]}}
    read = {"name": "样本一", "number": "0O12", "items": [{"amount": "1.00"}], "other": "not asked for"}
    score = score_fields(truth, [a_record(read)])
    assert score.tallies["fields"] == Tally(2, 4)
    assert score.tallies["field/items/amount"] == Tally(1, 2)
    assert score.tallies["field/number"] == Tally(0, 1)
    assert score.tallies["files_exact"] == Tally(0, 1)
    assert [(m.key, m.truth, m.read) for m in score.mismatches] == [
        ("number", "0012", "0O12"),
        ("items/1/amount", "2.00", None),
    ]


def test_width_and_runs_of_blanks_do_not_matter_but_blanks_do() -> None:
    truth = {"fields": {"a": "南方（集团）", "b": "MARIA OLIVIA", "c": "MARIA OLIVIA", "d": None, "e": None}}
    read = {"a": "南方(集团)", "b": "MARIA   OLIVIA", "c": "MARIAOLIVIA", "d": None, "e": ""}
    score = score_fields(truth, [a_record(read)])
    assert {m.key for m in score.mismatches} == {"c", "e"}


def test_a_list_of_lines_is_compared_line_by_line() -> None:
    score = score_fields({"fields": {"mrz": ["AB<", "12<"]}}, [a_record({"mrz": ["AB<", "1Z<"]})])
    assert score.tallies["field/mrz"] == Tally(1, 2)


def test_the_document_that_fits_best_is_taken() -> None:
    records = [a_record({"n": "1", "m": "x"}), a_record({"n": "2", "m": "y"}), {"error": {"code": "unreadable"}}]
    score = score_fields({"fields": {"n": "2", "m": "y"}}, records)
    assert score.tallies["files_exact"] == Tally(1, 1)


@pytest.mark.parametrize("records", [[], [{"error": {"code": "unreadable"}}]])
def test_an_error_counts_as_wrong(records: list[dict[str, Any]]) -> None:
    truth = {"fields": {"n": "2"}, "side": "front", "check_digits_ok": True}
    tallies = score_fields(truth, records).tallies
    for name in ("fields", "files_exact", "side", "check_digits_ok"):
        assert tallies[name] == Tally(0, 1)
    assert tallies["wrong_unmarked"] == Tally(0, 1)


@pytest.mark.parametrize(
    ("more", "unmarked"),
    [
        ({}, 1),
        ({"evidence": {"number": {"doubtful": True}}}, 0),
        ({"evidence": {"number": {"doubtful": False}}}, 1),
        ({"checks": [a_check("gb11643", False, "number")]}, 0),
        ({"checks": [a_check("gb11643", True, "number")]}, 1),
        ({"checks": [a_check("gb11643", None, "number")]}, 1),
        ({"checks": [a_check("date-real", False, "birth")]}, 1),
        ({"warnings": [{"code": "glare", "message": "", "field": "number"}]}, 0),
        ({"warnings": [{"code": "glare", "message": "", "field": None}]}, 1),
    ],
)
def test_a_wrong_value_that_does_not_say_so_is_counted(more: dict[str, Any], unmarked: int) -> None:
    score = score_fields({"fields": {"number": "1", "name": "x"}}, [a_record({"number": "7", "name": "x"}, **more)])
    assert score.tallies["wrong_unmarked"] == Tally(unmarked, 2)


def test_a_check_on_a_list_marks_its_items() -> None:
    record = a_record({}, checks=[a_check("amount-items", False, "item_list")])
    assert is_marked(record, "item_list/0/amount")


def test_the_side_counts_where_the_truth_has_one() -> None:
    record = a_record({"n": "1"}, document={"side": "back"})
    assert score_fields({"fields": {"n": "1"}, "side": "back"}, [record]).tallies["side"] == Tally(1, 1)
    assert score_fields({"fields": {"n": "1"}, "side": "front"}, [record]).tallies["side"] == Tally(0, 1)
    assert "side" not in score_fields({"fields": {"n": "1"}, "side": None}, [record]).tallies


@pytest.mark.parametrize(
    ("checks", "verdict"),
    [
        ([], None),
        ([a_check("date-real", False, "birth")], None),
        ([a_check("mrz-vs-print", False, "number")], None),
        ([a_check("mrz-td3", True, "number"), a_check("date-real", False, "birth")], True),
        ([a_check("mrz-td3", True, "number"), a_check("mrz-td3", False, "birth")], False),
        ([a_check("gb11643", None, "number")], None),
        ([a_check("vin", False, "vin")], False),
    ],
)
def test_only_check_digits_tell_whether_check_digits_are_right(
    checks: list[dict[str, Any]], verdict: bool | None
) -> None:
    assert check_digits_ok(a_record({}, checks=checks)) is verdict
    told = score_fields({"fields": {}, "check_digits_ok": False}, [a_record({}, checks=checks)])
    assert told.tallies["check_digits_ok"] == Tally(verdict is False, 1)
