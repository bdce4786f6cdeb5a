"""Papers around print: rectangles of straight edges that surround lines of text, in the direction in which these run.

Unlike an outline (`vision.documents`), such a paper may touch others, lie partly below them, or on a ground of its own
colour: each of its sides is looked for by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.geometry import Affine, Box, Quad, angle, area, as_quad, bounds, centre, inside, length, thickness
from ocrcli.page import Pixels
from ocrcli.vision.documents import distinct, outlines

Mask = NDArray[np.uint8]
Sums = NDArray[np.int32]
Lines = NDArray[np.float32]

_SIDE = 1000  # px, the longer side of the picture in which papers are looked for
_CANNY = (8, 24)
_FAINT = (6, 18)  # for edges of pale papers on pale ground: more are found, and fewer of them are straight
_RUN = 25  # px: straight edges are at least this long
_OFF = 3  # px by which a side may leave its straight line on either side
_PARALLEL_DEG = 1.0  # texts within this of each other run the same way …
_LONG = 2.5  # … as far as they are longer than this times their height: others have no sure direction
_ALONG = 0.8  # share of a text's extent along which an edge runs beside it
_ON = 150  # px that an edge is followed on either side of a text
_SLOPES = (-0.06, -0.03, 0.0, 0.03, 0.06)  # of sides against the text, where a paper is seen from one side
_EDGES = 6  # sides that are tried in each direction, the nearest first
_SEEN = 0.4  # share of each side that must be seen …
_SEEN_ALL = 0.75  # … and of all sides together
_CLEAR = 0.95  # … of one that is surely there
_SMALLEST = 0.004  # share of the picture that a paper takes at least …
_LARGEST = 0.97  # … and at most: what is larger is the picture itself
_GAP = 15  # px: edges are broken no further apart
_PLACES = 48  # along each side of an outline where it is looked whether an edge is there
_THIN = 6.0
_OF_ONE = 4  # papers around one text: a cell, a portrait's frame, the paper, what it is glued to


def papers(pixels: Pixels, texts: Sequence[Quad], *, faint: bool = False) -> list[tuple[Quad, float]]:
    """What may be the papers of these texts: quads in px of the picture (H × W × 3 BGR), and how much of their sides
    is seen (0 to 1), the best seen first. `faint` goes by fainter edges.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.bilateralFilter(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), 7, 30, 5)
    edges = np.asarray(cv2.Canny(small, *(_FAINT if faint else _CANNY)), np.uint8)
    to_small = Affine.scaling(scale, scale)
    bare = edges.copy()  # print has straight edges of its own
    for quad in texts:
        cv2.fillPoly(bare, [np.round(to_small.quad(quad)).astype(np.int32)], 0)
    mended = np.asarray(cv2.morphologyEx(bare, cv2.MORPH_CLOSE, np.ones((_GAP, _GAP), np.uint8)), np.uint8)
    outer = (*_surrounded(edges, edges), *_surrounded(mended, edges))
    found = [(to_small.inverse().quad(quad), share) for quad, share in outer]
    held: list[Quad] = []  # around each text the smallest paper that is clearly seen
    for turn, quads in _by_direction([to_small.quad(quad) for quad in texts]):
        if all(any(inside(centre(to_small.inverse().quad(quad)), paper) for paper in held) for quad in quads):
            continue  # they stand on papers of other texts, and are only not quite level
        frame, wide, high = Affine.turning(-turn, *size)
        seen = _Edges(bare, frame, (round(wide), round(high)))
        back = frame.inverse().then(to_small.inverse())
        for quad in quads:
            around = [(back.quad(paper), share) for paper, share in seen.around(bounds(frame.quad(quad)))]
            held += sorted((paper for paper, share in around if share >= _CLEAR), key=area)[:1]
            found += around
    return distinct(sorted(found, key=lambda paper: -paper[1]))


def _surrounded(rims: Mask, edges: Mask) -> Iterator[tuple[Quad, float]]:
    """What the rims surround, with the share of its sides where edges are."""
    wide = cv2.dilate(edges, np.ones((2 * _OFF - 1, 2 * _OFF - 1), np.uint8))
    height, width = edges.shape
    along = np.linspace(0, 1, _PLACES)[:, None]
    for quad in outlines(rims):
        if _SMALLEST * edges.size <= area(quad) <= _LARGEST * edges.size:
            corners = np.array([*quad, quad[0]])
            points = np.concatenate([a + along * (b - a) for a, b in pairwise(corners)])
            x, y = np.clip(points.round(), 0, (width - 1, height - 1)).astype(np.intp).T
            yield quad, float((wide[y, x] > 0).mean())


def _by_direction(quads: Sequence[Quad]) -> Iterator[tuple[float, list[Quad]]]:
    """The texts that run the same way, or across or against it, with their direction in degrees."""
    left = sorted((quad for quad in quads if length(quad) > _LONG * thickness(quad)), key=length, reverse=True)
    while left:
        turn = angle(left[0])
        same = [quad for quad in left if abs((angle(quad) - turn + 45.0) % 90.0 - 45.0) <= _PARALLEL_DEG]
        yield turn, same
        left = [quad for quad in left if quad not in same]


class _Edges:
    """The straight edges of a turned picture: level ones, and upright ones, which are level in its mirror image."""

    def __init__(self, edges: Mask, frame: Affine, size: tuple[int, int]) -> None:
        a, b, c, d, e, f = frame.m
        turned = cv2.warpAffine(edges, np.array([[a, b, c], [d, e, f]]), size, flags=cv2.INTER_LINEAR)
        mask = np.asarray(turned > 64, np.uint8)
        self._level = _Level(mask)
        self._upright = _Level(np.ascontiguousarray(mask.T))
        self._smallest = _SMALLEST * edges.size

    def around(self, box: Box) -> list[tuple[Quad, float]]:
        """The quadrangles of edges around a box, the best seen first."""
        x0, y0, x1, y1 = box
        tops, bottoms = self._level.sides((x0, x1), y0, -1), self._level.sides((x0, x1), y1, 1)
        lefts, rights = self._upright.sides((y0, y1), x0, -1), self._upright.sides((y0, y1), x1, 1)
        if not (len(tops) and len(bottoms) and len(lefts) and len(rights)):
            return []
        picked = np.array(list(product(range(len(tops)), range(len(rights)), range(len(bottoms)), range(len(lefts)))))
        top, right, bottom, left = (
            lines[column] for lines, column in zip((tops, rights, bottoms, lefts), picked.T, strict=True)
        )
        # N × 4 × 2: where neighbouring sides meet, from the upper left, clockwise.
        neighbours = ((top, left), (top, right), (bottom, right), (bottom, left))
        corners = np.stack([_meeting(*pair) for pair in neighbours], axis=1)
        a, b, c, d = (corners[:, i] for i in range(4))
        shares = np.stack(
            [
                self._level.share(top, a[:, 0], b[:, 0]),
                self._upright.share(right, b[:, 1], c[:, 1]),
                self._level.share(bottom, d[:, 0], c[:, 0]),
                self._upright.share(left, a[:, 1], d[:, 1]),
            ]
        )
        wide, high = np.linalg.norm(b - a, axis=1), np.linalg.norm(d - a, axis=1)
        fits = (wide * high >= self._smallest) & (wide <= _THIN * high) & (high <= _THIN * wide)
        fits &= (shares.min(axis=0) >= _SEEN) & (shares.mean(axis=0) >= _SEEN_ALL)
        order = np.argsort(-shares.mean(axis=0) * fits, kind="stable")[: int(fits.sum())]
        return distinct([(as_quad(corners[i]), float(shares[:, i].mean())) for i in order[: 8 * _OF_ONE]])[:_OF_ONE]


class _Level:
    """The nearly level edges of a mask, slope by slope, summed up from the left.

    A line is (slope, offset): y = offset + slope · x.
    """

    def __init__(self, mask: Mask) -> None:
        self._sums = np.stack([_sums(mask, slope) for slope in _SLOPES])

    def sides(self, extent: tuple[float, float], start: float, step: int) -> Lines:
        """The lines (N × 2) that are met going up (step -1) or down from `start`, the nearest first: those that run
        along all of the extent of a text, or on beside a narrow one."""
        _, high, wide = self._sums.shape
        middle = (extent[0] + extent[1]) / 2
        first = max(0, round(min(extent[0], middle - _RUN / 2)))
        last = min(wide - 1, round(max(extent[1], middle + _RUN / 2)))
        if last <= first:
            return np.empty((0, 2), np.float32)
        far = max(0, first - _ON), min(wide - 1, last + _ON)
        met: list[tuple[float, float, float]] = []
        for sums, slope in zip(self._sums, _SLOPES, strict=True):
            begin = min(max(round(start - slope * middle), 0), high - 1)
            at = np.arange(begin, high) if step > 0 else np.arange(begin, -1, -1)
            hit = (sums[at, last] - sums[at, first]) >= _ALONG * (last - first)
            ends = np.flatnonzero(np.diff(np.concatenate([[False], hit, [False]]).astype(np.int8))).reshape(-1, 2)
            for row in at[(ends[:, 0] + ends[:, 1] - 1) // 2]:
                run = float(sums[row, far[1]] - sums[row, far[0]])
                met.append((abs(row + slope * middle - start), slope, run))
        return _nearest(met, middle, start, step)

    def share(self, lines: Lines, start: Lines, end: Lines) -> Lines:
        """How much of each line (N × 2) is seen between two places along it."""
        _, high, wide = self._sums.shape
        slope = np.searchsorted(_SLOPES, lines[:, 0] - 1e-3)
        row = np.clip(np.round(lines[:, 1]), 0, high - 1).astype(np.intp)
        first, last = (np.clip(np.round(x), 0, wide - 1).astype(np.intp) for x in (start, end))
        seen = self._sums[slope, row, last] - self._sums[slope, row, first]
        return np.asarray(seen / np.maximum(last - first, 1), np.float32)


def _nearest(met: list[tuple[float, float, float]], middle: float, start: float, step: int) -> Lines:
    """Of what was met (how far, with which slope, how long) the nearest lines; of those at one place the longest."""
    lines: list[tuple[float, float]] = []
    kept: list[float] = []
    for away, slope, _ in sorted(met, key=lambda m: -m[2]):
        if all(abs(away - other) > 2 * _OFF for other in kept):
            kept.append(away)
            lines.append((slope, start + step * away - slope * middle))
    order = np.argsort(kept, kind="stable")[:_EDGES]
    return np.array(lines, np.float32).reshape(-1, 2)[order]


def _meeting(level: Lines, upright: Lines) -> Lines:
    """Where level lines and upright ones (N × 2 each) cross: N points."""
    slope, offset = level.T
    lean, place = upright.T
    x = (lean * offset + place) / (1 - lean * slope)
    return np.stack([x, offset + slope * x], axis=1)


def _sums(mask: Mask, slope: float) -> Sums:
    """The edges of this slope in a mask, each as wide as a side may be off, summed up from the left."""
    height, width = mask.shape
    sheared = cv2.warpAffine(mask, np.array([[1, 0, 0], [-slope, 1, 0.0]]), (width, height), flags=cv2.INTER_NEAREST)
    runs = cv2.dilate(sheared, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, _RUN), np.uint8))
    runs = cv2.dilate(runs, np.ones((2 * _OFF - 1, 1), np.uint8))
    whole = cv2.integral(runs)
    return np.asarray(whole[1:, 1:] - whole[:-1, 1:], np.int32)
