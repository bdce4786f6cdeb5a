"""On which side of its label a value stands. Plain data and cheap to import."""

from __future__ import annotations

from enum import Enum


class Where(Enum):
    """Where a value stands, seen from its label."""

    RIGHT = "right"
    BELOW = "below"
    EITHER = "either"
