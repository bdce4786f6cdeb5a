"""Files that are there whole or not at all, and faults of the file system said in plain words."""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO

from ocrcli.errors import OcrError, ReaderLeft

_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space or choose another place with -o",
    errno.EDQUOT: "your disk quota is used up; free some space or choose another place with -o",
    errno.EFBIG: "the file is larger than this file system or your limits allow; write to a folder with -o DIR/",
    errno.EROFS: "the file system is read-only; choose another place with -o",
    errno.EACCES: "permission denied; make it writable or choose another place with -o",
    errno.EPERM: "permission denied; make it writable or choose another place with -o",
    errno.EISDIR: "a folder stands there; move it away or choose another name with -o",
    errno.ENOTDIR: "a part of this path is a file, not a folder; choose another place with -o",
    errno.EEXIST: "a file stands there, not a folder; move it away or choose another name with -o",
    errno.ENAMETOOLONG: "the name is too long for this file system; choose a shorter one with -o",
}

_BLOCK = 1 << 16
_DRAFT = ".ocrcli-"


def output_failed(path: str | Path, reason: str) -> OcrError:
    """The error of an output that cannot be written (exit 6)."""
    return OcrError("output_failed", f"cannot write {str(path)!r}: {reason}")


@contextmanager
def telling(path: str | Path) -> Iterator[None]:
    """Turns an OSError met while writing `path` into OcrError("output_failed")."""
    try:
        yield
    except ReaderLeft:
        raise
    except OSError as error:
        code = error.errno or 0
        raise output_failed(path, _ADVICE.get(code, error.strerror or str(error))) from error


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of `path`, in one rename, when the block ends well; else nothing changes.

    Missing folders are made. A link is followed, so that it goes on pointing at the file. Raises
    OcrError("output_failed").
    """
    target = Path(os.path.realpath(path))
    with telling(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        with draft_in(target.parent) as (draft, stream):
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            draft.replace(target)
        _sync_folder(target.parent)


@contextmanager
def draft_in(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file in a folder, held as long as the block runs and removed at its end, unless it was renamed: for
    writing what then gets its name in one step. Drafts that a killed run left in the folder go first."""
    _sweep_once(folder)
    descriptor, draft = _held_file(folder)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            os.fchmod(descriptor, 0o666 & ~_umask())  # as any new file: mkstemp gives it to its owner alone
            yield draft, stream
    finally:
        with suppress(OSError):
            draft.unlink()


def _held_file(folder: Path) -> tuple[int, Path]:
    """A new draft, open and locked: before it is, another process may take it for one that was left behind."""
    while True:
        descriptor, name = tempfile.mkstemp(".tmp", _DRAFT, folder)
        with suppress(OSError):  # a file system without locks: nobody sweeps there
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.path.exists(name):  # noqa: PTH110
            return descriptor, Path(name)
        os.close(descriptor)


@cache
def _sweep_once(folder: Path) -> None:
    sweep(folder)


def sweep(folder: Path) -> None:
    """Removes the drafts in a folder that no process holds any more: their run was killed (SIGKILL, a power cut)."""
    with suppress(OSError):
        for draft in folder.glob(f"{_DRAFT}*.tmp"):
            with suppress(OSError), draft.open("rb") as stream:
                fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails where its run still goes on
                draft.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    # The rename itself is on the disk only when the folder is. Some file systems cannot sync a folder: no harm done.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def check_place(path: Path, descriptor: int) -> None:
    """Raises OcrError("output_failed") where `path` does not lead to the file or folder that is open any more."""
    try:
        there = path.stat()
    except OSError:
        there = None
    if there is None or not os.path.samestat(there, os.fstat(descriptor)):
        raise output_failed(path, "it was removed or replaced while the run went on; what was written to it is lost")


class GrowingFile:
    """A file that grows by whole pieces: a piece that does not fit on the disk leaves no part of itself.

    Raises OcrError("output_failed").
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.size = os.fstat(descriptor).st_size
        self._descriptor = descriptor

    @classmethod
    def open(cls, path: Path) -> GrowingFile:
        """The file at `path`, made where it is missing, and held: a second run that wants it is refused."""
        with telling(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise output_failed(path, "another run is writing to it; wait for its end or choose another -o") from error
        except OSError:
            pass  # a file system without locks
        return cls(path, descriptor)

    @classmethod
    def unnamed(cls, folder: Path) -> GrowingFile:
        """A file without a name on the disk of `folder`: it is gone when closed, or when the process dies."""
        with telling(folder), tempfile.TemporaryFile(dir=folder) as stream:
            return cls(folder, os.dup(stream.fileno()))

    def put(self, piece: bytes) -> None:
        """Adds the piece at the end; it outlives this process from here on."""
        with telling(self.path):
            try:
                rest = memoryview(piece)
                while rest:
                    rest = rest[os.write(self._descriptor, rest) :]
            except OSError:
                self.cut(self.size)
                raise
        self.size += len(piece)

    def read(self, start: int, end: int) -> bytes:
        """The bytes from `start` up to `end`."""
        pieces = []
        with telling(self.path):
            while start < end and (piece := os.pread(self._descriptor, end - start, start)):
                pieces.append(piece)
                start += len(piece)
        return b"".join(pieces)

    def lines(self) -> Iterator[bytes]:
        """All lines with their line breaks; the last may have none."""
        with telling(self.path), os.fdopen(os.dup(self._descriptor), "rb") as stream:
            stream.seek(0)
            yield from stream

    def tail(self) -> bytes:
        """What stands behind the last line break."""
        tail = b""
        end = self.size
        while end > 0:
            start = max(0, end - _BLOCK)
            _, found, rest = self.read(start, end).rpartition(b"\n")
            tail = rest + tail
            if found:
                break
            end = start
        return tail

    def cut(self, size: int) -> None:
        """Drops everything behind the first `size` bytes."""
        with telling(self.path):
            os.ftruncate(self._descriptor, size)
            os.lseek(self._descriptor, size, os.SEEK_SET)
        self.size = size

    def sync(self) -> None:
        """Sees everything onto the disk, so that it outlives a power cut."""
        with telling(self.path):
            os.fsync(self._descriptor)

    def check_place(self) -> None:
        """Raises OcrError("output_failed") where the file was removed, or another was put in its place: what is
        written goes nowhere then."""
        check_place(self.path, self._descriptor)

    def close(self) -> None:
        """Lets go of the file."""
        os.close(self._descriptor)
