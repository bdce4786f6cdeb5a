"""Checks of values: one file per standard, pure functions, no picture in sight.

Every file has a Rule (id and standard) for each check, `fault(value)` that says in plain English what is wrong (None
where the value passes), `passes(value)`, and what can be derived from the value.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A check's stable id and the standard it comes from, as records show them."""

    id: str
    standard: str
