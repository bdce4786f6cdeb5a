"""From a destination to the Sink that serves it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import BinaryIO

from ocrcli.declaration import Service
from ocrcli.errors import UsageError
from ocrcli.outputs.base import Sink
from ocrcli.outputs.folder import Folder
from ocrcli.outputs.json import write_lines, write_list
from ocrcli.outputs.naming import TABLE_FORMS, Destination, Format
from ocrcli.outputs.single_file import AppendedFile, FileForm, GatheredFile, ListForm
from ocrcli.outputs.stdout import Stdout
from ocrcli.outputs.tables import write_tables
from ocrcli.outputs.text import write_text
from ocrcli.outputs.text_form import TextForm
from ocrcli.outputs.workbook_form import WorkbookForm


def open_sink(
    to: Destination,
    service: Service,
    *,
    stdout: BinaryIO,
    tty: bool = False,
    resume: bool = False,
    several: bool = False,
    force: bool = False,
) -> Sink:
    """Opens the destination, so that one that cannot be written is known before any input is read.

    `stdout` is where data goes when `to` has no path, a terminal if `tty`. `resume` (--skip-existing) goes on from
    what an earlier run left; `force` writes over workbooks that people have
    changed. `several` says that more than one input may come: text then names each.
    Raises OcrError("output_failed"), UsageError for a form that the service has nothing for.
    """
    if to.format in TABLE_FORMS and not service.has_tables:
        raise UsageError(f"{service.name} reads no tables, so it cannot write {to.format}; choose another -f or -o")
    if to.path is None:
        return Stdout(stdout, to.format, tty=tty, several=several)
    if to.folder:
        return Folder(to.path, _form(to.format, service, several=False), to.format, force=force)
    if to.format == "jsonl":
        return AppendedFile(to.path, service.name, resume=resume)
    form = _form(to.format, service, several=several, beside=to.path.parent)
    return GatheredFile(to.path, form, service.name, resume=resume, force=force)


def _form(form: Format, service: Service, *, several: bool, beside: Path | None = None) -> FileForm:
    if form == "json":
        return ListForm(write_list)
    if form == "jsonl":
        return FileForm(write_lines)
    if form == "txt":
        return TextForm() if several else FileForm(partial(write_text, several=False))
    if form in TABLE_FORMS:
        return FileForm(partial(write_tables, form=form))
    return WorkbookForm(service, beside)
