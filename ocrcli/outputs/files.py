"""Files that are there whole or not at all, and faults of the file system said in plain words."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    # Short whatever the target's name, on the same file system, and not shared with another run.
    stem = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]
    draft = target.with_name(f".{stem}.{os.getpid()}.tmp")
    with telling(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(target)
        except BaseException:
            with suppress(OSError):
                draft.unlink()
            raise
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    # The rename itself is on the disk only when the folder is. Some file systems cannot sync a folder: no harm done.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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

    def close(self) -> None:
        """Lets go of the file."""
        os.close(self._descriptor)
