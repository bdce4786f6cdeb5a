"""Train tickets (火车票): the blue card, the red paper, what remains of one given back, and the electronic ticket.

On paper the machine's print stands out of register with the form, and uneven. Truth keys: `train-ticket`
in the service spec, as far as they are printed: a station with 站, the place of sale without 售, amounts
with two places, 网 as the mark of sale without the marks of discount that stand beside it. Electronic
tickets are also drawn as digital PDF. A misprinted document differs in one digit of the fee (in words and
figures) or of the tax; those without such a pair stay as they are.
"""

from __future__ import annotations

from random import Random

from ocrcli.geometry import quad_of_box
from ocrcli.specimens.documents.base import MM, Document, Order
from ocrcli.specimens.ornament import mark
from ocrcli.specimens.overprint import Head, Register, overprint
from ocrcli.specimens.paper import pictured
from ocrcli.specimens.paper_pdf import pdf_of
from ocrcli.specimens.rail_invoice import Sheet, sheet
from ocrcli.specimens.rail_journeys import journey
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.train_tickets import BLUE_CARD, RED_PAPER, Machine, blank, numbered, old_refund, refund, ticket
from ocrcli.specimens.truth import Specimen, Truth

CORNER = 2.4 * MM  # of the blue card; the others are cut square
_ELECTRONIC = ("electronic", "electronic-refund")
_MISPRINTED = ("refund-old", "electronic-refund")
_MOST_MM, _MOST_DEG = 1.2, 1.0


def draw(order: Order) -> Specimen:
    """One ticket by its kind."""
    if order.kind not in _ELECTRONIC:
        return _on_paper(order)
    made = _electronic(order)
    canvas = pictured(made.paper, order.typecase, 200 / 25.4)
    outline = (quad_of_box(0, 0, canvas.width, canvas.height),)
    return finished(canvas, fields=made.fields, documents=outline, notes=_notes(order))


def pdf(order: Order) -> tuple[bytes, Truth]:
    """An electronic ticket as the railways' PDF file."""
    return pdf_of([_electronic(order).paper], order.typecase), draw(order).truth


def _electronic(order: Order) -> Sheet:
    rng = Random(order.seed)
    return sheet(rng, journey(rng), order.kind == "electronic-refund", order.altered)


def _on_paper(order: Order) -> Specimen:
    rng = Random(order.seed)
    ride = journey(rng)
    stock = RED_PAPER if order.kind in ("red", "refund-old") else BLUE_CARD
    canvas, machine = blank(rng, stock), Machine(stock, order.typecase)
    if order.kind == "refund-old":
        fields = old_refund(rng, machine, ride, order.altered)
    else:
        numbered(canvas, stock, ride, order.typecase)
        fields = refund(rng, machine, ride) if order.kind == "refund" else ticket(rng, machine, ride, stock)
    mark(canvas, canvas.width - 3 * MM, canvas.height - 3 * MM, 1.8 * MM, (120, 126, 130))
    faintest, darkest = rng.choice(((0.85, 1.0), (0.6, 1.0), (0.45, 0.85)))
    head = Head((26, 26, 32), faintest, darkest, dead_bars=rng.choice((0, 0, 2, 5)))
    overprint(canvas, machine.layer, head, Register.missed(rng, _MOST_MM, _MOST_DEG), rng, MM)
    outline = (quad_of_box(0, 0, canvas.width, canvas.height),)
    return finished(canvas, fields={**fields, "seal_mark": False}, documents=outline, notes=_notes(order))


def _notes(order: Order) -> tuple[str, ...]:
    return ("amount misprinted on purpose",) if order.altered and order.kind in _MISPRINTED else ()


DOCUMENT = Document(
    "train-ticket",
    ("blue", "red", "refund", "refund-old", *_ELECTRONIC),
    draw,
    corners=dict.fromkeys(("blue", "refund"), CORNER),
    numbered=True,
    pdf=pdf,
    pdf_kinds=_ELECTRONIC,
    type="train_ticket",
)
