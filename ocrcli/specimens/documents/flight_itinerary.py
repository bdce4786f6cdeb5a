"""Air itineraries (航空运输电子客票行程单), paper and electronic; the latter also as digital PDF.

Truth keys: `flight-itinerary` in the service spec, as far as they are printed; amounts without currency. A misprinted
one differs in one digit of its total from the sum of its parts.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ocrcli.specimens import numbers
from ocrcli.specimens.documents.base import Document, Order
from ocrcli.specimens.itinerary_layouts import LAYOUTS
from ocrcli.specimens.overprint import Head, Register
from ocrcli.specimens.paper_pdf import pdf_of
from ocrcli.specimens.receipts import Receipt, needles, printed
from ocrcli.specimens.truth import Specimen, Truth

_MOST_MM, _MOST_DEG = 0.6, 0.3


def draw(order: Order) -> Specimen:
    """One itinerary by its form."""
    rng = Random(order.seed)
    receipt = _made(order, rng)
    on_paper = order.kind == "paper"
    register = Register.missed(rng, _MOST_MM, _MOST_DEG) if on_paper else Register()
    head = replace(needles(rng), dots_px=None) if on_paper else Head()
    notes = ("total misprinted on purpose",) if order.altered else ()
    return printed(receipt, order, head, register, rng, notes)


def pdf(order: Order) -> tuple[bytes, Truth]:
    """An electronic itinerary as a digital file."""
    receipt = _made(order, Random(order.seed))
    sheet = replace(receipt.paper, parts=[*receipt.paper.parts, *receipt.values])
    return pdf_of([sheet], order.typecase), draw(order).truth


def _made(order: Order, rng: Random) -> Receipt:
    receipt = LAYOUTS[order.kind](rng)
    if not order.altered:
        return receipt
    right = receipt.fields["total"]
    wrong = numbers.misprint(rng, right)
    values = [replace(p, text=p.text.replace(right, wrong)) if p.key == "total" else p for p in receipt.values]
    return replace(receipt, values=values, fields={**receipt.fields, "total": wrong})


DOCUMENT = Document(
    "flight-itinerary",
    tuple(LAYOUTS),
    draw,
    numbered=True,
    pdf=pdf,
    pdf_kinds=("electronic",),
    type="flight_itinerary",
)
