from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ocrcli.batch.breaches import KINDS, STRICT, breaches, parse_kinds
from ocrcli.batch.tally import Tally
from ocrcli.batch.task import Task
from ocrcli.declaration import Field
from ocrcli.errors import Exit, UsageError
from ocrcli.inputs.discover import Given
from tests.batch import batch_fakes

SERVICE = batch_fakes.SERVICE


def record(**more: Any) -> dict[str, Any]:
    return batch_fakes.record("a.png", "0", 1, 1, "", "0", **more)


def check(passed: bool | None) -> dict[str, Any]:
    return {"rule": "r", "standard": "s", "fields": [], "passed": passed, "chose": False, "message": None}


def warning(code: str) -> dict[str, Any]:
    return {"code": code, "message": "m", "field": None}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, []),
        ({"fields": {"number": None}}, ["missing"]),
        ({"fields": {"number": ""}}, ["missing"]),
        ({"fields": [{"number": "1"}, {"number": None}]}, ["missing"]),
        ({"fields": []}, []),
        ({"checks": [check(True), check(False), check(None)]}, ["check_failed"]),
        ({"warnings": [warning("glare"), warning("more_pages")]}, []),
        ({"warnings": [warning("doubtful"), warning("over_limit")]}, ["doubtful", "over_limit"]),
        ({"evidence": {"number": {"doubtful": True}}}, ["doubtful"]),
        ({"evidence": {"n": {"doubtful": True}}, "warnings": [{**warning("doubtful"), "field": "n"}]}, ["doubtful"]),
    ],
)
def test_what_strict_does_not_let_pass(more: dict[str, Any], found: list[str]) -> None:
    assert [breach.code for breach in breaches(record(**more), SERVICE)] == found


def test_a_key_of_an_option_not_asked_for_is_not_missed() -> None:
    service = replace(SERVICE, fields=(Field("extra", "an extra", required=True, option="quick_mode"),))
    assert list(breaches(record(), service)) == []


def test_pages_are_counted_once_however_many_documents_they_hold() -> None:
    tally, task = Tally(SERVICE), Task(Given("a.png", "a.png"))
    for page in (1, 1, 2):
        told = {**record(), "page": page}
        task.count(told)
        tally.count(told)
    tally.end(task)
    assert (tally.pages, tally.records, tally.read, tally.failed) == (2, 3, 1, 0)


@pytest.mark.parametrize(("fails_on", "exit_"), [(STRICT, Exit.STRICT), (frozenset(), Exit.OK)])
def test_breaches_count_where_the_run_fails_on_them(fails_on: frozenset[Any], exit_: Exit) -> None:
    tally = Tally(SERVICE, fails_on=fails_on, inputs=1)
    tally.count(record(checks=[check(False)]))
    assert tally.exit == exit_
    told = tally.summary()["services"]["sample"]
    assert told["breaches"] == {"check_failed": 1}
    assert told["breached"] == [
        {
            "input": "a.png",
            "page": 1,
            "document": 1,
            "field": None,
            "kind": "checks",
            "code": "check_failed",
            "rule": "r",
        }
    ]


def test_limits_of_the_vendors_are_no_fault_unless_asked_for() -> None:
    for kinds, exit_ in ((STRICT, Exit.OK), (parse_kinds("limits"), Exit.STRICT), (parse_kinds("all"), Exit.STRICT)):
        tally = Tally(SERVICE, fails_on=kinds, inputs=1)
        tally.count(record(warnings=[warning("over_limit")]))
        assert tally.exit == exit_


def test_kinds_are_named_in_a_list() -> None:
    assert parse_kinds("doubt, checks") == {"doubt", "checks"}
    assert parse_kinds("all") == set(KINDS)
    with pytest.raises(UsageError, match="'limit' is none of missing, checks, doubt, limits"):
        parse_kinds("doubt,limit")


def test_a_breach_says_where_it_is_without_a_word_of_the_document() -> None:
    told = record(checks=[{**check(False), "fields": ["total"], "message": "secret", "rule": "amount-sum"}])
    (breach,) = breaches({**told, "page": 2, "document": {"index": 3, "count": 3}}, SERVICE)
    assert breach.reason == "page 2, document 3: total: check amount-sum failed"


def test_a_record_kept_from_before_is_judged_and_not_counted() -> None:
    tally = Tally(SERVICE, fails_on=STRICT, inputs=1)
    tally.judge(record(warnings=[warning("doubtful")]))
    assert (tally.exit, tally.records, tally.warnings) == (Exit.STRICT, 0, {})
