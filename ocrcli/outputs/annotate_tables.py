"""The tables of a page, drawn on it: their grid, the cells that take several squares, and where each table's rows and
columns come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PIL import Image, ImageDraw

from ocrcli.geometry import Quad
from ocrcli.outputs.pen import Colour, outline, tag, tag_size
from ocrcli.page import Source, Structure

Place = Callable[[Sequence[Sequence[float]]], Quad]  # a record's quad in px of the drawing

COLOURS: dict[Structure, Colour] = {"rules": (40, 110, 210), "words": (0, 140, 150), "model": (150, 60, 160)}
_SEEN: dict[Structure, str] = {
    "rules": "the ruling lines seen in the picture",
    "words": "how the words stand under each other",
    "model": "the structure model, the words agreeing",
}
_DIGITAL: dict[Structure, str] = {
    "rules": "the ruling lines that the digital page draws",
    "words": "how the digital page's words stand under each other",
}
_WASH = 46  # of 255: how strongly merged cells are tinted
_TAG = 18  # px


def draw_tables(image: Image.Image, tables: Sequence[dict[str, Any]], place: Place) -> None:
    """Draws the tables of a record, in their order."""
    wash = Image.new("RGBA", image.size)
    washing = ImageDraw.Draw(wash)
    for table in tables:
        for cell in filter(_is_merged, table["cells"]):
            washing.polygon(place(cell["quad"]), fill=(*COLOURS[table["structure"]], _WASH))
    image.paste(wash, mask=wash)
    drawing = ImageDraw.Draw(image)
    for number, table in enumerate(tables, 1):
        _draw_table(drawing, number, table, place)


def _draw_table(drawing: ImageDraw.ImageDraw, number: int, table: dict[str, Any], place: Place) -> None:
    colour = COLOURS[table["structure"]]
    for cell in table["cells"]:
        outline(drawing, place(cell["quad"]), colour, 2)
    for cell in filter(_is_merged, table["cells"]):
        text = f"{cell['row_span']}×{cell['column_span']}"
        right, bottom = place(cell["quad"])[2]
        width, height = tag_size(text, _TAG * 0.8)
        tag(drawing, right - width - 2, bottom - height - 2, text, colour, _TAG * 0.8)
    quad = place(table["quad"])
    outline(drawing, quad, colour, 5)
    title = f"Table {number}: {table['rows']} × {table['columns']}, {table['structure']}"
    above = quad[0][1] - tag_size(title, _TAG)[1] - 3
    x, y = (quad[0][0], above) if above >= 0 else (quad[3][0], quad[3][1] + 3)
    tag(drawing, x, y, title, colour, _TAG)


def _is_merged(cell: dict[str, Any]) -> bool:
    return int(cell["row_span"]) * int(cell["column_span"]) > 1


def table_remarks(tables: Sequence[dict[str, Any]], source: Source) -> Iterator[tuple[str, Colour]]:
    """What each table is made of, in its colour; `source` is that of the page's words."""
    origins = _SEEN if source == "ocr" else _DIGITAL
    for number, table in enumerate(tables, 1):
        merged = sum(map(_is_merged, table["cells"]))
        yield (
            f"Table {number}: {table['rows']} rows, {table['columns']} columns, cells over several squares: {merged}; "
            f"rows and columns from {origins[table['structure']]}",
            COLOURS[table["structure"]],
        )
