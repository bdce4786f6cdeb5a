"""An output folder: a file for each input, there when all of it was read without error."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from ocrcli.inputs.discover import Given
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.files import GrowingFile, check_place, output_failed, replacing, sweep, telling
from ocrcli.outputs.journal import Journal, as_record
from ocrcli.outputs.json import list_items
from ocrcli.outputs.naming import Format, file_under
from ocrcli.outputs.single_file import FileForm

# Texts and workbooks hold no record to compare with: what they were made from is noted in this file of the folder.
LEDGER = ".ocrcli.jsonl"


class Folder:
    """Writes `relative/name.png.json` and the like under the folder; failed inputs leave no file."""

    def __init__(self, folder: Path, form: FileForm, suffix: Format, *, force: bool = False) -> None:
        with telling(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        for below, _, _ in os.walk(folder):
            sweep(Path(below))
        self._folder = folder
        self._form = form
        self._force = force
        self._suffix = suffix
        self._journal = Journal(GrowingFile.unnamed(folder))  # of the input at hand
        self._ledger = None if suffix in ("json", "jsonl") else _Ledger(folder / LEDGER)
        self._taken: dict[Path, str] = {}

    def has(self, given: Given, sha256: str, fingerprint: str) -> bool:
        """True where the input's file holds good records from these bytes and options."""
        file = self._file(given)
        if not file.is_file():
            return False
        if self._ledger is not None:
            return self._ledger.has(file.relative_to(self._folder), sha256, fingerprint)
        return _holds(file, sha256, fingerprint)

    def kept(self, given: Given) -> Iterable[PlainRecord] | None:
        """The records in the input's file; None where it is a text."""
        file = self._file(given)
        if self._suffix in ("json", "jsonl"):
            return _records_in(file)
        return list(self._form.records(file)) or None

    def write(self, given: Given, record: PlainRecord) -> None:  # noqa: ARG002  (known by `end`)
        """Keeps the record until the input is done."""
        self._journal.append(record)

    def end(self, given: Given, failed: bool) -> None:
        """Writes the input's file, or removes that of an earlier run where the input failed now."""
        file = self._claim(given)
        try:
            check_place(self._folder, self._held)
            if failed:
                self._form.guard(file, resume=False, force=self._force)
                with telling(file):
                    file.unlink(missing_ok=True)
                return
            self._form.guard(file, resume=False, force=self._force)
            with replacing(file) as stream:
                self._form(stream, self._journal.stored(self._journal.entries))
            if self._ledger is not None:
                self._ledger.note(file.relative_to(self._folder), self._journal)
        finally:
            self._journal.clear()

    def close(self, *, stopped: bool = False) -> None:  # noqa: ARG002  (every file is in its place)
        """Forgets the records of an input that was not done."""
        self._journal.file.close()
        try:
            check_place(self._folder, self._held)
        finally:
            os.close(self._held)

    def _file(self, given: Given) -> Path:
        return self._folder / file_under(given.relative, f".{self._suffix}")

    def _claim(self, given: Given) -> Path:
        # Names that come through a pipe are known one by one, so not every collision is found before the work.
        file = self._file(given)
        owner = self._taken.setdefault(file, given.name)
        if owner != given.name:
            raise output_failed(file, f"it already holds {owner!r}; read {given.name!r} in a run with another -o")
        return file


class _Ledger:
    """Which file of the folder was made from which bytes and options: a JSON line each, the last one counts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, tuple[str, str]] = {}
        if path.exists():
            with telling(path):
                self._load(path.read_bytes())

    def has(self, file: Path, sha256: str, fingerprint: str) -> bool:
        """True where the file was last made from these."""
        return self._known.get(str(file)) == (sha256, fingerprint)

    def note(self, file: Path, journal: Journal) -> None:
        """Adds what the file was just made from."""
        if not journal.entries:
            return  # an input without records: nothing to skip it by
        made_from = journal.entries[-1]
        told = json.dumps({"file": str(file), "input_sha256": made_from.sha256, "options": made_from.options})
        with telling(self._path), self._path.open("ab", buffering=0) as stream:
            stream.write(told.encode() + b"\n")

    def _load(self, content: bytes) -> None:
        for raw in content.splitlines():
            try:
                told = json.loads(raw)
                self._known[told["file"]] = told["input_sha256"], told["options"]
            except (ValueError, KeyError, TypeError):
                continue  # a torn line: its file is made again


def _holds(file: Path, sha256: str, fingerprint: str) -> bool:
    try:
        records = _records_in(file)
    except (OSError, ValueError):
        return False  # it is made again, and what is wrong with it comes out then
    return bool(records) and all(
        "error" not in record and record.get("input_sha256") == sha256 and record["tool"]["options"] == fingerprint
        for record in records
    )


def _records_in(file: Path) -> list[PlainRecord]:
    """The records in a file of JSON. Raises OSError, and ValueError where it holds something else."""
    content = file.read_bytes()
    lines = file.suffix == ".jsonl"
    items = map(json.loads, content.splitlines()) if lines else list_items(content.decode())
    return [as_record(item) for item in items]
