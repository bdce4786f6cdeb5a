"""VAT invoices (增值税发票): on paper, electronic, for tolls, on rolls, fully digital, and the sales list of one.

As pictures and as digital PDF.
Truth keys: `vat-invoice` in the service spec, as far as they are printed. A misprinted invoice differs in one digit of
an amount, a tax or a tax number, which its notes name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from ocrcli.geometry import quad_of_box
from ocrcli.specimens.documents.base import Document, Order
from ocrcli.specimens.invoice_content import KINDS, Invoice, altered, invoice, listed
from ocrcli.specimens.invoice_layouts import paper_of
from ocrcli.specimens.paper import Paper, Seal, pictured
from ocrcli.specimens.paper_pdf import pdf_of
from ocrcli.specimens.sales_list import list_fields, list_paper
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen, Truth

LIST = "sales-list"


def draw(order: Order) -> Specimen:
    """One picture by its kind."""
    told, paper = _printed(order)
    canvas = pictured(paper, order.typecase)
    outline = (quad_of_box(0, 0, canvas.width, canvas.height),)
    fields = list_fields(told) if order.kind == LIST else _fields(told, paper)
    return finished(canvas, fields=fields, documents=outline, notes=told.notes)


def pdf(order: Order) -> tuple[bytes, Truth]:
    """The same invoice as the issuer's PDF file. Its truth lacks what only a picture in it says."""
    _, paper = _printed(order)
    truth = draw(order).truth
    stamped = {key for key, seal in _seals(paper).items() if seal.stamped}
    assert isinstance(truth.fields, Mapping)
    fields = {key: value for key, value in truth.fields.items() if key not in stamped}
    return pdf_of([paper], order.typecase), replace(truth, fields=fields)


def _printed(order: Order) -> tuple[Invoice, Paper]:
    rng = Random(order.seed)
    told = listed(rng) if order.kind == LIST else invoice(rng, KINDS[order.kind])
    if order.altered:
        told = altered(Random(order.seed), told)
    return told, list_paper(told) if order.kind == LIST else paper_of(told, rng)


def _fields(told: Invoice, paper: Paper) -> dict[str, Any]:
    fields: dict[str, Any] = {**told.values, "item_list": list(told.items)}
    if told.cipher:
        fields["encryption_block"] = "\n".join(told.cipher)
    if told.trips:
        fields["passenger_travel_item_list"] = list(told.trips)
    fields |= {key: seal.words() for key, seal in _seals(paper).items()}
    return fields


def _seals(paper: Paper) -> dict[str, Seal]:
    """The seals by their keys: the tax authority's stands before the seller's."""
    seals = [part for part in paper.parts if isinstance(part, Seal)]
    return dict(zip(("supervision_seal", "seller_seal"), seals, strict=False))


DOCUMENT = Document("invoice", tuple(KINDS), draw, odd_kinds=(LIST,), numbered=True, pdf=pdf, type="vat_invoice")
