"""Identity card of the Chinese mainland (GA 461): portrait side, emblem side, both on one sheet.

The number is of no city that exists (see `numbers`), the people are invented. Truth keys: `id-card` in the
service spec; `side` in Huawei's sense, where front is the portrait.
"""

from __future__ import annotations

from random import Random
from typing import Any

from ocrcli.checks.dates import LONG_TERM
from ocrcli.geometry import quad_of_box
from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import Canvas, Colour
from ocrcli.specimens.documents.base import MM, Document, Order, Print, numbered, print_all, years_later
from ocrcli.specimens.ornament import emblem, mark, portrait, security_lines, tinted
from ocrcli.specimens.people import Person
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

WIDTH, HEIGHT, CORNER = round(85.6 * MM), round(54.0 * MM), 3.18 * MM  # ISO/IEC 7810, ID-1
LABEL: Colour = (66, 112, 168)

FRONT = (
    Print("姓名", 6.0, 6.9, 2.8, colour=LABEL, spacing=1.4),
    Print("{name}", 16.0, 6.5, 3.5, key="name"),
    Print("性别", 6.0, 13.5, 2.8, colour=LABEL, spacing=1.4),
    Print("{sex}", 16.0, 13.4, 3.0, key="sex"),
    Print("民族", 25.0, 13.5, 2.8, colour=LABEL, spacing=1.4),
    Print("{ethnicity}", 34.0, 13.4, 3.0, key="ethnicity"),
    Print("出生", 6.0, 19.8, 2.8, colour=LABEL, spacing=1.4),
    Print("{year}", 16.0, 19.7, 3.0, key="birth"),
    Print("年", 24.4, 19.8, 2.8, colour=LABEL),
    Print("{month}", 30.2, 19.7, 3.0, key="birth", align="centre"),
    Print("月", 33.0, 19.8, 2.8, colour=LABEL),
    Print("{day}", 38.8, 19.7, 3.0, key="birth", align="centre"),
    Print("日", 41.6, 19.8, 2.8, colour=LABEL),
    Print("住址", 6.0, 26.4, 2.8, colour=LABEL, spacing=1.4),
    Print("{address}", 16.0, 26.3, 2.9, key="address", width=33.2, leading=4.4),
    Print("公民身份号码", 6.0, 44.2, 2.8, colour=LABEL, spacing=0.25),
    Print("{number}", 28.5, 43.7, 3.7, face="ocr-b", key="number", pitch=2.45, weight=0.03),
)
BACK = (
    Print("中华人民共和国", 52.0, 5.4, 4.9, face="song", align="centre", spacing=1.6, weight=0.09),
    Print("居民身份证", 52.0, 13.8, 7.4, face="song", align="centre", spacing=3.4, weight=0.14),
    Print("签发机关", 20.0, 37.0, 2.8, weight=0.04),
    Print("{issue}", 35.0, 36.9, 3.0, key="issue"),
    Print("有效期限", 20.0, 43.2, 2.8, weight=0.04),
    Print("{valid}", 35.0, 43.1, 3.0, key="valid_from"),
)


def front(order: Order, rng: Random, someone: Person) -> tuple[Canvas, dict[str, Any]]:
    """The side with the portrait."""
    number = numbers.misprint(rng, someone.number) if order.altered else someone.number
    canvas = _card(rng)
    portrait(canvas, rng, (52 * MM, 6.5 * MM, 79 * MM, 39 * MM))
    birth = someone.birth
    values = {
        "name": someone.name,
        "sex": someone.sex,
        "ethnicity": someone.ethnic_group,
        "year": str(birth.year),
        "month": str(birth.month),
        "day": str(birth.day),
        "address": someone.address,
        "number": number,
    }
    print_all(canvas, FRONT, values, order.typecase)
    fields = {key: values[key] for key in ("name", "sex", "ethnicity", "address", "number")}
    return canvas, {**fields, "birth": birth.isoformat()}


def back(order: Order, rng: Random, someone: Person) -> tuple[Canvas, dict[str, Any]]:
    """The side with the emblem. Valid for 10 years from the age of 16, 20 from 26, for ever from 46 (law of 2003)."""
    canvas = _card(rng)
    emblem(canvas, (5.5 * MM, 5.5 * MM, 19.5 * MM, 19.5 * MM))
    start = people.day(rng, max(2004, someone.birth.year + 17), 2025)
    age = start.year - someone.birth.year - ((start.month, start.day) < (someone.birth.month, someone.birth.day))
    years = None if age >= 46 else 20 if age >= 26 else 10
    end = None if years is None else years_later(start, years)
    fields = {
        "issue": people.police(rng),
        "valid_from": start.isoformat(),
        "valid_to": LONG_TERM if end is None else end.isoformat(),
    }
    printed = f"{start:%Y.%m.%d}-{LONG_TERM if end is None else f'{end:%Y.%m.%d}'}"
    print_all(canvas, BACK, {**fields, "valid": printed}, order.typecase)
    return canvas, fields


def draw(order: Order) -> Specimen:
    """One card by its kind: front, back, or both sides on one sheet."""
    rng = Random(order.seed)
    someone = people.person(rng)
    if order.kind == "both":
        return _both(order, rng, someone)
    canvas, fields = (front if order.kind == "front" else back)(order, rng, someone)
    outline = (quad_of_box(0, 0, WIDTH, HEIGHT),)
    return finished(canvas, fields=fields, documents=outline, side=order.kind, **numbered(order, order.kind != "back"))


def _both(order: Order, rng: Random, someone: Person) -> Specimen:
    """Both sides one below the other, as a copier lays them on a sheet."""
    sheet = Canvas(round(WIDTH * 1.3), round(HEIGHT * 2.5))
    known: dict[str, Any] = {}
    outlines = []
    for index, side in enumerate((front, back)):
        canvas, fields = side(order, rng, someone)
        left, top = round(WIDTH * 0.15), round(HEIGHT * (0.15 + 1.2 * index))
        sheet.attach(canvas, left, top, CORNER)
        outlines.append(quad_of_box(left, top, left + WIDTH, top + HEIGHT))
        known.update(fields)
    return finished(sheet, fields=known, documents=tuple(outlines), side="double_side", **numbered(order))


def _card(rng: Random) -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT)
    tinted(canvas, (226, 236, 242), (240, 228, 232))
    security_lines(canvas, rng, ((206, 222, 234), (236, 214, 222), (214, 230, 226)))
    mark(canvas, WIDTH - 2 * MM, HEIGHT - 3 * MM, 1.8 * MM)
    return canvas


DOCUMENT = Document(
    "idcard",
    ("front", "back", "both"),
    draw,
    corner=CORNER,
    numbered=True,
    type="id_card",
    sheet_kinds=("front", "back"),
)
