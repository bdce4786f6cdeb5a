"""What is known about a drawn picture: its lines, its fields, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from ocrcli.geometry import Quad, thickness

if TYPE_CHECKING:
    from ocrcli.page import Pixels

Role = Literal["text", "watermark", "stamp", "uncovered"]
"""text: to be read. watermark: light words across the page. stamp: a seal's words. uncovered: in a script that the
recogniser does not know."""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A drawn piece of text. `quad` lies around its ink; `chars` has one quad for each character of `text` (ink, or
    the advance of a blank). Coordinates in px, pixel i reaching from i to i + 1. `key` names the field whose value, or
    a part of it, this is.
    """

    text: str
    quad: Quad
    chars: tuple[Quad, ...]
    fonts: tuple[str, ...]
    role: Role = "text"
    key: str | None = None

    def through(self, way: Callable[[Quad], Quad]) -> DrawnLine:
        """The same line after its picture went through a map."""
        return replace(self, quad=way(self.quad), chars=tuple(way(c) for c in self.chars))


@dataclass(frozen=True)
class Truth:
    """The truth of a picture.

    `lines` holds everything printed, in reading order; `fields` the result keys of its service in their normal form;
    `documents` the outline of each document on the picture; `tables` are as in the manifest; `check_digits_ok` tells
    whether the printed number's check digits are right, None where there are none.
    """

    lines: tuple[DrawnLine, ...]
    fields: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    documents: tuple[Quad, ...] = ()
    tables: tuple[Mapping[str, Any], ...] = ()
    side: str | None = None
    check_digits_ok: bool | None = None
    notes: tuple[str, ...] = ()

    def texts(self, role: Role = "text") -> list[str]:
        """The text of the lines that play this role, in reading order."""
        return [line.text for line in self.lines if line.role == role]

    @property
    def fonts(self) -> list[str]:
        """The names of the faces in the picture, sorted."""
        return sorted({name for line in self.lines for name in line.fonts})

    @property
    def text_height(self) -> float:
        """The height in px of the smallest print that matters: of the values where there are fields, else of any text.

        Measured on the ink of each line's tallest character.
        """
        read = [line for line in self.lines if line.role == "text"]
        lines = [line for line in read if line.key is not None] or read
        return min((_tallest(line) for line in lines), default=24.0)

    def through(self, way: Callable[[Quad], Quad]) -> Truth:
        """The same truth after its picture went through a map."""
        return replace(
            self,
            lines=tuple(line.through(way) for line in self.lines),
            documents=tuple(way(quad) for quad in self.documents),
        )


def _tallest(line: DrawnLine) -> float:
    return max(thickness(char) for char in line.chars)


@dataclass(frozen=True)
class Specimen:
    """A drawn picture (H × W × 3, BGR) and its truth."""

    picture: Pixels = field(repr=False)
    truth: Truth
