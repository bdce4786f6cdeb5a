"""Groups of lines that stand near each other and run the same way: what may be one document where no edge is seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrcli.geometry import angle, bounds, length, thickness
from ocrcli.page import Line

_REACHES = (1.5, 3.0)  # times their height that lines of one document lie apart, at most: close print, and wide
_SAME_WAY = 15.0  # degrees
_LONG = 2.0  # lines of less than this times their height have no sure direction


def clusters(lines: Sequence[Line]) -> list[list[Line]]:
    """The groups of at least two lines, those of close print first; a group that is found twice is given once."""
    if not lines:
        return []
    near = _distances(lines)
    found = {tuple(group): None for reach in _REACHES for group in _joined(near <= reach) if len(group) > 1}
    return [[lines[i] for i in group] for group in found]


def _distances(lines: Sequence[Line]) -> NDArray[np.float64]:
    """How far lines lie apart, in their mean height (N × N); infinitely far where they run another way."""
    x0, y0, x1, y1 = np.array([bounds(line.quad) for line in lines]).T
    across = np.maximum(x0[:, None] - x1, x0 - x1[:, None])
    down = np.maximum(y0[:, None] - y1, y0 - y1[:, None])
    high = np.array([thickness(line.quad) for line in lines])
    apart = np.maximum(np.maximum(across, down), 0.0) / ((high[:, None] + high) / 2 + 1e-6)
    runs = np.array([angle(line.quad) for line in lines])
    sure = np.array([length(line.quad) for line in lines]) > _LONG * high
    turned = np.abs((runs[:, None] - runs + 180.0) % 360.0 - 180.0) > _SAME_WAY
    return np.asarray(np.where(turned & sure & sure[:, None], np.inf, apart))


def _joined(near: NDArray[np.bool_]) -> list[list[int]]:
    """The numbers that are linked with each other, directly or through others, in order."""
    left, groups = set(range(len(near))), []
    while left:
        group, edge = set[int](), {min(left)}
        while edge:
            group |= edge
            edge = {int(i) for i in np.flatnonzero(near[list(edge)].any(axis=0))} - group
        left -= group
        groups.append(sorted(group))
    return groups
