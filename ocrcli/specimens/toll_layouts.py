"""The layouts of toll receipts (车辆通行费发票): the printed form, and what the booth's printer puts over it.

Drawn after the forms of provinces; motorways, stations and collectors are invented, codes are of the city 99.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import BLACK, WHITE, Colour
from ocrcli.specimens.documents.base import Print
from ocrcli.specimens.fonts import Role
from ocrcli.specimens.paper import Hole, Paper, Part, Rule, Seal
from ocrcli.specimens.receipts import Column, Receipt, Row

BROWN: Colour = (122, 72, 52)
GREEN: Colour = (40, 110, 70)
BLUE: Colour = (50, 76, 140)
RED: Colour = (206, 46, 48)
_STATIONS = ("青石东", "榆川", "南山北", "长桥主线", "双枫", "望潮南", "石湖", "清溪西", "白沙", "大林口")
_MOTORWAYS = ("青榆", "南双", "石白", "清沙")


@dataclass(frozen=True)
class Passage:
    """A way through two booths. The amount in yuan."""

    province: people.Province
    road: str
    entry: str
    exit: str
    left: datetime
    amount: int
    vehicle: str
    cashier: str
    code: str
    number: str

    def fields(self, *keys: str, **more: str) -> dict[str, str]:
        """The result keys that every receipt prints, and these."""
        own = {
            "entry": self.entry,
            "exit": self.exit,
            "cashier": self.cashier,
            "vehicle_type": self.vehicle,
            "date": f"{self.left:%Y-%m-%d}",
            "time": f"{self.left:%H:%M:%S}",
        }
        always = {"code": self.code, "number": self.number, "amount": f"{self.amount}.00"}
        return always | {key: own[key] for key in keys} | more


def passage(rng: Random, vehicles: tuple[str, ...]) -> Passage:
    """A way of a car or a lorry."""
    province = rng.choice(people.PROVINCES)
    left = datetime.combine(people.day(rng, 2012, 2024), datetime.min.time()) + timedelta(seconds=rng.randrange(86400))
    entry, exit = rng.sample(_STATIONS, 2)
    return Passage(
        province,
        rng.choice(_MOTORWAYS),
        entry,
        exit,
        left,
        rng.choice((5, 10, 15, 20, rng.randint(6, 480))),
        rng.choice(vehicles),
        rng.choice((numbers.digits(rng, 6), numbers.digits(rng, 5), people.name(rng))),
        numbers.local_invoice_code(rng, province.code, left.year),
        numbers.invoice_number(rng),
    )


def _title(text: str, middle: float, y: float, size: float, face: Role, ink: Colour) -> Print:
    """A title about the sheet's middle, smaller where the province's name is long."""
    return Print(text, middle, y, min(size, 1.8 * middle / len(text)), face, ink, align="centre", weight=0.03)


def _seal(way: Passage, x: float, y: float, size: float = 2.4) -> Seal:
    """The tax authority's, printed with the form."""
    return Seal(x, y, 14.0, 9.0, "全国统一发票监制章", "国家税务总局", f"{way.province.name}税务局", size, curved=False)


def _stamp(rng: Random, way: Passage, x: float, y: float) -> list[Part]:
    """The company's, on most receipts."""
    name = f"{way.province.name}{way.road}高速公路有限公司"
    if rng.random() < 0.3:
        return []
    return [Seal(x, y, 15.0, 10.5, name, numbers.credit_code(rng), "发票专用章", 2.0, curved=False, stamped=True)]


def tractor(rng: Random) -> Receipt:
    """Wide, on tractor paper: two values on a row, labels in brown, the printer's needles in violet."""
    way = passage(rng, ("A", "B", "1", "2", "一型"))
    form: list[Part] = [
        *(Hole(x, 5.0 + 9.8 * i, 1.7) for x in (5.0, 79.0) for i in range(6)),
        _title(f"{way.province.name}国家税务局过路（过桥）费专用发票", 42, 2.0, 3.9, "kai", BROWN),
        Print(f"{way.province.name}{way.road}公路发展集团有限公司", 42, 7.0, 3.0, "kai", BROWN, align="centre"),
        Print("发 票 联", 42, 13.0, 3.2, "kai", BROWN, align="centre"),
        _seal(way, 42, 10.4),
        *(
            Print(text, x, y, 2.9, "kai", BROWN)
            for text, x, y in (
                ("入口站", 18.0, 20.0), ("出口", 47.5, 20.0), ("金额：", 18.0, 33.0), ("车型：", 48.0, 33.0),
                ("日期：", 18.0, 45.0), ("时间：", 48.0, 45.0), ("发票代码：", 14.0, 50.4), ("发票号码：", 14.0, 55.2),
                ("密 码：", 48.0, 55.2),
            )
        ),
        Print(way.code, 27.0, 49.8, 3.6, "mono", BLACK, "code"),
        Print(way.number, 27.0, 54.6, 3.6, "mono", BLACK, "number"),
        Rule(57.0, 56.2, 66.0, 56.2, 4.2, (150, 150, 152)),
        *_stamp(rng, way, rng.uniform(52, 60), rng.uniform(34, 40)),
    ]  # fmt: skip
    values = [
        Print(way.entry, 28.0, 19.4, 3.9, "hei", key="entry"),
        Print(way.exit, 54.0, 19.4, 3.9, "hei", key="exit"),
        Print(f"{way.amount}", 34.0, 32.4, 3.4, "mono", key="amount"),
        Print(way.vehicle, 60.0, 32.4, 3.4, "hei", key="vehicle_type"),
        Print(f"{way.left:%Y-%m-%d}", 26.0, 44.4, 3.6, "mono", key="date"),
        Print(f"{way.left:%H:%M:%S}", 57.0, 44.4, 3.6, "mono", key="time"),
    ]
    fields = way.fields("entry", "exit", "vehicle_type", "date", "time")
    return Receipt(Paper(84, 60, form, (240, 237, 228)), values, fields, 12.0)


def motorway(rng: Random) -> Receipt:
    """Upright, labels in green, code and number in red, one value on a row; day and time stand together."""
    way = passage(rng, ("客一", "客二", "货三", "一类客车", "1型客车"))
    rows = [
        Row("入口站：", way.entry, "entry"),
        Row("出口站：", way.exit, "exit"),
        Row("车    型：", way.vehicle, "vehicle_type"),
        Row("金    额：", f"￥{way.amount}.00元", "amount"),
        Row("收费员：", way.cashier, "cashier"),
        Row("时    间：", f"{way.left:%Y-%m-%d %H:%M:%S}", "date"),
    ]
    form, machine = Column(7.0, 24.0, 37.0, 6.4, 3.2, 3.8, GREEN, "left").parts(rows)
    head: list[Part] = [
        _title(f"{way.province.name}车辆通行费专用发票", 35, 5.0, 4.2, "hei", GREEN),
        Print("发  票  联", 35, 11.6, 3.6, "hei", GREEN, align="centre"),
        _seal(way, 35, 10.4),
        Print("发票代码", 12.0, 21.4, 3.3, "hei", GREEN),
        Print(way.code, 28.0, 21.2, 3.6, "sans", RED, "code"),
        Print("发票号码", 12.0, 27.0, 3.3, "hei", GREEN),
        Print(way.number, 28.0, 26.8, 3.6, "sans", RED, "number"),
        Print("（手写无效  一车一票）", 35, 78.0, 2.6, "hei", GREEN, align="centre"),
        *_stamp(rng, way, rng.uniform(42, 52), rng.uniform(52, 70)),
    ]
    fields = way.fields("entry", "exit", "vehicle_type", "cashier", "date", "time")
    return Receipt(Paper(70, 84, [*head, *form], (246, 251, 246)), machine, fields, 6.4)


def bridge(rng: Random) -> Receipt:
    """A bridge has one booth: no ways in and out; the date in Chinese, the amount in the middle."""
    way = passage(rng, ("小型客车", "大型客车", "二类", "小车"))
    clock = f"{way.left:%H:%M:%S}"
    form: list[Part] = [
        _title(f"{way.province.name}过路过桥费统一发票", 42, 5.0, 4.4, "song", BLUE),
        Print("发 票 联", 42, 11.4, 3.4, "song", BLUE, align="centre"),
        _seal(way, 42, 10.6),
        Print(f"发票代码：{way.code}", 8.0, 21.4, 3.2, "song", BLUE, "code"),
        Print(f"发票号码：{way.number}", 46.0, 21.4, 3.2, "song", RED, "number"),
        Rule(6.0, 27.0, 78.0, 27.0, 0.25, BLUE),
        *(
            Print(text, x, y, 3.0, "song", BLUE)
            for text, x, y in (
                ("车种", 10.0, 30.0), ("收费金额", 42.0, 30.0), ("收款员工号", 10.0, 38.0),
                ("收费日期", 10.0, 45.0), ("收费时间", 10.0, 51.0),
            )
        ),
        Print("收款单位（盖章有效）", 42.0, 55.0, 2.6, "song", BLUE),
        *_stamp(rng, way, rng.uniform(54, 64), rng.uniform(38, 44)),
    ]  # fmt: skip
    values = [
        Print(way.vehicle, 20.0, 29.8, 3.9, "hei", key="vehicle_type"),
        Print(f"{way.amount}.00元", 58.0, 29.8, 3.9, "hei", key="amount"),
        Print(way.cashier, 28.0, 37.8, 3.9, "hei", key="cashier"),
        Print(f"{way.left:%Y年%m月%d日}", 24.0, 44.5, 3.9, "hei", key="date"),
        Print(clock, 24.0, 50.5, 3.9, "hei", key="time"),
    ]
    fields = way.fields("vehicle_type", "cashier", "date", "time")
    return Receipt(Paper(84, 60, form, (238, 243, 251)), values, fields, 8.0)


def roll(rng: Random) -> Receipt:
    """On a roll: the form has only a head, the printer puts the labels, too."""
    way = passage(rng, ("1", "2", "3", "客1", "货4"))
    rows = [
        Row("入口:", way.entry, "entry"),
        Row("入口时间:", f"{way.left - timedelta(minutes=47):%m-%d %H:%M}"),
        Row("出口:", way.exit, "exit"),
        Row("出口时间:", f"{way.left:%Y/%m/%d %H:%M:%S}", "date"),
        Row("车类:", way.vehicle, "vehicle_type"),
        Row("实收金额:", f"{way.amount}.00元", "amount"),
        Row("工号:", numbers_only(rng, way.cashier), "cashier"),
    ]
    _, machine = Column(5.0, 24.0, 36.0, 5.6, 3.3, 3.3, BLACK, "left", printed=False).parts(rows)
    head: list[Part] = [
        _title(f"{way.province.name}高速公路通行费发票", 29, 8.0, 3.6, "song", RED),
        _seal(way, 29, 12.4),
        Print("发票代码", 5.0, 22.4, 3.2, "song", RED),
        Print(way.code, 20.0, 22.2, 3.6, "mono", RED, "code"),
        Print("发票号码", 5.0, 28.0, 3.2, "song", RED),
        Print(way.number, 20.0, 27.8, 3.6, "mono", RED, "number"),
        *_stamp(rng, way, rng.uniform(36, 42), rng.uniform(62, 76)),
    ]
    cashier = next(row.value for row in rows if row.key == "cashier")
    fields = way.fields("entry", "exit", "vehicle_type", "date", "time", cashier=cashier)
    return Receipt(Paper(58, 86, head, WHITE), machine, fields, 5.6)


def numbers_only(rng: Random, cashier: str) -> str:
    """The collector as a number, where a form asks for that."""
    return cashier if cashier.isdigit() else numbers.digits(rng, 4)


LAYOUTS: Mapping[str, Callable[[Random], Receipt]] = {
    "tractor": tractor,
    "motorway": motorway,
    "bridge": bridge,
    "roll": roll,
}
