"""Vehicle identification numbers: a windscreen plate, a door sticker, an engraved frame, a form, a curved stamp, and
the number on two lines.

The number is random with a right check digit (see `numbers`). A misprinted one differs in one digit.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ocrcli.geometry import quad_of_box
from ocrcli.specimens import numbers, people, words
from ocrcli.specimens.backdrop import clouds
from ocrcli.specimens.canvas import Canvas, Colour, Style
from ocrcli.specimens.documents.base import Document, Order, numbered
from ocrcli.specimens.ornament import code39, mark
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

WIDTH = 1200  # px; about what a telephone's photo leaves of it


def draw(order: Order) -> Specimen:
    """One picture by its kind."""
    rng = Random(order.seed)
    vin = numbers.vehicle_id(rng)
    if order.altered:
        vin = numbers.misprint(rng, vin, [i for i in range(17) if i != 8])
    canvas = KINDS[order.kind](rng, vin, order)
    outline = (quad_of_box(0, 0, canvas.width, canvas.height),)
    return finished(canvas, fields={"vin": vin}, documents=outline, **numbered(order))


def windscreen(rng: Random, vin: str, order: Order) -> Canvas:
    """Light print on a black strip behind glass."""
    canvas = _surface(rng, WIDTH, 420, (58, 62, 66), 0.3)
    canvas.box(70, 130, WIDTH - 70, 290, colour=(120, 120, 118), fill=(22, 22, 24), width=3, radius=8)
    style = Style(order.typecase.face("hei"), 88, (220, 222, 216), spacing=6)
    while style.width(vin) > WIDTH - 200:
        style = style.sized(style.size - 2)
    canvas.text(WIDTH / 2, 160, vin, style, align="centre", key="vin")
    for x in (95, WIDTH - 95):
        canvas.draw.circle((x, 210), 10, fill=(130, 130, 128))
    mark(canvas, WIDTH - 20, 380, 18)
    return canvas


def sticker(rng: Random, vin: str, order: Order) -> Canvas:
    """A white label with weights, the number, and its bar code."""
    canvas = _surface(rng, WIDTH, 900, (170, 174, 178), 0.1)
    canvas.box(60, 60, WIDTH - 60, 840, colour=(60, 60, 60), fill=(246, 246, 242), width=3, radius=16)
    style = Style(order.typecase.face("hei"), 44)
    canvas.text(WIDTH / 2, 90, f"{people.firm(rng)} 制造", style, align="centre")
    gross = rng.randint(1300, 2600)
    rows = (
        ("GVWR", f"{gross} kg"),
        ("GAWR FRONT", f"{gross * 48 // 100} kg"),
        ("GAWR REAR", f"{gross * 55 // 100} kg"),
        ("制造年月", f"{people.day(rng, 2008, 2025):%Y年%m月}"),
    )
    for number, (label, value) in enumerate(rows):
        canvas.text(110, 180 + 72 * number, label, style)
        canvas.text(WIDTH - 110, 180 + 72 * number, value, style, align="right")
    large = Style(order.typecase.face("sans"), 86, spacing=6)
    canvas.text(WIDTH / 2, 490, vin, large, align="centre", key="vin")
    code39(canvas, vin, (130, 610, WIDTH - 130, 780))
    mark(canvas, WIDTH - 80, 800, 20)
    return canvas


def engraved(rng: Random, vin: str, order: Order) -> Canvas:
    """Struck into bare or painted metal: dark on one edge, light on the other, uneven."""
    metal = rng.choice(((146, 148, 150), (96, 98, 102), (120, 112, 100), (52, 70, 100)))
    canvas = _surface(rng, WIDTH, 380, metal, 0.18)
    style = Style(order.typecase.face("hei"), 78, weight=1.5)
    pitch = (WIDTH - 120) / 18
    places = [(60 + pitch * (i + 1), 140 + rng.randint(-3, 3)) for i in range(17)]
    lines = []
    for dx, dy, shade in ((2, 2, 1.5), (-1, -1, 0.3), (0, 0, 0.5)):
        pen = style.coloured(_shaded(metal, shade))
        lines = [canvas.paint(x + dx, y + dy, c, pen, align="centre") for c, (x, y) in zip(vin, places, strict=True)]
    canvas.join(lines, key="vin")
    for x in (60, WIDTH - 60):
        canvas.paint(x, 140, "*", style.coloured(_shaded(metal, 0.6)), align="centre")
    mark(canvas, WIDTH - 20, 345, 18, _shaded(metal, 0.7))
    return canvas


def curved(rng: Random, vin: str, order: Order) -> Canvas:
    """Printed on a bent surface: the number follows a wide arc."""
    canvas = _surface(rng, WIDTH, 460, (206, 206, 202), 0.15)
    style = Style(order.typecase.face("sans"), 74, (30, 30, 34))
    radius = rng.uniform(1500, 3000)
    up = rng.random() < 0.5
    sweep = 960 / radius * 57.2958
    centre = (WIDTH / 2, 200 + radius) if up else (WIDTH / 2, 240 - radius)
    canvas.arc(centre, radius, vin, style, sweep=sweep, upwards=up, key="vin")
    mark(canvas, WIDTH - 20, 420, 18)
    return canvas


def two_lines(rng: Random, vin: str, order: Order) -> Canvas:
    """The number broken after its eighth or ninth character."""
    canvas = _surface(rng, 900, 480, (34, 36, 40), 0.25)
    canvas.box(60, 80, 840, 400, colour=(150, 150, 146), fill=(190, 190, 184), width=4, radius=12)
    style = Style(order.typecase.face("bold"), 96, (24, 24, 28), spacing=10)
    cut = rng.choice((8, 9))
    for number, part in enumerate((vin[:cut], vin[cut:])):
        canvas.text(110, 120 + 130 * number, part, style, key="vin")
    mark(canvas, 830, 372, 18, (110, 110, 108))
    return canvas


def form(rng: Random, vin: str, order: Order) -> Canvas:
    """A part of a registration form: the number among other entries."""
    canvas = Canvas(WIDTH, 760, (248, 250, 244))
    style = Style(order.typecase.face("song"), 38)
    canvas.text(WIDTH / 2, 50, "机动车登记信息摘录", style.sized(52), align="centre")
    rows = [
        ("车辆类型", "小型轿车", "车身颜色", rng.choice("白黑银灰红蓝")),
        ("车辆识别代号", vin),
        ("发动机号", numbers.digits(rng, 7), "排量", f"{rng.randint(1000, 3000)}ml"),
        ("制造厂名称", people.firm(rng)),
        ("登记日期", f"{people.day(rng, 2010, 2025)}", "经办", people.name(rng)),
    ]
    edges = (60, 320, 690, 880, WIDTH - 60)
    for number, row in enumerate(rows):
        top = 150 + 92 * number
        stops = edges if len(row) == 4 else (edges[0], edges[1], edges[-1])
        for text, left, right in zip(row, stops, stops[1:], strict=False):
            canvas.box(left, top, right, top + 92, width=2)
            canvas.text(left + 16, top + 27, text, style, key="vin" if text == vin else None)
    canvas.text(60, 660, words.chinese(rng)[:28], style.sized(30))
    mark(canvas, WIDTH - 60, 720, 18)
    return canvas


def _surface(rng: Random, width: int, height: int, colour: Colour, depth: float) -> Canvas:
    """Bare material: one colour, lighter and darker in places, with a fine grain and scratches."""
    canvas = Canvas(width, height, colour)
    shade = 1 + depth * clouds(rng.getrandbits(32), width, height, width // 5)
    shade += 0.06 * clouds(rng.getrandbits(32), width, height, 2)
    canvas.show((canvas.picture() * shade[:, :, None]).clip(0, 255).astype("uint8"))
    for _ in range(rng.randint(3, 9)):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        canvas.rule(
            x, y, x + rng.uniform(-90, 90), y + rng.uniform(-20, 20), colour=_shaded(colour, rng.uniform(0.8, 1.25))
        )
    return canvas


def _shaded(colour: Colour, factor: float) -> Colour:
    red, green, blue = (min(255, round(v * factor)) for v in colour)
    return red, green, blue


KINDS: dict[str, Callable[[Random, str, Order], Canvas]] = {
    "windscreen": windscreen,
    "sticker": sticker,
    "engraved": engraved,
    "curved": curved,
    "two-lines": two_lines,
    "form": form,
}
DOCUMENT = Document("vin", tuple(KINDS), draw, background="scene", numbered=True)
