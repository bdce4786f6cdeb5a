"""The workbook that a service declares for the people who will work with it (sheets.py).

Written row by row; what is kept for the whole run is one small entry for each document.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from ocrcli.checks import amounts, dates
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.cells import LARGEST, Column, Link, Percent, Plain, Toned, Value
from ocrcli.outputs.said import Said
from ocrcli.outputs.workbook import Book, Rows, Total
from ocrcli.sheets import DeclaredWorkbook, ListSheet, SheetColumn, identity_of

Identity = tuple[str, ...]
Sharpness = tuple[float, ...]


def write_declared(
    stream: BinaryIO,
    records: Iterable[PlainRecord],
    declared: DeclaredWorkbook,
    beside: Path | None = None,
    onto: Book | None = None,
) -> None:
    """Writes the workbook, or adds to the one that is there (`onto`); `records` are gone through twice. Sources are
    linked where they lie, as seen from the folder `beside` in which the workbook will stand."""
    with onto or Book() as book:
        sheets = _Sheets(book, declared, beside)
        for record in records:
            sheets.number(record)
        for record in records:
            book.begin(record)
            sheets.add(record)
        book.save(stream)


class _Copies:
    """Which documents have the same identity, and which of them is the sharpest: that one counts as the document."""

    def __init__(self, declared: DeclaredWorkbook) -> None:
        self._declared = declared
        self._counts: dict[Identity, int] = {}
        self._sharpest: dict[Identity, tuple[Sharpness, int]] = {}

    def note(self, record: PlainRecord, number: int) -> None:
        """Takes note of the document with this number in the sheet."""
        identity = identity_of(record, self._declared)
        if identity is None:
            return
        self._counts[identity] = self._counts.get(identity, 0) + 1
        best = self._sharpest.get(identity)
        if best is None or _sharpness(record) > best[0]:
            self._sharpest[identity] = _sharpness(record), number

    def told(self, record: PlainRecord, number: int) -> Value:
        """What is to be said about the document with this number, None where it is the only one."""
        identity = identity_of(record, self._declared)
        if identity is None or self._counts[identity] == 1:
            return None
        wording = self._declared.wording
        _, original = self._sharpest[identity]
        if original == number:
            return wording.first.format(count=self._counts[identity])
        return Toned(wording.again.format(number=original), "again")


def _sharpness(record: PlainRecord) -> Sharpness:
    """The more, the better the document can be relied on: words of its own before a picture, fewer failed checks and
    doubtful values, surer characters, more pixels."""
    failed = sum(check["passed"] is False for check in record["checks"])
    doubtful = sum(warning["code"] == "doubtful" for warning in record["warnings"])
    digital = record["tool"]["engine"] is None
    return float(digital), -failed, -doubtful, record["confidence"] or 0.0, record["width"] * record["height"]


class _Sheets:
    def __init__(self, book: Book, declared: DeclaredWorkbook, beside: Path | None) -> None:
        self._declared = declared
        self._said = Said(declared)
        self._copies = _Copies(declared)
        self._beside = beside
        self._numbers = array("q")
        self._count = 0
        word = declared.wording
        source = (Column(word.source, 22, key=True), Column(word.page, 5, key=True))
        duplicate = Column(word.duplicate, 13, live=(word.again_begins, word.first.partition("{")[0]))
        which = [column for column in declared.all_columns if column.key in declared.shown_with_items]
        self._which = which
        total = Total(word.total, word.duplicate, word.again_begins)
        summed = any(column.total for column in declared.columns)
        verdict = (Column(word.checks, 11), Column(word.failed, 26), Column(word.warnings, 26), duplicate)
        printed = (Column(word.number, 6), *source, *_columns(declared.columns), *verdict)
        self._documents = book.add_rows(
            declared.title,
            (*printed, *_columns(declared.more)),
            frozen=2,
            printed=len(printed),
            total=total if summed else None,
        )
        item = Column(word.number, 6, key=True)
        self._lists: list[tuple[ListSheet, Rows]] = [
            (
                sheet,
                book.add_rows(
                    sheet.title,
                    (*source, *_columns(which), item, *_columns(sheet.columns), duplicate),
                    frozen=1,
                    total=total if any(column.total for column in sheet.columns) else None,
                ),
            )
            for sheet in declared.lists
        ]
        kind = (Column(word.kind, 18, key=True), Column(word.fields, 26, key=True), Column(word.message, 60))
        self._faults: Rows = book.add_rows(word.faults, (*source, *_columns(which), *kind), frozen=1)

    def number(self, record: PlainRecord) -> None:
        """Gives the record's document its number, in a first walk through all."""
        if "error" in record:
            return
        number = self._documents.number_of((record["input"], record["page"]))
        self._numbers.append(number)
        self._copies.note(record, number)

    def add(self, record: PlainRecord) -> None:
        """Puts the record where it belongs."""
        source: list[Value] = [self._link(record["input"]), record.get("page")]
        word = self._declared.wording
        if "error" in record:
            blank: list[Value] = [None] * len(self._which)
            self._faults.add([*source, *blank, Toned(word.error, "bad"), None, self._said.error(record)])
            return
        number = self._numbers[self._count]
        self._count += 1
        fields = record["fields"]
        doubted = self._said.doubted(record)
        which = _values(self._which, fields)
        duplicate = self._copies.told(record, number)
        columns, more = (_values(own, fields, doubted) for own in (self._declared.columns, self._declared.more))
        self._documents.add([number, *source, *columns, *self._said.verdict(record), duplicate, *more])
        for sheet, rows in self._lists:
            key, items = _items(sheet, fields)
            for at, item in enumerate(items):
                own = _values(sheet.columns, item, {k.removeprefix(f"{key}/{at}/") for k in doubted})
                rows.add([*source, *which, at + 1, *own, duplicate])
        for check in self._said.failed(record):
            told = Toned(self._said.check(check), "bad")
            self._faults.add([*source, *which, told, self._said.keys(check["fields"]), self._said.message(check)])

    def _link(self, name: str) -> Value:
        """The source, linked where it is a file that the workbook can point to."""
        if self._beside is None or not os.path.lexists(name):
            return name
        return Link(name, quote(os.path.relpath(name, self._beside)))


def _columns(columns: Sequence[SheetColumn]) -> list[Column]:
    return [Column(column.heading, column.width, total=column.total) for column in columns]


def _items(sheet: ListSheet, fields: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """The key that has the sheet's list, and the list."""
    key = sheet.key if fields.get(sheet.key) else sheet.instead
    return key, fields.get(key) or []


def _values(columns: Sequence[SheetColumn], fields: dict[str, Any], doubted: Iterable[str] = ()) -> list[Value]:
    """What the columns show of a document, on a colour where it is doubtful."""
    told: list[Value] = []
    for column in columns:
        key = column.key if fields.get(column.key) or not fields.get(column.instead) else column.instead
        value = _value(column, fields.get(key))
        told.append(Toned(value, "doubtful") if key in doubted else value)
    return told


def _value(column: SheetColumn, value: Any) -> Plain:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if not isinstance(value, str):
        return value  # type: ignore[no-any-return]  # what is left in JSON is a plain value
    text = column.words.get(value, value)
    if column.form == "text":
        return text
    if column.form == "date":
        return date.fromisoformat(text) if dates.exists(text) else text
    if column.form == "rate":
        return _rate(text)
    number = amounts.number(text)
    if number is None or abs(number) >= LARGEST:
        return text
    return round(number, 2) if column.form == "amount" and number == round(number, 2) else _plain(number)


def _rate(text: str) -> Plain:
    """13% as a number that is shown so; 免税 and *** stay text."""
    number = amounts.number(text.removesuffix("%")) if text.endswith("%") else None
    if number is None or abs(number) > 100:
        return text
    places = max(0, -int(number.normalize().as_tuple().exponent))
    return Percent(float(number / 100), places) if places <= 2 else text


def _plain(number: Decimal) -> float | int:
    return int(number) if number == number.to_integral_value() else float(number)
