"""One output file for a whole run: gathered beside it and put in place in one rename, or, as JSON Lines, appended."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
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


class FileForm:
    """A form of single files, and what a later run can do with one: here nothing (see the forms that can more)."""

    reads_back = False
    one_service = True  # it cannot hold records of several services

    def __init__(self, form: Form) -> None:
        self._form = form

    def __call__(self, stream: BinaryIO, records: Iterable[PlainRecord]) -> None:
        """Writes the records."""
        self._form(stream, records)

    def guard(self, path: Path, *, resume: bool, force: bool) -> None:
        """Raises OcrError("output_failed") where what stands at `path` is not to be written over."""

    def records(self, path: Path) -> Iterable[PlainRecord]:  # noqa: ARG002
        """The records that a finished file gives back. Raises ValueError where it holds something else."""
        return ()

    def onto(self, path: Path, fresh: Collection[str]) -> Form | None:  # noqa: ARG002
        """How a run that went on writes the file; None where it stays as it is. `fresh` are the inputs read now."""
        return self

    def written(self, path: Path, records: Iterable[PlainRecord]) -> None:
        """The file is in its place, with these records."""


class ListForm(FileForm):
    """A JSON list, which can be read back."""

    reads_back = True
    one_service = False

    def records(self, path: Path) -> Iterable[PlainRecord]:
        """The items of the list."""
        return map(as_record, list_items(path.read_text(encoding="utf-8", errors="replace")))


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

    def kept(self, given: Given) -> Iterable[PlainRecord] | None:
        """The records of an input that an earlier run left."""
        entry = self._done.get((self._service, given.name))
        return None if entry is None else _whole(self._kept_in().stored([entry]))

    def _kept_in(self) -> Journal:
        return self._journal

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

    To go on from: that journal, which a killed run leaves, and what the form reads back from the finished file. Where
    it cannot, the journal stays beside it when the run was stopped, or was itself one that goes on (`resume`).
    """

    def __init__(self, path: Path, form: FileForm, service: str, *, resume: bool, force: bool = False) -> None:
        _refuse_odd_file(path)
        form.guard(path, resume=resume, force=force)
        super().__init__(path, service, resume=resume)
        self._form = form
        self._force = force
        self._taken_over: set[int] = set()  # where the entries begin that the finished file gave back
        if not resume:
            self._journal.clear()
            return
        self._journal.recover()
        self._journal.drop_unended()
        self._take_over()
        if form.one_service:
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
        try:
            self._put_in_place()
        except OcrError as error:
            safe = f"{error.message}. What was read is safe in {self._journal.file.path.name!r}"
            raise OcrError(error.code, f"{safe}: run again with --skip-existing to go on from there") from error
        self._leave(keep=not self._form.reads_back and (stopped or self._resume))

    def _put_in_place(self) -> None:
        # Somebody may have worked in the file while the run went on.
        self._form.guard(self._path, resume=self._resume, force=self._force)
        newest = self._journal.newest()
        fresh = {name for (_, name), entry in newest.items() if entry.start not in self._taken_over}
        entries = self._journal.ordered(self._asked) if self._resume else self._journal.entries
        form: Form | None = self._form
        if self._resume and not self._force:
            form = self._form.onto(self._path, fresh)
        if form is not None:
            with replacing(self._path) as stream:
                form(stream, self._journal.stored(entries))
            self._form.written(self._path, self._journal.stored(entries))

    def _take_over(self) -> None:
        """Adds the records of the finished file, where the journal has none of the same input."""
        if not self._path.exists():
            return
        newer = self._journal.newest().keys()
        last: Key | None = None
        try:
            with telling(self._path):
                for record in self._form.records(self._path):
                    key = (record["service"], record["input"])
                    if key in newer:
                        continue
                    if key != last:
                        self._journal.end()
                        self._taken_over.add(self._journal.file.size)
                    last = key
                    self._journal.append(record)
        except ValueError as error:
            reason = "it holds something else than records of ocrcli; choose another -o"
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

    def _kept_in(self) -> Journal:
        return self._target

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


def _whole(records: Iterable[PlainRecord]) -> list[PlainRecord] | None:
    """The records; None where they are but parts of a text."""
    found = list(records)
    return found if all("error" in record or "fields" in record for record in found) else None


def _refuse_odd_file(path: Path) -> None:
    """A folder, pipe or device can be neither renamed over nor gone on from."""
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "not an ordinary file"
        raise output_failed(path, f"it is {what}; choose another name with -o, or leave -o out to write to stdout")
