"""The checks of an identity card's fields (GB 11643, GB/T 3304, article 5 of the law), and `verification_result`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ocrcli.checks import Rule, citizen_id, dates, ethnicity
from ocrcli.finding import Check


def checks_of(text: Mapping[str, str], sides: Sequence[str], today: date, *, chose: bool = False) -> list[Check]:
    """The checks of these sides' values. `chose`: the check character picked the number among candidates."""
    checks: list[Check] = []
    if "front" in sides:
        number = text.get("number", "")
        fault = citizen_id.fault(number) or citizen_id.future_fault(number, today)
        checks += [
            _check(citizen_id.RULE, ("number",), text, fault, chose=chose),
            _check(citizen_id.CONSISTENCY, ("number", "birth"), text, _birth_fault(text)),
            _check(citizen_id.CONSISTENCY, ("number", "sex"), text, _sex_fault(text)),
            _check(ethnicity.RULE, ("ethnicity",), text, ethnicity.fault(text.get("ethnicity", ""))),
            _check(dates.REAL, ("birth",), text, _calendar_fault(text.get("birth", ""))),
        ]
    if "back" in sides:
        checks += [
            _check(dates.REAL, (key,), text, _calendar_fault(text.get(key, ""))) for key in ("valid_from", "valid_to")
        ]
        checks.append(_check(citizen_id.VALIDITY, ("valid_from", "valid_to"), text, _validity_fault(text)))
    return checks


def _check(
    rule: Rule, keys: tuple[str, ...], text: Mapping[str, str], fault: str | None, *, chose: bool = False
) -> Check:
    known = all(key in text for key in keys)
    return Check(rule.id, rule.standard, keys, fault is None if known else None, chose, fault if known else None)


def _birth_fault(text: Mapping[str, str]) -> str | None:
    born = citizen_id.birth(text.get("number", ""))
    if born and born.isoformat() == text.get("birth"):
        return None
    return f"the number says {born or 'no date'}, the card {text.get('birth')}"


def _sex_fault(text: Mapping[str, str]) -> str | None:
    sex = citizen_id.sex(text.get("number", ""))
    return None if sex == text.get("sex") else f"the number says {sex}, the card {text.get('sex')}"


def _calendar_fault(day: str) -> str | None:
    return None if day == dates.LONG_TERM or dates.exists(day) else f"{day} is not in the calendar"


def _validity_fault(text: Mapping[str, str]) -> str | None:
    """Article 5 for the holder's age where the birth date is known, else for anybody's."""
    start, end = text.get("valid_from", ""), text.get("valid_to", "")
    if not dates.exists(start) or _calendar_fault(end):
        return "the period has no such day"
    first = date.fromisoformat(start)
    last = None if end == dates.LONG_TERM else date.fromisoformat(end)
    if dates.exists(text.get("birth", "")):
        return citizen_id.validity_fault(date.fromisoformat(text["birth"]), first, last)
    anybody = (date(first.year - age, 1, 1) for age in (1, 16, 26, 46))
    if any(citizen_id.validity_fault(born, first, last) is None for born in anybody):
        return None
    return "cards are valid for 5, 10 or 20 years, or long-term"


def verification(
    fields: Mapping[str, Any], checks: Sequence[Check], sides: Sequence[str], today: date
) -> dict[str, bool | None]:
    """The spec's names for the checks' outcomes, and whether the card is valid today."""
    outcomes = {(check.rule, check.fields): check.passed for check in checks}
    told: dict[str, bool | None] = {}
    if "front" in sides:
        told["valid_number"] = outcomes[citizen_id.RULE.id, ("number",)]
        told["valid_birth"] = outcomes[citizen_id.CONSISTENCY.id, ("number", "birth")]
        told["valid_sex"] = outcomes[citizen_id.CONSISTENCY.id, ("number", "sex")]
    if "back" in sides:
        start, end, day = fields["valid_from"], fields["valid_to"], today.isoformat()
        known = start is not None and end is not None
        told["valid_date"] = start <= day and (end == dates.LONG_TERM or day <= end) if known else None
        told["valid_validity_period"] = outcomes[citizen_id.VALIDITY.id, ("valid_from", "valid_to")]
    return told
