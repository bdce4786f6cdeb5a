"""Invented print as the pieces of an upright page."""

from __future__ import annotations

from ocrcli.geometry import quad_of_box
from ocrcli.layout.invoice.rows import page_pieces
from ocrcli.layout.upright import Piece
from ocrcli.page import Line, Reading
from tests.days import TODAY

SIZE = 10.0
Placed = tuple[float, float, str]


def pieces(*placed: Placed) -> list[Piece]:
    """These texts, each with its top left."""
    lines = tuple(
        Line(text, 1.0, quad_of_box(x, y, x + _width(text), y + SIZE), source="text-layer") for x, y, text in placed
    )
    return page_pieces(Reading(1000, 1000, "pt", 1, 1, "text-layer", lines, today=TODAY))


def _width(text: str) -> float:
    return sum(SIZE if ord(c) > 0x2000 else SIZE / 2 for c in text)
