"""OFD (GB/T 33190-2016) → Pages: its texts as printed lines; a page that is a picture is drawn when asked for."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from ocrcli.errors import OcrError
from ocrcli.geometry import Affine, Box, bounds
from ocrcli.inputs.document import Document
from ocrcli.inputs.images import size_of
from ocrcli.inputs.limits import check_pixels
from ocrcli.inputs.mupdf import drawn, mupdf
from ocrcli.inputs.ofd_content import Item, Path, Picture, Reader, Resources, Text
from ocrcli.inputs.ofd_draw import Sheet
from ocrcli.inputs.ofd_package import MOST_NODES, Package, PartsOfPage, box_of, child, children, tag, text_of
from ocrcli.inputs.ofd_text import glyphs_of, ruling_lines
from ocrcli.inputs.printed import lines_of, rules_in
from ocrcli.inputs.resolution import SCAN_SIDE, scale_for
from ocrcli.inputs.text_layer import facts_of, flaw, lost_characters, taken_anyway
from ocrcli.limits import MEGABYTE, Limits
from ocrcli.options import ReadOptions
from ocrcli.page import Line, Notice, Page
from ocrcli.safe_text import quoted

if TYPE_CHECKING:
    from ocrcli.page import Pixels

PT_PER_MM = 72 / 25.4
_A4: Box = (0.0, 0.0, 210.0, 297.0)  # mm
_SMALLEST_SIDE, _LARGEST_SIDE = 1.0, 10_000.0  # mm
_MOST_ATTACHED_BYTES = 32 * MEGABYTE  # of all parts that may say something beside the pages
_SCAN_FILLS = 0.9  # of the page


@dataclass
class _Document:
    """A document of the package: where it lies, and what its pages share."""

    folder: str
    area: Box  # mm
    templates: dict[str, Element]
    annotations: dict[str, str]  # page ID → part
    resources: dict[str, Element] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # resource ID → part
    taken: dict[str, int] = field(default_factory=dict)  # resource part → its elements and attributes


@dataclass(frozen=True)
class _Content:
    """A page, opened: its size and transformation, its objects, and the parts its resources lie in."""

    width: float  # pt
    height: float
    items: tuple[Item, ...]
    files: dict[str, str]


class OfdDocument(Document):
    """An OFD file: the pages of all its documents. Pages are in pt, origin at the top left of the PhysicalBox."""

    def __init__(self, data: bytes, limits: Limits, options: ReadOptions, notices: tuple[Notice, ...] = ()) -> None:
        """Raises OcrError: encrypted, decode_failed, file_too_large."""
        self._limits = limits
        self._options = options
        self._package = Package(data)
        if self._package.find("Encryptions.xml"):
            raise OcrError("encrypted", "the OFD package is encrypted; save it without a password")
        documents = map(self._document, dict.fromkeys(self._roots()))
        self._pages = [(document, page) for document, pages in documents for page in pages]
        if not self._pages:
            raise OcrError("decode_failed", "the OFD package has no page")
        super().__init__(len(self._pages), options, notices)

    def close(self) -> None:
        """Closes the package."""
        self._package.close()

    def _roots(self) -> Iterator[str]:
        """The root parts of the documents that OFD.xml names."""
        for body in children(self._package.xml(self._part("OFD.xml")), "DocBody"):
            root = text_of(child(body, "DocRoot"))
            if root:
                yield self._part(root)

    def _part(self, location: str, *folders: str) -> str:
        part = self._package.find(location, *folders)
        if part is None:
            raise OcrError("decode_failed", f"part {quoted(location)} is missing from the OFD package")
        return part

    def _document(self, root: str) -> tuple[_Document, list[Element]]:
        """A document and its page references."""
        xml = self._package.xml(root)
        folder = posixpath.dirname(root)
        common = child(xml, "CommonData")
        document = _Document(
            folder,
            _area(child(common, "PageArea")) or _A4,
            {template.get("ID", ""): template for template in children(common, "TemplatePage")},
            dict(self._annotations(text_of(child(xml, "Annotations")), folder)),
        )
        for element in common if common is not None else ():
            if tag(element) in ("PublicRes", "DocumentRes"):
                self._add_resources(document, text_of(element), folder)
        return document, list(children(child(xml, "Pages"), "Page"))

    def _annotations(self, location: str, folder: str) -> Iterator[tuple[str, str]]:
        """Page IDs with the parts that hold their annotations."""
        listing = self._package.find(location, folder) if location else None
        if listing:
            for page in children(self._package.xml(listing), "Page"):
                part = self._package.find(text_of(child(page, "FileLoc")), posixpath.dirname(listing), folder)
                if part:
                    yield page.get("PageID", ""), part

    def _add_resources(self, document: _Document, location: str, *folders: str) -> None:
        """Takes in a resource part; one that is missing takes nothing from the text."""
        part = self._package.find(location, *folders)
        if part is None or part in document.taken:
            return
        xml = self._package.xml(part)
        document.taken[part] = sum(1 + len(element.attrib) for element in xml.iter())
        if sum(document.taken.values()) > MOST_NODES:
            raise OcrError("file_too_large", f"the OFD resources have more than {MOST_NODES:,} elements and attributes")
        folder = posixpath.dirname(part)
        base = posixpath.join(folder, xml.get("BaseLoc", ""))
        for element in chain.from_iterable(xml):
            name = element.get("ID", "")
            document.resources[name] = element
            file = text_of(child(element, "FontFile")) or text_of(child(element, "MediaFile"))
            found = self._package.find(file, base, folder) if file else None
            if found:
                document.files[name] = found

    def _page(self, number: int) -> Page:
        content = self._content(*self._pages[number - 1])
        rules = tuple(rule for item in content.items if isinstance(item, Path) for rule in ruling_lines(item))
        printed, notices = self._printed(content, rules)
        scanned = None if any(isinstance(item, Text) for item in content.items) else self._scanned_at(content)
        size = (content.width, content.height)
        scale = scale_for(*size, scanned=scanned, dpi=self._options.dpi, limits=self._limits)
        return Page(
            *size,
            "pt",
            number,
            self.count,
            render=lambda: self._draw(number, scale),
            scale=scale,
            printed=printed,
            rules=rules,
            notices=notices,
            attachments=lambda: self._attached,
        )

    def _content(self, document: _Document, reference: Element) -> _Content:
        """A page's objects: background templates, the page itself, foreground templates, annotations."""
        part = self._part(reference.get("BaseLoc", ""), document.folder)
        parts = PartsOfPage(self._package)
        xml = parts.xml(part)
        for resource in children(xml, "PageRes"):
            self._add_resources(document, text_of(resource), posixpath.dirname(part), document.folder)
        x0, y0, x1, y1 = _area(child(xml, "Area")) or document.area
        if not all(_SMALLEST_SIDE <= side <= _LARGEST_SIDE for side in (x1 - x0, y1 - y0)):
            raise OcrError("decode_failed", f"the page has no sensible size: {x1 - x0:g} × {y1 - y0:g} mm")
        to_page = Affine.shift(-x0, -y0).then(Affine.scaling(PT_PER_MM, PT_PER_MM))
        reader = Reader(Resources(document.resources))
        behind: list[Element | None] = []
        before: list[Element | None] = []
        for template in children(xml, "Template"):
            used = document.templates.get(template.get("TemplateID", ""))
            if used is not None:
                order = template.get("ZOrder") or used.get("ZOrder") or "Background"
                body = parts.xml(self._part(used.get("BaseLoc", ""), document.folder))
                (before if order == "Foreground" else behind).append(child(body, "Content"))
        items = [item for body in (*behind, child(xml, "Content"), *before) for item in reader.items(body, to_page)]
        notes = document.annotations.get(reference.get("ID", ""))
        for note in children(parts.xml(notes), "Annot") if notes else ():
            if note.get("Visible", "true").lower() != "false":
                for look in children(note, "Appearance"):
                    left, top = (box_of(look.get("Boundary")) or _A4)[:2]
                    items += reader.items(look, Affine.shift(left, top).then(to_page))
        return _Content((x1 - x0) * PT_PER_MM, (y1 - y0) * PT_PER_MM, tuple(items), document.files)

    def _printed(
        self, content: _Content, drawn_rules: tuple[Box, ...]
    ) -> tuple[tuple[Line, ...] | None, tuple[Notice, ...]]:
        """The page's own words where they may stand for it, as --pdf-text says, and what to know about them."""
        if self._options.pdf_text == "never":
            return None, ()
        texts = [item for item in content.items if isinstance(item, Text)]
        glyphs = (glyph for text in texts if text.is_painted for glyph in glyphs_of(text))
        on_page = (glyph for glyph in glyphs if 0 <= glyph.x <= content.width and 0 <= glyph.y <= content.height)
        lines = lines_of(on_page, "ofd", rules_in(drawn_rules))
        hidden = sum(len(text.characters.strip()) for text in texts if not text.is_painted)
        pictures = [_clipped(item, content) for item in content.items if isinstance(item, Picture)]
        reason = flaw(facts_of(lines, hidden, pictures, (content.width, content.height)))
        if self._options.pdf_text == "only":
            return taken_anyway(lines, reason)
        return (None, ()) if reason else (lines, tuple(lost_characters(lines)))

    def _scanned_at(self, content: _Content) -> float | None:
        """Px per pt of the picture that the page consists of, or None."""
        for item in content.items:
            if isinstance(item, Picture) and item.resource in content.files:
                x0, y0, x1, y1 = _clipped(item, content)
                longer = max(size_of(self._package.read(content.files[item.resource])) or (0, 0))
                share = (x1 - x0) * (y1 - y0) / (content.width * content.height)
                if share >= _SCAN_FILLS and longer >= SCAN_SIDE:
                    return longer / max(x1 - x0, y1 - y0)
        return None

    @cached_property
    def _attached(self) -> dict[str, bytes]:
        """The XML parts by name, in the order of the package, as many as may be held."""
        held: dict[str, bytes] = {}
        room = _MOST_ATTACHED_BYTES
        for name in self._package.names():
            if name.lower().endswith(".xml"):
                data = self._package.read(name)
                room -= len(data)
                if room < 0:
                    break
                held[name] = data
        return held

    def _draw(self, number: int, scale: float) -> Pixels:
        content = self._content(*self._pages[number - 1])

        def resource(name: str) -> bytes | None:
            part = content.files.get(name)
            data = self._package.read(part) if part else None
            check_pixels(*(size_of(data or b"") or (0, 0)), self._limits)
            return data

        with mupdf("the OFD page"):
            return drawn(Sheet(content.width, content.height, resource).draw(content.items), scale)


def _area(element: Element | None) -> Box | None:
    return box_of(text_of(child(element, "PhysicalBox")))


def _clipped(picture: Picture, content: _Content) -> Box:
    """The part of the page that a picture covers, in pt."""
    x0, y0, x1, y1 = bounds(picture.to_page(corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1)))
    return max(0.0, x0), max(0.0, y0), min(content.width, x1), min(content.height, y1)
