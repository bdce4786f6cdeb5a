"""The result keys of a record on a picture of its page: where each value stands, and what they say, in a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PIL import Image, ImageDraw

from ocrcli.geometry import Quad, as_quad
from ocrcli.outputs.annotate_tables import Place
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.pen import Colour, outline, tag, tag_size
from ocrcli.outputs.text import field_rows
from ocrcli.wording import is_doubt

FOUND, DOUBTED, WRONG = (20, 110, 190), (205, 120, 0), (205, 30, 45)
_LEAST_TAG, _LARGEST_TAG = 11, 20  # px
Row = tuple[str, Colour]


def draw_fields(image: Image.Image, records: Sequence[PlainRecord], place: Place) -> None:
    """An outline and a name for each value that stands somewhere; names keep out of each other's way."""
    drawing = ImageDraw.Draw(image)
    taken: list[tuple[float, float, float, float]] = []
    for record in records:
        things = list(_things(record))
        for name, at, key in things:
            quad, colour = place(at), _colour(key, record)
            outline(drawing, quad, colour, 3)
            _draw_name(drawing, name, quad, colour, taken)
        for key, evidence in (record.get("evidence") or {}).items():
            if not evidence["quad"] or (things and key.split("/")[0].isdigit()):
                continue
            quad = place(evidence["quad"])
            colour = _colour(key, record)
            outline(drawing, quad, colour, 3)
            _draw_name(drawing, _short(key), quad, colour, taken)


def _short(key: str) -> str:
    """A key as it stands on the picture: `amount 2` for `item_list/1/amount`, whose rows are narrow."""
    first, *rest = key.split("/")
    if len(rest) == 2 and rest[0].isdigit():
        return f"{rest[1]} {int(rest[0]) + 1}"
    return key if rest else first


def _things(record: PlainRecord) -> Iterator[tuple[str, Quad, str]]:
    """Each object of a list of them (plates, documents) that has a place: what it says first, its quad, its key."""
    for number, found in enumerate(record["fields"] if isinstance(record["fields"], list) else ()):
        quad = next((value for value in found.values() if _is_quad(value)), None)
        told = next(((key, value) for key, value in found.items() if value and isinstance(value, str)), None)
        if quad and told:
            yield told[1], as_quad(quad), f"{number}/{told[0]}"


def _is_quad(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 4 and all(isinstance(p, list) and len(p) == 2 for p in value)


def _draw_name(
    drawing: ImageDraw.ImageDraw,
    key: str,
    quad: Sequence[Sequence[float]],
    colour: Colour,
    taken: list[tuple[float, float, float, float]],
) -> None:
    """The key above the value, or else below it, beside it, or at its end: the first place where no other name is."""
    left, right = min(x for x, _ in quad), max(x for x, _ in quad)
    top, bottom = min(y for _, y in quad), max(y for _, y in quad)
    size = min(max((bottom - top) * 0.45, _LEAST_TAG), _LARGEST_TAG)
    width, height = tag_size(key, size)
    places = (
        (left, top - height),
        (left, bottom),
        (right + 2, top),
        (left - width - 2, top),
        (right - width, top - height),
    )
    boxes = [(x, y, x + width, y + height) for x, y in ((max(0.0, x), max(0.0, y)) for x, y in places)]
    box = next((box for box in boxes if not any(_overlap(box, other) for other in taken)), boxes[0])
    taken.append(box)
    tag(drawing, box[0], box[1], key, colour, size)


def _overlap(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _colour(key: str, record: PlainRecord) -> Colour:
    """Wrong where a check on the value failed, doubted where a warning says so."""
    if any(check["passed"] is False and key in check["fields"] for check in record["checks"]):
        return WRONG
    return DOUBTED if _is_doubted(key, record) else FOUND


def _is_doubted(key: str, record: PlainRecord) -> bool:
    evidence = (record.get("evidence") or {}).get(key)
    warned = any(warning["field"] == key and is_doubt(warning["code"]) for warning in record["warnings"])
    return warned or bool(evidence and evidence["doubtful"])


def field_remarks(record: PlainRecord) -> Iterator[Row]:
    """The record's values, each with its key; what was not found, and places in px, are left out."""
    fields = record["fields"]
    objects = fields if isinstance(fields, list) else [fields]
    for number, found in enumerate(objects):
        prefix = f"{number}/" if isinstance(fields, list) else ""
        if prefix:
            yield f"No. {number + 1}", FOUND
        for key, value in found.items():
            shown = _without_places(value)
            if shown in (None, "", [], {}):
                continue
            colour = _colour(prefix + key, record)
            yield from ((row, colour) for row in field_rows({key: shown}))


def _without_places(value: Any) -> Any:
    """A value without quads, whatever it holds them in, and without what is empty."""
    if isinstance(value, dict):
        inner = {key: _without_places(told) for key, told in value.items()}
        return {key: told for key, told in inner.items() if told not in (None, "", [], {})}
    if isinstance(value, list):
        if value and all(isinstance(told, int | float) for told in value):
            return None
        return [told for told in map(_without_places, value) if told not in (None, "", [], {})]
    return value
