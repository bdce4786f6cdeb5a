"""Printed sheets (paper.py) as a digital PDF file, as issuers send it: characters, rules, QR codes as pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import pymupdf
from PIL import Image, ImageChops

from ocrcli.specimens.canvas import ASCENT, Canvas, Colour, Style, around_ellipse
from ocrcli.specimens.documents.base import MM, Print
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.paper import RED, SEAL_OPACITY, Paper, Part, QrCode, Rule, Seal, modules, paint_seal

POINTS = 72 / 25.4  # per mm
_MIDDLE = 0.36  # of the em, from the baseline up to a character's middle


def pdf_of(papers: Sequence[Paper], typecase: Typecase) -> bytes:
    """The sheets as the pages of a PDF file. The same sheets give the same bytes."""
    with pymupdf.open() as document:
        for paper in papers:
            pen = _Pen(document.new_page(width=paper.width * POINTS, height=paper.height * POINTS), typecase)
            for part in paper.parts:
                pen.draw(part)
        document.subset_fonts()
        return bytes(document.tobytes(garbage=4, deflate=True, no_new_id=True))


class _Pen:
    """Draws parts of a sheet on a PDF page."""

    def __init__(self, page: Any, typecase: Typecase) -> None:
        self._page = page
        self._typecase = typecase

    def draw(self, part: Part) -> None:
        """Draws one part; a digital sheet has no holes."""
        if isinstance(part, Print):
            self._print(part)
        elif isinstance(part, Rule):
            ends = ((part.x0 * POINTS, part.y0 * POINTS), (part.x1 * POINTS, part.y1 * POINTS))
            self._page.draw_line(*ends, color=_shares(part.colour), width=part.width * POINTS)
        elif isinstance(part, QrCode):
            self._code(part)
        elif isinstance(part, Seal):
            self._seal(part)

    def _print(self, part: Print) -> None:
        style = part.style(self._typecase, POINTS)
        size = part.size * POINTS
        # Print that is spaced out is set character by character, as issuers' programs do it.
        pieces = [part.text] if part.pitch is None and not part.spacing else list(part.text)
        runs = [(face.outlines, "".join(run)) for text in pieces for face, run in groupby(text, key=style.face_of)]
        advances = [
            font.text_length(text, size) + part.spacing * POINTS if part.pitch is None else part.pitch * POINTS
            for font, text in runs
        ]
        left = part.x * POINTS - {"left": 0.0, "centre": 0.5, "right": 1.0}[part.align] * sum(advances)
        writer = pymupdf.TextWriter(self._page.rect, color=_shares(part.colour))
        for (font, text), advance in zip(runs, advances, strict=True):
            if text.strip():
                writer.append((left, part.y * POINTS + ASCENT * size), text, font, size)
            left += advance
        writer.write_text(self._page)

    def _code(self, code: QrCode) -> None:
        squares = modules(code.text)
        height, width = squares.shape
        picture = pymupdf.Pixmap(pymupdf.csGRAY, width, height, squares.tobytes(), False)
        edges = (code.x, code.y, code.x + code.size, code.y + code.size)
        self._page.insert_image(pymupdf.Rect(*(edge * POINTS for edge in edges)), pixmap=picture)

    def _seal(self, seal: Seal) -> None:
        box = (seal.x - seal.rx, seal.y - seal.ry, seal.x + seal.rx, seal.y + seal.ry)
        oval = pymupdf.Rect(*(edge * POINTS for edge in box))
        if seal.stamped:
            self._page.insert_image(oval, stream=_stamp(seal, self._typecase))
            return
        self._page.draw_oval(oval, color=_shares(RED), width=0.5 * POINTS, stroke_opacity=SEAL_OPACITY)
        style = Style(self._typecase.face("song"), 1)
        for text, upwards in seal.rims():
            places = around_ellipse((seal.x, seal.y), *seal.rim, len(text), seal.sweep(text), upwards)
            for character, ((x, y), turn) in zip(text, places, strict=True):
                self._stamped(character, x, y, seal.size, style, turn)
        for text, y in seal.levels():
            self._stamped(text, seal.x, y, seal.size, style, 0.0)

    def _stamped(self, text: str, x: float, y: float, size: float, style: Style, turn: float) -> None:
        """Words of a seal about (x, y), turned clockwise."""
        font, em, middle = style.face_of(text[0]).outlines, size * POINTS, pymupdf.Point(x * POINTS, y * POINTS)
        writer = pymupdf.TextWriter(self._page.rect, color=_shares(RED), opacity=SEAL_OPACITY)
        writer.append((middle.x - font.text_length(text, em) / 2, middle.y + _MIDDLE * em), text, font, em)
        writer.write_text(self._page, morph=(middle, pymupdf.Matrix(-turn)))


def _stamp(seal: Seal, typecase: Typecase) -> bytes:
    """The seal as a PNG whose paper is transparent."""
    canvas = Canvas(round(2 * seal.rx * MM) + 2, round(2 * seal.ry * MM) + 2)
    paint_seal(canvas, replace(seal, x=canvas.width / MM / 2, y=canvas.height / MM / 2), typecase, MM)
    stamp = Image.new("RGBA", canvas.image.size, RED)
    # Red ink takes away green: what is left of it tells how thick the ink is.
    stamp.putalpha(ImageChops.invert(canvas.image.getchannel("G")))
    stream = io.BytesIO()
    stamp.save(stream, "PNG")
    return stream.getvalue()


def _shares(colour: Colour) -> tuple[float, float, float]:
    """Red, green, blue as shares of 1."""
    red, green, blue = (value / 255 for value in colour)
    return red, green, blue
