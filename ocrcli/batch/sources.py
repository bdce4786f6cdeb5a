"""What the parent does with an input itself: takes the bytes of its own streams, hashes a file."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import replace
from pathlib import Path

from ocrcli.errors import OcrError
from ocrcli.inputs.discover import Given, Refused
from ocrcli.inputs.opening import read_stream
from ocrcli.limits import Limits
from ocrcli.options import LimitsMode

# Names for descriptors of this process, as `<(command)` of a shell gives them: a worker has no such descriptor.
_OWN_STREAMS = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


def at_hand(given: Given, limits: Limits, mode: LimitsMode) -> Given | Refused:
    """The input, with its bytes where only this process can read them: no more of them than the service takes."""
    if given.path is None or not given.path.startswith(_OWN_STREAMS):
        return given
    try:
        with Path(given.path).open("rb") as stream:
            return replace(given, data=read_stream(stream, given, limits, mode))
    except OcrError as error:
        return Refused(given, error)
    except OSError as error:
        return Refused(given, OcrError("unreadable", f"it cannot be read: {error.strerror}"))


def sha256_of(given: Given) -> str | None:
    """The SHA-256 of the input's bytes; None where they can be read once only (a FIFO), or not at all."""
    if given.data is not None:
        return hashlib.sha256(given.data).hexdigest()
    if given.path is None:
        return None
    try:
        if not stat.S_ISREG(Path(given.path).stat().st_mode):
            return None
        with Path(given.path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
