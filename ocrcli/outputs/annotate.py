"""Pictures that show what was read where: documents, tables, and fields with their names, or the lines of a page.

A PNG for each page, for people to look at, no larger than the page and a column. Colours tell the confidence.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont, ImageOps

from ocrcli.geometry import Affine, Quad, angle, as_quad, centre, length, thickness
from ocrcli.inputs.discover import Given
from ocrcli.outputs.annotate_fields import draw_fields, field_remarks
from ocrcli.outputs.annotate_tables import draw_tables, table_remarks
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.pen import PAPER, Colour, font, outline, tag, tag_size
from ocrcli.outputs.pictures import write_picture
from ocrcli.page import Line, Reading
from ocrcli.specimens.fonts import Typecase

SURE, UNSURE, POOR = (22, 130, 70), (205, 120, 0), (205, 30, 45)
_DOCUMENT = (120, 60, 190)
_GROUND = (246, 248, 250)
_INK, _FAINT = (25, 30, 38), (222, 226, 231)

# Sides of the page as drawn, in px: small pictures are enlarged so that their text can be read, large ones reduced.
_SMALLEST, _LARGEST = 700, 2800
_READABLE = 20  # px that a line is high, where _LARGEST allows it
_MARGIN = 16
_NAME = 18  # px that a document's name is high
_WIDE = 1.6  # times as wide as high: the text stands below such a page
_STRIP = 3.0  # times as wide as high: the column, too
_COLUMN, _COLUMN_SHARE = 420, 0.5  # the least width of the column in px, and its width to that of the page
_LARGE_PRINT, _SMALL_PRINT = 24, 14  # px
_NARROW = 300  # px that a column in small print is wide at least
_NUMBERS = 40  # px left of the page, where the numbers of lines at its edge stand


def write_annotated(reading: Reading, records: Sequence[PlainRecord], given: Given, folder: str) -> None:
    """Draws the page of `reading` and what `records` say about it into `folder`.

    The file is named as under `-o DIR`: `a.png.png`, or `a.pdf.page03.png` where the input has several pages. Raises
    OcrError("output_failed").
    """
    digits = len(str(reading.count))
    page = f".page{reading.number:0{digits}}" if reading.count > 1 else ""
    write_picture(draw(reading, records), folder, given, f"{page}.png", f"annotate {reading.number}")


def draw(reading: Reading, records: Sequence[PlainRecord]) -> Image.Image:
    """The page with what was found on it, and a column (below a page that is a strip): what the values are, what
    is wrong. Pages that are read for their text have their lines beside them, in place."""
    sheet = _Sheet.of(reading)
    shown = sheet.image()
    as_text = not records or any("text" in record for record in records)
    pictures = [shown]
    _draw_outlines(shown, records, sheet)
    if as_text:
        _draw_boxes(shown, reading.lines, sheet)
        pictures.append(_told_in_place(reading, sheet))
    else:
        draw_fields(shown, records, sheet.quad)
    both = _join(pictures, downwards=sheet.width > _WIDE * sheet.height)
    below = sheet.width > _STRIP * sheet.height
    width = both.width if below else _COLUMN if as_text else max(_COLUMN, round(sheet.width * _COLUMN_SHARE))
    remarks = _draw_remarks(reading, records, width, max(both.height, _SMALLEST))
    if not below:
        remarks = ImageOps.pad(remarks, (width, max(both.height, remarks.height)), color=_GROUND, centering=(0, 0))
    return _join([both, remarks], downwards=below)


def _told_in_place(reading: Reading, sheet: _Sheet) -> Image.Image:
    told = sheet.blank()
    for number, line in enumerate(reading.lines, 1):
        _draw_text(told, number, line, sheet)
    return told


@dataclass(frozen=True)
class _Sheet:
    """The page as it is drawn, with a margin at the left for the numbers.

    `scaled` maps the page's own unit (px or pt) to px of the drawing.
    """

    reading: Reading
    width: int
    height: int
    scaled: Affine

    @classmethod
    def of(cls, reading: Reading) -> _Sheet:
        if reading.page is None:
            raise ValueError("a reading without its page cannot be drawn")
        longest = max(reading.width, reading.height)
        high = statistics.median([_text_size(line) for line in reading.lines] or [longest])
        wanted = max(reading.page.scale, _SMALLEST / longest, _READABLE / max(high, 1.0))
        scale = min(wanted, _LARGEST / longest)
        width, height = max(1, round(reading.width * scale)), max(1, round(reading.height * scale))
        scaled = Affine.scaling(width / reading.width, height / reading.height).then(Affine.shift(_NUMBERS, 0))
        return cls(reading, width + _NUMBERS, height, scaled)

    def image(self) -> Image.Image:
        assert self.reading.page is not None  # `of` has looked
        pixels = Image.fromarray(self.reading.page.pixels[:, :, ::-1])  # BGR to RGB
        image = self.blank()
        size = (self.width - _NUMBERS, self.height)
        image.paste(pixels.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0), (_NUMBERS, 0))
        return image

    def blank(self) -> Image.Image:
        return Image.new("RGB", (self.width, self.height), PAPER)

    def quad(self, quad: Iterable[Sequence[float]]) -> Quad:
        return self.scaled.quad(as_quad(quad))


def _text_size(line: Line) -> float:
    """How large the characters are, in the page's unit."""
    return length(line.quad) if line.vertical else thickness(line.quad)


def _colour(confidence: float) -> Colour:
    if confidence >= 0.95:
        return SURE
    return UNSURE if confidence >= 0.8 else POOR


def _draw_outlines(image: Image.Image, records: Sequence[PlainRecord], sheet: _Sheet) -> None:
    """Documents and tables."""
    for record in records:
        if place := record["document"]["quad"]:
            drawing, quad = ImageDraw.Draw(image), sheet.quad(place)
            outline(drawing, quad, _DOCUMENT, 4)
            name = " ".join(filter(None, (record["service"], record["document"]["side"])))
            x, y = max(quad, key=lambda point: point[1] - point[0])  # the lower left: names of values stand above them
            tag(drawing, x, y + 2, name, _DOCUMENT, _NAME)
        draw_tables(image, record.get("tables") or (), sheet.quad)


def _draw_boxes(image: Image.Image, lines: Sequence[Line], sheet: _Sheet) -> None:
    """A light wash over each line, its outline, and its number."""
    wash = Image.new("RGBA", image.size)
    washing = ImageDraw.Draw(wash)
    for line in lines:
        washing.polygon(sheet.quad(line.quad), fill=(*_colour(line.confidence), 30))
    image.paste(wash, mask=wash)
    drawing = ImageDraw.Draw(image)
    for line in lines:
        outline(drawing, sheet.quad(line.quad), _colour(line.confidence), 2)
    for number, line in enumerate(lines, 1):
        _draw_number(drawing, number, sheet.quad(line.quad), _colour(line.confidence))


def _draw_number(drawing: ImageDraw.ImageDraw, number: int, quad: Quad, colour: Colour) -> None:
    """A small tag before the line's beginning."""
    text, size = str(number), min(max(thickness(quad) * 0.5, 12), 20)
    width, height = tag_size(text, size)
    x, y = (quad[0][0] + quad[3][0]) / 2, (quad[0][1] + quad[3][1]) / 2
    tag(drawing, x - width - 1, y - height / 2, text, colour, size)


def _draw_text(image: Image.Image, number: int, line: Line, sheet: _Sheet) -> None:
    """The line's text inside its quad, as large as fits, turned as the quad is."""
    quad, colour = sheet.quad(line.quad), _colour(line.confidence)
    drawing = ImageDraw.Draw(image)
    outline(drawing, quad, _FAINT, 1)
    text = _drawable(line.text)
    if text:
        set_text = _column if line.vertical else _row
        tile = set_text(text, max(1, round(length(quad))), max(1, round(thickness(quad))), _ink(colour))
        turned = tile.rotate(-angle(quad), Image.Resampling.BICUBIC, expand=True)
        x, y = centre(quad)
        image.paste(turned, (round(x - turned.width / 2), round(y - turned.height / 2)), turned)
    _draw_number(drawing, number, quad, colour)


def _drawable(text: str) -> str:
    """One blank between words, and the printers' mark for a missing type where the font has no such character."""
    face = Typecase.carried().face("hei")
    return "".join(char if face.has(char) else "〓" for char in " ".join(text.split()))


def _row(text: str, width: int, height: int, ink: Colour) -> Image.Image:
    """The text on a see-through tile of this size.

    A text narrower than its tile is spaced out; a wider one is narrowed, as printers do, before it gets smaller.
    """
    size = height * 0.9
    natural = font(size).getlength(text)
    if natural > 1.6 * width:
        size *= 1.6 * width / natural
    face = font(size)
    natural = face.getlength(text)
    gap = max(0.0, (width - natural) / len(text))
    tile = Image.new("RGBA", (max(width, round(natural) + 1), height))
    drawing = ImageDraw.Draw(tile)
    for at, char in enumerate(text):
        x = face.getlength(text[:at]) + gap * (at + 0.5)
        drawing.text((x, height / 2), char, ink, face, anchor="lm")
    return tile.resize((width, height), Image.Resampling.LANCZOS)


def _column(text: str, width: int, height: int, ink: Colour) -> Image.Image:
    """The text set downwards on a see-through tile of this size."""
    step = height / len(text)
    face = font(min(step, width) * 0.9)
    tile = Image.new("RGBA", (width, height))
    drawing = ImageDraw.Draw(tile)
    for at, char in enumerate(text):
        drawing.text((width / 2, step * (at + 0.5)), char, ink, face, anchor="mm")
    return tile


def _ink(colour: Colour) -> Colour:
    """Sure text is dark as print; the rest bears its warning colour."""
    return _INK if colour == SURE else colour


def _draw_remarks(reading: Reading, records: Sequence[PlainRecord], width: int, most: int) -> Image.Image:
    """What is to be told, in the largest print in which it is at most `most` px high, in small print in several columns
    where there is room for them; what does not fit then is counted."""
    remarks = list(_remarks(reading, records))
    for size, columns in _ways(width):
        face = font(size)
        step = round(face.size * 1.45)
        each = width // columns
        rows = [(row, colour) for text, colour in remarks for row in _wrapped(text, face, each - 2 * _MARGIN)]
        high = max(1, (most - 2 * _MARGIN) // step)
        if len(rows) <= high * columns:
            break
    room = high * columns
    if len(rows) > room:
        rows = [*rows[: room - 1], (f"… and {len(rows) - room + 1} more rows", _INK)]
    image = Image.new("RGB", (width, step * min(high, len(rows)) + 2 * _MARGIN), _GROUND)
    drawing = ImageDraw.Draw(image)
    for at, (row, colour) in enumerate(rows):
        column, place = divmod(at, high)
        drawing.text((column * each + _MARGIN, _MARGIN + step * place), row, colour, face)
    return image


def _ways(width: int) -> Iterator[tuple[int, int]]:
    """Sizes of print in px, and into how many columns it goes."""
    yield from ((size, 1) for size in range(_LARGE_PRINT, _SMALL_PRINT - 1, -2))
    yield from ((_SMALL_PRINT, columns) for columns in range(2, width // _NARROW + 1))


def _remarks(reading: Reading, records: Sequence[PlainRecord]) -> Iterator[tuple[str, Colour]]:
    for record in records:
        if "text" not in record:
            yield from field_remarks(record)
        for check in record["checks"]:
            if check["passed"] is False:
                told = f": {check['message']}" if check.get("message") else ""
                yield f"Check failed: {check['rule']} on {', '.join(check['fields'])}{told}", POOR
        yield from table_remarks(record.get("tables") or (), reading.source)
        for warning in record["warnings"]:
            yield f"Warning ({warning['code']}): {warning['message']}", UNSURE
    turn = f"{reading.rotation}° and {round(reading.skew, 1) + 0.0:.1f}° clockwise to stand upright"
    yield f"Page {reading.number} of {reading.count}; needs {turn}; lines: {len(reading.lines)}, of these", _INK
    colours = Counter(_colour(line.confidence) for line in reading.lines)
    yield f"{colours[SURE]} with confidence 0.95 and more", SURE
    yield f"{colours[UNSURE]} with confidence 0.80 to 0.95", UNSURE
    yield f"{colours[POOR]} with confidence under 0.80", POOR


def _wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """The text in rows that fit; broken anywhere, as Chinese may be."""
    row = ""
    for char in text:
        if row and face.getlength(row + char) > width:
            yield row
            row = ""
        row += char
    yield row


def _join(images: Sequence[Image.Image], *, downwards: bool) -> Image.Image:
    """The pictures side by side, or one under the other, with a thin line between."""
    if downwards:
        whole = Image.new("RGB", (max(i.width for i in images), sum(i.height + 2 for i in images) - 2), _FAINT)
    else:
        whole = Image.new("RGB", (sum(i.width + 2 for i in images) - 2, max(i.height for i in images)), _FAINT)
    at = 0
    for image in images:
        whole.paste(image, (0, at) if downwards else (at, 0))
        at += (image.height if downwards else image.width) + 2
    return whole
