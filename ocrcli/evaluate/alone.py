"""The documents of a sheet, each read alone: what its own service reads on the same pixels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ocrcli.context import Context
from ocrcli.declaration import Service
from ocrcli.engine.base import Reader
from ocrcli.engine.crops import cut
from ocrcli.errors import OcrError
from ocrcli.evaluate.documents import score_content
from ocrcli.evaluate.score import Score
from ocrcli.geometry import as_quad
from ocrcli.inputs.discover import Given
from ocrcli.inputs.opening import load, open_document
from ocrcli.options import ReadOptions
from ocrcli.page import Page, Pixels
from ocrcli.pipeline import Session
from ocrcli.services import find_service
from ocrcli.services.kinds import all_kinds, service_of


def score_alone(
    truth: Mapping[str, Any], given: Given, options: ReadOptions, reader: Reader, context: Context
) -> Score:
    """Right values of each true document, cut out at its true place (`content_alone`)."""
    score = Score()
    limits = find_service("classify").limits
    with open_document(load(given, limits, options), limits, options) as document:
        page = next(iter(document.pages()))
        if isinstance(page, OcrError):
            raise page
        for i, (thing, quad) in enumerate(zip(truth["fields"], truth["documents"], strict=True)):
            content = _read(cut(page.pixels, as_quad(quad)), thing["type"], options, reader, context)
            score.merge(score_content(thing, content, "content_alone", f"{i} alone"))
    return score


def _read(pixels: Pixels, type: str, options: ReadOptions, reader: Reader, context: Context) -> Any:
    """The fields that the service for this type finds; the text of a type without service; None where it fails."""
    height, width = pixels.shape[:2]
    service = _service(type) or find_service("general")
    page = Page(width, height, "px", 1, 1, render=lambda: pixels)
    reading = Session(service.name, options, reader, context).reading_of(page)
    try:
        found = service.read(reading, service.defaults())
    except OcrError:
        return None
    if service.name == "general":
        return {"text": found[0].text}
    return found[0].fields if found else None


def _service(type: str) -> Service | None:
    return next((service_of(kind) for kind in all_kinds() if kind.type == type), None)
