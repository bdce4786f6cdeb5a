"""Road transport permit of a vehicle (道路运输证): the plastic card, the paper page, the provisional permit.

Operators, plates and numbers are invented; a permit's number begins with a county that exists, as its check wants, and
has an order that none has. The seal's words are no part of the truth. Truth keys: `transportation-license`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from ocrcli.geometry import quad_of_box
from ocrcli.specimens import licence, numbers, people
from ocrcli.specimens.canvas import Canvas, Colour
from ocrcli.specimens.documents.base import MM, Document, Order, Print, print_all, years_later
from ocrcli.specimens.licence import Machine
from ocrcli.specimens.ornament import mark, security_lines, tinted
from ocrcli.specimens.overprint import Register
from ocrcli.specimens.plates import PLATES
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.stamps import round_seal
from ocrcli.specimens.truth import Specimen

CARD_SIZE, CORNER = (85.6, 54.0), 3.18 * MM
PAGE_SIZE = (76.0, 100.0)
RED: Colour = (222, 96, 92)
INK: Colour = (52, 62, 58)
# Counties, each of another province (GB/T 2260).
COUNTIES = ("130102", "140882", "210102", "330106", "370202", "410105", "430102", "510104", "610102", "320102")


def _label(text: str, x: float, y: float, wide: float, size: float, colour: Colour) -> Print:
    spacing = (wide - len(text) * size) / max(1, len(text) - 1)
    return Print(text, x, y, size, colour=colour, spacing=max(0.0, spacing), weight=0.03)


CARD = (
    *(
        _label(text, 5.2, y, wide, 2.6, RED)
        for text, y, wide in (
            *(("业户名称", 3.3, 14.4), ("车辆号牌", 7.3, 14.4), ("车辆类型", 12.0, 14.4), ("吨（座）位", 21.8, 14.4)),
            *(
                ("车辆尺寸", 26.7, 14.4),
                ("核发机关", 37.5, 17.4),
                ("道路运输证号", 42.9, 17.6),
                ("发证日期", 48.1, 17.4),
            ),
        )
    ),
    Print("毫米", 38.6, 31.8, 2.6, colour=RED),
    Print("交运管", 31.6, 42.9, 2.6, colour=RED),
    Print("字", 47.4, 42.9, 2.6, colour=RED),
    Print("号", 74.6, 42.9, 2.6, colour=RED),
)
CARD_VALUES = (
    Print("{owner_name}", 20.4, 2.8, 2.7, key="owner_name"),
    Print("{vehicle_number}", 20.4, 7.0, 2.7, key="vehicle_number"),
    Print("{vehicle_type}", 20.4, 11.8, 2.7, key="vehicle_type"),
    Print("{maximum_capacity}", 20.4, 21.4, 2.7, key="maximum_capacity"),
    Print("{size}", 8.8, 31.2, 2.7, key="vehicle_size"),
    Print("{issuing_authority}", 23.8, 37.0, 2.7, key="issuing_authority"),
    Print("{sign}", 23.8, 42.2, 2.7, key="license_number"),
    Print("{class}", 41.4, 42.2, 2.7, key="license_number"),
    Print("{order}", 51.6, 42.4, 2.5, key="license_number"),
    Print("{issued}", 23.8, 47.5, 2.7, key="issue_date", spacing=0.15),
)


@dataclass(frozen=True)
class Lorry:
    """A kind of vehicle: its permit's class, what it holds, its size in mm, what it may carry."""

    type: str
    letter: str
    capacity: tuple[str, ...]
    size: tuple[int, int, int]
    scope: tuple[str, ...]


_GOODS = ("道路普通货物运输", "普通货运", "普通货物运输；货物专用运输（集装箱）", "货物专用运输（冷藏保鲜）")
LORRIES = (
    Lorry("重型半挂牵引车", "货", ("40吨", "39.5吨"), (6980, 2500, 3780), _GOODS),
    Lorry("中型厢式货车", "货", ("4.99吨", "4吨", "5.8吨"), (6955, 2490, 3515), _GOODS),
    Lorry("重型仓栅式货车", "货", ("17.5吨", "15.3吨", "18吨"), (11990, 2550, 3960), _GOODS),
    Lorry(
        "重型罐式货车", "危", ("9.8吨", "12.2吨"), (9980, 2500, 3400), ("危险货物运输（第3类）", "危险货物运输(2类1项)")
    ),
    Lorry("大型普通客车", "客", ("49座", "53座"), (11995, 2550, 3670), ("县际包车客运", "省际旅游客运；县内包车客运")),
    Lorry("重型集装箱自卸半挂车", "货", ("33吨", "30.5吨"), (12990, 2550, 3950), _GOODS),
    Lorry("中型罐式自卸半挂车", "货", ("9.5吨",), (9600, 2500, 3700), _GOODS),
    Lorry("轻型厢式货车", "货", ("1.49吨", "1.5吨"), (5995, 2050, 2900), _GOODS),
)


def draw(order: Order) -> Specimen:
    """One permit by its kind."""
    rng = Random(order.seed)
    fields, shown = _content(rng, order)
    return (_card if order.kind == "card" else _page)(order, rng, fields, shown)


def _content(rng: Random, order: Order) -> tuple[dict[str, str], dict[str, str]]:
    """The result keys in their normal form, and what is printed for those that are printed otherwise."""
    county, lorry = rng.choice(COUNTIES), rng.choice(LORRIES)
    province = next(p for p in people.PROVINCES if p.code == county[:2])
    issued = people.day(rng, 2012, 2024)
    sides = [rng.randint(round(0.98 * side), side) for side in lorry.size]
    serial = county + "0" + numbers.digits(rng, 5)
    letter = lorry.letter if order.kind == "card" or rng.random() < 0.7 else ""
    fields = {
        "owner_name": people.firm(rng) if rng.random() < 0.8 else people.name(rng),
        "license_number": f"{province.sign}交运管{letter}字{serial}号",
        "vehicle_number": province.sign + PLATES["large"].number(rng)[1:],
        "vehicle_type": lorry.type,
        "maximum_capacity": rng.choice(lorry.capacity),
        "vehicle_size": "×".join(map(str, sides)) + "mm",
        "issuing_authority": f"{people.police(rng).split('公安')[0]}道路运输管理{rng.choice('局所处')}",
        "issue_date": issued.isoformat(),
        "owner_address": people.address(rng, province),
        "business_certificate": county + "0" + numbers.digits(rng, 5),
        "business_scope": rng.choice(lorry.scope),
        "expiry_date": years_later(issued, rng.choice((3, 4, 5))).isoformat(),
        "review_expiry_date": years_later(issued, 1).isoformat(),
        "assessed_technical_level": rng.choice(("一级", "二级", "一级车")),
        "economic_type": rng.choice(("有限责任公司", "个体经营", "私营企业", "股份有限公司")),
    }
    times = rng.choice((" * ", "*", " × "))
    shown = {
        "size": times.join(map(str, sides)),
        "issued": f"{issued:%Y.%m.%d}",
        "sign": province.sign,
        "class": letter,
        "order": serial,
        **dict(zip(("long", "wide", "high"), map(str, sides), strict=True)),
        **dict(zip(("year", "month", "day"), f"{issued:%Y %m %d}".split(), strict=True)),
        **{key: f"至{day[:4]}年{day[5:7]}月{day[8:]}日" for key, day in fields.items() if key.endswith("expiry_date")},
    }
    return fields, {**fields, **shown}


def _card(order: Order, rng: Random, fields: dict[str, str], shown: dict[str, str]) -> Specimen:
    canvas = Canvas(round(CARD_SIZE[0] * MM), round(CARD_SIZE[1] * MM))
    tinted(canvas, (232, 238, 230), (240, 234, 236))
    security_lines(canvas, rng, ((224, 230, 222), (236, 226, 228)), spacing=12.0)
    _lorry(canvas, rng, (53.0, 14.0, 79.0, 35.0))
    print_all(canvas, CARD, {}, order.typecase)
    values = list(CARD_VALUES)
    if len(fields["vehicle_type"]) > 9:  # goes on below its label, as offices print it
        cut = rng.choice((5, 6))
        shown = shown | {"vehicle_type": fields["vehicle_type"][:cut], "rest": fields["vehicle_type"][cut:]}
        values.append(Print("{rest}", 8.6, 16.2, 2.7, key="vehicle_type"))
    print_all(canvas, [replace(p, weight=0.02) for p in values], shown, order.typecase)
    mark(canvas, canvas.width - 2 * MM, 1.6 * MM, 1.6 * MM)
    keys = (p.key for p in CARD_VALUES)
    return _finished(canvas, {key: fields[key] for key in keys if key}, temporary=False)


def _lorry(canvas: Canvas, rng: Random, box: tuple[float, float, float, float]) -> None:
    """A lorry in a few shapes, where the card has a photo of the vehicle."""
    x0, y0, x1, y1 = (edge * MM for edge in box)
    canvas.draw.rectangle((x0, y0, x1, y1), fill=(206, 214, 220))
    paint = rng.choice(((150, 60, 56), (70, 96, 140), (200, 196, 190), (90, 120, 96)))
    foot = y1 - 4 * MM
    canvas.draw.rectangle((x0 + 7 * MM, y0 + 4 * MM, x1 - 1 * MM, foot), fill=(226, 228, 226))
    canvas.draw.rectangle((x0 + 1 * MM, y0 + 7 * MM, x0 + 7 * MM, foot), fill=paint)
    for wheel in (4.0, 15.0, 22.0):
        x = x0 + wheel * MM
        canvas.draw.ellipse((x - 2 * MM, foot - 2 * MM, x + 2 * MM, foot + 2 * MM), fill=(40, 40, 44))


_ROW_MM = 6.6


def _page(order: Order, rng: Random, fields: dict[str, str], shown: dict[str, str]) -> Specimen:
    """The paper page: green, its labels in black, its values printed by another machine."""
    canvas = Canvas(round(PAGE_SIZE[0] * MM), round(PAGE_SIZE[1] * MM), (214, 232, 214))
    security_lines(canvas, rng, ((196, 222, 198), (226, 238, 222)), spacing=10.0)
    temporary = order.kind == "temporary"
    title = "道路运输证待理证" if temporary else "中华人民共和国道路运输证"
    labels = [Print(title, 38.0, 7.0, 4.4, colour=INK, align="centre", spacing=0.6, weight=0.05)]
    labels += [Print("交运管", 20.0, 15.4, 2.6, colour=INK, spacing=0.3), Print("号", 64.4, 15.4, 2.6, colour=INK)]
    values = [
        Print("{sign}", 16.2, 15.2, 2.7, key="license_number"),
        Print("{class}字{order}", 29.4, 15.2, 2.7, key="license_number"),
    ]
    more = [("经济类型", "economic_type")] * (rng.random() < 0.4)
    last = [("有效期", "expiry_date")] * (temporary or rng.random() < 0.4)
    review = [("审验有效期", "review_expiry_date"), ("技术等级评定", "assessed_technical_level")] * (rng.random() < 0.3)
    rows = [
        *(("业户名称", "owner_name"), ("地址", "owner_address"), *more, ("车辆号牌", "vehicle_number")),
        *(("经营许可证号", "business_certificate"), ("车辆类型", "vehicle_type"), ("吨(座)位", "maximum_capacity")),
        *(("车辆(毫米)", "vehicle_size"), ("经营范围", "business_scope"), *last, *review),
    ]
    y = 21.6
    wide_keys = {"owner_address", "owner_name"}
    for text, key in rows:
        labels.append(_label(f"{text}:" if len(text) > 4 else text, 7.0, y, 15.8, 2.5, INK))
        if key == "vehicle_size":
            _measures(labels, values, y)
        else:
            values.append(Print(f"{{{key}}}", 24.6, y - 0.3, 2.6, key=key, width=44.0, leading=3.6))
        double = key in wide_keys and len(shown[key]) > 16
        y += _ROW_MM * (0.68 if len(rows) > 10 else 0.84) * (1.55 if double else 1.0)
        licence.dotted(canvas, [(24.2, 70.0, y - 1.6)], INK)
    foot = max(y + 1.0, 86.0)
    labels += [Print("核发机关", 50.0, foot - 6.5, 2.7, colour=INK, weight=0.04), *_date_labels(foot)]
    values += [
        Print("{year}", 30.6, foot, 2.7, key="issue_date"),
        Print("{month}", 43.6, foot, 2.7, key="issue_date"),
        Print("{day}", 54.0, foot, 2.7, key="issue_date"),
    ]
    print_all(canvas, labels, {}, order.typecase)
    seal = fields["issuing_authority"]
    round_seal(canvas, rng, seal, (56.0 + rng.uniform(-4, 4), foot - 6 + rng.uniform(-3, 3)), 13.0, order.typecase)
    machine = Machine.some(rng)
    machine.fill(canvas, rng, values, shown, order.typecase, Register.missed(rng, 0.9, 0.4))
    mark(canvas, canvas.width - 2 * MM, canvas.height - 3 * MM, 1.6 * MM, (120, 140, 122))
    keys = {"license_number", "issue_date", *(key for _, key in rows)}
    return _finished(canvas, {key: fields[key] for key in fields if key in keys}, temporary=temporary)


def _measures(labels: list[Print], values: list[Print], y: float) -> None:
    """长 宽 高, each with its figure behind it."""
    for text, name, x in (("长", "long", 24.6), ("宽", "wide", 39.6), ("高", "high", 54.0)):
        labels.append(Print(text, x, y, 2.5, colour=INK, weight=0.03))
        values.append(Print(f"{{{name}}}", x + 3.6, y - 0.2, 2.6, key="vehicle_size"))


def _date_labels(y: float) -> list[Print]:
    parts = (("发证日期", 14.0), ("年", 39.4), ("月", 49.6), ("日", 60.0))
    return [Print(text, x, y, 2.7, colour=INK, weight=0.03) for text, x in parts]


def _finished(canvas: Canvas, fields: dict[str, str], *, temporary: bool) -> Specimen:
    outline = (quad_of_box(0, 0, canvas.width, canvas.height),)
    told = {**fields, "is_temporary_certificate": temporary}
    return finished(canvas, fields=told, documents=outline)


DOCUMENT = Document(
    "transportation-license",
    ("card", "page", "temporary"),
    draw,
    corners={"card": CORNER},
    type="transportation_license",
)
