"""Line error: how much of the true text was read, whatever the lines are cut into.

Readers and people cut a page into lines differently: a printed row may be one line or three. So each true line looks
for the place in the whole read text (in its reading order, without white space) where it fits with the fewest edits
(Sellers' algorithm for approximate substring search). The best fit is settled first, whole read lines before parts of
them, long lines before short ones, and no read character serves two lines.
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
    """Where a true line stands in the read text: characters `start` to `end`, at `edits` edits.

    `inside` counts the ends (0 to 2) that do not fall on an end of a read line.
    """

    start: int
    end: int
    edits: int
    inside: int = 0


def score_lines(truth: Sequence[str], records: Sequence[PlainRecord], *, partial: bool) -> Score:
    """Line error (plain, full width as half width, capitals as small letters too), extra text, lines right, order.

    `partial`: other text than the truth's may stand on the page, so what is extra can't be told.
    """
    lines = [line["text"] for record in pages_read(records) for line in record.get("lines", ())]
    return score_text(truth, lines, partial=partial)


def score_text(truth: Sequence[str], read: Sequence[str], *, partial: bool) -> Score:
    """The same for lines of text by themselves, both in reading order."""
    score = Score()
    for name, form in _FORMS.items():
        wanted = [form(line) for line in truth if bare(line)]
        found = [form(line) for line in read]
        places = find_places(wanted, found)
        edits = sum(place.edits if place else len(line) for line, place in zip(wanted, places, strict=True))
        score.add(name, edits, sum(map(len, wanted)))
    # The last form is the most lenient: what is still wrong, extra or out of order is so in every form.
    text = "".join(found)
    if not partial:
        score.add("extra_text", _covered_by_none(places, len(text)), sum(map(len, wanted)))
    for line, place in zip(wanted, places, strict=True):
        right = place is not None and not place.edits
        score.add("lines_right", right, 1)
        if not right:
            score.mismatches.append(Mismatch("line", line, text[place.start : place.end] if place else None))
    for one, other in pairwise(places):
        if one and other:
            score.add("order", one.start < other.start, 1)
    return score


def _half_width(text: str) -> str:
    return bare(unicodedata.normalize("NFKC", text))


def _caseless(text: str) -> str:
    return _half_width(text).casefold()


_FORMS = {"line_error": bare, "line_error_nfkc": _half_width, "line_error_caseless": _caseless}


def _covered_by_none(places: Sequence[Place | None], length: int) -> int:
    covered = np.zeros(length, bool)
    for place in places:
        if place:
            covered[place.start : place.end] = True
    return int((~covered).sum())


def find_places(lines: Sequence[str], read: Sequence[str]) -> list[Place | None]:
    """The place of each line in the joined read lines, None where less than half of it is there."""
    codes, patterns = _codes("".join(read)), [_codes(line) for line in lines]
    ends = np.zeros(len(codes) + 1, bool)
    ends[np.cumsum([0, *map(len, read)])] = True
    places: list[Place | None] = [None] * len(lines)

    def look(i: int) -> tuple[float, int, int, int, Place]:
        place = best_place(patterns[i], codes, ends)
        return place.edits / len(patterns[i]), place.inside, -len(patterns[i]), i, place

    queue = [look(i) for i in range(len(lines))]
    heapq.heapify(queue)
    while queue:
        best = heapq.heappop(queue)
        share, _, _, i, place = best
        if share > FOUND:
            break  # what others take makes a fit worse, never better: nothing in the queue will be found
        again = look(i)
        if again[:2] != best[:2]:  # another line took a part of its place
            heapq.heappush(queue, again)
            continue
        places[i] = place = again[4]
        codes[place.start : place.end] = _TAKEN
    return places


def _codes(text: str) -> NDArray[np.int64]:
    return np.array([ord(c) for c in text], np.int64)


def best_place(pattern: NDArray[np.int64], text: NDArray[np.int64], ends: NDArray[np.bool_]) -> Place:
    """The part of `text` with the smallest edit distance to `pattern`.

    Of equals that which begins and ends where a read line does (`ends`, len(text) + 1), then the leftmost, then the
    longest. Sellers 1980, one row for each character of the pattern. A cell holds the edits and where its match began
    as one number, so that the smallest number is the best: edits, then whether it began inside a line, then the start.
    """
    size = len(text) + 1
    unit = 2 * size
    steps = np.arange(size)
    row = steps + size * ~ends  # no edits, beginning anywhere
    for code in pattern:
        missing = row + unit
        missing[1:] = np.minimum(missing[1:], row[:-1] + unit * (text != code))
        # A character too many costs one more than the cell to the left: a running minimum does the whole row.
        row = np.minimum.accumulate(missing - steps * unit) + steps * unit
    edits, inside = np.divmod(row // size, 2)
    inside += ~ends
    end = int(np.lexsort((steps, inside, edits))[0])
    while not ends[end] and row[end + 1] == row[end]:
        end += 1  # a wrong character rather than a missing one and an extra one
    return Place(int(row[end] % size), end, int(edits[end]), int(inside[end]))
