"""From a destination to the Sink that serves it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ocrcli.declaration import Service
from ocrcli.errors import UsageError
from ocrcli.outputs.base import PlainRecord, Sink
from ocrcli.outputs.folder import Folder
from ocrcli.outputs.json import write_lines, write_list
from ocrcli.outputs.naming import TABLE_FORMS, Destination, Format
from ocrcli.outputs.single_file import AppendedFile, Form, GatheredFile
from ocrcli.outputs.stdout import Stdout
from ocrcli.outputs.tables import write_tables
from ocrcli.outputs.text import write_text


def open_sink(
    to: Destination,
    service: Service,
    *,
    stdout: BinaryIO,
    tty: bool = False,
    resume: bool = False,
    several: bool = False,
) -> Sink:
    """Opens the destination, so that one that cannot be written is known before any input is read.

    `stdout` is where data goes when `to` has no path, a terminal if `tty`. `resume` (--skip-existing) goes on from
    what an earlier run left. `several` says that more than one input may come: text then names each.
    Raises OcrError("output_failed"), UsageError for a form that the service has nothing for.
    """
    if to.format in TABLE_FORMS and not service.has_tables:
        raise UsageError(f"{service.name} reads no tables, so it cannot write {to.format}; choose another -f or -o")
    if to.path is None:
        return Stdout(stdout, to.format, tty=tty, several=several)
    if to.folder:
        return Folder(to.path, _form(to.format, service, several=False), to.format)
    if to.format == "jsonl":
        return AppendedFile(to.path, service.name, resume=resume)
    form = _form(to.format, service, several=several, beside=to.path.parent)
    return GatheredFile(to.path, form, service.name, resume=resume, reads_back=to.format == "json")


def _form(form: Format, service: Service, *, several: bool, beside: Path | None = None) -> Form:
    if form == "json":
        return write_list
    if form == "jsonl":
        return write_lines
    if form == "txt":
        return partial(write_text, several=several)
    if form in TABLE_FORMS:
        return partial(write_tables, form=form)
    return partial(_write_workbook, service=service, beside=beside)


def _write_workbook(stream: BinaryIO, records: Iterable[PlainRecord], *, service: Service, beside: Path | None) -> None:
    # openpyxl is loaded when the first workbook is made.
    if service.workbook is not None:
        from ocrcli.outputs.declared_workbook import write_declared

        write_declared(stream, records, service.workbook, beside)
        return
    from ocrcli.outputs.xlsx import write_workbook

    write_workbook(stream, records, service)
