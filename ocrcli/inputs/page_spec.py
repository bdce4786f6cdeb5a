"""Which pages of an input are wanted: the `--pages` option. Light: the command parses it before anything is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ocrcli.errors import UsageError

_PART = re.compile(r"(\d{1,9})(?:(-)(\d{1,9})?)?")


@dataclass(frozen=True)
class PageSpec:
    """Wanted pages as ranges of 1-based numbers, both ends included; an end of None is the last page."""

    ranges: tuple[tuple[int, int | None], ...]

    def select(self, count: int) -> list[int]:
        """The wanted pages that an input of `count` pages has, ascending, each once."""
        wanted: set[int] = set()
        for first, last in self.ranges:
            wanted.update(range(first, min(count, count if last is None else last) + 1))
        return sorted(wanted)

    def beyond(self, count: int) -> tuple[int, int | None] | None:
        """The first range of wanted pages that an input of `count` pages does not have, or None."""
        missing = [
            (max(first, count + 1), last)
            for first, last in self.ranges
            if first > count or (last is not None and last > count)
        ]
        return min(missing, key=lambda part: part[0], default=None)


def parse_pages(text: str) -> PageSpec:
    """`all`, or numbers and ranges: `2`, `1-3,7`, `5-` (from 5 to the end). Raises UsageError."""
    if text.strip().lower() == "all":
        return PageSpec(((1, None),))
    return PageSpec(tuple(_part(part.strip(), text) for part in text.split(",")))


def _part(part: str, whole: str) -> tuple[int, int | None]:
    match = _PART.fullmatch(part)
    if match is None:
        raise UsageError(f"--pages {whole!r}: {part!r} is no page; write for example 2, 1-3,7, 5- or all")
    first = int(match[1])
    last = first if match[2] is None else int(match[3]) if match[3] else None
    if first < 1:
        raise UsageError(f"--pages {whole!r}: pages count from 1")
    if last is not None and last < first:
        raise UsageError(f"--pages {whole!r}: {part!r} ends before it begins")
    return first, last
