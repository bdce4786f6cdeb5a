"""The values beside or below printed labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ocrcli.geometry import Affine, Quad, angle, around, length, normal_degrees
from ocrcli.layout.assignment import assign
from ocrcli.layout.bids import REFUSAL, bids
from ocrcli.layout.cells import Cell, cells_of
from ocrcli.layout.growth import Growth, ValueRows
from ocrcli.layout.labels import Label, Mark, find_labels, rows_of_lines, takers
from ocrcli.layout.parts import Part, joined
from ocrcli.layout.register import in_register
from ocrcli.layout.spread import columns_cut
from ocrcli.layout.upright import is_wide, upright_map
from ocrcli.page import Line, Reading

_TURNED_DEG = 25.0  # degrees between lines that belong to two documents, at least …
_MOST_STRAYS = 2  # … where so many lines, or fewer, are no second document but misread


@dataclass(frozen=True, slots=True)
class Value:
    """What was found for a field: where its label is printed, and what stands beside it, row by row.

    `rows` is empty where the label stands alone. `score` says how sure label and place are, 0 to 1. `quad` is the box
    around the value, level with the text, in the page's coordinates.
    """

    key: str
    label: tuple[Part, ...]
    rows: tuple[tuple[Part, ...], ...] = ()
    score: float = 0.0
    quad: Quad | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts in reading order."""
        return tuple(part for row in self.rows for part in row)

    @property
    def text(self) -> str:
        """What they say: Chinese parts follow each other, others are set apart by a blank."""
        text = ""
        for part in self.parts:
            apart = text and not is_wide(text[-1]) and not is_wide(part.text[0])
            text += " " + part.text if apart else part.text
        return text

    @property
    def line(self) -> Line:
        """All parts as one line, which can be read again under a grammar."""
        assert self.quad is not None
        return joined(self.parts, self.text, self.quad)

    @property
    def confidence(self) -> float | None:
        """The mean of the characters' probabilities, None where the label stands alone."""
        count = sum(len(part.text) for part in self.parts)
        return sum(part.confidence * len(part.text) for part in self.parts) / count if count else None


def read_values(
    reading: Reading, labels: Sequence[Label], *, overprinted: bool = False, spread: bool = False
) -> list[Value]:
    """Every label on the page with its value, from top left; a value belongs to one label only.

    All labels bid for all values at once, and the pairing that costs least as a whole wins. Then each value takes in
    what belongs to it: the rest of its row, and up to `Label.lines` rows of its column. Print that runs another way
    than the rest, as the two sides of a card on one sheet may, is read by itself. `overprinted`: the values were
    printed onto the form, and may lie off their labels by one common shift. `spread`: labels are spread over one width,
    so that what reads as vertical writing may be their characters, one on each row.
    """
    reading = columns_cut(reading) if spread else reading
    return [value for part in _by_direction(reading) for value in _read(part, labels, overprinted)]


def _by_direction(reading: Reading) -> list[Reading]:
    """The reading in parts whose lines run about the same way, the longest line's first."""
    ways: dict[float, list[Line]] = {}
    for line in sorted(reading.lines, key=lambda line: -length(line.quad)):
        runs = angle(line.quad)
        way = next((way for way in ways if abs(normal_degrees(runs - way)) < _TURNED_DEG), runs)
        ways.setdefault(way, []).append(line)
    first, *others = ways.values() or [[]]
    strays = [line for lines in others if len(lines) <= _MOST_STRAYS for line in lines]
    parts = [first + strays, *(lines for lines in others if len(lines) > _MOST_STRAYS)]
    return [replace(reading, lines=tuple(lines)) for lines in parts]


def _read(reading: Reading, labels: Sequence[Label], overprinted: bool) -> list[Value]:
    rows = rows_of_lines(reading)
    marks = find_labels(rows, labels)
    cells = cells_of(rows, marks)
    cells = in_register(cells, marks) if overprinted else cells
    own = takers(marks)
    costs = [bids(mark, cells, marks) for mark in own]
    heads = {mark: head for mark, head in zip(own, assign(costs, REFUSAL), strict=True) if head is not None}
    grown = Growth(cells, marks, labels).values(heads)
    to_upright = upright_map(reading)
    return [
        _value(mark, cost.get(heads.get(mark, -1), REFUSAL), grown.get(mark, []), cells, to_upright)
        for mark, cost in zip(own, costs, strict=True)
    ]


def _value(mark: Mark, cost: float, rows: ValueRows, cells: Sequence[Cell], to_upright: Affine) -> Value:
    assert mark.label is not None
    parts = tuple(tuple(cells[number].part for number in row) for row in rows)
    quads = [to_upright.quad(part.quad) for row in parts for part in row]
    quad = to_upright.inverse().quad(around(quads)) if quads else None
    return Value(mark.label.key, mark.parts, parts, mark.score / (1 + cost), quad)


def best_values(values: Iterable[Value]) -> dict[str, Value]:
    """For each key the value that is surest; a label that stands alone only where no other has a value."""
    best: dict[str, Value] = {}
    for value in values:
        rival = best.get(value.key)
        if rival is None or (bool(value.rows), value.score) > (bool(rival.rows), rival.score):
            best[value.key] = value
    return best
