"""The documents on a page: found and named.

Candidates are papers around text (`vision.papers`), text between gaps (`layout.splitting`), and text that stands close
together (`layout.clusters`). The words that stand in them say which are documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ocrcli.geometry import (
    Affine,
    Quad,
    angle,
    area,
    bounds,
    centre,
    inside,
    length,
    normal_degrees,
    quad_of_box,
    thickness,
)
from ocrcli.layout.choosing import heaviest
from ocrcli.page import Line, Reading
from ocrcli.signs import Kind, Shape

if TYPE_CHECKING:
    from ocrcli.layout.naming import Name

_MOST = 20  # documents on a page
_SEEN_STEP = 0.05  # papers whose edges are seen to shares within this are seen equally well
_USUAL = 0.05  # what an outline with the sides of a card or a booklet counts as seen more
_OUTLINE = 1.5  # words that an outline weighs as much as, where it is wholly seen
_FAINT = 0.7  # edges of which no more than this is seen are those of a pattern
_ANOTHER = 2.0  # words that must speak for one document more
_TIE = 1e-3  # of a word, that words count where as much speaks for one choice as for another …
_ONE_MORE = 0.5  # … and a document more, in words
_SMALLER = 1e-6  # by which each larger place counts less than the one before
_SURE = 0.97  # mean confidence of lines that are not looked at again
_TURNED = 45.0  # degrees
_LITTLE = 2.0  # text that weighs less than another's by this may be a part of it
_GROWN = 1.5  # … if the other grows by no more than this with it
_ROOM = 0.05  # of its size that a document without an outline has around its text


@dataclass(frozen=True)
class Document:
    """One document on a page: its outline there, what it is, and its own reading, in a frame of its own where
    `to_page` says so.
    """

    quad: Quad
    name: Name
    reading: Reading
    to_page: Affine = field(default_factory=Affine)


@dataclass(frozen=True)
class _Place:
    """Where a document may be, and what stands there: `lines` of the page, and where it was looked at again, `part`.

    `seen` is how much of its edges was seen, 0 to 1; 0 for one that is known by its text alone.
    """

    quad: Quad
    lines: tuple[Line, ...]
    name: Name
    seen: float = 0.0
    part: Reading | None = None


def documents_on(reading: Reading, kinds: Sequence[Kind]) -> list[Document]:
    """The documents of a page in reading order, named as one of `kinds` each.

    A page without text has none; a page on which no kind is recognised is one document, `other`.
    """
    from ocrcli.layout.naming import name_of

    if not any(line.text for line in reading.lines):
        return []
    places = _places(reading, kinds)
    if len(places) > 1:
        return [_cut_out(reading, place, kinds) for place in _in_order(places)[:_MOST]]
    quad = next((place.quad for place in places if place.seen), quad_of_box(0, 0, reading.width, reading.height))
    name = name_of(reading.lines, kinds, _aspect(quad))
    if name.best is None and places and places[0].part is not None:
        return [_cut_out(reading, places[0], kinds)]
    return [Document(quad, name, reading)]


def _places(reading: Reading, kinds: Sequence[Kind]) -> list[_Place]:
    """Where the page's documents are: of all papers and all groups of text those that are documents."""
    from ocrcli.vision.documents import distinct

    groups, outlines = _groups(reading, kinds), _outlines(reading)
    found = groups + _papers(reading, kinds, outlines, groups)
    kept = _documents(found, kinds)
    if len(kept) > 1:  # papers of one sheet may hardly differ from their ground
        found = groups + _papers(reading, kinds, distinct([*outlines, *_outlines(reading, faint=True)]), groups)
        kept = _documents(found, kinds)
    again: list[_Place] = []
    for place in sorted((p for p in found if p.seen and not p.name.best), key=lambda place: -place.seen):
        if _is_unsure(place) and not any(_common(place, other) for other in (*kept, *again)):
            again.append(_looked_at_again(reading, place, kinds))
    return kept + [place for place in again if place.name.best]


def _documents(found: Sequence[_Place], kinds: Sequence[Kind]) -> list[_Place]:
    """Of places that may hold each other those that are documents: for them together speaks most."""
    named = sorted((place for place in found if place.name.best), key=lambda place: area(place.quad))
    conflicts = [
        [j for j, other in enumerate(named) if j != i and _clash(place, other)] for i, place in enumerate(named)
    ]
    weights = [_weight(place) + _TIE * _words(place) - _SMALLER * i for i, place in enumerate(named)]
    return _without_parts([named[i] for i in heaviest(weights, conflicts)], kinds)


def _without_parts(places: Sequence[_Place], kinds: Sequence[Kind]) -> list[_Place]:
    """The places, but a little text on a document of its kind, such as a title set apart, is that document's own."""
    kept: list[_Place] = []
    for place in sorted(places, key=_weight, reverse=True):
        owner = min(range(len(kept)), key=lambda i: _growth(kept[i], place), default=None)
        if owner is None or place.seen or not _is_part(place, kept[owner]):
            kept.append(place)
        elif not kept[owner].seen:
            kept[owner] = _of_text([*kept[owner].lines, *place.lines], kinds) or kept[owner]
    return kept


def _is_part(place: _Place, other: _Place) -> bool:
    little = _LITTLE * _weight(place) <= _weight(other) and _growth(other, place) < _GROWN
    return little and place.name.type == other.name.type


def _growth(place: _Place, part: _Place) -> float:
    """By how much the upright box around a place grows with a part."""
    own, whole = bounds(place.quad), bounds([*place.quad, *part.quad])
    return area(quad_of_box(*whole)) / area(quad_of_box(*own))


def _of_text(lines: Sequence[Line], kinds: Sequence[Kind]) -> _Place | None:
    """A place known by its text alone; None for lines without an extent."""
    from ocrcli.layout.naming import name_of
    from ocrcli.vision.corners import around_print

    quad = around_print([line.quad for line in lines], _ROOM)
    return _Place(quad, tuple(lines), name_of(lines, kinds)) if quad else None


def _is_unsure(place: _Place) -> bool:
    """True for lines that may have been misread."""
    return sum(line.confidence for line in place.lines) < _SURE * len(place.lines)


def _groups(reading: Reading, kinds: Sequence[Kind]) -> list[_Place]:
    """Groups of text that say what they are: between gaps, or close together."""
    from ocrcli.layout.clusters import clusters
    from ocrcli.layout.splitting import by_direction, split

    parts = [*split(reading.lines, kinds), *clusters(reading.lines)]
    places = [_of_text(part, kinds) for part in parts if not by_direction(part, kinds)]
    return [place for place in places if place]


def _outlines(reading: Reading, *, faint: bool = False) -> list[tuple[Quad, float]]:
    """What may be papers on a picture, and how much of each is seen; a page with its own text has none."""
    if reading.page is None or reading.unit != "px":
        return []
    from ocrcli.vision.papers import papers

    return papers(reading.page.pixels, [line.quad for line in reading.lines], faint=faint)


def _papers(
    reading: Reading, kinds: Sequence[Kind], outlines: Sequence[tuple[Quad, float]], groups: Sequence[_Place]
) -> list[_Place]:
    """The papers with text of its own, of those around the same text the one seen best.

    What lies between the rules of a ruled form, within a group of its text, is no paper.
    """
    from ocrcli.layout.naming import is_of_shape, name_of
    from ocrcli.layout.splitting import by_direction

    shapes = [sign for kind in kinds for sign in kind.signs if isinstance(sign, Shape)]
    best: dict[tuple[int, ...], tuple[tuple[float, float], Quad, float]] = {}
    for quad, seen in outlines:
        held = tuple(i for i, line in enumerate(reading.lines) if inside(centre(line.quad), quad))
        usual = any(is_of_shape(_aspect(quad), shape) for shape in shapes)
        clear = round((seen + _USUAL * usual) / _SEEN_STEP), -area(quad)
        if len(held) > 1 and (held not in best or clear > best[held][0]):
            best[held] = clear, quad, seen
    found = []
    for held, (_, quad, seen) in best.items():
        lines = tuple(reading.lines[i] for i in held)
        if not by_direction(lines, kinds):
            place = _Place(quad, lines, name_of(lines, kinds, _aspect(quad)), seen)
            if not any(_is_within_rules(place, group) for group in groups):
                found.append(place)
    return found


def _is_within_rules(place: _Place, group: _Place) -> bool:
    ruled = place.name.best is not None and place.name.best.kind.ruled and place.name.type == group.name.type
    return ruled and _common(place, group) == len(place.lines) < len(group.lines)


def _looked_at_again(reading: Reading, place: _Place, kinds: Sequence[Kind]) -> _Place:
    """A paper whose text says nothing, named by how it reads upright: it may lie any way up."""
    from ocrcli.layout.naming import name_of

    if reading.part is None:
        return place
    part = reading.part(place.quad)
    return replace(place, part=part, name=name_of(part.lines, kinds, _aspect(place.quad)))


def _weight(place: _Place) -> float:
    """How much speaks for a document of its own, in words of its kind.

    Each word counts once on a document: two documents taken for one weigh less than both, and the parts of one less
    than the whole.
    """
    assert place.name.best is not None
    outline = _OUTLINE * max(0.0, place.seen - _FAINT) / (1 - _FAINT)
    return max(0.0, len(place.name.best.words) + outline - _ANOTHER)


def _words(place: _Place) -> float:
    """How many words are said: what decides where as much speaks for a whole as for its parts. Parts that say different
    words are one document, parts that say the same are as many as there are.
    """
    return (len(place.name.best.words) if place.name.best else 0) - _ONE_MORE


def _clash(a: _Place, b: _Place) -> bool:
    """True for places that can't both be documents: they have lines in common, more than one that may have strayed."""
    return _common(a, b) > min(1, min(len(a.lines), len(b.lines)) - 1)


def _common(place: _Place, other: _Place) -> int:
    """How many lines stand in both."""
    own = set(map(id, place.lines))
    return sum(id(line) in own for line in other.lines)


def _cut_out(reading: Reading, place: _Place, kinds: Sequence[Kind]) -> Document:
    """One of several documents, in an upright frame of its own, read there once more."""
    from ocrcli.layout.naming import name_of

    if not place.seen and (reading.part is None or not (_is_turned(reading, place) or _is_unsure(place))):
        return Document(place.quad, place.name, replace(reading, lines=place.lines, blocks=_blocks(place.lines)))
    quad = place.quad if place.part else _from_its_top(place)
    width, height = round(length(quad)), round(thickness(quad))
    to_page = Affine.onto(quad, width, height)
    if reading.part is None:
        own = tuple(replace(line, quad=to_page.inverse().quad(line.quad)) for line in place.lines)
        part = replace(reading, width=width, height=height, lines=own, blocks=_blocks(own), rotation=0, skew=0.0)
        return Document(quad, place.name, part.without_pixels(), to_page)
    whole = quad_of_box(0, 0, reading.width, reading.height)
    part = replace(place.part or reading.part(quad), cut_out=place.seen > 0 and all(inside(p, whole) for p in quad))
    name = name_of(part.lines, kinds, _aspect(quad))
    return Document(quad, name if name.score >= place.name.score or not place.name.best else place.name, part, to_page)


def _is_turned(reading: Reading, place: _Place) -> bool:
    """True where its longest line runs another way than the page's text."""
    runs = max(place.lines, key=lambda line: length(line.quad)).quad
    return abs(normal_degrees(angle(runs) + reading.rotation + reading.skew)) > _TURNED


def _blocks(lines: Sequence[Line]) -> tuple[tuple[tuple[Line, ...], ...], ...]:
    return tuple(((line,),) for line in lines)


def _from_its_top(place: _Place) -> Quad:
    """The outline, begun at the corner from which its text runs along its first side."""
    a, b, c, d = place.quad
    runs = sorted(place.lines, key=lambda line: length(line.quad))[-1].quad if place.lines else place.quad
    turns = ((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c))
    return min(turns, key=lambda quad: abs(normal_degrees(angle(quad) - angle(runs))))


def _aspect(quad: Quad) -> float:
    sides = sorted((length(quad), thickness(quad)))
    return sides[1] / max(sides[0], 1e-6)


def _in_order(places: Sequence[_Place]) -> list[_Place]:
    """From top to bottom, those whose middles lie on one row from left to right."""
    boxes = {id(place): bounds(place.quad) for place in places}
    left = sorted(places, key=lambda place: boxes[id(place)][1])
    ordered = []
    while left:
        row_end = centre(left[0].quad)[1]
        row = [place for place in left if boxes[id(place)][1] <= row_end]
        ordered += sorted(row, key=lambda place: boxes[id(place)][0])
        left = [place for place in left if place not in row]
    return ordered
