"""Records as a workbook for people: what was read as rows, tables as grids, and how each input fared.

Sheets, as far as there is something for them: `Table 1`, … (named by their inputs where these are several) and their
list, `Tables`; `Text`, a row for each line
outside them, which stands for the fields in `general` and `table`; elsewhere `Fields`, a row for each record, or for
each object where a picture can hold several, and a sheet for each key that holds a list of objects; `Inputs`, a row for
each record with its warnings or its error. A service that calls others has the fields of each on sheets of its name.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, BinaryIO

from ocrcli.declaration import Field, Service
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.cells import Column, Value
from ocrcli.outputs.workbook import Book
from ocrcli.services import find_service
from ocrcli.services.kinds import TEMPLATE_ID

_INPUT = Column("Input", 28, key=True)
_PAGE = Column("Page", 8, key=True)
_DOCUMENT = Column("Document", 12, key=True)
_NUMBER = Column("No.", 7, key=True)
_SURETY = (Column("Confidence", 13), Column("Failed checks", 36), Column("Warnings", 48))

_TABLES = (Column("Sheet", 14), _INPUT, _PAGE, Column("Rows", 8), Column("Columns", 11))
_TEXT = (_INPUT, _PAGE, Column("Line", 8, key=True), Column("Text", 80), Column("Confidence", 13))
_INPUTS = (
    *(_INPUT, _PAGE, Column("Pages", 9), _DOCUMENT, Column("Side", 8)),
    *(Column(heading, 11) for heading in ("Width", "Height", "Unit", "Rotation", "Skew")),
    *_SURETY,
    Column("Error", 60),
)

# A sheet's name has up to 31 UTF-16 units and none of these characters: "Rename a worksheet" in Excel's help.
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_STEM = 24
_LONGEST_TITLE = 27  # what is left for a number where a sheet goes on on another one, or two are named alike


def write_workbook(
    stream: BinaryIO, records: Iterable[PlainRecord], service: Service, onto: Book | None = None
) -> None:
    """Writes the workbook row by row, or adds to one that is there; `records` are gone through twice. The same records
    give the same bytes."""
    contents = _survey(records, service)
    with onto or Book() as book:
        sheets = _Sheets(book, service, contents)
        for record in records:
            book.begin(record)
            sheets.add(record)
        book.save(stream)


@dataclass
class _Contents:
    """What the records hold; it decides which sheets and columns there are. `keys` are those of each service."""

    keys: dict[str, set[str]]
    text: bool = False
    tables: list[str] = field(default_factory=list)  # the input of each


def _survey(records: Iterable[PlainRecord], service: Service) -> _Contents:
    called = service.calls_others or service.own_documents
    found = _Contents({} if called else {service.name: _always(service)})
    for record in records:
        if "error" not in record:
            found.text |= "text" in record
            found.tables += [record["input"]] * len(record.get("tables", ()))
            if "text" not in record:
                own = _reader_of(record, service)
                found.keys.setdefault(own.name, _always(own)).update(*_objects(record))
    return found


def _reader_of(record: PlainRecord, service: Service) -> Service:
    """Whose keys a record has: those of the service that was asked, of one that it called, or of the user's own
    document."""
    if isinstance(record["fields"], dict) and (named := record["fields"].get(TEMPLATE_ID.name)):
        return _named(named, service)
    return find_service(record["service"]) if service.calls_others else service


def _named(name: str, service: Service) -> Service:
    """A service that was called, or one that stands for a document of the user's own."""
    own = service.own_documents.get(name)
    if own is None:
        return find_service(name)
    return replace(service, name=name, fields=(TEMPLATE_ID, *own.fields), list_result=False)


def _always(service: Service) -> set[str]:
    """Keys of options not asked for have no column; all others have theirs even where nothing was found."""
    return {declared.name for declared in service.fields if declared.option is None}


class _Sheets:
    """The sheets, made in the order in which people want to see them, then filled record by record."""

    def __init__(self, book: Book, service: Service, contents: _Contents) -> None:
        grids = [(title, book.add_grid(title)) for title in sheet_titles(contents.tables)]
        self._grids = iter(grids)
        self._service = service
        self._tables = book.add_rows("Tables", _TABLES) if grids else None
        self._text = book.add_rows("Text", _TEXT, frozen=1) if contents.text else None
        if service.calls_others or service.own_documents:
            named = {name: _named(name, service) for name in sorted(contents.keys)}
            self._fields = {name: _Fields(book, own, contents.keys[name], name) for name, own in named.items()}
        else:
            keys = set[str]() if contents.text else contents.keys[service.name]
            self._fields = {service.name: _Fields(book, service, keys)}
        self._inputs = book.add_rows("Inputs", _INPUTS, frozen=1)

    def add(self, record: PlainRecord) -> None:
        """Puts the record where it belongs."""
        self._inputs.add(_input_row(record))
        if "error" in record:
            return
        for table in record.get("tables", ()):
            self._add_table(record, table)
        if self._text is not None and "text" in record:
            for number, line in enumerate(_outside_tables(record), 1):
                self._text.add([record["input"], record["page"], number, line["text"], line["confidence"]])
        fields = self._fields.get(_reader_of(record, self._service).name)
        if fields is not None:
            fields.add(record)

    def _add_table(self, record: PlainRecord, table: dict[str, Any]) -> None:
        title, grid = next(self._grids)
        grid.fill(table)
        if self._tables is not None:
            self._tables.add([title, record["input"], record["page"], table["rows"], table["columns"]])


class _Fields:
    """The sheets of one service's result keys: a row for each object, and a sheet for each key with a list of them.

    `name` is put before the titles where the workbook holds several services.
    """

    def __init__(self, book: Book, service: Service, keys: set[str], name: str = "") -> None:
        fields = [declared for declared in service.result_keys if declared.name in keys]
        self._single = [declared for declared in fields if not _is_list_of_objects(declared)]
        self._nested = [declared for declared in fields if _is_list_of_objects(declared)]
        self._numbered = service.list_result
        place = (_INPUT, _PAGE, _DOCUMENT)
        numbered = (*place, _NUMBER)
        columns = (*(numbered if self._numbered else place), *map(Column, _headings(self._single)), *_SURETY)
        self._rows = book.add_rows(name[:_LONGEST_TITLE] or "Fields", columns, frozen=1) if self._single else None
        self._lists = [
            book.add_rows(
                f"{name} {declared.name}".strip()[:_LONGEST_TITLE], (*numbered, *map(Column, _headings(declared.items)))
            )
            for declared in self._nested
        ]

    def add(self, record: PlainRecord) -> None:
        """Puts the objects of a record into rows."""
        place = [record["input"], record["page"], record["document"]["index"]]
        for number, found in enumerate(_objects(record), 1):
            if self._rows is not None:
                which = [number] if self._numbered else []
                self._rows.add([*place, *which, *_values(self._single, found), *_surety(record)])
            for declared, rows in zip(self._nested, self._lists, strict=True):
                for at, item in enumerate(found.get(declared.name) or (), 1):
                    rows.add([*place, at, *_values(declared.items, item)])


def sheet_titles(inputs: Sequence[str]) -> list[str]:
    """A name for the sheet of each table from the names of their inputs, no two alike, as workbooks allow them."""
    several = len(set(inputs)) > 1
    count: Counter[str] = Counter()
    titles = []
    for name in inputs:
        stem = _FORBIDDEN.sub("_", PurePath(name).stem).strip() if several else ""
        short = stem.encode("utf-16-le")[: 2 * _LONGEST_STEM].decode("utf-16-le", "ignore") or "Table"
        count[short.casefold()] += 1
        titles.append(f"{short} {count[short.casefold()]}")
    return titles


def _outside_tables(record: PlainRecord) -> list[dict[str, Any]]:
    """The record's lines that are not already in one of its tables."""
    quads = [table["quad"] for table in record.get("tables", ())]
    return [line for line in record.get("lines", ()) if not any(_is_inside(line["quad"], quad) for quad in quads)]


def _is_inside(quad: Sequence[Sequence[float]], other: Sequence[Sequence[float]]) -> bool:
    """True where the middle of a quad lies on the right hand of each side of the other, which runs clockwise."""
    if not quad or not other:
        return False
    x, y = (sum(point[i] for point in quad) / len(quad) for i in (0, 1))
    sides = zip(other, [*other[1:], other[0]], strict=True)
    return all((bx - ax) * (y - ay) >= (by - ay) * (x - ax) for (ax, ay), (bx, by) in sides)


def _objects(record: PlainRecord) -> list[dict[str, Any]]:
    fields = record["fields"]
    return fields if isinstance(fields, list) else [fields]


def _is_list_of_objects(declared: Field) -> bool:
    return declared.type == "list" and bool(declared.items)


def _headings(fields: Sequence[Field]) -> list[str]:
    """The keys in a row's order; those of an object inside as `object.key`."""
    names = []
    for declared in fields:
        inner = _headings(declared.items) if declared.type == "object" else []
        names += [f"{declared.name}.{name}" for name in inner] or [declared.name]
    return names


def _values(fields: Sequence[Field], found: dict[str, Any]) -> list[Value]:
    """The values under `_headings(fields)`."""
    values: list[Value] = []
    for declared in fields:
        value = found.get(declared.name)
        if declared.type == "object" and declared.items:
            values += _values(declared.items, value or {})
        else:
            values.append(_plain(value))
    return values


def _plain(value: Any) -> Value:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return value  # type: ignore[no-any-return]  # what is left in JSON is a plain value


def _surety(record: PlainRecord) -> list[Value]:
    """Under the headings of `_SURETY`."""
    failed = [check for check in record["checks"] if check["passed"] is False]
    checks = [f"{check['rule']} ({', '.join(check['fields'])})" for check in failed]
    warnings = [f"{warning['code']}: {warning['message']}" for warning in record["warnings"]]
    return [record["confidence"], "\n".join(checks) or None, "\n".join(warnings) or None]


def _input_row(record: PlainRecord) -> list[Value]:
    """Under the headings of `_INPUTS`."""
    if "error" in record:
        error = f"{record['error']['code']}: {record['error']['message']}"
        return [record["input"], record.get("page"), *[None] * (len(_INPUTS) - 3), error]
    return [
        *(record[key] for key in ("input", "page", "pages")),
        *(record["document"][key] for key in ("index", "side")),
        *(record[key] for key in ("width", "height", "unit", "rotation", "skew")),
        *_surety(record),
        None,
    ]
