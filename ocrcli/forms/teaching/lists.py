"""A list's columns: the heads above the values that are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ocrcli.forms.ready import TEXT
from ocrcli.forms.teaching.print import Print, Spot, as_label
from ocrcli.forms.templates.model import Column, FieldPart
from ocrcli.layout.upright import Piece

_NEAR_EM = 4.0  # between a head and its column, at most


def list_of(prints: Sequence[Print], lists: Sequence[Sequence[Mapping[str, Any]]]) -> Iterator[FieldPart]:
    """The columns of a list, where each example has the heads; none where too few are found."""
    found = [_columns(print_, rows) for print_, rows in zip(prints, lists, strict=True)]
    heads = [_heads(print_, columns) for print_, columns in zip(prints, found, strict=True)]
    columns: dict[str, Column] = {}
    for key in found[0]:
        named = {own.get(key, "") for own in heads}
        if len(named) == 1 and (head := named.pop()):
            forms = {spot.form for own in found for spot in own[key]}
            form = forms.pop() if len(forms) == 1 else TEXT.name
            columns[key] = Column.model_validate({"head": [head], "form": None if form == TEXT.name else form})
    if columns:
        ends = {_end(print_, own) for print_, own in zip(prints, found, strict=True)}
        end = [text for text in ends if text] if len(ends) == 1 else []
        yield FieldPart.model_validate({"columns": columns, "end": end})


def _columns(print_: Print, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Spot]]:
    """The spots of each column's values."""
    keys = dict.fromkeys(key for row in rows for key in row)
    told = {key: _column(print_, [str(row[key]) for row in rows if row.get(key)]) for key in keys}
    return {key: spots for key, spots in told.items() if spots}


def _column(print_: Print, values: Sequence[str]) -> list[Spot]:
    """The spots of a column's values: of all places where they stand, those most of which share one column."""
    found = [spot for value in dict.fromkeys(values) for spot in print_.spots(value)]
    best: list[Spot] = []
    for spot in found:
        own = [other for other in found if other.x0 < spot.x1 and spot.x0 < other.x1]
        if len({id(o.piece) for o in own}) > len({id(o.piece) for o in best}):
            best = own
    return best


def _heads(print_: Print, columns: Mapping[str, Sequence[Spot]]) -> dict[str, str]:
    """The print of each column's head: on the row above the list, the one whose middle is nearest to the column."""
    tops = sorted(min(spot.y0 for spot in spots) for spots in columns.values())
    if not tops:
        return {}
    top = tops[len(tops) // 2]
    over = [row for row in print_.rows if len(row) > 1 and row[0].y1 < top + 0.5 * row[0].height]
    row = max(over, key=lambda row: row[0].cy, default=[])
    heads = {}
    for key, spots in columns.items():
        x0, x1 = min(spot.x0 for spot in spots), max(spot.x1 for spot in spots)
        nearest = min(row, key=lambda piece: _apart(piece, x0, x1), default=None)
        if nearest is not None and _apart(nearest, x0, x1) <= _NEAR_EM * nearest.em:
            heads[key] = as_label(nearest.text)
    return heads


def _end(print_: Print, columns: Mapping[str, Sequence[Spot]]) -> str:
    """The first print of the row right below the list; "" where that is no label."""
    bottom = max((spot.y1 for spots in columns.values() for spot in spots), default=0.0)
    below = [row for row in print_.rows if row and row[0].cy > bottom]
    row = min(below, key=lambda row: row[0].cy, default=[])
    return as_label(row[0].text) if row else ""


def _apart(piece: Piece, x0: float, x1: float) -> float:
    """How far a head is from a column: nothing where they share a part of the page's width, else between the two."""
    return max(0.0, piece.x0 - x1, x0 - piece.x1)
