"""What lies behind a document in a photo: a table top, a cloth, things left on it."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ocrcli.specimens import words
from ocrcli.specimens.canvas import Canvas, Colour, Style
from ocrcli.specimens.fonts import Typecase

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ocrcli.page import Pixels

_WOOD: tuple[Colour, ...] = ((171, 128, 86), (120, 82, 54), (205, 170, 125))
_CLOTH: tuple[Colour, ...] = ((176, 58, 64), (52, 96, 142), (70, 120, 84), (150, 120, 60))
_PLAIN: tuple[Colour, ...] = ((92, 96, 100), (60, 66, 74), (150, 140, 128), (214, 210, 202), (70, 84, 70))


def desk(seed: int, width: int, height: int, level: int) -> Pixels:
    """A surface of H × W × 3 px, BGR: plain at level 1, wood or a checked cloth at 2, with things on it at 3."""
    rng = Random(seed)
    draw = _plain if level == 1 else rng.choice((_wood, _cloth))
    surface = draw(rng, width, height)
    return _clutter(rng, surface) if level == 3 else surface


def clouds(seed: int, width: int, height: int, grain: int) -> NDArray[np.float32]:
    """Soft noise of H × W in -1 to 1, its lumps about `grain` px wide."""
    rng = np.random.default_rng(seed)
    small = rng.standard_normal((height // grain + 3, width // grain + 3)).astype(np.float32)
    large = cv2.resize(small, (width + 2 * grain, height + 2 * grain), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(large[grain : grain + height, grain : grain + width] / 2.5, -1, 1), dtype=np.float32)


def _tinted(shade: NDArray[np.float32], colour: Colour, depth: float) -> Pixels:
    """A surface of this colour (red, green, blue), lighter and darker by `depth` of itself as `shade` says."""
    base = np.array(colour[::-1], dtype=np.float32)
    return np.asarray(np.clip(base * (1.0 + depth * shade[:, :, None]), 0, 255), dtype=np.uint8)


def _plain(rng: Random, width: int, height: int) -> Pixels:
    return _tinted(clouds(rng.getrandbits(32), width, height, max(width, height) // 3), rng.choice(_PLAIN), 0.15)


def _wood(rng: Random, width: int, height: int) -> Pixels:
    unit = max(width, height)
    y = np.arange(height, dtype=np.float32)[:, None] / unit
    warp = clouds(rng.getrandbits(32), width, height, unit // 3) * 0.04
    fine = clouds(rng.getrandbits(32), width, height, 24)[:, :1]
    rings = np.sin((y + warp) * rng.uniform(120, 220))
    return _tinted((0.5 * rings + 0.5 * fine).astype(np.float32), rng.choice(_WOOD), 0.22)


def _cloth(rng: Random, width: int, height: int) -> Pixels:
    check = max(8, max(width, height) // rng.randint(14, 30))
    x = (np.arange(width) // check % 2).astype(np.float32)[None, :]
    y = (np.arange(height) // check % 2).astype(np.float32)[:, None]
    cloth = _tinted(clouds(rng.getrandbits(32), width, height, 40), rng.choice(_CLOTH), 0.12).astype(np.float32)
    white = 0.45 * (x + y)[:, :, None]
    return np.asarray(np.clip(cloth * (1 - white) + 240 * white, 0, 255), dtype=np.uint8)


def _clutter(rng: Random, surface: Pixels) -> Pixels:
    """Papers with print, pens and coins strewn over the surface."""
    height, width = surface.shape[:2]
    canvas = Canvas(width, height)
    canvas.show(surface)
    unit = max(width, height)
    for _ in range(rng.randint(2, 4)):
        _sheet(rng, canvas, unit)
    for _ in range(rng.randint(1, 3)):
        x, y, reach = rng.uniform(0, width), rng.uniform(0, height), unit * 0.3
        end = (x + rng.uniform(-reach, reach), y + rng.uniform(-reach, reach))
        canvas.rule(
            x, y, *end, width=max(3, unit // 70), colour=rng.choice(((20, 20, 24), (30, 60, 150), (200, 40, 40)))
        )
    for _ in range(rng.randint(1, 4)):
        x, y, radius = rng.uniform(0, width), rng.uniform(0, height), unit / rng.uniform(30, 45)
        canvas.draw.circle((x, y), radius, fill=(188, 186, 178), outline=(120, 118, 110), width=max(1, unit // 400))
    return canvas.picture()


def _sheet(rng: Random, canvas: Canvas, unit: int) -> None:
    wide, high = unit * rng.uniform(0.25, 0.45), unit * rng.uniform(0.15, 0.35)
    x, y = rng.uniform(-wide / 2, canvas.width - wide / 2), rng.uniform(-high / 2, canvas.height - high / 2)
    canvas.box(x, y, x + wide, y + high, colour=(150, 150, 146), fill=(243, 241, 234))
    style = Style(Typecase.carried().face("hei"), max(8, unit // 60), (90, 90, 96))
    for row in range(int(high / style.size / 1.6) - 1):
        text = words.nonsense(rng, max(1, int(wide / style.size) - rng.randint(2, 5)))
        canvas.paint(x + style.size, y + style.size * (0.6 + 1.6 * row), text, style)
