"""The kinds of documents that are known: those of the services, each with its own signs, and those below.

Below stand the kinds of documents that have no service yet: they are named, and given with their text. The names are
the classes of auto-classification of Huawei Cloud OCR.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ocrcli.declaration import Declared, Field, Service
from ocrcli.finding import Finding, placed
from ocrcli.forms.results import completed
from ocrcli.forms.signs import kind_of
from ocrcli.page import Line, Reading
from ocrcli.services import all_services, find_service
from ocrcli.signs import Kind

if TYPE_CHECKING:
    from ocrcli.layout.documents import Document

OWN = "form"  # the service that reads documents of the user's own
TEMPLATE_ID = Field("template_id", "the name of the template that the document was read by")
NONE: Mapping[str, Declared] = MappingProxyType({})


WITHOUT_SERVICE: tuple[Kind, ...] = ()  # every class of the vendors' list has its service


def all_kinds(types: Collection[str] = (), own: Mapping[str, Declared] = NONE) -> tuple[Kind, ...]:
    """Every kind that can be named, or those of these classes; `own` are documents of the user's own.

    What those say goes before what a service says, and that before what stands above.
    """
    declared = {service.type: service for service in all_services().values() if service.type} | dict(own)
    known = (*map(kind_of, declared.values()), *(kind for kind in WITHOUT_SERVICE if kind.type not in declared))
    return tuple(kind for kind in known if not types or kind.type in types)


def service_of(kind: Kind) -> Service | None:
    """The service that reads documents of this kind, None where there is none yet."""
    try:
        return find_service(kind.spec)
    except KeyError:
        return None


def reader_of(document: Document, own: Mapping[str, Declared] = NONE) -> Declared | None:
    """The service that reads this document, or what the user declared of it; None where there is neither."""
    if document.name.best is None:
        return None
    return own.get(document.name.type) or service_of(document.name.best.kind)


def read_document(
    document: Document, options: Mapping[str, Any] | None = None, own: Mapping[str, Declared] = NONE
) -> list[Finding]:
    """What the document's service, or the user's own declaration, finds on it, with places on the page; `options` are
    the service's own.

    Raises OcrError where it finds nothing.
    """
    reader = reader_of(document, own)
    assert reader is not None
    if not isinstance(reader, Service):
        found = read_own(reader, document.reading)
        return [placed(finding, document.quad, document.to_page, OWN) for finding in found]
    asked = reader.defaults() if options is None else options
    on_page = (
        placed(finding, document.quad, document.to_page, reader.name)
        for finding in reader.read(document.reading, asked)
    )
    return [completed(finding, reader.fields, asked, document.reading) for finding in on_page]


def read_own(declared: Declared, reading: Reading) -> list[Finding]:
    """What a document of the user's own says, its template's name first."""
    from ocrcli.forms.reading import read

    found = read(declared, reading, {})
    for finding in found:
        assert isinstance(finding.fields, dict)
        finding.fields = {TEMPLATE_ID.name: declared.name, **finding.fields}
    return found


def looks_like(lines: Sequence[Line]) -> Kind | None:
    """The kind of document that these lines look like, None for no known kind."""
    from ocrcli.layout.naming import name_of

    best = name_of(lines, all_kinds()).best
    return best.kind if best else None
