"""The OFD container (GB/T 33190-2016, clause 6): a ZIP of XML parts, opened so that no package can do harm.

Parts are read only when asked for, only below the caps, and never from outside the package; XML may not declare
entities. Names are compared without case, because writers differ.
"""

from __future__ import annotations

import math
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ocrcli.errors import OcrError
from ocrcli.geometry import Affine, Box
from ocrcli.limits import MEGABYTE

MOST_PARTS = 10_000
MOST_PART_BYTES = 64 * MEGABYTE
MOST_XML_BYTES = 16 * MEGABYTE  # parsed XML takes some ten times its size
MOST_BYTES = 256 * MEGABYTE


class Package:
    """An opened OFD file. All methods raise OcrError: decode_failed, encrypted, file_too_large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise OcrError("decode_failed", f"the OFD package is damaged: {error}") from error
        if len(infos) > MOST_PARTS:
            raise OcrError(
                "file_too_large", f"the OFD package has {len(infos):,} parts; at most {MOST_PARTS:,} are read"
            )
        self._parts = {_key(info.filename): info for info in infos}
        self._taken: dict[str, int] = {}

    def close(self) -> None:
        """Closes the archive."""
        self._zip.close()

    def names(self) -> list[str]:
        """The names of all parts, as the package spells them."""
        return [info.filename for info in self._parts.values() if not info.is_dir()]

    def find(self, location: str, *folders: str) -> str | None:
        """The part that a location (absolute, or relative to one of the folders, tried in order) names, or None."""
        for folder in (*folders, ""):
            path = posixpath.normpath(posixpath.join(folder, location.strip().replace("\\", "/"))).lstrip("/")
            if path.startswith(".."):
                raise OcrError("decode_failed", f"the OFD package names a part outside itself: {location!r}")
            if path.lower() in self._parts:
                return path.lower()
        return None

    def read(self, part: str, most: int = MOST_PART_BYTES) -> bytes:
        """The bytes of a part."""
        try:
            with self._zip.open(self._parts[_key(part)]) as stream:
                data = stream.read(most + 1)
        except RuntimeError as error:  # what zipfile says where a part has a password
            raise OcrError("encrypted", "the OFD package is encrypted; save it without a password") from error
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, KeyError) as error:
            raise OcrError("decode_failed", f"part {part!r} of the OFD package is damaged: {error}") from error
        self._taken[part] = len(data)
        if len(data) > most or sum(self._taken.values()) > MOST_BYTES:
            raise OcrError(
                "file_too_large",
                f"part {part!r} makes the unpacked OFD package too large; read are {most // MEGABYTE} MB of a part and "
                f"{MOST_BYTES // MEGABYTE} MB of all",
            )
        return data

    def xml(self, part: str) -> Element:
        """A part as XML, without entities and document types."""
        try:
            root: Element = fromstring(self.read(part, MOST_XML_BYTES), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise OcrError("decode_failed", f"part {part!r} of the OFD package is no sound XML: {error}") from error
        return root


def _key(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def tag(element: Element) -> str:
    """An element's name without its namespace: writers use several."""
    return element.tag.rpartition("}")[2]


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The child elements of this name."""
    return (child for child in (element if element is not None else ()) if tag(child) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child, or grandchild along a path, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: Element | None) -> str:
    """The element's own text, trimmed; empty where there is none."""
    return (element.text or "").strip() if element is not None else ""


def numbers(text: str | None) -> list[float]:
    """The numbers in an attribute, "#" before hexadecimal ones. Raises OcrError("decode_failed") for anything else."""
    try:
        words = (text or "").split()
        values = [float(int(word[1:], 16)) if word[0] == "#" else float(word) for word in words]
    except (ValueError, OverflowError) as error:
        raise OcrError("decode_failed", f"{text!r} stands where OFD has numbers") from error
    if not all(math.isfinite(value) for value in values):
        raise OcrError("decode_failed", f"{text!r} stands where OFD has numbers")
    return values


def number(text: str | None, default: float) -> float:
    """One number, or the default where the attribute is missing."""
    values = numbers(text)
    return values[0] if values else default


def box_of(text: str | None) -> Box | None:
    """An ST_Box, "x y width height", as edges."""
    values = numbers(text)
    if len(values) != 4:
        return None
    x, y, width, height = values
    return x, y, x + width, y + height


def matrix_of(text: str | None) -> Affine:
    """A CTM, "a b c d e f" (x' = a·x + c·y + e, y' = b·x + d·y + f); the identity where it is missing."""
    values = numbers(text)
    if len(values) != 6:
        return Affine()
    a, b, c, d, e, f = values
    return Affine((a, c, e, b, d, f))
