"""Exit-entry permits of residents of the mainland: the front of the plastic cards for Hong Kong and Macao, and Taiwan.

People are invented, numbers begin with 0000 behind their letter. Truth keys: `exit-entry-permit`.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from ocrcli.checks.exit_entry import SPANS
from ocrcli.checks.mrz import check_digit
from ocrcli.geometry import quad_of_box
from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import Canvas, Colour
from ocrcli.specimens.documents.base import MM, Document, Order, Print, numbered, print_all, years_later
from ocrcli.specimens.ornament import mark, portrait, security_lines, tinted
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

WIDTH, HEIGHT, CORNER = round(85.6 * MM), round(54.0 * MM), 3.18 * MM
INK: Colour = (70, 84, 110)
KINDS = {
    "macao": ("往来港澳通行证", "EXIT-ENTRY PERMIT FOR TRAVELLING TO AND FROM HONG KONG AND MACAO", "CS", "C"),
    "taiwan": ("往来台湾通行证", "EXIT-ENTRY PERMIT FOR TRAVELLING TO AND FROM TAIWAN", "CT", "L"),
}


def _label(text: str, english: str, x: float, y: float) -> tuple[Print, ...]:
    return (
        Print(text, x, y, 1.9, face="song", colour=INK),
        Print(english, x + 9.0, y + 0.1, 1.6, face="serif", colour=INK),
    )


CARD = (
    Print("{type}", 27.0, 3.8, 4.2, face="song", colour=INK, spacing=0.3, weight=0.04),
    Print("{english}", 27.0, 8.6, 1.4, face="serif", colour=INK),
    Print("{number}", 62.0, 3.8, 3.4, face="sans", key="number", spacing=0.2),
    *_label("姓名", "Name", 30.0, 11.8),
    Print("{name}", 30.0, 14.0, 3.4, key="name"),
    Print("{name_en}", 30.0, 18.4, 2.8, face="sans", key="name_en"),
    *_label("出生日期", "Date of birth", 30.0, 23.4),
    Print("{birth}", 30.0, 25.8, 2.8, face="sans", key="birth_date"),
    *_label("性别", "Sex", 60.0, 23.4),
    Print("{sex}", 60.0, 25.6, 2.8, key="sex"),
    *_label("有效期限", "Period of validity", 30.0, 30.4),
    Print("{period}", 30.0, 32.8, 2.8, face="sans", key="valid_period"),
    *_label("签发机关", "Issuing authority", 30.0, 37.2),
    Print("{issuing_authority}", 30.0, 39.5, 2.4, key="issuing_authority"),
    *_label("签发地点", "Place of issue", 64.0, 37.2),
    Print("{issue_place}", 64.0, 39.5, 2.4, key="issue_place"),
    Print("{machine_code}", 4.6, 46.4, 3.4, face="ocr-b", key="machine_code", pitch=2.54),
)


def draw(order: Order) -> Specimen:
    """One card by its kind."""
    rng = Random(order.seed)
    title, english, code, letter = KINDS[order.kind]
    someone = people.person(rng)
    start = people.day(rng, max(2014, someone.birth.year + 16), 2024)
    last = years_later(start, rng.choice((5, 10))) - timedelta(days=1)
    number = f"{letter}0000{numbers.digits(rng, 4)}"
    fields = {
        "type": title,
        "side": "front",
        "name": someone.name,
        "name_en": f"{someone.surname}, {someone.given}",
        "sex": someone.sex,
        "birth_date": someone.birth.isoformat(),
        "valid_period": f"{start.isoformat()}至{last.isoformat()}",
        "issuing_authority": rng.choice(("公安部出入境管理局", "中华人民共和国出入境管理局")),
        "issue_place": rng.choice(people.PROVINCES).short,
        "machine_code": line(code, number, last, someone.birth),
        "number": number,
    }
    if order.altered:
        wrong = numbers.misprint(rng, number, range(5, 9))
        fields |= {"machine_code": fields["machine_code"].replace(number, wrong), "number": wrong}
    dash = rng.choice((" - ", "-"))
    values = fields | {
        "english": english,
        "birth": f"{someone.birth:%Y.%m.%d}",
        "period": f"{start:%Y.%m.%d}{dash}{last:%Y.%m.%d}",
    }
    canvas = Canvas(WIDTH, HEIGHT)
    tinted(canvas, (224, 232, 242), (236, 228, 240))
    security_lines(canvas, rng, ((208, 220, 236), (228, 216, 232), (216, 230, 230)))
    portrait(canvas, rng, (3.6 * MM, 12 * MM, 26.6 * MM, 41.5 * MM), (232, 236, 240))
    print_all(canvas, CARD, values, order.typecase)
    mark(canvas, canvas.width - 2 * MM, 1.2 * MM, 1.4 * MM)
    outline = (quad_of_box(0, 0, WIDTH, HEIGHT),)
    return finished(canvas, fields=fields, documents=outline, side="front", **numbered(order))


def line(code: str, number: str, last: date, birth: date) -> str:
    """The line at the foot, with its check digits."""
    text = f"{code}{number} <{last:%y%m%d} <{birth:%y%m%d} <0"
    for start, end, place in SPANS.values():
        text = text[:place] + (check_digit(text[start:end]) or "0") + text[place + 1 :]
    return text


DOCUMENT = Document("exit-entry-permit", tuple(KINDS), draw, corner=CORNER, numbered=True, type="exit_entry_permit")
