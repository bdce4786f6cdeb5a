"""Lists with columns: the rows below a row of heads as objects, each value with its own form, evidence and doubt."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from ocrcli.finding import Evidence
from ocrcli.forms import doubt
from ocrcli.forms.fields import Field
from ocrcli.forms.find import Beside, Rows
from ocrcli.forms.found import Found
from ocrcli.forms.reread import as_form, looked_again
from ocrcli.forms.sheet import Sheet
from ocrcli.geometry import around
from ocrcli.layout.upright import is_wide
from ocrcli.page import Line

Item = dict[str, Found]


def rows_below(sheet: Sheet, field: Field, find: Rows) -> Found | None:
    """The objects of a list, from top to bottom; None where its heads were not found or no row stands below them."""
    from ocrcli.layout.tables.headed import rows_under

    heads = {item.name: labels for item in field.items if (labels := _labels(item))}
    # A number or a date stands in each row; text alone may go on from the row above.
    own = [item.name for item in field.items if item.form.strict or item.form.grammar is not None]
    ends = (*find.end, *_other_labels(sheet, field))
    place = sheet.places.get(field.side)
    outline = place.quad if place and not place.face.edged else None
    items: list[Item] = []
    places: list[Sequence[Line]] = []
    for row in rows_under(sheet.reading, heads, ends, own, outline):
        item: Item = {}
        for wanted in field.items:
            if (lines := row.cells.get(wanted.name)) and (found := _cell(sheet, wanted, lines)) is not None:
                item[wanted.name] = found.doubted(doubt.LOOSE_ROW) if row.loose else found
        if item:
            items.append(item)
            places.append([line for lines in row.cells.values() for line in lines])
    if find.between:
        items = _between_stops(sheet, field, find.between, items, places)
    return _listed(field, items) if items else None


def _labels(item: Field) -> tuple[str, ...]:
    return tuple(label for find in item.finds if isinstance(find, Beside) for label in find.labels)


def _other_labels(sheet: Sheet, field: Field) -> list[str]:
    """The labels of the document's other fields, but for those that are heads of this list, too."""
    heads = {label for item in field.items for label in _labels(item)}
    labels = (label for other in sheet.declared.fields if other is not field for label in _labels(other))
    return [label for label in dict.fromkeys(labels) if label not in heads]


def _between_stops(
    sheet: Sheet, field: Field, between: tuple[str, str, str], items: Sequence[Item], places: Sequence[Sequence[Line]]
) -> list[Item]:
    """The rows with the stops that they lie between: a row stands beside the stop before it.

    Two stops without a row between them, which was not read, are a row, too.
    """
    from ocrcli.layout.upright import piece_of, upright_map

    inner, first, last = between
    form = next(item.form for item in field.items if item.name == first)
    stops = [value for value in sheet.stops(inner) if form.may_be(value.text)]
    to_upright = upright_map(sheet.reading)
    heights = [piece_of(value.line, to_upright).cy for value in stops]
    levels = [statistics.median(piece_of(line, to_upright).cy for line in lines) for lines in places]
    rows: dict[int, Item] = {number: {} for number in range(len(stops) - 1)}
    alone: list[Item] = []
    for item, level in zip(items, levels, strict=True):
        nearest = min(rows, key=lambda number: abs(heights[number] - level), default=None)
        apart = heights[nearest + 1] - heights[nearest] if nearest is not None else 0.0
        if nearest is None or abs(heights[nearest] - level) > apart / 2:
            alone.append({key: found.doubted(doubt.LOOSE_ROW) for key, found in item.items()})
        else:
            rows[nearest] |= {key: found for key, found in item.items() if key not in rows[nearest]}
    for number, item in rows.items():
        apart = heights[number + 1] - heights[number]
        lost = any(apart / 3 < level - heights[number] < apart * 2 / 3 for level in levels)  # a stop between the two
        for key, stop in ((first, stops[number]), (last, stops[number + 1])):
            if found := as_form(sheet.reading, stop.line, form):
                item[key] = found.doubted(doubt.PART_MISSING) if lost else found
    return [*rows.values(), *alone]


def _cell(sheet: Sheet, wanted: Field, lines: Sequence[Line]) -> Found | None:
    line = _as_one(lines)
    if wanted.form.strict and not wanted.form.may_be(line.text):
        return None
    found = as_form(sheet.reading, line, wanted.form)
    if found is None or found.passed or not found.evidence.doubtful:
        return found
    return looked_again(sheet.reading, line, wanted.form, found)


def _as_one(lines: Sequence[Line]) -> Line:
    """The lines of a cell as one: Chinese follows without a blank, other writing with one."""
    from ocrcli.layout.parts import Part, joined

    if len(lines) == 1:
        return lines[0]
    text = ""
    for line in lines:
        apart = text and not is_wide(text[-1]) and not is_wide(line.text[:1] or " ")
        text += f" {line.text}" if apart else line.text
    return joined([Part(line, 0, len(line.text)) for line in lines], text, around(line.quad for line in lines))


def _listed(field: Field, items: Sequence[Item]) -> Found:
    """The list as a value, in which a key that a row lacks is None."""
    values = [{key.name: item[key.name].text if key.name in item else None for key in field.items} for item in items]
    told = [found for item in items for found in item.values()]
    quads = [found.evidence.quad for found in told if found.evidence.quad]
    doubtful = next((found.evidence for found in told if found.evidence.doubtful), None)
    evidence = Evidence(
        min(found.evidence.confidence for found in told),
        around(quads) if quads else None,
        told[0].evidence.source,
        why=doubtful.why if doubtful else "",
    )
    return Found("", evidence, value=values, items=tuple(items))
