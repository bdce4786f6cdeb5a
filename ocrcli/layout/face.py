"""How a side of a card is printed. Plain data and cheap to import; `layout.cards` finds it on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ocrcli.geometry import Box


@dataclass(frozen=True)
class Face:
    """How a side is printed, in mm from its top left: its size, its labels, its portrait.

    `labels` gives for a field, or a mark of the side, where its label's print begins and ends, and the height of its
    middle; `ends` where the print of its value ends, if it always has the same length. `edged`: its outline is drawn
    to the edges in the picture; without, its print alone says where it lies (a form on a scan, with frames of its own).
    """

    width: float
    height: float
    labels: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    ends: Mapping[str, float] = field(default_factory=dict)
    portrait: Box | None = None
    edged: bool = True

    @property
    def ratio(self) -> float:
        """Width to height."""
        return self.width / self.height
