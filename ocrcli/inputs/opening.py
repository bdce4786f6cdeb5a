"""An input's bytes, and the document they are: what every reading begins with."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath
from typing import BinaryIO

from ocrcli.errors import OcrError
from ocrcli.inputs import base64_text
from ocrcli.inputs.discover import Given
from ocrcli.inputs.document import Document
from ocrcli.inputs.formats import HEAD, describe, format_of
from ocrcli.inputs.limits import MOST_BYTES, check_bytes, check_format
from ocrcli.limits import Limits
from ocrcli.options import LimitsMode, ReadOptions
from ocrcli.page import Notice


@dataclass(frozen=True)
class Blob:
    """An input in memory: `data` as it will be opened (base64 undone), `sha256` of the bytes as given."""

    given: Given
    data: bytes
    sha256: str
    notices: tuple[Notice, ...] = ()


def load(given: Given, limits: Limits, options: ReadOptions) -> Blob:
    """Reads an input, but never more than it may have.

    Raises OcrError: unreadable, empty_input, file_too_large, base64_invalid.
    """
    raw = _read(given, limits, options) if given.data is None else given.data
    if not raw or raw.isspace():
        raise OcrError("empty_input", "it holds white space only" if raw else "it has 0 bytes")
    data = base64_text.decode(raw) if _is_base64(given, raw[: 4 * HEAD]) else raw
    if not data:
        raise OcrError("empty_input", "the base64 text stands for 0 bytes")
    notices = check_bytes(len(data), limits, options.limits)
    return Blob(given, data, hashlib.sha256(raw).hexdigest(), notices)


def open_document(blob: Blob, limits: Limits, options: ReadOptions) -> Document:
    """The document that the bytes are. Its notices include the blob's.

    Raises OcrError: format_not_supported, decode_failed, encrypted, too_many_pixels, file_too_large.
    """
    stream = BytesIO(blob.data)
    suffix = blob.given.suffix
    if suffix in base64_text.SUFFIXES:
        suffix = PurePath(blob.given.name).with_suffix("").suffix
    kind = format_of(stream, suffix)
    if kind is None:
        what, advice = describe(stream)
        raise OcrError(
            "format_not_supported",
            f"the bytes are {what}; taken here: {', '.join(limits.formats)}. To read it, {advice}",
        )
    notices = blob.notices + check_format(kind, limits, options.limits)
    if kind == "PDF":
        from ocrcli.inputs.pdf import PdfDocument

        return PdfDocument(blob.data, limits, options, notices)
    if kind == "OFD":
        from ocrcli.inputs.ofd import OfdDocument

        return OfdDocument(blob.data, limits, options, notices)
    from ocrcli.inputs.images import PictureDocument

    return PictureDocument(blob.data, kind, limits, options, notices)


def _is_base64(given: Given, head: bytes) -> bool:
    if given.from_folder:
        return given.suffix in base64_text.SUFFIXES
    return base64_text.is_base64(head, given.suffix)


def _read(given: Given, limits: Limits, options: ReadOptions) -> bytes:
    """A file's or a pipe's bytes; its size is known from the file system, or by reading one byte too many."""
    assert given.path is not None
    try:
        with Path(given.path).open("rb") as stream:
            return read_stream(stream, given, limits, options.limits)
    except (OSError, ValueError) as error:
        raise OcrError("unreadable", f"it cannot be read: {getattr(error, 'strerror', None) or error}") from error


def read_stream(stream: BinaryIO, given: Given, limits: Limits, mode: LimitsMode) -> bytes:
    """What a stream holds, but never more than an input of the service may have: twice that for base64 text.

    Raises OcrError("file_too_large"), OSError.
    """
    head = _up_to(stream, 4 * HEAD)
    most = MOST_BYTES if mode == "warn" else limits.max_bytes
    if _is_base64(given, head):
        most = min(most * base64_text.TEXT_PER_BYTE, MOST_BYTES)
    status = os.fstat(stream.fileno())
    if stat.S_ISREG(status.st_mode) and status.st_size > most:
        check_bytes(status.st_size, limits, mode)
    rest = _up_to(stream, most + 1 - len(head))
    if len(head) + len(rest) > most:
        raise OcrError("file_too_large", f"it has more than {most:,} bytes; allowed: {limits.max_bytes:,}")
    return head + rest


def _up_to(stream: BinaryIO, size: int) -> bytes:
    """So many bytes, or all there are: a pipe gives them in pieces."""
    pieces = bytearray()
    while len(pieces) < size and (piece := stream.read(min(1 << 20, size - len(pieces)))):
        pieces += piece
    return bytes(pieces)
