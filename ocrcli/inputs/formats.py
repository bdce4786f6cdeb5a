"""What kind of file some bytes are: told by the bytes, never by the name. Standard library only.

Signatures are those of the formats' own specifications. TGA has none and goes by its suffix.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from itertools import chain
from typing import BinaryIO

HEAD = 1024  # bytes that decide; a PDF may have that much before "%PDF-" (PDF reference 1.7, appendix H)
_SUFFIXES = {
    "PNG": (".png", ".apng"),
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "BMP": (".bmp", ".dib"),
    "GIF": (".gif",),
    "TIFF": (".tif", ".tiff"),
    "WEBP": (".webp",),
    "PCX": (".pcx",),
    "ICO": (".ico",),
    "PSD": (".psd",),
    "TGA": (".tga",),
    "HEIF": (".heic", ".heif", ".hif"),
    "AVIF": (".avif",),
    "PDF": (".pdf",),
    "OFD": (".ofd",),
    "base64 text": (".b64", ".base64"),
}
KNOWN_SUFFIXES = frozenset(chain.from_iterable(_SUFFIXES.values()))

_DIB_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)  # header sizes of BMP's versions


def _bmp(head: bytes) -> bool:
    return head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _DIB_HEADERS


def _pcx(head: bytes) -> bool:
    return len(head) > 4 and head[0] == 10 and head[1] in (0, 2, 3, 4, 5) and head[2] == 1 and head[3] in (1, 2, 4, 8)


def _ico(head: bytes) -> bool:
    return head[:4] == b"\0\0\1\0" and 0 < int.from_bytes(head[4:6], "little") < 256 and head[9:10] == b"\0"


# Brands in the file type box (ISO/IEC 14496-12, 4.3): HEIF (ISO/IEC 23008-12, annex B), AVIF (AV1 Image File Format).
_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_AVIF = frozenset({b"avif", b"avis"})
_ANY_CODING = frozenset({b"mif1", b"msf1"})


def _heif(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF | _ANY_CODING and not _avif(head)


def _avif(head: bytes) -> bool:
    if head[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(head[:4]), len(head))
    compatible = {head[at : at + 4] for at in range(16, end, 4)}
    return head[8:12] in _AVIF or (head[8:12] in _ANY_CODING and not compatible.isdisjoint(_AVIF))


def _begins(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(signatures)


_TAKEN: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("PNG", _begins(b"\x89PNG\r\n\x1a\n")),
    ("JPEG", _begins(b"\xff\xd8\xff")),
    ("GIF", _begins(b"GIF87a", b"GIF89a")),
    ("TIFF", _begins(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    ("WEBP", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    ("PSD", _begins(b"8BPS")),
    ("PDF", lambda head: b"%PDF-" in head),
    ("BMP", _bmp),
    ("ICO", _ico),
    ("PCX", _pcx),
    ("HEIF", _heif),
    ("AVIF", _avif),
)

_TO_PNG = "save it as PNG or JPEG, for example: magick FILE picture.png"
_TO_PDF = "save it as PDF, for example: soffice --convert-to pdf FILE"
_UNPACK = "unpack it and give the files or the folder"
_OTHERS: tuple[tuple[str, str, Callable[[bytes], bool]], ...] = (
    ("PostScript (EPS)", "make it a PDF, for example: ps2pdf FILE", _begins(b"%!PS", b"\xc5\xd0\xd3\xc6")),
    (
        "a JPEG 2000 or JPEG XL picture",
        _TO_PNG,
        _begins(b"\0\0\0\x0cjP  ", b"\0\0\0\x0cJXL ", b"\xff\x4f\xff", b"\xff\n"),
    ),
    (
        "a video",
        "take out a picture, for example: ffmpeg -i FILE -frames:v 1 picture.png",
        lambda head: head[4:8] == b"ftyp" or head[8:12] == b"AVI " or head.startswith((b"\x1aE\xdf\xa3", b"FLV\1")),
    ),
    ("an Office document", _TO_PDF, _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    ("an archive", _UNPACK, _begins(b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\xfd7zXZ", b"PK\5\6")),
    (
        "an SVG picture or a web page",
        _TO_PNG,
        lambda head: any(t in head.lower() for t in (b"<svg", b"<html", b"<!doc")),
    ),
)
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1b")


def format_of(stream: BinaryIO, suffix: str = "") -> str | None:
    """The format of a seekable stream ("PNG", …, "PDF", "OFD"), or None. `suffix` (".tga") counts for TGA only."""
    stream.seek(0)
    head = stream.read(HEAD)
    found = format_of_head(head)
    if found is not None:
        return found
    if head.startswith(b"PK\3\4"):
        return "OFD" if "ofd.xml" in _names_in_zip(stream) else None
    return "TGA" if suffix.lower() == ".tga" else None


def format_of_head(head: bytes) -> str | None:
    """The format that the first bytes tell by themselves, or None (always for OFD and TGA)."""
    return next((name for name, fits in _TAKEN if fits(head[:HEAD])), None)


def describe(stream: BinaryIO) -> tuple[str, str]:
    """What a stream of none of the formats is, in words, and how to make something readable of it."""
    stream.seek(0)
    head = stream.read(HEAD)
    for what, advice, fits in _OTHERS:
        if fits(head):
            return what, advice
    if head.startswith(b"PK\3\4"):
        office = any(name.startswith(("word/", "xl/", "ppt/", "mimetype")) for name in _names_in_zip(stream))
        return ("an Office document", _TO_PDF) if office else ("an archive", _UNPACK)
    if _is_text(head):
        return "text", "give the picture itself"
    return f"of an unknown kind (it begins with the bytes {head[:8].hex(' ')})", _TO_PNG


def _names_in_zip(stream: BinaryIO) -> set[str]:
    """Lower-case names in an archive; none where it cannot be opened."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return {name.lower().lstrip("/") for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return set()


def _is_text(head: bytes) -> bool:
    return not any(byte < 32 and byte not in _TEXT_CONTROLS for byte in head) and b"\x7f" not in head
