"""Digital text → Lines: what PDF and OFD pages have in common once every character's place is known.

Characters come in the order they were drawn, which may be any. Lines are made by geometry alone: characters on one
baseline that stand close together. Order of drawing is asked in one matter only, whether a space stood between two.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise, product, zip_longest
from statistics import median
from typing import Literal, NamedTuple
from unicodedata import bidirectional

from ocrcli.geometry import Box, Point, as_quad
from ocrcli.inputs.characters import is_wide, normal
from ocrcli.page import Char, Line

# All in em, the size of the font.
WIDE_GAP = 1.0  # from here on, two columns and not two words
WIDE_GAP_WITH_SPACE = 1.6  # the same where a space was written; an ideographic space alone is 1
NUMBER_GAP = 0.3  # from here on, two numbers that were not drawn as one
SPACE_GAP = 0.2  # from here on, a space between Latin words, written or not
SAME_BASELINE = 0.2
_RIGHT_TO_LEFT, _NEUTRAL = ("R", "AL"), ("WS", "ON", "CS", "NSM")  # UAX #9, classes
OVERLAP = 0.3  # how far a character may reach back over one that was not drawn just before it
SAME_ANGLE = 0.3  # degrees
STACKED = 8  # texts that lie over one another and can still be told apart
_SMALLEST, _LARGEST = 0.1, 30_000.0  # pt; no print is smaller or larger
_FARTHEST = 1e6  # pt from the page's corner

RULE_LENGTH, RULE_WIDTH = 4.0, 2.0  # pt; the shortest and the thickest ruling line
# A character's extent across its baseline: fonts declare anything, these hold for Chinese and for Latin print.
ASCENT, DESCENT = 0.88, 0.2


class Glyph(NamedTuple):
    """A character as it was drawn: `text` may be several letters (a ligature) or a space.

    The baseline begins at (x, y) and runs in the direction `angle`, degrees clockwise as seen; `advance` along it,
    `ascent` and `descent` across it, and `size` (the em) are lengths in pt.
    """

    text: str
    x: float
    y: float
    angle: float
    advance: float
    size: float
    ascent: float
    descent: float
    begins: bool = False  # a text object of its own, where the file tells them apart
    vertical: bool = False  # the baseline runs down through the middle of characters that stand upright


class Rule(NamedTuple):
    """An upright ruling line at `x` from `top` down to `bottom`, in pt."""

    x: float
    top: float
    bottom: float


def thin(boxes: Iterable[Box]) -> Iterator[Box]:
    """Those of the boxes that are ruling lines, level or upright: as thin as a line, and not short."""
    for x0, y0, x1, y1 in boxes:
        if min(x1 - x0, y1 - y0) <= RULE_WIDTH and max(x1 - x0, y1 - y0) >= RULE_LENGTH:
            yield x0, y0, x1, y1


def rules_in(boxes: Iterable[Box]) -> Iterator[Rule]:
    """Those of the boxes that are upright ruling lines."""
    for x0, y0, x1, y1 in thin(boxes):
        if y1 - y0 >= RULE_LENGTH:
            yield Rule((x0 + x1) / 2, y0, y1)


class _Mark(NamedTuple):
    """A visible glyph in the coordinates of its baseline: from `u` to `end` along it, `v` across it, downwards."""

    glyph: Glyph
    order: int  # consecutive for glyphs drawn one after the other in one text object
    spaced: bool  # a space was drawn just before it
    u: float
    v: float
    end: float


def lines_of(
    glyphs: Iterable[Glyph], source: Literal["text-layer", "ofd"], rules: Iterable[Rule] = ()
) -> tuple[Line, ...]:
    """The lines that the glyphs make: upright ones from top to bottom first, then those of other directions.

    Between the cells of a table, upright lines end at its `rules`, however narrow the gap.
    """
    upright_rules = sorted(rules)
    lines: list[Line] = []
    groups = _groups(_seen(glyphs))
    for vertical, angle in sorted(groups):
        cuts = upright_rules if angle == 0 else []
        runs = [run for row in _rows(groups[vertical, angle]) for run in _runs(row, cuts)]
        lines += [_line(run, angle, source) for run in runs]
    return tuple(lines)


def _seen(glyphs: Iterable[Glyph]) -> Iterator[tuple[Glyph, int, bool]]:
    """The visible glyphs, each once, with their order and whether a space was drawn before them (see _Mark): text
    drawn twice to look bold stands nearly in the same place."""
    places: dict[tuple[str, int, int], list[Glyph]] = {}  # by text, and place on the page in em
    spaced, order = False, 0
    for glyph in glyphs:
        if not _is_printable(glyph):
            continue
        text = normal(glyph.text)
        if glyph.begins:
            order += 2
        if not text.strip():
            spaced = spaced or bool(text)
            continue
        column, level = round(glyph.x / glyph.size), round(glyph.y / glyph.size)
        around = product((text,), range(column - 1, column + 2), range(level - 1, level + 2))
        near = [other for place in around for other in places.get(place, ())[-STACKED:]]
        if not (near and any(_is_overprint(glyph, other) for other in near)):
            places.setdefault((text, column, level), []).append(glyph)
            order += 1
            yield glyph if text == glyph.text else glyph._replace(text=text), order, spaced
            spaced = False


def _is_printable(glyph: Glyph) -> bool:
    """False for what has no size that could be seen, or stands nowhere: files may say any number."""
    sizes = (glyph.size, glyph.ascent + glyph.descent)
    return (
        all(_SMALLEST <= size <= _LARGEST for size in sizes)
        and 0 <= glyph.advance <= _LARGEST
        and abs(glyph.x) <= _FARTHEST
        and abs(glyph.y) <= _FARTHEST
    )


def _is_overprint(glyph: Glyph, other: Glyph) -> bool:
    return math.dist((glyph.x, glyph.y), (other.x, other.y)) < 0.3 * min(glyph.advance, glyph.size)


def _groups(seen: Iterable[tuple[Glyph, int, bool]]) -> dict[tuple[bool, float], list[_Mark]]:
    """The glyphs by writing mode and direction (degrees), as marks in the coordinates of that direction."""
    seen = list(seen)
    leading = {vertical: _leading({g.angle for g, *_ in seen if g.vertical == vertical}) for vertical in (False, True)}
    groups: dict[tuple[bool, float], list[_Mark]] = {}
    for glyph, order, spaced in seen:
        angle = leading[glyph.vertical][glyph.angle]
        cos, sin = _unit(angle)
        u, v = glyph.x * cos + glyph.y * sin, glyph.y * cos - glyph.x * sin
        groups.setdefault((glyph.vertical, angle), []).append(_Mark(glyph, order, spaced, u, v, u + glyph.advance))
    return groups


def _leading(angles: Iterable[float]) -> dict[float, float]:
    """For each angle the direction that it counts as: the least of those that differ from it by SAME_ANGLE at most."""
    leading: dict[float, float] = {}
    lead = -math.inf
    for turn, angle in sorted((_turn(angle), angle) for angle in angles):
        if turn - lead > SAME_ANGLE:
            lead = turn
        leading[angle] = lead
    return leading


def _turn(angle: float) -> float:
    """The direction in [0, 360), with the noise of computed matrices rounded off."""
    return round(angle, 1) % 360.0


@cache
def _unit(angle: float) -> tuple[float, float]:
    # Quarter turns are exact, so that upright text keeps its coordinates to the last digit.
    return round(math.cos(math.radians(angle)), 12), round(math.sin(math.radians(angle)), 12)


def _rows(marks: list[_Mark]) -> Iterator[list[_Mark]]:
    """Marks on one baseline, from top to bottom."""
    row: list[_Mark] = []
    for mark in sorted(marks, key=lambda m: m.v):
        if row and mark.v - row[-1].v > SAME_BASELINE * min(mark.glyph.size, row[-1].glyph.size):
            yield row
            row = []
        row.append(mark)
    if row:
        yield row


def _runs(row: list[_Mark], cuts: list[Rule]) -> list[list[_Mark]]:
    """A row cut where a gap is wide or ruled; marks that lie over others make a run of their own."""
    runs: list[list[_Mark]] = []
    for mark in sorted(row, key=lambda m: m.u):
        home = _home(runs[-STACKED:], mark)
        if home is None or (cuts and _is_cut(home[-1], mark, cuts)):
            runs.append([mark])
        else:
            home.append(mark)
    return runs


def _home(runs: list[list[_Mark]], mark: _Mark) -> list[_Mark] | None:
    """The run that a mark continues: that of the mark drawn just before it, else the one that ends nearest to it."""
    for run in reversed(runs):
        if run[-1].order + 1 == mark.order and _continues(run[-1], mark):
            return run
    return max((run for run in runs if _continues(run[-1], mark)), key=lambda run: run[-1].end, default=None)


def _continues(before: _Mark, mark: _Mark) -> bool:
    gap = (mark.u - before.end) / min(before.glyph.size, mark.glyph.size)
    if mark.order != before.order + 1:
        numbers = before.glyph.text[-1].isdecimal() and mark.glyph.text[0].isdecimal()
        return -OVERLAP <= gap < (NUMBER_GAP if numbers else WIDE_GAP)
    # Drawn one after the other, so that a character may reach far over its neighbour: Chinese punctuation is pushed
    # together, and some fonts give every letter the width of a Chinese character.
    return mark.u > before.u and gap < (WIDE_GAP_WITH_SPACE if mark.spaced else WIDE_GAP)


def _is_cut(before: _Mark, mark: _Mark, cuts: list[Rule]) -> bool:
    """True where a ruling line passes through the gap between two marks, from above small letters to the baseline."""
    low, high = before.u + before.glyph.advance / 2, mark.u + mark.glyph.advance / 2
    first = bisect_left(cuts, Rule(low, -math.inf, -math.inf))
    between = cuts[first : bisect_right(cuts, Rule(high, math.inf, math.inf), lo=first)]
    top, bottom = mark.v - 0.6 * mark.glyph.size, mark.v - 0.1 * mark.glyph.size
    return any(rule.top < top and rule.bottom > bottom for rule in between)


def _has_space(before: _Mark, mark: _Mark, spread: float) -> bool:
    """True where a space stands between two marks of a run: drawn, or left open between letters.

    `spread` is the gap that all letters of the run keep from each other.
    """
    if mark.spaced and mark.order == before.order + 1:
        return True
    if is_wide(before.glyph.text[-1]) or is_wide(mark.glyph.text[0]):
        return False
    return mark.u - before.end - spread > SPACE_GAP * min(before.glyph.size, mark.glyph.size)


def _line(run: list[_Mark], angle: float, source: Literal["text-layer", "ofd"]) -> Line:
    start, end = run[0].u, max(mark.end for mark in run)
    span = (end - start) or 1.0
    chars = tuple(_as_read(Char(text, 1.0, (u0 - start) / span, (u1 - start) / span) for text, u0, u1 in _letters(run)))
    top = min(mark.v - mark.glyph.ascent for mark in run)
    bottom = max(mark.v + mark.glyph.descent for mark in run)
    corners = [_on_page(u, v, angle) for u, v in ((start, top), (end, top), (end, bottom), (start, bottom))]
    vertical = run[0].glyph.vertical
    if vertical:  # the quad stands upright like the characters: it begins where the baseline's left side is
        corners = [corners[3], *corners[:3]]
    return Line("".join(char.text for char in chars), 1.0, as_quad(corners), source, chars, vertical=vertical)


def _as_read(chars: Iterable[Char]) -> Iterator[Char]:
    """Characters from left to right in the order in which they are read: Arabic and Hebrew from right to left.

    Words from left to right between them, and what no strong character stands beside, keep their place.
    """
    held: list[Char] = []  # from right to left
    between: list[Char] = []  # blanks and signs that go with them if more of them follow
    for char in chars:
        if bidirectional(char.text) in _RIGHT_TO_LEFT:
            held += [*between, char]
            between = []
        elif held and bidirectional(char.text) in _NEUTRAL:
            between.append(char)
        else:
            yield from (*reversed(held), *between, char)
            held, between = [], []
    yield from (*reversed(held), *between)


def _letters(run: list[_Mark]) -> Iterator[tuple[str, float, float]]:
    """Each letter of a run with its begin and end along the baseline; a ligature is shared out evenly."""
    spread = max(0.0, median([after.u - mark.end for mark, after in pairwise(run)] or [0.0]))
    before: _Mark | None = None
    for mark, after in zip_longest(run, run[1:]):
        if before and _has_space(before, mark, spread):
            yield " ", min(before.end, mark.u), mark.u
        text = mark.glyph.text
        step = (min(mark.end, after.u) - mark.u if after else mark.glyph.advance) / len(text)
        for i, letter in enumerate(text):
            yield letter, mark.u + i * step, mark.u + (i + 1) * step
        before = mark


def _on_page(u: float, v: float, angle: float) -> Point:
    cos, sin = _unit(angle)
    return u * cos - v * sin, u * sin + v * cos
