"""Workbooks as files that people work in: they give back their records, and nobody's work is written over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ocrcli.declaration import Service
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.files import output_failed, telling
from ocrcli.outputs.seal import State, state_of
from ocrcli.outputs.single_file import FileForm, Form

if TYPE_CHECKING:
    from ocrcli.outputs.workbook import Book

_ADVICE = "choose another -o, add rows to it with --skip-existing, or write over it with --force"
_FOREIGN = "choose another -o, or write over it with --force"


class WorkbookForm(FileForm):
    """The workbook of a service: one that it declares, or the plain one. `beside`: the folder that it will stand in."""

    reads_back = True

    def __init__(self, service: Service, beside: Path | None = None) -> None:
        self._service = service
        self._beside = beside

    def __call__(self, stream: BinaryIO, records: Iterable[PlainRecord]) -> None:
        """Writes a new workbook."""
        from ocrcli.outputs.workbook import Book  # openpyxl is loaded when the first workbook is made

        self._fill(Book(), stream, records)

    def guard(self, path: Path, *, resume: bool, force: bool) -> None:
        """Refuses one that somebody has changed, unless rows can be added to it or `force` was asked for."""
        if force:
            return
        with telling(path):
            state = state_of(path)
        if state is State.FOREIGN:
            raise output_failed(path, f"it is there already, and {state.value}; {_FOREIGN}")
        if state is State.EDITED:
            if not resume:
                raise output_failed(path, f"it was {state.value}; {_ADVICE}")
            from ocrcli.outputs.edited_workbook import refuse_what_would_be_lost

            refuse_what_would_be_lost(path)

    def records(self, path: Path) -> Iterable[PlainRecord]:
        """The records that the workbook keeps."""
        from ocrcli.outputs.kept_records import records_in

        with telling(path):
            return records_in(path) if state_of(path) is not State.FOREIGN else ()

    def onto(self, path: Path, fresh: Collection[str]) -> Form | None:
        """Adds to a workbook that people have changed; makes any other anew."""
        with telling(path):
            if state_of(path) is not State.EDITED:
                return self

        def add(stream: BinaryIO, records: Iterable[PlainRecord]) -> None:
            from ocrcli.outputs.edited_workbook import EditedBook

            self._fill(EditedBook(path, fresh), stream, records)

        return add if fresh else None

    def _fill(self, book: Book, stream: BinaryIO, records: Iterable[PlainRecord]) -> None:
        if self._service.workbook is not None:
            from ocrcli.outputs.declared_workbook import write_declared

            write_declared(stream, records, self._service.workbook, self._beside, book)
            return
        from ocrcli.outputs.xlsx import write_workbook

        write_workbook(stream, records, self._service, book)
