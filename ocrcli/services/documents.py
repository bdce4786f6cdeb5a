"""The documents on a page: found, named, and read each by its own service. What `classify` and `auto` share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ocrcli.geometry import Quad, quad_of_box
from ocrcli.page import Reading
from ocrcli.services.base import Finding, Service
from ocrcli.services.kinds import all_kinds, service_of

if TYPE_CHECKING:
    from ocrcli.layout.naming import Name


@dataclass(frozen=True)
class Document:
    """One document on a page: its outline there, what it is, and its own reading."""

    quad: Quad
    name: Name
    reading: Reading

    @property
    def service(self) -> Service | None:
        """The service that reads it, None where there is none."""
        return service_of(self.name.best.kind) if self.name.best else None


def documents_on(reading: Reading, types: frozenset[str] = frozenset()) -> list[Document]:
    """The documents of a page in reading order; with `types` only kinds of these names are known.

    A page without text has none; a page on which no kind is recognised is one document, `other`.
    """
    from ocrcli.layout.naming import name_of

    if not any(line.text for line in reading.lines):
        return []
    kinds = [kind for kind in all_kinds() if not types or kind.type in types]
    long, short = max(reading.width, reading.height), min(reading.width, reading.height)
    name = name_of(reading.lines, kinds, long / short)
    return [Document(quad_of_box(0, 0, reading.width, reading.height), name, reading)]


def read_document(document: Document) -> list[Finding]:
    """What the document's service finds on it, with places on the page. Raises OcrError where it finds nothing."""
    service = document.service
    assert service is not None
    found = service.read(document.reading, service.defaults())
    return [_placed(finding, document, service) for finding in found]


def _placed(finding: Finding, document: Document, service: Service) -> Finding:
    """A service's finding as one of the page's."""
    place = replace(finding.document, quad=finding.document.quad or document.quad)
    return replace(finding, document=place, service=service.name)


def numbered(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of a page, each told which of its documents it is about."""
    for index, finding in enumerate(findings, 1):
        yield replace(finding, document=replace(finding.document, index=index, count=len(findings)))
