"""Checks over several values of a declared document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ocrcli.checks import dates
from ocrcli.finding import Evidence
from ocrcli.forms.fields import Bind
from ocrcli.forms.found import Found
from ocrcli.forms.proof import checks_of
from ocrcli.forms.sheet import Sheet
from ocrcli.page import Reading
from ocrcli.services import find_service


def _not_in_the_future(day: str, birth: str | None, today: str) -> str | None:
    assert birth is None  # it stands on the other side
    return dates.future_fault(day, date.fromisoformat(today))


@pytest.mark.parametrize(("today", "passed"), [(date(2020, 1, 2), True), (date(2020, 1, 1), False)])
def test_a_check_may_ask_for_the_day_and_for_what_was_not_found(today: date, passed: bool) -> None:
    bind = Bind(dates.ORDER, ("valid_from",), _not_in_the_future, "back", given=("birth", "today"))
    declared = replace(find_service("idcard"), checks=(bind,))
    sides = tuple(side for side in declared.sides if side.name == "back")
    issued = Found("2020-01-02", Evidence(1.0, None, "ocr"))
    reading = Reading(100, 60, "px", 1, 1, "ocr", today=today)
    sheet = Sheet(declared, reading, (), sides=sides, found={("valid_from", "back"): issued})
    assert [check.passed for check in checks_of(sheet) if check.rule == dates.ORDER.id] == [passed]
