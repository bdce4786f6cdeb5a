"""What may stand in a value, declared: slots in a row, their alphabets, and the sums their characters must satisfy.

Pure data and cheap to import: a service names its grammar without loading numpy. `engine/decoding.py` reads with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

MOST_RIVALS = 3  # candidates, the value among them, of which the shares of probability are counted


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for `least` to `most` characters of one alphabet."""

    alphabet: str
    least: int = 1
    most: int = 1

    def __post_init__(self) -> None:
        if not self.alphabet or not 0 <= self.least <= self.most or self.most == 0:
            raise ValueError(f"a slot needs an alphabet and 0 <= least <= most, most > 0: {self}")


@dataclass(frozen=True, slots=True)
class Words:
    """One or more words of one alphabet, set apart by single characters of another."""

    letters: str
    between: str
    least = 1
    most = 1_000  # as many as the row's length allows

    def __post_init__(self) -> None:
        if not self.letters or not self.between or set(self.letters) & set(self.between):
            raise ValueError(f"words need letters, and something else between them: {self}")

    @property
    def alphabet(self) -> str:
        """All its characters."""
        return self.letters + self.between


Piece = Slot | Words


@dataclass(frozen=True, slots=True)
class Sum:
    """A check digit's rule: the terms of all characters add up to `remainder` modulo `modulus`.

    `term(place, character)` is what a character adds, None where the rule forbids it; places count from the end as
    Python's indices do, -1 for the last. A check character stands in the sum like any other, with a weight that makes
    it come out.
    """

    modulus: int
    remainder: int
    term: Callable[[int, str], int | None]

    def holds(self, text: str) -> bool:
        """True where the text satisfies the rule."""
        terms = [self.term(i - len(text), character) for i, character in enumerate(text)]
        return None not in terms and sum(t for t in terms if t) % self.modulus == self.remainder


@dataclass(frozen=True, slots=True)
class Row:
    """One form of a value: what stands in it from left to right, and the sums that bind it.

    With sums every slot has a fixed length. `length`: so many characters has the whole, however they are shared out;
    rows with words need one.
    """

    slots: tuple[Piece, ...]
    sums: tuple[Sum, ...] = ()
    length: int | None = None

    def __post_init__(self) -> None:
        if not any(slot.least for slot in self.slots):
            raise ValueError("a row needs a slot that cannot be left out")
        if self.length is None and any(isinstance(slot, Words) for slot in self.slots):
            raise ValueError("a row with words needs its length")
        fewest, most = (sum(getattr(slot, bound) for slot in self.slots) for bound in ("least", "most"))
        if self.length is not None and not fewest <= self.length <= most:
            raise ValueError(f"a row of {fewest} to {most} characters cannot have {self.length}")
        if self.sums and any(slot.least != slot.most for slot in self.slots):
            raise ValueError("a row with sums has a fixed length: write one row for each length")


@dataclass(frozen=True, slots=True)
class Grammar:
    """A value's forms.

    `separators` may be printed before, between and after its characters, any number of them, and are no part of the
    value. `variants` are pairs of a character and others printed for it ("X", "x×"): the recogniser's classes for all
    of them count as the one. `accepts` is a check that is no sum (a date that exists). `fence`: inside a longer line
    the value is not taken where one of these touches it; None means the first and last slots' alphabets, so that no
    number is cut out of a longer one.
    """

    name: str
    rows: tuple[Row, ...]
    separators: str = " "
    variants: tuple[tuple[str, str], ...] = ()
    accepts: Callable[[str], bool] | None = None
    fence: str | None = None

    def __post_init__(self) -> None:
        letters = {character for row in self.rows for slot in row.slots for character in slot.alphabet}
        others = "".join(printed for _, printed in self.variants)
        meant = [*letters, *self.separators, *others]
        if len(meant) != len(set(meant)):
            raise ValueError(f"{self.name}: a character is either a letter, a separator or a variant of one letter")
        if unknown := {letter for letter, _ in self.variants} - letters:
            raise ValueError(f"{self.name}: variants of letters that no slot has: {sorted(unknown)}")

    @property
    def checked(self) -> bool:
        """True where a reading can pass or fail."""
        return self.accepts is not None or any(row.sums for row in self.rows)

    def only(self, texts: Iterable[str]) -> Grammar:
        """The grammar of these values and no others, without checks. What has a fence must name it."""
        rows = tuple(Row(tuple(map(Slot, text))) for text in texts)
        letters = {slot.alphabet for row in rows for slot in row.slots}
        variants = tuple((letter, printed) for letter, printed in self.variants if letter in letters)
        return replace(self, rows=rows, variants=variants, accepts=None)
