"""The text layer of a PDF page: its characters, its upright ruling lines, what is painted over what."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any
from unicodedata import combining

import numpy as np
import pymupdf

from ocrcli.geometry import Box, bounds
from ocrcli.inputs.characters import from_symbol_font, is_wide
from ocrcli.inputs.ink import Ink
from ocrcli.inputs.printed import ASCENT, DESCENT, Glyph, thin

# Spaces as drawn and none guessed; nothing outside the page or its clip paths; fill and stroke told apart.
_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_MEDIABOX_CLIP
    | pymupdf.TEXT_CLIP
    | pymupdf.TEXT_INHIBIT_SPACES
    | pymupdf.TEXT_COLLECT_STYLES
)
_PAINTED = 16 | 32  # a span's char_flags: filled, stroked; text of render mode 3 is neither
_STOP = 0.25  # em
MOST_COVERS = 2000  # pictures held against the text, the largest first
_TOO_WIDE = 0.9  # em, for a letter
_Part = dict[str, Any]  # of what PyMuPDF calls rawdict


@dataclass(frozen=True)
class TextLayer:
    """All characters of a page, in the order drawn and the page's own coordinates (pt, after CropBox and /Rotate)."""

    visible: list[Glyph]
    hidden: list[Glyph]

    @property
    def hidden_count(self) -> int:
        """How many hidden characters there are, spaces apart."""
        return sum(not glyph.text.isspace() for glyph in self.hidden)


@dataclass(frozen=True)
class Painting:
    """What a page paints besides text.

    `pictures` are the boxes of everything painted from pixels, `images` those that bring pixels of their own: width
    and height in px, and box. `covered` is the share of the text that pictures without a mask, painted later, hide.
    """

    pictures: list[Box]
    images: list[tuple[int, int, Box]]
    covered: float


def text_layer(page: pymupdf.Page) -> TextLayer:
    """The characters of a page. Annotations and form fields, which are printed too, are among them."""
    # From the page itself: a display list, which all else comes from, leaves out spaces that were drawn alone.
    layer = TextLayer([], [])
    turn, rotation = page.rotation_matrix, page.rotation
    for block in page.get_text("rawdict", flags=_FLAGS)["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                if span["size"] > 0:
                    shown = span["char_flags"] & _PAINTED and span["alpha"] > 0
                    (layer.visible if shown else layer.hidden).extend(_glyphs(line, span, turn, rotation))
    return layer


def _glyphs(line: _Part, span: _Part, turn: pymupdf.Matrix, rotation: int) -> Iterator[Glyph]:
    """The characters of a span, which share their direction and size."""
    (a, b, c, d, e, f), (dx, dy) = turn, line["dir"]
    size, font, vertical = span["size"], span["font"], bool(line["wmode"])
    angle, height = math.degrees(math.atan2(dy, dx)) + rotation, (span["ascender"] - span["descender"]) * size
    ascent, descent = (0.5 * size, 0.5 * size) if vertical else (ASCENT * size, DESCENT * size)
    # How far a character goes along its baseline follows from the upright box around it and its height across.
    side, along, across = (0, abs(dx), abs(dy)) if abs(dx) >= abs(dy) else (1, abs(dy), abs(dx))
    for char in span["chars"]:
        (x, y), box = char["origin"], char["bbox"]
        if vertical:
            # MuPDF's box hangs from the baseline, the character stands on it. Its line begins at the middle of the
            # character's upper edge.
            x, y = (box[0] + box[2]) / 2, box[1] - ASCENT * size
        advance = max(0.0, (box[side + 2] - box[side] - height * across) / along)
        if not advance and char["c"].isprintable() and not combining(char["c"]):
            advance = _STOP * size  # a full stop that the next character is drawn over, as tables are set
        text = from_symbol_font(char["c"], font)
        place = (a * x + c * y + e, b * x + d * y + f)
        yield Glyph(text, *place, angle, advance, size, ascent, descent, vertical=vertical)


def fitted(glyphs: list[Glyph], ink: Ink) -> list[Glyph]:
    """The glyphs with the widths they have in print.

    Some fonts give every letter the width of a Chinese character and have each placed by itself. Cut down to their
    ink, the letters of one word can be told from those of the next.
    """
    return [_fitted(glyph, after, ink) for glyph, after in zip_longest(glyphs, glyphs[1:])]


def _fitted(glyph: Glyph, after: Glyph | None, ink: Ink) -> Glyph:
    """An upright letter as wide as a Chinese character, cut down to its ink; any other glyph as it is."""
    if glyph.advance <= _TOO_WIDE * glyph.size or glyph.angle or is_wide(glyph.text) or glyph.text.isspace():
        return glyph
    end = glyph.x + glyph.advance
    if after and after.y == glyph.y and glyph.x < after.x < end:
        end = after.x
    found = ink.columns((glyph.x, glyph.y - glyph.ascent, end, glyph.y + 0.1 * glyph.size))
    return glyph._replace(x=found[0], advance=found[1] - found[0]) if found else glyph


def ruling_lines(page: pymupdf.Page) -> Iterator[Box]:
    """The page's ruling lines as thin boxes: straight strokes, sides of stroked boxes, boxes as thin as a line."""
    yield from thin(_edges(page))


def _edges(page: pymupdf.Page) -> Iterator[Box]:
    for path in page.get_cdrawings():
        for kind, *points in path["items"]:
            if kind == "l":
                yield _turned(bounds(points), page)
            elif kind == "re":
                x0, y0, x1, y1 = _turned(points[0], page)
                yield x0, y0, x1, y1
                if "s" in path["type"]:
                    yield from ((x0, y0, x0, y1), (x1, y0, x1, y1), (x0, y0, x1, y0), (x0, y1, x1, y1))


def painting(page: pymupdf.Page, shown: pymupdf.DisplayList, *, in_order: bool = True) -> Painting:
    """Where the page's pictures lie, and how much of the text they hide; not the latter where nobody asks what was
    painted `in_order`, which takes long on a page of many lines."""
    infos = pymupdf.TextPage(shown.get_textpage(pymupdf.TEXT_PRESERVE_IMAGES)).extractIMGINFO()
    images = [(info["width"], info["height"], _clipped(info["bbox"], page.rect)) for info in infos]
    if not in_order:
        return Painting([box for *_, box in images], images, 0.0)
    masked = {_rounded(info["bbox"]) for info in infos if info["has-mask"]}
    log = [(order, kind, _turned(box, page)) for order, (kind, box) in enumerate(page.get_bboxlog())]
    texts = [(order, *box) for order, kind, box in log if kind in ("fill-text", "stroke-text")]
    covers = [(order, *box) for order, kind, box in log if kind == "fill-image" and _rounded(box) not in masked]
    pictures = [_clipped(box, page.rect) for _, kind, box in log if kind in ("fill-image", "fill-imgmask")]
    return Painting(pictures, images, _covered(texts, covers))


def _turned(box: Box, page: pymupdf.Page) -> Box:
    """A box that PyMuPDF tells of the page before /Rotate."""
    return tuple(pymupdf.Rect(box) * page.rotation_matrix) if page.rotation else box


def _clipped(box: Box, sheet: Box) -> Box:
    x0, y0 = max(box[0], sheet[0]), max(box[1], sheet[1])
    return x0, y0, max(x0, min(box[2], sheet[2])), max(y0, min(box[3], sheet[3]))


def _covered(texts: Sequence[tuple[float, ...]], covers: Sequence[tuple[float, ...]]) -> float:
    """The share of the texts' area that belongs to texts of which one later cover hides half; (order, box) each."""
    if not texts:
        return 0.0
    order, x0, y0, x1, y1 = np.array(texts).T
    areas = (x1 - x0) * (y1 - y0)
    hidden = np.zeros(len(texts), bool)
    for when, left, top, right, bottom in sorted(covers, key=_size_of, reverse=True)[:MOST_COVERS]:
        width = np.minimum(x1, right) - np.maximum(x0, left)
        height = np.minimum(y1, bottom) - np.maximum(y0, top)
        hidden |= (order < when) & (np.clip(width, 0, None) * np.clip(height, 0, None) > areas / 2)
    return float(areas[hidden].sum() / (areas.sum() or 1.0))


def _size_of(cover: tuple[float, ...]) -> float:
    return (cover[3] - cover[1]) * (cover[4] - cover[2])


def _rounded(box: Box) -> tuple[int, ...]:
    return tuple(round(edge) for edge in box)
