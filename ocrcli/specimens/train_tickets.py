"""Train tickets on paper: the printed form (blue card, red paper), and what the ticket machine prints over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

import numpy as np

from ocrcli.checks import amounts
from ocrcli.specimens import numbers
from ocrcli.specimens.backdrop import clouds
from ocrcli.specimens.canvas import BLACK, Canvas, Colour, Style
from ocrcli.specimens.documents.base import MM, Print, print_all
from ocrcli.specimens.fonts import Role, Typecase
from ocrcli.specimens.ornament import security_lines, tinted
from ocrcli.specimens.paper import Paper, QrCode, Rule, pictured
from ocrcli.specimens.rail_journeys import Journey, money

RED: Colour = (206, 62, 58)
CYAN: Colour = (58, 134, 164)
_SMALL = set("年月日开车号元￥")  # signs set smaller than what they stand beside
_LITTLE = 0.68
SLOGANS = (
    ("买票请到12306 发货请到95306", "中国铁路祝您旅途愉快"),
    ("报销凭证 遗失不补", "退票改签时须交回车站"),
    ("欢度假期 平安出行", "中国铁路祝您旅途愉快"),
)


@dataclass(frozen=True)
class Stock:
    """What tickets are printed on: mm of the sheet, mm by which everything stands further right and down than on the
    blue card."""

    width: float
    height: float
    right: float
    down: float


BLUE_CARD = Stock(85.6, 54.0, 0.0, 0.0)
RED_PAPER = Stock(86.0, 60.0, 2.6, 3.4)


def blank(rng: Random, stock: Stock) -> Canvas:
    """The form before anything is printed on it."""
    canvas = Canvas(round(stock.width * MM), round(stock.height * MM), (240, 242, 238))
    return _blue(rng, canvas) if stock is BLUE_CARD else _red(rng, canvas)


def _blue(rng: Random, canvas: Canvas) -> Canvas:
    """Pale blue, hills in haze, a darker band at the foot."""
    tinted(canvas, (224, 232, 238), (196, 216, 228))
    security_lines(canvas, rng, ((206, 222, 232), (214, 226, 232)), spacing=7.0)
    haze = clouds(rng.getrandbits(32), canvas.width, canvas.height, canvas.width // 5)
    rise = np.clip((np.arange(canvas.height) / canvas.height - 0.25) * 1.4, 0, 1)[:, None]
    shade = 1 - 0.2 * (np.clip(haze, 0, 1) * rise)[:, :, None] * np.array((0.25, 0.6, 1.0))
    canvas.show((canvas.picture() * shade).round().astype(np.uint8))
    top = round(0.875 * canvas.height)
    canvas.draw.rectangle([0, top, canvas.width, canvas.height], fill=(112, 176, 200))
    little = Style(Typecase.carried().face("sans"), round(1.0 * MM), (150, 190, 208))
    canvas.paint(0, top - 1.2 * MM, "CR " * 60, little)
    return canvas


def _red(rng: Random, canvas: Canvas) -> Canvas:
    """Pink with fine waves inside a white edge, the railway's name all over it in a lighter pink."""
    inner = Canvas(canvas.width - round(7.4 * MM), canvas.height - round(8 * MM), (238, 206, 200))
    security_lines(inner, rng, ((246, 220, 214), (228, 188, 182)), spacing=6.0)
    style = Style(Typecase.carried().face("hei"), round(3.6 * MM), (246, 218, 212))
    for row in range(4, inner.height, round(6.2 * MM)):
        inner.paint(rng.uniform(-20, 0), row, "中国铁路 " * 8, style)
    canvas.image.paste(inner.image, (round(3.7 * MM), round(4.0 * MM)))
    return canvas


class Machine:
    """The ticket machine's print on a sheet of its own, placed as on the blue card."""

    def __init__(self, stock: Stock, typecase: Typecase) -> None:
        self.layer = pictured(Paper(stock.width, stock.height, ()), typecase)
        self._stock = stock
        self._typecase = typecase

    def put(self, x: float, y: float, text: str, size: float, key: str | None = None, **how: object) -> None:
        """A line in one size; nothing where it is empty."""
        place = (x + self._stock.right, y + self._stock.down, size)
        print_all(self.layer, [Print(text, *place, key=key, **how)], {}, self._typecase)  # type: ignore[arg-type]

    def mixed(
        self, x: float, y: float, text: str, size: float, key: str, face: Role = "hei", small: set[str] = _SMALL
    ) -> None:
        """A line whose signs of measure are smaller than its figures, on one foot."""
        left, top = (x + self._stock.right) * MM, (y + self._stock.down) * MM
        large = Style(self._typecase.face(face), round(size * MM))
        little = large.sized(_LITTLE * size * MM)
        parts = []
        for character in text:
            style = little if character in small else large
            # The feet of characters stand 0.12 of the em above the em box's foot.
            parts.append(self.layer.paint(left, top + 0.88 * (large.size - style.size), character, style))
            left += style.width(character) + 0.02 * large.size
        self.layer.join(parts, key=key)

    def station(self, x: float, name: tuple[str, str], key: str) -> None:
        """A station's name spread over 17 mm, 站 smaller behind it, its spelling below."""
        chinese, latin = name
        size = min(5.0, 18.0 / len(chinese))
        y = 7.6 + (5.0 - size) * 0.6
        step = max(size, (17.2 - size) / (len(chinese) - 1))
        left, top = (x + self._stock.right) * MM, (y + self._stock.down) * MM
        style = Style(self._typecase.face("hei"), round(size * MM), weight=0.05 * MM)
        little = Style(self._typecase.face("hei"), round(3.2 * MM))
        parts = [self.layer.paint(left + i * step * MM, top, c, style) for i, c in enumerate(chinese)]
        parts.append(self.layer.paint(left + 18.2 * MM, top + 0.88 * (style.size - little.size), "站", little))
        self.layer.join(parts, key=key)
        self.put(x + 10.0, 13.2, latin, 3.2 if len(latin) < 15 else 2.7, f"{key}_en", face="serif", align="centre")

    def arrow(self, x0: float, x1: float, y: float) -> None:
        """From where to where."""
        (right, down), pen = (self._stock.right, self._stock.down), self.layer
        ends = ((x0 + right) * MM, (x1 + right) * MM, (y + down) * MM)
        pen.rule(ends[0], ends[2], ends[1], ends[2], width=3)
        pen.draw.polygon([(ends[1], ends[2]), (ends[1] - 22, ends[2] - 9), (ends[1] - 22, ends[2])], fill=BLACK)

    def code(self, x: float, y: float, size: float, text: str) -> None:
        """A QR code."""
        place = (x + self._stock.right, y + self._stock.down, size)
        sheet = Paper(self._stock.width, self._stock.height, (QrCode(text, *place),))
        self.layer.show(np.minimum(self.layer.picture(), pictured(sheet, self._typecase).picture()))

    def framed(self, lines: Iterable[str], x0: float, y0: float, x1: float, y1: float) -> None:
        """Two lines in a frame of dashes."""
        right, down = self._stock.right, self._stock.down
        frame = dashes(x0 + right, y0 + down, x1 + right, y1 + down)
        sheet = pictured(Paper(self._stock.width, self._stock.height, frame), self._typecase)
        self.layer.show(np.minimum(self.layer.picture(), sheet.picture()))
        for row, text in enumerate(lines):
            self.put((x0 + x1) / 2, y0 + 0.5 + 3.4 * row, text, 2.9, align="centre")


def dashes(x0: float, y0: float, x1: float, y1: float, dash: float = 1.6, gap: float = 0.7) -> list[Rule]:
    """A frame of dashes."""
    rules = []
    for y in (y0, y1):
        count = round((x1 - x0) / (dash + gap))
        rules += [Rule(x0 + i * (dash + gap), y, x0 + i * (dash + gap) + dash, y) for i in range(count)]
    for x in (x0, x1):
        count = round((y1 - y0) / (dash + gap))
        rules += [Rule(x, y0 + i * (dash + gap), x, y0 + i * (dash + gap) + dash) for i in range(count)]
    return rules


def numbered(canvas: Canvas, stock: Stock, ride: Journey, typecase: Typecase) -> None:
    """The ticket's number, which the form bears before anything is printed over it."""
    place = (5.2 + stock.right, 2.0 + stock.down, 4.4)
    print_all(canvas, [Print(ride.ticket_id, *place, "hei", RED, "ticket_id", spacing=0.2)], {}, typecase)


def ticket(rng: Random, machine: Machine, ride: Journey, stock: Stock) -> dict[str, str]:
    """What the machine prints on a ticket; returns its fields."""
    fields = {**ride.fields(), "invoice_style": "paper", "ticket_price": money(ride.price), "ticket_id": ride.ticket_id}
    if ride.gate:
        machine.put(78.6, 2.5, f"{rng.choice(('检票:', '检票口'))}{ride.gate}", 3.5, "check_port", align="right")
        fields["check_port"] = ride.gate
    elif rng.random() < 0.5:
        machine.put(78.6, 2.5, f"候车:候车室{rng.randint(1, 9)}", 3.5, align="right")
    fields |= _journey(machine, ride)
    machine.mixed(4.6, 21.6, f"￥{ride.price:.1f}元", 3.8, "ticket_price")
    for_expenses = rng.random() < 0.35
    machine.put(4.2, 26.2, "仅供报销使用" if for_expenses else "限乘当日当次车", 3.3)
    if ride.change:
        machine.put(4.2, 30.4, ride.change, 3.3, "ticket_changing")
        fields["ticket_changing"] = ride.change
    if stock is BLUE_CARD or rng.random() < 0.8:  # before 2012 tickets bore no name
        fields |= _passenger(machine, ride)
    machine.framed(SLOGANS[1 if for_expenses else rng.choice((0, 0, 2))], 8.4, 39.0, 58.6, 46.6)
    machine.code(66.2, 32.2, 14.2, numbers.digits(rng, 144))
    return fields | _foot(rng, machine, ride)


def refund(rng: Random, machine: Machine, ride: Journey) -> dict[str, str]:
    """What the machine prints on a receipt for a ticket that was given back."""
    machine.put(78.6, 2.5, "退票费报销凭证", 3.7, "title", align="right")
    fields = {"title": "退票费报销凭证", **ride.fields(), "invoice_style": "refund_new", "ticket_id": ride.ticket_id}
    fields |= _journey(machine, ride) | {"ticket_price": money(ride.fee)}
    machine.put(4.4, 21.8, "退票费:", 3.3)
    machine.mixed(15.6, 21.6, f"￥{ride.fee:.1f}元", 3.8, "ticket_price")
    machine.put(4.2, 26.2, "仅供报销使用", 3.3)
    fields |= _passenger(machine, ride)
    machine.framed(SLOGANS[rng.choice((0, 1))], 8.4, 39.0, 58.6, 46.6)
    machine.code(66.2, 32.2, 14.2, numbers.digits(rng, 144))
    return fields | _foot(rng, machine, ride)


def old_refund(rng: Random, machine: Machine, ride: Journey, altered: bool) -> dict[str, str]:
    """The older receipt: a list of labels, the fee in words and figures, which `altered` makes differ."""
    figures = money(ride.fee)
    in_words = amounts.in_words(Decimal(figures))
    if altered:
        figures = numbers.misprint(rng, figures)
    machine.put(43.0, 3.0, "退票费报销凭证", 4.6, "title", align="centre", spacing=0.8)
    machine.put(78.0, 9.4, ride.ticket_id, 3.4, "receipt_number", align="right")
    machine.put(46.0, 9.5, "凭证号:", 3.2)
    rows = (
        ("车 次", ride.train, "train_number"),
        ("发 站", f"{ride.origin[0]}站", "departure_station"),
        ("到 站", f"{ride.destination[0]}站", "destination_station"),
        ("票 价", f"￥{ride.price:.2f}", None),
        ("退票费(大写)", in_words, "amount_in_words"),
        ("(小写)", f"￥{figures}", "amount_in_figures"),
    )
    for row, (label, value, key) in enumerate(rows):
        machine.put(8.0, 15.0 + 5.2 * row, label, 3.2)
        machine.put(32.0, 15.0 + 5.2 * row, value, 3.5, key)
    machine.put(8.0, 47.4, f"经办人:{numbers.digits(rng, 4)}", 3.0)
    machine.put(78.0, 47.4, f"{ride.leaves:%Y年%m月%d日}", 3.0, align="right")
    return {
        "title": "退票费报销凭证",
        "invoice_style": "refund_old",
        "receipt_number": ride.ticket_id,
        "train_number": ride.train,
        "departure_station": f"{ride.origin[0]}站",
        "destination_station": f"{ride.destination[0]}站",
        "amount_in_words": in_words,
        "amount_in_figures": figures,
    }


def _journey(machine: Machine, ride: Journey) -> dict[str, str]:
    machine.station(7.6, ride.origin, "departure_station")
    machine.put(42.2, 8.2, ride.train, 4.6, "train_number", face="serif", align="centre")
    machine.arrow(35.4, 49.2, 13.4)
    machine.station(54.4, ride.destination, "destination_station")
    machine.mixed(4.0, 16.8, f"{ride.departure}开", 3.8, "departure_time")
    machine.mixed(53.0, 16.8, ride.seat, 3.8, "seat_number")
    machine.put(62.0 if len(ride.seat_class) < 4 else 58.0, 21.6, ride.seat_class, 3.5, "seat_category")
    if not ride.marks:
        return {}
    # Marks of discount stand in the same place as those of sale.
    machine.put(34.6, 21.6, ride.marks, 3.5, "sale_method")
    return {"sale_method": "网"} if "网" in ride.marks else {}


def _passenger(machine: Machine, ride: Journey) -> dict[str, str]:
    machine.put(4.0, 34.4, ride.masked_id, 3.8, "id_number")
    machine.put(46.4, 34.6, ride.name, 3.6, "name")
    return {"id_number": ride.masked_id, "name": ride.name}


def _foot(rng: Random, machine: Machine, ride: Journey) -> dict[str, str]:
    by_machine = rng.choice(("", "", "自"))
    machine.put(4.6, 49.2, ride.log_id, 3.0, "log_id", face="mono")
    machine.put(46.0, 49.1, f"{ride.sold_at}{by_machine}售", 3.2, "sale_location")
    return {"log_id": ride.log_id, "sale_location": f"{ride.sold_at}{by_machine}"}
