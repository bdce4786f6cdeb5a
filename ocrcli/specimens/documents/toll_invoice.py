"""Toll receipts (车辆通行费发票) on tractor paper, of motorways, of bridges, and from a roll; print out of register.

Truth keys: `toll-invoice` in the service spec, as far as they are printed; amounts with two places.
"""

from __future__ import annotations

from random import Random

from ocrcli.specimens.documents.base import Document, Order
from ocrcli.specimens.overprint import Register
from ocrcli.specimens.receipts import needles, printed, thermal
from ocrcli.specimens.toll_layouts import LAYOUTS
from ocrcli.specimens.truth import Specimen

_MOST_MM, _MOST_DEG = 1.6, 1.2


def draw(order: Order) -> Specimen:
    """One receipt by its layout."""
    rng = Random(order.seed)
    receipt = LAYOUTS[order.kind](rng)
    register = Register.missed(rng, _MOST_MM, _MOST_DEG)
    return printed(receipt, order, thermal(rng) if order.kind == "roll" else needles(rng), register, rng)


DOCUMENT = Document("toll-invoice", tuple(LAYOUTS), draw, type="toll_invoice")
