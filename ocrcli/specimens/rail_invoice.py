"""The electronic ticket of the railways: 电子发票（铁路电子客票), of a journey or of what giving a ticket back cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import BLACK, WHITE, Colour
from ocrcli.specimens.documents.base import Print
from ocrcli.specimens.fonts import Role
from ocrcli.specimens.paper import RED, Paper, Part, QrCode, Rule, Seal
from ocrcli.specimens.rail_journeys import CENT, Journey, money
from ocrcli.specimens.train_tickets import SLOGANS, dashes

TITLE = "电子发票（铁路电子客票）"
WIDTH, HEIGHT = 210.0, 140.0
_TAX = Decimal("0.06")  # on what giving a ticket back costs
_SKY: Colour = (220, 240, 246)
_BAND: Colour = (162, 222, 233)
_FRAME: Colour = (196, 40, 44)


@dataclass(frozen=True)
class Sheet:
    """The sheet and the values of its result keys."""

    paper: Paper
    fields: dict[str, str | bool]


@dataclass(frozen=True)
class _Place:
    """Where values of a kind of print stand: its size in mm and its face."""

    size: float = 4.0
    face: Role = "song"

    def put(
        self, label: str, value: str, x: float, y: float, key: str | None = None, colour: Colour = BLACK
    ) -> list[Part]:
        """A label and, close behind it, its value."""
        wide = sum(0.52 if c.isascii() else 1.0 for c in label) * self.size
        parts: list[Part] = [Print(label, x, y, self.size, self.face)] if label else []
        return [*parts, Print(value, x + wide + 0.5, y, self.size, self.face, colour, key)] if value else parts


def sheet(rng: Random, ride: Journey, given_back: bool, altered: bool) -> Sheet:
    """One electronic ticket. `altered` misprints one digit of the tax where there is one."""
    issued = ride.leaves.date() + timedelta(days=rng.randint(0, 60))
    someone = people.PROVINCES[rng.randrange(len(people.PROVINCES))]
    plain = _Place()
    fields: dict[str, str | bool] = {
        "title": TITLE,
        "invoice_style": "refund_electronic" if given_back else "electronic",
        "invoice_number": numbers.digital_invoice_number(rng, someone.code, issued.year),
        "issue_date": issued.isoformat(),
        **ride.fields(),
        "id_number": ride.masked_id,
        "name": ride.name,
        "serial_number": f"{numbers.digits(rng, 6)}{rng.choice('ABCDEFG')}{numbers.digits(rng, 18)}",
        "buyer_name": people.firm(rng),
        "unified_social_credit_code": numbers.credit_code(rng),
        "seal_mark": True,
    }
    told = {key: value for key, value in fields.items() if isinstance(value, str)}
    dated = f"{issued:%Y年%m月%d日}" if rng.random() < 0.5 else told["issue_date"]
    parts: list[Part] = [
        Print(TITLE, WIDTH / 2, 4.0, 7.0, "hei", BLACK, "title", "centre", weight=0.12),
        Seal(
            WIDTH / 2,
            12.0,
            15.0,
            10.0,
            "全国统一发票监制章",
            "国家税务总局",
            f"{someone.name}税务局",
            2.6,
            curved=False,
        ),
        *plain.put("发票号码:", told["invoice_number"], 9.0, 16.6, "invoice_number"),
        *plain.put("开票日期:", dated, 156.0, 16.0, "issue_date"),
        *_stations(ride),
        *plain.put("", f"{ride.leaves:%Y年%m月%d日}", 9.0, 47.0, "departure_time"),
        *plain.put("", f"{ride.leaves:%H:%M}开", 44.0, 47.0, "departure_time"),
        *plain.put("", ride.seat, 75.0, 47.0, "seat_number"),
        *plain.put("", ride.masked_id, 9.0, 79.4, "id_number"),
        *plain.put("", ride.name, 75.0, 79.4, "name"),
        *plain.put("电子客票号:", told["serial_number"], 9.0, 99.0, "serial_number"),
        *plain.put("购买方名称:", told["buyer_name"], 9.0, 107.2, "buyer_name"),
        *plain.put("统一社会信用代码:", told["unified_social_credit_code"], 125.0, 107.2, "unified_social_credit_code"),
        QrCode(f"01,rail,{told['invoice_number']},{ride.price},{issued:%Y%m%d},", 165.0, 57.0, 25.0),
        *dashes(10.0, 120.4, 200.0, 133.2, 3.0, 1.2),
        *(Print(text, WIDTH / 2, 121.8 + 5.0 * i, 4.0, "song", align="centre") for i, text in enumerate(SLOGANS[0])),
        Print("SPECIMEN 样本", WIDTH - 6, HEIGHT - 5, 3.0, "sans", (150, 150, 150), align="right"),
    ]
    more, amounts = _given_back(rng, ride, altered) if given_back else _paid(rng, ride)
    # The trial form of 2022 is on pale blue with a band; the later one is white in a red frame.
    trial = given_back and rng.random() < 0.5
    ground = [Rule(0, 122.5, WIDTH, 122.5, 35.0, _BAND)] if trial else _frame()
    return Sheet(Paper(WIDTH, HEIGHT, [*ground, *parts, *more], _SKY if trial else WHITE), {**fields, **amounts})


def _stations(ride: Journey) -> list[Part]:
    parts: list[Part] = []
    for (chinese, latin), x, key in (
        (ride.origin, 48.0, "departure_station"),
        (ride.destination, 156.0, "destination_station"),
    ):
        wide = len(chinese) * 7.0
        parts += [
            Print(chinese, x - wide / 2, 28.4, 7.0, "hei", BLACK, key, weight=0.12),
            Print("站", x + wide / 2 + 0.6, 31.2, 4.0, "song", BLACK, key),
            Print(latin, x, 38.4, 3.9, "mono", BLACK, f"{key}_en", "centre", weight=0.06),
        ]
    train = Print(ride.train, 101.0, 31.0, 4.0, "mono", BLACK, "train_number", "centre", weight=0.1)
    return [*parts, train, Rule(92, 36.7, 110.5, 36.7, 0.6), Rule(106.5, 35.6, 110.5, 36.6, 0.6)]


def _paid(rng: Random, ride: Journey) -> tuple[list[Part], dict[str, str]]:
    """What a journey cost."""
    plain, fields = _Place(), {"ticket_price": money(ride.price)}
    parts = plain.put("", ride.seat_class.removeprefix("新空调"), 105.0, 47.0, "seat_category")
    fields["seat_category"] = ride.seat_class.removeprefix("新空调")
    if ride.seat_class.startswith("新空调"):
        parts += plain.put("", "新空调", 125.0, 47.0, "air_conditioning")
        fields["air_conditioning"] = "新空调"
    if rng.random() < 0.2:
        fields["discount_mark"] = rng.choice("学惠孩")
        parts += plain.put("", fields["discount_mark"], 141.0, 47.0, "discount_mark")
    return [*parts, *_price("票价:", fields["ticket_price"])], fields


def _given_back(rng: Random, ride: Journey, altered: bool) -> tuple[list[Part], dict[str, str]]:
    """What giving the ticket back cost: net and tax; the invoice that it takes the place of."""
    plain, fee = _Place(), ride.fee
    net = (fee / (1 + _TAX)).quantize(CENT, ROUND_HALF_UP)
    fields = {
        "ticket_price": money(fee),
        "total_amount_excluding_tax": money(net),
        "tax_rate": "6%",
        "tax_amount": money(fee - net),
        "ticket_changing": "退票",
        "original_invoice_number": numbers.digital_invoice_number(rng, "11", ride.leaves.year),
    }
    if altered:
        fields["tax_amount"] = numbers.misprint(rng, fields["tax_amount"])
    parts = [
        *plain.put("", ride.seat_class, 105.0, 58.6, "seat_category"),
        *_price("退票费:", fields["ticket_price"]),
        *plain.put("金　额:￥", fields["total_amount_excluding_tax"], 9.0, 69.0, "total_amount_excluding_tax"),
        *plain.put("税率:", fields["tax_rate"], 75.0, 69.0, "tax_rate"),
        *plain.put("税额:￥", fields["tax_amount"], 105.0, 69.0, "tax_amount"),
        Print("退票", 89.0, 98.6, 4.8, "hei", RED, "ticket_changing", weight=0.08),
        *([Print("换开", 105.0, 98.6, 4.8, "hei", RED, weight=0.08)] if rng.random() < 0.5 else []),
        *plain.put("原发票号码:", fields["original_invoice_number"], 125.0, 99.0, "original_invoice_number"),
    ]
    return parts, fields


def _price(label: str, amount: str) -> list[Part]:
    return [
        Print(label, 9.0, 58.6, 4.0, "song"),
        Print(f"￥{amount}", 10.0 + 4.0 * len(label), 57.0, 6.0, "sans", BLACK, "ticket_price"),
    ]


def _frame() -> list[Part]:
    """A red frame about the words."""
    x0, y0, x1, y1 = 5.0, 23.6, WIDTH - 5, HEIGHT - 5.4
    ends = ((x0, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x0, y1), (x0, y1, x0, y0), (x0, 105.0, x1, 105.0))
    return [Rule(*end, 0.4, _FRAME) for end in ends]
