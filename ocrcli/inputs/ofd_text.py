"""OFD objects → glyphs and ruling lines, for the same line maker that PDF text goes through."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest

from ocrcli.geometry import Box, Point, bounds
from ocrcli.inputs.characters import is_wide
from ocrcli.inputs.ofd_content import Path, Text, usual_width
from ocrcli.inputs.printed import ASCENT, DESCENT, WIDE_GAP, Glyph, thin

_SMALLEST, _LARGEST = 0.1, 10_000.0  # pt; no print is smaller or larger


def glyphs_of(text: Text) -> Iterator[Glyph]:
    """The characters in pt. A run that goes down while its characters stand upright is a vertical line."""
    a, b, _, d, e, _ = text.to_page.m
    size, along = text.size * math.hypot(b, e), math.hypot(a, d)
    # What no eye could see is no print, and too small a number to reckon with.
    if not (_SMALLEST <= size <= _LARGEST and _SMALLEST <= along * text.size * text.stretch <= _LARGEST):
        return
    angle = math.degrees(math.atan2(d, a))
    vertical = _is_vertical(text)
    for i, (char, place, after) in enumerate(zip_longest(text.characters, text.places, text.places[1:])):
        if vertical:
            # The middle of the character's upper edge: from there a vertical line runs down.
            x, y = text.to_page((place[0] + text.size / 2, place[1] - ASCENT * text.size))
            yield Glyph(char, x, y, angle + 90, size, size, size / 2, size / 2, begins=i == 0, vertical=True)
        else:
            x, y = text.to_page(place)
            advance = _advance(text, char, place, after) * along
            yield Glyph(char, x, y, angle, advance, size, ASCENT * size, DESCENT * size, begins=i == 0)


def _is_vertical(text: Text) -> bool:
    """True where most characters stand right below the one before, close enough to be one line."""
    steps = [((x1 - x0) / text.size, (y1 - y0) / text.size) for (x0, y0), (x1, y1) in pairwise(text.places)]
    down = sum(abs(dx) < 0.1 and 0.5 < dy < 1 + WIDE_GAP for dx, dy in steps)
    return bool(steps) and down * 2 >= len(steps)


def _advance(text: Text, char: str, place: Point, after: Point | None) -> float:
    """A character's width in object units. The file tells distances only: a letter is as wide as the distance to the
    next, where that is no gap; a Chinese character never wider than high."""
    usual = usual_width(char) * text.size * text.stretch
    if after is None or after[1] != place[1] or after[0] <= place[0]:
        return usual
    distance = after[0] - place[0]
    if is_wide(char):
        return min(distance, usual)
    return distance if distance <= text.size * text.stretch else usual


def ruling_lines(path: Path) -> Iterator[Box]:
    """The ruling lines of a painted path as thin boxes."""
    if path.is_painted:
        yield from thin(bounds(ends) for ends in _edges(path))


def _edges(path: Path) -> Iterable[tuple[Point, Point]]:
    """The straight edges of a path, in pt."""
    start = here = (0.0, 0.0)
    for operator, operands in path.steps:
        there = start if operator == "C" else path.to_page((operands[-2], operands[-1]))
        if operator in "SM":
            start = there
        elif operator in "LC":
            yield here, there
        here = there
