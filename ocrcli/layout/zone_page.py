"""Where the page, card or visa lies at whose foot a machine-readable zone stands (ICAO Doc 9303, parts 4 to 7)."""

from __future__ import annotations

from ocrcli.checks import mrz
from ocrcli.geometry import Affine, angle, inside, length, quad_of_box
from ocrcli.layout.cards import Place, at_edges
from ocrcli.layout.face import Face
from ocrcli.layout.zones import FoundZone
from ocrcli.page import Reading

_PITCH = 2.54  # mm from character to character (part 3, section 4)
_ZONE = 23.2  # mm: so high is the zone, its lines about in the middle
_SIZES = {mrz.TD1: (85.6, 54.0), mrz.TD2: (105.0, 74.0), mrz.TD3: (125.0, 88.0), mrz.IDFRA: (105.0, 74.0)}
_VISAS = {mrz.MRV_A: (120.0, 80.0), mrz.MRV_B: (105.0, 74.0)}
# The portrait's place above the zone: left edge in mm, right edge and top as shares of the page. It is roughly told,
# as the standard leaves room. A TD1 card bears its portrait on the other side.
_LEFT, _RIGHT, _TOP = 3.0, 0.33, 0.18


def page_of(reading: Reading, found: FoundZone) -> Place:
    """The page that a zone is printed on, drawn to its edges where the reading has pixels."""
    face = _face(found.zone.format)
    first, last = found.lines[0].line.quad, found.lines[-1].line.quad
    mm = length(first) / (found.zone.format.length * _PITCH)
    x = (first[0][0] + last[3][0]) / 2
    y = (first[0][1] + last[3][1]) / 2
    left = (face.width - found.zone.format.length * _PITCH) / 2
    box = quad_of_box(-left, _ZONE / 2 - face.height, face.width - left, _ZONE / 2)
    turn, _, _ = Affine.turning(angle(first), 0, 0)
    to_page = Affine.scaling(mm, mm).then(turn).then(Affine.shift(x, y))
    expected = to_page.quad(box)
    place = at_edges(reading, face, expected)
    # The zone's own lines are straight edges, too: the page's lies beyond them.
    return place if all(inside(corner, place.quad) for corner in last[2:]) else Place(reading, face, expected)


def _face(layout: mrz.Format) -> Face:
    width, height = (_SIZES | _VISAS)[layout]
    portrait = None if layout is mrz.TD1 else (_LEFT, _TOP * height, _RIGHT * width, height - _ZONE)
    return Face(width, height, {}, portrait=portrait)
