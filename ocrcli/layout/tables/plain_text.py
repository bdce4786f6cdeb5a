"""A page with tables as plain text: printed rows as they are, tables in columns between upright strokes."""

from __future__ import annotations

from collections.abc import Sequence

from ocrcli.layout.text import page_text
from ocrcli.layout.upright import units
from ocrcli.page import Cell, Line, Reading, Table

_WIDEST = 40  # half em: a wider cell is set on several lines


def table_text(table: Table) -> str:
    """The table in columns of even width; a cell over several columns takes their room, what is written in a cell over
    several rows stands in its first row."""
    widths = _widths(table)
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    rows = [line for row in range(table.rows) for line in _row(table, row, widths)]
    head = len(_row(table, 0, widths))
    return "\n".join([*rows[:head], rule, *rows[head:]]) if table.rows > 1 else "\n".join(rows)


def page_with_tables(reading: Reading, tables: Sequence[tuple[Table, Sequence[Line]]]) -> str:
    """The text of an arranged reading, each table where its first line stands; `tables` come with their lines."""
    owner = {id(line): i for i, (_, lines) in enumerate(tables) for line in lines}
    parts: list[str] = []
    shown: set[int] = set()
    for block in reading.blocks:
        outside = tuple(kept for row in block if (kept := tuple(line for line in row if id(line) not in owner)))
        inside = dict.fromkeys(owner[id(line)] for row in block for line in row if id(line) in owner)
        new = [i for i in inside if i not in shown]
        above = [row for row in outside if not new or _is_above(row, tables[new[0]][0])]
        below = [row for row in outside if row not in above]
        if above:
            parts.append(page_text(reading.arranged([tuple(above)])))
        parts += [table_text(tables[i][0]) for i in new]
        if below:
            parts.append(page_text(reading.arranged([tuple(below)])))
        shown.update(new)
    parts += [table_text(table) for i, (table, _) in enumerate(tables) if i not in shown]
    return "\n\n".join(parts)


def _is_above(row: Sequence[Line], table: Table) -> bool:
    """True for a row that begins before the table does, along the way that the table's rows follow each other."""
    (ax, ay), _, _, (dx, dy) = table.quad
    x, y = row[0].quad[0]
    return (x - ax) * (dx - ax) + (y - ay) * (dy - ay) < 0.5 * ((dx - ax) ** 2 + (dy - ay) ** 2)


def _half_ems(text: str) -> int:
    return round(2 * units(text))


def _wrapped(text: str, width: int) -> list[str]:
    """The lines of a cell's text, none wider than `width` half em."""
    lines: list[str] = []
    for printed in text.split("\n"):
        line = ""
        for char in printed:
            if line and _half_ems(line + char) > width:
                lines.append(line.rstrip())
                line = ""
            line += char
        lines.append(line.rstrip())
    return lines


def _widths(table: Table) -> list[int]:
    widths = [1] * table.columns
    for cell in sorted(table.cells, key=lambda c: c.column_span):
        wanted = min(_WIDEST * cell.column_span, max(map(_half_ems, cell.text.split("\n"))))
        last = cell.column + cell.column_span - 1
        room = sum(widths[cell.column : last + 1]) + 3 * (cell.column_span - 1)
        widths[last] += max(0, wanted - room)
    return widths


def _row(table: Table, row: int, widths: Sequence[int]) -> list[str]:
    """The lines of text of one row of the table."""
    columns: list[tuple[Cell, int]] = []
    for cell in sorted((c for c in table.cells if c.row <= row < c.row + c.row_span), key=lambda c: c.column):
        columns.append((cell, sum(widths[cell.column : cell.column + cell.column_span]) + 3 * (cell.column_span - 1)))
    texts = [_wrapped(cell.text, width) if cell.row == row else [""] for cell, width in columns]
    height = max(map(len, texts), default=1)
    lines = []
    for at in range(height):
        shown = [
            _set(lines_[at] if at < len(lines_) else "", width, cell.align)
            for lines_, (cell, width) in zip(texts, columns, strict=True)
        ]
        lines.append(f"| {' | '.join(shown)} |")
    return lines


def _set(text: str, width: int, align: str) -> str:
    room = max(0, width - _half_ems(text))
    before = {"left": 0, "center": room // 2, "right": room}[align]
    return " " * before + text + " " * (room - before)
