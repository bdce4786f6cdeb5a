"""A drawn street: houses with shop signs, a road, cars seen from behind with a place for a plate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image, ImageFilter

from ocrcli.geometry import Point, Quad
from ocrcli.specimens import numbers, people
from ocrcli.specimens.backdrop import clouds
from ocrcli.specimens.canvas import Canvas, Colour, Style
from ocrcli.specimens.fonts import Typecase

_PAINT: tuple[Colour, ...] = (
    (30, 32, 38),
    (226, 228, 230),
    (150, 154, 160),
    (128, 24, 30),
    (36, 60, 110),
    (90, 74, 58),
)
_WALLS: tuple[Colour, ...] = ((186, 170, 150), (150, 150, 152), (204, 196, 182), (140, 112, 98))
_CAR_COLOURS: dict[str, Colour] = {
    "ground": (58, 58, 60),
    "tyre": (20, 20, 20),
    "glass": (40, 48, 56),
    "light": (176, 26, 28),
}


def _slab(x0: float, y0: float, x1: float, y1: float, cut: float = 0.02) -> tuple[Point, ...]:
    """A box with cut corners."""
    return (
        (x0 + cut, y0), (x1 - cut, y0), (x1, y0 + cut), (x1, y1 - cut),
        (x1 - cut, y1), (x0 + cut, y1), (x0, y1 - cut), (x0, y0 + cut),
    )  # fmt: skip


# A car from behind, from back to front: colour, and outline in shares of its width about its middle.
_CAR: tuple[tuple[str, tuple[Point, ...]], ...] = (
    ("ground", _slab(-0.52, 0.26, 0.52, 0.37, 0.05)),
    ("tyre", _slab(-0.43, 0.14, -0.29, 0.34)),
    ("tyre", _slab(0.29, 0.14, 0.43, 0.34)),
    ("paint", ((-0.41, -0.1), (-0.36, -0.25), (-0.29, -0.36), (0.29, -0.36), (0.36, -0.25), (0.41, -0.1))),
    ("glass", ((-0.36, -0.13), (-0.32, -0.25), (-0.27, -0.33), (0.27, -0.33), (0.32, -0.25), (0.36, -0.13))),
    ("dark", _slab(-0.505, -0.145, 0.505, 0.245, 0.055)),
    ("paint", _slab(-0.5, -0.14, 0.5, 0.24, 0.05)),
    ("light", _slab(-0.49, -0.1, -0.33, -0.01)),
    ("light", _slab(0.33, -0.1, 0.49, -0.01)),
    ("dark", _slab(-0.49, 0.15, 0.49, 0.28)),
    ("dark", _slab(-0.22, -0.03, 0.22, 0.15)),
)


@dataclass(frozen=True)
class Spot:
    """Where a plate can hang: the middle of its place in px, and how wide a plate of 440 mm is there."""

    x: float
    y: float
    width: float

    def quad(self, size: tuple[int, int], rng: Random) -> Quad:
        """The outline of a plate of this size in mm, seen a little from one side."""
        scale = self.width / 440
        wide, high = size[0] * scale / 2, size[1] * scale / 2
        lean, fade = rng.uniform(-0.06, 0.06) * self.width, rng.uniform(-0.08, 0.08)
        left, right = high * (1 + fade), high * (1 - fade)
        return (
            (self.x - wide, self.y - left - lean),
            (self.x + wide, self.y - right + lean),
            (self.x + wide, self.y + right + lean),
            (self.x - wide, self.y + left - lean),
        )


def street(rng: Random, width: int, height: int, cars: int) -> tuple[Canvas, list[Spot]]:
    """A scene with this many cars, and the places for their plates in reading order (rows from the top)."""
    canvas = Canvas(width, height, (168, 190, 210))
    horizon = height * (0.42 if cars < 2 else 0.35 if cars < 10 else 0.12)
    _houses(rng, canvas, round(horizon))
    canvas.draw.rectangle([0, horizon, width, height], fill=(92, 92, 94))
    for share in (0.2, 0.5, 0.8):
        y = horizon + (height - horizon) * share
        canvas.rule(0, y, width, y + 8, width=3, colour=(120, 120, 118))
    spots = []
    for x, y, size in _parked(rng, width, height, 0.22 * height if cars == 1 else horizon, cars):
        spots.append(_car(rng, canvas, x, y, size))
    _grain(rng, canvas)
    return canvas, spots


def _parked(rng: Random, width: int, height: int, top: float, cars: int) -> Iterator[tuple[float, float, float]]:
    """Middle and width in px of each car, in rows below `top`."""
    free = height - top
    columns = max(1, round((1.1 * cars * width / free) ** 0.5)) if cars > 1 else 1
    rows = -(-cars // columns)
    for index in range(cars):
        row, column = divmod(index, columns)
        wide, high = width / columns, free / rows
        size = min(wide * 0.86, high * 1.25) * rng.uniform(0.88, 1.0)
        x = wide * (column + 0.5) + rng.uniform(-0.04, 0.04) * wide
        yield x, top + high * (row + 0.5), size


def signs(rng: Random, canvas: Canvas) -> None:
    """Shop signs with names and telephone numbers over the houses: print that is no plate."""
    edge = canvas.width * rng.uniform(0.02, 0.1)
    while edge < canvas.width * 0.8:
        size = canvas.height / rng.uniform(22, 30)
        ground = rng.choice(((30, 80, 150), (170, 30, 34), (28, 110, 70), (236, 190, 40)))
        style = Style(Typecase.carried().face("hei"), round(size), (250, 250, 245))
        texts = (people.shop(rng), f"电话{numbers.mobile(rng)}")
        wide = max(style.width(texts[0]), style.sized(size * 0.6).width(texts[1])) + size
        top = canvas.height * rng.uniform(0.16, 0.24)
        if edge + wide > canvas.width:
            return
        canvas.box(edge, top, edge + wide, top + size * 2.4, colour=(60, 60, 60), fill=ground)
        canvas.text(edge + wide / 2, top + size * 0.25, texts[0], style, align="centre")
        canvas.text(edge + wide / 2, top + size * 1.5, texts[1], style.sized(size * 0.6), align="centre")
        edge += wide + canvas.width * rng.uniform(0.02, 0.2)


def _houses(rng: Random, canvas: Canvas, ground: int) -> None:
    x = 0.0
    while x < canvas.width:
        wide, top = canvas.width * rng.uniform(0.15, 0.35), ground * rng.uniform(0.0, 0.35)
        canvas.box(x, top, x + wide, ground, colour=(110, 106, 100), fill=rng.choice(_WALLS))
        pane = canvas.width / 45
        for column in range(int(wide / pane / 2)):
            for row in range(int((ground - top) / pane / 2.5)):
                left, above = x + pane * (0.6 + 2 * column), top + pane * (0.6 + 2.5 * row)
                glass = rng.choice(((70, 84, 96), (96, 110, 120), (180, 176, 140)))
                canvas.box(left, above, left + pane, above + 1.5 * pane, colour=(230, 228, 222), fill=glass)
        x += wide


def _car(rng: Random, canvas: Canvas, x: float, y: float, size: float) -> Spot:
    """A car from behind about (x, y), `size` px wide; returns where its plate hangs."""
    paint = rng.choice(_PAINT)
    colours = {**_CAR_COLOURS, "paint": paint, "dark": (paint[0] * 3 // 5, paint[1] * 3 // 5, paint[2] * 3 // 5)}
    for colour, points in _CAR:
        canvas.draw.polygon([(x + dx * size, y + dy * size) for dx, dy in points], fill=colours[colour])
    return Spot(x, y + size * 0.06, size * rng.uniform(0.3, 0.36))


def _grain(rng: Random, canvas: Canvas) -> None:
    """Softens the drawing and lays light and dark over it, so that no surface is flat."""
    soft = canvas.image.filter(ImageFilter.GaussianBlur(canvas.width / 900))
    shade = 1 + 0.12 * clouds(rng.getrandbits(32), canvas.width, canvas.height, canvas.width // 6)
    shade += 0.04 * clouds(rng.getrandbits(32), canvas.width, canvas.height, 3)
    sheet = np.clip(np.asarray(soft) * shade[:, :, None], 0, 255).astype(np.uint8)
    canvas.image.paste(Image.fromarray(sheet))
