"""Sheets: one to twelve documents on white, coloured or busy ground, of one kind or several, strewn or in rows, any way
up, some touching or lapping over others.

On them lie the drawings of all documents that have a class in the vendors' list, and slips of the classes that no
document draws yet.

Truth: a list with the class and the content of each document, in the order in which they were laid, and their outlines
(`Truth.documents`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import cv2
import numpy as np

from ocrcli.geometry import Affine, Quad, area, quad_of_box
from ocrcli.specimens import backdrop, spoil
from ocrcli.specimens.canvas import Canvas
from ocrcli.specimens.documents import all_documents, drawn_documents
from ocrcli.specimens.documents.base import MM, Document, Order
from ocrcli.specimens.laying import Laid, in_rows, lapping, shared_area, strewn
from ocrcli.specimens.pages import article
from ocrcli.specimens.slips import slip_documents
from ocrcli.specimens.truth import Specimen, Truth

KINDS = ("white", "coloured", "busy")
ODD_KINDS = ("equal-receipts", "newspaper", "lapping", "open-passport")
SCALE = 2 / 3  # documents are drawn at 300 dpi, sheets are 200 dpi
_MOST = 12
_COUNTS = {"equal-receipts": _MOST, "newspaper": 1, "lapping": 2, "open-passport": 1}
_ROOM_MM2 = 4 * 216 * 140  # of paper lies on a sheet at most: four invoices, or more of what is smaller
_GROUNDS = {"coloured": 1, "busy": 2, "equal-receipts": 1, "lapping": 1, "open-passport": 1}  # desks; others: paper
_TYPES = {
    "equal-receipts": ("taxi_invoice",),
    "newspaper": ("id_card",),
    "lapping": ("taxi_invoice", "train_ticket", "quota_invoice", "toll_invoice"),
    "open-passport": ("passport",),
}

Part = tuple[dict[str, Any], Specimen]


def draw(order: Order) -> Specimen:
    """One sheet by its kind: the ground its documents lie on, or an odd one."""
    rng = Random(order.seed)
    parts = _parts(rng, order)
    sizes = [specimen.picture.shape[:2] for _, specimen in parts]
    if order.kind == "lapping":
        laid = lapping(rng, sizes, 1 / 3)
    elif order.kind == "equal-receipts" or rng.random() < 0.4:
        laid = in_rows(rng, sizes)
    else:
        laid = strewn(rng, sizes, 5.0 if order.kind == "newspaper" else 1.6)
    return _laid_down(rng, order, parts, laid)


def _laid_down(rng: Random, order: Order, parts: Sequence[Part], laid: Laid) -> Specimen:
    sheet = _ground(rng, order, *laid.size)
    shadow = 0.5 if order.kind in _GROUNDS else 0.25
    truths = []
    for (_, specimen), way in zip(parts, laid.ways, strict=True):
        sheet = spoil.over(sheet, specimen.picture, way, shadow=shadow)
        truths.append(specimen.truth.through(lambda quad, way=way: spoil.mapped(way, quad)))  # type: ignore[misc]
    outlines = tuple(quad for truth in truths for quad in truth.documents)
    lines = tuple(
        line
        for place, truth in enumerate(truths)
        for line in truth.lines
        if not _covered(line.quad, [quad for above in truths[place + 1 :] for quad in above.documents])
    )
    return Specimen(sheet, Truth(lines, [told for told, _ in parts], outlines))


def _covered(line: Quad, above: Sequence[Quad]) -> bool:
    """Whether most of a line lies under the documents above it, so that nobody can read it."""
    return any(shared_area(line, quad) > area(line) / 2 for quad in above)


@cache
def sheet_documents() -> Mapping[str, Document]:
    """What lies on sheets, by its class in the vendors' list: a whole drawing, else a slip, else a plain drawing."""
    plain, drawn = (
        {document.type: document for document in documents.values() if document.type is not None}
        for documents in (all_documents(), drawn_documents())
    )
    return {**plain, **slip_documents(), **drawn}


def _parts(rng: Random, order: Order) -> list[Part]:
    """What lies on the sheet, the largest below: as many as are wanted, or as there is room for."""
    most = _COUNTS.get(order.kind) or rng.randint(1, _MOST)
    kinds = _kinds(rng, order)
    parts: list[Part] = []
    room = _ROOM_MM2 * (MM * SCALE) ** 2
    for _ in range(most):
        part = _part(rng, *rng.choice(kinds), order)
        room -= part[1].picture.shape[0] * part[1].picture.shape[1]
        if parts and room < 0:
            break
        parts.append(part)
    return sorted(parts, key=lambda part: -part[1].picture.size)


def _kinds(rng: Random, order: Order) -> list[tuple[str, tuple[str, ...]]]:
    """The classes to choose from for this sheet, each with its kinds."""
    documents = sheet_documents()
    types = _TYPES.get(order.kind, tuple(documents))
    if rng.random() < 0.4:
        types = (rng.choice(types),)
    kinds = [(type, documents[type].sheet_kinds or documents[type].kinds) for type in types]
    return [(type, (rng.choice(some),)) for type, some in kinds] if order.kind == "equal-receipts" else kinds


def _part(rng: Random, type: str, kinds: Sequence[str], order: Order) -> Part:
    """A document, as a sheet shows it, and what the truth tells of it."""
    specimen = sheet_documents()[type].draw(Order(rng.getrandbits(48), rng.choice(kinds), order.typecase))
    height, width = specimen.picture.shape[:2]
    size = (round(width * SCALE), round(height * SCALE))
    picture = np.asarray(cv2.resize(specimen.picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    shrunk = specimen.truth.through(Affine.scaling(size[0] / width, size[1] / height).quad)
    told = {"type": type, "content": specimen.truth.fields}
    part = Specimen(picture, replace(shrunk, documents=(quad_of_box(0, 0, *size),)))
    return told, _opened(part) if order.kind == "open-passport" else part


def _opened(page: Specimen) -> Specimen:
    """A passport that lies open: the page with the visas above the one with the data."""
    height, width = page.picture.shape[:2]
    other = Canvas(width, height, (246, 240, 226))
    other.box(0.3 * width, 0.4 * height, 0.7 * width, 0.6 * height, width=3, colour=(190, 150, 150))
    shifted = page.truth.through(Affine.shift(0, height).quad)
    return Specimen(np.concatenate([other.picture(), page.picture]), shifted)


def _ground(rng: Random, order: Order, width: int, height: int) -> Any:
    if order.kind in _GROUNDS:
        return backdrop.desk(rng.getrandbits(32), width, height, _GROUNDS[order.kind])
    if order.kind == "newspaper":
        printed = article(rng.getrandbits(32), dpi=200).picture
        return np.asarray(cv2.resize(printed, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    return np.full((height, width, 3), rng.randint(235, 252), np.uint8)


DOCUMENT = Document(
    service="classify",
    kinds=KINDS,
    draw=draw,
    odd_kinds=ODD_KINDS,
    backgrounds=dict.fromkeys(_GROUNDS, "scene"),  # they bring the desk with them
)
