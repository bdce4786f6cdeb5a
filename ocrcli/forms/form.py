"""How print becomes a result value: what may be printed, its normal form, what it looks like, what makes it wrong.

Plain data and cheap to import, so that a declaration costs nothing. The ready-made forms are in `forms.ready`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from ocrcli.checks import Rule
from ocrcli.engine.grammar import Grammar, Row, Slot
from ocrcli.engine.grammars import BLANKS, variants

if TYPE_CHECKING:
    from random import Random

# What digits are misread as, for the question whether a text looks like a number at all.
_AS_DIGITS = str.maketrans("OoDQIl|SBZ", "0000111582")


def compact(text: str) -> str:
    """The text without blanks."""
    return "".join(text.split())


def words(text: str) -> str:
    """The text with single blanks, and none beside a wide character."""
    single = " ".join(text.split())
    return re.sub(r"(?<=[^\x00-\u02ff]) | (?=[^\x00-\u02ff])", "", single)


def unclosed(text: str) -> bool:
    """True for a text whose last bracket is never closed: its rest was not read."""
    plain = unicodedata.normalize("NFKC", text)
    return plain.rfind("(") > plain.rfind(")")


@dataclass(frozen=True)
class Form:
    """The form of a value.

    `grammar`: what is printed, for reading the line again along its lattice; without one the text stands as it was
    read. `normal` gives the print's normal form, None where the print is no such value; the print then stands as it is,
    and is doubtful. `looks` is a regular expression that the print (blanks left out, full-width signs made plain) holds
    somewhere, and `place_in` stands for it where that takes a function: it says where in a text such a value stands. A
    `strict` form refuses a place whose print does not hold one, any other form only prefers one that does.
    `rule` and `fault` are the check that each value of this form is put to: `fault` says in words what is wrong with a
    normal form, `fault_on` what is wrong with it on a day (a birth date that has not come yet). `applies`: the check is
    for such values only (a masked number has no check digit). `check_digit`: the grammar's own check is one, though it
    is no weighted sum. `signs` are those in which meaning lies: an unclear one makes the value doubtful, too. `sample`
    invents a print, for drawn specimens; without one it follows from the grammar.
    """

    name: str
    grammar: Grammar | None = None
    normal: Callable[[str], str | None] = words
    looks: str = ""
    place_in: Callable[[str], tuple[int, int] | None] | None = None
    strict: bool = False
    rule: Rule | None = None
    fault: Callable[[str], str | None] | None = None
    fault_on: Callable[[str, date], str | None] | None = None
    applies: Callable[[str], bool] | None = None
    check_digit: bool = False
    signs: str = ""
    sample: Callable[[Random], str] | None = None

    def may_be(self, text: str) -> bool:
        """True where a printed text may be such a value, digits misread as letters included."""
        bare = compact(unicodedata.normalize("NFKC", text))
        if self.place_in is not None:
            return self.place_in(text) is not None or self.place_in(bare) is not None
        return not self.looks or any(re.search(self.looks, form) for form in (bare, bare.translate(_AS_DIGITS)))

    def within(self, text: str) -> tuple[int, int] | None:
        """Where in a text such a value stands, as its looks alone tell; None where they don't."""
        if self.place_in is not None:
            return self.place_in(text)
        match = re.search(self.looks, text) if self.looks else None
        return match.span() if match else None

    @property
    def proves(self) -> bool:
        """True where a value can prove itself by a check digit."""
        return self.grammar is not None and (self.check_digit or any(row.sums for row in self.grammar.rows))


def one_of(
    name: str,
    values: Sequence[str],
    *,
    rule: Rule | None = None,
    fault: Callable[[str], str | None] | None = None,
    most: int = 1,
    between: str = "",
    apart: str = "",
) -> Form:
    """The form of a value that is one of these, or up to `most` of them in a row, set apart by a sign in `between`.

    In the normal form `apart` stands between several.

    Read along the lattice, so that a misread character does not lose the value. What is printed but none of these
    stands as it is, and is doubtful.
    """
    letters = {c for value in values for c in value}
    known = {compact(value): value for value in values}
    rows = tuple(Row(tuple(map(Slot, value))) for value in known)
    separators = "".join(c for c in BLANKS + between if c not in letters)
    signs = variants(letters & set(map(chr, range(33, 127))))
    grammar = Grammar(name, rows, separators=separators, variants=signs, fence=_fence(tuple(known)))

    def normal(text: str) -> str | None:
        return known.get(compact(text))

    form = Form(name, grammar, normal) if most == 1 else _several(name, values, between, apart)
    return replace(form, rule=rule, fault=fault)


def _fence(values: Sequence[str]) -> str:
    """What must not touch a value: the ends of any, and what is beside it in a longer one, as 约 before 出租客运."""
    known, beside = set(values), {end for value in values for end in (value[0], value[-1])}
    for longer in values:
        for start, end in combinations(range(len(longer) + 1), 2):
            if longer[start:end] in known and end - start < len(longer):
                beside.update(longer[max(0, start - 1) : start] + longer[end : end + 1])
    return "".join(sorted(beside))


def _several(name: str, values: Sequence[str], between: str, apart: str) -> Form:
    """One or more of these in a row: too many rows for a grammar, so the plain text is cut into them."""
    parts = re.compile("(?:" + "|".join(sorted(map(re.escape, values), key=len, reverse=True)) + ")")

    def normal(text: str) -> str | None:
        bare = compact(text).upper()
        found = parts.findall(bare)
        left = parts.sub("", bare).strip(between)
        return apart.join(found) if found and not left.strip(between) else None

    return Form(name, normal=normal, sample=lambda rng: rng.choice(values))
