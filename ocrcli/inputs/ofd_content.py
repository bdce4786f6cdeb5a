"""What stands on an OFD page (GB/T 33190-2016, clauses 7.7, 8 and 11): texts, paths and pictures in painting order.

Everything is brought to one coordinate system: pt, origin at the page's top left, y downwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from xml.etree.ElementTree import Element

from ocrcli.errors import OcrError
from ocrcli.geometry import Affine
from ocrcli.inputs.characters import is_wide
from ocrcli.inputs.ofd_package import box_of, child, children, matrix_of, number, numbers, tag, text_of

MOST_NESTED = 8  # composite objects, or drawing parameters, that refer to one another; they may do so in a circle
MOST_ELEMENTS = 2_000_000  # looked at for a page: each time that one is met again it costs time
MOST_OBJECTS = 300_000  # of a page: objects, characters, and steps of paths, some 500 bytes each
DEFAULT_LINE_WIDTH = 0.353  # mm (table 42)
_MOST_IN_COLOUR = 100  # elements that make up a shading
_LAST_GLYPH = 0xFFFF
_WORD = re.compile(r"\S+")

# Operators of AbbreviatedData and how many numbers each takes (table 36).
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

Colour = tuple[float, ...]  # 1 (grey), 3 (RGB) or 4 (CMYK) numbers from 0 to 1
BLACK: Colour = (0.0,)


@dataclass(frozen=True)
class Paint:
    """How an object is painted: colours (None: not at all), opacity 0..1, blend mode, line width in object units."""

    fill: Colour | None
    stroke: Colour | None
    alpha: float = 1.0
    blend: str = "Normal"
    line_width: float = DEFAULT_LINE_WIDTH


@dataclass(frozen=True)
class _Object:
    """What all objects have: their way to the page, and how they are painted."""

    to_page: Affine
    paint: Paint

    @property
    def is_painted(self) -> bool:
        """False for what is there but not to be seen."""
        return self.paint.alpha > 0 and (self.paint.fill is not None or self.paint.stroke is not None)


@dataclass(frozen=True)
class Text(_Object):
    """Characters with the places where their baselines begin, in object units; `glyphs` are glyph numbers in the
    font where the file gives them, by place in `characters`. `stretch` is the width of print against its height."""

    font: str
    size: float
    stretch: float
    characters: str
    places: tuple[tuple[float, float], ...]
    glyphs: Mapping[int, int]


@dataclass(frozen=True)
class Path(_Object):
    """A path in object units: operators of AbbreviatedData (table 36) with their numbers."""

    steps: tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True)
class Picture(_Object):
    """An image resource on the unit square."""

    resource: str

    @property
    def is_painted(self) -> bool:
        """A picture needs no colour."""
        return self.paint.alpha > 0


Item = Text | Path | Picture


@dataclass(frozen=True)
class Resources:
    """What objects refer to by ID: fonts, images, drawing parameters, composite units."""

    elements: Mapping[str, Element]

    def element(self, name: str | None, kind: str) -> Element | None:
        """The resource with this ID, if it is of this kind."""
        found = self.elements.get(name or "")
        return found if found is not None and tag(found) == kind else None


class Budget:
    """What the objects of one page may cost. A page that costs more is refused (file_too_large)."""

    def __init__(self) -> None:
        self._elements = MOST_ELEMENTS
        self._objects = MOST_OBJECTS

    def look(self, count: int = 1) -> None:
        """So many elements are looked at."""
        self._elements -= count
        if self._elements < 0:
            raise OcrError("file_too_large", f"the page makes us look at more than {MOST_ELEMENTS:,} elements")

    def make(self, count: int) -> None:
        """So many objects, characters or steps are made."""
        self._objects -= count
        if self._objects < 0:
            raise OcrError(
                "file_too_large", f"the page has more than {MOST_OBJECTS:,} objects, characters and steps of paths"
            )


class Reader:
    """Reads the objects of one page, within its budget."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._budget = Budget()

    def items(self, content: Element | None, to_page: Affine, depth: int = 0) -> Iterator[Item]:
        """The objects below an element (Content, Appearance), its layers and blocks opened."""
        style: Element | None = None
        for element in content.iter() if content is not None and depth <= MOST_NESTED else ():
            self._budget.look()
            kind = tag(element)
            if kind == "Layer":
                style = self._resources.element(element.get("DrawParam"), "DrawParam")
            elif kind in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
                yield from self._object(element, kind, style, to_page, depth)

    def _object(
        self, element: Element, kind: str, style: Element | None, to_page: Affine, depth: int
    ) -> Iterator[Item]:
        x0, y0, x1, y1 = box_of(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
        own = matrix_of(element.get("CTM"))
        if kind == "ImageObject" and own == Affine():
            own = Affine.scaling(x1 - x0, y1 - y0)  # a picture without a matrix fills its boundary
        matrix = own.then(Affine.shift(x0, y0)).then(to_page)
        if kind == "CompositeObject":
            unit = self._resources.element(element.get("ResourceID"), "CompositeGraphicUnit")
            yield from self.items(child(unit, "Content"), matrix, depth + 1)
            return
        self._budget.make(1)
        paint = self._paint(element, style, text=kind == "TextObject")
        if kind == "TextObject":
            yield _text(element, matrix, paint, self._budget)
        elif kind == "PathObject":
            yield Path(matrix, paint, tuple(_steps(text_of(child(element, "AbbreviatedData")), self._budget)))
        else:
            yield Picture(matrix, paint, element.get("ResourceID", ""))

    def _paint(self, element: Element, style: Element | None, *, text: bool) -> Paint:
        """The object's own colours, else those of its drawing parameters, else of its layer's, else the defaults:
        text is filled in black, paths are stroked in black, anything else is transparent (tables 35 and 45)."""
        own = self._resources.element(element.get("DrawParam"), "DrawParam")
        sources = [element, *self._with_relatives(own), *self._with_relatives(style)]
        self._budget.look(sum(map(len, sources)))
        widths = (width for source in sources if (width := source.get("LineWidth")))
        does_fill = element.get("Fill", str(text)).lower() == "true"
        does_stroke = element.get("Stroke", str(not text)).lower() == "true"
        visible = element.get("Visible", "true").lower() != "false"
        return Paint(
            fill=_colour(sources, "FillColor", BLACK if text else None) if does_fill else None,
            stroke=_colour(sources, "StrokeColor", None if text else BLACK) if does_stroke else None,
            alpha=number(element.get("Alpha"), 255.0) / 255.0 if visible else 0.0,
            blend=element.get("BlendMode", "Normal"),
            line_width=number(next(widths, None), DEFAULT_LINE_WIDTH),
        )

    def _with_relatives(self, style: Element | None) -> Iterator[Element]:
        for _ in range(MOST_NESTED):
            if style is None:
                return
            yield style
            style = self._resources.element(style.get("Relative"), "DrawParam")


def _colour(sources: Sequence[Element], name: str, default: Colour | None) -> Colour | None:
    """The first colour of this name, a shading as its first colour; None for a transparent one."""
    for source in sources:
        colour = child(source, name)
        if colour is not None:
            inside = islice(colour.iter(), _MOST_IN_COLOUR)
            values = (value for element in inside if (value := element.get("Value")))
            parts = numbers(next(values, None))
            opaque = number(colour.get("Alpha"), 255.0) > 0
            return tuple(min(1.0, max(0.0, part / 255)) for part in parts) if parts and opaque else None
    return default


def _text(element: Element, to_page: Affine, paint: Paint, budget: Budget) -> Text:
    characters: list[str] = []
    places: list[tuple[float, float]] = []
    size = number(element.get("Size"), 0.0)
    x = y = 0.0
    for code in children(element, "TextCode"):
        text = code.text or ""
        budget.make(len(text))
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        characters.append(text)
        places += _places(text, (x, y), size, _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY")))
    glyphs: dict[int, int] = {}
    for transform in children(element, "CGTransform"):
        first = int(number(transform.get("CodePosition"), 0.0))
        listed = numbers(text_of(child(transform, "Glyphs")))
        budget.look(len(listed))
        glyphs.update((first + i, int(glyph)) for i, glyph in enumerate(listed) if 0 <= glyph <= _LAST_GLYPH)
    stretch = number(element.get("HScale"), 1.0)
    return Text(to_page, paint, element.get("Font", ""), size, stretch, "".join(characters), tuple(places), glyphs)


def _places(
    text: str, start: tuple[float, float], size: float, across: Iterator[float], down: Iterator[float]
) -> Iterator[tuple[float, float]]:
    """Where each character begins. Where the file gives no distance at all, the font's usual one is taken."""
    x, y = start
    for char in text:
        yield x, y
        dx, dy = next(across, None), next(down, None)
        x += dx if dx is not None else 0.0 if dy is not None else size * usual_width(char)
        y += dy or 0.0


def usual_width(char: str) -> float:
    """The width of a character in em, as Chinese fonts have it: full, or half for letters and digits."""
    return 1.0 if is_wide(char) else 0.5


def _deltas(text: str | None) -> Iterator[float]:
    """DeltaX and DeltaY (clause 11.3): distances, of which "g n d" stands for n times d. Endless ones stay unread."""
    words = _words(text or "")
    for word in words:
        if word == "g":
            count, distance = number(next(words, None), 0.0), number(next(words, None), 0.0)
            yield from repeat(distance, min(MOST_OBJECTS, max(0, int(count))))
        else:
            yield number(word, 0.0)


def _words(text: str) -> Iterator[str]:
    """What stands between blanks, one by one: a text may be larger than all its words may be held."""
    return (found.group() for found in _WORD.finditer(text))


def _steps(data: str, budget: Budget) -> Iterator[tuple[str, tuple[float, ...]]]:
    """AbbreviatedData as operators with their numbers. Raises OcrError("decode_failed")."""
    words = _words(data)
    for operator in words:
        budget.make(1)
        if operator not in _OPERANDS:
            raise OcrError("decode_failed", "a path of the OFD page has an operator that OFD does not know")
        operands = tuple(numbers(" ".join(islice(words, _OPERANDS[operator]))))
        if len(operands) != _OPERANDS[operator]:
            raise OcrError("decode_failed", f"an OFD path breaks off at {operator}")
        yield operator, operands
