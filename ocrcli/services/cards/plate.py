"""Vehicle number plates of the Chinese mainland (车牌): any number of them in a scene, or a picture of one alone.

Limits and result keys: license-plate of Huawei Cloud OCR. Kinds, forms and colours: GA 36-2018. A number is looked for
where the reader saw one, and where colour and shape say that a plate hangs; where it is not read clearly, the place is
looked at again in several ways, and all of them together decide.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import TYPE_CHECKING, Any

from ocrcli.checks import plate
from ocrcli.declaration import Field, Panel, Service
from ocrcli.finding import Check, Evidence, Finding
from ocrcli.forms import doubt
from ocrcli.geometry import (
    Affine,
    Quad,
    area,
    around,
    bounds,
    centre,
    length,
    overlap,
    quad_of_box,
    slice_quad,
    thickness,
    whole_px,
)
from ocrcli.limits import Limits
from ocrcli.page import Line, Reading
from ocrcli.signs import Number

if TYPE_CHECKING:
    from ocrcli.engine.decoding import Guided
    from ocrcli.layout.plates import Look, Place

_MOST_BOXES = 80  # boxes that are read on one page
_FAR_LARGER = 3.0  # times the area of a box, where one lies in another
_CLEARLY = 0.95  # a number of less confidence is looked at again
_BENT = 3.0  # nats: so is one that fits worse
_MOST_VIEWS = 2  # boxes around one line that are looked at
_LEAST_CONFIDENCE = 0.1  # below, a texture was read
_LONGEST, _SHORTEST = 8, 7  # characters of a number
_READ = 0.5  # a character of less probability may be missing from its line
_TWO_LINES = 2.8  # plates narrower than this times their height may have two lines (440 × 220 mm, seen aslant)
_ONE_LINE = 1.9  # and wider ones may have one
_UPPER, _LOWER = (0.02, 0.4), (0.36, 0.98)  # where these stand, in shares of the height
_SMALL_PICTURE = 400  # px: a picture lower than this that is shaped like a plate may be one
# The ground around the print of a plate of one line, in shares of the print's box, which detectors draw generously.
_BESIDE, _ABOVE = 0.07, 0.15


@dataclass(frozen=True)
class Plate:
    """A number, where its plate hangs, and what its ground looks like.

    `share`: of the looks' probability. `models`: name → SHA-256 of those that were asked besides the reader's.
    `looks`: several of them say it together.
    """

    guided: Guided
    quad: Quad
    share: float
    colour: plate.Colour | None
    models: Mapping[str, str]
    looks: bool

    @property
    def number(self) -> str:
        """The number, without dot or blank."""
        return self.guided.text

    @property
    def confidence(self) -> float:
        """The mean of the characters' probabilities, times the number's share among those that looks find."""
        chars = self.guided.chars
        return round(sum(char.confidence for char in chars) / len(chars) * self.share, 4)

    @property
    def evidence(self) -> Evidence:
        """Where the number comes from, and why it is doubtful."""
        speaks = doubt.BY_LOOKS if self.looks else None
        guided = None if self.looks else self.guided
        why = doubt.reason(self.guided.chars, guided=guided, share=self.share, speaks=speaks)
        return Evidence(
            self.confidence, self.quad, "ocr", self.guided.plain, why or "", doubt.alternatives(self.guided)
        )

    def entry(self) -> dict[str, Any]:
        """The plate as it stands in the record."""
        return {
            "plate_number": self.number,
            "plate_color": self.colour,
            "plate_kind": plate.kind_of(self.number, self.colour),
            "plate_location": whole_px(self.quad),
            "confidence": self.confidence,
        }


def read(reading: Reading, options: Mapping[str, Any]) -> Sequence[Finding]:  # noqa: ARG001
    """All plates in reading order; an empty list where there is none."""
    boxes, rows = _boxes(reading)
    found = _told(reading, _printed(reading, boxes, rows))
    rest = [box for box in _spread([*boxes, *rows]) if not any(_same_place(box, plate.quad) for plate in found)]
    plates = _in_order(reading, _apart([*found, *_told(reading, _unread(reading, rest))]))
    evidence = {f"{i}/plate_number": found.evidence for i, found in enumerate(plates)}
    return [
        Finding(
            fields=[found.entry() for found in plates],
            checks=[_check(i, found) for i, found in enumerate(plates)],
            evidence=evidence,
            notices=list(doubt.notices(evidence)),
            models={name: sha for found in plates for name, sha in found.models.items()},
        )
    ]


# Where plates may hang.


def _boxes(reading: Reading) -> tuple[list[Quad], list[Quad]]:
    """Coloured boxes that are shaped like plates, the picture itself where it is; and rows of print, of any colour."""
    if reading.page is None:
        return [], []
    from ocrcli.vision.plates import find_plates, find_rows

    pixels, scale = reading.page.pixels, reading.page.scale
    boxes, rows = (_spread([_scaled(quad, 1 / scale) for quad in find(pixels)]) for find in (find_plates, find_rows))
    whole = quad_of_box(0, 0, reading.width, reading.height)
    if reading.height < _SMALL_PICTURE and 1.5 < reading.width / reading.height < 6:
        boxes.append(whole)
    return boxes, rows


def _spread(quads: Sequence[Quad]) -> list[Quad]:
    """Of several at one place the first; a box in a far larger one is a place of its own: a plate on a painted car."""
    apart: list[Quad] = []
    for quad in quads:
        near = (other for other in apart if area(other) < _FAR_LARGER * area(quad))
        if len(apart) < _MOST_BOXES and not any(_same_place(quad, other) for other in near):
            apart.append(quad)
    return apart


def _printed(reading: Reading, boxes: Sequence[Quad], rows: Sequence[Quad]) -> Iterator[tuple[Place, Look | None]]:
    """The lines that say a number, the pairs of lines that do together, and lines that may when looked at nearer.

    Where a line seems to lack characters, the rows of print around it are looked at, too.
    """
    from ocrcli.layout.plates import Place, look_at
    from ocrcli.vision.second_look import with_room

    rest = []
    for line in reading.lines:
        look = look_at((line,))
        if look.number is not None:
            chars = look.number.chars
            quad = slice_quad(line.quad, chars[0].start, chars[-1].end, down=line.vertical)
            known = sum(char.confidence > _READ for char in chars)
            yield _place(quad, boxes, rows, known), look
        else:
            rest.append(line)
    for upper, lower in permutations(rest, 2):
        if upper.lattice and lower.lattice and _stands_above(upper, lower):
            look = look_at((upper, lower))
            if look.number is not None:
                lines = (with_room(upper.quad), with_room(lower.quad))
                yield Place((lines,), around(lines)), look
    for line in rest:
        if _is_alike(line):
            place = _place(line.quad, boxes, rows, _count(line))
            missing = (_LONGEST - _count(line)) / _count(line)
            yield replace(place, views=(*place.views, (slice_quad(line.quad, -missing, 1 + missing),))), None


def _is_alike(line: Line) -> bool:
    """True for a line with a plate's shape and about as many characters, most of them of its serial's."""
    serial = sum(c in plate.SERIAL for c in line.text.upper())
    return 5 <= serial <= 8 and _count(line) <= serial + 2 and 2 < length(line.quad) / thickness(line.quad) < 7


def _stands_above(upper: Line, lower: Line) -> bool:
    """True for the two lines of a plate: two or three characters, and four or five larger ones below their middle."""
    if not 1 <= _count(upper) <= 3 or not 4 <= _count(lower) <= 6:
        return False
    (x, y), (below_x, below_y) = centre(upper.quad), centre(lower.quad)
    wide, high = length(lower.quad), thickness(lower.quad)
    return abs(below_x - x) < 0.35 * wide and 0.4 * high < below_y - y < 1.8 * high


def _count(line: Line) -> int:
    return sum(c.isalnum() for c in line.text)


def _unread(reading: Reading, boxes: Sequence[Quad]) -> Iterator[tuple[Place, Look]]:
    """The boxes in which a number is read on a nearer look."""
    from ocrcli.layout.plates import Place, look_again
    from ocrcli.vision.plates import negative
    from ocrcli.vision.second_look import enlarged

    for box in boxes:
        shape = length(box) / max(thickness(box), 1e-6)
        views: list[tuple[Quad, ...]] = [(box,)] if shape > _ONE_LINE else []
        if shape < _TWO_LINES:
            views.append((slice_quad(box, *_UPPER, down=True), slice_quad(box, *_LOWER, down=True)))
        looks = ((view, look_again(reading, view, prepare)) for view in views for prepare in (enlarged, negative))
        for view, look in looks:
            if look and look.number:
                yield Place((view,), box), look
                break


def _place(quad: Quad, boxes: Sequence[Quad], rows: Sequence[Quad], known: int) -> Place:
    """The plate around a line: as its ground was seen, and as far as plates reach around their print.

    `known`: how many of its characters were read. Where some are missing, it reaches farther than the line.
    """
    from ocrcli.layout.plates import Place

    wider = slice_quad(quad, -_BESIDE, 1 + _BESIDE)
    wider = slice_quad(wider, -_ABOVE, 1 + _ABOVE, down=True)
    (x, y), wide = centre(quad), length(quad)
    whole = known >= _SHORTEST
    missing = 0.0 if whole else (_LONGEST - known) / max(1, known)  # in lengths of the line
    fitting = [
        box
        for box in (*boxes, *(() if whole else rows))
        if 0.9 * wide < length(box) < (1.5 + 1.35 * missing) * wide
        and math.dist(centre(box), (x, y)) < (0.3 + 0.5 * missing) * wide
        and thickness(box) < wide
    ][-_MOST_VIEWS:]
    return Place(tuple((view,) for view in (*fitting, wider)), fitting[0] if fitting else wider)


def _same_place(a: Quad, b: Quad) -> bool:
    """True where most of the smaller box lies in the other."""
    (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) = bounds(a), bounds(b)
    smaller = min((ax1 - ax0) * (ay1 - ay0), (bx1 - bx0) * (by1 - by0))
    return overlap((ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1)) > 0.5 * smaller


def _scaled(quad: Quad, factor: float) -> Quad:
    return Affine.scaling(factor, factor).quad(quad)


# What they say.


def _told(reading: Reading, places: Iterable[tuple[Place, Look | None]]) -> list[Plate]:
    """The plates that hang at these places."""
    return [found for place, first in places if (found := _settled(reading, place, first))]


def _settled(reading: Reading, place: Place, first: Look | None) -> Plate | None:
    """The plate: as it was read at first, if clearly, else as several looks say together; None where it is none."""
    from ocrcli.layout.plates import agreed, ground_of

    guided, ground = first.number if first else None, ground_of(reading, place)
    share, models, looks = 1.0, dict[str, str](), False
    if guided is None or not _is_clear(guided) or (plate.is_green(ground) and not plate.passes(guided.text, ground)):
        agreement = agreed(reading, place, first)
        if agreement is None:
            return None
        guided, share, models, looks = agreement.number, agreement.share, dict(agreement.models), True
    found = Plate(guided, place.outline, share, ground, models, looks)
    return found if found.confidence >= _LEAST_CONFIDENCE and _on_metal(found) else None


def _is_clear(guided: Guided) -> bool:
    return not guided.doubtful and guided.confidence >= _CLEARLY and guided.misfit <= _BENT


def _on_metal(found: Plate) -> bool:
    """False for a number that stands on a ground where its kind never does: print on paper, or a sign.

    Only white is told so surely, but six digits beside something red are found in many places.
    """
    told = found.colour == "white" or (found.colour and plate.kind_of(found.number) is plate.Kind.EMBASSY)
    return not told or plate.passes(found.number, found.colour)


def _apart(plates: Sequence[Plate]) -> list[Plate]:
    """Of several at one place the surest."""
    kept: list[Plate] = []
    for found in sorted(plates, key=lambda p: -p.confidence):
        if not any(_same_place(found.quad, other.quad) for other in kept):
            kept.append(found)
    return kept


def _in_order(reading: Reading, plates: Sequence[Plate]) -> list[Plate]:
    from ocrcli.layout.order import arrange

    lines = tuple(Line(found.number, found.confidence, found.quad) for found in plates)
    by_place = {found.quad: found for found in plates}
    return [by_place[line.quad] for line in arrange(replace(reading, lines=lines)).lines]


# What is to be said of them.


def _check(index: int, found: Plate) -> Check:
    fault = plate.fault(found.number, found.colour)
    fields = (f"{index}/plate_number", f"{index}/plate_color")
    return Check(plate.RULE.id, plate.RULE.standard, fields, fault is None, message=fault)


SERVICE = Service(
    name="plate",
    title="Vehicle number plates",
    title_zh="车牌识别",
    panel=Panel.CARDS,
    help="Read the number plates of vehicles (mainland China).",
    limits=Limits(formats=("PNG", "JPEG", "BMP", "TIFF"), min_side=15, max_side=8192, max_aspect=None),
    fields=(
        Field("plate_number", "the number, without dot or blank"),
        Field("plate_color", "the ground's colour: blue, green, black, white, yellow or yellow_green"),
        Field("plate_kind", "what the number and the colour say about the vehicle: small, large, police, …"),
        Field("plate_location", "the plate's quad: four points, clockwise from the text's upper left", type="list"),
        Field("confidence", "how sure the number is, 0 to 1", type="number"),
    ),
    own_read=read,
    type="plate",
    signs=(
        Number(r"^(?:[\u4e00-\u9fff][A-HJ-NP-Z][·.]?|[A-HJ-NP-Z]{1,2}·)[A-Z0-9]{4,5}[A-Z0-9挂学警港澳]$", weight=0.55),
    ),
    spec="license-plate",
    list_result=True,
    ctyun="license-plate",
)
