"""Business cards: Chinese, English, both languages on one, with labels and without, with a logo and a slogan.

People and firms are invented, numbers and domains are nobody's (mobile range 12, example.com's kind). Truth keys:
`business-card`.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ocrcli.geometry import quad_of_box
from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import BLACK, Canvas, Colour
from ocrcli.specimens.documents.base import MM, Document, Order, Print, print_all
from ocrcli.specimens.ornament import mark
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

WIDTH, HEIGHT = 90.0, 54.0
PAPERS: tuple[Colour, ...] = ((252, 252, 250), (246, 244, 238), (238, 242, 246), (250, 246, 240))
INKS: tuple[Colour, ...] = (BLACK, (38, 60, 104), (120, 40, 44), (40, 92, 70))
_TITLES = (
    *(("总经理", "General Manager"), ("销售经理", "Sales Manager"), ("高级工程师", "Senior Engineer")),
    *(("技术总监", "Technical Director"), ("客户主任", "Account Executive"), ("财务主管", "Financial Supervisor")),
)
_DEPARTMENTS = (
    *(("市场部", "Marketing Department"), ("研发中心", "R&D Department"), ("国际业务部", "Overseas Division")),
    *(("人力资源部", "Human Resources Department"), ("技术支持部", "Technical Support Team")),
)
_FIRMS = ("Halvorn", "Okande", "Brennick", "Marchetto", "Novakin", "Petresk", "Sandrell", "Terborg")
_TRADES = ("Instruments Co., Ltd.", "Logistics Ltd.", "Software GmbH", "Foods Inc.", "Engineering Group", "Consulting")
_GIVEN = ("Anna", "Marek", "Otis", "Pia", "Ruben", "Selma", "Tomasz", "Wanda", "Dina", "Emerich")
_SURNAMES = ("Halden", "Brennan", "Ferren", "Quillford", "Sandrell", "Marlowe", "Whitcombe", "Lindqvist")
_STREETS = ("Mill Lane", "Harbour Street", "Kingsway Road", "Orchard Avenue", "Station Road", "Elm Drive")
_TOWNS = (("Wexcombe", "WX4 7QD"), ("Alderby", "AL9 2ZT"), ("Granford", "NY 10999"), ("Millport", "CA 90000"))
_SLOGANS = ("用心做好每一天", "品质成就未来", "Quality you can trust.", "Think ahead.", "")


@dataclass(frozen=True)
class Contact:
    """Whose card it is. Chinese and English of the same, "" for what is not printed."""

    name: str
    latin: str
    title: tuple[str, str]
    department: tuple[str, str]
    company: tuple[str, str]
    domain: str
    email: str
    phones: tuple[str, ...]
    fax: str
    address: tuple[str, str]
    postcode: str


def _contact(rng: Random) -> Contact:
    someone = people.person(rng)
    firm, trade = rng.choice(_FIRMS), rng.choice(_TRADES)
    domain = f"{firm.lower()}.example.{rng.choice(('com', 'cn', 'org'))}"
    chinese_latin = f"{someone.given.capitalize()} {someone.surname.capitalize()}"
    foreign = f"{rng.choice(_GIVEN)} {rng.choice(_SURNAMES)}"
    latin = foreign if rng.random() < 0.6 else chinese_latin
    town, code = rng.choice(_TOWNS)
    street = f"{rng.randint(2, 400)} {rng.choice(_STREETS)}"
    landline = f"{rng.choice(('010', '0571', '0755'))}-{rng.randint(2, 8)}{numbers.digits(rng, 7)}"
    return Contact(
        name=someone.name,
        latin=latin,
        title=rng.choice(_TITLES),
        department=rng.choice(_DEPARTMENTS) if rng.random() < 0.6 else ("", ""),
        company=(people.firm(rng), f"{firm} {trade}"),
        domain=domain,
        email=f"{latin.lower().replace(' ', '.')}@{domain}",
        phones=(numbers.mobile(rng), landline) if rng.random() < 0.6 else (numbers.mobile(rng),),
        fax=f"{landline[:-4]}{numbers.digits(rng, 4)}" if rng.random() < 0.4 else "",
        address=(people.address(rng, rng.choice(people.PROVINCES)), f"{street}, {town}, {code}"),
        postcode=numbers.digits(rng, 6) if rng.random() < 0.5 else "",
    )


def draw(order: Order) -> Specimen:
    """One card by its kind."""
    rng = Random(order.seed)
    who = _contact(rng)
    ink = rng.choice(INKS)
    canvas = Canvas(round(WIDTH * MM), round(HEIGHT * MM), rng.choice(PAPERS))
    _logo(canvas, rng, ink)
    chinese, english = order.kind in ("chinese", "both"), order.kind in ("english", "both")
    foot, more = _foot(rng, who, chinese=chinese)
    room = min(item.y for item in foot) - 7.5
    head, told = _head(rng, who, room, chinese=chinese, english=english, ink=ink)
    slogan = rng.choice(_SLOGANS)
    if slogan:
        head.append(Print(slogan, 85.0, 4.0, 1.9, align="right", colour=(120, 120, 124)))
    print_all(canvas, [*head, *foot], {}, order.typecase)
    mark(canvas, canvas.width - 2 * MM, canvas.height - 2.4 * MM, 1.4 * MM, (170, 170, 170))
    fields = {key: values for key, values in {**told, **more}.items() if values}
    return finished(canvas, fields=fields, documents=(quad_of_box(0, 0, canvas.width, canvas.height),))


def _head(
    rng: Random, who: Contact, room: float, *, chinese: bool, english: bool, ink: Colour
) -> tuple[list[Print], dict[str, list[str]]]:
    """Name, title, department and firm, from the top left or in the middle, in `room` mm."""
    x, align = rng.choice(((20.0, "left"), (45.0, "centre")))
    names = [who.name] * chinese + [who.latin] * english
    which = [0] * chinese + [1] * english
    spaced = chinese and rng.random() < 0.3 and len(who.name) < 4
    told = {
        "name": names,
        "title": [who.title[i] for i in which],
        "department": [who.department[i] for i in which if who.department[i]],
        "company": [who.company[i] for i in which],
    }
    rows: list[tuple[str, float]] = [(company, 3.0) for company in told["company"]]
    name_rows = [("　".join(who.name) if spaced and text == who.name else text, 4.6) for text in names]
    own = [*name_rows, *((text, 2.4) for text in [*told["department"], *told["title"]])]
    rows = [*rows, *own] if rng.random() < 0.5 else [*own, *rows]
    prints, y = [], 6.5
    scale = min(1.0, room / sum(1.45 * size for _, size in rows))
    for text, size in rows:
        prints.append(Print(text, x, y, size * scale, colour=ink, align=align, weight=0.02))  # type: ignore[arg-type]
        y += 1.45 * size * scale
    return prints, told


def _foot(rng: Random, who: Contact, *, chinese: bool) -> tuple[list[Print], dict[str, list[str]]]:
    """Phones, address and the rest, in rows at the foot: labels in Chinese, in English, as letters, or none."""
    style = rng.choice(("words", "words", "letters", "none")) if who.fax == "" else rng.choice(("words", "letters"))
    labels = {
        "words": ("手机：", "电话：", "传真：", "邮箱：", "网址：", "地址：") if chinese else
        ("Mobile: ", "Tel: ", "Fax: ", "E-mail: ", "Web: ", "Add: "),
        "letters": ("M: ", "T: ", "F: ", "E: ", "W: ", "A: "),
        "none": ("",) * 6,
    }[style]  # fmt: skip
    site = f"www.{who.domain}" if rng.random() < 0.8 else ""
    address = who.address[0 if chinese else 1]
    shown = [
        (labels[0], who.phones[0]),
        (labels[1], who.phones[1] if len(who.phones) > 1 else ""),
        (labels[2], who.fax),
        (labels[3], who.email),
        (labels[4], site),
        (labels[5], address),
    ]
    rows = [f"{label}{text}" for label, text in shown if text]
    coded = bool(chinese and who.postcode and style == "words")
    if coded:
        rows.append(f"邮编：{who.postcode}")
    y, x = 51.0 - 3.1 * len(rows), rng.choice((8.0, 20.0))
    prints = [Print(text, x, y + 3.1 * i, 2.1 if len(text) < 34 else 1.8, face="hei") for i, text in enumerate(rows)]
    return prints, {
        "phone": list(who.phones),
        "fax": [who.fax] if who.fax else [],
        "email": [who.email],
        "website": [site] if site else [],
        "address": [address],
        "postcode": [who.postcode] if coded else [],
    }


def _logo(canvas: Canvas, rng: Random, ink: Colour) -> None:
    """A mark of circles and bars at the left."""
    for i in range(rng.choice((1, 2, 3))):
        r = (4.0 - i) * MM
        canvas.draw.ellipse((10 * MM - r, 12 * MM - r, 10 * MM + r, 12 * MM + r), outline=ink, width=6)


DOCUMENT = Document("business-card", ("chinese", "english", "both"), draw, type="business_card")
