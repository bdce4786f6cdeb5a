"""A sink that also copies each input to a name made of what was read (`--rename`)."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path, PurePath

from ocrcli.inputs.discover import Given
from ocrcli.outputs.base import PlainRecord, Sink
from ocrcli.outputs.files import telling
from ocrcli.outputs.naming import file_under
from ocrcli.services.renaming import named


class Copies:
    """Hands everything on to another sink, and copies the inputs that were read well.

    An input with several documents is copied once for each. Nothing is ever written over: a name that is taken by
    another file gets a number, one that is taken by the same bytes stays as it is. Raises OcrError("output_failed").
    """

    def __init__(self, sink: Sink, pattern: str) -> None:
        self._sink = sink
        self._pattern = pattern
        self._names: list[str] = []

    def has(self, given: Given, sha256: str, fingerprint: str) -> bool:
        """As the other sink."""
        return self._sink.has(given, sha256, fingerprint)

    def write(self, given: Given, record: PlainRecord) -> None:
        """Takes a record, and its name for the copy."""
        self._sink.write(given, record)
        if "error" not in record:
            self._names.append(named(self._pattern, record["fields"]))

    def end(self, given: Given, failed: bool) -> None:
        """Copies the input, unless it failed, then ends it."""
        names, self._names = dict.fromkeys(self._names), []
        if not failed:
            for name in names:
                _copy(given, name)
        self._sink.end(given, failed)

    def close(self, *, stopped: bool = False) -> None:
        """As the other sink."""
        self._sink.close(stopped=stopped)


def _copy(given: Given, name: str) -> None:
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
                if _put(draft, target):
                    break
        finally:
            with suppress(OSError):
                draft.unlink()


def _targets(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    """Names to try: the one asked for, then with a number behind it."""
    for number in count(1):
        yield folder / file_under(stem if number == 1 else f"{stem}_{number}", suffix)


def _put(draft: Path, target: Path) -> bool:
    """Gives the draft its name in one step. False where another file has it; the same bytes count as put."""
    try:
        try:
            os.link(draft, target)  # unlike a rename, a link never takes the place of what is there
        except FileExistsError:
            raise
        except OSError:  # a file system without links: the name is taken first, then filled
            os.close(os.open(target, os.O_CREAT | os.O_EXCL))
            draft.replace(target)
    except FileExistsError:
        return target.is_file() and filecmp.cmp(draft, target, shallow=False)
    return True
