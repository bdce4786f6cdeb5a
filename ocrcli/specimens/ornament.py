"""What documents bear beside words: security lines, a portrait, an emblem, bar codes, the mark SPECIMEN."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import cv2
import numpy as np
from PIL import Image

from ocrcli.geometry import Box
from ocrcli.specimens.canvas import Canvas, Colour, Style
from ocrcli.specimens.fonts import Typecase

# ISO/IEC 16388 (Code 39): nine bars and gaps a character, w wide and n narrow.
_CODE39_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_CODE39_BARS = (
    "nnnwwnwnn wnnwnnnnw nnwwnnnnw wnwwnnnnn nnnwwnnnw wnnwwnnnn nnwwwnnnn nnnwnnwnw wnnwnnwnn nnwwnnwnn wnnnnwnnw "
    "nnwnnwnnw wnwnnwnnn nnnnwwnnw wnnnwwnnn nnwnwwnnn nnnnnwwnw wnnnnwwnn nnwnnwwnn nnnnwwwnn wnnnnnnww nnwnnnnww "
    "wnwnnnnwn nnnnwnnww wnnnwnnwn nnwnwnnwn nnnnnnwww wnnnnnwwn nnwnnnwwn nnnnwnwwn wwnnnnnnw nwwnnnnnw wwwnnnnnn "
    "nwnnwnnnw wwnnwnnnn nwwnwnnnn nwnnwnwnn"
)
_CODE39 = dict(zip(_CODE39_CHARACTERS, _CODE39_BARS.split(), strict=True))


def security_lines(canvas: Canvas, rng: Random, colours: Sequence[Colour], *, spacing: float = 9.0) -> None:
    """Fine interlaced waves over the whole sheet, as cards and passports have them. `spacing` in px."""
    sheet = np.array(canvas.image)
    x = np.arange(-20, canvas.width + 20, 6, dtype=np.float64)
    for colour in colours:
        length, height = rng.uniform(90, 260), rng.uniform(8, 26)
        slope, phase = rng.uniform(-0.4, 0.4), rng.uniform(0, 2 * math.pi)
        for offset in np.arange(-0.5 * canvas.width, canvas.height + 0.5 * canvas.width, spacing):
            y = offset + slope * x + height * np.sin(x / length * 2 * math.pi + phase + offset / 60)
            curve = np.stack([x, y], axis=1).round().astype(np.int32)
            cv2.polylines(sheet, [curve], False, colour, 1, cv2.LINE_AA)
    canvas.image.paste(Image.fromarray(sheet))


def tinted(canvas: Canvas, left: Colour, right: Colour) -> None:
    """Fills the sheet with one colour that turns into another from left to right."""
    share = np.linspace(0, 1, canvas.width)[None, :, None]
    row = np.array(left) * (1 - share) + np.array(right) * share
    sheet = np.repeat(row, canvas.height, axis=0).round().astype(np.uint8)
    canvas.image.paste(Image.fromarray(sheet))


def portrait(canvas: Canvas, rng: Random, box: Box, ground: Colour | None = None) -> None:
    """A drawn silhouette of nobody, cut off by the box."""
    x0, y0, x1, y1 = (round(v) for v in box)
    width, height = x1 - x0, y1 - y0
    picture = canvas.image.crop((x0, y0, x1, y1)) if ground is None else Image.new("RGB", (width, height), ground)
    skin = rng.choice(((226, 190, 160), (205, 165, 130), (236, 205, 180)))
    hair, coat = rng.choice(((40, 34, 32), (70, 52, 40))), rng.choice(((44, 50, 66), (90, 96, 104), (120, 60, 60)))
    sheet = np.array(picture)

    def oval(x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        middle, axes = (round(x * width), round(y * height)), (round(wide * width), round(high * height))
        cv2.ellipse(sheet, middle, axes, 0, 0, 360, colour, -1, cv2.LINE_AA)

    oval(0.5, 0.36, 0.25, 0.22, hair)
    oval(0.5, 1.08, 0.46, 0.34, coat)
    oval(0.5, 0.72, 0.11, 0.14, skin)
    oval(0.5, 0.43, 0.20, 0.215, skin)
    for side in (-1, 1):
        oval(0.5 + side * 0.075, 0.41, 0.018, 0.012, hair)
    oval(0.5, 0.54, 0.06, 0.01, (176, 110, 100))
    canvas.image.paste(Image.fromarray(sheet), (x0, y0))


def emblem(canvas: Canvas, box: Box, colour: Colour = (200, 30, 36), gold: Colour = (240, 200, 90)) -> None:
    """A red disc with five stars and a gear's rim: in the place of a state's arms, not a copy of them."""
    x0, y0, x1, y1 = box
    middle, radius = ((x0 + x1) / 2, (y0 + y1) / 2), (x1 - x0) / 2
    canvas.draw.ellipse(box, fill=colour)
    canvas.draw.ellipse([x0 + radius * 0.12, y0 + radius * 0.12, x1 - radius * 0.12, y1 - radius * 0.12], outline=gold)
    for index, size in enumerate((0.2, 0.09, 0.09, 0.09, 0.09)):
        turn = math.radians(-150 + 40 * (index - 1)) if index else math.radians(-90)
        reach = radius * (0.62 if index else 0.15)
        place = (middle[0] + reach * math.cos(turn), middle[1] + reach * math.sin(turn))
        rays = [(math.radians(36 * i - 90), radius * size * (1 if i % 2 == 0 else 0.4)) for i in range(10)]
        canvas.draw.polygon([(place[0] + d * math.cos(a), place[1] + d * math.sin(a)) for a, d in rays], fill=gold)
    canvas.draw.rectangle(
        [middle[0] - radius * 0.4, middle[1] + radius * 0.3, middle[0] + radius * 0.4, middle[1] + radius * 0.42],
        fill=gold,
    )


def code39(canvas: Canvas, text: str, box: Box, colour: Colour = (10, 10, 10)) -> None:
    """The text as a Code 39 bar code that just fills the box."""
    widths = [(3 if bar == "w" else 1) for c in f"*{text}*" for bar in _CODE39[c] + "n"][:-1]
    unit = (box[2] - box[0]) / sum(widths)
    x = box[0]
    for index, width in enumerate(widths):
        if index % 2 == 0:
            canvas.draw.rectangle([round(x), box[1], round(x + width * unit) - 1, box[3]], fill=colour)
        x += width * unit


def mark(canvas: Canvas, x: float, y: float, size: float, colour: Colour = (150, 150, 150)) -> None:
    """The small words that say what this is, right-aligned at (x, y). They are no part of the truth."""
    canvas.paint(x, y, "SPECIMEN 样本", Style(Typecase.carried().face("hei"), round(size), colour), align="right")
