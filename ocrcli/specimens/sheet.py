"""What the page kinds share: paper sizes, type in points, columns filled line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from ocrcli.specimens.canvas import BLACK, Align, Canvas, Colour, Style
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.truth import Role, Specimen, Truth
from ocrcli.specimens.words import wrap

A4_INCHES = (8.27, 11.69)
LEADING = 1.6  # of the type's size, from line to line


def points(size: float, dpi: int) -> int:
    """A type size in px."""
    return round(size * dpi / 72)


def body(typecase: Typecase, rng: Random, size: int, colour: Colour = BLACK) -> Style:
    """Running text: Chinese with or without serifs, Latin to match."""
    if rng.random() < 0.5:
        return Style(typecase.face("song"), size, colour, latin=typecase.face("serif"))
    return Style(typecase.face("hei"), size, colour)


def heading(style: Style, size: float) -> Style:
    """The same face, larger and bolder."""
    return replace(style.sized(size), weight=max(1.0, size / 40))


@dataclass
class Column:
    """A strip of a canvas, from `top` to `bottom`, filled line by line from `x` over `width` px."""

    canvas: Canvas
    x: float
    top: float
    width: float
    bottom: float
    leading: float = LEADING

    def holds(self, style: Style) -> bool:
        """True while another line fits."""
        return self.top + style.size <= self.bottom

    def line(self, text: str, style: Style, *, align: Align = "left", role: Role = "text") -> None:
        """Prints one line and goes on to the next."""
        x = self.x + {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * self.width
        self.canvas.text(x, self.top, text, style, align=align, role=role)
        self.top += round(style.size * self.leading)

    def paragraph(self, text: str, style: Style, *, indent: bool = True, role: Role = "text") -> None:
        """Prints wrapped text as far as it fits, its first line indented by two ems."""
        first = 2.0 * style.size if indent else 0.0
        for number, line in enumerate(_wrapped(text, first, self.width, style)):
            if not self.holds(style):
                return
            self.canvas.text(self.x + (0.0 if number else first), self.top, line, style, role=role)
            self.top += round(style.size * self.leading)

    def skip(self, distance: float) -> None:
        """Leaves some px free."""
        self.top += distance


def _wrapped(text: str, first: float, width: float, style: Style) -> Iterator[str]:
    # The indent is measured as blanks are not: the first line is broken as if it began with that much print.
    lines = wrap(text, width - first, style.width)
    if not lines:
        return
    yield lines[0]
    rest = text[len(lines[0]) :].lstrip()
    yield from wrap(rest, width, style.width)


def a4(dpi: int) -> Canvas:
    """An empty A4 sheet."""
    return Canvas(round(A4_INCHES[0] * dpi), round(A4_INCHES[1] * dpi))


def finished(canvas: Canvas, **known: Any) -> Specimen:
    """The canvas as a specimen; `known` are more of the truth's fields."""
    return Specimen(canvas.picture(), Truth(tuple(canvas.lines), **known))
