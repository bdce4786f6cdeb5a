"""What the licences of the traffic police share: pages of 88 × 60 mm, labels with English below them, dotted rules,
two pages in one picture, and the screen of a telephone that shows an electronic licence.

Measures and wordings follow GA 482 (driver's licence) and GA 37 (vehicle licence).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from PIL import Image

from ocrcli.geometry import Affine, Quad, quad_of_box
from ocrcli.specimens import spoil
from ocrcli.specimens.canvas import WHITE, Canvas, Colour, Style
from ocrcli.specimens.documents.base import MM, Print
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.numbers import digits
from ocrcli.specimens.ornament import mark
from ocrcli.specimens.overprint import Head, Register, layer_of, overprint
from ocrcli.specimens.paper import modules
from ocrcli.specimens.truth import Specimen, Truth

WIDTH, HEIGHT, CORNER = round(88.0 * MM), round(60.0 * MM), 4.0 * MM
LABEL, ENGLISH = 2.4, 1.75  # mm: the sizes of a label and of the English below it
INK: Colour = (48, 56, 58)
MOST_MM, MOST_DEG = 1.0, 0.4  # how far print is out of register


def label(text: str, english: str, x: float, y: float, width: float, colour: Colour = INK) -> tuple[Print, ...]:
    """A label spread over `width` mm, and its English below, closer set where that is longer."""
    spacing = (width - len(text) * LABEL) / max(1, len(text) - 1)
    printed = Print(text, x, y, LABEL, face="song", colour=colour, spacing=spacing, weight=0.03)
    if not english:
        return (printed,)
    size = min(ENGLISH, 1.12 * width / (0.47 * len(english)))
    return printed, Print(english, x, y + 2.45, size, face="serif", colour=colour)


def title(text: str, english: str, y: float, size: float, width: float) -> tuple[Print, ...]:
    """The licence's name and its English, both over `width` mm about the middle."""
    spacing = (width - len(text) * size) / (len(text) - 1)
    printed = Print(text, 44.0, y, size, colour=INK, align="centre", spacing=spacing, weight=0.05)
    if not english:
        return (printed,)
    spread = (width - 0.43 * len(english) * 2.2) / len(english)
    return printed, Print(
        english, 44.0, y + size + 0.2, 2.2, face="serif", colour=INK, align="centre", spacing=max(0.0, spread)
    )


def dotted(canvas: Canvas, rules: Iterable[tuple[float, float, float]], colour: Colour = INK) -> None:
    """Dotted rules, each from x0 to x1 at y (mm)."""
    for x0, x1, y in rules:
        for step in range(int((x1 - x0) / 0.55)):
            x = x0 + 0.55 * step
            canvas.rule(x * MM, y * MM, (x + 0.28) * MM, y * MM, width=2, colour=colour)


def guilloche(canvas: Canvas, rng: Random, depth: float) -> None:
    """Broad interlaced waves, lighter and darker than the paper by `depth` of it."""
    x, y = np.arange(canvas.width)[None, :] / MM, np.arange(canvas.height)[:, None] / MM
    shade = np.zeros((canvas.height, canvas.width))
    for _ in range(2):
        length, height, period = rng.uniform(18, 40), rng.uniform(2.5, 6), rng.uniform(1.3, 2.6)
        slope, phase = rng.uniform(-0.5, 0.5), rng.uniform(0, 2 * math.pi)
        wave = y + slope * x + height * np.sin(2 * math.pi * x / length + phase + y / 9)
        shade += np.sin(2 * math.pi * wave / period)
    lit = canvas.picture() * (1 + depth * shade[:, :, None] / 2)
    canvas.show(lit.clip(0, 255).astype(np.uint8))


def rosettes(canvas: Canvas, rng: Random, colour: Colour) -> None:
    """Flowers of fine lines at the upper left and along the foot."""
    places = ((7.0, 2.0), (rng.uniform(8, 14), 59.0), (rng.uniform(30, 60), 60.0))
    for x, y in places:
        for radius in (2.0, 3.2, 4.4):
            for petal in range(9):
                angle = 2 * math.pi * petal / 9
                cx, cy = x + 0.6 * radius * math.cos(angle), y + 0.6 * radius * math.sin(angle)
                box = [(cx - radius / 2) * MM, (cy - radius / 2) * MM, (cx + radius / 2) * MM, (cy + radius / 2) * MM]
                canvas.draw.ellipse(box, outline=colour, width=2)


@dataclass(frozen=True)
class Machine:
    """The line printer of an office: its ink, how narrow its letters are, whether its zeros have a stroke."""

    head: Head
    narrow: float
    struck_zeros: bool

    @staticmethod
    def some(rng: Random) -> Machine:
        """Any of them."""
        grey, faintest = rng.randint(14, 66), rng.uniform(0.6, 0.9)
        head = Head((grey, grey, grey + 6), faintest, rng.uniform(0.9, 1.0))
        return Machine(head, rng.uniform(0.8, 0.92), rng.random() < 0.7)

    def fill(
        self,
        canvas: Canvas,
        rng: Random,
        prints: Iterable[Print],
        values: Mapping[str, str],
        typecase: Typecase,
        register: Register,
    ) -> None:
        """Prints the values over a page."""
        layer = layer_of(canvas, prints, values, typecase, narrow=self.narrow, struck_zeros=self.struck_zeros)
        overprint(canvas, layer, self.head, register, rng, MM)


def page(rng: Random, left: Colour, middle: Colour, right: Colour, depth: float) -> Canvas:
    """An empty page: one colour that turns into a second and a third from left to right, with waves."""
    canvas = Canvas(WIDTH, HEIGHT)
    stops = np.array([left, middle, right], dtype=np.float64)
    share = np.linspace(0, 1, WIDTH)
    row = np.stack([np.interp(share, (0, 0.52, 1), stops[:, i]) for i in (2, 1, 0)], axis=1)
    canvas.show(np.repeat(row[None], HEIGHT, axis=0).round().astype(np.uint8))
    guilloche(canvas, rng, depth)
    return canvas


def specimen_mark(canvas: Canvas, colour: Colour = (120, 126, 126)) -> None:
    """The mark at the lower right."""
    mark(canvas, canvas.width - 2.5 * MM, canvas.height - 2.0 * MM, 1.4 * MM, colour)


def in_a_sleeve(rng: Random, canvas: Canvas) -> tuple[Canvas, Quad]:
    """The page in its clear plastic sleeve, which shines here and there, and the page's outline on it."""
    margin = [round(rng.uniform(1.5, 4.0) * MM) for _ in range(4)]
    sleeve = Canvas(canvas.width + margin[0] + margin[2], canvas.height + margin[1] + margin[3], (202, 204, 200))
    sleeve.box(4, 4, sleeve.width - 5, sleeve.height - 5, colour=(228, 230, 228), width=6, radius=CORNER)
    sleeve.attach(canvas, margin[0], margin[1], CORNER)
    shine = np.zeros((sleeve.height, sleeve.width), np.float32)
    for _ in range(rng.randint(1, 3)):
        x, width, slope = rng.uniform(0, sleeve.width), rng.uniform(2, 9) * MM, rng.uniform(-0.5, 0.5)
        ends = ((x - slope * 1000, -100), (x + slope * 1000, sleeve.height + 100))
        start, end = ((round(a), round(b)) for a, b in ends)
        cv2.line(shine, start, end, (rng.uniform(0.1, 0.4),), round(width))
    shine = cv2.GaussianBlur(shine, (0, 0), 1.6 * MM)[:, :, None]
    sleeve.show((sleeve.picture() * (1 - shine) + 255 * shine).astype(np.uint8))
    left, top = margin[0], margin[1]
    return sleeve, quad_of_box(left, top, left + canvas.width, top + canvas.height)


def side_by_side(rng: Random, pages: Sequence[Canvas]) -> tuple[Specimen, tuple[Quad, ...]]:
    """Pages on one sheet, beside or below each other, each turned by a degree or so; and their outlines."""
    beside = rng.random() < 0.6
    gap, edge = rng.uniform(2, 9) * MM, 5 * MM
    width, height = (2 * WIDTH + gap, HEIGHT) if beside else (WIDTH, 2 * HEIGHT + gap)
    grey = rng.choice((255, 250, rng.randint(190, 246)))
    sheet = np.full((round(height + 2 * edge), round(width + 2 * edge), 3), grey, np.uint8)
    lines, outlines = [], []
    for number, canvas in enumerate(pages):
        left = edge + number * (WIDTH + gap) * beside
        top = edge + number * (HEIGHT + gap) * (not beside)
        turn = Affine.turning(rng.uniform(-1.2, 1.2), 0, 0)[0]
        way = Affine.shift(-WIDTH / 2, -HEIGHT / 2).then(turn).then(Affine.shift(left + WIDTH / 2, top + HEIGHT / 2))
        a, b, c, d, e, f = way.m
        sheet = spoil.over(
            sheet, canvas.picture(), np.array([[a, b, c], [d, e, f], [0, 0, 1]]), corner=CORNER, shadow=0.2
        )
        lines += [line.through(way.quad) for line in canvas.lines]
        outlines.append(way.quad(quad_of_box(0, 0, WIDTH, HEIGHT)))
    return Specimen(sheet, Truth(tuple(lines))), tuple(outlines)


def on_a_screen(
    rng: Random,
    heading: str,
    shown: Canvas,
    rows: Sequence[tuple[str, str, str | None]],
    clock: str,
    typecase: Typecase,
) -> Canvas:
    """A telephone's screen: clock and battery, the app's heading, the licence, and rows of label, value and key."""
    width = WIDTH + round(8 * MM)
    screen = Canvas(width, round(width * rng.choice((1.78, 2.0, 2.16))), (243, 245, 248))
    blue = rng.choice(((58, 120, 222), (38, 98, 190), (74, 140, 240)))
    screen.box(0, 0, width, 24 * MM, colour=None, fill=blue)
    face = typecase.face("hei")
    small, large = Style(face, round(2.9 * MM), WHITE), Style(face, round(4.4 * MM), WHITE)
    screen.text(4 * MM, 1.6 * MM, clock, small)
    screen.text(width - 10 * MM, 1.6 * MM, "5G", small, align="right")
    screen.box(width - 9 * MM, 2.2 * MM, width - 4 * MM, 4.4 * MM, colour=WHITE, width=3, radius=6)
    screen.box(width - 8.6 * MM, 2.6 * MM, width - 5.6 * MM, 4.0 * MM, colour=None, fill=WHITE)
    screen.rule(6.5 * MM, 11 * MM, 4.5 * MM, 13 * MM, width=6, colour=WHITE)
    screen.rule(4.5 * MM, 13 * MM, 6.5 * MM, 15 * MM, width=6, colour=WHITE)
    screen.text(width / 2, 10.6 * MM, heading, large, align="centre")
    screen.attach(shown, round(4 * MM), round(19 * MM), 2.5 * MM)
    top = 19 * MM + shown.height + 4 * MM
    leading = min(9.5 * MM, (screen.height - top - 8 * MM) / max(1, len(rows)))
    screen.box(4 * MM, top, width - 4 * MM, top + leading * len(rows), colour=None, fill=WHITE, radius=2.5 * MM)
    grey, black = Style(face, round(3.2 * MM), (120, 126, 134)), Style(face, round(3.3 * MM), (34, 38, 44))
    for number, (name, value, key) in enumerate(rows):
        y = top + leading * (number + 0.5) - 1.7 * MM
        screen.text(8 * MM, y, name, grey)
        screen.text(width - 8 * MM, y, value, black, align="right", key=key)
        if number:
            screen.rule(8 * MM, top + leading * number, width - 8 * MM, top + leading * number, colour=(230, 232, 236))
    below = top + leading * len(rows)
    if screen.height - below > 46 * MM:
        _code(screen, rng, (below + screen.height) / 2, typecase)
    mark(screen, width - 4 * MM, screen.height - 4 * MM, 2.2 * MM)
    return screen


def _code(screen: Canvas, rng: Random, y: float, typecase: Typecase) -> None:
    """A QR code in the middle of the screen, with what it is for below it."""
    side = round(30 * MM)
    code = Image.fromarray(modules(f"SPECIMEN {digits(rng, 40)}")).resize((side, side), Image.Resampling.NEAREST)
    screen.image.paste(code, ((screen.width - side) // 2, round(y) - side // 2 - round(3 * MM)))
    style = Style(typecase.face("hei"), round(2.8 * MM), (120, 126, 134))
    screen.text(screen.width / 2, y + side / 2 - 1 * MM, "出示二维码核验", style, align="centre")
