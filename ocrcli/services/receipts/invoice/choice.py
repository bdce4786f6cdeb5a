"""Amounts of a read invoice chosen together: what the reader was unsure of is what the sums make it.

Of all ways to read the doubtful amounts the likeliest is taken after which every constraint over a changed amount
holds, at least two for each of them, and to which no other way comes near. Only readings that the picture allows count
(its lattice holds them). A misprinted amount is clear in the picture: its lattice holds no other reading, so it stays,
and its checks fail.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from ocrcli.checks.invoice_constraints import Constraint, constraints
from ocrcli.page import Notice
from ocrcli.services.receipts.invoice.proof import item_of
from ocrcli.services.receipts.invoice.values import Value, nested, normal

_FEWEST = 2  # constraints that must agree on a changed amount
_TOGETHER = 3  # amounts that are changed at once, at most
_MOST_CHANGES = 4  # … and one after another
_MOST_READINGS = 8  # of one amount
_MOST_TRIED = 400  # ways to read the amounts


@dataclass(frozen=True)
class _Way:
    """Other readings of some amounts, and how many nats less likely than the plain ones they are together."""

    readings: Mapping[str, Value]
    cost: float
    mended: frozenset[str]  # names of the constraints that hold by it


def chosen(values: Mapping[str, Value]) -> tuple[dict[str, Value], list[Notice]]:
    """The values with misread amounts put right, and what was changed and why."""
    whole = dict(values)
    notices: list[Notice] = []
    for _ in range(_MOST_CHANGES):
        way = _decided(list(_ways(whole)))
        if way is None:
            break
        whole.update(way.readings)
        state = _state(whole)
        for pointer, value in way.readings.items():
            deciding = " and ".join(c.name for c in state if pointer in c.members)
            message = f"reads {value.plain!r}; {deciding} make it {value.text}"
            notices.append(Notice("chosen_by_proof", message, pointer, value.quad))
    return whole, notices


def _state(values: Mapping[str, Value]) -> list[Constraint]:
    fields = nested(values)
    return list(constraints(fields, [item_of(row) for row in fields.get("item_list", ())]))


def _decided(ways: list[_Way]) -> _Way | None:
    """The likeliest way that no other one which mends the same comes near."""
    from ocrcli.engine.decoding import RULE

    for way in ways:
        rivals = (other for other in ways if other is not way and other.mended & way.mended)
        if all(other.cost - way.cost >= RULE.lead for other in rivals):
            return way
    return None


def _ways(values: Mapping[str, Value]) -> Iterator[_Way]:
    """The ways to read the amounts that satisfy all constraints over what they change, from the likeliest down."""
    broken = {c.name for c in _state(values) if not c.holds}
    others = cache(lambda pointer: list(_readings(values.get(pointer))))
    queue: list[tuple[float, int, dict[str, Value]]] = [(0.0, 0, {})]
    tried = 0
    met: set[frozenset[tuple[str, str]]] = set()
    while queue and tried < _MOST_TRIED:
        cost, _, readings = heapq.heappop(queue)
        state = _state({**values, **readings})
        if _satisfied(state, readings):
            yield _Way(readings, cost, frozenset(c.name for c in state if c.holds and c.name in broken))
            continue
        faults = [c for c in state if not c.holds and (not readings or c.members & readings.keys())]
        suspects = {pointer for c in faults for pointer in c.members} - readings.keys()
        for pointer in sorted(suspects) if len(readings) < _TOGETHER else ():
            for behind, value in others(pointer):
                changed = {**readings, pointer: value}
                tried += 1
                texts = frozenset((p, v.text) for p, v in changed.items())
                if texts not in met and _mends(state, _state({**values, **changed}), pointer):
                    met.add(texts)
                    heapq.heappush(queue, (cost + behind, tried, changed))


def _satisfied(state: list[Constraint], readings: Mapping[str, Value]) -> bool:
    """True where all constraints over the changed amounts hold, enough for each of them."""
    over = [c for c in state if c.members & readings.keys()]
    return (
        bool(readings)
        and all(c.holds for c in over)
        and len(over) >= _FEWEST * len(readings)
        and all(sum(p in c.members for c in over) >= _FEWEST for p in readings)
    )


def _mends(before: list[Constraint], after: list[Constraint], pointer: str) -> bool:
    """True where a change of an amount makes a broken constraint over it hold."""
    broken = {c.name for c in before if not c.holds}
    return any(c.holds and pointer in c.members and c.name in broken for c in after)


def _readings(value: Value | None) -> Iterator[tuple[float, Value]]:
    """Other amounts that the same print may say, the likeliest first, with how many nats less likely each is."""
    from ocrcli.engine.decoding import candidates
    from ocrcli.engine.grammars import AMOUNT

    if value is None or value.line is None or value.line.lattice is None:
        return
    seen = {value.text}
    best: float | None = None
    for candidate in candidates(value.line.lattice, AMOUNT, inside=True):
        best = candidate.log_probability if best is None else best
        text, sound = normal("amount", candidate.text)
        if sound and text not in seen:
            seen.add(text)
            yield best - candidate.log_probability, replace(value, text=text, why="")
        if len(seen) > _MOST_READINGS:
            return
