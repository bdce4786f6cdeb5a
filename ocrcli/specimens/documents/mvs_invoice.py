"""Invoices for vehicles (机动车销售统一发票, 二手车销售统一发票) on paper and electronic.

Truth keys: `mvs-invoice` in the service spec, as far as they are printed. A misprinted invoice differs in one digit of
the total from its words.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ocrcli.specimens import numbers
from ocrcli.specimens.documents.base import Document, Order
from ocrcli.specimens.overprint import Head, Register
from ocrcli.specimens.paper_pdf import pdf_of
from ocrcli.specimens.receipts import Receipt, needles, printed
from ocrcli.specimens.truth import Specimen, Truth
from ocrcli.specimens.vehicle_sales import LAYOUTS

_MOST_MM, _MOST_DEG = 0.7, 0.3


def draw(order: Order) -> Specimen:
    """One invoice by its form."""
    rng = Random(order.seed)
    receipt = _made(order, rng)
    on_paper = not order.kind.endswith("electronic")
    register = Register.missed(rng, _MOST_MM, _MOST_DEG) if on_paper else Register()
    head = replace(needles(rng), dots_px=None) if on_paper else Head()
    notes = ("total misprinted on purpose",) if order.altered else ()
    return printed(receipt, order, head, register, rng, notes)


def pdf(order: Order) -> tuple[bytes, Truth]:
    """An electronic invoice as a digital file."""
    receipt = _made(order, Random(order.seed))
    paper = replace(receipt.paper, parts=[*receipt.paper.parts, *receipt.values])
    return pdf_of([paper], order.typecase), draw(order).truth


def _made(order: Order, rng: Random) -> Receipt:
    receipt = LAYOUTS[order.kind](rng)
    if not order.altered:
        return receipt
    right = receipt.fields["total"]
    wrong = numbers.misprint(rng, right)
    values = [replace(p, text=p.text.replace(right, wrong)) if p.key == "total" else p for p in receipt.values]
    return replace(receipt, values=values, fields={**receipt.fields, "total": wrong})


DOCUMENT = Document(
    "mvs-invoice",
    tuple(LAYOUTS),
    draw,
    numbered=True,
    pdf=pdf,
    pdf_kinds=("new-electronic", "used-electronic"),
    type="mvs_invoice",
)
