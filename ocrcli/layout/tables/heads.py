"""Heads on a coloured band: the rules inside it are white or none, so that the ruled table begins below it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from ocrcli.layout.sheet import Sheet, in_frame, middle
from ocrcli.layout.tables.grid import Grid
from ocrcli.layout.tables.standing import cells_of
from ocrcli.layout.upright import Piece

_CONTRAST = 40  # grey levels between the band and the paper
_SAME_GROUND_LEVELS = 25  # what differs by less is the same ground
_HIGHEST = 8.0  # print heights: higher bands are pictures


def with_head(grid: Grid, pieces: Sequence[Piece], sheet: Sheet) -> Grid:
    """A ruled grid of a picture, with the row added that stands on a band of another colour right above it."""
    top = _band_top(grid, sheet)
    if top is None:
        return grid
    words = [in_frame(piece, grid) for piece in pieces]
    head = [p for p in words if top <= p.cy < grid.ys[0] and grid.xs[0] <= p.cx < grid.xs[-1]]
    columns = list(itertools.pairwise(grid.xs))
    row = cells_of(0, head, columns)
    if sum(any(_stands_in(p, grid, span.column, span.columns) for p in head) for span in row) < 2:
        return grid
    below = [replace(span, row=span.row + 1) for span in grid.spans]
    return replace(grid, ys=(top, *grid.ys), spans=(*row, *below))


def _stands_in(piece: Piece, grid: Grid, column: int, columns: int) -> bool:
    x, _ = middle(piece)
    return grid.xs[column] <= x < grid.xs[column + columns]


def _band_top(grid: Grid, sheet: Sheet) -> float | None:
    """Where a band as wide as the grid begins that ends at its upper edge, in its frame; None where there is none."""
    if sheet.pixels is None:
        return None
    x0, y0, x1, _ = grid.box
    high = _HIGHEST * sheet.em
    (left, top), (right, _), (_, bottom), _ = grid.quad_of((x0, y0 - high, x1, y0))
    scale = high / (bottom - top)
    strip = sheet.pixels[max(0, round(top)) : max(0, round(bottom)), max(0, round(left)) : max(0, round(right))]
    if min(strip.shape[:2]) < sheet.em:
        return None
    levels = np.median(cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY), axis=1)[::-1]  # from the grid upwards
    rule = round(0.2 * sheet.em)
    ground = float(np.median(levels[rule : round(sheet.em)]))
    paper = float(np.median(cv2.cvtColor(sheet.pixels[::8, ::8], cv2.COLOR_BGR2GRAY)))
    other = np.flatnonzero(np.abs(levels[rule:] - ground) > _SAME_GROUND_LEVELS)
    if abs(ground - paper) < _CONTRAST or not other.size or rule + other[0] < sheet.em:
        return None
    return y0 - scale * float(rule + other[0])
