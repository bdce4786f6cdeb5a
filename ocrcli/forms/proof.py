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
    for field in shown:
        found = sheet.value(field.name)
        for number, item in enumerate(found.items if found else ()):
            for own in field.items:
                if own.form.rule and own.name in item:
                    name = f"{field.name}/{number}/{own.name}"
                    yield from _of_form(name, own.form, item[own.name], sheet.reading.today)
    for bind in sheet.declared.checks:
        if not bind.side or bind.side in names:
            yield from _of_bind(sheet, bind)
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


def _of_bind(sheet: Sheet, bind: Bind) -> Iterator[Check]:
    """The outcome of a check over several values: of one for each object of a list, where it is `each`."""
    told = sheet.value(bind.each) if bind.each else None
    for item in range(len(told.items)) if told else (None,):
        values = [_value(sheet, key, item) for key in bind.keys]
        keys = tuple(_in_item(key, item) for key in bind.keys or bind.given)
        if None in values or _follows(sheet, bind):
            yield Check(bind.rule.id, bind.rule.standard, keys, None)
        elif bind.applies is None or bind.applies(*values):
            fault = bind.fault(*values, *(_given(sheet, key, item) for key in bind.given))
            yield Check(bind.rule.id, bind.rule.standard, keys, fault is None, message=fault)


def _value(sheet: Sheet, key: str, item: int | None) -> str | tuple[str, ...] | None:
    """A value by its key: of a list's column that of one object, or those of all; None where one was not found."""
    name, _, column = key.partition("/")
    found = sheet.value(name)
    if found is None or not column:
        return found.text if found else None
    if item is not None:
        own = found.items[item].get(column)
        return own.text if own else None
    texts = tuple(own.text for row in found.items if (own := row.get(column)))
    return texts if texts and len(texts) == len(found.items) else None


def _given(sheet: Sheet, key: str, item: int | None) -> str | tuple[str, ...] | None:
    return sheet.reading.today.isoformat() if key == TODAY else _value(sheet, key, item)


def _in_item(key: str, item: int | None) -> str:
    return key if item is None else key.replace("/", f"/{item}/", 1)


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
