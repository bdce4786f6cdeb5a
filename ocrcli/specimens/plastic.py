"""What bank cards are made of: colours and pictures for a ground, raised figures, chip, contactless sign, the marks of
payment schemes as plain words on coloured fields (no scheme's or bank's own drawing is copied).

Places and sizes in mm from the card's top left (ISO/IEC 7810, 7811-1, 7816-2).
"""

from __future__ import annotations

import colorsys
import math
from collections.abc import Callable
from dataclasses import replace
from random import Random

import cv2
import numpy as np

from ocrcli.geometry import Box
from ocrcli.specimens.backdrop import clouds
from ocrcli.specimens.canvas import WHITE, Canvas, Colour, Style
from ocrcli.specimens.documents.base import MM, Print
from ocrcli.specimens.fonts import Typecase

DARK: Colour = (22, 26, 34)
SILVER: Colour = (222, 224, 226)
GOLD: Colour = (226, 190, 104)


def shade(rng: Random, light: float, strong: float = 0.75) -> Colour:
    """A colour of any hue, as light as asked (0 to 1)."""
    red, green, blue = colorsys.hls_to_rgb(rng.random(), light, rng.uniform(0.15, strong))
    return round(255 * red), round(255 * green), round(255 * blue)


def ground(canvas: Canvas, rng: Random) -> None:
    """One colour that turns into another, and a picture over it."""
    light = rng.choice((0.12, 0.22, 0.34, 0.45, 0.62, 0.86))
    first, second = shade(rng, light), shade(rng, min(0.95, max(0.05, light + rng.uniform(-0.15, 0.15))))
    turn = rng.uniform(0, 2 * math.pi)
    x, y = np.linspace(-1, 1, canvas.width)[None, :], np.linspace(-1, 1, canvas.height)[:, None]
    share = (0.5 + 0.36 * (x * math.cos(turn) + y * math.sin(turn)))[:, :, None]
    canvas.show((np.array(first[::-1]) * (1 - share) + np.array(second[::-1]) * share).clip(0, 255).astype(np.uint8))
    rng.choice(_PICTURES)(canvas, rng, light)
    if rng.random() < 0.5:
        grain = 1 + 0.05 * clouds(rng.getrandbits(32), canvas.width, canvas.height, 3)
        canvas.show((canvas.picture() * grain[:, :, None]).clip(0, 255).astype(np.uint8))


def ink_for(canvas: Canvas, box: Box) -> Colour:
    """White or dark, whichever stands out from what lies in the box (mm)."""
    x0, y0, x1, y1 = (max(0, round(edge * MM)) for edge in box)
    return WHITE if canvas.picture()[y0:y1, x0:x1].mean() < 140 else DARK


def scratched(canvas: Canvas, rng: Random) -> None:
    """Fine scratches of long use."""
    sheet = canvas.picture().astype(np.float32)
    lines = np.zeros(sheet.shape[:2], np.float32)
    for _ in range(rng.randint(4, 30)):
        x, y = rng.uniform(0, canvas.width), rng.uniform(0, canvas.height)
        reach, angle = rng.uniform(3, 30) * MM, rng.uniform(0, math.pi)
        end = (round(x + reach * math.cos(angle)), round(y + reach * math.sin(angle)))
        cv2.line(lines, (round(x), round(y)), end, (rng.uniform(-0.2, 0.3),), 1, cv2.LINE_AA)
    canvas.show((sheet + 120 * lines[:, :, None]).clip(0, 255).astype(np.uint8))


def emboss(canvas: Canvas, rng: Random, item: Print, typecase: Typecase, tip: Colour | None) -> None:
    """Raises the text out of the card: its upper left edges lit, the lower right ones in shadow, its tops in `tip`,
    which is worn off in places; without it they keep the card's own colour."""
    relief = Canvas(canvas.width, canvas.height, (0, 0, 0))
    line = relief.paint(item.x * MM, item.y * MM, item.text, replace(item, colour=WHITE).style(typecase, MM))
    mask = relief.picture()[:, :, 0].astype(np.float32) / 255
    height = cv2.GaussianBlur(mask, (0, 0), 0.13 * MM)
    slope = cv2.Sobel(height, cv2.CV_32F, 1, 0) + cv2.Sobel(height, cv2.CV_32F, 0, 1)
    slope /= max(1e-6, float(np.abs(slope).max()))
    sheet = canvas.picture().astype(np.float32)
    if tip is not None:
        worn = 0.72 + 0.3 * clouds(rng.getrandbits(32), canvas.width, canvas.height, 26)
        cover = (cv2.GaussianBlur(mask, (0, 0), 0.05 * MM) * worn.clip(0, 1))[:, :, None]
        sheet = sheet * (1 - cover) + np.array(tip[::-1], np.float32) * cover
    canvas.show((sheet + rng.uniform(110, 170) * slope[:, :, None]).clip(0, 255).astype(np.uint8))
    canvas.lines.append(replace(line, key=item.key))


def chip(canvas: Canvas, rng: Random, x: float, y: float, upright: bool = False) -> None:
    """The contacts of a chip, gold or silver."""
    metal = rng.choice(((214, 176, 84), (206, 208, 210), (226, 196, 120)))
    line: Colour = (metal[0] // 2, metal[1] // 2, metal[2] // 2)
    wide, high = (10.0, 12.2) if upright else (12.6, 11.2)
    canvas.box(x * MM, y * MM, (x + wide) * MM, (y + high) * MM, colour=line, fill=metal, width=3, radius=1.6 * MM)
    for part in (0.33, 0.67):
        if upright:
            canvas.rule((x + part * wide) * MM, y * MM, (x + part * wide) * MM, (y + high) * MM, width=3, colour=line)
        else:
            canvas.rule(x * MM, (y + part * high) * MM, (x + wide) * MM, (y + part * high) * MM, width=3, colour=line)
    middle = ((x + 0.3 * wide) * MM, (y + 0.28 * high) * MM, (x + 0.7 * wide) * MM, (y + 0.72 * high) * MM)
    canvas.box(*middle, colour=line, fill=metal, width=3, radius=1.2 * MM)


def contactless(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """Four waves beside each other."""
    for number in range(1, 5):
        radius = size * number / 4.0
        box = [(x - radius) * MM, (y - radius) * MM, (x + radius) * MM, (y + radius) * MM]
        canvas.draw.arc(box, -38, 38, fill=colour, width=round(0.09 * size * MM))


def union(canvas: Canvas, x: float, y: float, typecase: Typecase, size: float = 1.0) -> None:
    """The domestic scheme's words on three slanted fields, red, blue and green."""
    wide, high = 17.0 * size, 11.0 * size
    for number, colour in enumerate(((214, 36, 50), (20, 84, 132), (16, 128, 128))):
        left = x + number * wide * 0.3
        shape = [(left + 1.8 * size, y), (left + wide * 0.42, y), (left + wide * 0.42 - 1.8 * size, y + high)]
        canvas.draw.polygon([(a * MM, b * MM) for a, b in (*shape, (left, y + high))], fill=colour)
    latin, chinese = typecase.face("bold"), typecase.face("hei")
    middle = (x + wide * 0.5) * MM
    canvas.text(middle, (y + 0.9 * size) * MM, "UnionPay", Style(latin, round(3.0 * size * MM), WHITE), align="centre")
    style = Style(chinese, round(4.6 * size * MM), WHITE, spacing=0.8 * MM * size, weight=1.0)
    canvas.text(middle, (y + 4.8 * size) * MM, "银联", style, align="centre")


def visa(canvas: Canvas, x: float, y: float, typecase: Typecase, colour: Colour) -> None:
    """A word mark of four capitals, right-aligned."""
    style = Style(typecase.face("bold"), round(7.4 * MM), colour, spacing=-0.3 * MM, weight=1.4)
    canvas.text(x * MM, y * MM, "VISA", style, align="right")


def _swirl(canvas: Canvas, rng: Random, light: float) -> None:
    sheet = canvas.picture()
    middle = (round(rng.uniform(0.4, 0.8) * canvas.width), round(rng.uniform(0.2, 0.8) * canvas.height))
    for step in range(rng.randint(5, 16)):
        reach = (round((10 + 5 * step) * MM), round((6 + 3.4 * step) * MM))
        colour = shade(rng, min(0.95, light + rng.uniform(0.0, 0.35)))
        cv2.ellipse(sheet, middle, reach, rng.uniform(-40, 40), 0, 360, colour[::-1], rng.randint(3, 40), cv2.LINE_AA)
    canvas.show(sheet)


def _skyline(canvas: Canvas, rng: Random, light: float) -> None:
    colour = shade(rng, max(0.04, light - 0.1))
    left = 0.0
    while left < canvas.width:
        wide, high = rng.uniform(4, 11) * MM, rng.uniform(0.12, 0.6) * canvas.height
        canvas.box(left, canvas.height - high, left + wide, canvas.height, colour=None, fill=colour)
        left += wide + rng.uniform(-1, 3) * MM


def _bokeh(canvas: Canvas, rng: Random, light: float) -> None:
    sheet = canvas.picture()
    spots = sheet.copy()
    for _ in range(rng.randint(14, 50)):
        place = (rng.randint(0, canvas.width), rng.randint(0, canvas.height))
        colour = shade(rng, min(0.95, light + 0.3))
        cv2.circle(spots, place, round(rng.uniform(1.5, 9) * MM), colour[::-1], -1, cv2.LINE_AA)
    share = rng.uniform(0.2, 0.7)
    canvas.show((sheet * (1 - share) + cv2.GaussianBlur(spots, (0, 0), 5) * share).astype(np.uint8))


def _hills(canvas: Canvas, rng: Random, light: float) -> None:
    for step in range(4):
        base = canvas.height * (0.45 + 0.15 * step)
        phases = [(rng.uniform(0.5, 3.0), rng.uniform(0, 6.3), rng.uniform(0.02, 0.1)) for _ in range(3)]
        x = np.linspace(0, 1, 80)
        y = base + canvas.height * sum(h * np.sin(2 * math.pi * f * x + p) for f, p, h in phases)
        points = [(a * canvas.width, b) for a, b in zip(x.tolist(), np.asarray(y).tolist(), strict=True)]
        colour = shade(rng, max(0.05, min(0.95, light + 0.12 - 0.07 * step)))
        canvas.draw.polygon([*points, (canvas.width, canvas.height), (0, canvas.height)], fill=colour)


def _checker(canvas: Canvas, rng: Random, _light: float) -> None:
    side = round(rng.uniform(2, 5) * MM)
    x, y = np.arange(canvas.width)[None, :] // side, np.arange(canvas.height)[:, None] // side
    tone = 1 + rng.uniform(0.04, 0.16) * (((x + y) % 2) * 2 - 1)
    canvas.show((canvas.picture() * tone[:, :, None]).clip(0, 255).astype(np.uint8))


def _animal(canvas: Canvas, rng: Random, light: float) -> None:
    """A cartoon's head with a cap, large over the card."""
    _checker(canvas, rng, light)
    sheet = canvas.picture()
    fur, cap = shade(rng, 0.75, 0.45), shade(rng, 0.4, 0.9)
    x, y = rng.uniform(0.4, 0.7) * canvas.width, rng.uniform(0.45, 0.6) * canvas.height
    unit = 0.22 * min(canvas.width, canvas.height) * rng.uniform(0.9, 1.6)

    def oval(dx: float, dy: float, wide: float, high: float, colour: Colour) -> None:
        middle = (round(x + dx * unit), round(y + dy * unit))
        cv2.ellipse(sheet, middle, (round(wide * unit), round(high * unit)), 0, 0, 360, colour[::-1], -1, cv2.LINE_AA)

    for side in (-1, 1):
        oval(0.95 * side, -0.55, 0.42, 0.42, fur)
    oval(0, 0, 1.15, 1.0, fur)
    oval(0, -0.85, 0.85, 0.5, cap)
    for side in (-1, 1):
        oval(0.42 * side, -0.05, 0.09, 0.11, DARK)
    oval(0, 0.22, 0.14, 0.1, DARK)
    oval(0, 1.5, 1.0, 0.8, cap)
    canvas.show(sheet)


def _photo(canvas: Canvas, rng: Random, _light: float) -> None:
    """Soft light and dark all over, as a photograph out of focus."""
    tone = np.zeros((canvas.height, canvas.width), np.float32)
    for grain, depth in ((round(20 * MM), 0.4), (round(5 * MM), 0.22), (round(1.2 * MM), 0.08)):
        tone += depth * clouds(rng.getrandbits(32), canvas.width, canvas.height, grain)
    canvas.show((canvas.picture() * (1 + tone[:, :, None])).clip(0, 255).astype(np.uint8))


_PICTURES: tuple[Callable[[Canvas, Random, float], None], ...] = (
    *(_swirl, _skyline, _bokeh, _hills, _checker, _animal, _photo),
)
