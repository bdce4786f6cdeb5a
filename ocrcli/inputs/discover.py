"""From the names on the command line to the inputs there are. Standard library only; nothing is read but first bytes.

`discover` gives, in the order the names were given, a stream of three small types:

- `Given`: an input to be read. It can be pickled and sent to a worker.
- `Refused`: a `Given` that cannot be read, with the OcrError to report: `unreadable`, `url_refused`, `no_input`.
- `Note`: words for people (stderr); no input fails by it: a file given twice, files of other kinds in a folder.

A name is, in this order: `-` (stdin), something that exists, a URL (refused), a pattern (`*`, `?`, `[…]`, `**`).
Names from a list (`--files-from`) are plain paths: no patterns, and `-` is a file's name.
"""

from __future__ import annotations

import errno
import glob
import os
import re
import shlex
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import BinaryIO

from ocrcli.errors import OcrError, UsageError
from ocrcli.inputs.formats import KNOWN_SUFFIXES, format_of

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_CHUNK = 1 << 16
_MOST_NAMED = 5  # of the files of a folder that were left out


@dataclass(frozen=True)
class Given:
    """An input to be read.

    `name` is what records say: UTF-8, undecodable bytes as \\xNN. `path` can be opened (surrogates stand for
    undecodable bytes); None for stdin, whose bytes are `data`. `relative` is the path inside the folder or pattern
    that was given, else the base name: it decides output names.
    """

    name: str
    path: str | None
    data: bytes | None = None
    relative: str = ""
    from_folder: bool = False

    @property
    def suffix(self) -> str:
        """The suffix of the name, in lower case, with its dot."""
        return PurePath(self.name).suffix.lower()


@dataclass(frozen=True)
class Refused:
    """An input that cannot be read, and why."""

    given: Given
    error: OcrError


@dataclass(frozen=True)
class Note:
    """Something to tell on stderr that makes no input fail."""

    message: str


Found = Given | Refused | Note


def discover(
    names: Iterable[str],
    *,
    recursive: bool = False,
    files_from: BinaryIO | None = None,
    stdin: Callable[[], bytes],
    exclude: Sequence[str] = (),
) -> Iterator[Found]:
    """What the names stand for, then what the list `files_from` names, one after another as they come.

    `stdin` is called when `-` is reached; an OcrError that it raises refuses that input. Nothing under the folders
    `exclude` is picked up from a folder or pattern.
    Raises UsageError for a second `-`, before anything is given.
    """
    names = list(names)
    if names.count("-") > 1:
        raise UsageError("`-` stands for standard input and can be given once only")
    return _Discovery(recursive, tuple(map(os.path.realpath, exclude))).run(names, files_from, stdin)


def printable(path: str) -> str:
    """A path as records and messages write it: UTF-8, undecodable bytes as \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def natural_key(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sorts img2 before img10: runs of digits count as numbers."""
    parts = re.split(r"([0-9]+)", name)
    return [(0, int(part), "") if i % 2 else (1, 0, part.casefold()) for i, part in enumerate(parts)], name


def listed_names(stream: BinaryIO) -> Iterator[str]:
    """The names in a list as they come in: NUL-separated where the first bytes hold a NUL, else one a line."""
    read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    pending, separator = b"", b""
    while chunk := read(_CHUNK):
        pending += chunk
        separator = separator or (b"\0" if b"\0" in pending else b"\n" if b"\n" in pending else b"")
        if separator:
            *whole, pending = pending.split(separator)
            yield from _names(whole, separator)
    yield from _names([pending], separator)


def _names(items: Iterable[bytes], separator: bytes) -> Iterator[str]:
    for item in items:
        name = item if separator == b"\0" else item.rstrip(b"\r\n")
        if name:
            yield os.fsdecode(name)


@dataclass
class _Walk:
    """What was met below one given folder or pattern; `given` counts inputs, unreadable folders among them."""

    given: int = 0
    others: list[str] = field(default_factory=list)
    twice: int = 0
    folders_left: int = 0


@dataclass
class _Discovery:
    """One run's memory: which files and folders were met before."""

    recursive: bool
    excluded: tuple[str, ...]  # real paths
    _seen: set[str] = field(default_factory=set)  # real paths

    def run(self, names: list[str], files_from: BinaryIO | None, stdin: Callable[[], bytes]) -> Iterator[Found]:
        for name in names:
            if name == "-":
                yield self._stdin(stdin)
            else:
                yield from self._named(name)
        if files_from is not None:
            for name in listed_names(files_from):
                yield from self._path(name)

    def _stdin(self, stdin: Callable[[], bytes]) -> Found:
        given = Given("-", None, None, "stdin")
        try:
            return replace(given, data=stdin())
        except OcrError as error:
            return Refused(given, error)

    def _named(self, name: str) -> Iterator[Found]:
        if os.path.lexists(name):
            yield from self._path(name)
        elif _URL.match(name):
            yield _refused(
                name, "url_refused", f"a URL is not fetched; use: curl -sL {shlex.quote(name)} | ocrcli SERVICE -"
            )
        elif glob.has_magic(name):
            yield from self._pattern(name)
        else:
            yield from self._path(name)

    def _path(self, path: str) -> Iterator[Found]:
        """A path that was named outright: a folder is walked, anything else taken whatever it holds."""
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116  # to pathlib an empty name is the current folder
        except (OSError, ValueError) as error:  # ValueError: a NUL inside the name
            yield _refused(path, "unreadable", _why(error))
            return
        if stat.S_ISDIR(mode):
            yield from self._folder(path)
        elif self._is_new(os.path.realpath(path)):
            yield Given(printable(path), path, None, printable(PurePath(path).name))
        else:
            yield Note(f"{printable(path)} is given twice and read once")

    def _folder(self, folder: str) -> Iterator[Found]:
        walk = _Walk()
        yield from self._entries(folder, folder, walk, set())
        yield from _summary(folder, walk)

    def _entries(self, folder: str, top: str, walk: _Walk, above: set[str]) -> Iterator[Found]:
        """The files of a folder in natural order. `above` are the folders met so far: a loop of links ends there."""
        real = os.path.realpath(folder)
        if real in above or self._is_excluded(real):
            return
        above.add(real)
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: natural_key(entry.name))
        except OSError as error:
            walk.given += 1
            yield _refused(folder, "unreadable", _why(error))
            return
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if not _is_folder(entry):
                yield from self._entry(entry, top, walk)
            elif self.recursive:
                yield from self._entries(entry.path, top, walk, above)
            else:
                walk.folders_left += 1

    def _entry(self, entry: os.DirEntry[str], top: str, walk: _Walk) -> Iterator[Found]:
        """A file in a folder: taken where its suffix or its first bytes are known, else counted."""
        real = os.path.realpath(entry.path)
        if self._is_excluded(real):
            return
        if not _is_wanted(entry):
            walk.others.append(entry.name)
        elif not self._is_new(real):
            walk.twice += 1
        else:
            walk.given += 1
            relative = os.path.relpath(entry.path, top)
            yield Given(printable(entry.path), entry.path, None, printable(relative), from_folder=True)

    def _pattern(self, pattern: str) -> Iterator[Found]:
        """Files that fit are taken as if named; folders that fit are walked, but for `**`, which lists all below."""
        top = _fixed_part(pattern)
        walk = _Walk()
        for path in sorted(glob.iglob(pattern, recursive=True), key=natural_key):  # noqa: PTH207  # names stay as given
            real = os.path.realpath(path)
            if Path(path).is_dir():
                if "**" not in pattern:
                    yield from self._entries(path, top, walk, set())
            elif self._is_excluded(real):
                continue
            elif self._is_new(real):
                walk.given += 1
                yield Given(printable(path), path, None, printable(os.path.relpath(path, top)))
            else:
                walk.twice += 1
        yield from _summary(pattern, walk)

    def _is_new(self, real: str) -> bool:
        if real in self._seen:
            return False
        self._seen.add(real)
        return True

    def _is_excluded(self, real: str) -> bool:
        return any(real == folder or real.startswith(folder + os.sep) for folder in self.excluded)


def _summary(name: str, walk: _Walk) -> Iterator[Found]:
    """What a folder or pattern gave besides files: an error where it gave nothing, else notes."""
    count = len(walk.others)
    named = ", ".join(map(printable, walk.others[:_MOST_NAMED])) + (", …" if count > _MOST_NAMED else "")
    others = f"{count} {'file' if count == 1 else 'files'} of other kinds"
    if not walk.given and not walk.twice:
        hints = [others] if walk.others else []
        if walk.folders_left:
            hints.append(f"{walk.folders_left} folders not entered: add -r")
        aside = f" ({'; '.join(hints)})" if hints else ""
        yield _refused(name, "no_input", f"no picture, PDF or OFD file is there{aside}")
    elif walk.others:
        yield Note(f"{printable(name)}: {others} left out: {named}")
    if walk.twice:
        yield Note(f"{printable(name)}: files given before and read once: {walk.twice}")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    """True for files with a known suffix or known first bytes; pipes and devices in a folder are never opened."""
    known = PurePath(entry.name).suffix.lower() in KNOWN_SUFFIXES
    try:
        if not stat.S_ISREG(entry.stat().st_mode):
            return False
        if known:
            return True
        with Path(entry.path).open("rb") as stream:
            return format_of(stream) is not None
    except OSError as error:
        # A link that leads nowhere, or a file that may not be opened: reading it will say so. A loop of links is none.
        return known and error.errno != errno.ELOOP


def _fixed_part(pattern: str) -> str:
    """The folder a pattern starts from: its path before the first part with a wildcard."""
    folder = PurePath(pattern).parent
    while glob.has_magic(str(folder)):
        folder = folder.parent
    return str(folder)


def _refused(path: str, code: str, message: str) -> Refused:
    name = printable(path)
    return Refused(Given(name, path, None, PurePath(name).name), OcrError(code, message))


def _why(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"it cannot be read: {reason}"
