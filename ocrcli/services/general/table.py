"""Tables (通用表格识别): every table on a page as a proper grid, and the text outside them.

Limits and result keys: general-table of Huawei Cloud OCR. PDF and OFD, and more kinds of pictures, are taken too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ocrcli.declaration import Field, Flag, Panel, Service
from ocrcli.finding import Check, Evidence, Finding, ReadPage
from ocrcli.forms import doubt
from ocrcli.geometry import whole_px
from ocrcli.limits import PDF, RASTER, Limits
from ocrcli.page import Cell, Line, Notice, Reading
from ocrcli.services.general.general import char_list

if TYPE_CHECKING:
    from ocrcli.layout.tables.cells import ReadTable
    from ocrcli.layout.tables.numbers import Governed


def read(reading: Reading, options: Mapping[str, Any]) -> Sequence[Finding]:
    """One finding per page: its tables, what stands outside them, and the text of both."""
    from ocrcli.layout.sheet import sheet_of
    from ocrcli.layout.tables.cells import read_table
    from ocrcli.layout.tables.finding import find_tables
    from ocrcli.layout.tables.plain_text import page_with_tables

    sheet = sheet_of(reading)
    found, outside = find_tables(sheet, with_borders=options["with_borders"]) if sheet else ([], [])
    tables = [read_table(table, sheet) for table in found] if sheet else []
    lines = [[line for piece in table.pieces for line in piece.lines] for table in found]
    text = page_with_tables(reading, [(t.table, own) for t, own in zip(tables, lines, strict=True)])
    regions = _Regions(options)
    for number, table in enumerate(tables, 1):
        regions.add_table(table, number)
    regions.add_text([line for piece in outside for line in piece.lines])
    notices = [notice for i, table in enumerate(found, 1) if (notice := table.notice(i))]
    if not tables:
        notices.append(Notice("no_table", "no table was found on this page"))
    return [
        Finding(
            fields={"words_region_count": len(regions.told), "words_region_list": regions.told},
            checks=regions.checks,
            evidence=regions.evidence,
            notices=[*notices, *regions.notices],
            text=text,
            tables=[table.table for table in tables],
            shows_lines=True,
            models={name: sha for table in found for name, sha in table.models.items()},
        )
    ]


@dataclass
class _Regions:
    """The regions as the vendor has them: each table, then the text outside; the evidence for each text, and where the
    grammar of a column chose it."""

    options: Mapping[str, Any]
    told: list[dict[str, Any]] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def add_table(self, read: ReadTable, number: int) -> None:
        """A table; `number` counts those of the page from 1 on."""
        blocks = []
        for i, (cell, lines) in enumerate(zip(read.table.cells, read.lines, strict=True)):
            if i in read.governed:
                self._add_governed(self._key(i), read.governed[i], cell, number)
            elif lines:
                quad, source = lines[0].quad, lines[0].source
                self.evidence[self._key(i)] = Evidence(cell.confidence, quad, source, plain=cell.text)
            blocks.append(_block(cell.text, cell.confidence, lines, self.options, cell))
        self.told.append({"type": "table", "words_block_count": len(blocks), "words_block_list": blocks})

    def add_text(self, lines: Sequence[Line]) -> None:
        """The lines outside all tables."""
        if not lines:
            return
        for i, line in enumerate(lines):
            self.evidence[self._key(i)] = Evidence(line.confidence, line.quad, line.source, plain=line.text)
        blocks = [_block(line.text, line.confidence, [line], self.options, None) for line in lines]
        self.told.append({"type": "text", "words_block_count": len(blocks), "words_block_list": blocks})

    def _key(self, block: int) -> str:
        return f"words_region_list/{len(self.told)}/words_block_list/{block}"

    def _add_governed(self, key: str, value: Governed, cell: Cell, table: int) -> None:
        from ocrcli.layout.tables.numbers import RULE

        guided, line = value.guided, value.line
        why = doubt.reason(guided=guided) or ""
        self.evidence[key] = Evidence(cell.confidence, line.quad, line.source, guided.plain, why)
        said = f"{guided.plain!r} as it reads alone, {value.text!r} in the form of its column"
        self.checks.append(Check(RULE.id, RULE.standard, (key,), passed=True, chose=True, message=said))
        if why:
            where = f"text in table {table}, row {cell.row + 1}, column {cell.column + 1}"
            self.notices.append(replace(doubt.notice(where, why, self.evidence[key]), field=key))


def _block(
    words: str, confidence: float, lines: Sequence[Line], options: Mapping[str, Any], cell: Cell | None
) -> dict[str, Any]:
    """A cell, or a line outside all tables (`cell` None)."""
    from ocrcli.layout.tables.cells import place_of_lines

    block: dict[str, Any] = {"words": words}
    if options["return_confidence"]:
        block["confidence"] = round(confidence, 4)
    if options["return_text_location"]:
        quad = place_of_lines(lines)
        block["location"] = whole_px(quad) if quad else []
        block["words_list"] = [_line(line, options) for line in lines]
        block["cell_location"] = whole_px(cell.quad) if cell else []
    block["rows"] = list(range(cell.row, cell.row + cell.row_span)) if cell else []
    block["columns"] = list(range(cell.column, cell.column + cell.column_span)) if cell else []
    return block


def _line(line: Line, options: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"words": line.text, "location": whole_px(line.quad)}
    if options["return_confidence"]:
        told["confidence"] = round(line.confidence, 4)
    if options["return_char_location"]:
        told["char_list"] = char_list(line)
    return told


def join(pages: Sequence[ReadPage], options: Mapping[str, Any]) -> Sequence[ReadPage]:
    """With --join-pages: a table that goes on at the top of the next page becomes one, and stands on its first page."""
    if not options["join_pages"]:
        return pages
    from ocrcli.layout.tables.joining import goes_on, joined

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
    Field("char_location", "its quad", type="list"),
    Field("char_confidence", "its probability", type="number"),
)
_LINES = (
    Field("words", "the text of the line"),
    Field("location", "its quad", type="list"),
    Field("confidence", "mean probability of its characters", type="number", option=_CONFIDENCE),
    Field("char_list", "its characters", type="list", option="return_char_location", items=_CHARS),
)
_BLOCKS = (
    Field("words", "the text of the cell or line"),
    Field("confidence", "mean probability of its characters", type="number", option=_CONFIDENCE),
    Field("location", "the quad of its text", type="list", option=_LOCATION),
    Field("words_list", "its lines of text", type="list", option=_LOCATION, items=_LINES),
    Field("rows", "the rows the cell takes, counted from 0; empty outside tables", type="list"),
    Field("columns", "the columns the cell takes, likewise", type="list"),
    Field("cell_location", "the quad of the cell; empty outside tables", type="list", option=_LOCATION),
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
        Field("words_region_count", "how many regions: tables, and the text outside them", type="integer"),
        Field(
            "words_region_list",
            "the regions",
            type="list",
            items=(
                Field("type", "table or text"),
                Field("words_block_count", "how many cells or lines the region has", type="integer"),
                Field("words_block_list", "its cells or lines", type="list", items=_BLOCKS),
            ),
        ),
    ),
    has_tables=True,
    own_read=read,
    join=join,
)
