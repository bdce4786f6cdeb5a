"""One output file for a whole run: gathered beside it and put in place in one rename, or, as JSON Lines, appended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from ocrcli.errors import OcrError
from ocrcli.inputs.discover import Given
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.files import GrowingFile, output_failed, replacing, sweep, telling
from ocrcli.outputs.journal import Entry, Journal, Key, as_record
from ocrcli.outputs.json import list_items, write_lines
from ocrcli.outputs.naming import beside

Form = Callable[[BinaryIO, Iterable[PlainRecord]], None]  # writes the records; may go through them twice

PARTIAL = ".partial.jsonl"


class _SingleFile:
    """What both kinds share: a journal beside the file, and the order in which the run asks for inputs."""

    def __init__(self, path: Path, service: str, *, resume: bool) -> None:
        _refuse_odd_file(path)
        self._path = path
        self._service = service
        self._resume = resume
        self._asked: dict[Key, None] = {}
        self._done: dict[Key, Entry] = {}  # of earlier runs
        self._journal = Journal(GrowingFile.open(beside(path, PARTIAL)))
        sweep(path.parent)

    def has(self, given: Given, sha256: str, fingerprint: str) -> bool:
        """True where an earlier run left good records of this input, from these bytes and options."""
        key = self._ask(given)
        return key in self._done and self._done[key].matches(sha256, fingerprint)

    def write(self, given: Given, record: PlainRecord) -> None:
        """Keeps the record in the journal."""
        self._ask(given)
        self._journal.append(record)

    def _ask(self, given: Given) -> Key:
        key = (self._service, given.name)
        self._asked.setdefault(key)
        return key

    def _leave(self, *, keep: bool) -> None:
        file = self._journal.file
        if not keep:
            with telling(file.path):
                file.path.unlink(missing_ok=True)
        file.close()


class GatheredFile(_SingleFile):
    """A list, a text or a workbook: made at the end from `NAME.partial.jsonl`.

    To go on from: that journal, and, as a JSON list can be read back, the finished list. A text or workbook cannot,
    so the journal stays beside it when the run was stopped, or was itself one that goes on (`resume`).
    """

    def __init__(self, path: Path, form: Form, service: str, *, resume: bool, reads_back: bool) -> None:
        super().__init__(path, service, resume=resume)
        self._form = form
        self._reads_back = reads_back
        if not resume:
            self._journal.clear()
            return
        self._journal.recover()
        self._journal.drop_unended()
        if reads_back:
            self._take_over()
        else:
            self._refuse_other_services()
        self._done = self._journal.newest()

    def end(self, given: Given, failed: bool) -> None:  # noqa: ARG002  (an error record tells as much)
        """Marks the input as done."""
        self._journal.end()
        self._journal.file.sync()

    def close(self, *, stopped: bool = False) -> None:
        """Makes the file from the journal. The journal stays where that fails."""
        self._journal.drop_unended()
        if stopped and not self._journal.entries:
            # Nothing was read: what stands there from an earlier run is worth more than an empty file.
            self._leave(keep=False)
            return
        entries = self._journal.ordered(self._asked) if self._resume else self._journal.entries
        try:
            with replacing(self._path) as stream:
                self._form(stream, self._journal.stored(entries))
        except OcrError as error:
            safe = f"{error.message}. What was read is safe in {self._journal.file.path.name!r}"
            raise OcrError(error.code, f"{safe}: run again with --skip-existing to go on from there") from error
        self._leave(keep=not self._reads_back and (stopped or self._resume))

    def _take_over(self) -> None:
        """Adds the records of the finished list, where the journal has none of the same input."""
        if not self._path.exists():
            return
        newer = self._journal.newest().keys()
        with telling(self._path):
            text = self._path.read_text(encoding="utf-8", errors="replace")
        last: Key | None = None
        try:
            for record in map(as_record, list_items(text)):
                key = (record["service"], record["input"])
                if key in newer:
                    continue
                if key != last:
                    self._journal.end()
                last = key
                self._journal.append(record)
        except ValueError as error:
            reason = "it holds something else than a list of records of ocrcli; choose another -o"
            raise output_failed(self._path, reason) from error
        self._journal.end()

    def _refuse_other_services(self) -> None:
        others = {service for service, _ in self._journal.newest()} - {self._service}
        if others:
            raise output_failed(
                self._path,
                f"{self._journal.file.path.name!r} beside it holds records of `{others.pop()}`; "
                "finish that run first, delete that file, or choose another -o",
            )


class AppendedFile(_SingleFile):
    """JSON Lines: an input's records are appended when it is done, so that the file holds whole inputs only.

    A run that goes on (`resume`) leaves the file as one uninterrupted run would have: what was read again takes the
    place of what it was read again for, in the order of the inputs.
    """

    def __init__(self, path: Path, service: str, *, resume: bool) -> None:
        super().__init__(path, service, resume=resume)
        self._journal.clear()
        self._target = Journal(GrowingFile.open(path))
        if resume:
            self._target.recover()
            self._done = self._target.newest()
        else:
            self._target.mend()

    def end(self, given: Given, failed: bool) -> None:  # noqa: ARG002  (an error record tells as much)
        """Moves the input's records to the file."""
        self._target.absorb(self._journal)
        self._target.file.sync()
        self._target.file.check_place()

    def close(self, *, stopped: bool = False) -> None:  # noqa: ARG002  (the file is ahead of any stop)
        """Puts the file in order after a run that went on, and removes the journal."""
        self._target.file.check_place()
        order = self._target.ordered(self._asked)
        if self._resume and order != self._target.entries:
            with replacing(self._path) as stream:
                write_lines(stream, self._target.stored(order))
        self._target.file.close()
        self._leave(keep=False)


def _refuse_odd_file(path: Path) -> None:
    """A folder, pipe or device can be neither renamed over nor gone on from."""
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "not an ordinary file"
        raise output_failed(path, f"it is {what}; choose another name with -o, or leave -o out to write to stdout")
