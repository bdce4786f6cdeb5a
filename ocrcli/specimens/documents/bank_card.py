"""Bank cards (ISO/IEC 7810 ID-1): printed number, raised number, upright card, credit card.

The banks' names are real ones and invented ones; the numbers begin with 6299, where no issuer's do, and pass Luhn. The
back with its security code is not drawn. Truth keys: `bank-card` in the service spec, as far as they are printed;
`type` is `debit` or `credit`, whatever the words on the card.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from ocrcli.geometry import quad_of_box
from ocrcli.specimens import numbers, people, plastic
from ocrcli.specimens.canvas import WHITE, Canvas, Colour
from ocrcli.specimens.documents.base import MM, Document, Order, Print, numbered, print_all
from ocrcli.specimens.fonts import Role
from ocrcli.specimens.ornament import mark
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

WIDTH, HEIGHT, CORNER = 85.6, 53.98, 3.18 * MM
PITCH = 3.63  # mm from one raised figure to the next: seven to the inch (ISO/IEC 7811-1)

# Real banks, then invented ones: the name as cards print it, and its English.
BANKS = (
    ("中国工商银行", "ICBC"),
    ("中国农业银行", "AGRICULTURAL BANK OF CHINA"),
    ("中国银行", "BANK OF CHINA"),
    ("中国建设银行", "China Construction Bank"),
    ("交通银行", "BANK OF COMMUNICATIONS"),
    ("中国邮政储蓄银行", "POSTAL SAVINGS BANK OF CHINA"),
    ("招商银行", "CHINA MERCHANTS BANK"),
    ("中信银行", "CHINA CITIC BANK"),
    ("中国光大银行", "CHINA EVERBRIGHT BANK"),
    ("华夏银行", "HUAXIA BANK"),
    ("中国民生银行", "CHINA MINSHENG BANK"),
    ("广发银行", "CGB"),
    ("平安银行", "PING AN BANK"),
    ("兴业银行", "INDUSTRIAL BANK"),
    ("浦发银行", "SPD BANK"),
    ("禾泽银行", "HEZE BANK"),
    ("榆川农村商业银行", "YUCHUAN RURAL COMMERCIAL BANK"),
    ("灯塔银行", "LIGHTHOUSE BANK"),
    ("砚湖村镇银行", ""),
)
WORDS = {
    "debit": ("借记卡", "储蓄卡", "DEBIT", "借记卡 DEBIT CARD", "Debit Card"),
    "credit": ("信用卡", "贷记卡", "CREDIT", "人民币信用卡", "Credit Card", "GOLD 信用卡"),
}


@dataclass(frozen=True)
class Card:
    """What a card says; a place that it has not is empty."""

    bank: tuple[str, str]
    number: str
    grouped: str
    type: str
    word: str
    expiry: str
    issued: str
    holder: str

    def fields(self) -> dict[str, Any]:
        """The spec's keys of what is printed."""
        known = {
            "bank_name": self.bank[0],
            "card_number": self.number,
            "issue_date": self.issued,
            "expiry_date": self.expiry,
            "type": self.type if self.word else "",
            "holder_name": self.holder,
        }
        return {key: value for key, value in known.items() if value}


def draw(order: Order) -> Specimen:
    """One card by its kind."""
    rng = Random(order.seed)
    card = _card(rng, order)
    upright = order.kind == "portrait"
    wide, high = (HEIGHT, WIDTH) if upright else (WIDTH, HEIGHT)
    canvas = Canvas(round(wide * MM), round(high * MM))
    plastic.ground(canvas, rng)
    (_upright if upright else _lying)(canvas, rng, order, card)
    plastic.scratched(canvas, rng)
    corner = (wide - 24, high - 2.4, wide, high)
    mark(canvas, canvas.width - 2.6 * MM, canvas.height - 2.0 * MM, 1.3 * MM, plastic.ink_for(canvas, corner))
    outline = (quad_of_box(0, 0, canvas.width, canvas.height),)
    return finished(canvas, fields=card.fields(), documents=outline, **numbered(order))


def _card(rng: Random, order: Order) -> Card:
    type = "credit" if order.kind == "credit" else rng.choice(("debit", "debit", "credit"))
    length = 16 if type == "credit" else rng.choice((16, 19, 19))
    number = numbers.bank_card(rng, length)
    if order.altered:
        number = numbers.misprint(Random(order.seed), number)
    year, month = rng.randint(21, 35), rng.randint(1, 12)
    someone = people.person(rng)
    holder = f"{someone.surname} {someone.given}" if rng.random() < 0.5 else f"{someone.given} {someone.surname}"
    dated = type == "credit" or rng.random() < 0.45
    raised_debit = order.kind == "embossed" and length == 19
    return Card(
        bank=rng.choice(BANKS),
        number=number,
        grouped=_grouped(number, (6, 13) if raised_debit else (4, 4, 4, 4, 3)),
        type=type,
        word=rng.choice((*WORDS[type], "")),
        expiry=f"{month:02d}/{year}" if dated else "",
        issued=f"{rng.randint(1, 12):02d}/{year - rng.choice((3, 5))}" if dated and rng.random() < 0.25 else "",
        holder=holder if type == "credit" and (order.kind == "credit" or rng.random() < 0.5) else "",
    )


def _grouped(number: str, lengths: tuple[int, ...]) -> str:
    groups, start = [], 0
    for length in lengths:
        groups.append(number[start : start + length])
        start += length
    return " ".join(group for group in groups if group)


def _heading(canvas: Canvas, rng: Random, order: Order, card: Card, wide: float, x: float, y: float) -> None:
    """The bank's sign, its name and English, and the word for the card's kind."""
    ink = plastic.ink_for(canvas, (x, y, x + 34, y + 8))
    chinese, english = card.bank
    size = min(rng.uniform(3.4, 4.6), (wide - x - 12) / len(chinese))
    sign = size * 0.62
    canvas.draw.circle(((x + sign) * MM, (y + sign) * MM), sign * MM, fill=rng.choice(((196, 32, 40), ink)))
    canvas.draw.circle(((x + sign) * MM, (y + sign) * MM), 0.45 * sign * MM, fill=plastic.DARK)
    left = x + 2.6 * sign
    prints = [Print(chinese, left, y, size, colour=ink, key="bank_name", weight=0.05)]
    if english and rng.random() < 0.75:
        length = min(1.7, (wide - left - 4) / (0.62 * len(english)))
        prints.append(Print(english, left, y + size + 0.4, length, face="bold", colour=ink))
    if card.word:
        beside = wide > 60 and rng.random() < 0.6
        place = (wide - 5.0, y + 0.6) if beside else (x, y + size + 3.2)
        word = Print(card.word, *place, 2.7, colour=ink, key="type", align="right" if beside else "left")
        prints.append(word)
    print_all(canvas, prints, {}, order.typecase)


def _lying(canvas: Canvas, rng: Random, order: Order, card: Card) -> None:
    _heading(canvas, rng, order, card, WIDTH, rng.uniform(4, 7), rng.uniform(4, 6))
    plastic.chip(canvas, rng, 8.6, 17.6)
    if rng.random() < 0.5:
        plastic.contactless(canvas, 24.5, 23.2, 4.4, plastic.ink_for(canvas, (24, 19, 30, 27)))
    elif rng.random() < 0.6:
        quick = plastic.ink_for(canvas, (66, 17, 82, 26))
        words = (
            Print("Quick", 81, 17.0, 4.0, face="bold", colour=quick, align="right"),
            Print("闪付Pass", 81, 21.2, 3.2, colour=quick, align="right"),
        )
        print_all(canvas, words, {}, order.typecase)
    if order.kind == "credit" and rng.random() < 0.4:
        plastic.visa(canvas, 81.6, 42.4, order.typecase, plastic.ink_for(canvas, (62, 42, 82, 50)))
    else:
        plastic.union(canvas, 64.4, 39.6, order.typecase)
    raised = order.kind == "embossed" or (order.kind == "credit" and rng.random() < 0.55)
    tip = rng.choice((plastic.SILVER, plastic.SILVER, plastic.GOLD, None)) if raised else None
    ink = plastic.ink_for(canvas, (7, 29, 78, 36))
    values = _lying_values(card, raised, rng, ink)
    _labels(canvas, order, card, raised)
    for item in values:
        if raised:
            plastic.emboss(canvas, rng, item, order.typecase, tip)
        else:
            print_all(canvas, [item], {}, order.typecase)


def _lying_values(card: Card, raised: bool, rng: Random, ink: Colour) -> list[Print]:
    if raised:
        fit = min(PITCH, 76.0 / len(card.grouped))
        values = [Print(card.grouped, 7.2, 29.4, 5.9, "ocr-b", WHITE, "card_number", pitch=fit, weight=0.06)]
        values += [Print(card.expiry, 34.0, 38.6, 4.1, "ocr-b", WHITE, "expiry_date", pitch=2.54, weight=0.05)]
        values += [Print(card.issued, 16.0, 38.6, 4.1, "ocr-b", WHITE, "issue_date", pitch=2.54, weight=0.05)]
        values += [Print(card.holder, 7.4, 45.6, 3.4, "ocr-b", WHITE, "holder_name", pitch=2.54, weight=0.05)]
    else:
        faces: tuple[Role, ...] = ("ocr-b", "sans", "bold", "mono")
        face = rng.choice(faces)
        size = min(5.2, 66.0 / (0.58 * len(card.grouped)))
        values = [Print(card.grouped, 8.0, 30.6, size, face, ink, "card_number", spacing=rng.uniform(0.0, 0.25))]
        values += [Print(card.expiry, 34.0, 39.0, 3.4, face, ink, "expiry_date")]
        values += [Print(card.issued, 16.0, 39.0, 3.4, face, ink, "issue_date")]
        values += [Print(card.holder, 8.0, 45.6, 3.2, "sans", ink, "holder_name", spacing=0.2)]
    return [item for item in values if item.text]


def _labels(canvas: Canvas, order: Order, card: Card, raised: bool) -> None:
    """The small words beside the months."""
    ink = plastic.ink_for(canvas, (14, 36, 50, 43))
    prints: list[Print] = []
    for shown, x, words in ((card.expiry, 32.8, ("VALID", "THRU")), (card.issued, 14.8, ("VALID", "FROM"))):
        if shown:
            prints += [
                Print(word, x, 39.0 + 1.7 * row, 1.5, "bold", ink, align="right") for row, word in enumerate(words)
            ]
    if card.expiry:
        prints.append(Print("MONTH/YEAR", 34.0, 36.9 if raised else 37.0, 1.5, "bold", ink))
    print_all(canvas, prints, {}, order.typecase)


def _upright(canvas: Canvas, rng: Random, order: Order, card: Card) -> None:
    """A card that stands: small print below each other, the chip and the scheme's mark at the foot."""
    _heading(canvas, rng, order, card, HEIGHT, 3.6, rng.uniform(3.5, 6))
    plastic.chip(canvas, rng, rng.uniform(16, 22), 64.4, upright=True)
    if rng.random() < 0.5:
        plastic.contactless(canvas, 5.0, 70.0, 3.8, plastic.ink_for(canvas, (4, 65, 10, 75)))
    plastic.union(canvas, 34.6, 69.6, order.typecase, 0.9)
    top = rng.uniform(38, 43)
    ink = plastic.ink_for(canvas, (3, top, 45, top + 5))
    faces: tuple[Role, ...] = ("ocr-b", "sans", "bold")
    face = rng.choice(faces)
    if rng.random() < 0.25:  # a group a row
        rows = card.grouped.split()
        prints = [
            Print(row, 4.0, 30.0 + 4.6 * number, 4.0, face, ink, "card_number") for number, row in enumerate(rows)
        ]
        top = 46.0
    else:
        size = min(3.8, 46.0 / (0.57 * len(card.grouped)))
        prints = [Print(card.grouped, 4.0, top, size, face, ink, "card_number")]
    if card.expiry:
        prints += [Print(word, 25.0, top + 7.4 + 1.6 * i, 1.5, "bold", ink, align="right") for i, word in _THRU]
        prints.append(Print("MONTH/YEAR", 26.2, top + 5.4, 1.4, "bold", ink))
        prints.append(Print(card.expiry, 26.2, top + 7.4, 3.1, face, ink, "expiry_date"))
    if card.issued:
        prints += [Print(word, 8.4, top + 7.4 + 1.6 * i, 1.5, "bold", ink, align="right") for i, word in _FROM]
        prints.append(Print(card.issued, 9.2, top + 7.4, 3.1, face, ink, "issue_date"))
    if card.holder:
        prints.append(Print(card.holder, 4.0, top + 13.4, 2.9, "sans", ink, "holder_name", spacing=0.15))
    print_all(canvas, prints, {}, order.typecase)


_THRU, _FROM = tuple(enumerate(("VALID", "THRU"))), tuple(enumerate(("VALID", "FROM")))

KINDS = ("flat", "embossed", "portrait", "credit")
DOCUMENT = Document("bank-card", KINDS, draw, corner=CORNER, numbered=True, type="bankcard")
