"""Receipts: a printed form, and what a machine prints over it, out of register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from typing import Any

from ocrcli.geometry import quad_of_box
from ocrcli.specimens.canvas import BLACK, Align, Canvas, Colour
from ocrcli.specimens.documents.base import MM, Order, Print, print_all
from ocrcli.specimens.fonts import Role
from ocrcli.specimens.ornament import mark
from ocrcli.specimens.overprint import Head, Register, overprint
from ocrcli.specimens.paper import Paper, Part, Rule, pictured
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

_RIBBONS: tuple[Colour, ...] = ((44, 34, 110), (70, 62, 130), (34, 34, 40), (84, 84, 92))


@dataclass(frozen=True)
class Row:
    """A line of the receipt: the form's label (with another below it), and what the machine prints there."""

    label: str
    value: str = ""
    key: str | None = None
    latin: str = ""


@dataclass(frozen=True)
class Receipt:
    """The form, what the machine prints over it, and the values of the result keys. `summed`: the total stands beside
    its parts."""

    paper: Paper
    values: Sequence[Print]
    fields: Mapping[str, Any]
    row_mm: float
    summed: bool = False


@dataclass(frozen=True)
class Column:
    """Where rows stand: the labels' left, the values' left or right edge, the first row's top, mm from row to row.
    `printed`: the labels belong to the form; otherwise the machine prints them too."""

    left: float
    at: float
    top: float
    leading: float
    size: float
    value_size: float
    ink: Colour
    align: Align = "right"
    face: Role = "hei"
    printed: bool = True

    def parts(self, rows: Sequence[Row]) -> tuple[list[Part], list[Print]]:
        """What the form prints of the rows, and what the machine does."""
        form: list[Part] = []
        machine: list[Print] = []
        for index, row in enumerate(rows):
            y = self.top + index * self.leading
            if row.label:
                label = Print(row.label, self.left, y, self.size, "hei", self.ink)
                if self.printed:
                    form.append(label)
                else:
                    machine.append(replace(label, colour=BLACK))
            if row.latin:
                form.append(Print(row.latin, self.left, y + 1.15 * self.size, 0.72 * self.size, "serif", self.ink))
            if row.value:
                raised = y - (self.value_size - self.size) / 2
                place = (self.at, raised, self.value_size, self.face)
                machine.append(Print(row.value, *place, key=row.key, align=self.align, spacing=0.04 * self.value_size))
        return form, machine


def box(x0: float, y0: float, x1: float, y1: float, ink: Colour) -> list[Part]:
    """A frame of four rules."""
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))
    return [Rule(*a, *b, 0.25, ink) for a, b in pairwise(corners)]


def black_block(x0: float, y0: float, x1: float, y1: float) -> Rule:
    """A black block by which the printer finds the form's top."""
    return Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2, y1 - y0)


def printed(
    receipt: Receipt, order: Order, head: Head, register: Register, rng: Random, notes: tuple[str, ...] = ()
) -> Specimen:
    """The form with the machine's print over it."""
    canvas = pictured(receipt.paper, order.typecase)
    mark(canvas, canvas.width - 2 * MM, canvas.height - 4 * MM, 2.2 * MM)
    layer = Canvas(canvas.width, canvas.height)
    print_all(layer, receipt.values, {}, order.typecase)
    overprint(canvas, layer, head, register, rng, MM)
    outline = (quad_of_box(0, 0, canvas.width, canvas.height),)
    return finished(canvas, fields=dict(receipt.fields), documents=outline, notes=notes)


def needles(rng: Random) -> Head:
    """A printer with needles and a ribbon that is fresh, or old."""
    dots = rng.choice(((3, 3), (3, 3), (3, 4), (4, 4), None))
    faintest, darkest = rng.choice(((0.8, 1.0), (0.5, 0.95), (0.38, 0.6)))
    return Head(
        rng.choice(_RIBBONS), faintest, darkest, dots, rng.uniform(0.02, 0.12), offset=rng.choice((0, 0, 0.05, 0.1))
    )


def thermal(rng: Random) -> Head:
    """A thermal printer."""
    return Head((52, 52, 58), rng.uniform(0.4, 0.8), 1.0, dead_bars=rng.randint(0, 4))
