"""Travel documents with a machine-readable zone (ICAO 9303): the data page of a Chinese passport, and documents of
plain design in every format (TD1, TD2, TD3, MRV-A, MRV-B).

Truth keys: `passport` in the service spec, and `mrz`, the zone's lines as printed. A misprinted document carries a
number that differs in one digit from the one its check digits were made for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from ocrcli.checks.mrz import MRV_A, MRV_B, TD1, TD2, TD3, Format
from ocrcli.geometry import quad_of_box
from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import Canvas, Colour, Style
from ocrcli.specimens.documents.base import MM, Document, Order, Print, numbered, print_all, years_later
from ocrcli.specimens.mrz import Holder, zone
from ocrcli.specimens.ornament import mark, portrait, security_lines, tinted
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

BROWN: Colour = (132, 70, 58)
GREY: Colour = (84, 92, 98)
PITCH, LINE = 2.54, 6.35  # mm: ten characters an inch, a quarter inch from line to line (ICAO 9303-3, 4)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


@dataclass(frozen=True)
class Plain:
    """A document of plain design: its zone, its size in mm, its title and its document code."""

    layout: Format
    width: float
    height: float
    title: str
    code: str


FORMATS = {
    "td1": Plain(TD1, 85.6, 54.0, "IDENTITY CARD", "I"),
    "td2": Plain(TD2, 105.0, 74.0, "RESIDENT CARD", "ID"),
    "td3": Plain(TD3, 125.0, 88.0, "PASSPORT", "P"),
    "mrv-a": Plain(MRV_A, 120.0, 80.0, "VISA", "V"),
    "mrv-b": Plain(MRV_B, 105.0, 74.0, "VISA", "V"),
}

CHINESE = (
    Print("中华人民共和国", 4.0, 5.0, 3.4, face="song", colour=BROWN, spacing=1.0, weight=0.04),
    Print("PEOPLE'S REPUBLIC OF CHINA", 40.0, 4.6, 4.2, face="serif", colour=BROWN),
    Print("护    照", 13.8, 10.6, 2.8, face="song", colour=BROWN),
    Print("PASSPORT", 14.0, 14.6, 2.5, face="serif", colour=BROWN),
    Print("类型/Type", 40.0, 10.4, 1.8, face="song", colour=BROWN),
    Print("国家码/Country Code", 58.5, 10.4, 1.8, face="song", colour=BROWN),
    Print("护照号码/Passport No.", 84.0, 10.4, 1.8, face="song", colour=BROWN),
    Print("P", 40.8, 12.8, 3.1, key="passport_type"),
    Print("CHN", 59.3, 12.8, 3.1, key="country_code"),
    Print("{number}", 84.8, 12.6, 3.4, key="passport_number", spacing=0.3),
    Print("姓名/Name", 40.0, 17.8, 1.8, face="song", colour=BROWN),
    Print("{name}", 40.8, 20.2, 3.2),
    Print("{latin}", 40.8, 24.4, 3.1, key="surname"),
    Print("性别/Sex", 40.0, 30.4, 1.8, face="song", colour=BROWN),
    Print("国籍/Nationality", 53.0, 30.4, 1.8, face="song", colour=BROWN),
    Print("出生日期/Date of birth", 79.0, 30.4, 1.8, face="song", colour=BROWN),
    Print("{sex}", 40.8, 32.8, 3.1, key="sex"),
    Print("中国/CHINESE", 53.8, 32.8, 3.1, key="nationality"),
    Print("{birth}", 79.8, 32.8, 3.1, key="date_of_birth"),
    Print("出生地点/Place of birth", 40.0, 38.3, 1.8, face="song", colour=BROWN),
    Print("签发日期/Date of issue", 79.0, 38.3, 1.8, face="song", colour=BROWN),
    Print("{birth_place}", 40.8, 40.7, 3.1, key="place_of_birth"),
    Print("{issued}", 79.8, 40.7, 3.1, key="date_of_issue"),
    Print("签发地点/Place of issue", 40.0, 46.2, 1.8, face="song", colour=BROWN),
    Print("有效期至/Date of expiry", 79.0, 46.2, 1.8, face="song", colour=BROWN),
    Print("{issue_place}", 40.8, 48.6, 3.1, key="place_of_issue"),
    Print("{expires}", 79.8, 48.6, 3.1, key="date_of_expiry"),
    Print("签发机关/Authority", 40.0, 54.1, 1.8, face="song", colour=BROWN),
    Print("持照人签名/Bearer's signature", 79.0, 54.1, 1.8, face="song", colour=BROWN),
    Print("公安部出入境管理局", 40.8, 56.6, 2.9),
    Print("MPS Exit & Entry Administration", 40.8, 60.4, 2.3, face="sans", key="issuing_authority"),
)
# The plain design: label, value, key, row, and column of a grid right of the portrait.
PLAIN = (
    ("Type", "{code}", None, 0, 0),
    ("Code", "{state}", "country_code", 0, 1),
    ("Document No.", "{number}", "passport_number", 0, 2),
    ("Surname", "{surname}", "surname", 1, 0),
    ("Given names", "{given}", "given_name", 2, 0),
    ("Nationality", "{nationality}", "nationality", 3, 0),
    ("Sex", "{sex}", "sex", 3, 2),
    ("Date of birth", "{birth}", "date_of_birth", 4, 0),
    ("Date of expiry", "{expires}", "date_of_expiry", 4, 2),
)
_SURNAMES = "HALVORN OKANDE BRENNICK DA_LUZ FERREN MARCHETTO NOVAKIN O_SHEAN PETRESK QUILLFORD SANDRELL TERBORG"
_GIVEN = "ANNA LENE MAREK OTIS PIA RUBEN SELMA TOMASZ URSULA VIGGO WANDA YUNUS ZELIE CARLO DINA EMERICH"
# UTO is ICAO's own code for specimens; the others show that codes are read as printed.
_STATES = ("UTO", "UTO", "UTO", "D", "GBR", "SWE", "NLD", "CAN", "KOR", "FRA")


def draw(order: Order) -> Specimen:
    """One document by its kind."""
    rng = Random(order.seed)
    return _chinese(order, rng) if order.kind == "chinese" else _plain(order, rng, FORMATS[order.kind])


def _chinese(order: Order, rng: Random) -> Specimen:
    someone = people.person(rng)
    born, given_out = rng.choice(people.PROVINCES), rng.choice(people.PROVINCES)
    issued = people.day(rng, 2012, 2025)
    holder = Holder(
        code="PO",
        state="CHN",
        number="E" + numbers.digits(rng, 8),
        surname=someone.surname,
        given=someone.given,
        nationality="CHN",
        birth=someone.birth,
        female=someone.female,
        expiry=years_later(issued, 10) - timedelta(days=1),
    )
    lines, holder = _zone(TD3, holder, rng, order.altered)
    values = {
        "number": holder.number,
        "name": someone.name,
        "latin": f"{holder.surname}, {holder.given}",
        "sex": f"{someone.sex}/{holder.sex}",
        "birth": _spoken(holder.birth),
        "birth_place": f"{born.short}/{born.latin}",
        "issued": _spoken(issued),
        "issue_place": f"{given_out.short}/{given_out.latin}",
        "expires": _spoken(holder.expiry),
    }
    canvas = _page(rng, FORMATS["td3"])
    portrait(canvas, rng, (5.5 * MM, 20 * MM, 35 * MM, 60 * MM), (120, 158, 200))
    print_all(canvas, CHINESE, values, order.typecase)
    fields = {
        **_common(holder, lines),
        "passport_type": "P",
        "date_of_issue": issued.isoformat(),
        "place_of_birth": born.latin,
        "place_of_issue": given_out.latin,
        "issuing_authority": "MPS Exit & Entry Administration",
    }
    return _finished(canvas, FORMATS["td3"], lines, fields, order)


def _plain(order: Order, rng: Random, form: Plain) -> Specimen:
    expiry = people.day(rng, 2026, 2035)
    state = rng.choice(_STATES)
    letters = "".join(rng.choice("ABCDEFGHJKLMNPRTUVXYZ") for _ in range(rng.randint(0, 2)))
    holder = Holder(
        code=form.code,
        state=state,
        number=letters + numbers.digits(rng, 9 - len(letters)),
        surname=rng.choice(_SURNAMES.split()).replace("_", " "),
        given=" ".join(rng.sample(_GIVEN.split(), rng.choice((1, 1, 2)))),
        nationality=state if rng.random() < 0.8 else rng.choice(_STATES),
        birth=people.day(rng, 1940, 2010),
        female=rng.random() < 0.5,
        expiry=expiry,
        optional=numbers.digits(rng, rng.choice((0, 0, 5, 7))),
    )
    lines, holder = _zone(form.layout, holder, rng, order.altered)
    values = {
        "code": holder.code,
        "state": holder.state,
        "number": holder.number,
        "surname": holder.surname,
        "given": holder.given,
        "nationality": holder.nationality,
        "sex": holder.sex,
        "birth": f"{holder.birth:%d %m %Y}",
        "expires": f"{holder.expiry:%d %m %Y}",
    }
    canvas = _page(rng, form)
    width, height = form.width, form.height
    scale = height / 88.0
    free = height - LINE * len(lines) - 3.0  # mm above the zone
    portrait(canvas, rng, (3 * MM, 0.17 * free * MM, 0.29 * width * MM, 0.97 * free * MM), (206, 212, 216))
    canvas.text(0.34 * width * MM, 2.5 * scale * MM, form.title, _heading(scale, order))
    print_all(canvas, _grid(width, free, scale), values, order.typecase)
    fields = _common(holder, lines)
    if form.layout is TD3:
        fields["passport_type"] = "P"
    return _finished(canvas, form, lines, fields, order)


def _grid(width: float, free: float, scale: float) -> list[Print]:
    """The plain design's labels and values, placed on a document `width` mm wide with `free` mm above the zone."""
    prints = []
    for label, value, key, row, column in PLAIN:
        x = width * (0.34 + 0.22 * column)
        y = free * (0.17 + 0.165 * row)
        prints.append(Print(label, x, y, max(1.6, 1.9 * scale), face="sans", colour=GREY))
        prints.append(Print(value, x, y + 2.3 * scale + 0.2, max(2.3, 3.0 * scale), face="sans", key=key))
    return prints


def _zone(layout: Format, holder: Holder, rng: Random, altered: bool) -> tuple[list[str], Holder]:
    """The zone, and what it and the print say: the check digits stay those of the number before it was misprinted."""
    lines = zone(layout, holder)
    if not altered:
        return lines, holder
    wrong = numbers.misprint(rng, holder.number)
    return [line.replace(holder.number, wrong) for line in lines], replace(holder, number=wrong)


def _page(rng: Random, form: Plain) -> Canvas:
    canvas = Canvas(round(form.width * MM), round(form.height * MM))
    tinted(canvas, (232, 236, 244), (240, 234, 228))
    security_lines(canvas, rng, ((214, 222, 238), (236, 220, 226), (226, 234, 220)))
    return canvas


def _heading(scale: float, order: Order) -> Style:
    return Style(order.typecase.face("bold"), round(4.4 * scale * MM), (60, 80, 110))


def _finished(canvas: Canvas, form: Plain, lines: list[str], fields: dict[str, Any], order: Order) -> Specimen:
    """Prints the zone at the foot and closes the document."""
    left = (form.width - PITCH * len(lines[0])) / 2
    style = Style(order.typecase.face("ocr-b"), round(3.4 * MM), pitch=PITCH * MM)
    for number, line in enumerate(lines):
        canvas.text(left * MM, (form.height - 1.5 - LINE * (len(lines) - number)) * MM, line, style, key="mrz")
    mark(canvas, canvas.width - 2 * MM, 1.0 * MM, 1.6 * MM)
    outline = (quad_of_box(0, 0, canvas.width, canvas.height),)
    return finished(canvas, fields=fields, documents=outline, **numbered(order))


def _common(holder: Holder, lines: list[str]) -> dict[str, Any]:
    return {
        "mrz": lines,
        "country_code": holder.state,
        "passport_number": holder.number,
        "nationality": holder.nationality,
        "surname": holder.surname,
        "given_name": holder.given,
        "sex": holder.sex,
        "date_of_birth": holder.birth.isoformat(),
        "date_of_expiry": holder.expiry.isoformat(),
    }


def _spoken(day: date) -> str:
    return f"{day.day:02d} {day.month}月/{_MONTHS[day.month - 1]} {day.year}"


DOCUMENT = Document(
    "passport",
    ("chinese", *FORMATS),
    draw,
    corner=3.18 * MM,
    numbered=True,
    type="passport",
    sheet_kinds=("chinese", "td3"),
)
