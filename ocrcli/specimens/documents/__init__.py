"""The documents the press can draw, found by walking this package: a file that names a DOCUMENT is one more.

Documents of services without such a file are drawn plainly, from their declaration.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from ocrcli.services import all_services
from ocrcli.specimens.documents.base import Document


@cache
def all_documents() -> dict[str, Document]:
    """Every document by the service that reads it: those with a drawing of their own, then those drawn plainly."""
    drawn = drawn_documents()
    return {**drawn, **{name: document for name, document in _plain_documents().items() if name not in drawn}}


@cache
def drawn_documents() -> dict[str, Document]:
    """The documents with a drawing of their own, in the order of their file names."""
    found: dict[str, Document] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        document = getattr(import_module(f"{__name__}.{module.name}"), "DOCUMENT", None)
        if isinstance(document, Document):
            found[document.service] = document
    return found


def _plain_documents() -> dict[str, Document]:
    from ocrcli.specimens.plain import plain_document

    declared = (service for service in all_services().values() if service.own_read is None)
    return {service.name: document for service in declared if (document := plain_document(service)) is not None}
