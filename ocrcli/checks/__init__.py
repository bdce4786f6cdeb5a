"""Checks of values: one file per standard or table, pure functions, no picture in sight.

Every file has a Rule (id, standard, kind) for each check, `fault(value)` that says in plain English what is wrong (None
where the value passes), `passes(value)`, and what can be derived from the value. No file asks the clock: where a day
matters, it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

# What a check goes by: a character computed from the others; what a value may look like; a closed list; two values that
# must say the same; the calendar; arithmetic of amounts and measures.
Kind = Literal["check digit", "form", "list", "agreement", "date", "amount"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check's stable id and the standard it comes from, as records show them, and what it goes by."""

    id: str
    standard: str
    kind: Kind = "form"


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule of the files of this folder, by its id."""
    from importlib import import_module
    from pkgutil import iter_modules

    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    rules = (value for module in modules for value in vars(module).values() if isinstance(value, Rule))
    return {rule.id: rule for rule in rules}


def is_check_digit(rule: str) -> bool:
    """True for the id of a rule that computes a check digit or character; others compare fields, dates, sums."""
    known = all_rules().get(rule)
    return known is not None and known.kind == "check digit"
