"""What a machine prints over a form: out of register with it, in dots or with bars missing, faint in places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ocrcli.geometry import Affine, bounds
from ocrcli.specimens.backdrop import clouds
from ocrcli.specimens.canvas import BLACK, Canvas, Colour
from ocrcli.specimens.documents.base import Print, print_all
from ocrcli.specimens.fonts import Typecase

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ink = NDArray[np.float32]

_LIT = 0.28  # share of a dot's place that a stroke covers where the needle strikes
_WORN = 0.35  # what a dot that struck badly leaves of its ink


@dataclass(frozen=True)
class Register:
    """How far the print misses its place: mm to the right and down, degrees clockwise about the sheet's middle."""

    right_mm: float = 0.0
    down_mm: float = 0.0
    turn_deg: float = 0.0

    @staticmethod
    def missed(rng: Random, most_mm: float, most_deg: float) -> Register:
        """Off by up to these, either way."""
        return Register(
            rng.uniform(-most_mm, most_mm), rng.uniform(-most_mm, most_mm), rng.uniform(-most_deg, most_deg)
        )


@dataclass(frozen=True)
class Head:
    """How a machine prints. `faintest` and `darkest`: how much of the ink there is, 0 to 1, where there is least and
    most of it. `dots_px`: from dot to dot, across and down; None for a head that prints whole strokes. `bad_dots`: the
    share of dots that hardly strike; `dead_bars`: fine lines along the sheet's width that stay unprinted; `offset`: how
    much ink comes off on the sheet that is rolled up against this one, so that each bears the other's print mirrored.
    """

    colour: Colour = BLACK
    faintest: float = 0.75
    darkest: float = 1.0
    dots_px: tuple[int, int] | None = None
    bad_dots: float = 0.03
    dead_bars: int = 0
    offset: float = 0.0


def overprint(canvas: Canvas, layer: Canvas, head: Head, register: Register, rng: Random, px_per_mm: float) -> None:
    """Prints a layer (black on white, of the canvas's size, or wider and then narrowed) over the canvas, and takes over
    its lines."""
    noise = np.random.default_rng(rng.getrandbits(32))
    gray = np.asarray(layer.image.convert("L"), np.float32)
    ink: Ink = np.clip((255 - gray) / (255 - max(BLACK)), 0, 1, dtype=np.float32)
    if head.dots_px is not None:
        ink = _dotted(ink, head, noise)
    for row in noise.integers(0, canvas.height, head.dead_bars):
        ink[row : row + 2] *= 0.25
    ink *= _strength(layer, head, rng)
    if head.offset:
        ink = np.maximum(ink, head.offset * np.roll(ink[:, ::-1], noise.integers(-200, 200, 2), (0, 1)))
    middle = (canvas.width / 2, canvas.height / 2)
    turning, _, _ = Affine.turning(register.turn_deg, 0, 0)
    moved = (middle[0] + register.right_mm * px_per_mm, middle[1] + register.down_mm * px_per_mm)
    narrowed = Affine.scaling(canvas.width / layer.width, 1.0)
    way = narrowed.then(Affine.shift(-middle[0], -middle[1])).then(turning).then(Affine.shift(*moved))
    matrix = np.array([way.m[:3], way.m[3:]], np.float64)
    ink = np.asarray(cv2.warpAffine(ink, matrix, (canvas.width, canvas.height), flags=cv2.INTER_LINEAR), np.float32)
    light = 1 - ink[:, :, None] * (1 - np.array(head.colour[::-1], np.float32) / 255)
    canvas.show((canvas.picture() * light).round().astype(np.uint8))
    canvas.lines += [line.through(way.quad) for line in layer.lines]


def layer_of(
    canvas: Canvas,
    prints: Iterable[Print],
    values: Mapping[str, str],
    typecase: Typecase,
    *,
    narrow: float = 1.0,
    struck_zeros: bool = False,
) -> Canvas:
    """A layer to print over the canvas, places in mm on the canvas. Letters come out `narrow` of their usual width;
    `struck_zeros` have a stroke through them, as line printers write them."""
    layer = Canvas(round(canvas.width / narrow), canvas.height)
    print_all(layer, [_widened(item, narrow) for item in prints], values, typecase)
    if struck_zeros:
        _strike_zeros(layer)
    return layer


def _widened(item: Print, narrow: float) -> Print:
    """The print on a layer that is narrowed afterwards: its place stays, its letters keep their width till then."""
    return replace(
        item,
        x=item.x / narrow,
        colour=BLACK,
        width=None if item.width is None else item.width / narrow,
        pitch=None if item.pitch is None else item.pitch / narrow,
    )


def _strike_zeros(layer: Canvas) -> None:
    for line in layer.lines:
        for character, quad in zip(line.text, line.chars, strict=True):
            if character == "0":
                x0, y0, x1, y1 = bounds(quad)
                inset = 0.28 * (x1 - x0)
                width = max(2, round((y1 - y0) / 12))
                layer.rule(x0 + inset, y1 - inset, x1 - inset, y0 + inset, width=width)


def _dotted(ink: Ink, head: Head, noise: np.random.Generator) -> Ink:
    """The strokes as dots on a grid, each struck a little otherwise."""
    across, down = head.dots_px or (1, 1)
    rows, columns = -(-ink.shape[0] // down), -(-ink.shape[1] // across)
    padded = np.zeros((rows * down, columns * across), np.float32)
    padded[: ink.shape[0], : ink.shape[1]] = ink
    covered = padded.reshape(rows, down, columns, across).mean(axis=(1, 3))
    struck = (covered > _LIT) * noise.uniform(0.7, 1.0, covered.shape)
    struck[noise.random(covered.shape) < head.bad_dots] *= _WORN
    x, y = np.arange(across) - (across - 1) / 2, np.arange(down) - (down - 1) / 2
    dot = np.exp(-((x[None, :] / across) ** 2 + (y[:, None] / down) ** 2) * 2.5)
    spread = np.kron(struck, dot)[: ink.shape[0], : ink.shape[1]]
    return np.asarray(np.clip(cv2.GaussianBlur(spread, (0, 0), 0.7) * 1.5, 0, 1), np.float32)


def _strength(layer: Canvas, head: Head, rng: Random) -> Ink:
    """How much ink there is in each place: broad stretches, and a fine grain."""
    size = (layer.width, layer.height)
    broad = clouds(rng.getrandbits(32), *size, max(8, layer.width // 4))
    fine = clouds(rng.getrandbits(32), *size, 2)
    level = head.faintest + (head.darkest - head.faintest) * (0.5 + 0.5 * broad)
    return np.asarray(np.clip(level * (1 - 0.25 * np.maximum(fine, 0)), 0, 1), np.float32)
