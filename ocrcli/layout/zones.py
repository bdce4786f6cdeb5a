"""Machine-readable zones on a page (ICAO Doc 9303): two or three lines below each other, at any angle."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ocrcli.checks import mrz
from ocrcli.engine.grammars import MRZ_LINES
from ocrcli.geometry import Point, Quad, centre, length, slice_quad, thickness
from ocrcli.layout.zone_lines import ZoneLine, outvoted, read_line
from ocrcli.page import Line, Reading
from ocrcli.vision.second_look import with_room

_LENGTHS = range(26, 49)  # characters that a zone's line of 30, 36 or 44 may read as
_TOO_MANY = 6  # characters that a line may read as beyond its size: less than sizes are apart
_LIKE_A_ZONE = 0.8  # share of them that a zone can have
# The page that a zone belongs to, in lengths of the zone: how far it goes up, down, and out on each side. A passport's
# zone is 112 mm long and the page above it 68 mm high (ICAO 9303-4); TD1 and TD2 are a little flatter.
_UP, _DOWN, _OUT = 0.75, 0.1, 0.15
_PIECE = 10  # characters of a line that show how the zone lies
_SPACING = 2.5  # from line to line, in characters (ICAO 9303-3, 4: a quarter and a tenth of an inch)
_NEAR = 1.5  # characters that a line's beginning may be away from where the standard has it
_SIZES = sorted({(layout.lines, layout.length) for layout in mrz.LAYOUTS})
_FILLERS = "<くㄑ〈‹《«＜"  # and what they are taken for


@dataclass(frozen=True)
class FoundZone:
    """A zone on a page, taken apart, with the lines it was read from."""

    zone: mrz.Zone
    lines: tuple[ZoneLine, ...]

    @property
    def misfit(self) -> float:
        """How many nats a character the page has to be bent to say this."""
        return sum(line.guided.misfit for line in self.lines) / sum(map(len, self.zone.lines))

    @cached_property
    def failed(self) -> frozenset[int]:
        """The numbers of the lines in which a check digit stands that does not add up."""
        places = zip(self.zone.format.check_digits, self.zone.digits, strict=True)
        return frozenset(place.line for place, digit in places if not digit.passed)

    def quad(self, span: mrz.Span) -> Quad:
        """Where some positions of a line stand on the page."""
        number, start, end = span
        found = self.lines[number]
        first, last = found.guided.chars[start], found.guided.chars[end - 1]
        return slice_quad(found.line.quad, max(0.0, first.start), min(1.0, last.end))

    def print_of(self, reading: Reading) -> Reading:
        """The reading with nothing but the print of the page (card, visa) that the zone stands at the foot of."""
        top, foot = self.lines[0].line.quad, self.lines[-1].line.quad
        along = max(length(top), 1e-6)
        depth = _seen_from(top, foot[3])[1] / along
        own = {id(line.line) for line in self.lines}

        def on_its_page(line: Line) -> bool:
            right, down = (share / along for share in _seen_from(top, centre(line.quad)))
            return -_OUT < right < 1 + _OUT and -_UP < down < depth + _DOWN

        return replace(
            reading, lines=tuple(line for line in reading.lines if id(line) not in own and on_its_page(line))
        )


def find_zones(reading: Reading) -> list[FoundZone]:
    """Every zone on the page, from the top, unsure ones looked at again. Of two at one place the one that fits."""
    kept: list[FoundZone] = []
    for found in sorted([*_whole(reading)] or [*_pieced(reading)], key=lambda found: found.misfit):
        if not any(_at_one_place(found, other) for other in kept):
            kept.append(found)
    kept.sort(key=lambda found: centre(found.lines[0].line.quad)[::-1])
    return [_looked_again(reading, found) for found in kept]


def _at_one_place(a: FoundZone, b: FoundZone) -> bool:
    first, second = a.lines[0].line.quad, b.lines[0].line.quad
    return math.dist(first[0], second[0]) < 0.5 * length(first)


def _whole(reading: Reading) -> Iterator[FoundZone]:
    """Zones whose lines were found whole."""
    lines = [line for line in reading.lines if _like_a_zone(line)]
    for count, size in _SIZES:
        for stack in _stacks([line for line in lines if _count(line) <= size + _TOO_MANY], count):
            found = _of_size(size, stack, reading.today)
            if found:
                yield found


def _of_size(size: int, lines: Sequence[Line], today: date) -> FoundZone | None:
    """Lines as a zone of so many characters a line: of the formats of that size the one that the first line fits best.

    Formats of a size begin alike, but for what their document code and state say (V makes a visa).
    """
    sized = [layout for layout in mrz.LAYOUTS if (layout.lines, layout.length) == (len(lines), size)]
    grammars = {MRZ_LINES[layout.name][0]: layout for layout in sized}  # a passport's and a visa's are the same
    firsts = {grammar: read_line(layout, 0, lines[0]) for grammar, layout in grammars.items()}
    formats = [(mrz.format_of([first.guided.text] * len(lines)), g, first) for g, first in firsts.items() if first]
    known = [(layout, first) for layout, g, first in formats if layout and MRZ_LINES[layout.name][0] == g]
    if not known:
        return None
    layout, first = min(known, key=lambda read: read[1].guided.misfit)
    rest = (read_line(layout, number, lines[number]) for number in range(1, len(lines)))
    return _as_zone(layout, [first, *rest], today)


def _like_a_zone(line: Line) -> bool:
    return _count(line) in _LENGTHS and _possible(line) >= _LIKE_A_ZONE * _count(line)


def _possible(line: Line) -> int:
    """How many characters a zone may have, of full width or not, or are what fillers are taken for."""
    text = unicodedata.normalize("NFKC", line.text).upper()
    return sum(mrz.value(c) is not None or c in _FILLERS for c in text)


def _count(line: Line) -> int:
    """How many characters a line has; blanks are none."""
    return sum(not c.isspace() for c in line.text)


def _stacks(lines: Sequence[Line], count: int) -> Iterator[list[Line]]:
    """Every run of so many lines right below each other."""
    for line in lines:
        stack = [line]
        while len(stack) < count and (below := [other for other in lines if _is_below(stack[-1].quad, other.quad)]):
            stack.append(below[0])
        if len(stack) == count:
            yield stack


def _is_below(upper: Quad, lower: Quad) -> bool:
    """True where one line begins right below the beginning of the other and is about as long, seen along the text."""
    along = length(upper)
    if not 0.85 < length(lower) / max(along, 1e-6) < 1.18:
        return False
    right, down = _seen_from(upper, lower[0])
    return abs(right) < 0.06 * along and 0.5 < down / thickness(upper) < 3


def _directions(quad: Quad) -> tuple[Point, Point]:
    """The directions along the text and across it, downwards, of length 1."""
    (ax, ay), (bx, by) = quad[:2]
    along = max(math.dist(quad[0], quad[1]), 1e-6)
    x, y = (bx - ax) / along, (by - ay) / along
    return (x, y), (-y, x)


def _moved(point: Point, direction: Point, by: float) -> Point:
    return point[0] + by * direction[0], point[1] + by * direction[1]


def _seen_from(quad: Quad, point: Point) -> Point:
    """How far to the right and down of the quad's beginning a point stands, in the direction of its text."""
    right, down = _directions(quad)
    dx, dy = point[0] - quad[0][0], point[1] - quad[0][1]
    return dx * right[0] + dy * right[1], dx * down[0] + dy * down[1]


def _as_zone(layout: mrz.Format, lines: Sequence[ZoneLine | None], today: date) -> FoundZone | None:
    """The lines as a zone of this format, None where one does not fit or they are another's."""
    known = tuple(line for line in lines if line is not None)
    texts = [line.guided.text for line in known]
    zone = mrz.parse(texts, today) if len(known) == len(lines) and mrz.format_of(texts) is layout else None
    return FoundZone(zone, known) if zone else None


def _pieced(reading: Reading) -> Iterator[FoundZone]:
    """Zones of which only pieces were found: detectors lose fillers. Every line is looked at where it must stand."""
    for piece in (line for line in reading.lines if _is_of_a_zone(line)):
        for count, size in _SIZES:
            # Any piece may begin a zone; a line that was found whole may also be a later one.
            for row in range(count if abs(_count(piece) - size) <= _TOO_MANY else 1):
                lines = [_seen(reading, quad) for quad in _places(piece, row, reading.lines, count, size)]
                found = _of_size(size, lines, reading.today)
                if found:
                    yield found


def _is_of_a_zone(line: Line) -> bool:
    filled = any(c in _FILLERS for c in line.text)
    return _count(line) >= _PIECE and _possible(line) >= _LIKE_A_ZONE * _count(line) and filled


def _places(piece: Line, row: int, lines: Sequence[Line], count: int, size: int) -> Iterator[Quad]:
    """Where the lines of a zone stand whose line number `row` begins with this piece, by the standard's pitches."""
    pitch = length(piece.quad) / _count(piece)
    right, down = _directions(piece.quad)
    start, high = _moved(piece.quad[0], down, -row * _SPACING * pitch), thickness(piece.quad)
    for number in range(count):
        if number:
            wanted = _moved(start, down, _SPACING * pitch)
            near = [
                line for line in lines if math.dist(line.quad[0], wanted) < _NEAR * pitch and len(line.text) >= _PIECE
            ]
            if near:
                right, down = _directions(near[0].quad)
                pitch = length(near[0].quad) / _count(near[0])
            start = near[0].quad[0] if near else wanted
        end = _moved(start, right, size * pitch)
        yield start, end, _moved(end, down, high), _moved(start, down, high)


def _seen(reading: Reading, quad: Quad) -> Line:
    return reading.again(with_room(quad))


def _looked_again(reading: Reading, found: FoundZone) -> FoundZone:
    """The zone with its unsure lines, and those whose check digits do not add up, read twice more."""
    lines = [
        outvoted(reading, found.zone.format, number, line) if line.unsure or number in found.failed else line
        for number, line in enumerate(found.lines)
    ]
    return _as_zone(found.zone.format, lines, reading.today) or found
