"""The documents on a page: found, named, and read each by its own service. What `classify` and `auto` share.

Outlines of papers are candidates (`vision.documents`); the text that stands in them says which are documents. Text
without outlines is taken apart by its gaps (`layout.splitting`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

from ocrcli.geometry import (
    Affine,
    Quad,
    angle,
    area,
    around,
    bounds,
    centre,
    inside,
    length,
    normal_degrees,
    quad_of_box,
    thickness,
)
from ocrcli.page import Line, Reading
from ocrcli.services.base import Finding, Service
from ocrcli.services.kinds import all_kinds, service_of
from ocrcli.signs import Kind

if TYPE_CHECKING:
    from ocrcli.layout.naming import Name

_MOST = 20  # documents on a page
_SLANT = 7.0  # degrees: text that leans more than this against the page's is looked at again, upright
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

    @property
    def service(self) -> Service | None:
        """The service that reads it, None where there is none."""
        return service_of(self.name.best.kind) if self.name.best else None


@dataclass(frozen=True)
class _Place:
    """Where a document may be, and what stands there. `seen` is False for one without an outline."""

    quad: Quad
    lines: tuple[Line, ...]
    name: Name
    seen: bool = True


def documents_on(reading: Reading, types: frozenset[str] = frozenset()) -> list[Document]:
    """The documents of a page in reading order; with `types` only kinds of these names are known.

    A page without text has none; a page on which no kind is recognised is one document, `other`.
    """
    from ocrcli.layout.naming import name_of

    if not any(line.text for line in reading.lines):
        return []
    kinds = [kind for kind in all_kinds() if not types or kind.type in types]
    places = _places(reading, kinds)
    if len(places) > 1:
        return [_cut_out(reading, place, kinds) for place in _in_order(places)[:_MOST]]
    quad = next((place.quad for place in places if place.seen), quad_of_box(0, 0, reading.width, reading.height))
    return [Document(quad, name_of(reading.lines, kinds, _aspect(quad)), reading)]


def _places(reading: Reading, kinds: Sequence[Kind]) -> list[_Place]:
    """Where the page's documents are: of all outlines and all groups of text those that are documents."""
    from ocrcli.layout.naming import name_of
    from ocrcli.layout.splitting import split

    found = [
        _Place(_with_room(part, reading), tuple(part), name_of(part, kinds), seen=False)
        for part in split(reading.lines, kinds)
    ]
    for quad in _outlines(reading):
        lines = tuple(line for line in reading.lines if inside(centre(line.quad), quad))
        place = _Place(quad, lines, name_of(lines, kinds, _aspect(quad)))
        found.append(place if place.name.best else _looked_at_again(reading, place, kinds))
    kept: list[_Place] = []
    for place in sorted(found, key=lambda place: area(place.quad)):
        if place.name.best:
            kept = _with(kept, place)
    return kept


def _outlines(reading: Reading) -> list[Quad]:
    """The outlines of papers on a picture; pages with text of their own have none."""
    if reading.page is None or reading.unit != "px":
        return []
    from ocrcli.vision.papers import papers

    return papers(reading.page.pixels, [line.quad for line in reading.lines])


def _looked_at_again(reading: Reading, place: _Place, kinds: Sequence[Kind]) -> _Place:
    """A paper with text that leans against the page's, named by how it reads upright."""
    from ocrcli.layout.naming import name_of

    if len(place.lines) < 2 or not _leans(reading, place.lines) or reading.part is None:
        return place
    return replace(place, name=name_of(reading.part(place.quad).lines, kinds, _aspect(place.quad)))


def _with(kept: list[_Place], place: _Place) -> list[_Place]:
    """The places with one more, larger than all: it stands for those in it, or they for it."""
    from ocrcli.layout.splitting import are_two

    held = [other for other in kept if inside(centre(other.quad), place.quad)]
    best = place.name.best
    assert best is not None
    names = [other.name.best for other in held if other.name.best]
    if any(are_two(a, b) for a, b in combinations(names, 2)):
        return kept
    for other, own in zip(held, names, strict=True):
        if (other.seen and own.texts >= best.texts) or (own.kind is not best.kind and own.score >= best.score):
            return kept
    return [other for other in kept if other not in held] + [place]


def _cut_out(reading: Reading, place: _Place, kinds: Sequence[Kind]) -> Document:
    """One of several documents, in an upright frame of its own; looked at again there where it leans."""
    from ocrcli.layout.naming import name_of

    if not place.seen:
        return Document(place.quad, place.name, replace(reading, lines=place.lines, blocks=_blocks(place.lines)))
    quad = _from_its_top(place)
    width, height = round(length(quad)), round(thickness(quad))
    (x, y), (x1, y1), _, (x3, y3) = quad
    to_page = Affine(((x1 - x) / width, (x3 - x) / height, x, (y1 - y) / width, (y3 - y) / height, y))
    if reading.part is None:
        own = tuple(replace(line, quad=to_page.inverse().quad(line.quad)) for line in place.lines)
        part = replace(reading, width=width, height=height, lines=own, blocks=_blocks(own), rotation=0, skew=0.0)
        return Document(quad, place.name, part.without_pixels(), to_page)
    part = reading.part(quad)
    name = name_of(part.lines, kinds, _aspect(quad))
    return Document(quad, name if name.score >= place.name.score or not place.name.best else place.name, part, to_page)


def _blocks(lines: Sequence[Line]) -> tuple[tuple[tuple[Line, ...], ...], ...]:
    return tuple(((line,),) for line in lines)


def _from_its_top(place: _Place) -> Quad:
    """The outline, begun at the corner from which its text runs along its first side."""
    a, b, c, d = place.quad
    runs = sorted(place.lines, key=lambda line: length(line.quad))[-1].quad if place.lines else place.quad
    turns = ((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c))
    return min(turns, key=lambda quad: abs(normal_degrees(angle(quad) - angle(runs))))


def _leans(reading: Reading, lines: Sequence[Line]) -> bool:
    """True where most of the lines run another way than the page's."""
    page = -(reading.rotation + reading.skew)
    leaning = sum(abs(normal_degrees(angle(line.quad) - page)) > _SLANT for line in lines)
    return 2 * leaning > len(lines)


def _with_room(lines: Sequence[Line], reading: Reading) -> Quad:
    x0, y0, x1, y1 = bounds(around(line.quad for line in lines))
    room = _ROOM * max(x1 - x0, y1 - y0)
    return quad_of_box(
        max(0.0, x0 - room), max(0.0, y0 - room), min(reading.width, x1 + room), min(reading.height, y1 + room)
    )


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


def read_document(document: Document) -> list[Finding]:
    """What the document's service finds on it, with places on the page. Raises OcrError where it finds nothing."""
    service = document.service
    assert service is not None
    found = service.read(document.reading, service.defaults())
    return [_placed(finding, document, service) for finding in found]


def _placed(finding: Finding, document: Document, service: Service) -> Finding:
    """A service's finding as one of the page's."""
    way = document.to_page.quad
    own = finding.document.quad
    return replace(
        finding,
        document=replace(finding.document, quad=way(own) if own else document.quad),
        evidence={k: replace(e, quad=way(e.quad) if e.quad else None) for k, e in finding.evidence.items()},
        notices=[replace(n, quad=way(n.quad) if n.quad else None) for n in finding.notices],
        crops={k: replace(crop, quad=way(crop.quad)) for k, crop in finding.crops.items()},
        service=service.name,
    )


def numbered(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of a page, each told which of its documents it is about."""
    for index, finding in enumerate(findings, 1):
        yield replace(finding, document=replace(finding.document, index=index, count=len(findings)))
