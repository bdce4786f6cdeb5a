"""Lines that lie under red stamps, read again on the picture without the red; the stamps' own words are taken out.

A stamp hides print and adds its own: the detector joins both, the reader takes one for the other. Without the red the
place is looked at anew. Where the plain reading is as sure, it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ocrcli.geometry import (
    Affine,
    Box,
    Quad,
    around,
    bounds,
    centre,
    inside,
    length,
    overlap,
    quad_of_box,
    slice_quad,
    thickness,
)
from ocrcli.layout.upright import upright_map
from ocrcli.page import Line, Page, Reading
from ocrcli.vision.stamp import Stamp, bared, find_stamps, vividness

_ROOM = 0.5  # line heights around what is read again
_SAME = 0.5  # of the smaller box: lines that share this much are one
_SAME_LENGTH_RATIO = 0.8  # of their lengths: such lines are read alike
_RED, _REDDISH = 1.0, 0.7  # of ink
_WHOLLY = 0.9  # of a line that lies on a stamp
_MIDDLE = 0.4  # square of the way from a stamp's middle to its rim: nearer stands what runs across it
_PLACES = 16  # along a line


@dataclass(frozen=True)
class Cleared:
    """A reading without the stamps' words, and the stamps. `again` are the places that were read without the red, each
    with what the picture as given says there; `own` are the words across the middle of each stamp.
    """

    reading: Reading
    stamps: tuple[Stamp, ...] = ()
    again: Mapping[Quad, str] = field(default_factory=dict)
    own: Sequence[Sequence[Line]] = ()


def cleared(reading: Reading) -> Cleared:
    """The reading of a picture with what lies under red stamps read without them."""
    if reading.source != "ocr" or reading.page is None or reading.part is None or not reading.lines:
        return Cleared(reading)
    page = reading.page
    place = Affine.scaling(page.scale, page.scale).quad(around(line.quad for line in reading.lines))
    stamps = [stamp for stamp in find_stamps(page.pixels) if inside(stamp.middle, place)]  # others are of other papers
    again: dict[Quad, str] = {}
    own = []
    for stamp in stamps:
        own.append([line for line in reading.lines if _is_across(line, stamp, page)])
        reading = _without(stamp, reading, again)
    return Cleared(reading, tuple(stamps), again, own)


def _without(stamp: Stamp, reading: Reading, again: dict[Quad, str]) -> Reading:
    assert reading.page is not None
    scale = reading.page.scale
    covered = [line for line in reading.lines if _lies_under(line.quad, stamp, scale)]
    if not covered:
        return reading
    upright = upright_map(reading)
    box = {id(line): bounds(upright.quad(line.quad)) for line in covered}
    fresh = [line for line in _read_bared(reading, upright, stamp, covered) if not _is_own(line, stamp, reading.page)]
    box |= {id(line): bounds(upright.quad(line.quad)) for line in fresh}
    fresh = [f for f in fresh if _lies_under(f.quad, stamp, scale) or any(_one(box, f, c) for c in covered)]
    kept: list[Line] = []
    for line in fresh:
        olds = [c for c in covered if _one(box, line, c)]
        plain = olds[0] if len(olds) == 1 and _as_long(box, line, olds[0]) else None
        if plain and (plain.text == line.text or plain.confidence >= line.confidence):
            kept.append(plain)
            continue
        again[line.quad] = " ".join(c.text for c in olds)
        kept.append(line)
    unread = [c for c in covered if not any(_one(box, line, c) for line in fresh)]
    kept += [line for line in unread if not _is_own(line, stamp, reading.page)]
    return _replaced(reading, covered, kept)


def _lies_under(quad: Quad, stamp: Stamp, scale: float) -> bool:
    """True where some of the line's middle lies on the stamp."""
    return _share_under(quad, stamp, scale) > 0


def _share_under(quad: Quad, stamp: Stamp, scale: float) -> float:
    """The share of the line's middle that lies on the stamp."""
    middle = slice_quad(quad, 0.5, 0.5, down=True)
    points = [slice_quad(middle, i / _PLACES, i / _PLACES)[0] for i in range(_PLACES + 1)]
    return sum(stamp.covers((x * scale, y * scale)) for x, y in points) / len(points)


def _is_own(line: Line, stamp: Stamp, page: Page) -> bool:
    """True for the stamp's own words: red, or, where print of the form can hardly be, reddish."""
    wholly = _share_under(line.quad, stamp, page.scale) > _WHOLLY
    red = vividness(page.pixels, Affine.scaling(page.scale, page.scale).quad(line.quad))
    return red > (_REDDISH if wholly else _RED)


def _is_across(line: Line, stamp: Stamp, page: Page) -> bool:
    """True for the stamp's own words that run across its middle."""
    if not _lies_under(line.quad, stamp, page.scale) or not _is_own(line, stamp, page):
        return False
    x, y = centre(line.quad)
    far = stamp.own([(x * page.scale, y * page.scale)])[0] / stamp.half
    return float(far @ far) < _MIDDLE


def _read_bared(reading: Reading, upright: Affine, stamp: Stamp, covered: Sequence[Line]) -> list[Line]:
    """What stands on the stamp's place, and along the lines that it covers, without the red."""
    assert reading.part is not None and reading.page is not None
    to_unit = Affine.scaling(1 / reading.page.scale, 1 / reading.page.scale)
    quads = [upright.quad(to_unit.quad(stamp.quad)), *(upright.quad(line.quad) for line in covered)]
    room = _ROOM * max(thickness(line.quad) for line in covered)
    x0, y0, x1, y1 = bounds(around(quads))
    place = upright.inverse().quad(quad_of_box(x0 - room, y0 - room, x1 + room, y1 + room))
    back = Affine.onto(place, length(place), thickness(place))
    return [replace(line, quad=back.quad(line.quad)) for line in reading.part(place, bared).lines]


def _one(box: Mapping[int, Box], a: Line, b: Line) -> bool:
    """True where two lines stand on the same place."""
    return overlap(box[id(a)], box[id(b)]) > _SAME * min(_size(box[id(a)]), _size(box[id(b)]))


def _as_long(box: Mapping[int, Box], a: Line, b: Line) -> bool:
    wide = sorted(box[id(line)][2] - box[id(line)][0] for line in (a, b))
    return wide[0] > _SAME_LENGTH_RATIO * wide[1]


def _size(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _replaced(reading: Reading, old: Sequence[Line], new: Sequence[Line]) -> Reading:
    """The reading with lines in the place of others."""
    gone = {id(line) for line in old}
    lines = (*(line for line in reading.lines if id(line) not in gone), *new)
    return replace(reading, lines=lines, blocks=tuple(((line,),) for line in lines))
