"""What a measurement is made of: figures that add up over files, and what was read wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

Truth = TypeVar("Truth")
Read = TypeVar("Read")
PlainRecord = Mapping[str, Any]  # a record as ocrcli prints it


@dataclass(frozen=True)
class Tally:
    """`count` of `of`: right values of all values, wrong characters of all characters, or a sum of shares."""

    count: float = 0
    of: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.count + other.count, self.of + other.of)

    @property
    def share(self) -> float | None:
        """count / of, None where there was nothing to count."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True)
class Mismatch:
    """A value that was not read as it is. `read` is None where nothing was found."""

    key: str
    truth: str
    read: str | None


@dataclass
class Score:
    """The figures of one file."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    mismatches: list[Mismatch] = field(default_factory=list)

    def add(self, name: str, count: float, of: int) -> None:
        """Counts into the figure `name`."""
        self.tallies[name] = self.tallies.get(name, Tally()) + Tally(count, of)

    def value(self, key: str, truth: object, read: object) -> bool:
        """Compares one value (see `same`), notes it where it differs, and says whether it is right."""
        right = same(truth, read)
        if not right:
            self.mismatches.append(Mismatch(key, str(truth), None if read is None else str(read)))
        return right

    def merge(self, other: Score) -> None:
        """Takes another score's figures and mismatches in."""
        for name, tally in other.tallies.items():
            self.add(name, tally.count, tally.of)
        self.mismatches += other.mismatches


def folded(text: str) -> str:
    """Full-width and half-width forms as one (Unicode NFKC), runs of white space as one blank."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def bare(text: str) -> str:
    """Without any white space."""
    return "".join(text.split())


def same(truth: object, read: object) -> bool:
    """True where two values say the same: both null, or equal once folded."""
    if truth is None or read is None:
        return truth is None and read is None
    return folded(str(truth)) == folded(str(read))


def pair_up(
    truths: Sequence[Truth], reads: Sequence[Read], likeness: Callable[[Truth, Read], float | None]
) -> dict[int, int]:
    """Which read thing is which true thing: the likest pair first, each thing once; indices of `truths` → `reads`.

    `likeness` is None where two things can't be the same. Of equals the first pair is taken.
    """
    scored = [(i, j, likeness(truth, read)) for i, truth in enumerate(truths) for j, read in enumerate(reads)]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for i, j, like in sorted(scored, key=lambda s: -(s[2] or 0.0)):
        if like is not None and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def pages_read(records: Sequence[PlainRecord]) -> list[PlainRecord]:
    """The records without those of failures."""
    return [record for record in records if "error" not in record]
