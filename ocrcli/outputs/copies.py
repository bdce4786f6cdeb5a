"""A sink that also copies each input to where the steps of a run want it, under names made of what was read."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from ocrcli.declaration import Step
from ocrcli.errors import OcrError
from ocrcli.inputs.discover import Given
from ocrcli.outputs.base import PlainRecord, Sink
from ocrcli.outputs.files import draft_in, telling
from ocrcli.outputs.naming import file_under


@dataclass(frozen=True)
class Copied:
    """What became of one name of an input: `copy` is the file that holds its bytes, `new` unless it was there."""

    input: str
    copy: str
    new: bool


class Copies:
    """Hands everything on to another sink, and copies the inputs that were read well.

    An input with several documents is copied once for each. Nothing is ever written over: a name that is taken by
    another file gets a number, one that is taken by the same bytes stays as it is. `steps` are those that copy, each
    with its text; `copied` says what went where. Raises OcrError("output_failed"), and OcrError("unreadable") for an
    input that is gone when it is to be copied.
    """

    def __init__(self, sink: Sink, steps: Sequence[tuple[Step, str]]) -> None:
        self._sink = sink
        self._steps = steps
        self._found: list[Any] = []
        self.copied: list[Copied] = []

    def has(self, given: Given, sha256: str, fingerprint: str) -> bool:
        """As the other sink."""
        return self._sink.has(given, sha256, fingerprint)

    def kept(self, given: Given) -> Iterable[PlainRecord] | None:
        """As the other sink."""
        return self._sink.kept(given)

    def write(self, given: Given, record: PlainRecord) -> None:
        """Takes a record, and keeps what names the copy."""
        self._sink.write(given, record)
        if "error" not in record:
            self._found.append(record["fields"])

    def end(self, given: Given, failed: bool) -> None:
        """Copies the input, unless it failed, then ends it."""
        found, self._found = self._found, []
        if not failed:
            names = dict.fromkeys(name for step, text in self._steps for name in step.names(text, given, found))
            self.copied += [_copy(given, name) for name in names]
        self._sink.end(given, failed)

    def close(self, *, stopped: bool = False) -> None:
        """As the other sink."""
        self._sink.close(stopped=stopped)


def _copy(given: Given, name: str) -> Copied:
    path = PurePath(name)
    suffix = PurePath(given.relative).suffix.lower()
    with _source(given) as source, telling(name):
        folder = Path(path.parent)
        folder.mkdir(parents=True, exist_ok=True)
        with draft_in(folder) as (draft, stream):
            shutil.copyfileobj(source, stream)
            stream.flush()
            with suppress(OSError):  # times and rights, where the source still has them
                shutil.copystat(given.path or draft, draft)
            for target in _targets(folder, path.name, suffix):
                new = _put(draft, target)
                if new or _same(draft, target):
                    break
            return Copied(given.name, str(target), new)


def _source(given: Given) -> BinaryIO:
    """The input's bytes. Raises OcrError("unreadable"): it was read, and may be gone since."""
    if given.data is not None or given.path is None:
        return BytesIO(given.data or b"")
    try:
        return Path(given.path).open("rb")
    except OSError as error:
        reason = error.strerror or str(error)
        raise OcrError("unreadable", f"it was read, but cannot be copied any more: {reason}") from error


def _targets(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    """Names to try: the one asked for, then with a number behind it."""
    for number in count(1):
        yield folder / file_under(stem if number == 1 else f"{stem}_{number}", suffix)


def _put(draft: Path, target: Path) -> bool:
    """Gives the draft its name in one step. False where the name is taken."""
    try:
        try:
            os.link(draft, target)  # unlike a rename, a link never takes the place of what is there
        except FileExistsError:
            raise
        except OSError:  # a file system without links: the name is taken first, then filled
            os.close(os.open(target, os.O_CREAT | os.O_EXCL))
            draft.replace(target)
    except FileExistsError:
        return False
    return True


def _same(draft: Path, target: Path) -> bool:
    return target.is_file() and filecmp.cmp(draft, target, shallow=False)
