"""Number plates of the Chinese mainland, every kind, after GA 36: sizes in mm, colours, which letters stand where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image

from ocrcli.checks.plate import DIGITS, LETTERS, Kind
from ocrcli.checks.plate import Colour as PlateColour
from ocrcli.geometry import Box
from ocrcli.specimens import people
from ocrcli.specimens.canvas import WHITE, Canvas, Colour, Style
from ocrcli.specimens.fonts import Typecase

SCALE = 2  # px per mm
_SMALL_NEW_ENERGY = "ABCDEFGHJK"  # A to E: electric; the others: other drives
_LARGE_NEW_ENERGY = "DF"

BLUE: Colour = (22, 70, 168)
YELLOW: Colour = (246, 190, 30)
GREEN: Colour = (70, 178, 110)
BLACK_PLATE: Colour = (26, 26, 30)
INK: Colour = (18, 18, 20)
RED: Colour = (214, 30, 36)


@dataclass(frozen=True)
class PlateLook:
    """How a kind of plate looks: its ground and ink, its colour's name in results, how its number is made.

    `two_lines` plates are 440 × 220 mm, new-energy plates 480 × 140, the others 440 × 140; `dot` is the number of
    characters before the dot; the character `red` is red.
    """

    kind: Kind
    colour: PlateColour
    ground: Colour
    ink: Colour
    number: Callable[[Random], str]
    dot: int = 2
    two_lines: bool = False
    wide: bool = False
    red: str = ""


def _serial(rng: Random, length: int, letters: int) -> str:
    """Digits, at most `letters` of them replaced by letters."""
    places = set(rng.sample(range(length), rng.randint(0, letters)))
    return "".join(rng.choice(LETTERS if i in places else DIGITS) for i in range(length))


def _office(rng: Random) -> str:
    return rng.choice(people.PROVINCES).sign + rng.choice(LETTERS)


def _usual(rng: Random) -> str:
    return _office(rng) + _serial(rng, 5, 2)


def _ending(sign: str) -> Callable[[Random], str]:
    return lambda rng: _office(rng) + _serial(rng, 4, 1) + sign


def _border(sign: str) -> Callable[[Random], str]:
    return lambda rng: "粤Z" + _serial(rng, 4, 1) + sign


def _embassy(rng: Random) -> str:
    number = f"{rng.randint(101, 399)}{rng.randint(1, 999):03d}"
    return f"使{number}" if rng.random() < 0.5 else f"{number}使"


def _new_energy_small(rng: Random) -> str:
    return _office(rng) + rng.choice(_SMALL_NEW_ENERGY) + rng.choice(LETTERS + DIGITS) + _serial(rng, 4, 0)


def _new_energy_large(rng: Random) -> str:
    return _office(rng) + _serial(rng, 5, 0) + rng.choice(_LARGE_NEW_ENERGY)


PLATES: dict[str, PlateLook] = {
    "small": PlateLook(Kind.SMALL, "blue", BLUE, WHITE, _usual),
    "large": PlateLook(Kind.LARGE, "yellow", YELLOW, INK, _usual),
    "large-two-lines": PlateLook(Kind.LARGE, "yellow", YELLOW, INK, _usual, two_lines=True),
    "trailer": PlateLook(Kind.TRAILER, "yellow", YELLOW, INK, _ending("挂"), two_lines=True),
    "learner": PlateLook(Kind.LEARNER, "yellow", YELLOW, INK, _ending("学")),
    "police": PlateLook(Kind.POLICE, "white", (238, 238, 236), INK, _ending("警"), dot=1, red="警"),
    "foreign": PlateLook(Kind.ORDINARY, "black", BLACK_PLATE, WHITE, _usual),
    "hong-kong": PlateLook(Kind.HONG_KONG, "black", BLACK_PLATE, WHITE, _border("港")),
    "macao": PlateLook(Kind.MACAO, "black", BLACK_PLATE, WHITE, _border("澳")),
    "embassy": PlateLook(Kind.EMBASSY, "black", BLACK_PLATE, WHITE, _embassy, dot=0, red="使"),
    "consulate": PlateLook(Kind.CONSULATE, "black", BLACK_PLATE, WHITE, _ending("领"), red="领"),
    "new-energy-small": PlateLook(Kind.NEW_ENERGY_SMALL, "green", GREEN, INK, _new_energy_small, wide=True),
    "new-energy-large": PlateLook(Kind.NEW_ENERGY_LARGE, "yellow_green", GREEN, INK, _new_energy_large, wide=True),
}


def plate_size(look: PlateLook) -> tuple[int, int]:
    """Width and height in mm."""
    return (480 if look.wide else 440), (220 if look.two_lines else 140)


def draw_plate(look: PlateLook, number: str, typecase: Typecase, rng: Random) -> Canvas:
    """The plate from the front, SCALE px per mm, its number printed on one or two lines."""
    width, height = plate_size(look)
    canvas = Canvas(width * SCALE, height * SCALE, look.ground)
    if look.wide:
        _gradient(canvas, look.colour == "yellow_green")
    frame = WHITE if look.ink == WHITE else look.ink
    canvas.box(8, 8, canvas.width - 9, canvas.height - 9, width=4, colour=frame, radius=16)
    for line, boxes in _lines(look, number):
        _print_number(canvas, look, line, boxes, typecase)
    if look.dot:
        _dot(canvas, look)
    for x in (width * 0.25, width * 0.75):
        for y in (13, height - 13):
            tone = rng.randint(120, 200)
            canvas.draw.circle((x * SCALE, y * SCALE), 5 * SCALE, fill=(tone, tone, tone), outline=(90, 90, 90))
    return canvas


def _print_number(canvas: Canvas, look: PlateLook, text: str, boxes: list[Box], typecase: Typecase) -> None:
    """Prints a line as one, whatever the colours and faces of its characters."""
    latin = Style(typecase.face("bold"), 90 * SCALE, look.ink)
    chinese = Style(typecase.face("hei"), 90 * SCALE, look.ink, weight=2.5 * SCALE)
    styles = [(latin if c.isascii() else chinese).coloured(RED if c == look.red else look.ink) for c in text]
    canvas.boxed(text, [_narrowed(c, box) for c, box in zip(text, boxes, strict=True)], styles, key="plate_number")


def _narrowed(character: str, box: Box) -> Box:
    """A 1 does not fill its place."""
    if character != "1":
        return box
    middle, width = (box[0] + box[2]) / 2, (box[2] - box[0]) * 0.4
    return middle - width / 2, box[1], middle + width / 2, box[3]


def _lines(look: PlateLook, number: str) -> list[tuple[str, list[Box]]]:
    """What stands on each line, and each character's place in px (GA 36, annex: layout of plates)."""
    if look.two_lines:
        top = [_box(110 + 140 * i, 15, 80, 60) for i in range(2)]
        return [(number[:2], top), (number[2:], [_box(27.5 + 80 * i, 90, 65, 110) for i in range(5)])]
    if look.wide:
        serial = (_box(161.5 + 52 * i, 25, 43, 90) for i in range(6))
        return [(number, [_box(15.5, 25, 45, 90), _box(69.5, 25, 43, 90), *serial])]
    places = [15.5 + 57 * i + (22 if i >= look.dot else 0) - (0 if look.dot else 11) for i in range(7)]
    return [(number, [_box(x, 25, 45, 90) for x in places])]


def _box(x: float, y: float, width: float, height: float) -> Box:
    return x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE


def _dot(canvas: Canvas, look: PlateLook) -> None:
    x, y, radius = (220, 45, 6) if look.two_lines else (137, 70, 8) if look.wide else (15.5 + 57 * look.dot + 5, 70, 5)
    canvas.draw.circle((x * SCALE, y * SCALE), radius * SCALE, fill=look.ink)


def _gradient(canvas: Canvas, yellow: bool) -> None:
    """White that turns green downwards; on large vehicles' plates green, yellow under the first two characters."""
    if yellow:
        canvas.draw.rectangle([0, 0, 125 * SCALE, canvas.height], fill=YELLOW)
        return
    share = np.linspace(0, 1, canvas.height)[:, None, None]
    sheet = np.array((226, 240, 230)) * (1 - share) + np.array(GREEN) * share
    canvas.image.paste(Image.fromarray(np.repeat(sheet, canvas.width, axis=1).round().astype(np.uint8)))
