"""A sink that also copies each input to names made of what was read (`--rename`, `--sort-into`)."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePath
from typing import Any

from ocrcli.inputs.discover import Given
from ocrcli.outputs.base import PlainRecord, Sink
from ocrcli.outputs.files import telling
from ocrcli.outputs.naming import file_under
from ocrcli.steps.renaming import named
from ocrcli.steps.sorting import kinds_in

Names = Callable[[Given, Sequence[Any]], Iterable[str]]  # an input and its records' fields → paths without suffix


@dataclass(frozen=True)
class Copied:
    """What became of one name of an input: `copy` is the file that holds its bytes, `new` unless it was there."""

    input: str
    copy: str
    new: bool


def by_pattern(pattern: str) -> Names:
    """Names as `--rename` asks for them: the pattern, filled in for each record."""
    return lambda _, found: [named(pattern, fields) for fields in found]


def by_kind(folder: str) -> Names:
    """Names as `--sort-into` asks for them: the input's own, in the folder of each kind in it."""
    return lambda given, found: [str(Path(folder, kind, PurePath(given.relative).stem)) for kind in kinds_in(found)]


class Copies:
    """Hands everything on to another sink, and copies the inputs that were read well.

    An input with several documents is copied once for each. Nothing is ever written over: a name that is taken by
    another file gets a number, one that is taken by the same bytes stays as it is. `copied` tells what went where.
    Raises OcrError("output_failed").
    """

    def __init__(self, sink: Sink, names: Names) -> None:
        self._sink = sink
        self._names = names
        self._found: list[Any] = []
        self.copied: list[Copied] = []

    def has(self, given: Given, sha256: str, fingerprint: str) -> bool:
        """As the other sink."""
        return self._sink.has(given, sha256, fingerprint)

    def write(self, given: Given, record: PlainRecord) -> None:
        """Takes a record, and keeps what names the copy."""
        self._sink.write(given, record)
        if "error" not in record:
            self._found.append(record["fields"])

    def end(self, given: Given, failed: bool) -> None:
        """Copies the input, unless it failed, then ends it."""
        found, self._found = self._found, []
        if not failed:
            self.copied += [_copy(given, name) for name in dict.fromkeys(self._names(given, found))]
        self._sink.end(given, failed)

    def close(self, *, stopped: bool = False) -> None:
        """As the other sink."""
        self._sink.close(stopped=stopped)


def _copy(given: Given, name: str) -> Copied:
    path = PurePath(name)
    suffix = PurePath(given.relative).suffix.lower()
    with telling(name):
        folder = Path(path.parent)
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{os.getpid()}.ocrcli.tmp"
        try:
            if given.path is None:
                draft.write_bytes(given.data or b"")
            else:
                shutil.copy2(given.path, draft)
            for target in _targets(folder, path.name, suffix):
                new = _put(draft, target)
                if new or _same(draft, target):
                    break
            return Copied(given.name, str(target), new)
        finally:
            with suppress(OSError):
                draft.unlink()


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
