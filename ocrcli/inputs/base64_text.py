"""Pictures that come as base64 text (RFC 4648), as the cloud services take them: with or without a `data:` prefix
(RFC 2397), in the ordinary or the URL-safe alphabet, wrapped or not, padded or not."""

from __future__ import annotations

import re
from base64 import b64decode

from ocrcli.errors import OcrError
from ocrcli.inputs.formats import HEAD, format_of_head

SUFFIXES = (".b64", ".base64")
# Line ends and spaces make the text longer than 4/3 of its bytes; twice the bytes is room enough.
TEXT_PER_BYTE = 2

_PREFIX = re.compile(rb"data:[^,]{0,200},")
_SPACE = b" \t\r\n\v\f"
_FOREIGN = re.compile(rb"[^A-Za-z0-9+/]")
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")


def is_base64(head: bytes, suffix: str) -> bool:
    """True where bytes that begin with `head` are to be decoded: the suffix or a prefix says so, or the text begins
    as the base64 of a known format does."""
    start = _start(head)
    if suffix in SUFFIXES or _PREFIX.match(start):
        return True
    text = start.translate(_TO_STANDARD, _SPACE)[: HEAD // 3 * 4]
    text = text[: len(text) // 4 * 4]
    if _FOREIGN.search(text.rstrip(b"=")):
        return False
    decoded = _decode(text)
    return format_of_head(decoded) is not None or decoded.startswith(b"PK\3\4")


def decode(data: bytes) -> bytes:
    """The bytes that base64 text stands for. Raises OcrError("base64_invalid")."""
    body = _start(data)
    prefix = _PREFIX.match(body)
    if prefix and b";base64" not in prefix[0].lower():
        raise OcrError(
            "base64_invalid", "the data: prefix does not say ;base64; give data:image/png;base64,… or the bytes"
        )
    text = body[prefix.end() if prefix else 0 :].translate(_TO_STANDARD, _SPACE).rstrip(b"=")
    foreign = _FOREIGN.search(text)
    if foreign:
        raise OcrError(
            "base64_invalid",
            f"character {foreign.start() + 1} of the base64 text is {chr(foreign[0][0])!r}, which base64 does not "
            "have; encode the file again, for example: base64 FILE",
        )
    if len(text) % 4 == 1:
        raise OcrError("base64_invalid", f"the base64 text breaks off: {len(text)} characters; encode the file again")
    return _decode(text)


def _start(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()


def _decode(text: bytes) -> bytes:
    text = text.rstrip(b"=")
    return b64decode(text + b"=" * (-len(text) % 4))
