"""Anything: each document is named and read by the service for its kind, and the record is that service's.

A page that is nearly all table is read as one; whatever else is of no kind that has a service is read as general text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ocrcli.declaration import Declared, Panel, Service
from ocrcli.errors import OcrError
from ocrcli.finding import Finding, ReadPage, numbered
from ocrcli.layout.documents import Document, documents_on
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.page import Reading, Table
from ocrcli.services import find_service
from ocrcli.services.kinds import NONE, all_kinds, read_document, reader_of
from ocrcli.steps.own_documents import Template

GENERAL, TABLE = "general", "table"

_IN_TABLES = 0.8  # share of a page's characters that stand in tables, where the page is read as one
_FILLED = 0.6  # share of a table's cells with text: a frame around other things, or ruled paper, has fewer


def read(
    reading: Reading,
    options: Mapping[str, Any],  # noqa: ARG001
    own: Mapping[str, Declared] = NONE,
) -> Sequence[Finding]:
    """The findings of each document's own service. Raises OcrError where the page's only document cannot be read."""
    documents = documents_on(reading, all_kinds(own=own))
    if not any(reader_of(document, own) for document in documents):
        named = any(document.name.best for document in documents)
        return _text(reading) if named else _table(reading) or _text(reading)
    return list(numbered([finding for document in documents for finding in _read(document, own, len(documents) == 1)]))


def _read(document: Document, own: Mapping[str, Declared], alone: bool) -> Sequence[Finding]:
    """A document among others that its service cannot read is given with its text."""
    if reader_of(document, own) is not None:
        try:
            return read_document(document, own=own)
        except OcrError:
            if alone:
                raise
    return [
        replace(finding, document=replace(finding.document, quad=document.quad)) for finding in _text(document.reading)
    ]


def _text(reading: Reading) -> list[Finding]:
    return _told(GENERAL, reading)


def _table(reading: Reading) -> list[Finding]:
    """The page as tables, where nearly all of its text stands in such; else nothing."""
    found = _told(TABLE, reading)
    printed = sum(len("".join(line.text.split())) for line in reading.lines)
    inside = sum(
        len("".join(cell.text.split()))
        for finding in found
        for table in filter(_is_sure, finding.tables or ())
        for cell in table.cells
    )
    return found if printed and inside >= _IN_TABLES * printed else []


def _is_sure(table: Table) -> bool:
    """True for rows and columns that more than the places of the words tell of, and that are filled."""
    filled = sum(bool(cell.text) for cell in table.cells)
    return table.structure != "words" and min(table.rows, table.columns) > 1 and filled >= _FILLED * len(table.cells)


def _told(name: str, reading: Reading) -> list[Finding]:
    service = find_service(name)
    return [replace(finding, service=name) for finding in service.read(reading, service.defaults())]


def join(pages: Sequence[ReadPage], options: Mapping[str, Any]) -> Sequence[ReadPage]:  # noqa: ARG001
    """The pages, those of a service whose documents run over several pages put together by it."""
    told = list(pages)
    names = dict.fromkeys(finding.service for page in pages for finding in page.findings if finding.service)
    for service in map(find_service, names):
        if service.join is None:
            continue
        own = [page for page in told if all(finding.service == service.name for finding in page.findings)]
        joined = [
            ReadPage(page.reading, [replace(finding, service=service.name) for finding in page.findings])
            for page in service.join(own, service.defaults())
        ]
        told = [page for page in told if page not in own] + joined
    return sorted(told, key=lambda page: page.reading.number)


SERVICE = Service(
    name="auto",
    title="Anything",
    title_zh="自动识别",
    panel=Panel.GENERAL,
    help="Name each document and read it with the service for its kind; anything else as a table or as text.",
    limits=Limits(formats=(*RASTER, *PDF, *OFD), min_side=15, max_side=30_000),
    fields=(),
    read_with=read,
    options=(Template(),),
    join=join,
    calls_others=True,
)
