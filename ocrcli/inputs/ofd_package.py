"""The OFD container (GB/T 33190-2016, clause 6): a ZIP of XML parts, opened so that no package can do harm.

Parts are read only when asked for, only below the caps, and never from outside the package; XML may not declare
entities. Names are compared without case, because writers differ.
"""

from __future__ import annotations

import math
import posixpath
import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ocrcli.errors import OcrError
from ocrcli.geometry import Affine, Box
from ocrcli.limits import MEGABYTE
from ocrcli.safe_text import quoted

MOST_PARTS = 10_000
MOST_PART_BYTES = 64 * MEGABYTE
MOST_XML_BYTES = 16 * MEGABYTE  # parsed XML takes some ten times its size
MOST_BYTES = 256 * MEGABYTE
MOST_NODES = 1_500_000  # elements and attributes, of the parts of a page together: some 200 bytes each
MOST_NUMBERS_TEXT = 1_000_000  # characters of an attribute or element that holds numbers
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others ask for memory as their parts please


class Package:
    """An opened OFD file. All methods raise OcrError: decode_failed, encrypted, file_too_large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise OcrError("decode_failed", "the OFD package is damaged: its list of parts cannot be read") from error
        if len(infos) > MOST_PARTS:
            raise OcrError(
                "file_too_large", f"the OFD package has {len(infos):,} parts; at most {MOST_PARTS:,} are read"
            )
        self._parts = {_key(info.filename): info for info in infos}
        self._taken: dict[str, int] = {}
        self._trees: OrderedDict[str, tuple[Element, int]] = OrderedDict()  # the last ones used, MOST_NODES together

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
                raise OcrError("decode_failed", f"the OFD package names a part outside itself: {quoted(location)}")
            if path.lower() in self._parts:
                return path.lower()
        return None

    def read(self, part: str, most: int = MOST_PART_BYTES) -> bytes:
        """The bytes of a part."""
        info = self._parts.get(_key(part))
        if info is not None and info.compress_type not in _METHODS:
            raise OcrError("decode_failed", f"part {quoted(part)} of the OFD package is not deflated, as OFD asks")
        try:
            with self._zip.open(info or part) as stream:
                data = stream.read(most + 1)
        except MemoryError:
            raise
        except RuntimeError as error:  # what zipfile says where a part has a password
            raise OcrError("encrypted", "the OFD package is encrypted; save it without a password") from error
        except Exception as error:  # of many types, from zipfile and zlib
            raise OcrError("decode_failed", f"part {quoted(part)} of the OFD package is damaged") from error
        self._taken[part] = len(data)
        if len(data) > most or sum(self._taken.values()) > MOST_BYTES:
            raise OcrError(
                "file_too_large",
                f"part {quoted(part)} makes the unpacked OFD package too large; read are {most >> 20} MB of a part "
                f"and {MOST_BYTES // MEGABYTE} MB of all",
            )
        return data

    def xml(self, part: str) -> Element:
        """A part as XML, without entities and document types. Parts that pages share are parsed once."""
        if part in self._trees:
            self._trees.move_to_end(part)
            return self._trees[part][0]
        data = self.read(part, MOST_XML_BYTES)
        nodes = most_nodes_in(data)
        if nodes > MOST_NODES:
            raise OcrError(
                "file_too_large",
                f"part {quoted(part)} of the OFD package has more than {MOST_NODES:,} elements and attributes",
            )
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise OcrError("decode_failed", f"part {quoted(part)} of the OFD package is no sound XML") from error
        while self._trees and nodes + sum(count for _, count in self._trees.values()) > MOST_NODES:
            self._trees.popitem(last=False)
        self._trees[part] = root, nodes
        return root


class PartsOfPage:
    """The XML parts that a page is made of; MOST_NODES for all of them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._nodes: dict[str, int] = {}

    def xml(self, part: str) -> Element:
        """A part as XML. Raises OcrError("file_too_large") beside what Package.xml raises."""
        root = self._package.xml(part)
        if part not in self._nodes:
            self._nodes[part] = sum(1 + len(element.attrib) for element in root.iter())
        if sum(self._nodes.values()) > MOST_NODES:
            raise OcrError("file_too_large", f"the page has more than {MOST_NODES:,} elements and attributes")
        return root


def most_nodes_in(data: bytes) -> int:
    """So many elements and attributes, at most, are in XML: each element has a "<", each attribute a "=", whatever the
    encoding."""
    return data.count(b"<") + data.count(b"=")


_NO_NUMBERS = "something else stands where OFD has numbers"


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
    if text and len(text) > MOST_NUMBERS_TEXT:
        raise OcrError("decode_failed", _NO_NUMBERS)
    try:
        words = (text or "").split()
        values = [float(int(word[1:], 16)) if word[0] == "#" else float(word) for word in words]
    except (ValueError, OverflowError) as error:
        raise OcrError("decode_failed", _NO_NUMBERS) from error
    if not all(math.isfinite(value) for value in values):
        raise OcrError("decode_failed", _NO_NUMBERS)
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
