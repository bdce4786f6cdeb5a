"""Labelled fields drawn as boxes: cards, forms and tables whose values are known."""

from __future__ import annotations

from ocrcli.geometry import Affine, quad_of_box, quarter_and_rest
from ocrcli.layout.upright import units
from ocrcli.page import Line, Reading
from tests.days import TODAY

WIDTH, HEIGHT, EM = 1000.0, 700.0, 24.0


def box(text: str, x: float, y: float, em: float = EM) -> Line:
    """A line with its top left at (x, y)."""
    return Line(text, 0.9, quad_of_box(x, y, x + units(text) * em, y + 1.2 * em))


def page(*lines: Line, angle: float = 0.0) -> Reading:
    """The lines on a page that `angle` degrees clockwise make upright."""
    lying, width, height = Affine.turning(-angle, WIDTH, HEIGHT)
    turned = tuple(Line(line.text, line.confidence, lying.quad(line.quad)) for line in lines)
    rotation, skew = quarter_and_rest(angle)
    return Reading(width, height, "px", 1, 1, "ocr", turned, rotation=rotation, skew=skew, today=TODAY)
