"""The checks of a declared document: of its values' forms, over several values, and whether its sides agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ocrcli.checks import Rule
from ocrcli.finding import Check
from ocrcli.forms.fields import Bind, Side
from ocrcli.forms.find import Derived
from ocrcli.forms.form import Form
from ocrcli.forms.found import Found
from ocrcli.forms.sheet import Sheet

AGREE = Rule("sides-agree", "own", "agreement")
TODAY = "today"  # among the fields given to a Bind: the day that the page is read as of


def checks_of(sheet: Sheet) -> Iterator[Check]:
    """The outcome of each check that the sides in the picture have; None where a value was not found."""
    names = {side.name for side in sheet.sides}
    shown = [field for field in sheet.declared.fields if field.side in names or not field.side]
    done: set[str] = set()
    for field in shown:
        if field.form.rule and field.finds and field.name not in done:
            done.add(field.name)
            yield from _of_form(field.name, field.form, sheet.value(field.name), sheet.reading.today)
    for bind in sheet.declared.checks:
        if not bind.side or bind.side in names:
            yield _of_bind(sheet, bind)
    yield from _agreement(sheet)


def _of_form(name: str, form: Form, found: Found | None, today: date) -> Iterator[Check]:
    rule = form.rule
    assert rule is not None
    if found is not None and form.applies is not None and not form.applies(found.text):
        return
    fault = form.fault(found.text) if found is not None and form.fault else None
    if found is not None and fault is None and form.fault_on:
        fault = form.fault_on(found.text, today)
    passed = fault is None if found is not None else None
    yield Check(rule.id, rule.standard, (name,), passed, found is not None and found.chose, fault)


def _of_bind(sheet: Sheet, bind: Bind) -> Check:
    found = [sheet.value(key) for key in bind.keys]
    given = [sheet.reading.today.isoformat() if key == TODAY else _text(sheet.value(key)) for key in bind.given]
    if None in found or _follows(sheet, bind):
        return Check(bind.rule.id, bind.rule.standard, bind.keys, None)
    fault = bind.fault(*map(_text, found), *given)
    return Check(bind.rule.id, bind.rule.standard, bind.keys, fault is None, message=fault)


def _text(found: Found | None) -> str | None:
    return found.text if found else None


def _follows(sheet: Sheet, bind: Bind) -> bool:
    """True where one of the values was made from the others, and so proves nothing about them."""
    for field in sheet.declared.fields:
        value = sheet.value(field.name) if field.name in bind.keys else None
        if value is not None and value.evidence.source == "derived":
            made_from = (find.keys for find in field.finds if isinstance(find, Derived))
            if any(set(keys) & set(bind.keys) for keys in made_from):
                return True
    return False


def _agreement(sheet: Sheet) -> Iterator[Check]:
    """Whether a value that is printed on both sides is the same there."""
    if len(sheet.sides) < 2:
        return
    for name in dict.fromkeys(name for name, _ in sheet.found):
        told = _on_sides(sheet.sides, sheet.found, name)
        if len(told) > 1:
            same = len({found.text for found in told.values()}) == 1
            said = ", ".join(f"{side} {found.text}" for side, found in told.items())
            yield Check(AGREE.id, AGREE.standard, (name,), same, message=None if same else said)


def _on_sides(sides: tuple[Side, ...], found: dict[tuple[str, str], Found], name: str) -> dict[str, Found]:
    return {side.name: found[name, side.name] for side in sides if (name, side.name) in found}
