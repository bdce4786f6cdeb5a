"""The number at a place where a plate may hang: looked at in several ways, which decide together.

What is hardest to read are the Chinese characters at its ends: there the recogniser's probabilities are taken together
with those of networks that know only these signs (engine/plate_signs.py), and with what their colours say.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

import numpy as np

from ocrcli.checks.plate import FORMS, PROVINCES, SERIAL, Colour, is_green, passes
from ocrcli.engine.crops import cut
from ocrcli.engine.decoding import Guided, candidates, lattice_of, read_as
from ocrcli.engine.decoding_search import Evidence
from ocrcli.engine.grammar import Grammar
from ocrcli.engine.grammars import PLATE, PLATE_GREEN
from ocrcli.engine.plate_signs import NO_SIGN, open_sign_model
from ocrcli.geometry import Affine, Quad, as_quad, length, slice_quad, thickness
from ocrcli.layout.parts import in_a_row
from ocrcli.page import Lattice, Line, Pixels, Reading
from ocrcli.vision.plates import LOOKS, RedEnd, is_grey, plate_colour, red_sign

_LOST = 1 / 8  # of a line's length
_UNFIT = 12.0  # nats: a line that has to be bent this much says no number
_RIVALS = 8  # numbers among which a look's probability is shared out
_SIGN_WEIGHT = 3.0  # how much the network's logarithms count beside the recogniser's: it is slow to be sure
_SIGN_MOST = 12.0  # nats: no more than this it speaks against a province
_BESIDE = 0.48  # how far the network sees to both sides of the sign's middle, in distances of characters
_INNER = (0.1, 0.9)  # and from where to where, in shares of the line's height, which is drawn generously
_END_WEIGHT = 10.0  # the same for a sign at the end: the recogniser takes these for digits, and is sure of it
_END_MOST = 30.0
_END_SIZE = (1.26, 2.2)  # what the network sees there, in distances of characters …
_END_SHIFTS = tuple((shift, size) for shift in (-0.08, 0.0, 0.08) for size in (0.92, 1.08))  # … and in shares of that
# Signs stand on one ground each (GA 36), which makes one so many nats likelier or less likely: it may be told wrongly.
_GROUNDS: dict[str, Colour] = {
    "学": "yellow", "挂": "yellow", "警": "white", "港": "black", "澳": "black", "领": "black", "使": "black"
}  # fmt: skip
_GROUND_WEIGHT = 5.0
_END_SIGNS = "学挂警港澳领"  # 使 may stand first, too, and is red
_RED_WEIGHT = 12.0  # nats by which a red sign that is seen as such is likelier
_RED_SIGNS: dict[RedEnd, str] = {"first": "使", "last": "使领警"}
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


Read = tuple[Look, Guided]  # a look, and the number that it finds


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
    lattice = lattice_of(in_a_row(lines))
    return Look(tuple(lines), lattice, _number(lattice))


def look_again(reading: Reading, view: Sequence[Quad], prepare: Callable[[Pixels], Pixels]) -> Look | None:
    """The plate's line or lines, read again; None where nothing stands there."""
    lines = [reading.again(quad, prepare) for quad in view]
    return look_at(lines) if all(line.lattice for line in lines) else None


def agreed(reading: Reading, place: Place, first: Look | None) -> Agreement | None:
    """The number that several looks together find likeliest; None where they find none.

    `first` is how the place was read at first: one look among the others, for where they differ the number is doubtful.
    Where it cannot hang on green, and the ground is green, one of eight characters is looked for, a little beyond the
    place's ends, too.
    """
    found, ground = _agreed(reading, place, first), ground_of(reading, place)
    if found is None or not is_green(ground) or passes(found.number.text, ground):
        return found
    return _agreed(reading, _wider(place), first, green=True) or found


def _wider(place: Place) -> Place:
    """The place, as one that may have lost the first or the last of eight characters."""
    return replace(place, views=(*place.views, tuple(slice_quad(q, -_LOST, 1 + _LOST) for q in place.views[-1])))


def _agreed(reading: Reading, place: Place, first: Look | None, *, green: bool = False) -> Agreement | None:
    again = (look_again(reading, view, prepare) for view in place.views for prepare in LOOKS)
    looks = [look for look in (first, *again) if look is not None]
    red, ground = _red_end(reading, place), ground_of(reading, place)
    grammar, redness = PLATE_GREEN if green else _GRAMMARS[red], {} if green else _red(red, ground)
    plain = red is None and not green
    numbers = [look.number if plain else _number(look.lattice, grammar, redness) for look in looks]
    read = [(look, number) for look, number in zip(looks, numbers, strict=True) if number is not None]
    provinces, province_model = _provinces(reading, read)
    ends, end_model = _ends(reading, read, ground)
    weighed = [
        (look.lattice, {**_beside(provinces, n), **ends, **redness}) for look, n in zip(looks, numbers, strict=True)
    ]
    says = [number for lattice, evidence in weighed if (number := _number(lattice, grammar, evidence)) is not None]
    if not says:
        return None
    shares = Counter[str]()
    for lattice, evidence in weighed:
        shares.update(_shares(lattice, grammar, evidence))
    best = max(says, key=lambda number: (shares[number.text], number.confidence))
    return Agreement(best, shares[best.text] / len(looks), {**province_model, **end_model})


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


def _provinces(reading: Reading, read: Sequence[Read]) -> tuple[dict[str, float], Mapping[str, str]]:
    """How much less likely the network finds each province than the likeliest, weighed, and the network's hash.

    Nothing where no sign is seen.
    """
    if reading.page is None or not read:
        return {}, {}
    network = reading.context.opened(open_sign_model, "province")
    logs = network.log_probabilities([_crop(reading, _sign_quad(look, number)) for look, number in read])
    best = max(logs[province] for province in PROVINCES)
    against = {province: _SIGN_WEIGHT * (logs[province] - best) for province in PROVINCES}
    return {province: max(-_SIGN_MOST, log) for province, log in against.items()}, network.hashes


def _beside(provinces: Mapping[str, float], number: Guided | None) -> dict[str, Mapping[str, float]]:
    """What the network says, measured from the province that the look itself read: that fits the line as before."""
    read = provinces.get(number.text[0], 0.0) if number else 0.0
    measured = {province: log - read for province, log in provinces.items()}
    return dict.fromkeys(_SIGN_SLOTS, measured)


def _ends(
    reading: Reading, read: Sequence[Read], ground: Colour | None
) -> tuple[dict[str, Mapping[str, float]], Mapping[str, str]]:
    """How much likelier than a digit or a letter the network finds each sign at the line's end, on this ground."""
    quads = [quad for look, number in read if (quad := _end_quad(look, number)) is not None]
    if reading.page is None or not quads:
        return {}, {}
    network = reading.context.opened(open_sign_model, "end")
    middle = as_quad(np.median(np.array(quads), axis=0))  # a look that lost or added a character is far off
    logs = network.log_probabilities([_crop(reading, quad) for quad in _shifted(middle)])
    likely = {sign: _END_WEIGHT * (logs[sign] - logs[NO_SIGN]) + _on(ground, sign) for sign in _END_SIGNS}
    beyond = max(0.0, max(likely.values()) - _END_MOST)  # taken off all: they stay as far from each other
    return {sign: {sign: max(-_END_MOST, log - beyond)} for sign, log in likely.items()}, network.hashes


def _shifted(quad: Quad) -> Iterator[Quad]:
    """Places around one that is known roughly."""
    for shift, size in _END_SHIFTS:
        sized = slice_quad(quad, 0.5 + shift - size / 2, 0.5 + shift + size / 2)
        yield slice_quad(sized, 0.5 - size / 2, 0.5 + size / 2, down=True)


def _on(ground: Colour | None, sign: str) -> float:
    """What the ground says of a sign."""
    return 0.0 if ground is None else _GROUND_WEIGHT if _GROUNDS[sign] == ground else -_GROUND_WEIGHT


def _red_end(reading: Reading, place: Place) -> RedEnd | None:
    """The end of the line where a red sign is seen, whatever the view; None where none is."""
    if reading.page is None:
        return None
    ends = {end for view in place.views if (end := red_sign(_crop(reading, view[-1]))) is not None}
    return ends.pop() if len(ends) == 1 else None


def _red(end: RedEnd | None, ground: Colour | None) -> dict[str, Mapping[str, float]]:
    """For the signs that are red (GA 36), where a red one is seen: readers know them badly."""
    return {sign: {sign: _RED_WEIGHT + _on(ground, sign)} for sign in (_RED_SIGNS[end] if end else "")}


def ground_of(reading: Reading, place: Place) -> Colour | None:
    """The colour behind the (lower) line; None where there is no picture, or one without colours."""
    if reading.page is None or is_grey(reading.page.pixels):
        return None
    return plate_colour(_crop(reading, place.views[0][-1]))


def _crop(reading: Reading, quad: Quad) -> Pixels:
    assert reading.page is not None
    return cut(reading.page.pixels, Affine.scaling(reading.page.scale, reading.page.scale).quad(quad))


def _places(look: Look, number: Guided) -> list[float]:
    """The middles of the characters, in shares of the first line's length: those on a second line lie beyond it."""
    share = lattice_of(look.lines[0]).steps / look.lattice.steps
    return [(char.start + char.end) / 2 / share for char in number.chars]


def _sign_quad(look: Look, number: Guided) -> Quad:
    """Where the first character stands, with some of what is beside it."""
    places = _places(look, number)
    beside = [place for place in places if place <= 1]
    apart = float(np.median(np.diff(beside))) if len(beside) > 1 else 0.5
    inner = slice_quad(look.lines[0].quad, *_INNER, down=True)
    return slice_quad(inner, places[0] - _BESIDE * apart, places[0] + _BESIDE * apart)


def _end_quad(look: Look, number: Guided) -> Quad | None:
    """Where the last character of a plate of one line should stand: characters behind the dot are evenly apart."""
    places = _places(look, number)
    serial = [(i, place) for i, place in enumerate(places) if i > 1 and number.text[i] in SERIAL]
    if len(look.lines) > 1 or len(serial) < 3:
        return None
    apart = float(np.median([(y - x) / (j - i) for (i, x), (j, y) in combinations(serial, 2)]))
    end = float(np.median([place + (len(places) - 1 - i) * apart for i, place in serial]))
    quad, (wide, high) = look.lines[0].quad, _END_SIZE
    half = min(_INNER[1] - _INNER[0], high * apart * length(quad) / thickness(quad)) / 2
    return slice_quad(
        slice_quad(quad, 0.5 - half, 0.5 + half, down=True), end - wide * apart / 2, end + wide * apart / 2
    )
