"""Records kept as JSON lines in a file that only grows, with an index of where each input's records stand in it.

What makes a run that was killed worth going on with: a record is in the file as soon as it was taken. The index holds
places, not records, so that a run of any length fits in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.files import GrowingFile, output_failed
from ocrcli.outputs.json import line

Key = tuple[str, str]  # service, input

# Stands in a journal behind the last record of an input.
_END = b"\n"


@dataclass
class Entry:
    """The records of one input: bytes `start` to `end` of the file. `good` says that none is an error."""

    key: Key
    start: int
    end: int
    sha256: str | None
    options: str | None = None
    good: bool = True
    ended: bool = False
    place: tuple[float, int] = (0, 0)  # page and document of the last record

    def matches(self, sha256: str, fingerprint: str) -> bool:
        """True where all records are good and come from these bytes and these options."""
        return self.good and self.sha256 == sha256 and self.options == fingerprint


class Journal:
    """A file of records in the order they came, and its index.

    Other files of JSON lines are read the same way (`recover`), so that an appended `.jsonl` is a journal too.
    """

    def __init__(self, file: GrowingFile) -> None:
        self.file = file
        self.entries: list[Entry] = []

    def mend(self) -> bool:
        """Drops a torn last line. True where there was one; a whole one that only lacks its line break gets it."""
        tail = self.file.tail()
        if not tail:
            return False
        try:
            json.loads(tail)
        except ValueError:
            self.file.cut(self.file.size - len(tail))
            return True
        self.file.put(b"\n")
        return False

    def recover(self) -> None:
        """Indexes what is in the file. Raises OcrError("output_failed") where that is something else than records."""
        torn = self.mend()
        start = 0
        for raw in self.file.lines():
            if raw != _END:
                self._note(self._parse(raw), start, len(raw))
            elif self.entries:
                self.entries[-1].ended = True
            start += len(raw)
        if torn and self.entries:
            # Earlier records of the torn one's input may stand before it: whoever asks reads that input again.
            self.entries[-1].good = False

    def append(self, record: PlainRecord) -> None:
        """Takes the next record."""
        raw = line(record)
        start = self.file.size
        self.file.put(raw)
        self._note(record, start, len(raw))

    def end(self) -> None:
        """The input whose records came last is done."""
        if self.entries and not self.entries[-1].ended:
            self.file.put(_END)
            self.entries[-1].ended = True

    def drop_unended(self) -> None:
        """Forgets the records of an input that was not done: half an input would look like a whole one."""
        if self.entries and not self.entries[-1].ended:
            self.file.cut(self.entries.pop().start)

    def clear(self) -> None:
        """Empties the journal."""
        self.file.cut(0)
        self.entries.clear()

    def absorb(self, other: Journal) -> None:
        """Adds everything in `other` behind what is here, in one piece, and empties `other`."""
        shift = self.file.size
        self.file.put(other.file.read(0, other.file.size))
        self.entries += [replace(e, start=e.start + shift, end=e.end + shift) for e in other.entries]
        other.clear()

    def newest(self) -> dict[Key, Entry]:
        """The last entry of each input, in the order in which the inputs first came."""
        return {entry.key: entry for entry in self.entries}

    def ordered(self, asked: Iterable[Key]) -> list[Entry]:
        """The last entry of each input: first those not in `asked`, then those in it, in its order."""
        newest = self.newest()
        order = dict.fromkeys(asked)
        rest = [entry for key, entry in newest.items() if key not in order]
        return rest + [newest[key] for key in order if key in newest]

    def stored(self, entries: Sequence[Entry]) -> Stored:
        """The records of these entries; can be gone through more than once."""
        return Stored(self.file, entries)

    def _parse(self, raw: bytes) -> PlainRecord:
        try:
            return as_record(json.loads(raw))
        except ValueError as error:
            reason = "it holds something else than records of ocrcli; choose another -o"
            raise output_failed(self.file.path, reason) from error

    def _note(self, record: PlainRecord, start: int, length: int) -> None:
        entry = self.entries[-1] if self.entries else None
        place = _place(record)
        if entry is None or not _continues(entry, record, place):
            entry = Entry((record["service"], record["input"]), start, start, record.get("input_sha256"))
            self.entries.append(entry)
        entry.end = start + length
        entry.place = place
        if "error" in record:
            entry.good = False
        else:
            entry.options = record["tool"]["options"]


class Stored:
    """Records in a file, read when gone through, any number of times."""

    def __init__(self, file: GrowingFile, entries: Sequence[Entry]) -> None:
        self._file = file
        self._entries = entries

    def __iter__(self) -> Iterator[PlainRecord]:
        for entry in self._entries:
            yield from map(json.loads, self._file.read(entry.start, entry.end).splitlines())


def as_record(value: object) -> PlainRecord:
    """`value` itself where it has what an index needs of a record or an error record. Raises ValueError."""
    if isinstance(value, dict) and all(isinstance(value.get(key), str) for key in ("service", "input")):
        tool = value.get("tool")
        if "error" in value or (isinstance(tool, dict) and isinstance(tool.get("options"), str)):
            return value
    raise ValueError("not a record of ocrcli")


def _place(record: PlainRecord) -> tuple[float, int]:
    # An error without a page is about the whole input and comes last.
    return record.get("page", float("inf")), record.get("document", {}).get("index", 0)


def _continues(entry: Entry, record: PlainRecord, place: tuple[float, int]) -> bool:
    """True where the record is about the same reading of the same input as those of the entry."""
    options = None if "error" in record else record["tool"]["options"]
    return (
        not entry.ended
        and entry.key == (record["service"], record["input"])
        and record.get("input_sha256") in (None, entry.sha256)
        and (options is None or entry.options in (None, options))
        and place > entry.place
    )
