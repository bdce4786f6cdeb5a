"""The records inside a workbook, on a sheet that nobody sees: what a later run goes on from (`--skip-existing`).

A record is a row of JSON, cut into cells where it is longer than one may be. What XML or a workbook would not give back
as it was stands as a JSON escape.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.journal import as_record

_TITLE = "ocrcli"
_MOST = 16_000  # characters: at most 32,000 UTF-16 units, where a cell may hold 32,767
# Underlines: `_x0041_` in a cell means another character (ECMA-376, ST_Xstring). The rest is not allowed in XML 1.0,
# or changed by it.
_UNSAFE = re.compile("[_\r\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def title(number: int) -> str:
    """The title of the sheet, and of those that go on where it is full, counted from 0."""
    return f"{_TITLE} ({number + 1})" if number else _TITLE


def sheets_in(titles: Sequence[str]) -> list[str]:
    """Those of a workbook's sheets that hold records, in order."""
    return [told for told in map(title, range(len(titles))) if told in titles]


def row_of(record: PlainRecord) -> list[str]:
    """The record as texts for cells."""
    plain = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    text = _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", plain)
    return [text[at : at + _MOST] for at in range(0, len(text), _MOST)]


def records_in(path: Path) -> Iterator[PlainRecord]:
    """The records that a workbook holds, in order; none where the sheet is gone. Raises ValueError where they are
    something else, OSError."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True)
    except (BadZipFile, KeyError) as error:
        raise ValueError("it is no workbook") from error
    try:
        for told in sheets_in(book.sheetnames):
            yield from map(_record_of, book[told].iter_rows(values_only=True))
    finally:
        book.close()


def _record_of(row: tuple[Any, ...]) -> PlainRecord:
    return as_record(json.loads("".join(str(cell) for cell in row if cell is not None)))
