"""A sheet to draw on that remembers where each character's ink went."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from ocrcli.geometry import Affine, Box, Point, around, bounds, quad_of_box
from ocrcli.specimens.fonts import Face, Typecase
from ocrcli.specimens.truth import DrawnLine, Role

if TYPE_CHECKING:
    from ocrcli.page import Pixels

Colour = tuple[int, int, int]  # red, green, blue
Align = Literal["left", "centre", "right"]

BLACK: Colour = (20, 20, 22)
WHITE: Colour = (255, 255, 255)
ASCENT = 0.88  # of the em, above the baseline: the em box of Chinese faces


@dataclass(frozen=True)
class Style:
    """How text is set. Sizes in px; `weight` is added to every side of a stroke; `pitch` is a fixed advance."""

    face: Face
    size: int
    colour: Colour = BLACK
    latin: Face | None = None  # for ASCII, where it is not the same face
    spacing: float = 0.0
    pitch: float | None = None
    weight: float = 0.0

    def face_of(self, character: str) -> Face:
        """The face that draws this character: the Latin one, the main one, or the one that has nearly all."""
        if self.latin is not None and character.isascii():
            return self.latin
        return self.face if self.face.has(character) else Typecase.carried().face("hei")

    def advance(self, character: str) -> float:
        """How far the next character stands from this one."""
        if self.pitch is not None:
            return self.pitch
        return _advance(self.face_of(character), self.size, character) + self.spacing

    def width(self, text: str) -> float:
        """The length of the text."""
        return sum(self.advance(c) for c in text) - (0.0 if self.pitch else self.spacing if text else 0.0)

    def sized(self, size: float) -> Style:
        """The same style in another size."""
        return replace(self, size=max(1, round(size)))

    def coloured(self, colour: Colour) -> Style:
        """The same style in another colour."""
        return replace(self, colour=colour)


@lru_cache(maxsize=20_000)
def _advance(face: Face, size: int, character: str) -> float:
    return face.at(size).getlength(character)


@lru_cache(maxsize=20_000)
def _ink(face: Face, size: int, character: str, weight: float) -> Box:
    """The character's ink, px from its origin on the baseline; nothing at the origin for a blank."""
    # getbbox() would count the advance in.
    mask, (left, top) = face.at(size).getmask2(character, mode="L", anchor="ls", stroke_width=weight)
    x0, y0, x1, y1 = mask.getbbox() or (0, 0, 0, 0)
    return left + x0, top + y0, left + x1, top + y1


class Canvas:
    """A sheet of `width` × `height` px. `lines` collects what was printed, in the order of printing."""

    def __init__(self, width: int, height: int, colour: Colour = WHITE) -> None:
        self.image = Image.new("RGB", (width, height), colour)
        self.draw = ImageDraw.Draw(self.image)
        self.lines: list[DrawnLine] = []

    @property
    def width(self) -> int:
        """In px."""
        return self.image.width

    @property
    def height(self) -> int:
        """In px."""
        return self.image.height

    def picture(self) -> Pixels:
        """The sheet as pixels, H × W × 3, BGR."""
        return np.ascontiguousarray(np.asarray(self.image)[:, :, ::-1])

    def show(self, picture: Pixels) -> None:
        """Replaces what is drawn by these pixels, H × W × 3, BGR, of the same size."""
        self.image.paste(Image.fromarray(picture[:, :, ::-1]))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        *,
        align: Align = "left",
        role: Role = "text",
        key: str | None = None,
    ) -> DrawnLine:
        """Prints one line whose em box has its top at `y` and its left, middle or right at `x`."""
        line = replace(self.paint(x, y, text, style, align=align), role=role, key=key)
        self.lines.append(line)
        return line

    def paint(self, x: float, y: float, text: str, style: Style, *, align: Align = "left") -> DrawnLine:
        """Like `text`, but the truth does not learn of it (shadows, ornaments)."""
        places = _places(x, y, text, style, align)
        for character, (left, baseline) in zip(text, places, strict=True):
            self.draw.text(
                (left, baseline),
                character,
                fill=style.colour,
                font=style.face_of(character).at(style.size),
                anchor="ls",
                stroke_width=style.weight,
            )
        return _line(text, places, style)

    def join(self, parts: Sequence[DrawnLine], *, key: str | None = None) -> DrawnLine:
        """Takes what was painted piece by piece for one line."""
        chars = tuple(char for part in parts for char in part.chars)
        fonts = tuple(sorted({name for part in parts for name in part.fonts}))
        line = DrawnLine("".join(part.text for part in parts), around(chars), chars, fonts, "text", key)
        self.lines.append(line)
        return line

    def turned(
        self,
        centre: Point,
        text: str,
        style: Style,
        degrees: float,
        *,
        opacity: float = 1.0,
        role: Role = "text",
    ) -> DrawnLine:
        """Prints a line about `centre`, turned clockwise, as ink that lets darker print below show through."""
        line = replace(self._turn(centre, text, style, degrees, opacity), role=role)
        self.lines.append(line)
        return line

    def arc(
        self,
        centre: Point,
        radius: float,
        text: str,
        style: Style,
        *,
        sweep: float,
        upwards: bool = True,
        flat: float = 1.0,
        opacity: float = 1.0,
        role: Role = "text",
        key: str | None = None,
    ) -> DrawnLine:
        """Prints a line along a circle, or an ellipse whose height is `flat` of its width; see `around_ellipse`."""
        places = around_ellipse(centre, radius, radius * flat, len(text), sweep, upwards)
        parts = [self._turn(place, c, style, turn, opacity) for c, (place, turn) in zip(text, places, strict=True)]
        line = replace(self.join(parts, key=key), role=role)
        self.lines[-1] = line
        return line

    def boxed(self, text: str, boxes: Sequence[Box], styles: Sequence[Style], *, key: str | None = None) -> DrawnLine:
        """Prints each character so that its ink just fills its box, whatever that does to its proportions."""
        quads = []
        for character, box, style in zip(text, boxes, styles, strict=True):
            left, top, right, bottom = (round(edge) for edge in box)
            mask = _mask(character, style.sized(2 * (bottom - top)))
            self.image.paste(
                style.colour,
                (left, top),
                mask.crop(mask.getbbox()).resize((right - left, bottom - top), Image.Resampling.BOX),
            )
            quads.append(quad_of_box(left, top, right, bottom))
        fonts = sorted({style.face_of(c).name for c, style in zip(text, styles, strict=True)})
        line = DrawnLine(text, around(quads), tuple(quads), tuple(fonts), "text", key)
        self.lines.append(line)
        return line

    def attach(self, other: Canvas, left: int, top: int, corner: float = 0.0) -> None:
        """Pastes another sheet with round corners, and what was printed on it, with its top left at this px."""
        shape = Image.new("L", other.image.size)
        ImageDraw.Draw(shape).rounded_rectangle([0, 0, other.width - 1, other.height - 1], radius=corner, fill=255)
        self.image.paste(other.image, (left, top), shape)
        shift = Affine.shift(left, top)
        self.lines += [line.through(shift.quad) for line in other.lines]

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: int = 1, colour: Colour = BLACK) -> None:
        """Draws a straight rule."""
        self.draw.line([(x0, y0), (x1, y1)], fill=colour, width=width)

    def box(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        width: int = 1,
        colour: Colour | None = BLACK,
        fill: Colour | None = None,
        radius: float = 0.0,
    ) -> None:
        """Draws a frame, filled or not, with round corners or not."""
        self.draw.rounded_rectangle([x0, y0, x1, y1], radius=radius, fill=fill, outline=colour, width=width)

    def ring(
        self, centre: Point, radius: float, width: int, colour: Colour, *, flat: float = 1.0, opacity: float = 1.0
    ) -> None:
        """Draws a circle, or an ellipse whose height is `flat` of its width, in transparent ink."""

        def draw(pen: ImageDraw.ImageDraw, c: Point, r: float) -> None:
            pen.ellipse((c[0] - r, c[1] - r * flat, c[0] + r, c[1] + r * flat), outline=255, width=4 * width)

        self._shape(centre, radius, colour, opacity, draw)

    def star(self, centre: Point, radius: float, colour: Colour, *, opacity: float = 1.0) -> None:
        """Draws a filled five-pointed star in transparent ink."""

        def draw(pen: ImageDraw.ImageDraw, c: Point, r: float) -> None:
            rays = [(math.radians(36 * i - 90), r if i % 2 == 0 else 0.382 * r) for i in range(10)]
            pen.polygon([(c[0] + d * math.cos(a), c[1] + d * math.sin(a)) for a, d in rays], fill=255)

        self._shape(centre, radius, colour, opacity, draw)

    def _shape(
        self,
        centre: Point,
        radius: float,
        colour: Colour,
        opacity: float,
        draw: Callable[[ImageDraw.ImageDraw, Point, float], None],
    ) -> None:
        """Draws a shape four times as large and brings it down, so that its edges are smooth."""
        side = math.ceil(2 * radius) + 4
        mask = Image.new("L", (4 * side, 4 * side))
        draw(ImageDraw.Draw(mask), (2.0 * side, 2.0 * side), 4 * radius)
        corner = (round(centre[0] - side / 2), round(centre[1] - side / 2))
        self._multiply(mask.resize((side, side), Image.Resampling.BOX), corner, colour, opacity)

    def _turn(self, centre: Point, text: str, style: Style, degrees: float, opacity: float) -> DrawnLine:
        margin = style.size
        width, height = math.ceil(style.width(text)) + 2 * margin, 3 * style.size
        upright = _line(text, _places(margin, margin, text, style, "left"), style)
        x0, y0, x1, y1 = bounds(upright.quad)
        turning, _, _ = Affine.turning(degrees, 0, 0)
        way = Affine.shift(-(x0 + x1) / 2, -(y0 + y1) / 2).then(turning).then(Affine.shift(*centre))
        left, top, right, bottom = bounds(way.quad(quad_of_box(0, 0, width, height)))
        corner = (math.floor(left), math.floor(top))
        size = (math.ceil(right) - corner[0], math.ceil(bottom) - corner[1])
        back = way.then(Affine.shift(-corner[0], -corner[1])).inverse()
        mask = Image.new("L", (width, height))
        pen = ImageDraw.Draw(mask)
        for character, place in zip(text, _places(margin, margin, text, style, "left"), strict=True):
            face = style.face_of(character).at(style.size)
            pen.text(place, character, fill=255, font=face, anchor="ls", stroke_width=style.weight)
        turned = mask.transform(size, Image.Transform.AFFINE, back.m, Image.Resampling.BICUBIC)
        self._multiply(turned, corner, style.colour, opacity)
        return upright.through(way.quad)

    def _multiply(self, mask: Image.Image, corner: tuple[int, int], colour: Colour, opacity: float) -> None:
        """Puts transparent ink where the mask is."""
        area = (corner[0], corner[1], corner[0] + mask.width, corner[1] + mask.height)
        ink = Image.new("RGB", mask.size, WHITE)
        ink.paste(colour, (0, 0), mask.point(lambda v: round(v * opacity)))
        self.image.paste(ImageChops.multiply(self.image.crop(area), ink), corner)


def around_ellipse(
    centre: Point, rx: float, ry: float, count: int, sweep: float, upwards: bool
) -> list[tuple[Point, float]]:
    """Where `count` characters stand along an ellipse, `sweep` degrees from the first to the last: each one's middle
    and its turn, in degrees clockwise.

    Upwards they run clockwise over the top, their feet to the centre; otherwise counter-clockwise along the bottom,
    their heads to the centre.
    """
    sign = 1.0 if upwards else -1.0
    places = []
    for index in range(count):
        angle = math.radians(sign * (index * sweep / max(1, count - 1) - sweep / 2))
        x, y = rx * math.sin(angle), -ry * math.cos(angle)
        turn = math.degrees(math.atan2(ry * math.sin(angle), rx * math.cos(angle)))
        places.append(((centre[0] + sign * x, centre[1] + sign * y), turn))
    return places


def _places(x: float, y: float, text: str, style: Style, align: Align) -> list[tuple[int, int]]:
    """Each character's origin on the baseline, at whole px, so that ink boxes are exact."""
    start = x - {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * style.width(text)
    baseline = round(y + ASCENT * style.size)
    places: list[tuple[int, int]] = []
    for character in text:
        within = 0.0
        if style.pitch is not None:
            within = (style.pitch - _advance(style.face_of(character), style.size, character)) / 2
        places.append((round(start + within), baseline))
        start += style.advance(character)
    return places


def _line(text: str, places: Sequence[tuple[int, int]], style: Style) -> DrawnLine:
    inks = [_moved(_ink(style.face_of(c), style.size, c, style.weight), p) for c, p in zip(text, places, strict=True)]
    solid = [ink for c, ink in zip(text, inks, strict=True) if not c.isspace()]
    if not solid:
        raise ValueError("a printed line needs at least one character that is no blank")
    x0, y0 = min(i[0] for i in solid), min(i[1] for i in solid)
    x1, y1 = max(i[2] for i in solid), max(i[3] for i in solid)
    chars = tuple(
        quad_of_box(p[0], y0, p[0] + style.advance(c), y1) if c.isspace() else quad_of_box(*ink)
        for c, p, ink in zip(text, places, inks, strict=True)
    )
    return DrawnLine(text, quad_of_box(x0, y0, x1, y1), chars, _fonts(text, style))


def _moved(box: Box, by: Point) -> Box:
    return box[0] + by[0], box[1] + by[1], box[2] + by[0], box[3] + by[1]


def _fonts(text: str, style: Style) -> tuple[str, ...]:
    return tuple(sorted({style.face_of(c).name for c in text if not c.isspace()}))


def _mask(character: str, style: Style) -> Image.Image:
    mask = Image.new("L", (2 * style.size, 2 * style.size))
    face = style.face_of(character).at(style.size)
    ImageDraw.Draw(mask).text(
        (style.size // 2, style.size), character, fill=255, font=face, anchor="ls", stroke_width=style.weight
    )
    return mask
