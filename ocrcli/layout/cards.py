"""Where a card lies on the page, as its printed labels and its edges tell, and what can be cut out of it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from math import dist
from statistics import median

from ocrcli.geometry import Affine, Box, Point, Quad, as_quad, bounds, centre, length, thickness
from ocrcli.layout.face import Face
from ocrcli.layout.fields import Value
from ocrcli.layout.parts import Part, places_of
from ocrcli.page import Line, Pixels, Reading
from ocrcli.vision.anchoring import Anchor, Segment, anchored
from ocrcli.vision.corners import on_card, outline, part, placed, straightened

_REACH = 0.1  # of the card's length: labels say no better where its edges are
_BEYOND = 0.05  # of its length and height by which print may seem to lie off the card
_ASTRAY = 0.015  # of its length by which the median label may lie farther off with the edges than with the print alone
_AROUND_MM = 1.5  # by which print may seem to lie beside its place
_MUCH_LIKE = 0.5  # share of a label's characters that must be right where it is looked for
_MISSING = 0.06  # share of the length by which a side must lie off the picture to be missing


@dataclass(frozen=True)
class Place:
    """A card on a page. `quad` in the page's unit, clockwise from its own top left, may reach beyond the page.

    `seen` tells which of the sides top, right, bottom, left have an edge on the picture; `agreed`, which share of the
    printed texts that were seen lies where they say together.
    """

    reading: Reading
    face: Face
    quad: Quad
    seen: tuple[bool, bool, bool, bool] = (False, False, False, False)
    agreed: float = 1.0

    @property
    def on_page(self) -> Quad:
        """The quad as far as it lies on the page."""
        wide, high = self.reading.width, self.reading.height
        return as_quad((min(max(x, 0.0), wide), min(max(y, 0.0), high)) for x, y in self.quad)

    @property
    def ratio(self) -> float | None:
        """Width to height as it looks, None where an edge was not seen."""
        return length(self.quad) / thickness(self.quad) if all(self.seen) else None

    @property
    def cut_off(self) -> tuple[str, ...]:
        """The sides that lie off the picture."""
        names = ("top", "right", "bottom", "left")
        return tuple(names[i] for i in range(4) if not self.seen[i] and self._beyond(i) > _MISSING * length(self.quad))

    @property
    def portrait(self) -> Quad | None:
        """The portrait's place; None on a side without one."""
        return self.at(self.face.portrait) if self.face.portrait else None

    def at(self, box: Box) -> Quad:
        """The place on the page of a box on the card, in mm from its top left."""
        x0, y0, x1, y1 = box
        wide, high = self.face.width, self.face.height
        return part(self.quad, (x0 / wide, y0 / high, x1 / wide, y1 / high))

    def in_mm(self, point: Point) -> Point:
        """Where on the card a point of the page lies, in mm from its top left."""
        x, y = on_card(self.quad, point)
        return x * self.face.width, y * self.face.height

    def holds(self, line: Line) -> bool:
        """True for a line on the card, or a little beyond its edge, which labels alone tell roughly."""
        x, y = on_card(self.quad, centre(line.quad))
        return -_BEYOND < x < 1 + _BEYOND and -_BEYOND < y < 1 + _BEYOND

    def parts_in(self, box: Box) -> list[Part]:
        """What stands in a box on the card (mm), row by row: of each line the characters whose middles lie there."""
        x0, y0, x1, y1 = box
        found = []
        for line in self.reading.lines:
            (ax, ay), (bx, by) = self._ends(line)
            middles = [(begin + end) / 2 for begin, end in places_of(line)]
            inside = [
                number
                for number, share in enumerate(middles)
                if x0 <= ax + share * (bx - ax) <= x1
                and y0 <= ay + share * (by - ay) <= y1
                and not line.text[number].isspace()
            ]
            if inside:
                share = middles[inside[0]]
                found.append((ay + share * (by - ay), ax, Part(line, inside[0], inside[-1] + 1)))
        return [part for _, _, part in sorted(found, key=lambda f: f[:2])]

    def resembles(self, label: tuple[float, float, float], wordings: Sequence[str], others: Container[int]) -> bool:
        """True where the print at a label's place is much like it. `label` is where its print begins, ends, and has its
        middle (mm); `others` are the ids of lines that say something else.
        """
        begin, end, y = label
        around = (begin - _AROUND_MM, y - _AROUND_MM, end + _AROUND_MM, y + _AROUND_MM)
        text = "".join(part.text for part in self.parts_in(around) if id(part.line) not in others)
        return any(_likeness(text, wording) >= _MUCH_LIKE for wording in wordings)

    def off_middle(self, quad: Quad, box: Box) -> float:
        """How far (mm) the middle of a print lies above or below that of a box on the card."""
        _, y = on_card(self.quad, centre(quad))
        return abs(y * self.face.height - (box[1] + box[3]) / 2)

    def _ends(self, line: Line) -> tuple[Point, Point]:
        """Where on the card (mm) a line begins and ends, at the middle of its height."""
        a, b, c, d = line.quad
        ends = (_middle(a, b), _middle(d, c)) if line.vertical else (_middle(a, d), _middle(b, c))
        (ax, ay), (bx, by) = (on_card(self.quad, end) for end in ends)
        wide, high = self.face.width, self.face.height
        return (ax * wide, ay * high), (bx * wide, by * high)

    def lines_in(self, box: Box) -> list[Line]:
        """The lines whose middle lies in a box on the card (mm), row by row."""
        x0, y0, x1, y1 = box
        own = [(self.in_mm(centre(line.quad)), line) for line in self.reading.lines]
        inside = [(y, x, line) for (x, y), line in own if x0 <= x <= x1 and y0 <= y <= y1]
        return [line for _, _, line in sorted(inside, key=lambda found: found[:2])]

    def read_in(self, box: Box, prepare: Callable[[Pixels], Pixels]) -> list[Line]:
        """What a box on the card says when it is read once more as a page of its own, from the top.

        Empty where there are no pixels.
        """
        if self.reading.part is None:
            return []
        quad = self.at(box)
        part = self.reading.part(quad, prepare)
        to_page = Affine.onto(quad, length(quad), thickness(quad))
        lines = sorted(part.lines, key=lambda line: centre(line.quad)[1])
        return [replace(line, quad=to_page.quad(line.quad)) for line in lines]

    def crop(self, box: Box) -> Pixels | None:
        """The pixels of a box on the card (mm), straightened; None where the page has none."""
        if self.reading.page is None:
            return None
        return straightened(self.reading.page.pixels, self._pixels(self.at(box)))

    def black_and_white(self) -> bool | None:
        """True where the card's picture has no colours; None where there is no picture to look at."""
        if self.reading.page is None:
            return None
        from ocrcli.vision.copies import is_colourless

        return is_colourless(straightened(self.reading.page.pixels, self._pixels(self.quad), self.face.ratio))

    def picture(self, quad: Quad, ratio: float | None = None) -> str | None:
        """A place on the card, straightened, as a PNG in base64; None where there is no picture to cut from."""
        if self.reading.page is None:
            return None
        from ocrcli.vision.copies import png_base64

        return png_base64(straightened(self.reading.page.pixels, self._pixels(quad), ratio))

    def _beyond(self, side: int) -> float:
        """How far the middle of a side lies off the page; negative inside."""
        (ax, ay), (bx, by) = self.quad[side], self.quad[(side + 1) % 4]
        x, y = (ax + bx) / 2, (ay + by) / 2
        return max(-x, x - self.reading.width, -y, y - self.reading.height)

    def _pixels(self, quad: Quad) -> Quad:
        scale = self.reading.page.scale if self.reading.page else 1.0
        return _scaled(quad, scale)


def locate(reading: Reading, face: Face, values: Iterable[Value]) -> Place | None:
    """The card whose labels these values have, drawn to its edges where the page has pixels.

    Edges are not those of the card where the labels say otherwise: they are those of its sleeve, or of the sheet that
    it was copied onto. None where too few labels were read to say where it lies. Of a face without edges all places
    where its labels stand may be given: the print alone says where it lies.
    """
    if not face.edged:
        return _by_print(reading, face, values)
    pairs = [pair for value in values for pair in _pairs(value, face)]
    quad = placed(pairs, face.width, face.height)
    if quad is None:
        return None
    place, by_print = at_edges(reading, face, quad), Place(reading, face, quad)
    return place if _off(place, pairs) < _off(by_print, pairs) + _ASTRAY * face.width else by_print


def _likeness(text: str, wording: str) -> float:
    """Which share of a label's characters stands in a text, in order."""
    own, said = wording.replace(" ", ""), text.replace(" ", "")
    return sum(block.size for block in SequenceMatcher(None, own, said, False).get_matching_blocks()) / len(own)


def _off(place: Place, pairs: Sequence[tuple[Point, Point]]) -> float:
    """How far labels seen on the page lie from where the card has them, in mm: the median."""
    return median(dist(own, place.in_mm(seen)) for own, seen in pairs)


def _by_print(reading: Reading, face: Face, values: Iterable[Value]) -> Place | None:
    seen: dict[str, list[Segment]] = {}
    for value in values:
        first, last = value.label[0].quad, value.label[-1].quad
        seen.setdefault(value.key, []).append((_middle(first[0], first[3]), _middle(last[1], last[2])))
    anchors = [
        Anchor(((begin, y), (end, y)), tuple(seen[key])) for key, (begin, end, y) in face.labels.items() if key in seen
    ]
    found = anchored(anchors, face.width, face.height)
    return Place(reading, face, found[0], agreed=found[1] / len(anchors)) if found else None


def at_edges(reading: Reading, face: Face, expected: Quad) -> Place:
    """A card that lies about there, drawn to its edges where the page has pixels."""
    if reading.page is None:
        return Place(reading, face, expected)
    scale = reading.page.scale
    print_ = [_scaled(line.quad, scale) for line in reading.lines]
    found = outline(reading.page.pixels, _scaled(expected, scale), _REACH, print_)
    return Place(reading, face, _scaled(found.quad, 1 / scale), found.seen)


def at_edge(reading: Reading, quad: Quad, rows: int = 1) -> bool:
    """True for print of so many rows that is nearer to the page's edge than one is high: the rest may be cut off.

    Rows that are joined may be higher than they are long; then the length counts.
    """
    x0, y0, x1, y1 = bounds(quad)
    near = min(x0, y0, reading.width - x1, reading.height - y1)
    return not reading.cut_out and near < min(thickness(quad) / rows, length(quad))


def _pairs(value: Value, face: Face) -> list[tuple[Point, Point]]:
    """Both ends of a label, and of its value the last where it is known, on the card and on the page."""
    if value.key not in face.labels:
        return []
    begin, end, y = face.labels[value.key]
    first, last = value.label[0].quad, value.label[-1].quad
    pairs = [((begin, y), _middle(first[0], first[3])), ((end, y), _middle(last[1], last[2]))]
    if value.key in face.ends and value.parts:
        quad = value.parts[-1].quad
        pairs.append(((face.ends[value.key], y), _middle(quad[1], quad[2])))
    return pairs


def _middle(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _scaled(quad: Quad, factor: float) -> Quad:
    return as_quad((x * factor, y * factor) for x, y in quad)
