"""Vehicle licence of the Chinese mainland (机动车行驶证, GA 37): main page, duplicate page, both in one picture, and
the electronic licence on a telephone.

Owners, addresses and numbers are invented. What does not apply is printed `--`, and so the truth says; the number below
the bar code is without the signs * that stand for its ends. Truth keys: `vehicle-license` in the service spec.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

import cv2
import numpy as np

from ocrcli.geometry import quad_of_box
from ocrcli.specimens import licence, numbers, people
from ocrcli.specimens.canvas import BLACK, Canvas
from ocrcli.specimens.documents.base import MM, Document, Order, Print, numbered, print_all, years_later
from ocrcli.specimens.licence import MOST_DEG, MOST_MM, Machine, label, title
from ocrcli.specimens.ornament import code39
from ocrcli.specimens.overprint import Register
from ocrcli.specimens.plates import PLATES
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.stamps import square_stamp
from ocrcli.specimens.truth import Specimen

NONE = "--"

MAIN = (
    *title("中华人民共和国机动车行驶证", "Vehicle License of the People's Republic of China", 3.6, 4.1, 54.4),
    *label("号牌号码", "Plate No.", 3.4, 11.5, 10.2),
    *label("车辆类型", "Vehicle Type", 38.2, 11.5, 10.2),
    *label("所有人", "Owner", 3.4, 18.5, 10.2),
    *label("住址", "Address", 3.4, 25.7, 10.4),
    *label("使用性质", "Use Character", 3.5, 32.3, 10.4),
    *label("品牌型号", "Model", 32.8, 32.3, 10.2),
    *label("车辆识别代号", "VIN", 24.4, 39.3, 14.6),
    *label("发动机号码", "Engine No.", 24.5, 46.0, 12.4),
    *label("注册日期", "Register Date", 24.6, 52.8, 9.8),
    *label("发证日期", "Issue Date", 55.6, 52.8, 9.0),
)
RULES = (
    *((14.5, 38.0, 16.0), (48.6, 84.4, 16.0), (14.5, 84.4, 23.2), (14.5, 84.4, 30.1)),
    *((14.9, 30.9, 36.9), (43.2, 84.4, 36.9), (40.0, 84.4, 43.6), (37.4, 84.4, 50.6)),
    *((34.8, 55.0, 57.5), (65.0, 84.4, 57.5)),
)
VALUES = (
    Print("{number}", 14.6, 11.0, 4.0, key="number"),
    Print("{vehicle_type}", 52.5, 11.0, 4.0, key="vehicle_type"),
    Print("{name}", 14.6, 17.9, 4.0, key="name", width=68.0, leading=3.8),
    Print("{use_character}", 14.9, 31.6, 4.0, key="use_character"),
    Print("{model}", 45.2, 31.6, 4.0, key="model"),
    Print("{vin}", 42.4, 38.2, 4.0, key="vin", pitch=2.0),
    Print("{engine_no}", 40.4, 45.3, 4.0, key="engine_no", pitch=2.0),
    Print("{register_date}", 35.4, 52.2, 4.0, key="register_date", pitch=1.9),
    Print("{issue_date}", 65.5, 52.2, 4.0, key="issue_date", pitch=1.9),
)
DUPLICATE = (
    *label("号牌号码", "", 3.8, 4.0, 9.8),
    *label("档案编号", "", 38.6, 4.0, 9.8),
    *label("核定载人数", "", 3.8, 10.3, 11.0),
    *label("总质量", "", 52.2, 10.3, 11.0),
    *label("整备质量", "", 3.8, 17.0, 10.0),
    *label("核定载质量", "", 52.2, 17.0, 11.6),
    *label("外廓尺寸", "", 3.8, 23.8, 10.0),
    *label("准牵引总质量", "", 52.2, 23.8, 12.6),
    *label("备注", "", 3.8, 30.4, 10.0),
    *label("检验记录", "", 3.8, 45.0, 10.0),
)
DUPLICATE_RULES = (
    *((14.4, 37.4, 6.4), (49.0, 84.2, 6.4), (15.2, 51.0, 12.8), (64.0, 84.2, 12.8)),
    *((14.6, 51.0, 19.5), (64.4, 84.2, 19.5), (14.6, 51.0, 26.2), (65.2, 84.2, 26.2)),
    *((14.6, 84.2, 33.0), (4.0, 84.2, 39.6), (14.6, 84.2, 47.4)),
)
DUPLICATE_VALUES = (
    Print("{number}", 15.2, 2.8, 3.9, key="number"),
    Print("{file_no}", 51.6, 2.8, 3.9, key="file_no", pitch=2.0),
    Print("{approved_passengers}", 15.6, 9.2, 3.9, key="approved_passengers"),
    Print("{gross_mass}", 66.4, 9.2, 3.9, key="gross_mass"),
    Print("{unladen_mass}", 15.4, 15.9, 3.9, key="unladen_mass"),
    Print("{approved_load}", 66.4, 15.9, 3.9, key="approved_load"),
    Print("{dimension}", 15.2, 22.6, 3.9, key="dimension"),
    Print("{traction_mass}", 66.6, 22.6, 3.9, key="traction_mass"),
    Print("{remarks}", 15.4, 29.2, 3.7, key="remarks", width=68.0, leading=6.6),
)
MAIN_KEYS = (
    *("number", "vehicle_type", "name", "address", "use_character", "model", "vin", "engine_no"),
    *("register_date", "issue_date", "issuing_authority"),
)
DUPLICATE_KEYS = (
    *("number", "file_no", "approved_passengers", "gross_mass", "unladen_mass", "approved_load", "dimension"),
    *("traction_mass", "remarks", "inspection_record", "code_number"),
)


@dataclass(frozen=True)
class Make:
    """A kind of vehicle: its plate, its uses, persons, mass and load in kg, size in mm; what it may pull, in kg."""

    type: str
    plates: tuple[str, ...]
    uses: tuple[str, ...]
    persons: tuple[int, int]
    unladen: tuple[int, int]
    load: tuple[int, int] | None
    size: tuple[int, int, int]
    pulls: int | None = None


_PRIVATE = ("非营运", "非营运", "非营运", "营转非", "租赁", "预约出租客运")
MAKES = (
    Make("小型轿车", ("small", "new-energy-small"), _PRIVATE, (5, 5), (1050, 1950), None, (4500, 1790, 1470)),
    Make("小型普通客车", ("small", "new-energy-small"), _PRIVATE, (5, 9), (1250, 2200), None, (4700, 1850, 1750)),
    Make("小型越野客车", ("small",), _PRIVATE, (5, 7), (1700, 2500), None, (4800, 1910, 1830)),
    Make("轻型厢式货车", ("small",), ("货运", "非营运"), (2, 3), (2200, 2900), (1100, 1800), (5950, 2050, 2900)),
    Make("重型半挂牵引车", ("large",), ("货运",), (2, 3), (7800, 9000), None, (6980, 2500, 3780), 40000),
    Make("大型普通客车", ("large",), ("公路客运", "旅游客运"), (35, 55), (9000, 12500), None, (11000, 2500, 3450)),
    Make("普通二轮摩托车", ("small", "large"), ("非营运",), (2, 2), (95, 160), None, (2030, 740, 1100)),
)
_BRANDS = ("远舟牌", "禾泽牌", "榆川牌", "灯塔牌", "HALVO牌", "砚湖牌", "TERBO牌")
_COLOURS = ("白", "黑", "灰", "银", "红", "蓝", "棕")


def draw(order: Order) -> Specimen:
    """One licence by its kind."""
    rng = Random(order.seed)
    fields = _fields(rng, order)
    if order.kind == "electronic":
        return _electronic(order, rng, fields)
    if order.kind == "both":
        sheet, outlines = licence.side_by_side(rng, [_main(order, rng, fields), _duplicate(order, rng, fields)])
        truth = replace(
            sheet.truth,
            fields={"type": "normal"} | fields,
            documents=outlines,
            side="double_side",
            **numbered(order),
        )
        return Specimen(sheet.picture, truth)
    front = order.kind == "main"
    canvas = (_main if front else _duplicate)(order, rng, fields)
    outline = quad_of_box(0, 0, canvas.width, canvas.height)
    if rng.random() < 0.35:
        canvas, outline = licence.in_a_sleeve(rng, canvas)
    shown = {"type": "normal"} | {key: fields[key] for key in (MAIN_KEYS if front else DUPLICATE_KEYS)}
    side = "front" if front else "back"
    return finished(canvas, fields=shown, documents=(outline,), side=side, **numbered(order, front))


def _fields(rng: Random, order: Order) -> dict[str, Any]:
    make = rng.choice((*MAKES[:2], *MAKES))
    someone = people.person(rng)
    province = next(p for p in people.PROVINCES if p.code == someone.number[:2])
    registered = people.day(rng, 2005, 2024)
    issued = registered + timedelta(days=rng.choice((0, 0, 0, 1, 2, rng.randint(30, 900))))
    vin = numbers.vehicle_id(rng, registered.year - rng.choice((0, 0, 1)))
    number = PLATES[rng.choice(make.plates)].number(rng)
    return {
        "number": province.sign + number[1:],
        "vehicle_type": make.type,
        "name": someone.name if "营" in make.uses[0] and rng.random() < 0.8 else people.firm(rng),
        "address": someone.address,
        "use_character": rng.choice(make.uses),
        "model": _model(rng),
        "vin": numbers.misprint(Random(order.seed), vin, [i for i in range(17) if i != 8]) if order.altered else vin,
        "engine_no": rng.choice(("", "", rng.choice("ABCDEFGHJK"))) + numbers.digits(rng, rng.choice((6, 7, 8))),
        "register_date": registered.isoformat(),
        "issue_date": issued.isoformat(),
        "issuing_authority": people.traffic_police(rng, province),
        "file_no": f"{province.code}99{numbers.digits(rng, 8)}",
        **_measures(rng, make),
        "remarks": _remarks(rng, years_later(registered, 15).isoformat()),
        "inspection_record": _inspections(rng, registered.year, registered.month, province.sign),
        "code_number": f"{province.code}99{numbers.digits(rng, 9)}",
    }


def _measures(rng: Random, make: Make) -> dict[str, str]:
    persons, unladen = rng.randint(*make.persons), rng.randrange(*make.unladen, 5)
    load = rng.randrange(*make.load, 5) if make.load else None
    gross = 25000 if make.pulls else unladen + (load or 0) + 75 * persons
    sides = (rng.randint(round(0.96 * side), round(1.04 * side)) for side in make.size)
    return {
        "approved_passengers": f"{persons}人",
        "gross_mass": f"{gross}kg",
        "unladen_mass": f"{unladen}kg",
        "approved_load": f"{load}kg" if load else NONE,
        "dimension": "×".join(map(str, sides)) + "mm",
        "traction_mass": f"{make.pulls}kg" if make.pulls else NONE,
    }


def _model(rng: Random) -> str:
    letters = "".join(rng.choice("ABCDEFGHJKLMNPRSTVXYZ") for _ in range(rng.choice((2, 3))))
    tail = "".join(rng.choice("ABCDEFGHJKLMNPRSTVXYZ0123456789") for _ in range(rng.randint(0, 4)))
    return f"{rng.choice(_BRANDS)}{letters}{rng.randint(1000, 9999)}{tail}"


def _remarks(rng: Random, scrapped: str) -> str:
    return rng.choice(("", "", "", f"强制报废期止:{scrapped}", "该车已加装尾板", f"备案日期:{scrapped[:4]}年换发"))


def _inspections(rng: Random, year: int, month: int, sign: str) -> str:
    """One to three inspections, two years apart, each with the office that saw to it."""
    office = f"{sign}{rng.choice('ABCDEF')}({rng.choice('ABC0123')}{rng.randint(1, 9)})"
    first = year + 2 * rng.randint(1, 4)
    count = rng.choice((1, 1, 1, 2))
    return "".join(f"检验有效期至{first + 2 * i}年{month:02d}月{office}" for i in range(count))


def _page(rng: Random) -> Canvas:
    shade = rng.randint(-10, 8)
    blue, pink, cyan = (
        (r + shade, g + shade, b + shade) for r, g, b in ((192, 216, 234), (232, 214, 228), (188, 214, 236))
    )
    canvas = licence.page(rng, blue, pink, cyan, rng.uniform(0.015, 0.05))
    _car(canvas, rng)
    licence.specimen_mark(canvas, (128, 134, 148))
    return canvas


def _car(canvas: Canvas, rng: Random) -> None:
    """A faint car in the ground, in lines."""
    sheet = canvas.picture()
    ink = (226, 190, 208)
    x, y = (rng.uniform(42, 50) * MM, rng.uniform(27, 31) * MM)
    for step in range(7):
        reach = (round((30 - 3.4 * step) * MM), round((9 - 0.9 * step) * MM))
        cv2.ellipse(sheet, (round(x), round(y)), reach, 0, 180, 360, ink, 2, cv2.LINE_AA)
    for wheel in (-17, 17):
        for radius in (3.4, 2.6, 1.4):
            cv2.circle(sheet, (round(x + wheel * MM), round(y)), round(radius * MM), ink, 2, cv2.LINE_AA)
    canvas.show(sheet)


def _thread(canvas: Canvas, rng: Random) -> None:
    """The security thread: a dark strip from edge to edge, bright pieces in it."""
    left, width = round(rng.uniform(8.4, 10.0) * MM), round(1.5 * MM)
    strip = canvas.picture()
    strip[:, left : left + width] = (strip[:, left : left + width] * rng.uniform(0.72, 0.86)).astype(np.uint8)
    colour = rng.choice(((150, 130, 10), (190, 110, 40), (120, 140, 60)))
    for top in np.arange(rng.uniform(2, 8), 58, rng.uniform(6, 9)):
        y0, y1 = round(top * MM), round((top + rng.uniform(2.2, 3.6)) * MM)
        piece = strip[y0:y1, left + 4 : left + width - 4]
        strip[y0:y1, left + 4 : left + width - 4] = (0.35 * piece + 0.65 * np.array(colour)).astype(np.uint8)
    canvas.show(strip)


def _bolder(prints: Iterable[Print]) -> list[Print]:
    return [replace(item, weight=0.02) for item in prints]


def _main(order: Order, rng: Random, fields: dict[str, Any], register: Register | None = None) -> Canvas:
    """The main page; with `register`, as a screen shows it: no thread, and no chance in where the print lies."""
    canvas = _page(rng)
    licence.dotted(canvas, RULES)
    print_all(canvas, MAIN, {}, order.typecase)
    left, top = 3.7 + rng.uniform(-0.6, 0.6), 38.2 + rng.uniform(-0.6, 0.8)
    box = (left, top, left + 19.7, top + 19.5)
    square_stamp(canvas, rng, fields["issuing_authority"], box, order.typecase, key="issuing_authority")
    if len(fields["address"]) > 22:
        address = Print("{address}", 14.6, 23.5, 3.3, key="address", width=66.0, leading=3.4)
    else:
        address = Print("{address}", 14.6, 24.6, 4.0, key="address")
    crowded = len(fields["use_character"]) > 4
    values = (replace(p, size=2.9, y=p.y + 0.6) if crowded and p.key == "use_character" else p for p in VALUES)
    lying = register or Register.missed(rng, MOST_MM, MOST_DEG)
    Machine.some(rng).fill(canvas, rng, _bolder((*values, address)), fields, order.typecase, lying)
    if register is None:
        _thread(canvas, rng)
    return canvas


def _duplicate(order: Order, rng: Random, fields: dict[str, Any]) -> Canvas:
    canvas = _page(rng)
    licence.dotted(canvas, DUPLICATE_RULES)
    print_all(canvas, DUPLICATE, {}, order.typecase)
    code39(canvas, fields["code_number"], (38 * MM, 48.6 * MM, 83.4 * MM, 53.8 * MM), (40, 40, 46))
    number = Print("*{code_number}*", 60.7, 54.2, 2.5, key="code_number", align="centre", spacing=0.6, face="sans")
    # A dash is no text whose height matters: see Truth.text_height.
    unkeyed = {key for key in DUPLICATE_KEYS if fields[key] == NONE}
    prints = _bolder(replace(p, key=None) if p.key in unkeyed else p for p in DUPLICATE_VALUES)
    machine = Machine.some(rng)
    machine.fill(canvas, rng, prints, fields, order.typecase, Register.missed(rng, MOST_MM, MOST_DEG))
    print_all(canvas, [number], fields, order.typecase)
    _inspect(canvas, rng, order, fields["inspection_record"], prints[0], machine)
    _thread(canvas, rng)
    return canvas


def _inspect(canvas: Canvas, rng: Random, order: Order, record: str, like: Print, machine: Machine) -> None:
    """The inspections, each printed on a day of its own, in a frame or not, its figures set apart."""
    parts = [f"检验有效期至{part}" for part in record.split("检验有效期至")[1:]]
    framed = rng.random() < 0.5
    for number, part in enumerate(parts):
        top = 41.4 - 5.6 * (len(parts) - 1 - number) + rng.uniform(-0.5, 0.5)
        left = 17.0 + rng.uniform(-1.2, 3.0)
        if framed:
            canvas.box((left - 1.2) * MM, (top - 0.8) * MM, (left + 61) * MM, (top + 4.6) * MM, colour=BLACK, width=3)
        spaced = replace(
            like, text=part.replace("年", " 年").replace("月", " 月 "), x=left, y=top, key="inspection_record"
        )
        machine.fill(canvas, rng, [spaced], {}, order.typecase, Register.missed(rng, MOST_MM / 2, MOST_DEG))


def _electronic(order: Order, rng: Random, told: dict[str, Any]) -> Specimen:
    """The page as an app shows it, in register, and what only the app says."""
    shown = _main(order, rng, told, Register())
    green = len(told["number"]) == 8
    end = years_later(people.day(rng, 2026, 2028), 10)
    fields = {
        "type": "electronic",
        **{key: told[key] for key in (*MAIN_KEYS, "file_no", "approved_passengers")},
        "energy_type": rng.choice(("纯电动", "插电式混合动力")) if green else rng.choice(("汽油", "柴油", "混合动力")),
        "color": rng.choice(_COLOURS),
        "mandatory_scrapping_date": end.isoformat() if rng.random() < 0.5 else "2099-12-31",
        "inspection_record": f"检验有效期至{rng.randint(2025, 2028)}年{rng.randint(1, 12):02d}月",
        "status": rng.choice((["正常"], ["正常"], ["违法未处理"], ["逾期未检验"], ["抵押"], ["违法未处理", "抵押"])),
    }
    rows = (
        ("档案编号", fields["file_no"], "file_no"),
        ("核定载人数", fields["approved_passengers"], "approved_passengers"),
        ("能源种类", fields["energy_type"], "energy_type"),
        ("车身颜色", fields["color"], "color"),
        ("检验记录", fields["inspection_record"], "inspection_record"),
        ("强制报废期止", fields["mandatory_scrapping_date"], "mandatory_scrapping_date"),
        ("状态", " ".join(fields["status"]), "status"),
    )
    clock = f"{rng.randint(6, 22):02d}:{rng.randint(0, 59):02d}"
    screen = licence.on_a_screen(rng, "电子行驶证", shown, rows, clock, order.typecase)
    outline = (quad_of_box(0, 0, screen.width, screen.height),)
    return finished(screen, fields=fields, documents=outline, side="front", **numbered(order))


DOCUMENT = Document(
    "vehicle-license",
    ("main", "duplicate", "both", "electronic"),
    draw,
    backgrounds={"electronic": "paper"},
    corner=licence.CORNER,
    numbered=True,
    type="vehicle_license",
    sheet_kinds=("main", "duplicate"),
)
