"""PDF → Pages through PyMuPDF: a sound text layer as printed lines, any other page as a picture that is drawn late."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pymupdf

from ocrcli.errors import OcrError
from ocrcli.geometry import Box
from ocrcli.inputs.document import Document
from ocrcli.inputs.ink import Ink
from ocrcli.inputs.limits import check_pixels
from ocrcli.inputs.mupdf import attached, drawn, mupdf, portfolio
from ocrcli.inputs.page_weight import MOST_CHARACTERS, weight_of
from ocrcli.inputs.pdf_text import Painting, TextLayer, fitted, painting, ruling_lines, text_layer
from ocrcli.inputs.printed import lines_of, rules_in
from ocrcli.inputs.resolution import SCAN_SIDE, scale_for
from ocrcli.inputs.shapes import Shapes
from ocrcli.inputs.text_layer import bare_pictures, facts_of, flaw, lost_characters, taken_anyway, worth_reading
from ocrcli.limits import MEGABYTE, Limits
from ocrcli.options import ReadOptions
from ocrcli.page import Line, Notice, Page
from ocrcli.safe_text import quoted

if TYPE_CHECKING:
    from ocrcli.page import Grey, Pixels

MOST_ATTACHED_BYTES = 16 * MEGABYTE  # of all files attached
_SMALLEST_SIDE, _LARGEST_SIDE = 1.0, 1e6  # pt
_MOST_PICTURES = 500  # looked at for themselves, of a page
_LOOK_SCALE = 2.0  # px per pt at which a page is drawn to hold its text against
_LOOK_PIXELS = 9_000_000
_MARGIN = 6.0  # pt around a picture; QR codes need a quiet zone
_SCAN_FILLS = 0.9  # of the page, by all pictures together
_SCAN_PART = 0.05  # of the page, by a picture whose resolution counts; scanners cut pages into strips


@dataclass(frozen=True)
class _Own:
    """A page's own words where they may stand for it, what to know about them, and its pictures as they were seen."""

    lines: tuple[Line, ...] | None = None
    notices: tuple[Notice, ...] = ()
    pictures: tuple[Grey, ...] = ()
    unread: tuple[Box, ...] = ()


class PdfDocument(Document):
    """A PDF. Pages are in pt, origin top left after CropBox and /Rotate."""

    def __init__(self, data: bytes, limits: Limits, options: ReadOptions, notices: tuple[Notice, ...] = ()) -> None:
        """Raises OcrError: encrypted, decode_failed."""
        self._limits = limits
        self._options = options
        with mupdf("the PDF"):
            self._pdf = pymupdf.open(stream=data, filetype="pdf")
            if self._pdf.needs_pass:
                raise OcrError("encrypted", "the PDF has a password; save it without one, for example: qpdf --decrypt")
            count = self._pdf.page_count
            held = portfolio(self._pdf)
        if not count:
            raise OcrError("decode_failed", "the PDF has no page")
        if held:
            notices += (Notice("documents_attached", _not_read(held)),)
        if self._pdf.is_repaired:
            notices += (Notice("repaired", "the PDF is damaged and was repaired: pages or text may be missing"),)
        super().__init__(count, options, notices)

    def close(self) -> None:
        """Closes the PDF and frees what MuPDF kept of it."""
        self._pdf.close()
        pymupdf.TOOLS.store_shrink(100)

    def _page(self, number: int) -> Page:
        with mupdf("the PDF"):
            sheet = self._pdf[number - 1]
            width, height = sheet.rect.width, sheet.rect.height
            if not all(_SMALLEST_SIDE <= side <= _LARGEST_SIDE for side in (width, height)):
                raise OcrError("decode_failed", f"the page has no sensible size: {width:g} × {height:g} pt")
            shown = sheet.get_displaylist()
            weight = weight_of(shown)
            if weight.has_too_much_text:
                raise OcrError(
                    "file_too_large",
                    f"the page has more than {MOST_CHARACTERS:,} characters; print it into a picture and read that",
                )
            layer, paint = text_layer(sheet), painting(sheet, shown, in_order=not weight.has_too_many_paths)
            for picture in paint.images:
                check_pixels(*picture[:2], self._limits)
            rules = () if weight.has_too_many_paths else tuple(ruling_lines(sheet))
            # A map, a drawing: nobody can say what is painted over its text, so its picture is read.
            reads_picture = weight.has_too_many_paths and self._options.pdf_text == "auto"
            own = _Own() if reads_picture else self._own(shown, layer, paint, rules)
            scanned = None if layer.visible else _scanned_at(paint, width * height)
        scale = scale_for(width, height, scanned=scanned, dpi=self._options.dpi, limits=self._limits)
        return Page(
            width,
            height,
            "pt",
            number,
            self.count,
            render=lambda: self._draw(number, scale),
            scale=scale,
            printed=own.lines,
            rules=rules,
            pictures=own.pictures,
            unread=own.unread,
            notices=own.notices,
            attachments=lambda: self._attached,
        )

    def _own(self, shown: pymupdf.DisplayList, layer: TextLayer, paint: Painting, drawn_rules: tuple[Box, ...]) -> _Own:
        """What the page says by itself, as --pdf-text asks."""
        if self._options.pdf_text == "never":
            return _Own()
        rules = list(rules_in(drawn_rules))
        size = (shown.rect.width, shown.rect.height)
        if self._options.pdf_text == "only":
            lines = lines_of(layer.visible, "text-layer", rules)
            reason = flaw(facts_of(lines, layer.hidden_count, paint.pictures, size, covered=paint.covered))
            taken, notices = taken_anyway(lines or lines_of(layer.hidden, "text-layer", rules), reason)
            return _Own(taken, notices, unread=worth_reading(bare_pictures(taken, paint.pictures), size))
        if not layer.visible:
            return _Own()
        ink = _look(shown)
        lines = lines_of(fitted(layer.visible, ink), "text-layer", rules)
        seen = tuple(line for line in lines if ink.under(line))
        shapes = Shapes(lines, ink)
        facts = facts_of(
            lines,
            layer.hidden_count,
            paint.pictures,
            size,
            covered=paint.covered,
            seen=seen,
            stray=ink.stray_marks(lines, paint.pictures),
            shapes=shapes,
        )
        if flaw(facts):
            return _Own()
        pictures = tuple(ink.crop(_with_margin(box)) for box in paint.pictures[:_MOST_PICTURES])
        notices = (*lost_characters(seen), *_doubts(seen, shapes))
        unread = worth_reading(bare_pictures(seen, paint.pictures), size)
        return _Own(tuple(map(shapes.marked, seen)), notices, pictures, unread)

    @cached_property
    def _attached(self) -> dict[str, bytes]:
        """The files attached, without those that would take too much memory or are broken."""
        with mupdf("the PDF"):
            return dict(attached(self._pdf, MOST_ATTACHED_BYTES))

    def _draw(self, number: int, scale: float) -> Pixels:
        with mupdf("the PDF"):
            return drawn(self._pdf[number - 1], scale)


def _not_read(names: list[str]) -> str:
    what = f"{len(names):,} document{'' if len(names) == 1 else 's'}"
    return (
        f"the PDF is a portfolio: only its cover is read, not the {what} in it ({quoted('; '.join(names))}); "
        "save them as files of their own, for example with pdfdetach -saveall, and give those"
    )


def _look(shown: pymupdf.DisplayList) -> Ink:
    scale = min(_LOOK_SCALE, math.sqrt(_LOOK_PIXELS / (shown.rect.width * shown.rect.height)))
    pixmap = shown.get_pixmap(pymupdf.Matrix(scale, scale), pymupdf.csGRAY, alpha=0)
    return Ink(np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.width), scale)


def _with_margin(box: Box) -> Box:
    return box[0] - _MARGIN, box[1] - _MARGIN, box[2] + _MARGIN, box[3] + _MARGIN


def _doubts(lines: Iterable[Line], shapes: Shapes) -> Iterator[Notice]:
    for line in lines:
        others = "".join(dict.fromkeys(shapes.contradicted.get(char, "") for char in line.text))
        if others or line in shapes.doubtful:
            printed = f"{quoted(others)} seems" if others else "other words seem"
            yield Notice("doubtful", f"the text layer says {quoted(line.text)} where {printed} printed", quad=line.quad)


def _scanned_at(paint: Painting, sheet: float) -> float | None:
    """Px per pt of the scan that a page of `sheet` pt² consists of; None where pictures are coarse or leave room."""
    area, scale = 0.0, None
    for width, height, (x0, y0, x1, y1) in paint.images:
        share = (x1 - x0) * (y1 - y0) / sheet
        area += share
        if share >= _SCAN_PART and max(width, height) >= SCAN_SIDE:
            scale = max(scale or 0.0, max(width, height) / max(x1 - x0, y1 - y0))
    return scale if area >= _SCAN_FILLS else None
