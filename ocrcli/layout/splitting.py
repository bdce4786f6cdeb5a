"""Documents that lie side by side on one paper, told apart by the gaps between their texts, by the way these run, and
by what they say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from ocrcli.geometry import Affine, angle, bounds, centre, length, normal_degrees, thickness
from ocrcli.layout.naming import Seen, name_of
from ocrcli.page import Line
from ocrcli.signs import Kind

SURE = 0.7  # a part stands for a document where it is named this surely
_SAME_SHARE = 0.5  # parts of one document say different things, two documents of a kind the same: this share of it
_COMMON_LEAST = 2  # … and of this many at least: a heading may be repeated on the same paper
_MOST_CUTS = 8  # gaps that are tried, the widest first
_LEVEL_LINES = 9  # of the longest lines, whose median says which way the text runs
_LONG_RATIO = 2.0  # lines of less than this times their height have no sure direction
_ACROSS_DEG = 45.0  # lines that are turned by more against each other run different ways


def split(lines: Sequence[Line], kinds: Sequence[Kind]) -> list[list[Line]]:
    """The lines as those of one document each: cut in two wherever either side is a document of its own.

    Of such cuts the one that leaves both most of their words, and of equal ones the widest.
    """
    ways = by_direction(lines, kinds)
    if ways:
        return [part for way in ways for part in split(way, kinds)]
    best: tuple[int, list[Line], list[Line]] | None = None
    for first, second in _cuts(lines):
        a, b = name_of(first, kinds).best, name_of(second, kinds).best
        if a and b and are_two(a, b) and (best is None or len(a.words) + len(b.words) > best[0]):
            best = len(a.words) + len(b.words), first, second
    return [*split(best[1], kinds), *split(best[2], kinds)] if best else [list(lines)]


def by_direction(lines: Sequence[Line], kinds: Sequence[Kind]) -> tuple[list[Line], list[Line]] | None:
    """The lines that run as the longest does, and those that run another way, where each are a document's: one's text
    runs one way. None where they are not."""
    sure = sorted((line for line in lines if length(line.quad) > _LONG_RATIO * thickness(line.quad)), key=_length)
    turned = [line for line in sure if abs(normal_degrees(angle(line.quad) - angle(sure[-1].quad))) > _ACROSS_DEG]
    if not turned:
        return None
    other = set(map(id, turned))
    first: list[Line] = []
    second: list[Line] = []
    for line in lines:
        nearest = min(sure, key=lambda known: (known is not line, math.dist(centre(known.quad), centre(line.quad))))
        (second if id(nearest) in other else first).append(line)
    names = [name_of(part, kinds).best for part in (first, second)]
    return (first, second) if all(name and name.score >= SURE for name in names) else None


def _length(line: Line) -> float:
    return length(line.quad)


def are_two(a: Seen, b: Seen) -> bool:
    """True where these signs are those of two documents, not of two parts of one: they say the same words twice, or
    are of two kinds. Numbers don't tell: one document may bear several."""
    if min(a.score, b.score) < SURE:
        return False
    common = len(a.words & b.words)
    return a.kind is not b.kind or common >= max(_COMMON_LEAST, _SAME_SHARE * min(len(a.words), len(b.words)))


def _cuts(lines: Sequence[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Where a straight gap goes through all of the text, along it or across: the lines on either side, widest gap
    first."""
    found: list[tuple[float, int, list[Line], list[Line]]] = []
    longest = sorted(lines, key=_length)[-_LEVEL_LINES:]
    level = Affine.turning(-median(angle(line.quad) for line in longest), 0, 0)[0] if longest else Affine()
    boxes = [(bounds(level.quad(line.quad)), line) for line in lines]
    for axis in (0, 1):
        ordered = sorted(boxes, key=lambda pair: pair[0][axis])
        end = float("-inf")
        for at, (box, _) in enumerate(ordered):
            if at and box[axis] > end:
                sides = [line for _, line in ordered[:at]], [line for _, line in ordered[at:]]
                found.append((box[axis] - end, len(found), *sides))
            end = max(end, box[axis + 2])
    found.sort(key=lambda cut: (-cut[0], cut[1]))
    return [(first, second) for _, _, first, second in found[:_MOST_CUTS]]
