"""How much a PDF page paints, found out before anything is made of it: a few KB of a file can stand for millions of
characters and lines, and each becomes an object here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pymupdf

MOST_CHARACTERS = 200_000  # of a page; each takes about a KB on its way
MOST_PATHS = 200_000  # of a page, in which ruling lines are looked for
MOST_PATH_BYTES = 8 << 20  # the same in steps: a line takes some 10 bytes, a box 37

_LIB = pymupdf.mupdf
_CALLS = ("fill_path", "stroke_path", "fill_text", "stroke_text", "clip_text", "clip_stroke_text", "ignore_text")


@dataclass
class Weight:
    """What was counted; counting ends where it is too much."""

    characters: int = 0
    paths: int = 0
    path_bytes: int = 0

    @property
    def has_too_much_text(self) -> bool:
        """True where the page has more than MOST_CHARACTERS."""
        return self.characters > MOST_CHARACTERS

    @property
    def has_too_many_paths(self) -> bool:
        """True where the page is rather a map or a drawing than a form with ruling lines."""
        return self.paths > MOST_PATHS or self.path_bytes > MOST_PATH_BYTES


def weight_of(shown: pymupdf.DisplayList) -> Weight:
    """What a page paints. To be called where MuPDF's errors are caught."""
    weight = Weight()
    scales = _Scales(weight)
    _LIB.fz_run_display_list(
        shown.this, scales, _LIB.FzMatrix(), _LIB.FzRect(_LIB.FzRect.Fixed_INFINITE), scales.cookie
    )
    _LIB.fz_close_device(scales)
    return weight


class _Scales(_LIB.FzDevice2):  # type: ignore[misc, name-defined]  # MuPDF's bindings have no types
    """A device that paints nothing and counts. MuPDF calls each method with its context first."""

    def __init__(self, weight: Weight) -> None:
        super().__init__()
        self.cookie = _LIB.FzCookie()
        self._weight = weight
        for name in _CALLS:
            getattr(self, f"use_virtual_{name}")()

    def fill_path(self, _: Any, path: Any, *__: Any) -> None:
        """A path."""
        self._weight.paths += 1
        self._weight.path_bytes += _LIB.ll_fz_packed_path_size(path)
        if self._weight.has_too_many_paths:  # text may come behind any number of them: that is still counted
            self.use_virtual_fill_path(False)
            self.use_virtual_stroke_path(False)

    stroke_path = fill_path

    def fill_text(self, _: Any, text: Any, *__: Any) -> None:
        """Characters, in spans of one font."""
        span = text.head
        while span:
            self._weight.characters += span.len
            span = span.next
        if self._weight.has_too_much_text:
            self.cookie.m_internal.abort = 1

    stroke_text = clip_text = clip_stroke_text = ignore_text = fill_text
