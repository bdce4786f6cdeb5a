"""Result keys as people name them: by the key itself, or by the heading of its column in the service's workbook."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

_ALIKE = 0.6  # of difflib's ratio: what is less alike is not meant


def folded(name: str) -> str:
    """A heading without blanks, in one width and case: 价税合计 (大写) and 价税合计（大写） are one."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def key_of(name: str, keys: Iterable[str], headings: Mapping[str, str]) -> str | None:
    """The key that a person means, None where it is none. `headings` are keys by their headings."""
    known = {folded(heading): key for heading, key in headings.items()} | {folded(key): key for key in keys}
    return known.get(folded(name))


def nearest(name: str, keys: Iterable[str], headings: Mapping[str, str]) -> str | None:
    """The key or heading that the name looks most like, None where it looks like none."""
    known = {folded(told): told for told in (*keys, *headings)}
    found = get_close_matches(folded(name), known, n=1, cutoff=_ALIKE)
    return known[found[0]] if found else None
