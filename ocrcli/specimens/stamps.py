"""Red stamps of authorities: the framed square of the traffic police, the round seal with a star."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops

from ocrcli.geometry import Affine, Box
from ocrcli.specimens.backdrop import clouds
from ocrcli.specimens.canvas import WHITE, Canvas, Colour, Style
from ocrcli.specimens.documents.base import MM
from ocrcli.specimens.fonts import Typecase

RED: Colour = (206, 44, 40)


def square_stamp(canvas: Canvas, rng: Random, text: str, box: Box, typecase: Typecase, key: str | None = None) -> None:
    """A frame (mm) filled with the text in even rows, turned a little, its ink uneven. It hides nothing below it."""
    x0, y0, x1, y1 = (edge * MM for edge in box)
    rows, wide, high, margin = _rows(text), x1 - x0, y1 - y0, 2 * MM
    pitch, leading = (wide - 2 * MM) / max(map(len, rows)), (high - 1 * MM) / len(rows)
    face = typecase.face("song")
    style = Style(face, round(min(0.92 * pitch, 0.62 * leading)), RED, weight=rng.uniform(0.2, 1.2))
    layer = Canvas(round(wide + 2 * margin), round(high + 2 * margin))
    layer.box(margin, margin, margin + wide, margin + high, width=round(0.5 * MM), colour=RED)
    for number, row in enumerate(rows):
        spread = Style(style.face, style.size, RED, pitch=(wide - 2 * MM) / len(row), weight=style.weight)
        top = margin + 0.5 * MM + (number + 0.5) * leading - style.size / 2
        layer.text(margin + 1 * MM, top, row, spread, key=key)
    _stamp(canvas, rng, layer, rng.uniform(-1.2, 1.2), ((x0 + x1) / 2, (y0 + y1) / 2))


def round_seal(
    canvas: Canvas, rng: Random, text: str, centre: tuple[float, float], radius: float, typecase: Typecase
) -> None:
    """A ring with a star in the middle (mm) and the authority's name along its upper rim, turned a little."""
    side = round(2.3 * radius * MM)
    layer = Canvas(side, side)
    middle = (side / 2, side / 2)
    layer.ring(middle, radius * MM, max(2, round(0.055 * radius * MM)), RED)
    layer.star(middle, 0.3 * radius * MM, RED)
    sweep = min(250.0, 24.0 * (len(text) - 1))
    size = min(0.28 * radius, 0.0136 * radius * sweep / max(1, len(text) - 1))
    style = Style(typecase.face("song"), round(size * MM), RED, weight=0.6)
    layer.arc(middle, 0.78 * radius * MM, text, style, sweep=sweep)
    _stamp(canvas, rng, layer, rng.uniform(-9, 9), (centre[0] * MM, centre[1] * MM))


def _stamp(canvas: Canvas, rng: Random, layer: Canvas, degrees: float, middle: tuple[float, float]) -> None:
    """Puts the layer's ink on the canvas, turned about a point, thinner in patches; its lines are a stamp's."""
    half = (layer.width / 2, layer.height / 2)
    turning = Affine.turning(degrees, 0, 0)[0]
    way = Affine.shift(-half[0], -half[1]).then(turning).then(Affine.shift(*half))
    turned = layer.image.transform(
        layer.image.size, Image.Transform.AFFINE, way.inverse().m, Image.Resampling.BICUBIC, fillcolor=WHITE
    )
    strength = 0.78 + 0.22 * clouds(rng.getrandbits(32), layer.width, layer.height, 60)
    mask = Image.fromarray((255 * strength).clip(0, 255).astype("uint8"))
    ink = Image.composite(turned, Image.new("RGB", turned.size, WHITE), mask)
    left, top = round(middle[0] - half[0]), round(middle[1] - half[1])
    area = (left, top, left + layer.width, top + layer.height)
    canvas.image.paste(ImageChops.multiply(canvas.image.crop(area), ink), (left, top))
    placed = way.then(Affine.shift(left, top))
    canvas.lines += [replace(line.through(placed.quad), role="stamp") for line in layer.lines]


def _rows(text: str) -> Sequence[str]:
    """Three rows, or four where there are more than 18 characters, as even as can be, the longer ones last."""
    count = 3 if len(text) <= 18 else 4
    cuts = [round(i * len(text) / count - 0.01) for i in range(count + 1)]
    return [text[a:b] for a, b in pairwise(cuts)]
