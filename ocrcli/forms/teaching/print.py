"""Where a known value is printed on a page, and what is printed around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ocrcli.forms.form import Form, compact, words
from ocrcli.forms.ready import FORMS, TEXT
from ocrcli.forms.reread import under_grammar
from ocrcli.layout.labels import rows_of_lines
from ocrcli.layout.parts import Part, place_of
from ocrcli.layout.rows import shared_height
from ocrcli.layout.upright import Piece
from ocrcli.page import Line, Reading

BETWEEN = " \t\u3000:：.．·,，;；、|/"  # what sets a label apart from its value
_LONGEST_LABEL = 24  # characters
_FEWEST_LETTERS = 2  # of a label
_ENOUGH = 3  # characters behind a value tell where it ends
_FARTHEST_EM = 25.0  # of a label to the left of its value …
_FARTHEST_ROWS = 3.5  # … and of one above it, in line heights
_ROW_BLANK = 1.2  # line heights between the rows of one value, at most
# Forms in which a value may be printed otherwise than it is given, the more telling ones first.
_TELLING = (
    "citizen-number", "uscc", "vin", "card-number", "registration-number", "masked-citizen-number", "plate", "date",
    "period-first", "period-last", "month-year", "time", "amount-words", "amount", "e-mail", "number",
)  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A place where a value stands: the piece of its first row, from character `start` on; all its rows; its form.

    `x0`, `y0`, `x1`, `y1` are the value's box in the upright frame.
    """

    piece: Piece
    start: int
    end: int
    rows: tuple[Piece, ...]
    form: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def before(self) -> str:
        """What stands before the value in its own line."""
        return self.piece.text[: self.start]

    @property
    def behind(self) -> str:
        """What stands right behind the value in its own line: a unit, or a word that goes on; "" where nothing does."""
        rest = self.piece.text[self.end :] if len(self.rows) == 1 else ""
        return rest[:_ENOUGH].strip() if rest[:1].strip() else ""


class Print:
    """The printed rows of a page in the upright frame."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rows: list[list[Piece]] = [list(row) for row in rows_of_lines(reading)]

    @cached_property
    def pieces(self) -> list[Piece]:
        """All pieces, row by row."""
        return [piece for row in self.rows for piece in row]

    def spots(self, value: str) -> list[Spot]:
        """Every place where this value is printed: as it is given, in another form of it, or over several rows."""
        found = [spot for piece in self.pieces for spot in self._in_piece(piece, value)]
        return found or [spot for piece in self.pieces for spot in self._over_rows(piece, value)]

    def _in_piece(self, piece: Piece, value: str) -> Iterator[Spot]:
        line = piece.lines[0]
        plain = _within(line.text, value)
        for start, end in plain:
            yield _spot(piece, start, end, (piece,), _form_of(Part(line, start, end).as_line(), value))
        if plain:
            return
        for name in _TELLING:
            if _says(line, FORMS[name], value):
                start, end = _extent(line, FORMS[name], value)
                yield _spot(piece, start, end, (piece,), name)
                return

    def _over_rows(self, piece: Piece, value: str) -> Iterator[Spot]:
        """A value that goes on in the rows below its first."""
        wanted = compact(value)
        for start in range(len(piece.text)):
            head = compact(piece.text[start:])
            if len(head) >= 2 and wanted.startswith(head) and len(head) < len(wanted):
                rows = self._rest(piece, start, wanted[len(head) :])
                if rows:
                    yield _spot(piece, start, len(piece.text), (piece, *rows), TEXT.name)
                    return

    def _rest(self, above: Piece, start: int, wanted: str) -> list[Piece]:
        """The pieces of the rows below that say the rest; none where they say something else."""
        left = above.x0 + place_of(above.lines[0], start)[0] * above.width
        rows: list[Piece] = []
        last = above
        while wanted:
            below = [
                piece
                for piece in self.pieces
                if piece.cy - last.cy > 0 and piece.y0 - last.y1 <= _ROW_BLANK * last.height
                and piece.x0 < above.x1 and left - 2 * above.em < piece.x1
                and wanted.startswith(compact(piece.text)) and compact(piece.text)
            ]  # fmt: skip
            if not below:
                return []
            last = min(below, key=lambda piece: piece.cy)
            rows.append(last)
            wanted = wanted[len(compact(last.text)) :]
        return rows

    def to_the_left(self, spot: Spot, taken: Sequence[Spot]) -> str:
        """The label in front of a value: in its own line, or as the next print on its row; "" where there is none."""
        if own := _label_in(spot, taken):
            return own
        if spot.before.strip(BETWEEN):
            return ""
        beside = [
            piece
            for piece in self.pieces
            if piece.x1 <= spot.x0 + 0.5 * piece.em and shared_height(piece, spot.piece) > 0.3
        ]
        nearest = max(beside, key=lambda piece: piece.x1, default=None)
        if nearest is None or spot.x0 - nearest.x1 > _FARTHEST_EM * nearest.em or _is_value(nearest, taken):
            return ""
        return as_label(nearest.text)

    def above(self, spot: Spot, taken: Sequence[Spot]) -> str:
        """The label over a value: the next print above it that shares its column; "" where there is none.

        What stands behind a label on its own row is that one's value, unless both are heads over values.
        """
        over = [
            piece
            for piece in self.pieces
            if piece.cy < spot.y0 and piece.x0 < spot.x1 and spot.x0 < piece.x1 and piece is not spot.piece
        ]
        nearest = max(over, key=lambda piece: piece.cy, default=None)
        if nearest is None or spot.y0 - nearest.y1 > _FARTHEST_ROWS * nearest.height or _is_value(nearest, taken):
            return ""
        left = [p for p in self.pieces if p.x1 <= nearest.x0 and shared_height(p, nearest) > 0.3]
        if left and not self._is_head(max(left, key=lambda p: p.x1), taken):
            return ""
        return as_label(nearest.text)

    def _is_head(self, piece: Piece, taken: Sequence[Spot]) -> bool:
        """True for a print right above a value."""
        near = _FARTHEST_ROWS * piece.height
        return any(0 < s.y0 - piece.cy < near and piece.x0 < s.x1 and s.x0 < piece.x1 for s in taken)

    def fixed(self, taken: Sequence[Spot]) -> list[Piece]:
        """The pieces on which no value stands."""
        return [piece for piece in self.pieces if not _is_value(piece, taken)]

    def count(self, text: str) -> int:
        """How many lines hold this text."""
        return sum(compact(text) in compact(piece.text) for piece in self.pieces)


def as_label(text: str) -> str:
    """A print as a label; "" where it is none: too long, with digits, which change, or with fewer than two letters."""
    bare = words(text).strip(BETWEEN)
    letters = sum(map(str.isalpha, bare))
    return bare if letters >= _FEWEST_LETTERS and len(bare) <= _LONGEST_LABEL and not re.search(r"\d", bare) else ""


def _label_in(spot: Spot, taken: Sequence[Spot]) -> str:
    """The label that stands in the value's own line: what follows the last value, or the last wide blank, before it."""
    ends = [other.end for other in taken if other.piece is spot.piece and other.end <= spot.start]
    before = spot.piece.text[max(ends, default=0) : spot.start]
    return as_label(before.rstrip(BETWEEN).split("  ")[-1].split("\u3000")[-1])


def _is_value(piece: Piece, taken: Sequence[Spot]) -> bool:
    return any(piece is row or piece.lines == row.lines for spot in taken for row in spot.rows)


def _spot(piece: Piece, start: int, end: int, rows: tuple[Piece, ...], form: str) -> Spot:
    line = piece.lines[0]
    x0 = piece.x0 + place_of(line, start)[0] * piece.width
    last = piece.x0 + place_of(line, end - 1)[1] * piece.width
    x1 = max([last, *(row.x1 for row in rows[1:])])
    return Spot(
        piece, start, end, rows, form,
        min([x0, *(row.x0 for row in rows[1:])]), min(row.y0 for row in rows), x1, max(row.y1 for row in rows),
    )  # fmt: skip


def _within(text: str, value: str) -> list[tuple[int, int]]:
    """Where a text says this value, blanks left out, as no part of a longer number or Latin word."""
    kept = [(i, c) for i, char in enumerate(text) for c in unicodedata.normalize("NFKC", char) if not c.isspace()]
    bare, wanted = "".join(c for _, c in kept), compact(unicodedata.normalize("NFKC", value))
    found, at = [], bare.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if not (_continues(bare[at - 1 : at], wanted[0]) or _continues(wanted[-1], bare[end : end + 1])):
            found.append((kept[at][0], kept[end - 1][0] + 1))
        at = bare.find(wanted, at + 1)
    return found


def _continues(left: str, right: str) -> bool:
    ascii_word = left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
    return ascii_word or (left in {".", "-"} and right.isdigit() and left != "")


def _form_of(line: Line, value: str) -> str:
    """The name of the most telling form that makes this value of its print."""
    return next((name for name in _TELLING if _is_whole(name, value) and _says(line, FORMS[name], value)), TEXT.name)


def _says(line: Line, form: Form, value: str) -> bool:
    """True where a print is of this form, and is this value in it; a form with a check digit must pass."""
    if not form.may_be(line.text):
        return False
    if form.grammar is None:
        return form.normal(line.text) == value
    found = under_grammar(line, form)
    return found is not None and form.normal(found.text) == value and found.passed is not False


def _is_whole(name: str, value: str) -> bool:
    """False for whole numbers as amounts: they may as well be years, counts or codes."""
    return name not in ("amount", "number") or "." in value


def _extent(line: Line, form: Form, value: str) -> tuple[int, int]:
    """The first and last characters that it takes to read a value printed in another form than it is given in."""
    start, end = 0, len(line.text)

    def says(start: int, end: int) -> bool:
        return _says(Part(line, start, end).as_line(), form, value)

    while start + 1 < end and says(start + 1, end):
        start += 1
    while end - 1 > start and says(start, end - 1):
        end -= 1
    return start, end
