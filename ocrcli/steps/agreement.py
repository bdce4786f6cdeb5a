"""`--check-against`: what was read, compared with a list of one's own (an export of the ledger, say).

It asks whether two sources agree, and nothing else: it is no verification with the authority that keeps the originals.
"""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrcli.checks import amounts, dates
from ocrcli.declaration import Service, Step
from ocrcli.errors import UsageError
from ocrcli.finding import Check, Finding
from ocrcli.key_names import key_of, nearest

if TYPE_CHECKING:
    from ocrcli.context import Context

RULE = "agrees-with"
_ENCODINGS = ("utf-8-sig", "gb18030")  # what spreadsheet programs write in China
_DELIMITERS = ",;\t"
_TOTAL = ("合计", "总计", "小计")  # how rows of sums begin

Cells = dict[str, str]
Join = tuple[str, ...]


@dataclass(frozen=True)
class CheckAgainst(Step):
    """The option of a service whose documents can be found in a list by the keys in `join`; the first must be there."""

    name: str = "check-against"
    help: str = (
        "Compare with a list of your own, CSV or XLSX, whose columns are named by result keys or as in the workbook."
    )
    metavar: str = "FILE"
    join: Join = ()
    headings: Mapping[str, str] = field(default_factory=dict, hash=False)  # keys by the workbook's headings
    others: tuple[str, ...] = ()  # headings of the workbook that are no key's

    def contents(self, service: Service, text: str) -> str:
        """A hash of what the list says. Raises UsageError where it cannot be used."""
        _read(*self._list(service, text))
        return hashlib.sha256(Path(text).read_bytes()).hexdigest()

    def changed(self, finding: Finding, service: Service, text: str, context: Context) -> Finding:
        """The finding with a check for each of its fields that the list says something about.

        The list is read once a run, as long as it does not change.
        """
        if isinstance(finding.fields, list):
            return finding
        own = context.opened(_read, *self._list(service, text))
        return replace(finding, checks=(*finding.checks, *_checks(own, finding.fields)))

    def _list(self, service: Service, text: str) -> tuple[CheckAgainst, Path, int, Join]:
        """The list's path, when it was last changed (in ns), and the keys that its columns may have."""
        path = Path(text)
        try:
            changed = path.stat().st_mtime_ns
        except OSError as error:
            raise UsageError(f"--{self.name} {text!r} cannot be read: {error.strerror}") from error
        return self, path, changed, tuple(own.name for own in service.fields if own.type == "string")


@dataclass(frozen=True)
class OwnList:
    """A list that was read: its rows by the values of the keys they are joined on."""

    name: str
    join: Join
    rows: Mapping[tuple[str, ...], Cells]


def _read(option: CheckAgainst, path: Path, changed: int, keys: Join) -> OwnList:  # noqa: ARG001  (asks for a new one)
    """Reads a list. Raises UsageError naming what is wrong with it."""
    where = f"--{option.name} {path.name!r}"
    table = list(_xlsx(path, where) if path.suffix.lower() == ".xlsx" else _csv(path, where))
    headings = _keys_of(table[0] if table else [], option, keys, where)
    named = [heading for heading in headings if heading]
    join = tuple(key for key in option.join if key in named)
    rows: dict[tuple[str, ...], Cells] = {}
    for number, values in enumerate(table[1:], 2):
        cells = {key: value for key, value in zip(headings, values, strict=False) if key and value}
        if not cells or next(iter(filter(None, values)), "").startswith(_TOTAL):
            continue
        place = tuple(_joined(cells.get(key)) for key in join)
        if not place[0] or rows.get(place, cells) != cells:
            fault = "is there twice, with other values" if place in rows else f"has no {join[0]}"
            raise UsageError(f"{where}: row {number} {fault}; rows are found by {' and '.join(join)}")
        rows[place] = cells
    return OwnList(path.name, join, rows)


def _keys_of(row: Sequence[str], option: CheckAgainst, keys: Join, where: str) -> list[str]:
    """The key of each column, "" for those that no key is meant by. Raises UsageError where one is misspelt, twice or
    missing."""
    found = [key_of(name, keys, option.headings) or "" for name in row]
    first = option.join[0]
    words = {key: heading for heading, key in option.headings.items()}
    wanted = f"{first!r}" + (f" ({words[first]})" if first in words else "")
    for name, key in zip(row, found, strict=True):
        near = nearest(name, keys, option.headings) if name and not key and name not in option.others else None
        if near and key_of(near, keys, option.headings) not in found:
            raise UsageError(f"{where} has a column {name!r}; did you mean {near!r}?")
    named = [key for key in found if key]
    if first not in named:
        told = ", ".join(filter(None, row)) or "none"
        raise UsageError(f"{where} has the columns {told}; its first row must hold {wanted}")
    twice = next((key for key in named if named.count(key) > 1), None)
    if twice:
        raise UsageError(f"{where} has two columns for {twice!r}; leave one")
    if not set(named) - set(option.join):
        raise UsageError(f"{where} has nothing to compare besides {wanted}; its first row must name more result keys")
    return found


def _csv(path: Path, where: str) -> Iterator[list[str]]:
    content = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        heading = text.partition("\n")[0]
        delimiter = max(_DELIMITERS, key=heading.count)
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            # An apostrophe in front is how long numbers are kept from becoming rounded ones.
            yield [cell.strip().removeprefix("'") for cell in row]
        return
    raise UsageError(f"{where} is no text in UTF-8 or GB 18030; save it as CSV (UTF-8) or XLSX")


def _xlsx(path: Path, where: str) -> Iterator[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise UsageError(f"{where} is no workbook that can be opened; save it as XLSX or CSV") from error
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_cell(value) for value in row]
    finally:
        book.close()


def _cell(value: object) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value).strip().removeprefix("'")


def _joined(value: str | None) -> str:
    # Spreadsheets take leading zeros from what they hold for numbers.
    return _folded(value or "").lstrip("0")


def _checks(own: OwnList, fields: Mapping[str, Any]) -> Iterator[Check]:
    standard = f"the list {own.name}"
    place = tuple(_joined(fields.get(key)) for key in own.join)
    cells = own.rows.get(place)
    if cells is None:
        known = bool(place[0])
        said = f"no row with this {' and '.join(own.join)}" if known else f"no {own.join[0]} was read to look for"
        yield Check(RULE, standard, own.join, passed=False if known else None, message=f"{own.name}: {said}")
        return
    for key, expected in cells.items():
        read = fields.get(key)
        if key in own.join:
            continue
        passed = None if read is None else _same(expected, read)
        message = None if passed else f"{own.name} says {expected!r}"
        yield Check(RULE, standard, (key,), passed=passed, message=message)


def _same(expected: str, read: str) -> bool:
    """True where both say the same: as amounts, as dates, or as text without blanks."""
    pairs: Sequence[tuple[object, object]] = (
        (amounts.number(expected), amounts.number(read)),
        (dates.parse(expected), dates.parse(read)),
    )
    if any(a is not None and a == b for a, b in pairs):
        return True
    return _folded(expected) == _folded(read)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
