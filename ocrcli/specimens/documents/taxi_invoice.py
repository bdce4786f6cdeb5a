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

from ocrcli.geometry import quad_of_box
from ocrcli.specimens import numbers
from ocrcli.specimens.canvas import Canvas, Colour
from ocrcli.specimens.documents.base import MM, Document, Order, print_all
from ocrcli.specimens.ornament import mark
from ocrcli.specimens.overprint import Head, Register, overprint
from ocrcli.specimens.paper import pictured
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.taxi_layouts import LAYOUTS, Receipt
from ocrcli.specimens.taxi_trips import CITIES, trip
from ocrcli.specimens.truth import Specimen

ROW_LOW = "row-low"
_THERMAL = "chengdu"
_MOST_MM, _MOST_DEG = 2.5, 1.5
_RIBBONS: tuple[Colour, ...] = ((44, 34, 110), (70, 62, 130), (34, 34, 40), (84, 84, 92))


def draw(order: Order) -> Specimen:
    """One receipt by its city."""
    rng = Random(order.seed)
    kind = "shenzhen" if order.kind == ROW_LOW else order.kind
    receipt = LAYOUTS[kind](rng, trip(rng, CITIES[kind]))
    altered = order.altered and receipt.summed
    if altered:
        receipt = _misprinted(rng, receipt)
    canvas = pictured(receipt.paper, order.typecase)
    mark(canvas, canvas.width - 2 * MM, canvas.height - 4 * MM, 2.2 * MM)
    layer = Canvas(canvas.width, canvas.height)
    print_all(layer, receipt.values, {}, order.typecase)
    register = Register.missed(rng, _MOST_MM, _MOST_DEG)
    if order.kind == ROW_LOW:
        register = replace(register, down_mm=receipt.row_mm + rng.uniform(-0.6, 0.6))
    overprint(canvas, layer, _head(rng, kind), register, rng, MM)
    outline = (quad_of_box(0, 0, canvas.width, canvas.height),)
    notes = ("total misprinted on purpose",) if altered else ()
    return finished(canvas, fields=dict(receipt.fields), documents=outline, notes=notes)


def _misprinted(rng: Random, receipt: Receipt) -> Receipt:
    """The receipt with one digit of its total wrong."""
    right = receipt.fields["total"]
    wrong = numbers.misprint(rng, right)
    values = [replace(p, text=p.text.replace(right, wrong)) if p.key == "total" else p for p in receipt.values]
    return replace(receipt, values=values, fields={**receipt.fields, "total": wrong})


def _head(rng: Random, kind: str) -> Head:
    """The meter's printer: a thermal one, or needles with a ribbon that is fresh, or old."""
    if kind == _THERMAL:
        return Head((52, 52, 58), rng.uniform(0.4, 0.8), 1.0, dead_bars=rng.randint(0, 4))
    dots = rng.choice(((3, 3), (3, 3), (3, 4), (4, 4), None))
    faintest, darkest = rng.choice(((0.8, 1.0), (0.5, 0.95), (0.38, 0.6)))
    return Head(
        rng.choice(_RIBBONS), faintest, darkest, dots, rng.uniform(0.02, 0.12), offset=rng.choice((0, 0, 0.05, 0.1))
    )


DOCUMENT = Document("taxi-invoice", tuple(LAYOUTS), draw, odd_kinds=(ROW_LOW,), numbered=True, type="taxi_invoice")
