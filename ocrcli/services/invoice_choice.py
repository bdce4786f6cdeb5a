"""Amounts of a read invoice chosen together: a digit that the reader was unsure of is what the sums make it.

An amount is changed only where the picture allows it (its lattice holds the other reading), where every constraint
over it then holds, at least two of them, and where no other single change does as well. A misprinted amount is clear in
the picture: its lattice holds no other reading, so it stays, and its checks fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ocrcli.checks.invoice_constraints import Constraint, constraints
from ocrcli.page import Notice
from ocrcli.services.invoice_proof import item_of
from ocrcli.services.invoice_values import Value, nested, normal

_FEWEST = 2  # constraints that must agree on a changed amount
_MOST_CHANGES = 4
_MOST_READINGS = 8  # of one amount


def chosen(values: Mapping[str, Value]) -> tuple[dict[str, Value], list[Notice]]:
    """The values with misread amounts put right, and what was changed and why."""
    whole = dict(values)
    notices: list[Notice] = []
    for _ in range(_MOST_CHANGES):
        change = _best_change(whole)
        if change is None:
            break
        pointer, value, deciding = change
        whole[pointer] = value
        message = f"reads {value.plain!r}; {' and '.join(deciding)} make it {value.text}"
        notices.append(Notice("chosen_by_proof", message, pointer, value.quad))
    return whole, notices


def _state(values: Mapping[str, Value]) -> list[Constraint]:
    fields = nested(values)
    return list(constraints(fields, [item_of(row) for row in fields.get("item_list", ())]))


def _best_change(values: Mapping[str, Value]) -> tuple[str, Value, list[str]] | None:
    """The one change that mends all constraints over an amount; None where none does, or several do."""
    broken = [c for c in _state(values) if not c.holds]
    if not broken:
        return None
    found: list[tuple[str, Value, list[str]]] = []
    suspects = sorted(set().union(*(c.members for c in broken)))
    for pointer in suspects:
        for value in _readings(values.get(pointer)):
            over = [c for c in _state({**values, pointer: value}) if pointer in c.members]
            if len(over) >= _FEWEST and all(c.holds for c in over):
                found.append((pointer, value, [c.name for c in over]))
    return found[0] if len(found) == 1 else None


def _readings(value: Value | None) -> Iterator[Value]:
    """Other amounts that the same print may say, the likeliest first."""
    from ocrcli.engine.decoding import candidates
    from ocrcli.engine.grammars import AMOUNT

    if value is None or value.line is None or value.line.lattice is None:
        return
    seen = {value.text}
    for candidate in candidates(value.line.lattice, AMOUNT, inside=True):
        text, sound = normal("amount", candidate.text)
        if sound and text not in seen:
            seen.add(text)
            yield replace(value, text=text, doubtful=False)
        if len(seen) > _MOST_READINGS:
            return
