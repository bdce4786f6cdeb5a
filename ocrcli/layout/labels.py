"""Printed labels: found though misread, spaced out, split over boxes, or in one box with their value."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ocrcli.layout.flatten import flattened
from ocrcli.layout.parts import Part, place_of
from ocrcli.layout.rows import printed_rows
from ocrcli.layout.upright import Piece, is_wide, pieces_of, units
from ocrcli.layout.where import Where as Where
from ocrcli.page import Reading

# A misread label has at least so many letters, or half as many wide characters, and is this like the print (rapidfuzz's
# ratio, 0..100).
_LEAST_LETTERS = 6
_LEAST_RATIO = 75.0
# Labels are spaced out to a common width: up to this many em lie between two of their characters.
_SPACED_EM = 7.0
# The value between two labels in one box is no longer than this, unless it is set apart from the second.
_SHORT_VALUE_CHARS = 20
_LONG_LABEL_CHARS = 4
_TRANSLATED_HEIGHTS = 1.6  # a translation stands below its label by this at most
_MISREAD_FACTOR = 0.8  # a misread label counts as much less sure
_COLONS = (":", "：")


@dataclass(frozen=True)
class Label:
    """How to find a field: the forms in which its label is printed, and how its value lies.

    `lines` is how many rows the value may have. `stop` are other printed texts that end it. `looks` is a regular
    expression that its text is expected to hold, `fits` a function that says whether a text may be such a value: they
    decide between places, and refuse none unless the label is `strict`. `on_form`: where print is out of register its
    value is not, because it was printed with the label. `close`: its rows have no blank between them.
    """

    key: str
    labels: tuple[str, ...]
    where: Where = Where.RIGHT
    lines: int = 1
    stop: tuple[str, ...] = ()
    looks: str | None = None
    fits: Callable[[str], bool] | None = None
    strict: bool = False
    on_form: bool = False
    close: bool = False

    def refuses(self, text: str) -> bool:
        """True for a text that cannot be its value."""
        return self.strict and self.fits is not None and not self.fits(text)


@dataclass(frozen=True, slots=True)
class Spot:
    """A letter or digit on a row: which character of which line it is, folded for comparing, and where it stands."""

    folded: str
    piece: Piece
    index: int
    x0: float
    x1: float

    @property
    def char(self) -> str:
        """The character as read."""
        return self.piece.text[self.index]

    @property
    def before(self) -> str:
        """What stands before it in its line."""
        return self.piece.text[: self.index]

    @property
    def after(self) -> str:
        """What stands behind it in its line."""
        return self.piece.text[self.index + 1 :]


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A printed label, or (`label` is None) a text that ends values.

    `row` is the number of its row; `score` says how sure it is a label, 0 to 1.
    """

    label: Label | None
    row: int
    spots: tuple[Spot, ...]
    score: float

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.spots[0].x0

    @property
    def x1(self) -> float:
        """The right edge."""
        return self.spots[-1].x1

    @property
    def left_edge(self) -> float:
        """Where the text begins in whose midst it stands (the same label in another language, most often)."""
        before = self.spots[0].before
        return self.spots[0].piece.x0 if before and not before[-1].isalnum() else self.x0

    @property
    def piece(self) -> Piece:
        """Its place in the upright frame, level where it is split over boxes."""
        first, last = self.spots[0].piece, self.spots[-1].piece
        y = (first.cy + last.cy) / 2
        return Piece(first.lines, (self.x0, y), (self.x1, y), max(first.height, last.height))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of lines that it takes."""
        pieces = itertools.groupby(self.spots, key=lambda spot: id(spot.piece))
        runs = [list(run) for _, run in pieces]
        return tuple(Part(run[0].piece.lines[0], run[0].index, run[-1].index + 1) for run in runs)


def rows_of_lines(reading: Reading) -> list[list[Piece]]:
    """The printed rows of a reading, flat. Text that runs down has neither labels nor values."""
    return printed_rows(piece for piece in flattened(pieces_of(reading)) if not piece.tall)


def find_labels(rows: Sequence[Sequence[Piece]], labels: Sequence[Label]) -> list[Mark]:
    """The labels on these rows, from top left; where two claim the same characters, the longer one.

    Misread forms are looked for only where a field has no label that was read exactly, and right below such a one,
    where its translation stands.
    """
    spots = [_spots(row) for row in rows]
    forms = list(_forms(labels))
    exact = _without_overlap(
        Mark(label, number, match, 1.0)
        for form, label in forms
        for number, row in enumerate(spots)
        for match in _exact(form, row)
    )
    sure = _plausible(exact)
    seen = {mark.label.key for mark in sure if mark.label}
    taken = {_place(spot) for mark in sure for spot in mark.spots}
    possible = (
        Mark(label, number, match, score)
        for form, label in forms
        if label and 2 * units(form) >= _LEAST_LETTERS
        for number, row in enumerate(spots)
        for match, score in _misread(form, [spot for spot in row if _place(spot) not in taken])
    )
    misread = _without_overlap(
        mark for mark in possible if mark.label and (mark.label.key not in seen or is_translation(mark, sure))
    )
    # A label in the middle of a box may owe its standing to a misread one before it.
    return _in_one(_plausible(_without_overlap(exact + misread)), spots)


def takers(marks: Sequence[Mark]) -> list[Mark]:
    """The labels that have values: all but texts that end values, and labels' translations below them."""
    return [mark for mark in marks if mark.label and not is_translation(mark, marks)]


def is_translation(mark: Mark, marks: Iterable[Mark]) -> bool:
    """True where the same label stands right above it in another wording: both are one, printed in two languages."""
    place, text = mark.piece, _folded(mark)
    for other in marks:
        if other.label is not mark.label or _folded(other) == text:
            continue
        down = place.cy - other.piece.cy
        if (
            0 < down < _TRANSLATED_HEIGHTS * max(place.height, other.piece.height)
            and mark.x0 < other.x1
            and other.x0 < mark.x1
        ):
            return True
    return False


def _folded(mark: Mark) -> str:
    return "".join(spot.folded for spot in mark.spots)


def _in_one(marks: Sequence[Mark], rows: Sequence[Sequence[Spot]]) -> list[Mark]:
    """The marks, where a label follows itself in another language both as one."""
    merged: list[Mark] = []
    for mark in marks:
        before = merged[-1] if merged else None
        if before and before.row == mark.row and before.label is mark.label and _next_to(before, mark, rows[mark.row]):
            merged[-1] = Mark(mark.label, mark.row, before.spots + mark.spots, max(before.score, mark.score))
        else:
            merged.append(mark)
    return merged


def _next_to(before: Mark, after: Mark, row: Sequence[Spot]) -> bool:
    nothing_between = not any(before.x1 < spot.x0 and spot.x1 < after.x0 for spot in row)
    return nothing_between and _hangs_together((before.spots[-1], after.spots[0]))


def _forms(labels: Sequence[Label]) -> Iterator[tuple[str, Label | None]]:
    for label in labels:
        yield from ((folded(form), label) for form in label.labels)
        yield from ((folded(stop), None) for stop in label.stop)


def folded(text: str) -> str:
    """Letters and digits only, without regard to width, case and accents of form (Unicode NFKC)."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _spots(row: Sequence[Piece]) -> list[Spot]:
    """The letters and digits of a row, from left to right."""
    spots = []
    for piece in row:
        line = piece.lines[0]
        for index, char in enumerate(line.text):
            for letter in folded(char):
                begin, end = place_of(line, index)
                spots.append(Spot(letter, piece, index, piece.x0 + begin * piece.width, piece.x0 + end * piece.width))
    return spots


def _place(spot: Spot) -> tuple[int, int]:
    return id(spot.piece), spot.index


def _exact(form: str, row: Sequence[Spot]) -> Iterator[tuple[Spot, ...]]:
    """Where a row says exactly this, as words of their own."""
    text = "".join(spot.folded for spot in row)
    at = text.find(form) if form else -1
    while at >= 0:
        match = tuple(row[at : at + len(form)])
        if _hangs_together(match) and _is_whole(match):
            yield match
        at = text.find(form, at + 1)


def _misread(form: str, row: Sequence[Spot]) -> Iterator[tuple[tuple[Spot, ...], float]]:
    """The place on a row that is most like this, with its score, where it begins a line or follows a sign or blank."""
    text = "".join(spot.folded for spot in row)
    if len(text) < len(form) - 1:
        return
    found = fuzz.partial_ratio_alignment(form, text, score_cutoff=_LEAST_RATIO)
    if found is None or found.dest_end - found.dest_start < len(form) - 1:
        return
    match = tuple(row[found.dest_start : found.dest_end])
    if _hangs_together(match) and _is_whole(match) and _is_set_apart(match[0]):
        yield match, found.score / 100 * _MISREAD_FACTOR


def _hangs_together(match: Sequence[Spot]) -> bool:
    """True where no two neighbours are farther apart than spaced-out labels are."""
    return all(b.x0 - a.x1 <= _SPACED_EM * a.piece.em for a, b in itertools.pairwise(match))


def _is_whole(match: Sequence[Spot]) -> bool:
    """False where a Latin word is cut, or a single wide letter out of a text.

    A capital after a small letter begins a word: readers drop blanks.
    """
    if len(match) == 1 and is_wide(match[0].char) and (match[0].before[-1:].isalnum() or match[0].after[:1].isalnum()):
        return False
    before, first, last, after = match[0].before[-1:], match[0].char, match[-1].char, match[-1].after[:1]
    return not (_continues(before, first) or _continues(last, after))


def _continues(left: str, right: str) -> bool:
    letters = left.isalpha() and right.isalpha() and not is_wide(left) and not is_wide(right)
    return letters and not (left.islower() and right.isupper())


def _is_set_apart(spot: Spot) -> bool:
    """True where a line begins with it, or a blank or sign stands before it."""
    return not any(c.isalnum() for c in spot.before) or not spot.before[-1].isalnum()


def _plausible(marks: Iterable[Mark]) -> list[Mark]:
    """The marks without those inside a longer text, such as the name of a street.

    Inside a box a label is set apart by a blank or sign, or a colon follows it, or the value before it is short and
    has a label of its own, or is a rest of one.
    """
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.row, m.x0)):
        first, last = mark.spots[0], mark.spots[-1]
        set_apart = _is_set_apart(first) or last.after.lstrip()[:1] in _COLONS
        if set_apart or _ends_value(kept, first) or _follows_a_cut_value(mark):
            kept.append(mark)
    return kept


def _follows_a_cut_value(mark: Mark) -> bool:
    """True for a long label behind a digit or two of the value before it, where the detector has cut that."""
    before = mark.spots[0].before.strip()
    return len(mark.spots) >= _LONG_LABEL_CHARS and len(before) <= 2 and before.isdigit()


def _ends_value(before: Sequence[Mark], first: Spot) -> bool:
    """True where the text before `first` is the short value of the label before it in the same box."""
    if not before or before[-1].spots[-1].piece is not first.piece:
        return False
    label, end = before[-1].label, before[-1].spots[-1].index + 1
    return label is not None and label.lines == 1 and first.index - end <= _SHORT_VALUE_CHARS


def _without_overlap(marks: Iterable[Mark]) -> list[Mark]:
    """The marks, each character in one of them: the longer, then the surer label has it."""
    kept: list[Mark] = []
    taken: set[tuple[int, int]] = set()
    for mark in sorted(marks, key=lambda m: (-len(m.spots), -m.score, m.row, m.x0)):
        places = {_place(spot) for spot in mark.spots}
        if not places & taken:
            taken |= places
            kept.append(mark)
    return kept
