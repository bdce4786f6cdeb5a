"""Number plates in the street: one car of every kind of plate, a close crop, several cars, fifty, none.

Truth: a list in reading order with `plate_number`, `plate_color` (as in `license-plate` of the service spec) and
`plate_kind`; a plate of two lines is one entry. Where shop signs hang, their names and telephone numbers are no plates.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ocrcli.geometry import Quad, quad_of_box
from ocrcli.specimens.canvas import Canvas
from ocrcli.specimens.documents.base import Document, Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.ornament import mark
from ocrcli.specimens.plates import PLATES, draw_plate, plate_size
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.spoil import mapped, over
from ocrcli.specimens.street import signs, street
from ocrcli.specimens.truth import DrawnLine, Specimen

if TYPE_CHECKING:
    from ocrcli.page import Pixels

# How many cars a scene of this kind has; the kinds of PLATES have one.
SCENES = {"none": 0, "several": 5, "fifty": 50}


def draw(order: Order) -> Specimen:
    """One picture by its kind."""
    rng = Random(order.seed)
    if order.kind == "crop":
        return _crop(order, rng)
    cars = SCENES.get(order.kind, 1)
    width, height = {50: (3000, 2250), 5: (1800, 1350)}.get(cars) or rng.choice(((1200, 900), (900, 1200)))
    canvas, spots = street(rng, width, height, cars)
    if cars < 10 and (cars != 1 or rng.random() < 0.5):
        signs(rng, canvas)
    ground, fields, outlines = canvas.picture(), [], []
    for spot in spots:
        name = order.kind if order.kind in PLATES else rng.choice(tuple(PLATES))
        outline = spot.quad(plate_size(PLATES[name]), rng)
        ground, entry, lines = _hung(ground, name, outline, order.typecase, rng)
        fields.append(entry)
        outlines.append(outline)
        canvas.lines += lines
    canvas.show(ground)
    mark(canvas, width - 10, height - 30, 18, (190, 190, 190))
    return finished(canvas, fields=fields, documents=tuple(outlines))


def _crop(order: Order, rng: Random) -> Specimen:
    """A plate that fills the picture but for a little of the car."""
    name = rng.choice(tuple(PLATES))
    wide, high = (side * 1.0 for side in plate_size(PLATES[name]))
    paint = rng.choice(((30, 32, 38), (200, 202, 206), (120, 30, 34), (60, 66, 74)))
    canvas = Canvas(round(wide * 1.16), round(high * 1.4), paint)
    left, top = wide * 0.08, high * 0.2
    outline = quad_of_box(left, top, left + wide, top + high)
    ground, entry, lines = _hung(canvas.picture(), name, outline, order.typecase, rng)
    canvas.show(ground)
    canvas.lines += lines
    mark(canvas, canvas.width - 6, canvas.height - 16, 10, (140, 140, 140))
    return finished(canvas, fields=[entry], documents=(outline,))


def _hung(
    ground: Pixels, name: str, outline: Quad, typecase: Typecase, rng: Random
) -> tuple[Pixels, dict[str, Any], list[DrawnLine]]:
    """The picture with a plate of this kind in the outline, the plate's entry in the truth, and its lines."""
    look = PLATES[name]
    number = look.number(rng)
    plate = draw_plate(look, number, typecase, rng)
    corners = np.array(quad_of_box(0, 0, plate.width, plate.height), dtype=np.float32)
    way = np.asarray(cv2.getPerspectiveTransform(corners, np.array(outline, dtype=np.float32)), dtype=np.float64)
    entry = {"plate_number": number, "plate_color": look.colour, "plate_kind": look.kind.value}
    lines = [line.through(lambda quad: mapped(way, quad)) for line in plate.lines]
    return over(ground, plate.picture(), way), entry, lines


DOCUMENT = Document("plate", (*PLATES, "crop", "none", "several"), draw, odd_kinds=("fifty",), background="scene")
