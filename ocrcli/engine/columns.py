"""Vertical writing: a column of upright characters is laid out as a row, which is what the recogniser knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.page import Char, Pixels

SQUARE = 1.15  # pieces of a character are put together up to this many times the column's width …
TWO = 1.7  # … and what is higher than this is more than one character
PAPER = 0.12  # a row of pixels with less than this share of the column's contrast is paper between characters


@dataclass(frozen=True)
class Laid:
    """A column laid out as a row: the picture, and where each of its cells came from (shares of the height)."""

    pixels: Pixels
    edges: tuple[tuple[float, float], ...]

    def places(self, chars: Sequence[Char]) -> tuple[Char, ...]:
        """The characters of the row, with their places along the column."""
        return tuple(replace(c, start=self._down(c.start), end=self._down(c.end)) for c in chars)

    def _down(self, share: float) -> float:
        at = share * len(self.edges)
        cell = min(int(at), len(self.edges) - 1)
        top, bottom = self.edges[cell]
        return top + (bottom - top) * min(1.0, at - cell)


def lay_out(column: Pixels) -> Laid:
    """The characters of a column (h × w × 3, upright) side by side, each in a square of the column's width."""
    height, width = column.shape[:2]
    spans = _spans(_ink(column), width)
    side = max(width, *(bottom - top for top, bottom in spans))
    paper = np.median(column.reshape(-1, 3), axis=0).astype(np.uint8)
    row = np.empty((side, side * len(spans), 3), np.uint8)
    row[:] = paper
    for i, (top, bottom) in enumerate(spans):
        y, x = (side - (bottom - top)) // 2, i * side + (side - width) // 2
        row[y : y + bottom - top, x : x + width] = column[top:bottom]
    return Laid(row, tuple((top / height, bottom / height) for top, bottom in spans))


def _ink(column: Pixels) -> NDArray[np.float32]:
    """How much each row of pixels differs from paper, 0..1."""
    grey = cv2.cvtColor(column, cv2.COLOR_BGR2GRAY).astype(np.float32)
    contrast = np.ptp(grey[:, grey.shape[1] // 8 : -(grey.shape[1] // 8) or None], axis=1)
    return np.asarray(contrast / max(1.0, float(contrast.max())), np.float32)


def _spans(ink: NDArray[np.float32], width: int) -> list[tuple[int, int]]:
    """Top and bottom of each character."""
    edges = np.flatnonzero(np.diff((ink > PAPER).astype(np.int8), prepend=0, append=0))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    joined: list[tuple[int, int]] = []
    for top, bottom in runs:
        if joined and bottom - joined[-1][0] <= SQUARE * width:
            joined[-1] = (joined[-1][0], bottom)
        else:
            joined.append((top, bottom))
    return [cell for span in joined for cell in _split(span, width)] or [(0, len(ink))]


def _split(span: tuple[int, int], width: int) -> list[tuple[int, int]]:
    """Characters that touch, taken apart evenly."""
    top, bottom = span
    count = round((bottom - top) / width) if bottom - top > TWO * width else 1
    cuts = [top + (bottom - top) * i // count for i in range(count + 1)]
    return list(pairwise(cuts))
