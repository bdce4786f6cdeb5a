"""The number at a place where a plate may hang: looked at in several ways, which decide together.

What is hardest to read is the province's sign: there the recogniser's probabilities are taken together with those of a
network that knows only these signs (engine/province.py).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from ocrcli.checks.plate import FORMS, PROVINCES
from ocrcli.engine.crops import cut
from ocrcli.engine.decoding import Guided, candidates, lattice_of, read_as
from ocrcli.engine.decoding_search import Evidence
from ocrcli.engine.grammar import Grammar
from ocrcli.engine.grammars import PLATE
from ocrcli.engine.lattice import end_to_end
from ocrcli.engine.province import open_province_model
from ocrcli.geometry import Affine, Quad, slice_quad
from ocrcli.page import Lattice, Line, Pixels, Reading
from ocrcli.vision.plates import LOOKS, RedEnd, plate_colour, red_sign

_UNFIT = 12.0  # nats: a line that has to be bent this much says no number
_RIVALS = 8  # numbers among which a look's probability is shared out
_SIGN_WEIGHT = 3.0  # how much the network's logarithms count beside the recogniser's: it is slow to be sure
_SIGN_MOST = 6.0  # nats: no more than this it speaks against a province
_BESIDE = 0.48  # how far the network sees to both sides of the sign's middle, in distances of characters
_INNER = (0.1, 0.9)  # and from where to where, in shares of the line's height, which is drawn generously
_RED_WEIGHT = 12.0  # nats by which a red sign that is seen as such is likelier
_RED_SIGNS: dict[RedEnd, str] = {"first": "使", "last": "使领警"}
_RED_ON_WHITE = "警"  # the other two are red on black …
_GROUND_WEIGHT = 5.0  # … which makes one so many nats likelier, or less likely: the ground may be told wrongly
# Where a red sign is seen, none stands at the other end.
_GRAMMARS: dict[RedEnd | None, Grammar] = {
    None: PLATE,
    "first": replace(PLATE, rows=tuple(row for row in PLATE.rows if row.slots[-1].alphabet not in _RED_SIGNS["last"])),
    "last": replace(PLATE, rows=tuple(row for row in PLATE.rows if row.slots[0].alphabet not in _RED_SIGNS["first"])),
}
# The slots a province's sign may stand in.
_SIGN_SLOTS = {alphabet for _, form in FORMS for alphabet, _ in form if set(alphabet) <= set(PROVINCES)}


@dataclass(frozen=True)
class Place:
    """Where a number may stand: the plate's outline, and quads to be read as its line or its two lines.

    Where more than one quad fits the line, each of `views` is one way to look at it.
    """

    views: tuple[tuple[Quad, ...], ...]
    outline: Quad


@dataclass(frozen=True)
class Look:
    """A place, looked at in one way: its line or lines, what they say as one, and the number in it, if any."""

    lines: tuple[Line, ...]
    lattice: Lattice
    number: Guided | None


@dataclass(frozen=True)
class Agreement:
    """What several looks say together: the clearest reading of the likeliest number, and its share of probability.

    `models`: name → SHA-256 of those that were asked besides the reader's.
    """

    number: Guided
    share: float
    models: Mapping[str, str]


def look_at(lines: Sequence[Line]) -> Look:
    """What lines that were read one below the other, or one line alone, say."""
    lattice = lattice_of(lines[0]) if len(lines) == 1 else end_to_end([lattice_of(line) for line in lines])
    return Look(tuple(lines), lattice, _number(lattice))


def look_again(reading: Reading, view: Sequence[Quad], prepare: Callable[[Pixels], Pixels]) -> Look | None:
    """The plate's line or lines, read again; None where nothing stands there."""
    lines = [reading.again(quad, prepare) for quad in view]
    return look_at(lines) if all(line.lattice for line in lines) else None


def agreed(reading: Reading, place: Place, first: Look | None) -> Agreement | None:
    """The number that several looks together find likeliest; None where they find none.

    `first` is how the place was read at first: one look among the others, for where they differ the number is doubtful.
    """
    again = (look_again(reading, view, prepare) for view in place.views for prepare in LOOKS)
    looks = [look for look in (first, *again) if look is not None]
    sign, models = _sign(reading, looks)
    red = _red_end(reading, place)
    grammar = _GRAMMARS[red]
    redness = _red(red, white=red is not None and _is_white(reading, place))
    told = [(look.lattice, {**_beside(sign, look), **redness}) for look in looks]
    says = [number for lattice, evidence in told if (number := _number(lattice, grammar, evidence)) is not None]
    if not says:
        return None
    shares = Counter[str]()
    for lattice, evidence in told:
        shares.update(_shares(lattice, grammar, evidence))
    best = max(says, key=lambda number: (shares[number.text], number.confidence))
    return Agreement(best, shares[best.text] / len(looks), models)


def _number(lattice: Lattice, grammar: Grammar = PLATE, evidence: Evidence | None = None) -> Guided | None:
    guided = read_as(lattice, grammar, inside=True, evidence=evidence)
    if guided is None or guided.misfit > _UNFIT or not guided.passed:
        return None
    return guided


def _shares(lattice: Lattice, grammar: Grammar, evidence: Evidence) -> dict[str, float]:
    """The numbers that the line may say, each with its share of their probability."""
    found = candidates(lattice, grammar, inside=True, passing=True, evidence=evidence)
    logs = {c.text: c.log_probability for c in islice(found, _RIVALS)}
    total = sum(math.exp(log) for log in logs.values())
    return {text: math.exp(log) / total for text, log in logs.items()}


def _sign(reading: Reading, looks: Sequence[Look]) -> tuple[dict[str, float], Mapping[str, str]]:
    """How much less likely the network finds each province than the likeliest, weighed, and the network's hash.

    Nothing where no sign is seen.
    """
    quads = [_sign_quad(look, look.number) for look in looks if look.number is not None]
    if reading.page is None or not quads:
        return {}, {}
    to_pixels = Affine.scaling(reading.page.scale, reading.page.scale)
    network = open_province_model()
    logs = network.log_probabilities([cut(reading.page.pixels, to_pixels.quad(quad)) for quad in quads])
    best = max(logs.values())
    sign = {province: max(-_SIGN_MOST, _SIGN_WEIGHT * (log - best)) for province, log in logs.items()}
    return sign, network.hashes


def _beside(sign: Mapping[str, float], look: Look) -> dict[str, Mapping[str, float]]:
    """What the network says, measured from the province that the look itself read: that fits the line as before."""
    read = sign.get(look.number.text[0], 0.0) if look.number else 0.0
    measured = {province: log - read for province, log in sign.items()}
    return dict.fromkeys(_SIGN_SLOTS, measured)


def _red_end(reading: Reading, place: Place) -> RedEnd | None:
    """The end of the line where a red sign is seen, whatever the view; None where none is."""
    if reading.page is None:
        return None
    to_pixels = Affine.scaling(reading.page.scale, reading.page.scale)
    crops = (cut(reading.page.pixels, to_pixels.quad(view[-1])) for view in place.views)
    ends = {end for crop in crops if (end := red_sign(crop)) is not None}
    return ends.pop() if len(ends) == 1 else None


def _red(end: RedEnd | None, white: bool) -> dict[str, Mapping[str, float]]:
    """For the signs that are red (GA 36), where a red one is seen: readers know them badly."""
    signs = _RED_SIGNS[end] if end else ""
    fits = {c: _GROUND_WEIGHT if (c == _RED_ON_WHITE) == white else -_GROUND_WEIGHT for c in signs}
    return {c: {c: _RED_WEIGHT + fits[c]} for c in signs}


def _is_white(reading: Reading, place: Place) -> bool:
    """True for a plate whose ground is white."""
    assert reading.page is not None
    to_pixels = Affine.scaling(reading.page.scale, reading.page.scale)
    return plate_colour(cut(reading.page.pixels, to_pixels.quad(place.views[0][-1]))) == "white"


def _sign_quad(look: Look, number: Guided) -> Quad:
    """Where the first character stands, with some of what is beside it."""
    first = look.lines[0]
    # Places are shares of all lines' steps.
    share = lattice_of(first).steps / look.lattice.steps
    middles = [(char.start + char.end) / 2 / share for char in number.chars]
    beside = [middle for middle in middles if middle <= 1]
    apart = float(np.median(np.diff(beside))) if len(beside) > 1 else 0.5
    inner = slice_quad(first.quad, *_INNER, down=True)
    return slice_quad(inner, middles[0] - _BESIDE * apart, middles[0] + _BESIDE * apart)
