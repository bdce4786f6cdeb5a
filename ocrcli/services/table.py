"""Tables (通用表格识别): every table on a page as a proper grid, and the text outside them.

Limits and result keys: general-table of Huawei Cloud OCR. PDF and OFD, and more kinds of pictures, are taken too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ocrcli.geometry import Quad
from ocrcli.page import Cell, Line, Notice, Reading
from ocrcli.services.base import PDF, RASTER, Evidence, Field, Finding, Flag, Limits, Panel, ReadPage, Service

if TYPE_CHECKING:
    from ocrcli.layout.table_cells import ReadTable


def read(reading: Reading, options: Mapping[str, Any]) -> Sequence[Finding]:
    """One finding per page: its tables, what stands outside them, and the text of both."""
    from ocrcli.layout.sheet import sheet_of
    from ocrcli.layout.table_cells import read_table
    from ocrcli.layout.table_text import page_with_tables
    from ocrcli.layout.tables import find_tables

    sheet = sheet_of(reading)
    found, outside = find_tables(sheet, with_borders=options["with_borders"]) if sheet else ([], [])
    tables = [read_table(table, sheet) for table in found] if sheet else []
    lines = [[line for piece in table.pieces for line in piece.lines] for table in found]
    text = page_with_tables(reading, [(t.table, own) for t, own in zip(tables, lines, strict=True)])
    regions, evidence = _regions(tables, [line for piece in outside for line in piece.lines], options)
    return [
        Finding(
            fields={"words_region_count": len(regions), "words_region_list": regions},
            evidence=evidence,
            notices=[notice for i, table in enumerate(found, 1) if (notice := table.notice(i))],
            text=text,
            tables=[table.table for table in tables],
            shows_lines=True,
            models={name: sha for table in found for name, sha in table.models.items()},
        )
    ]


def _regions(
    tables: Sequence[ReadTable], outside: Sequence[Line], options: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], dict[str, Evidence]]:
    """The regions as the vendor has them: each table, then the text outside; and the evidence for each text."""
    regions: list[dict[str, Any]] = []
    evidence: dict[str, Evidence] = {}
    for read in tables:
        blocks: list[dict[str, Any]] = []
        for cell, lines in zip(read.table.cells, read.lines, strict=True):
            if lines:
                key = f"words_region_list/{len(regions)}/words_block_list/{len(blocks)}"
                quad, source = lines[0].quad, lines[0].source
                evidence[key] = Evidence(cell.confidence, quad, source, plain=cell.text)
            blocks.append(_block(cell.text, cell.confidence, lines, options, cell))
        regions.append({"type": "table", "words_block_count": len(blocks), "words_block_list": blocks})
    if outside:
        for i, line in enumerate(outside):
            key = f"words_region_list/{len(regions)}/words_block_list/{i}"
            evidence[key] = Evidence(line.confidence, line.quad, line.source, plain=line.text)
        blocks = [_block(line.text, line.confidence, [line], options, None) for line in outside]
        regions.append({"type": "text", "words_block_count": len(blocks), "words_block_list": blocks})
    return regions, evidence


def _block(
    words: str, confidence: float, lines: Sequence[Line], options: Mapping[str, Any], cell: Cell | None
) -> dict[str, Any]:
    """A cell, or a line outside all tables (`cell` None)."""
    from ocrcli.layout.table_cells import place_of_lines

    block: dict[str, Any] = {"words": words}
    if options["return_confidence"]:
        block["confidence"] = round(confidence, 4)
    if options["return_text_location"]:
        quad = place_of_lines(lines)
        block["location"] = _whole(quad) if quad else []
        block["words_list"] = [_line(line, options) for line in lines]
        block["cell_location"] = _whole(cell.quad) if cell else []
    block["rows"] = list(range(cell.row, cell.row + cell.row_span)) if cell else []
    block["columns"] = list(range(cell.column, cell.column + cell.column_span)) if cell else []
    return block


def _line(line: Line, options: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"words": line.text, "location": _whole(line.quad)}
    if options["return_confidence"]:
        told["confidence"] = round(line.confidence, 4)
    if options["return_char_location"]:
        told["char_list"] = [
            {
                "char": char.text,
                "char_location": _whole(line.char_quad(char)),
                "char_confidence": round(char.confidence, 4),
            }
            for char in line.chars
        ]
    return told


def _whole(quad: Quad) -> list[list[int]]:
    return [[round(x), round(y)] for x, y in quad]


def join(pages: Sequence[ReadPage], options: Mapping[str, Any]) -> Sequence[ReadPage]:
    """With --join-pages: a table that goes on at the top of the next page becomes one, and stands on its first page."""
    if not options["join_pages"]:
        return pages
    from ocrcli.layout.table_join import goes_on, joined

    whole: Finding | None = None  # the last page with a table that may go on
    for page in pages:
        for found in page.findings:
            tables = list(found.tables or ())
            if whole is not None and whole.tables and tables and goes_on(whole.tables[-1], tables[0]):
                whole.tables = [*whole.tables[:-1], joined(whole.tables[-1], tables[0])]
                _tell_joined(whole, page.reading.number)
                found.tables = tables = tables[1:]
                if not tables:
                    continue
            whole = found
    return pages


def _tell_joined(finding: Finding, page: int) -> None:
    message = f"the last table goes on to page {page}; places there are those of that page"
    finding.notices = [*finding.notices, Notice("joined", message)]


_LOCATION = "return_text_location"
_CONFIDENCE = "return_confidence"
_CHARS = (
    Field("char", "the character"),
    Field("char_location", "its quad", "list"),
    Field("char_confidence", "its probability", "number"),
)
_LINES = (
    Field("words", "the text of the line"),
    Field("location", "its quad", "list"),
    Field("confidence", "mean probability of its characters", "number", option=_CONFIDENCE),
    Field("char_list", "its characters", "list", option="return_char_location", items=_CHARS),
)
_BLOCKS = (
    Field("words", "the text of the cell or line"),
    Field("confidence", "mean probability of its characters", "number", option=_CONFIDENCE),
    Field("location", "the quad of its text", "list", option=_LOCATION),
    Field("words_list", "its lines of text", "list", option=_LOCATION, items=_LINES),
    Field("rows", "the rows the cell takes, counted from 0; empty outside tables", "list"),
    Field("columns", "the columns the cell takes, likewise", "list"),
    Field("cell_location", "the quad of the cell; empty outside tables", "list", option=_LOCATION),
)

SERVICE = Service(
    name="table",
    spec="general-table",
    title="Tables",
    title_zh="通用表格识别",
    panel=Panel.GENERAL,
    help="Read the tables of a page, merged cells and all, and the text outside them.",
    limits=Limits(formats=(*RASTER, *PDF, "OFD"), min_side=15, max_side=8192, min_area_percent=80),
    options=(
        Flag("join_pages", "Join tables that go on from page to page with the same columns."),
        Flag("with_borders", "All tables have ruled lines: look for no others."),
        Flag(_LOCATION, "Put the place of each cell and its text into words_region_list."),
        Flag("return_char_location", "With that, each character's place too."),
        Flag(_CONFIDENCE, "Put confidences into words_region_list."),
    ),
    fields=(
        Field("words_region_count", "how many regions: tables, and the text outside them", "integer"),
        Field(
            "words_region_list",
            "the regions",
            "list",
            items=(
                Field("type", "table or text"),
                Field("words_block_count", "how many cells or lines the region has", "integer"),
                Field("words_block_list", "its cells or lines", "list", items=_BLOCKS),
            ),
        ),
    ),
    has_tables=True,
    read=read,
    join=join,
)
