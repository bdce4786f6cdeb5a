"""Regular expressions of the user's own: what must match, in a bounded time and a bounded size.

A user's expression may take exponentially long on a line of print, and a compiled count may fill the memory. The
standard library can stop neither: the package `regex` can be given a time, and counts are bounded here.

>>> Pattern(r"SH-\\d{4}").fault("SH-2024") is None
True
>>> Pattern(r"SH-\\d{4}").fault("SH-20")
'SH-20 is not as the expression SH-\\\\d{4} says'
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import prod
from typing import Any

from ocrcli.checks import Rule
from ocrcli.errors import OcrError

RULE = Rule("pattern", "the template", "form")

SECONDS = 0.5  # for one match on one line
LONGEST = 300  # characters of an expression
MOST_REPEATS = 10_000  # the counts in braces, multiplied: `regex` writes a count out when it compiles
_COUNT = re.compile(r"\{(\d*)(?:,(\d*))?\}")


class Pattern:
    """An expression that was checked. Raises ValueError saying what is wrong with one that cannot be used."""

    def __init__(self, text: str) -> None:
        self.text = text
        _compiled(text)

    def place_in(self, text: str) -> tuple[int, int] | None:
        """Where in a text the expression matches first: start and end. Raises OcrError("timeout")."""
        return self._place("search", text)

    def is_whole(self, text: str) -> bool:
        """True where the expression matches all of a text. Raises OcrError("timeout")."""
        return self._place("fullmatch", text) is not None

    def fault(self, value: str) -> str | None:
        """What is wrong with a value that must match wholly, None where nothing is. Raises OcrError("timeout")."""
        return None if self.is_whole(value) else f"{value} is not as the expression {self.text} says"

    def _place(self, how: str, text: str) -> tuple[int, int] | None:
        try:
            match = getattr(_compiled(self.text), how)(text, timeout=SECONDS)
        except TimeoutError:
            message = f"the regular expression {self.text} takes longer than {SECONDS:g} s on a line of print"
            advice = f"({len(text)} characters); write it without repeats inside repeats"
            raise OcrError("timeout", f"{message} {advice}") from None
        return match.span() if match else None


@lru_cache(maxsize=256)
def _compiled(text: str) -> Any:
    import regex

    if len(text) > LONGEST:
        raise ValueError(f"it is {len(text)} characters long; {LONGEST} are allowed")
    counts = [max((int(n) for n in found.groups() if n), default=1) for found in _COUNT.finditer(text)]
    if prod(max(1, count) for count in counts) > MOST_REPEATS:
        raise ValueError(f"its counts in braces multiply to more than {MOST_REPEATS}; use * or +")
    try:
        return regex.compile(text)
    except (regex.error, RecursionError, OverflowError) as error:
        raise ValueError(f"it is no regular expression: {error}") from None
