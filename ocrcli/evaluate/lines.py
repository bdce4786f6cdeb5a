"""Line error: how much of the true text was read, whatever the lines are cut into.

Readers and people cut a page into lines differently: a printed row may be one line or three. So each true line looks
for the place in the whole read text (in its reading order, without white space) where it fits with the fewest edits
(Sellers' algorithm for approximate substring search). The best fit is settled first, and no read character serves
two lines.
"""

from __future__ import annotations

import heapq
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ocrcli.evaluate.score import Mismatch, PlainRecord, Score, bare, pages_read

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A line of which less than half was found was not found: what is left is chance, and counts as wrong in full.
FOUND = 0.5
_TAKEN = -1  # stands for a read character that already serves a line; equals no character


@dataclass(frozen=True)
class Place:
    """Where a true line stands in the read text: characters `start` to `end`, at `edits` edits."""

    start: int
    end: int
    edits: int


def score_lines(truth: Sequence[str], records: Sequence[PlainRecord], *, partial: bool) -> Score:
    """Line error, plain and with full-width folded (NFKC), extra text, reading order, lines right.

    `partial`: other text than the truth's may stand on the page, so what is extra can't be told.
    """
    lines = [line["text"] for record in pages_read(records) for line in record.get("lines", ())]
    return score_text(truth, lines, partial=partial)


def score_text(truth: Sequence[str], read: Sequence[str], *, partial: bool) -> Score:
    """The same for lines of text by themselves, both in reading order."""
    truth = [line for line in truth if bare(line)]
    score = Score()
    wanted, text = [bare(line) for line in truth], bare("".join(read))
    places = find_places(wanted, text)
    total = sum(map(len, wanted))
    score.add("line_error", _edits(wanted, places), total)
    if not partial:
        extra = _covered_by_none(places, len(text))
        score.add("extra_text", extra, total)

    wanted = [bare(unicodedata.normalize("NFKC", line)) for line in truth]
    text = bare(unicodedata.normalize("NFKC", "".join(read)))
    places = find_places(wanted, text)
    score.add("line_error_nfkc", _edits(wanted, places), sum(map(len, wanted)))
    for line, place in zip(wanted, places, strict=True):
        right = place is not None and not place.edits
        score.add("lines_right", right, 1)
        if not right:
            score.mismatches.append(Mismatch("line", line, text[place.start : place.end] if place else None))
    for one, other in pairwise(places):
        if one and other:
            score.add("order", one.start < other.start, 1)
    return score


def _edits(wanted: Sequence[str], places: Sequence[Place | None]) -> int:
    return sum(place.edits if place else len(line) for line, place in zip(wanted, places, strict=True))


def _covered_by_none(places: Sequence[Place | None], length: int) -> int:
    covered = np.zeros(length, bool)
    for place in places:
        if place:
            covered[place.start : place.end] = True
    return int((~covered).sum())


def find_places(lines: Sequence[str], text: str) -> list[Place | None]:
    """The place of each line in the text, None where less than half of it is there. The best fit is settled first."""
    codes, patterns = _codes(text), [_codes(line) for line in lines]
    places: list[Place | None] = [None] * len(lines)
    queue = [(best_place(p, codes).edits / len(p), -len(p), i) for i, p in enumerate(patterns)]
    heapq.heapify(queue)
    while queue:
        share, shortness, i = heapq.heappop(queue)
        if share > FOUND:
            break  # what others take makes a fit worse, never better: nothing in the queue will be found
        place = best_place(patterns[i], codes)
        now = place.edits / len(patterns[i])
        if now > share:  # another line took a part of its place
            heapq.heappush(queue, (now, shortness, i))
            continue
        places[i] = place
        codes[place.start : place.end] = _TAKEN
    return places


def _codes(text: str) -> NDArray[np.int64]:
    return np.array([ord(c) for c in text], np.int64)


def best_place(pattern: NDArray[np.int64], text: NDArray[np.int64]) -> Place:
    """The part of `text` with the smallest edit distance to `pattern`; of equals the leftmost, of those the longest.

    Sellers 1980, one row for each character of the pattern. A cell holds the edits and where its match began as one
    number, edits · unit + start, so that the smallest number is the fewest edits, and of equals the earliest start.
    """
    unit = len(text) + 2
    steps = np.arange(len(text) + 1)
    row = steps.copy()  # no edits, beginning anywhere
    for code in pattern:
        missing = row + unit
        missing[1:] = np.minimum(missing[1:], row[:-1] + unit * (text != code))
        # A character too many costs one more than the cell to the left: a running minimum does the whole row.
        row = np.minimum.accumulate(missing - steps * unit) + steps * unit
    end = int(np.argmin(row // unit))
    while end < len(text) and row[end + 1] == row[end]:
        end += 1  # a wrong character rather than a missing one and an extra one
    return Place(int(row[end] % unit), end, int(row[end] // unit))
