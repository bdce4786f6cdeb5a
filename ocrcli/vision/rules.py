"""Ruling lines in a picture: thin straight ink, dark on light or light on dark; solid, broken, dashed or double."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.geometry import Box
from ocrcli.page import Pixels

# All in heights of the print.
_THICKEST = 0.4
_SHORTEST = 1.2  # of a solid rule
_DASHED = 3.0  # and of a dashed one
_GAP = 0.45  # between two dashes
_MENDED = 0.8  # a rule broken by less than this is one
_DOUBLE = 0.4  # two rules nearer than this are one
_GRAIN = 0.5  # grey levels of a photo's or scan's grain
_SMOOTHED = 0.25  # so far pixels are averaged along a rule, against grain
_COARSE = 16.0  # px: rules in smaller print may slant less from pixel to pixel, or its strokes would look like rules
_PATCH = 6.0  # where grain is measured anew
_GROUND = 1.5  # around a pixel, for the ground it stands on …
_COARSE_GROUND = 6.0  # … which is looked for where print is so many px high
_OVER_GRAIN = 2.5  # times that
_FAINTEST = 10.0  # grey levels that a rule differs from the ground on both its sides
_LONG = 8.0  # a rule that may pass through words
_RIM = 0.05  # of a word's height: so far its strokes may reach out of its box
_ALONG, _THROUGH = 0.8, 0.6  # shares of a mark inside one word, and inside several, that make it a stroke
_INNER = 0.25  # share of a word's height above and below its inner part
_STEEPEST = 0.12  # a rule that slants more is a stroke
# How far the middle of a short mark may lie off the line between its ends, as a share of its length, and in px: stamps
# are round, while long rules are bent with their paper.
_BENT, _BENT_PX = 0.025, 1.0

_Mask = NDArray[np.uint8]
_Boxes = NDArray[np.float64]  # n × 4: x0, y0, x1, y1


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule from its left or upper end (x0, y0) to the other, in px; `width` across, `dashed` as printed."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 1.0
    dashed: bool = False

    @property
    def level(self) -> float:
        """Where it stands across its direction: the y of a level rule, the x of an upright one, at its middle."""
        return (self.y0 + self.y1) / 2 if self.is_level else (self.x0 + self.x1) / 2

    @property
    def span(self) -> tuple[float, float]:
        """Where it begins and ends along its direction."""
        return (self.x0, self.x1) if self.is_level else (self.y0, self.y1)

    @property
    def is_level(self) -> bool:
        """True for a rule that runs across the page."""
        return self.x1 - self.x0 >= self.y1 - self.y0

    @property
    def length(self) -> float:
        """Its extent along its direction."""
        return self.span[1] - self.span[0]

    def turned(self) -> Rule:
        """The same rule with x and y exchanged."""
        return Rule(self.y0, self.x0, self.y1, self.x1, self.width, self.dashed)


def find_rules(pixels: Pixels, print_height: float, words: Iterable[Box] = ()) -> tuple[Rule, ...]:
    """The level and upright rules of a picture (H × W × 3 BGR) whose text runs level.

    `print_height` is the usual height of its text in px. `words` are the boxes of its text: strokes of characters that
    lie inside one are no rules.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    boxes = np.array(list(words), np.float64).reshape(-1, 4)
    level = _level_rules(grey, print_height, boxes)
    upright = _level_rules(np.ascontiguousarray(grey.T), print_height, boxes[:, [1, 0, 3, 2]])
    return (*level, *(rule.turned() for rule in upright))


def _level_rules(grey: _Mask, print_height: float, words: _Boxes) -> list[Rule]:
    found: list[Rule] = []
    thickest = max(3, round(_THICKEST * print_height))
    grainy = _grain(_thin_ink(grey, (2 * thickest + 1, 1))[0]) > _GRAIN
    if grainy:
        grey = np.asarray(cv2.blur(grey, (max(1, round(_SMOOTHED * print_height)), 1)), np.uint8)
    reach = 2 if grainy and print_height >= _COARSE else 1
    shortest = max(9, round(_SHORTEST * print_height))
    for ink, whole, faintest in _inks(grey, thickest, shortest, print_height):
        solid = _elongated(whole, shortest, faintest, reach)
        found += (rule for rule in _components(solid, thickest) if not _is_stroke(rule, words, print_height))
        bare = ink.copy()
        for x0, y0, x1, y1 in words:  # or rows of print would look like dashed rules
            bare[max(0, int(y0)) : int(y1) + 1, max(0, int(x0)) : int(x1) + 1] = 0
        closed = cv2.morphologyEx(bare, cv2.MORPH_CLOSE, np.ones((1, 2 * round(_GAP * print_height) + 1), np.uint8))
        dashed = _elongated(closed, round(_DASHED * print_height), faintest, reach)
        found += (
            rule for rule in _components(dashed, thickest, dashed=True) if not _is_known(rule, found, print_height)
        )
    return [rule for rule in mended(found, print_height) if not _is_stroke(rule, words, print_height)]


def _inks(grey: _Mask, thickest: int, shortest: int, print_height: float) -> Iterator[tuple[_Mask, _Mask, _Mask]]:
    """How much darker than its ground each pixel of a thin mark is, and how much lighter; the same with marks that
    cross it; and from which figure on that stands out from the paper's grain.

    Without the ground, the blank between two rows of print would be a light rule.
    """
    ground = _ground(grey, print_height)
    contrasts = cv2.subtract(ground, grey), cv2.subtract(grey, ground)
    # Where upright rules cross a level one, it is not thin.
    upright = _thin_ink(grey, (1, 2 * thickest + 1))
    for level, across, contrast in zip(_thin_ink(grey, (2 * thickest + 1, 1)), upright, contrasts, strict=True):
        crossing = cv2.morphologyEx(across, cv2.MORPH_OPEN, np.ones((shortest, 1), np.uint8))
        crossing = cv2.dilate(crossing, np.ones((2 * thickest + 1, 1), np.uint8))  # or it would end at the rule's edge
        faintest = _faintest(level, _PATCH * print_height)
        yield (
            np.asarray(cv2.min(level, contrast), np.uint8),
            np.asarray(cv2.min(cv2.max(level, crossing), contrast), np.uint8),
            faintest,
        )


def _thin_ink(grey: _Mask, reach: tuple[int, int]) -> tuple[_Mask, _Mask]:
    """How much darker, and how much lighter, each pixel is than what lies on both sides of it within rows, columns."""
    around = np.ones(reach, np.uint8)
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, around)
    light = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, around)
    return np.asarray(dark, np.uint8), np.asarray(light, np.uint8)


def _ground(grey: _Mask, print_height: float) -> _Mask:
    """The usual grey around each pixel: that of the paper, since print covers less than half of it."""
    share = min(1.0, _COARSE_GROUND / print_height)
    small = cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_NEAREST)  # mixed with print it is darker
    usual = cv2.medianBlur(small, 2 * round(share * print_height * _GROUND / 2) + 1)
    return np.asarray(cv2.resize(usual, grey.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8)


def _grain(ink: _Mask) -> float:
    """The ink that paper shows where nothing is printed: print and rules cover less than half."""
    return float(np.median(ink[::4, ::4]))


def _faintest(ink: _Mask, side: float) -> _Mask:
    """From how much ink on a pixel is no grain: shadow and glare change that from place to place."""
    height, width = ink.shape
    rows, columns = (max(1, int(extent / side)) for extent in ink.shape)
    bands = [np.array_split(band, columns, axis=1) for band in np.array_split(ink, rows)]
    grain = np.array([[_grain(patch) for patch in band] for band in bands])
    faintest = np.ceil(np.maximum(_FAINTEST, _OVER_GRAIN * grain)).clip(max=255).astype(np.uint8)
    return np.asarray(cv2.resize(faintest, (width, height)), np.uint8)


def _elongated(ink: _Mask, length: int, faintest: _Mask, reach: int) -> _Mask:
    """Where ink of at least `faintest` grey levels runs on level for `length` px, a slight slant forgiven."""
    # Some rows more on each side let a slanting rule pass from row to row; then they are taken off again.
    padded = cv2.dilate(ink, np.ones((2 * reach + 1, 1), np.uint8))
    runs = cv2.morphologyEx(padded, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return np.asarray(cv2.min(runs, ink) >= faintest, np.uint8)


def _components(mask: _Mask, thickest: int, *, dashed: bool = False) -> list[Rule]:
    """The straight, thin marks of a mask as rules, their slant fitted where no print touches them."""
    # Small holes, from pixels that were fainter, must not cut a rule in pieces.
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, 2 * thickest + 1), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    rules = []
    for x, y, width, height in map(cv2.boundingRect, outlines):
        if width < 3 * thickest or width < 2 * height:
            continue
        own = joined[y : y + height, x : x + width]
        thickness = own.sum(axis=0)
        thick = float(thickness.mean())
        bare = np.flatnonzero(thickness <= np.median(thickness) + 1)
        down = (own[:, bare] * np.arange(height)[:, np.newaxis]).sum(axis=0) / thickness[bare]
        slope, start = np.polyfit(bare, down, 1).tolist()
        is_short = width < _LONG / _THICKEST * thickest
        if abs(slope) > _STEEPEST or thick > thickest or (is_short and _is_bent(bare.astype(np.float64), down)):
            continue
        ends = [y + start + 0.5 + slope * at for at in (0, width)]
        rules.append(Rule(float(x), ends[0], float(x + width), ends[1], thick, dashed))
    return rules


def _is_bent(across: NDArray[np.float64], down: NDArray[np.float64]) -> bool:
    """True for the points around a mark whose middle lies off the straight line between its ends."""
    length = float(np.ptp(across))
    bend = abs(float(np.polyfit(across, down, 2)[0])) * length**2 / 4
    return bend > max(_BENT * length, _BENT_PX)


def _is_stroke(rule: Rule, words: _Boxes, print_height: float) -> bool:
    """True for a mark that is (part of) the strokes of words: along one word, or from word to word.

    A long rule may well pass across words, since detectors take neighbouring cells for one; and along the edges of
    several, which they pad. But none goes along within them.
    """
    x0, y0, x1, y1 = words.T
    rim = _RIM * np.minimum(x1 - x0, y1 - y0)
    shared = (np.minimum(rule.x1, x1 + rim) - np.maximum(rule.x0, x0 - rim)).clip(min=0.0)
    beside = (y0 - rim <= rule.level) & (rule.level <= y1 + rim)
    inner = _INNER * (y1 - y0)
    along = x1 - x0 > y1 - y0
    within = along & (y0 + inner <= rule.level) & (rule.level <= y1 - inner)
    if rule.length >= _LONG * print_height:
        return bool(shared[within].sum() >= _THROUGH * rule.length)
    through = shared[within | beside & ~along].sum()
    return bool(shared[beside].max(initial=0.0) >= _ALONG * rule.length or through >= _THROUGH * rule.length)


def _is_known(rule: Rule, others: Iterable[Rule], print_height: float) -> bool:
    """True where other rules already cover most of this one, or run so close beside it that no print fits between."""
    covered = sum(
        max(0.0, min(rule.x1, other.x1) - max(rule.x0, other.x0))
        for other in others
        if abs(other.level - rule.level) <= print_height
    )
    return covered > 0.5 * rule.length


def mended(rules: Iterable[Rule], print_height: float) -> list[Rule]:
    """Level rules with broken ones made whole and double ones made one; `print_height` in the rules' unit."""
    whole: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r.x0):
        for i, other in enumerate(whole):
            if _continues(other, rule, print_height):
                whole[i] = _joined(other, rule)
                break
        else:
            whole.append(rule)
    return whole


def _continues(rule: Rule, other: Rule, print_height: float) -> bool:
    """True where `other`, which begins no farther left, goes on with the rule or runs close beside it."""
    gap = other.x0 - rule.x1
    if gap > _MENDED * print_height:
        return False
    at = (max(rule.x0, other.x0) + min(rule.x1, other.x1)) / 2
    return abs(_height_at(rule, at) - _height_at(other, at)) <= _DOUBLE * print_height


def _height_at(rule: Rule, x: float) -> float:
    slope = (rule.y1 - rule.y0) / max(rule.length, 1.0)
    return rule.y0 + slope * (x - rule.x0)


def _joined(rule: Rule, other: Rule) -> Rule:
    """Both as one, from the left end of the first to the right end of whichever goes farther."""
    if other.x1 <= rule.x1:
        return rule
    width = max(rule.width, other.width)
    return Rule(rule.x0, rule.y0, other.x1, other.y1, width, rule.dashed and other.dashed)
