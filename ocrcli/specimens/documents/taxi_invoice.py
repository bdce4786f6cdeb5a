"""Taxi receipts (出租车发票) as six cities have them: a printed form, and the meter's print over it, out of register.

Truth keys: `taxi-invoice` in the service spec, as far as they are printed. `fare` is the fare without surcharges,
`total` what was paid; a receipt whose only sum is the fare bears it as both. `taxi_number` is what the receipt prints
of the plate, without dots and dashes; `distance` is without its unit. A misprinted receipt differs in one digit of
the total from the sum of its parts; those without such a sum stay as they are. In the odd kind `row-low` the meter's
print stands a whole row too low.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ocrcli.specimens import numbers
from ocrcli.specimens.documents.base import Document, Order
from ocrcli.specimens.overprint import Register
from ocrcli.specimens.receipts import Receipt, needles, printed, thermal
from ocrcli.specimens.taxi_layouts import LAYOUTS
from ocrcli.specimens.taxi_trips import CITIES, trip
from ocrcli.specimens.truth import Specimen

ROW_LOW = "row-low"
_THERMAL = "chengdu"
_MOST_MM, _MOST_DEG = 2.5, 1.5


def draw(order: Order) -> Specimen:
    """One receipt by its city."""
    rng = Random(order.seed)
    kind = "shenzhen" if order.kind == ROW_LOW else order.kind
    receipt = LAYOUTS[kind](rng, trip(rng, CITIES[kind]))
    altered = order.altered and receipt.summed
    if altered:
        receipt = _misprinted(rng, receipt)
    register = Register.missed(rng, _MOST_MM, _MOST_DEG)
    if order.kind == ROW_LOW:
        register = replace(register, down_mm=receipt.row_mm + rng.uniform(-0.6, 0.6))
    head = thermal(rng) if kind == _THERMAL else needles(rng)
    notes = ("total misprinted on purpose",) if altered else ()
    return printed(receipt, order, head, register, rng, notes)


def _misprinted(rng: Random, receipt: Receipt) -> Receipt:
    """The receipt with one digit of its total wrong."""
    right = receipt.fields["total"]
    wrong = numbers.misprint(rng, right)
    values = [replace(p, text=p.text.replace(right, wrong)) if p.key == "total" else p for p in receipt.values]
    return replace(receipt, values=values, fields={**receipt.fields, "total": wrong})


DOCUMENT = Document("taxi-invoice", tuple(LAYOUTS), draw, odd_kinds=(ROW_LOW,), numbered=True, type="taxi_invoice")
