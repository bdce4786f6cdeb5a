"""The paper of business licences: tinted ground, a border of ornament, watermark words, a fold; and copies of it."""

from __future__ import annotations

import math
from random import Random

import cv2
import numpy as np

from ocrcli.geometry import Box
from ocrcli.specimens.canvas import Canvas, Colour, Style
from ocrcli.specimens.documents.base import MM
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.ornament import security_lines


def paper(rng: Random, width: float, height: float, frame: Box, lined: bool) -> Canvas:
    """An empty licence (mm): white outside the frame, tinted within, with watermark words or fine lines."""
    canvas = Canvas(round(width * MM), round(height * MM))
    x0, y0, x1, y1 = (round(edge * MM) for edge in frame)
    tint: Colour = rng.choice(((252, 246, 240), (250, 243, 243), (249, 249, 240), (247, 248, 240)))
    inner = Canvas(x1 - x0, y1 - y0, tint)
    if lined:
        faint: Colour = (tint[0] - 12, tint[1] - 8, tint[2] - 18)
        security_lines(inner, rng, (faint,), spacing=16.0)
    else:
        _words(inner, rng, (tint[0] - 14, tint[1] - 16, tint[2] - 18))
    canvas.image.paste(inner.image, (x0, y0))
    return canvas


def _words(canvas: Canvas, rng: Random, faint: Colour) -> None:
    """Pale words in rows, every other row shifted, as the paper's watermark has them."""
    style = Style(Typecase.carried().face("bold"), round(7 * MM), faint)
    large = Style(Typecase.carried().face("hei"), round(11 * MM), faint, spacing=5 * MM)
    for row in range(int(canvas.height / (22 * MM))):
        for column in range(-1, int(canvas.width / (60 * MM)) + 1):
            x = (60 * column + 30 * (row % 2) + 12) * MM
            canvas.paint(x, (8 + 22 * row) * MM, "SCJDGL", style)
    canvas.paint(canvas.width / 2, canvas.height * rng.uniform(0.4, 0.5), "市场监督管理", large, align="centre")


def scalloped(canvas: Canvas, frame: Box, colour: Colour) -> None:
    """A border of overlapping arcs between two rules."""
    x0, y0, x1, y1 = frame
    deep = 6.4
    sheet = canvas.picture()
    paint = colour[::-1]
    for x, y in _around(frame, deep / 2, 3.0):
        for radius in (2.9, 2.2, 1.5, 0.8):
            middle = (round(x * MM * 8), round(y * MM * 8))
            cv2.circle(sheet, middle, round(radius * MM * 8), paint, 2, cv2.LINE_AA, 3)
    canvas.show(sheet)
    for inset in (0.0, 0.8, deep, deep + 0.5):
        canvas.box(
            *((x0 + inset) * MM, (y0 + inset) * MM, (x1 - inset) * MM, (y1 - inset) * MM), width=3, colour=colour
        )


def meander(canvas: Canvas, frame: Box, colour: Colour) -> None:
    """A border of angular hooks between double rules."""
    x0, y0, x1, y1 = frame
    for inset, width in ((0.0, 6), (5.6, 6), (1.0, 2), (4.6, 2)):
        canvas.box(
            *((x0 + inset) * MM, (y0 + inset) * MM, (x1 - inset) * MM, (y1 - inset) * MM), width=width, colour=colour
        )
    hook = ((-1.2, 1.0), (-1.2, -1.0), (1.0, -1.0), (1.0, 0.4), (-0.3, 0.4), (-0.3, -0.2))
    for x, y in _around(frame, 2.8, 3.6):
        canvas.draw.line([((x + a) * MM, (y + b) * MM) for a, b in hook], fill=colour, width=5)


def _around(frame: Box, inset: float, step: float) -> list[tuple[float, float]]:
    """Places along the frame's four sides, `inset` mm within it, about `step` mm apart."""
    x0, y0, x1, y1 = frame[0] + inset, frame[1] + inset, frame[2] - inset, frame[3] - inset
    across, down = math.ceil((x1 - x0) / step), math.ceil((y1 - y0) / step)
    rows = [(x0 + (x1 - x0) * i / across, y) for i in range(across + 1) for y in (y0, y1)]
    return rows + [(x, y0 + (y1 - y0) * i / down) for i in range(1, down) for x in (x0, x1)]


def folded(canvas: Canvas, rng: Random) -> None:
    """A fold across the middle: light on one side of it, shade on the other."""
    wide = canvas.width > canvas.height
    length = canvas.width if wide else canvas.height
    along = (np.arange(length) - length * rng.uniform(0.48, 0.52)) / (length * 0.06)
    depth = rng.uniform(0.03, 0.1)
    light = 1 - depth * np.exp(-np.abs(along)) * np.sign(along) - 0.5 * depth * (along > 0)
    tone = np.asarray(light[None, :, None] if wide else light[:, None, None], np.float32)
    canvas.show((canvas.picture() * tone).clip(0, 255).astype(np.uint8))


def copied(canvas: Canvas, rng: Random) -> None:
    """A copier's picture: no colour, hard contrast, specks."""
    grey = cv2.cvtColor(canvas.picture(), cv2.COLOR_BGR2GRAY).astype(np.float32)
    hard = ((grey - 128) * rng.uniform(1.15, 1.5) + 150).clip(0, 250)
    for _ in range(rng.randint(10, 120)):
        place = (rng.randint(0, canvas.width), rng.randint(0, canvas.height))
        cv2.circle(hard, place, rng.randint(1, 4), (rng.uniform(40, 160),), -1)
    canvas.show(np.repeat(hard.astype(np.uint8)[:, :, None], 3, axis=2))
