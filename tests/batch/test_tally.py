from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ocrcli.batch.tally import Tally, breaches
from ocrcli.batch.task import Task
from ocrcli.declaration import Field
from ocrcli.errors import Exit
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
    ],
)
def test_what_strict_does_not_let_pass(more: dict[str, Any], found: list[str]) -> None:
    assert list(breaches(record(**more), SERVICE)) == found


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


@pytest.mark.parametrize(("strict", "exit_"), [(True, Exit.STRICT), (False, Exit.OK)])
def test_breaches_count_under_strict_only(strict: bool, exit_: Exit) -> None:
    tally = Tally(SERVICE, strict=strict, inputs=1)
    tally.count(record(checks=[check(False)]))
    assert tally.exit == exit_
    assert tally.summary()["services"]["sample"]["breaches"] == {"check_failed": 1}
