"""Columns of numbers and dates: cells that say nearly one are read under the grammar of their column."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ocrcli.checks import Rule, dates
from ocrcli.engine.decoding import Guided, lattice_of, read_as
from ocrcli.engine.grammar import Grammar, Row, Slot
from ocrcli.engine.grammars import DATE, DIGITS, grammar
from ocrcli.page import Cell, Line

RULE = Rule("form-of-column", "own")

_FEWEST = 3  # cells that say what a column holds
_MOST = 0.7  # share of a column's filled cells that do
_FEWEST_ALIKE = 4  # that have as many decimals, or a sign for hundredths, before the last one is asked for the same
_LONGEST = 20  # characters; nothing longer is looked at

# Nats by which a reading may be less likely under the grammar than without.
_BENT = 6.5  # where the plain reading has digits, but is no number
_BENT_WORD = 2.0  # where it has none
_BENT_NUMBER = 3.0  # where it is a number, but not in the form of its column

_SIGNS, _CURRENCIES, _PER = "-+", "¥$€£", "%‰"
_DASH = "—"
_READ_FOR = {"¥": "￥", "£": "￡", "-": "一ー"}  # what is read for a sign, besides its wide form
# Signs that others are taken for.
_MISREAD = re.escape(_SIGNS + _CURRENCIES + _PER + "()[]{}.,:;'`´’·。、，．：；—–−°￥％（）|/")
_NUMBER = re.compile(
    rf"\(?[{_SIGNS}]?[{_CURRENCIES}]?(\d{{1,3}}(,\d{{3}})+|\d+)(\.(?P<decimals>\d+))?([.,]?\d*E[-+]?\d+)?"
    rf"(?P<per>[{_PER}])?\)?"
)

_POINTED = re.compile(r"\d[.,]\d{3}\.(\d{1,2}|\d{4,})(\D|$)")  # 20.075.47: as 1.234.567, whole numbers are printed too


@dataclass(frozen=True, slots=True)
class Form:
    """What the cells of a column look like: dates; or numbers, with a sign for hundredths, and so many decimals each
    (None: as many as they like)."""

    is_date: bool = False
    per: bool = False
    decimals: int | None = None

    def fits(self, text: str) -> bool:
        """True for a text that has this form."""
        if self.is_date:
            return _is_date(text)
        found = _NUMBER.fullmatch(_plain(text))
        if found is None or (self.per and not found["per"]):
            return False
        return self.decimals is None or len(found["decimals"] or "") == self.decimals


@dataclass(frozen=True, slots=True)
class Governed:
    """A cell whose text the grammar of its column chose; `guided` tells how. `line` is where it was read."""

    text: str
    guided: Guided
    line: Line


def governed(cells: Sequence[Cell], lines: Sequence[Sequence[Line]]) -> dict[int, Governed]:
    """The cells, by their number in the sequence, that say something else under the grammar of their column.

    `lines` are the lines of each cell. Only cells of one line that was read from a picture are looked at.
    """
    found: dict[int, Governed] = {}
    for column in {cell.column for cell in cells}:
        own = [i for i, cell in enumerate(cells) if cell.column == column and cell.column_span == 1 and cell.text]
        form = form_of([cells[i].text for i in own])
        if form is None:
            continue
        head = next(at for at, i in enumerate(own) if _is_value(cells[i].text))
        for i in own[head:]:
            if len(lines[i]) == 1 and (value := _read_in_form(lines[i][0], form)):
                found[i] = value
    return found


def form_of(texts: Sequence[str]) -> Form | None:
    """The form of a column with these texts, its head among them; None where most are neither numbers nor dates."""
    body = texts[1:] if texts and not _is_value(texts[0]) else texts
    if (count := sum(map(_is_date, body))) >= _FEWEST and count >= _MOST * len(body):
        return Form(is_date=True)
    numbers = [found for text in body if (found := _number(text))]
    if len(numbers) < _FEWEST or len(numbers) < _MOST * len(body):
        return None
    # One that differs may be the one that was misread.
    decimals, alike = Counter(len(found["decimals"] or "") for found in numbers).most_common(1)[0]
    per = sum(bool(found["per"]) for found in numbers)
    most = max(_FEWEST_ALIKE, len(numbers) - 1)
    return Form(per=per >= most, decimals=decimals if decimals and alike >= most else None)


def _is_value(text: str) -> bool:
    return _is_date(text) or _number(text) is not None


def _number(text: str) -> re.Match[str] | None:
    """The text as a number, whose commas may have been taken for points: no number has points and decimals."""
    plain = _plain(text)
    return _NUMBER.fullmatch(plain) or (
        _NUMBER.fullmatch(re.sub(r"\.(?=.*\.)", ",", plain)) if _POINTED.search(plain) else None
    )


def _is_date(text: str) -> bool:
    return not text.isdigit() and dates.parse(text) is not None


def _plain(text: str) -> str:
    """The text with wide signs as narrow ones, and without blanks that no two digits stand beside."""
    narrow = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-")
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", narrow)


def _read_in_form(line: Line, form: Form) -> Governed | None:
    """The line as its column's form has it; None where it has that form, or would have to be bent too much."""
    text = line.text.strip()
    if form.fits(text) or line.lattice is None or line.vertical or len(text) > _LONGEST:
        return None
    # Signs alone say that there is no value; arrows and asterisks mean something; a blank between digits may part two
    # values as well as hide a point.
    if not any(map(str.isalnum, text)) or re.search(rf"\d\s+\d|[^\w\s{_MISREAD}]", text):
        return None
    guided = read_as(lattice_of(line), grammar_of(form))
    if guided is None or guided.misfit > _allowed(text):
        return None
    said = _DASH if guided.text == "-" else guided.text
    return Governed(said, guided, line) if said != text else None


def _allowed(text: str) -> float:
    if _is_date(text) or _NUMBER.fullmatch(_plain(text)):
        return _BENT_NUMBER
    return _BENT if any(char.isdigit() for char in text) else _BENT_WORD


@cache
def grammar_of(form: Form) -> Grammar:
    """What may stand in a column of this form; a dash alone stands for nothing."""
    if form.is_date:
        return DATE
    plain = [*_numbers(form)]
    bracketed = [(Slot("("), *row, Slot(")")) for row in plain]
    nothing = (Slot("-"),)
    rows = map(Row, (*plain, *bracketed, *(() if form.per else _scientific()), nothing))
    return grammar("number", *rows, alike=_READ_FOR)


def _numbers(form: Form) -> Iterator[tuple[Slot, ...]]:
    """Plain ones and ones with a comma after each three digits, with and without decimals."""
    before = (Slot(_SIGNS, 0), Slot(_CURRENCIES, 0))
    grouped = [(Slot(DIGITS, 1, 3), *(Slot(","), Slot(DIGITS, 3, 3)) * groups) for groups in (1, 2, 3)]
    decimals = (Slot("."), Slot(DIGITS, form.decimals or 1, form.decimals or 8))
    for whole in [(Slot(DIGITS, 1, 15),), *grouped]:
        for fraction in [decimals] if form.decimals else [(), decimals]:
            yield (*before, *whole, *fraction, Slot(_PER, int(form.per)))


def _scientific() -> Iterator[tuple[Slot, ...]]:
    """1.5E-05, its decimals set off by a point or a comma."""
    for point in ".,":
        yield (
            *(Slot(_SIGNS, 0), Slot(DIGITS, 1, 3), Slot(point), Slot(DIGITS, 1, 8)),
            *(Slot("E"), Slot(_SIGNS, 0), Slot(DIGITS, 1, 3)),
        )
