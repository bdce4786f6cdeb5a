"""The words along a stamp's rim as lines that a reader can read: unrolled to level strips.

Everything is measured in the stamp's own frame: its box, straightened, the oval touching all four sides. Depth is how
far from the rim a point lies, in shares of the short half axis.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.geometry import Quad, as_quad
from ocrcli.page import Pixels
from ocrcli.vision.corners import straightened
from ocrcli.vision.stamp import Stamp

Plane = NDArray[np.float32]
Floats = NDArray[np.floating]

_HIGH = 48  # px, the height of a strip
_DEPTHS = np.arange(0.0, 0.6, 0.01)
_TURNS = np.linspace(-np.pi, np.pi, 720, endpoint=False)
_BROWN = 0.7  # of what ink lacks in the red channel: so much more of red print has that is no stamp's
_SPREAD = 3.0  # ink as red as a third of the fullest counts in full
_INK = 0.3  # of the reddest
_RING = 0.6  # share of a depth that is red where a ring runs
_WORDS = 0.35  # of the fullest depth of words: a depth with less lies between words
_FEWEST = 0.04  # share of the fullest depth that is red where there are words
_REACH = 30  # depths behind the ring in which the words of the rim begin
_APART = 1.5  # band heights: words farther apart are two texts
_AROUND = 0.75  # share of the rim that no single text runs along …
_ASIDE = 0.12  # … and of it, how far from the left and the right the upper and the lower text may part
_MIDDLE = (0.82, 0.17)  # of a stamp's half axes: how far the line across its middle reaches
_NEARER = 4  # a gap so many steps nearer to the side is worth one step of width
_ROOM = 0.25  # of a strip's height, around it


@dataclass(frozen=True, slots=True)
class Unrolled:
    """Makes a level strip, dark on white, of a part of the rim: from one direction to another (radians, clockwise from
    the right), between two depths. `inwards`: the characters' heads point to the middle, as along the lower rim.
    """

    start: float
    end: float
    outer: float
    inner: float
    inwards: bool

    def __call__(self, crop: Pixels) -> Pixels:
        """The strip of a stamp's straightened box (h × w × 3 BGR)."""
        height, width = crop.shape[:2]
        turns = np.linspace(self.start, self.end, 400)
        way = _places(turns, np.array([(self.outer + self.inner) / 2]), width, height)[0]
        along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(way, axis=0).T))])
        band = (self.inner - self.outer) * height / 2
        length = max(1, round(along[-1] / max(band, 1e-6) * _HIGH))
        even = np.interp(np.linspace(0, along[-1], length), along, turns)
        where = _places(even, np.linspace(self.outer, self.inner, _HIGH), width, height).astype(np.float32)
        strip = cv2.remap(red_alone(crop), where, np.empty(0), cv2.INTER_CUBIC, borderValue=(255, 255, 255))
        return np.ascontiguousarray(strip[::-1, ::-1] if self.inwards else strip)


def red_alone(crop: Pixels) -> Pixels:
    """A crop's red ink, dark on white (h × w × 3 BGR).

    Cameras blur colours more than brightness: the colour says where there is ink, the brightness what it draws.
    """
    green = crop[:, :, 1] / np.maximum(np.percentile(crop[:, :, 1], 90), 16)
    inked = cv2.dilate(_redness(crop), np.ones((3, 3), np.uint8))
    dark = np.clip(1 - green, 0, 1) * np.clip(_SPREAD * inked, 0, 1)
    grey = 255 - 255 * np.clip(dark / max(float(np.percentile(dark, 99)), 0.05), 0, 1)
    return np.asarray(cv2.cvtColor(grey.astype(np.uint8), cv2.COLOR_GRAY2BGR), np.uint8)


def rim_words(stamp: Stamp, pixels: Pixels) -> list[tuple[Unrolled, Unrolled]]:
    """The texts along the rim of a stamp on a picture, over the top first: what prepares the straightened box of the
    stamp (`stamp.quad`), for words that run with the clock and for words that run against it.
    """
    red = 1 - red_alone(straightened(pixels, stamp.quad))[:, :, 0].astype(np.float32) / 255
    height, width = red.shape
    rim = cv2.remap(red, _places(_TURNS, _DEPTHS, width, height).astype(np.float32), np.empty(0), cv2.INTER_LINEAR)
    band = _band(rim)
    if band is None:
        return []
    room = _ROOM * (band[1] - band[0])
    outer, inner = round(band[0] - room, 3), round(band[1] + room, 3)
    ends = [(round(start, 3), round(end, 3)) for start, end in _texts(rim, band, width, height)]
    ends.sort(key=lambda run: np.sin((run[0] + run[1]) / 2))
    return [(Unrolled(*run, outer, inner, inwards=False), Unrolled(*run, outer, inner, inwards=True)) for run in ends]


def middle_of(stamp: Stamp) -> Quad:
    """The place of the line across a stamp's middle: a region's name, a number."""
    a, b = stamp.half[0] * _MIDDLE[0], stamp.half[1] * _MIDDLE[1]
    return as_quad(stamp.at([(-a, -b), (a, -b), (a, b), (-a, b)]).tolist())


def _redness(crop: Pixels) -> Plane:
    """How much of a stamp's ink each pixel has, 1 as the fullest (h × w); brown and dark red print has none."""
    seen = crop / np.maximum(np.percentile(crop.reshape(-1, 3), 90, axis=0), 16)
    red = seen[:, :, 2]
    ink = red - seen[:, :, :2].max(axis=2) - _BROWN * np.maximum(1 - red, 0)
    return np.asarray(np.clip(ink / max(float(np.percentile(ink, 99)), 0.05), 0, 1), np.float32)


def _places(turns: Floats, depths: Floats, width: int, height: int) -> Floats:
    """Where points in these directions and depths lie in the box (depths × turns × 2)."""
    a, b = width / 2, height / 2
    rim = np.stack([a * np.cos(turns), b * np.sin(turns)], -1)
    out = np.stack([np.cos(turns) / a, np.sin(turns) / b], -1)
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    return np.asarray(rim - depths[:, None, None] * b * out + (a - 0.5, b - 0.5))


def _band(rim: Plane) -> tuple[float, float] | None:
    """Between which depths the words of the rim stand; None where there are none."""
    share = (rim > _INK).mean(axis=1)
    rings = np.flatnonzero((share > _RING) & (_DEPTHS < 0.25))
    begin = int(rings[-1]) + 1 if len(rings) else 0
    while begin + 1 < len(share) and share[begin + 1] < share[begin]:
        begin += 1  # the ring's soft inner edge
    words = share[begin : begin + _REACH]
    fullest = float(np.max(words, initial=0.0))
    if fullest < _FEWEST:
        return None
    peak = int(np.argmax(words >= 0.8 * fullest))
    low = share[begin:] < _WORDS * fullest
    before, after = np.flatnonzero(low[:peak]), np.flatnonzero(low[peak:])
    outer = begin + (int(before[-1]) + 1 if len(before) else 0)
    inner = begin + peak + int(after[0]) if len(after) else len(_DEPTHS) - 1
    return (float(_DEPTHS[outer]), float(_DEPTHS[inner])) if inner - outer > 4 else None


def _texts(rim: Plane, band: tuple[float, float], width: int, height: int) -> Iterator[tuple[float, float]]:
    """From where to where texts run around the rim, in radians; the end is the larger number."""
    inside = slice(*np.searchsorted(_DEPTHS, band))
    inked = np.flatnonzero((rim[inside] > _INK).mean(axis=0) > 0.08).astype(np.intp)
    if len(inked) < 2:
        return
    way = _places(_TURNS, np.array([sum(band) / 2]), width, height)[0]
    steps = np.hypot(*(np.roll(way, -1, axis=0) - way).T)
    along = np.concatenate([[0], np.cumsum(np.concatenate([steps, steps]))])
    following = np.concatenate([inked[1:], inked[:1] + len(_TURNS)])
    high = (band[1] - band[0]) * height / 2
    ends = np.flatnonzero(along[following] - along[inked] > _APART * high)
    runs = [] if len(ends) else [(int(inked[0]), int(inked[-1]))]  # without a gap that parts them
    for i, end in enumerate(ends):
        first = following[ends[i - 1]] % len(_TURNS)
        last = inked[end] if inked[end] >= first else inked[end] + len(_TURNS)
        if along[last] - along[first] > _APART * high:
            runs.append((int(first), int(last)))
    room = _ROOM * high / float(np.mean(steps))
    turn = 2 * np.pi / len(_TURNS)
    for first, last in _halved(inked, runs):
        yield -np.pi + (first - room) * turn, -np.pi + (last + room) * turn


def _halved(inked: NDArray[np.intp], runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The runs of words; where they are one around most of the rim, the upper and the lower half, parted where the
    gaps at the left and at the right are widest."""
    around = len(_TURNS)
    if sum(last - first for first, last in runs) < _AROUND * around:
        return runs
    gaps = np.diff(inked, append=inked[0] + around)
    ends = []
    for side in (0, around // 2):  # the left, where _TURNS begins, and the right
        off = (inked + gaps // 2 - side + around // 2) % around - around // 2
        near = np.flatnonzero(np.abs(off) < _ASIDE * around)
        if not len(near):
            return runs
        ends.append(int(near[np.argmax(gaps[near] - np.abs(off[near]) / _NEARER)]))
    left, right = ends
    halves = ((left, right), (right, left))
    following = np.roll(inked, -1)
    return [(int(following[a]), int(inked[b] if inked[b] >= following[a] else inked[b] + around)) for a, b in halves]
