"""Pages with one table: ruled, ruled with merged cells, with rules above and below only, without any rule; and, when
named, those of reports and papers (tables.py), which are also drawn as PDF files.

Truth: `tables` with the number of rows and columns, the cells as HTML (spans included), and whether it is ruled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from random import Random
from typing import Any

from ocrcli.specimens import people, words
from ocrcli.specimens.canvas import Align, Canvas, Style
from ocrcli.specimens.documents.base import Document, Order
from ocrcli.specimens.paper import pictured
from ocrcli.specimens.paper_pdf import pdf_of
from ocrcli.specimens.sheet import a4, body, finished, heading, points
from ocrcli.specimens.tables import DESIGNS, TableSet, drawn
from ocrcli.specimens.truth import Specimen, Truth

DPI = 150
ROW = 2.1  # height of a row, of the type's size
_REGIONS = ("东岸", "南坡", "西仓", "北站", "河口", "山前", "新港", "旧城")
_MEASURES = ("数量", "单价", "金额", "库存", "损耗率", "同比", "入库日期", "经手人")
_UPPER = ("上半年", "下半年", "全年合计")


@dataclass(frozen=True)
class Drawn:
    """A cell: where it begins, how far it reaches, what it says."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    align: Align = "left"


def draw(order: Order) -> Specimen:
    """One page by its kind."""
    if order.kind in DESIGNS:
        paper, tables = drawn(order.kind, Random(order.seed), order.typecase)
        return finished(pictured(paper, order.typecase, DPI / 25.4), tables=_told(tables))
    rng, canvas = Random(order.seed), a4(DPI)
    style = body(order.typecase, rng, points(10, DPI))
    cells = sorted(_merged(rng) if order.kind == "merged" else _plain(rng), key=lambda c: (c.row, c.column))
    rows, columns = max(c.row + c.row_span for c in cells), max(c.column + c.column_span for c in cells)
    left, width = canvas.width * 0.08, canvas.width * 0.84
    top = canvas.width * 0.1
    canvas.text(canvas.width / 2, top, words.title(rng), heading(style, style.size * 1.5), align="centre")
    top += style.size * 3
    edges = _edges(rng, left, width, columns)
    for cell in cells:
        _print(canvas, cell, edges, top, style)
    _rule(canvas, order.kind, cells, edges, top, style, rows)
    canvas.text(left, top + rows * ROW * style.size + style.size, f"制表：{people.name(rng)}", style)
    bordered = order.kind in ("ruled", "merged")
    table: dict[str, Any] = {"html": html(cells, rows), "rows": rows, "cols": columns, "bordered": bordered}
    return finished(canvas, tables=(table,))


def pdf(order: Order) -> tuple[bytes, Truth]:
    """A page of a report as a digital PDF file, and its truth."""
    paper, tables = drawn(order.kind, Random(order.seed), order.typecase)
    return pdf_of([paper], order.typecase), Truth((), tables=_told(tables))


def _told(tables: Sequence[TableSet]) -> tuple[dict[str, Any], ...]:
    """The tables as manifests have them."""
    return tuple(
        {"html": table.html(), "rows": len(table.ys) - 1, "cols": len(table.xs) - 1, "bordered": table.bordered}
        for table in tables
    )


def html(cells: list[Drawn], rows: int) -> str:
    """The table as HTML, spans only where they are over 1; `cells` from left to right in each row."""
    body_rows = []
    for row in range(rows):
        row_cells = []
        for cell in (c for c in cells if c.row == row):
            spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
            spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
            row_cells.append(f"<td{spans}>{escape(cell.text)}</td>")
        body_rows.append(f"<tr>{''.join(row_cells)}</tr>")
    return f"<table>{''.join(body_rows)}</table>"


def _plain(rng: Random) -> Iterator[Drawn]:
    """A head and 6 to 18 rows; some cells are empty."""
    measures = rng.sample(_MEASURES, rng.randint(3, 5))
    for column, text in enumerate(("品名", *measures)):
        yield Drawn(0, column, text, align="centre")
    for row in range(1, rng.randint(6, 18)):
        yield Drawn(row, 0, words.goods(rng))
        for column, measure in enumerate(measures, start=1):
            text = "" if rng.random() < 0.06 else _value(rng, measure)
            yield Drawn(row, column, text, align="centre" if measure in ("入库日期", "经手人") else "right")


def _merged(rng: Random) -> Iterator[Drawn]:
    """A head of two rows with spans, and blocks of rows under one name."""
    halves = _UPPER[: rng.randint(2, 3)]
    yield Drawn(0, 0, "地区", row_span=2, align="centre")
    yield Drawn(0, 1, "品名", row_span=2, align="centre")
    for index, half in enumerate(halves):
        yield Drawn(0, 2 + 2 * index, half, column_span=2, align="centre")
        yield Drawn(1, 2 + 2 * index, "数量", align="centre")
        yield Drawn(1, 3 + 2 * index, "金额", align="centre")
    row = 2
    for region in rng.sample(_REGIONS, rng.randint(2, 4)):
        block = rng.randint(1, 4)
        yield Drawn(row, 0, region, row_span=block, align="centre")
        for line in range(row, row + block):
            yield Drawn(line, 1, words.goods(rng))
            for index in range(len(halves)):
                yield Drawn(line, 2 + 2 * index, _value(rng, "数量"), align="right")
                yield Drawn(line, 3 + 2 * index, _value(rng, "金额"), align="right")
        row += block


def _value(rng: Random, measure: str) -> str:
    if measure in ("数量", "库存"):
        return str(rng.randint(1, 9999))
    if measure in ("损耗率", "同比"):
        return f"{rng.choice(('', '-'))}{rng.randint(0, 40)}.{rng.randint(0, 9)}%"
    if measure == "入库日期":
        return people.day(rng, 2010, 2030).isoformat()
    if measure == "经手人":
        return people.name(rng)
    return f"{rng.randint(1, 99999):,}.{rng.randint(0, 99):02d}"


def _edges(rng: Random, left: float, width: float, columns: int) -> list[float]:
    """The columns' edges in px: the first column wider than the others."""
    shares = [1.5] + [rng.uniform(0.95, 1.05) for _ in range(columns - 1)]
    edges = [left]
    for share in shares:
        edges.append(edges[-1] + width * share / sum(shares))
    return edges


def _print(canvas: Canvas, cell: Drawn, edges: list[float], top: float, style: Style) -> None:
    if not cell.text:
        return
    left, right = edges[cell.column] + style.size * 0.4, edges[cell.column + cell.column_span] - style.size * 0.4
    x = {"left": left, "centre": (left + right) / 2, "right": right}[cell.align]
    middle = top + (cell.row + cell.row_span / 2) * ROW * style.size
    canvas.text(x, middle - style.size / 2, cell.text, style, align=cell.align)


def _rule(
    canvas: Canvas, kind: str, cells: list[Drawn], edges: list[float], top: float, style: Style, rows: int
) -> None:
    height = ROW * style.size
    if kind in ("ruled", "merged"):
        for cell in cells:
            y0, y1 = top + cell.row * height, top + (cell.row + cell.row_span) * height
            canvas.box(edges[cell.column], y0, edges[cell.column + cell.column_span], y1, width=2)
    elif kind == "three-rules":
        for row, width in ((0, 4), (1, 2), (rows, 4)):
            canvas.rule(edges[0], top + row * height, edges[-1], top + row * height, width=width)


DOCUMENT = Document(
    "table",
    ("ruled", "merged", "three-rules", "unruled"),
    draw,
    odd_kinds=tuple(DESIGNS),
    background="paper",
    pdf=pdf,
    pdf_kinds=tuple(DESIGNS),
)
