"""The workbook that a service declares for the people who will work with it (services/sheets.py).

Written row by row; what is kept for the whole run is one small entry for each document's identity.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from ocrcli.checks import amounts
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.workbook import LARGEST, Book, Column, Link, Rows, Value
from ocrcli.sheets import DeclaredWorkbook, ListSheet, SheetColumn

Identity = tuple[str, ...]


def write_declared(
    stream: BinaryIO, records: Iterable[PlainRecord], declared: DeclaredWorkbook, beside: Path | None = None
) -> None:
    """Writes the workbook; `records` are gone through twice. Sources are linked where they lie, as seen from the folder
    `beside` in which the workbook will stand."""
    copies = _Copies(declared, records)
    with Book() as book:
        sheets = _Sheets(book, declared, copies, beside)
        for record in records:
            sheets.add(record)
        book.save(stream)


class _Copies:
    """How many documents have the same identity, and where the first of them stands."""

    def __init__(self, declared: DeclaredWorkbook, records: Iterable[PlainRecord]) -> None:
        self._declared = declared
        self._counts: dict[Identity, int] = {}
        self._firsts: dict[Identity, int] = {}
        for record in records:
            if identity := self._identity(record):
                self._counts[identity] = self._counts.get(identity, 0) + 1

    def told(self, record: PlainRecord, number: int) -> str | None:
        """What is to be said about the document with this number in the sheet, None where it is the only one."""
        identity = self._identity(record)
        if identity is None or self._counts[identity] == 1:
            return None
        wording = self._declared.wording
        first = self._firsts.setdefault(identity, number)
        if first == number:
            return wording.first.format(count=self._counts[identity])
        return wording.again.format(number=first)

    def _identity(self, record: PlainRecord) -> Identity | None:
        keys = self._declared.identity
        if "error" in record or not keys or not record["fields"].get(keys[0]):
            return None
        return tuple(record["fields"].get(key) or "" for key in keys)


class _Sheets:
    def __init__(self, book: Book, declared: DeclaredWorkbook, copies: _Copies, beside: Path | None) -> None:
        self._declared = declared
        self._copies = copies
        self._beside = beside
        self._count = 0
        word = declared.wording
        source = (Column(word.source, 28), Column(word.page, 6))
        self._which = [column for column in declared.columns if column.key in declared.identity]
        which = _columns(self._which)
        self._documents = book.add_rows(
            declared.title,
            (
                *(Column(word.number, 7), *source, *_columns(declared.columns)),
                *(Column(word.checks, 14), Column(word.failed, 36), Column(word.warnings, 36)),
                Column(word.duplicate, 22),
            ),
        )
        self._lists = [
            (sheet, book.add_rows(sheet.title, (*which, Column(word.number, 7), *_columns(sheet.columns))))
            for sheet in declared.lists
        ]
        self._faults: Rows = book.add_rows(
            word.faults,
            (*source, *which, Column(word.kind, 22), Column(word.fields, 30), Column(word.message, 70)),
        )

    def add(self, record: PlainRecord) -> None:
        """Puts the record where it belongs."""
        source: list[Value] = [self._link(record["input"]), record.get("page")]
        if "error" in record:
            error = record["error"]
            blank: list[Value] = [None] * len(self._which)
            self._faults.add([*source, *blank, error["code"], None, error["message"]])
            return
        self._count += 1
        fields = record["fields"]
        which = _values(self._which, fields)
        self._documents.add(
            [
                *(self._count, *source, *_values(self._declared.columns, fields), *self._outcome(record)),
                self._copies.told(record, self._count),
            ]
        )
        for sheet, rows in self._lists:
            for number, item in enumerate(_told(sheet, fields) or (), 1):
                rows.add([*which, number, *_values(sheet.columns, item)])
        for check in _failed(record):
            self._faults.add([*source, *which, check["rule"], ", ".join(check["fields"]), check["message"]])

    def _outcome(self, record: PlainRecord) -> list[Value]:
        """How the checks went, which failed, what was warned of."""
        word = self._declared.wording
        outcomes = [check["passed"] for check in record["checks"]]
        told = word.passed_some if None in outcomes else word.passed_all
        if not outcomes:
            told = word.unchecked
        elif False in outcomes:
            told = word.passed_not
        failed = [f"{check['rule']} ({', '.join(check['fields'])})" for check in _failed(record)]
        warnings = [f"{warning['code']}: {warning['message']}" for warning in record["warnings"]]
        return [told, "\n".join(failed) or None, "\n".join(warnings) or None]

    def _link(self, name: str) -> Value:
        """The source, linked where it is a file that the workbook can point to."""
        if self._beside is None or not os.path.lexists(name):
            return name
        return Link(name, quote(os.path.relpath(name, self._beside)))


def _failed(record: PlainRecord) -> list[dict[str, Any]]:
    return [check for check in record["checks"] if check["passed"] is False]


def _columns(columns: Sequence[SheetColumn]) -> list[Column]:
    return [Column(column.heading, column.width) for column in columns]


def _values(columns: Sequence[SheetColumn], fields: dict[str, Any]) -> list[Value]:
    return [_value(column, _told(column, fields)) for column in columns]


def _told(of: SheetColumn | ListSheet, fields: dict[str, Any]) -> Any:
    """What a column or a sheet shows of a document."""
    return fields.get(of.key) or fields.get(of.instead) or fields.get(of.key)


def _value(column: SheetColumn, value: Any) -> Value:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if column.form == "text" or not isinstance(value, str):
        return value  # type: ignore[no-any-return]  # what is left in JSON is a plain value
    number = amounts.number(value)
    if number is None or abs(number) >= LARGEST:
        return value
    return round(number, 2) if column.form == "amount" and number == round(number, 2) else _plain(number)


def _plain(number: Decimal) -> float | int:
    return int(number) if number == number.to_integral_value() else float(number)
