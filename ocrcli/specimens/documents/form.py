"""Documents of the user's own, which the templates in samples/templates read: a hospital's bill, a delivery note, a
school's report. A misprinted one differs in one digit of its total from what its list adds up to.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ocrcli.geometry import quad_of_box
from ocrcli.specimens import numbers
from ocrcli.specimens.documents.base import Document, Order, Print
from ocrcli.specimens.own_forms import OwnForm, delivery_note, hospital_bill, school_report
from ocrcli.specimens.paper import pictured
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

_MAKERS = {"hospital-bill": hospital_bill, "delivery-note": delivery_note, "school-report": school_report}
_SCALE = 200 / 25.4  # px per mm: office scanners


def draw(order: Order) -> Specimen:
    """One document by its kind, which is its template's name."""
    rng = Random(order.seed)
    form = _MAKERS[order.kind](rng)
    if order.altered:
        form = _misprinted(rng, form)
    canvas = pictured(form.paper, order.typecase, _SCALE)
    outline = (quad_of_box(0, 0, canvas.width, canvas.height),)
    notes = (f"{form.misprinted} misprinted on purpose",) if order.altered else ()
    return finished(canvas, fields={"template_id": order.kind, **form.fields}, documents=outline, notes=notes)


def _misprinted(rng: Random, form: OwnForm) -> OwnForm:
    """The document with one digit of its total wrong."""
    right = form.fields[form.misprinted]
    wrong = numbers.misprint(rng, right)
    parts = [
        replace(part, text=wrong) if isinstance(part, Print) and part.key == form.misprinted else part
        for part in form.paper.parts
    ]
    return replace(form, paper=replace(form.paper, parts=parts), fields={**form.fields, form.misprinted: wrong})


DOCUMENT = Document("form", tuple(_MAKERS), draw, numbered=True)
