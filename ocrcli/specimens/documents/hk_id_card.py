"""Hong Kong identity card, the front: laid out as the smart cards of 2003 and of 2018 are, permanent or not.

Numbers begin with X, which the department gives to people without a Chinese name, and belong to nobody here. Truth
keys: `hk-id-card`.
"""

from __future__ import annotations

from datetime import date
from random import Random

from ocrcli.checks.hk_id import check_character
from ocrcli.geometry import quad_of_box
from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import Canvas, Colour
from ocrcli.specimens.documents.base import MM, Document, Order, Print, numbered, print_all
from ocrcli.specimens.ornament import mark, portrait, security_lines, tinted
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

WIDTH, HEIGHT, CORNER = round(85.6 * MM), round(54.0 * MM), 3.18 * MM
INK: Colour = (40, 52, 74)

NEW = (
    Print("{title}", 42.8, 4.8, 3.2, face="song", colour=INK, align="centre", spacing=0.5, weight=0.03),
    Print("{english}", 42.8, 8.6, 2.1, face="serif", colour=INK, align="centre"),
    Print("{name}", 30.0, 13.0, 3.6, face="song", key="name", spacing=0.6),
    Print("{name_en}", 30.0, 17.6, 2.9, face="sans", key="name_en"),
    Print("{name_telegraph_code}", 30.0, 22.0, 2.5, face="sans", key="name_telegraph_code"),
    Print("出生日期 Date of Birth", 30.0, 27.4, 2.1, face="song", colour=INK),
    Print("{birth}", 30.0, 30.4, 2.8, face="sans", key="birth_date"),
    Print("{sex} {letter}", 54.0, 30.2, 2.8, key="sex"),
    Print("{symbols}", 30.0, 34.6, 2.8, face="sans", key="symbols"),
    Print("簽發日期 Date of Issue", 30.0, 39.0, 2.1, face="song", colour=INK),
    Print("({first})", 54.0, 39.0, 2.4, face="sans", key="initial_issue_date"),
    Print("{issued}", 30.0, 42.2, 2.8, face="sans", key="issue_date"),
    Print("{number}", 58.0, 46.6, 3.8, face="bold", key="number"),
)
OLD = (
    Print("{title}", 30.0, 4.2, 3.4, face="song", colour=INK, spacing=0.9, weight=0.03),
    Print("{english}", 30.0, 8.2, 2.0, face="serif", colour=INK),
    Print("{name}", 30.0, 12.0, 3.8, face="song", key="name", spacing=0.6),
    Print("{name_en}", 30.0, 16.8, 3.0, face="sans", key="name_en"),
    Print("{name_telegraph_code}", 30.0, 21.2, 2.6, face="sans", key="name_telegraph_code"),
    Print("出生日期 Date of Birth", 30.0, 26.6, 2.0, face="song", colour=INK),
    Print("{birth}", 30.0, 29.4, 2.9, face="sans", key="birth_date"),
    Print("{sex}{letter}", 58.0, 29.2, 2.9, key="sex"),
    Print("{symbols}", 30.0, 33.6, 2.9, face="sans", key="symbols"),
    Print("簽發日期 Date of Issue", 30.0, 38.0, 2.0, face="song", colour=INK),
    Print("({first})", 30.0, 41.0, 2.5, face="sans", key="initial_issue_date"),
    Print("{issued}", 30.0, 45.4, 2.8, face="sans", key="issue_date"),
    Print("{number}", 56.0, 45.0, 3.8, face="bold", key="number"),
)


def draw(order: Order) -> Specimen:
    """One card by its kind."""
    rng = Random(order.seed)
    new, permanent = order.kind == "new", rng.random() < 0.7
    someone = people.person(rng)
    first = people.day(rng, max(1987, someone.birth.year + 11), 2014)
    issued = people.day(rng, 2018, 2024) if new else people.day(rng, max(2003, first.year), 2018)
    start = "X" + rng.choice(("", "", "", "A", "G")) + numbers.digits(rng, 6)
    start = start if len(start) == 7 else f"{start[1]}X{start[2:]}"
    number = f"{start}({check_character(start)})"
    number = numbers.misprint(rng, number, range(1, 7)) if order.altered else number
    given = someone.given.capitalize()
    fields = {
        "name": someone.name,
        "name_en": f"{someone.surname}, {given}",
        "sex": someone.sex,
        "birth_date": someone.birth.isoformat(),
        "number": number,
        "symbols": rng.choice(("***AZ", "***AZN", "***AX", "*AZ", "***AUR", "C", "CX")),
        "name_telegraph_code": " ".join(numbers.digits(rng, 4) for _ in someone.name),
        "initial_issue_date": f"{first:%Y-%m}",
        "issue_date": issued.isoformat(),
    }
    values = fields | {
        "title": "香港永久性居民身份證" if permanent else "香港身份證",
        "english": f"HONG KONG {'PERMANENT ' if permanent else ''}IDENTITY CARD",
        "birth": _dashed(someone.birth, 4),
        "letter": "F" if someone.female else "M",
        "first": f"{first:%m-%y}",
        "issued": _dashed(issued, 2),
    }
    canvas = Canvas(WIDTH, HEIGHT)
    tinted(canvas, (222, 234, 236), (240, 228, 222))
    security_lines(canvas, rng, ((204, 222, 228), (234, 216, 214), (216, 232, 220)))
    x, y = (3.5, 12.5) if new else (3.5, 14.0)
    portrait(canvas, rng, (x * MM, y * MM, (x + 24) * MM, (y + 31.5) * MM), (226, 232, 236))
    print_all(canvas, NEW if new else OLD, values, order.typecase)
    mark(canvas, canvas.width - 2 * MM, 1.5 * MM, 1.6 * MM)
    outline = (quad_of_box(0, 0, WIDTH, HEIGHT),)
    told = {**fields, "permanent": permanent}
    return finished(canvas, fields=told, documents=outline, side="front", **numbered(order))


def _dashed(day: date, figures: int) -> str:
    return f"{day:%d-%m-}{day:%Y}" if figures == 4 else f"{day:%d-%m-%y}"


DOCUMENT = Document("hk-id-card", ("new", "old"), draw, corner=CORNER, numbered=True, type="hk_id_card")
