"""The line that says a document's title."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ocrcli.forms.form import compact
from ocrcli.page import Line, Reading

_LONGEST_TITLE = 2.5  # times the title: a longer line mentions it
_BEFORE_TITLE = 8  # characters: the name of a place or an authority
_LEAST_RATIO = 80.0  # rapidfuzz's, 0..100


def title_on(reading: Reading, titles: Sequence[str]) -> tuple[Line, str] | None:
    """The line that says one of these titles best, and no more than a place's or an authority's name before it, with
    the title that it says; None where none does."""
    from rapidfuzz import fuzz

    from ocrcli.layout.runs import runs

    best: tuple[float, Line, str] | None = None
    for line in (*reading.lines, *runs(reading)):
        bare = compact(unicodedata.normalize("NFKC", line.text))
        for title in titles:
            short = len(title) - 1 <= len(bare) <= max(_LONGEST_TITLE * len(title), len(title) + _BEFORE_TITLE)
            alike = fuzz.partial_ratio(unicodedata.normalize("NFKC", title), bare) if short else 0.0
            if alike >= _LEAST_RATIO and (best is None or alike > best[0]):
                best = alike, line, title
    return best[1:] if best else None
