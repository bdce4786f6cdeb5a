"""Outlines and tags for pictures that show what was read where."""

from __future__ import annotations

from PIL import ImageDraw, ImageFont

from ocrcli.geometry import Quad
from ocrcli.specimens.fonts import Typecase

Colour = tuple[int, int, int]

PAPER: Colour = (255, 255, 255)


def font(size: float) -> ImageFont.FreeTypeFont:
    """The face for Chinese and Latin, of an even size: each size that is loaded holds a copy of the font."""
    return Typecase.carried().face("hei").at(max(6, int(size / 2) * 2))


def outline(drawing: ImageDraw.ImageDraw, quad: Quad, colour: Colour, width: int) -> None:
    """The four sides of a quad, `width` px thick."""
    drawing.line([*quad, quad[0]], fill=colour, width=width, joint="curve")


def tag(drawing: ImageDraw.ImageDraw, x: float, y: float, text: str, colour: Colour, size: float) -> None:
    """Light text on a coloured ground, its upper left corner at (x, y) px, as far as that lies in the picture."""
    face = font(size)
    width, height = drawing.textlength(text, face) + 4, face.size + 2
    x, y = max(0.0, x), max(0.0, y)
    drawing.rectangle((x, y, x + width, y + height), fill=colour)
    drawing.text((x + width / 2, y + height / 2), text, PAPER, face, anchor="mm")


def tag_size(text: str, size: float) -> tuple[float, float]:
    """The width and height of such a tag in px."""
    face = font(size)
    return face.getlength(text) + 4, face.size + 2
