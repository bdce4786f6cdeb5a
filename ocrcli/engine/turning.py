"""Which way the text of a page runs, from the boxes of its lines alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ocrcli.geometry import Quad, angle, length, normal_degrees, thickness

ELONGATED = 1.6  # boxes less long than this times their height have no sure direction
SLANTED = 14.0  # degrees from level or upright, from which a page's text runs aslant
WINDOW = 4.0  # degrees: boxes within this of each other run the same way


def text_direction(quads: Sequence[Quad]) -> float | None:
    """The direction most text runs in, in degrees clockwise as seen, in (-90, 90]; None where no box tells.

    A box does not say which of its ends is the beginning, so this is known up to a half turn.
    """
    directions = [(a, w) for a, w in (_direction(q) for q in quads) if w > 0]
    if not directions:
        return None
    best = max(directions, key=lambda candidate: _support(directions, candidate[0]))[0]
    near = sorted((_apart(a, best), w) for a, w in directions if abs(_apart(a, best)) <= WINDOW)
    return _half_turn_free(best + _weighted_median(near))


def is_slanted(direction: float) -> bool:
    """True for a direction that is neither level nor upright, as a page's own hardly is."""
    return SLANTED <= abs(direction) % 90 <= 90 - SLANTED


def runs_along(quad: Quad, direction: float) -> bool:
    """True for a box that runs in a direction (degrees, up to a half turn), or has none of its own."""
    own, weight = _direction(quad)
    return not weight or abs(_apart(own, direction)) <= SLANTED


def page_turn(quads: Sequence[Quad]) -> float:
    """Degrees clockwise that make the read lines of a page upright; 0 for a page without lines.

    The quads begin at their text's own top left, so this is known for the whole circle.
    """
    directions = [(angle(q), length(q)) for q in quads if length(q) >= ELONGATED * thickness(q)]
    if not directions:
        directions = [(angle(q), length(q)) for q in quads]
    if not directions:
        return 0.0
    best = max(directions, key=lambda c: sum(w for a, w in directions if abs(normal_degrees(a - c[0])) <= WINDOW))[0]
    near = sorted((normal_degrees(a - best), w) for a, w in directions if abs(normal_degrees(a - best)) <= WINDOW)
    return -normal_degrees(best + _weighted_median(near))


def _direction(quad: Quad) -> tuple[float, float]:
    """The direction of a box's longer edges, and its weight: how much longer than high it is."""
    long, short = length(quad), thickness(quad)
    lying = angle(quad)
    if short > long:
        long, short = short, long
        lying += 90.0
    if long < ELONGATED * max(short, 1.0):
        return 0.0, 0.0
    return _half_turn_free(lying), long - short


def _support(directions: Sequence[tuple[float, float]], direction: float) -> float:
    return sum(w for a, w in directions if abs(_apart(a, direction)) <= WINDOW)


def _apart(a: float, b: float) -> float:
    """The difference of two directions of which half turns don't count, in (-90, 90]."""
    return _half_turn_free(a - b)


def _half_turn_free(degrees: float) -> float:
    turned = math.fmod(degrees, 180.0)
    if turned > 90.0:
        return turned - 180.0
    return turned + 180.0 if turned <= -90.0 else turned


def _weighted_median(pairs: Sequence[tuple[float, float]]) -> float:
    half = sum(w for _, w in pairs) / 2
    seen = 0.0
    for value, weight in pairs:
        seen += weight
        if seen >= half:
            return value
    return 0.0
