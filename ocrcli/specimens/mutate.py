"""Spoils the bytes of a file the way broken writers and hostile hands do; for trying what the input layer makes of it.

The same random generator gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from random import Random

_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_NUMBERS = (
    b"0",
    b"-1",
    b"1e-300",
    b"1e300",
    b"65536",
    b"4294967296",
    b"-2147483649",
    b"0.0000001",
    b"9" * 40,
    b"9" * 5000,
)
_BYTES = (
    b"\x00",
    b"\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff",
    b"\x1b[2J",
    b"\xed\xa0\x80",
    b"<",
    b">>",
    b'"',
    b"g 9 9 ",
)
_MOST_STEPS = 8


def mutated(data: bytes, rng: Random) -> bytes:
    """The file with a few places spoilt; in a ZIP archive (OFD) mostly inside one of its parts, so that it still
    opens."""
    if data.startswith(b"PK\3\4") and rng.random() < 0.9:
        return _repacked(data, rng)
    for _ in range(rng.randint(1, _MOST_STEPS)):
        data = rng.choice((_with_number, _flipped, _cut, _doubled, _inserted))(data, rng)
    return data


def _repacked(data: bytes, rng: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        chosen = rng.choice(names)
        for name in names:
            part = before.read(name)
            after.writestr(name, _spoilt_part(part, rng) if name == chosen else part)
    return out.getvalue()


def _spoilt_part(part: bytes, rng: Random) -> bytes:
    for _ in range(rng.randint(1, _MOST_STEPS)):
        part = rng.choice((_with_number, _with_number, _flipped, _doubled, _inserted))(part, rng)
    return part


def _with_number(data: bytes, rng: Random) -> bytes:
    """Another number in place of one that stands there in digits."""
    places = [found.span() for found in _NUMBER.finditer(data)]
    if not places:
        return _flipped(data, rng)
    start, end = rng.choice(places)
    return data[:start] + rng.choice(_NUMBERS) + data[end:]


def _flipped(data: bytes, rng: Random) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]


def _cut(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def _doubled(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 1, 3, 50)) + data[end:]


def _inserted(data: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(_BYTES) + data[at:]


def _span(data: bytes, rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 4, 40, 400)))
