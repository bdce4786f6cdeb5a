"""Pages of general text: the kinds of `pages` in turn, those of `odd_pages` when named."""

from __future__ import annotations

from ocrcli.specimens.documents.base import Document, Order
from ocrcli.specimens.odd_pages import ODD_PAGES
from ocrcli.specimens.pages import PAGES
from ocrcli.specimens.truth import Specimen


def draw(order: Order) -> Specimen:
    """One page by its kind."""
    return {**PAGES, **ODD_PAGES}[order.kind](order.seed, typecase=order.typecase)


DOCUMENT = Document("general", tuple(PAGES), draw, odd_kinds=tuple(ODD_PAGES), background="paper")
