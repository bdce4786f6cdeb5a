"""A value that was found: what it is, and where it comes from. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ocrcli.finding import Evidence
from ocrcli.forms.doubt import NOT_OF_FORM


@dataclass(frozen=True, slots=True)
class Found:
    """A value in its normal form, with its evidence.

    `passed` and `chose` are what the form's own check says (engine.decoding.Guided): None where it has none.
    `value` is what the record gets where that is no text (a list, a picture, a truth value); `items` are the values of
    a list's objects, each with its own evidence.
    """

    text: str
    evidence: Evidence
    passed: bool | None = None
    chose: bool = False
    value: object = None
    items: tuple[Mapping[str, Found], ...] = ()

    @property
    def settled(self) -> bool:
        """True where no other place need be looked at: its check has spoken, or nothing is unsure."""
        return self.passed is not None or not self.evidence.doubtful

    @property
    def worth(self) -> tuple[bool, bool, bool]:
        """The larger, the better: what passes its check before what is sure, before what has its form at least."""
        return bool(self.passed), not self.evidence.doubtful, self.evidence.why != NOT_OF_FORM

    def doubted(self, why: str) -> Found:
        """The same value, doubtful for this reason; an earlier reason stands."""
        if self.evidence.doubtful:
            return self
        return replace(self, evidence=replace(self.evidence, why=why))
