"""Where a value must stand whose print was not found: as the values beside the labels above and below it do."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ocrcli.geometry import Box, Quad, around, bounds, quad_of_box
from ocrcli.layout.fields import Value
from ocrcli.layout.upright import upright_map
from ocrcli.page import Reading

_FEW = 3  # neighbours that say too little
_MANY = 5  # neighbours that are asked
_ROOM = 0.15  # of the print's height, above and below


def expected_place(reading: Reading, missing: Value, values: Sequence[Value]) -> Quad | None:
    """The place of a value beside its label, None where the other values do not show it.

    The nearest values beside labels say how far up or down they stand from those, and from where to where they reach.
    """
    to_upright = upright_map(reading)

    def box(quads: Sequence[Quad]) -> Box:
        return bounds(to_upright.quad(around(quads)) if len(quads) > 1 else to_upright.quad(quads[0]))

    own = box([part.quad for part in missing.label])
    pairs = [
        (box([p.quad for p in value.label]), box([p.quad for p in value.rows[0]])) for value in values if value.rows
    ]
    beside = [(label, value) for label, value in pairs if value[0] >= label[2] and _level(label, value)]
    near = sorted(beside, key=lambda pair: abs(_middle(pair[0]) - _middle(own)))[:_MANY]
    if len(near) < _FEW:
        return None
    middle = _middle(own) + median(_middle(value) - _middle(label) for label, value in near)
    height = median(value[3] - value[1] for _, value in near)
    left, right = min(value[0] for _, value in near), max(value[2] for _, value in near)
    if left < own[2] - height:
        left = own[2]
    half = (0.5 + _ROOM) * height
    return to_upright.inverse().quad(quad_of_box(left, middle - half, right + _ROOM * height, middle + half))


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _level(label: Box, value: Box) -> bool:
    """True for a value on the row of its label, or at most a row off."""
    return abs(_middle(value) - _middle(label)) < 2 * (label[3] - label[1])
