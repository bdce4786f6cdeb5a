"""Encoded pictures opened as the program opens them."""

from __future__ import annotations

from ocrcli.errors import OcrError
from ocrcli.inputs.images import PictureDocument
from ocrcli.limits import Limits
from ocrcli.options import ReadOptions
from ocrcli.page import Page

LIMITS = Limits(min_side=1, max_side=30_000)


def document(data: bytes, kind: str, accepted: Limits = LIMITS, **options: object) -> PictureDocument:
    return PictureDocument(data, kind, accepted, ReadOptions(**options))  # type: ignore[arg-type]


def pages(data: bytes, kind: str, accepted: Limits = LIMITS, **options: object) -> list[Page | OcrError]:
    with document(data, kind, accepted, **options) as opened:
        return list(opened.pages())


def only_page(data: bytes, kind: str, accepted: Limits = LIMITS, **options: object) -> Page:
    (page,) = pages(data, kind, accepted, **options)
    assert isinstance(page, Page), page
    return page


def error(data: bytes, kind: str, limits: Limits = LIMITS) -> OcrError:
    try:
        (page,) = pages(data, kind, limits)
    except OcrError as found:
        return found
    assert isinstance(page, OcrError)
    return page
