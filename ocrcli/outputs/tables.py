"""The tables of records as CSV, HTML and Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any, BinaryIO

from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.csv import csv_bytes
from ocrcli.outputs.naming import TableForm
from ocrcli.safe_text import visible

_MARKUP = re.compile(r"[\\|`*_~\[\]!#]")
# Web and mail addresses (GitHub Flavored Markdown, 6.9), and names of hosts as other renderers link them (linkify-it).
_LINKED = re.compile(
    r"://|@|www\.|mailto:|xmpp:|\w\.(?:[a-z]{2}|com|net|org|edu|gov|biz|info|pro|web|xxx|aero|asia|coop|name|shop|museum)\b",
    re.I,
)
PlainTable = dict[str, Any]

_STYLE = (
    "table{border-collapse:collapse;margin:1em 0}td{border:1px solid #999;padding:.2em .5em;vertical-align:top;"
    "white-space:pre-line}"
)


class TablesWriter:
    """Writes the tables of a run in order; HTML and Markdown name the page above its tables, CSV parts tables by an
    empty row. A page without a table, and an input that failed, leave nothing.
    """

    def __init__(self, put: Callable[[bytes], object], form: TableForm) -> None:
        self._put = put
        self._form = form
        self._begun = False

    def add(self, record: PlainRecord) -> None:
        """Takes the next record, of either kind."""
        tables = record.get("tables") or []
        if not tables:
            return
        begun = self._begun
        self._begin()
        name = visible(record["input"]) + (f", page {record['page']}" if record["pages"] > 1 else "")
        if self._form == "html":
            self._put(f"<h2>{escape(name)}</h2>\n{''.join(map(html_of, tables))}".encode())
        elif self._form == "md":
            gap = "\n" if begun else ""
            self._put(f"{gap}## {_markdown(name)}\n\n{chr(10).join(map(markdown_of, tables))}".encode())
        else:
            for number, table in enumerate(tables):
                rows = squares(table)
                self._put(csv_bytes([[], *rows] if begun or number else rows, first=not begun and not number))

    def end(self) -> None:
        """Ends the document: HTML is one even without any table."""
        self._begin()
        if self._form == "html":
            self._put(b"</body>\n")

    def _begin(self) -> None:
        if not self._begun and self._form == "html":
            self._put(f'<!doctype html>\n<meta charset="utf-8"><style>{_STYLE}</style>\n<body>\n'.encode())
        self._begun = True


def write_tables(stream: BinaryIO, records: Iterable[PlainRecord], form: TableForm) -> None:
    """All tables of the records."""
    writer = TablesWriter(stream.write, form)
    for record in records:
        writer.add(record)
    writer.end()


def html_of(table: PlainTable) -> str:
    """The table with its spans and alignment."""
    rows = []
    for row in range(table["rows"]):
        cells = sorted((c for c in table["cells"] if c["row"] == row), key=lambda c: int(c["column"]))
        rows.append(f"<tr>{''.join(map(_html_cell, cells))}</tr>\n")
    return f"<table>\n{''.join(rows)}</table>\n"


def _html_cell(cell: dict[str, Any]) -> str:
    attributes = f' rowspan="{cell["row_span"]}"' if cell["row_span"] > 1 else ""
    attributes += f' colspan="{cell["column_span"]}"' if cell["column_span"] > 1 else ""
    attributes += f' style="text-align:{cell["align"]}"' if cell["align"] != "left" else ""
    return f"<td{attributes}>{escape(cell['text'])}</td>"


def markdown_of(table: PlainTable) -> str:
    """The table in GitHub's Markdown, which knows no spans: the other squares of a cell stay empty."""
    rows = [f"| {' | '.join(map(_markdown, row))} |" for row in squares(table)]
    rule = f"|{'---|' * table['columns']}"
    return "\n".join([rows[0], rule, *rows[1:]]) + "\n"


def _markdown(text: str) -> str:
    """The text of a cell, so that a document makes no link and no picture of its own: signs that would be markup are
    escaped, and what renderers link by themselves (addresses, names of hosts) is shown as code."""
    return "<br>".join(map(_markdown_row, text.split("\n")))


def _markdown_row(text: str) -> str:
    if not _LINKED.search(text):
        return _MARKUP.sub(r"\\\g<0>", escape(text, quote=False))
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    blank = " " if "`" in text else ""
    return fence + blank + text.strip().replace("|", r"\|") + blank + fence


def squares(table: PlainTable) -> list[list[str]]:
    """The texts row by row; a cell's text stands in its first square."""
    rows = [[""] * table["columns"] for _ in range(table["rows"])]
    for cell in table["cells"]:
        rows[cell["row"]][cell["column"]] = cell["text"]
    return rows
