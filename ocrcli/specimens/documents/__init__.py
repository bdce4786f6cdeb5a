"""The documents the press can draw, found by walking this package: a file that names a DOCUMENT is one more."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from ocrcli.specimens.documents.base import Document


@cache
def all_documents() -> dict[str, Document]:
    """Every document by the service that reads it, in the order of their file names."""
    found: dict[str, Document] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        document = getattr(import_module(f"{__name__}.{module.name}"), "DOCUMENT", None)
        if isinstance(document, Document):
            found[document.service] = document
    return found
