"""Cells of an invoice's items that the detector passed over: single characters, figures below one another.

Where ink stands in a row between what was read, and a column has nothing there, that ink is read by its own crop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf

from ocrcli.geometry import Affine, Quad, as_quad, bounds, centre, length, slice_quad, thickness
from ocrcli.layout.invoice.items import Columns, Row
from ocrcli.layout.invoice.rows import Print, joined
from ocrcli.layout.upright import upright_map
from ocrcli.page import Reading

_SURE = 0.85  # what is read in an empty cell counts where it reads this well
_ROOM = 2.0  # line heights beside the outermost prints of a column in which others of it may stand
_HIGH = 1.15  # line heights: how high is the strip that is looked at
_SUMMED = ("amount", "tax")
_FREE = 1.6  # line pitches between two names, where the first may run on
_NARROWEST = 0.5  # line heights: a narrower gap holds nothing

Span = tuple[float, float]


def filled(rows: Sequence[Row], sums: Row, columns: Columns, reading: Reading) -> list[Row]:
    """The rows and, last, that of their sums (which may be empty), with what was passed over.

    A print without text stands where there is ink that cannot be read.
    """
    whole = [*rows, sums]
    if reading.source != "ocr" or reading.page is None:
        return whole
    upright = upright_map(reading)
    whole = _with_ends(whole, reading, upright)
    boxes = [{key: upright.quad(shown.lines[0].quad) for key, shown in row.items()} for row in whole]
    reach = {key: _reach(key, span, boxes) for key, span in columns.spans.items()}
    of_sums = {key: span for key, span in reach.items() if key in _SUMMED}
    reaches = [*(reach for _ in rows), of_sums]
    return [
        _passed_over(places, span, columns, reading, upright) | row
        for row, places, span in zip(whole, boxes, reaches, strict=True)
    ]


def _with_ends(rows: Sequence[Row], reading: Reading, upright: Affine) -> list[Row]:
    """The rows with the short ends of names that run on, where there is room before the next row."""
    last = [upright.quad(row["name"].lines[-1].quad) if "name" in row else None for row in rows]
    heights = [centre(quad)[1] for quad in last if quad]
    pitch = min((b - a for a, b in pairwise(heights)), default=0.0)
    found = list(rows)
    for i, (quad, after) in enumerate(pairwise(last)):
        if quad and after and centre(after)[1] - centre(quad)[1] > _FREE * pitch:
            room = thickness(quad) / length(quad)
            below = as_quad((x, y + pitch) for x, y in slice_quad(quad, -room, 1.0))
            ends = [_read(place, reading) for place in _inked(below, reading, upright)]
            found[i] = rows[i] | {"name": joined([rows[i]["name"], *ends])}
    return found


def _reach(key: str, heading: Span, boxes: Sequence[Mapping[str, Quad]]) -> Span:
    """From where to where a column's heading and prints reach; the outermost columns' headings have no end."""
    seen = [bounds(places[key]) for places in boxes if key in places]
    ends = [edge for edge in heading if abs(edge) < inf]
    return min([*ends, *(box[0] for box in seen)]), max([*ends, *(box[2] for box in seen)])


def _passed_over(
    places: Mapping[str, Quad], reach: Mapping[str, Span], columns: Columns, reading: Reading, upright: Affine
) -> Row:
    """What stands in one row between its prints, in columns that have none."""
    found: Row = {}
    ordered = sorted(places.values(), key=lambda quad: quad[0][0])
    if len(ordered) < 2:
        return found
    high = min(thickness(quad) for quad in ordered)
    for before, after in pairwise([None, *ordered, None]):
        x0, x1 = before[1][0] if before else -inf, after[0][0] if after else inf
        lacking = [key for key, span in reach.items() if key not in places and span[0] < x1 and span[1] > x0]
        if not lacking:
            continue
        x0 = x0 if before else min(reach[key][0] for key in lacking) - _ROOM * high
        x1 = x1 if after else max(reach[key][1] for key in lacking) + _ROOM * high
        if x1 - x0 < _NARROWEST * high:
            continue
        level = [before, after] if before and after else ordered[:2] if after else ordered[-2:]
        for place in _inked(_strip(x0, x1, level, high), reading, upright):
            shown = _read(place, reading)
            left, _, right, _ = bounds(upright.quad(place))
            key = columns.of(left, right, shown.text)
            if key in lacking:
                found[key] = joined([found[key], shown], " ") if key in found else shown
    return found


def _strip(x0: float, x1: float, level: Sequence[Quad], high: float) -> Quad:
    """The part of a row between two places across the page, level with two of its prints."""
    (ax, ay), (bx, by) = (centre(quad) for quad in level)
    slope = (by - ay) / (bx - ax) if bx - ax > high else 0.0
    y0, y1 = (ay + (x - ax) * slope for x in (x0, x1))
    half = _HIGH * high / 2
    return (x0, y0 - half), (x1, y1 - half), (x1, y1 + half), (x0, y0 + half)


def _inked(strip: Quad, reading: Reading, upright: Affine) -> list[Quad]:
    """The places in a strip of the upright frame where print may stand, on the page as given."""
    from ocrcli.vision.cell_ink import printed_places

    assert reading.page is not None
    scale = reading.page.scale
    on_page = upright.inverse().quad(strip)
    found = printed_places(reading.page.pixels, Affine.scaling(scale, scale).quad(on_page))
    return [Affine.scaling(1 / scale, 1 / scale).quad(quad) for quad in found]


def _read(quad: Quad, reading: Reading) -> Print:
    line = reading.again(quad)
    text = line.text.strip()
    sure = bool(text) and (line.confidence >= _SURE or not text.strip("*"))  # so small, asterisks are never sure
    return Print(text, quad, line.confidence, (line,)) if sure else Print("", quad, 0.0)
