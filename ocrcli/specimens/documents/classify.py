"""Sheets: one to twelve documents laid out on white, coloured or busy ground, any way up, some touching each other.

Truth: a list with the type, the number and the side of each document, in the order in which they were laid out, and
their outlines (`Truth.documents`).
"""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ocrcli.geometry import Affine, Quad, area, quad_of_box
from ocrcli.specimens import backdrop, spoil
from ocrcli.specimens.documents import idcard, passport
from ocrcli.specimens.documents.base import Document, Order
from ocrcli.specimens.truth import Specimen, Truth

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ocrcli.page import Pixels

KINDS = ("white", "coloured", "busy")
SCALE = 2 / 3  # documents are drawn at 300 dpi, sheets are 200 dpi
_ROOM = 1.6  # how many times the documents' own area a sheet has
_TRIES = 60  # places that are tried for a document before the sheet gets larger
_LAPPED = 0.02  # share of a document that may lie under another
_LEVELS = {"coloured": 1, "busy": 2}  # of the desk that lies below
_PARTS = (("id_card", idcard.DOCUMENT, ("front", "back")), ("passport", passport.DOCUMENT, ("td3",)))


def draw(order: Order) -> Specimen:
    """One sheet by the ground its documents lie on."""
    rng = Random(order.seed)
    drawn = [_document(rng, order) for _ in range(rng.randint(1, 12))]
    drawn.sort(key=lambda pair: -pair[1].picture.size)
    ways, size = _layout(rng, [specimen.picture.shape[:2] for _, specimen in drawn])
    sheet = _ground(rng, order.kind, *size)
    truths = []
    for (_, specimen), way in zip(drawn, ways, strict=True):
        shadow = 0.25 if order.kind == "white" else 0.5
        sheet = spoil.over(sheet, specimen.picture, way, shadow=shadow)
        truths.append(specimen.truth.through(lambda quad, way=way: spoil.mapped(way, quad)))  # type: ignore[misc]
    fields = [told for told, _ in drawn]
    outlines = tuple(quad for truth in truths for quad in truth.documents)
    return Specimen(sheet, Truth(tuple(line for truth in truths for line in truth.lines), fields, outlines))


def _document(rng: Random, order: Order) -> tuple[dict[str, Any], Specimen]:
    """A document of some kind, as a sheet shows it, and what the truth tells of it."""
    type, document, kinds = rng.choice(_PARTS)
    specimen = document.draw(Order(rng.getrandbits(48), rng.choice(kinds), order.typecase))
    height, width = specimen.picture.shape[:2]
    size = (round(width * SCALE), round(height * SCALE))
    picture = np.asarray(cv2.resize(specimen.picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    shrunk = specimen.truth.through(Affine.scaling(size[0] / width, size[1] / height).quad)
    told: dict[str, Any] = {"type": type}
    fields = specimen.truth.fields
    assert isinstance(fields, dict)
    if "number" in fields:
        told["number"] = fields["number"]
    outline = (quad_of_box(0, 0, *size),)
    return told, Specimen(picture, replace(shrunk, documents=outline))


def _layout(rng: Random, sizes: list[tuple[int, int]]) -> tuple[list[NDArray[np.float64]], tuple[int, int]]:
    """Where each document lies: its way onto the sheet; and the sheet's width and height."""
    side = math.sqrt(_ROOM * sum(height * width for height, width in sizes))
    shape = rng.uniform(0.7, 1.4)
    turns = [_turn(rng) for _ in sizes]
    while True:
        size = (round(side * shape), round(side / shape))
        ways = _placed(rng, sizes, turns, size)
        if ways is not None:
            return ways, size
        side *= 1.08


def _turn(rng: Random) -> float:
    """Most lie straight, one way or another; some lie any way."""
    if rng.random() < 0.3:
        return rng.uniform(0, 360)
    return rng.choice((0, 0, 0, 90, 180, 270)) + rng.uniform(-3, 3)


def _placed(
    rng: Random, sizes: list[tuple[int, int]], turns: list[float], size: tuple[int, int]
) -> list[NDArray[np.float64]] | None:
    """A place for each document, None where one finds none."""
    ways: list[NDArray[np.float64]] = []
    taken: list[Quad] = []
    for (height, width), turn in zip(sizes, turns, strict=True):
        affine, wide, high = Affine.turning(turn, width, height)
        for _ in range(_TRIES):
            if wide > size[0] or high > size[1]:
                return None
            shifted = affine.then(Affine.shift(rng.uniform(0, size[0] - wide), rng.uniform(0, size[1] - high)))
            outline = shifted.quad(quad_of_box(0, 0, width, height))
            if all(_shared(outline, other) <= _LAPPED * width * height for other in taken):
                break
        else:
            return None
        taken.append(outline)
        ways.append(np.array([shifted.m[:3], shifted.m[3:], (0, 0, 1)], np.float64))
    return ways


def _shared(a: Quad, b: Quad) -> float:
    """The area that two outlines share."""
    if not area(a) or not area(b):
        return 0.0
    return float(cv2.intersectConvexConvex(np.array(a, np.float32), np.array(b, np.float32))[0])


def _ground(rng: Random, kind: str, width: int, height: int) -> Pixels:
    if kind in _LEVELS:
        return backdrop.desk(rng.getrandbits(32), width, height, _LEVELS[kind])
    return np.full((height, width, 3), rng.randint(235, 252), np.uint8)


DOCUMENT = Document(service="classify", kinds=KINDS, draw=draw)
