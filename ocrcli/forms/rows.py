"""Lists with columns: the rows below a row of heads as objects, each value with its own form, evidence and doubt."""

from __future__ import annotations

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

    heads = {item.name: _labels(item) for item in field.items}
    # A number or a date stands in each row; text alone may go on from the row above.
    own = [item.name for item in field.items if item.form.strict or item.form.grammar is not None]
    ends = (*find.end, *_other_labels(sheet, field))
    place = sheet.places.get(field.side)
    outline = place.quad if place and not place.face.edged else None
    items: list[Item] = []
    for row in rows_under(sheet.reading, heads, ends, own, outline):
        item: Item = {}
        for wanted in field.items:
            if (lines := row.cells.get(wanted.name)) and (found := _cell(sheet, wanted, lines)) is not None:
                item[wanted.name] = found.doubted(doubt.LOOSE_ROW) if row.loose else found
        if item:
            items.append(item)
    return _listed(field, items) if items else None


def _labels(item: Field) -> tuple[str, ...]:
    return tuple(label for find in item.finds if isinstance(find, Beside) for label in find.labels)


def _other_labels(sheet: Sheet, field: Field) -> list[str]:
    """The labels of the document's other fields, but for those that are heads of this list, too."""
    heads = {label for item in field.items for label in _labels(item)}
    labels = (label for other in sheet.declared.fields if other is not field for label in _labels(other))
    return [label for label in dict.fromkeys(labels) if label not in heads]


def _cell(sheet: Sheet, wanted: Field, lines: Sequence[Line]) -> Found | None:
    line = _as_one(lines)
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
