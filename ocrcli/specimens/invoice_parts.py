"""What the layouts of invoices share: boxes, labels that stand upright, print that shrinks to its place, item rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocrcli.specimens.canvas import BLACK, Align, Colour
from ocrcli.specimens.documents.base import Print
from ocrcli.specimens.fonts import Role
from ocrcli.specimens.invoice_content import Invoice, Row
from ocrcli.specimens.paper import Part, Rule
from ocrcli.specimens.words import wrap

SIZE = 3.1  # mm, about 9 pt
_SMALLEST = 2.2
# What is printed in the words row before the amount, so that nothing can be put there.
STRUCK = "⊗"
YUAN = "¥"


@dataclass(frozen=True)
class Ink:
    """The faces and colours of the form's own print and of what the issuer's program prints into it."""

    form: Colour
    value: Colour = BLACK
    weight: float = 0.0
    dx: float = 0.0  # mm by which the program's print misses its place on pre-printed paper
    dy: float = 0.0

    def label(self, text: str, x: float, y: float, size: float = SIZE, align: Align = "left") -> Print:
        """Print of the form."""
        return Print(text, x, y, size, face="kai", colour=self.form, align=align)

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        key: str | None = None,
        size: float = SIZE,
        align: Align = "left",
        face: Role = "song",
        within: float | None = None,
        spacing: float = 0.0,
    ) -> Iterator[Print]:
        """A value, smaller where it would be longer than `within` mm; nothing where it is empty."""
        if not text.strip():
            return
        if within is not None:
            size = max(_SMALLEST, min(size, size * within / (ems(text) * size)))
        place = (x + self.dx, y + self.dy)
        yield Print(text, *place, size, face, self.value, key, align, spacing=spacing, weight=self.weight)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
        """The four rules of a box."""
        for ends in ((x0, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x0, y1), (x0, y1, x0, y0)):
            yield self.rule(*ends)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Rule:
        """A rule of the form."""
        return Rule(x0, y0, x1, y1, 0.3, self.form)

    def upright(self, text: str, x: float, top: float, bottom: float) -> Iterator[Print]:
        """A label whose characters stand below each other, evenly between `top` and `bottom`, their middle at `x`."""
        step = (bottom - top) / len(text)
        for number, character in enumerate(text):
            yield self.label(character, x, top + (number + 0.5) * step - SIZE / 2, align="centre")


def ems(text: str) -> float:
    """About how long the text is, in its own size: Chinese characters are square, others a bit over half as wide."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.58 for c in text)


def spoken_date(day: str) -> str:
    """2023-05-08 as invoices print it."""
    year, month, date = day.split("-")
    return f"{year}年{month}月{date}日"


@dataclass(frozen=True)
class ColumnOf:
    """A column of the items: its heading, the item's key, its edges in mm, where its values stand."""

    heading: str
    key: str
    left: float
    right: float
    align: Align = "right"

    @property
    def place(self) -> float:
        """The x that values are aligned at."""
        inner = {"left": self.left + 0.8, "centre": (self.left + self.right) / 2, "right": self.right - 1.2}
        return inner[self.align]


def headings(columns: Sequence[ColumnOf], y: float, ink: Ink) -> Iterator[Part]:
    """The items' headings."""
    for column in columns:
        yield ink.label(column.heading, (column.left + column.right) / 2, y, align="centre")


def rows(
    items: Sequence[Row], columns: Sequence[ColumnOf], top: float, leading: float, ink: Ink, under: str = "item_list"
) -> Iterator[Part]:
    """The items, each as many lines high as its name needs; `under` is the result key of their list."""
    y = top
    for number, item in enumerate(items):
        name, *rest = sorted(columns, key=lambda column: column.key != "name")
        lines = wrap(item[name.key], (name.right - name.left - 1.5) / SIZE, ems)
        for line, text in enumerate(lines):
            yield from ink.put(text, name.place, y + line * leading, key=f"{under}/{number}/{name.key}")
        for column in rest:
            room = column.right - column.left - 1.0
            text = _as_printed(column.key, item.get(column.key, ""))
            key = f"{under}/{number}/{column.key}"
            yield from ink.put(text, column.place, y, key=key, align=column.align, within=room)
        y += leading * len(lines)


def _as_printed(key: str, value: str) -> str:
    return value.replace("-", "") if key in ("start_date", "end_date") else value


def totals(invoice: Invoice, columns: Sequence[ColumnOf], y: float, ink: Ink) -> Iterator[Part]:
    """The row under the items: 合计 with the sums of amounts and taxes."""
    name = columns[0]
    yield ink.label("合", name.left + 0.35 * (name.right - name.left), y, align="centre")
    yield ink.label("计", name.left + 0.65 * (name.right - name.left), y, align="centre")
    for column in columns:
        key = {"amount": "subtotal_amount", "tax": "subtotal_tax"}.get(column.key)
        if key is not None:
            sign = YUAN if invoice[key][-1].isdigit() else ""
            yield from ink.put(f"{sign}{invoice[key]}", column.place, y, key=key, align=column.align)
