"""What a document declares about itself: its kinds, how it lies in a photo, what is printed where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ocrcli.specimens.canvas import BLACK, Align, Canvas, Colour, Style
from ocrcli.specimens.fonts import Role, Typecase
from ocrcli.specimens.spoil import Background
from ocrcli.specimens.truth import Specimen, Truth
from ocrcli.specimens.words import wrap

MM = 300 / 25.4  # px per mm: documents are drawn at 300 dpi


@dataclass(frozen=True)
class Order:
    """What is to be drawn. `altered`: one digit of the number is misprinted on purpose, and the truth says so."""

    seed: int
    kind: str
    typecase: Typecase
    altered: bool = False


@dataclass(frozen=True)
class Document:
    """A document of one service.

    `kinds` are its variants, drawn in turn; `odd_kinds` are drawn only when named; `backgrounds` are those of kinds
    that lie elsewhere than the others; `corner` is the radius of its corners in px, `corners` of kinds whose corners
    differ. `numbered` documents carry a number with a check digit, or sums, which can be misprinted. `pdf` makes a
    digital PDF file, with its truth, that says what `draw` does, where issuers send such files: of `pdf_kinds`, or of
    all where none is named. `type` is its class in the vendors' list of auto-classification: a document that has one
    lies on the sheets of `classify`, by `sheet_kinds`, or by all `kinds` where none is named.
    """

    service: str
    kinds: tuple[str, ...]
    draw: Callable[[Order], Specimen]
    odd_kinds: tuple[str, ...] = ()
    background: Background = "desk"
    backgrounds: Mapping[str, Background] = field(default_factory=dict)
    corner: float = 0.0
    corners: Mapping[str, float] = field(default_factory=dict)
    numbered: bool = False
    pdf: Callable[[Order], tuple[bytes, Truth]] | None = None
    type: str | None = None
    sheet_kinds: tuple[str, ...] = ()
    pdf_kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Print:
    """Something printed at a place: a label as it stands, or a value where `text` holds its name in braces.

    Places and sizes in mm from the document's top left; `x` is the left, middle or right of the text as `align` says,
    `y` the top of its em box. With `width` a long value is broken into lines, `leading` mm apart.
    """

    text: str
    x: float
    y: float
    size: float
    face: Role = "hei"
    colour: Colour = BLACK
    key: str | None = None
    align: Align = "left"
    spacing: float = 0.0
    pitch: float | None = None
    weight: float = 0.0
    width: float | None = None
    leading: float = 0.0

    def style(self, typecase: Typecase, scale: float) -> Style:
        """The style in px at `scale` px per mm."""
        return Style(
            typecase.face(self.face),
            round(self.size * scale),
            self.colour,
            spacing=self.spacing * scale,
            pitch=None if self.pitch is None else self.pitch * scale,
            weight=self.weight * scale,
        )


def print_all(
    canvas: Canvas, prints: Iterable[Print], values: Mapping[str, str], typecase: Typecase, scale: float = MM
) -> None:
    """Prints labels and values in the order given. A value that is empty leaves its place empty."""
    for item in prints:
        text = re.sub(r"\{(\w+)\}", lambda found: values[found[1]], item.text)
        style = item.style(typecase, scale)
        lines = [text] if item.width is None else wrap(text, item.width * scale, style.width)
        for number, line in enumerate(lines):
            if line.strip():
                top = (item.y + number * item.leading) * scale
                canvas.text(item.x * scale, top, line, style, align=item.align, key=item.key)


def numbered(order: Order, shown: bool = True) -> dict[str, Any]:
    """What the truth says about the number: whether its check digits are right; nothing where it is not shown."""
    if not shown:
        return {}
    notes = ("number misprinted on purpose",) if order.altered else ()
    return {"check_digits_ok": not order.altered, "notes": notes}


def years_later(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
