"""A declared document drawn plainly, from its declaration alone: its title, its labels, invented values of its forms.

So no service is without specimens: one whose document has no drawing of its own (`specimens.documents`) is drawn like
this, each side as one kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

from ocrcli.forms.fields import Declared, Field, Side
from ocrcli.forms.find import Anywhere, At, Beside, Derived, Find, Titled
from ocrcli.forms.signs import signs_of
from ocrcli.geometry import quad_of_box
from ocrcli.signs import Title
from ocrcli.specimens.canvas import Canvas
from ocrcli.specimens.documents.base import MM, Document, Order, numbered, print_all
from ocrcli.specimens.invented import misprint_of, print_of
from ocrcli.specimens.ornament import mark
from ocrcli.specimens.plain_layout import Entry, laid_out
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

ONE_SIDE = "plain"  # the kind of a document without sides


def plain_document(declared: Declared) -> Document | None:
    """The document as the press draws it; None for one none of whose values has a declared place."""
    sides = _sides(declared)
    printed = [fields[0] for side in sides for fields in _groups(declared, side)]
    if not printed:
        return None
    return Document(
        declared.name,
        tuple(side.name or ONE_SIDE for side in sides),
        partial(draw, declared),
        numbered=any(field.form.proves for field in printed),
        type=declared.type or None,
    )


def draw(declared: Declared, order: Order) -> Specimen:
    """One side, by its name. With `order.altered` a value with a check digit is misprinted, where the side has one."""
    rng = Random(order.seed)
    side = next(side for side in _sides(declared) if order.kind == (side.name or ONE_SIDE))
    entries = [_entry(fields, rng) for fields in _groups(declared, side)]
    proving = [i for i, entry in enumerate(entries) if entry.fields[0].form.proves]
    if order.altered and proving:
        i = rng.choice(proving)
        entries[i] = replace(entries[i], text=misprint_of(entries[i].fields[0].form, entries[i].text, rng))
    (width, height), prints = laid_out(_titles(declared, side), entries, side, order.typecase)
    canvas = Canvas(round(width * MM), round(height * MM))
    print_all(canvas, prints, {}, order.typecase)
    mark(canvas, canvas.width - 2 * MM, canvas.height - 3 * MM, 1.8 * MM)
    return finished(
        canvas,
        fields=_values(declared, entries),
        documents=(quad_of_box(0, 0, canvas.width, canvas.height),),
        side=side.name or None,
        **numbered(order, bool(proving)),
    )


def _sides(declared: Declared) -> tuple[Side, ...]:
    return declared.sides or (Side(),)


def _groups(declared: Declared, side: Side) -> list[tuple[Field, ...]]:
    """The fields of a side that have a declared place, those with the same one together."""
    fields = [f for f in declared.printed if f.side in ("", side.name) and f.type == "string" and not f.option]
    groups: dict[Find | str, tuple[Field, ...]] = {}
    for field in fields:
        find = _place(field)
        if find is not None:
            place = field.name if isinstance(find, Anywhere) else find
            groups[place] = (*groups.get(place, ()), field)
    return list(groups.values())


def _place(field: Field) -> Find | None:
    """Where the field is printed: beside its label, else in its box or as a title, else anywhere; None for nowhere."""
    for kinds in (Beside, (At, Titled), Anywhere):
        for find in field.finds:
            if isinstance(find, kinds):
                return find
    return None


def _entry(fields: tuple[Field, ...], rng: Random) -> Entry:
    find = _place(fields[0])
    assert find is not None  # see _groups
    return Entry(find, find.titles[0] if isinstance(find, Titled) else print_of(fields[0].form, rng), fields)


def _titles(declared: Declared, side: Side) -> dict[str, str]:
    """What is printed without being a value, by the name of the mark: the side's marks, else the title that a sign has.

    The title of a sign is printed only where no value is the title.
    """
    marks = {name: texts[0] for name, texts in side.marks.items()}
    titled = any(isinstance(find, Titled) for field in declared.printed for find in field.finds)
    if marks or titled:
        return marks
    texts = [sign.texts[0] for sign in signs_of(declared) if isinstance(sign, Title)]
    return {"title": texts[0] if texts else declared.title_zh.removesuffix("识别")}


def _values(declared: Declared, entries: list[Entry]) -> dict[str, Any]:
    """The normal forms of what is printed, and what follows from them, by result key."""
    values = {field.name: field.form.normal(entry.text) for entry in entries for field in entry.fields}
    keys = {field.name for field in declared.fields}
    return {name: value for name, value in {**values, **dict(_derived(declared, values))}.items() if name in keys}


def _derived(declared: Declared, values: dict[str, str | None]) -> Iterator[tuple[str, str | None]]:
    for field in declared.fields:
        for find in field.finds:
            if isinstance(find, Derived) and field.name not in values and all(map(values.get, find.keys)):
                yield field.name, find.derive(*map(values.get, find.keys))
