"""Driver's licence of the Chinese mainland (机动车驾驶证, GA 482): main page, duplicate page, both in one picture, and
the electronic licence on a telephone.

The licence number is the holder's citizen number, of no city that exists. Older pages print the first day and the years
of validity: their `valid_to` follows from both. Truth keys: `driver-license` in the service spec.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from ocrcli.checks.dates import LONG_TERM
from ocrcli.geometry import quad_of_box
from ocrcli.specimens import licence, numbers, people
from ocrcli.specimens.canvas import WHITE, Canvas, Colour
from ocrcli.specimens.documents.base import MM, Document, Order, Print, numbered, print_all, years_later
from ocrcli.specimens.fonts import Role
from ocrcli.specimens.licence import INK, MOST_DEG, MOST_MM, Machine, label, title
from ocrcli.specimens.ornament import portrait
from ocrcli.specimens.overprint import Register
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.stamps import square_stamp
from ocrcli.specimens.truth import Specimen

CLASSES = ("C1", "C1", "C1", "C2", "A1", "A2", "B1", "B2", "A1A2", "A2D", "B1B2", "C1D", "C1E", "A2E", "D", "E", "C5")
BROWN: Colour = (124, 104, 92)

HEAD = title("中华人民共和国机动车驾驶证", "Driving License of the People's Republic of China", 2.8, 4.1, 54.4)
MAIN = (
    *HEAD,
    Print("证号", 26.6, 10.2, 3.0, colour=WHITE, spacing=0.8),
    *label("姓名", "Name", 4.6, 15.2, 5.2),
    *label("性别", "Sex", 42.4, 15.2, 5.2),
    *label("国籍", "Nationality", 57.8, 15.2, 5.2),
    *label("住址", "Address", 4.6, 21.2, 5.2),
    *label("出生日期", "Date of Birth", 24.2, 33.0, 10.8),
    *label("初次领证日期", "Date of First Issue", 24.2, 39.3, 15.8),
    *label("准驾车型", "Class", 24.2, 45.7, 10.6),
)
PERIOD = label("有效期限", "Valid Period", 4.6, 52.8, 10.6)
OLD_PERIOD = (*label("有效起始日期", "Valid From", 4.6, 52.8, 15.0), *label("有效期限", "Valid For", 43.0, 52.8, 10.6))
RULES = (
    *((12.2, 41.0, 19.3), (48.8, 56.5, 19.3), (66.2, 83.5, 19.3), (12.8, 83.5, 26.0), (12.8, 65.0, 31.0)),
    *((36.0, 64.0, 36.8), (40.8, 64.0, 43.1), (16.5, 64.0, 56.8)),
)
VALUES = (
    Print("{number}", 35.8, 9.7, 3.7, key="number"),
    Print("{name}", 13.0, 15.2, 3.7, key="name"),
    Print("{sex}", 49.6, 15.4, 3.6, key="sex"),
    Print("{nationality}", 67.2, 15.4, 3.6, key="nationality"),
    Print("{birth}", 41.0, 32.6, 4.1, key="birth", pitch=1.85),
    Print("{issue_date}", 41.5, 38.8, 4.1, key="issue_date", pitch=1.85),
    Print("{class}", 49.5, 45.2, 4.1, key="class", align="centre", spacing=0.7),
)
PRINTED_PERIOD = (
    Print("{valid_from}", 17.4, 51.8, 4.1, key="valid_from", pitch=1.85),
    Print("至", 38.6, 52.0, 3.7),
    Print("{last_day}", 44.2, 51.8, 4.1, key="valid_to", pitch=1.85),
    Print("{endless}", 45.0, 52.0, 3.7, key="valid_to"),
)
OLD_PRINTED_PERIOD = (
    Print("{valid_from}", 21.4, 51.8, 4.1, key="valid_from", pitch=1.85),
    Print("{years}年", 55.0, 51.8, 4.1, key="valid_to"),
)
DUPLICATE = (
    *title("中华人民共和国机动车驾驶证副页", "", 4.4, 4.0, 58.0),
    Print("证号", 25.6, 10.6, 3.0, colour=WHITE, spacing=0.8),
    *label("姓名", "", 5.0, 16.8, 5.2),
    *label("档案编号", "", 42.8, 16.8, 10.2),
    *label("记录", "", 5.0, 25.4, 5.2),
)
DUPLICATE_RULES = (
    *((11.0, 41.0, 18.6), (53.6, 83.0, 18.6)),
    *((11.0, 83.0, 27.2), (5.0, 83.0, 35.8), (5.0, 83.0, 44.4), (5.0, 83.0, 53.0)),
)
DUPLICATE_VALUES = (
    Print("{number}", 35.8, 10.1, 3.7, key="number"),
    Print("{name}", 12.2, 15.0, 3.7, key="name"),
    Print("{file_number}", 54.6, 15.0, 3.9, key="file_number", pitch=2.0),
    Print("{record}", 12.6, 23.4, 3.7, key="record", width=68.0, leading=8.6),
)


@dataclass(frozen=True)
class Licence:
    """What one licence says: the spec's keys in their normal form, and how the period is printed."""

    fields: dict[str, str]
    old: bool
    years: int | None


def draw(order: Order) -> Specimen:
    """One licence by its kind."""
    rng = Random(order.seed)
    told = _licence(rng, order)
    if order.kind == "electronic":
        return _electronic(order, rng, told)
    if order.kind == "both":
        sheet, outlines = licence.side_by_side(rng, [_main(order, rng, told), _duplicate(order, rng, told)])
        fields = {"type": "normal"} | told.fields
        truth = replace(sheet.truth, fields=fields, documents=outlines, side="double_side", **numbered(order))
        return Specimen(sheet.picture, truth)
    front = order.kind == "main"
    canvas = (_main if front else _duplicate)(order, rng, told)
    outline = quad_of_box(0, 0, canvas.width, canvas.height)
    if rng.random() < 0.35:
        canvas, outline = licence.in_a_sleeve(rng, canvas)
    keys = _MAIN_KEYS if front else _DUPLICATE_KEYS
    fields = {"type": "normal"} | {key: told.fields[key] for key in keys}
    return finished(canvas, fields=fields, documents=(outline,), side="front" if front else "back", **numbered(order))


_MAIN_KEYS = (
    *("number", "name", "sex", "nationality", "address", "birth", "issue_date", "class"),
    *("valid_from", "valid_to", "issuing_authority"),
)
_DUPLICATE_KEYS = ("number", "name", "file_number", "record")


def _licence(rng: Random, order: Order) -> Licence:
    someone = people.person(rng)
    province = next(p for p in people.PROVINCES if p.code == someone.number[:2])
    first = people.day(rng, max(1990, someone.birth.year + 19), 2025)
    old = order.kind in ("main", "both") and rng.random() < 0.25
    start = first
    years: int | None = 6
    while years is not None and start.year + years <= 2023 and (start.year < 2006 or rng.random() < 0.6):
        start, years = years_later(start, years), 10 if years == 6 else None
    if old and years is None:
        years = 10
    until = LONG_TERM if years is None else years_later(start, years).isoformat()
    fields = {
        "number": numbers.misprint(Random(order.seed), someone.number) if order.altered else someone.number,
        "name": someone.name,
        "sex": someone.sex,
        "nationality": "中国",
        "address": someone.address,
        "birth": someone.birth.isoformat(),
        "issue_date": first.isoformat(),
        "class": rng.choice(CLASSES),
        "valid_from": start.isoformat(),
        "valid_to": until,
        "issuing_authority": people.traffic_police(rng, province),
        "file_number": f"{province.code}99{numbers.digits(rng, 8)}",
        "record": _record(rng, start),
    }
    return Licence(fields, old, years)


def _record(rng: Random, start: date) -> str:
    """What the duplicate page notes: when a licence becomes valid, when a new one is due, what glasses are for."""
    due, before = years_later(start, 6), start - timedelta(days=rng.randint(10, 80))
    notes = (
        f"自{before:%Y年%m月%d日}至有效起始日期有效。",
        f"请于{due:%Y年%m月%d日}前九十日内换领新证。",
        f"实习期至{years_later(start, 1):%Y年%m月%d日}。",
        f"请于每年{start:%m月%d日}后三十日内提交身体条件证明。",
        "增驾A2，实习期结束后三十日内参加考试。",
    )
    return "".join(rng.sample(notes, rng.choice((1, 1, 2))))


def _page(rng: Random) -> Canvas:
    greens = ((184, 218, 188), (200, 228, 204), (190, 222, 198))
    shade = rng.randint(-8, 10)
    left, middle, right = ((r + shade, g + shade // 2, b + shade) for r, g, b in rng.sample(greens, 3))
    canvas = licence.page(rng, left, middle, right, rng.uniform(0.05, 0.11))
    licence.rosettes(canvas, rng, (166, 206, 172))
    licence.specimen_mark(canvas, (110, 136, 116))
    return canvas


def _number_box(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x * MM, y * MM, (x + 8.6) * MM, (y + 4.1) * MM, colour=None, fill=BROWN)


def _main(order: Order, rng: Random, told: Licence, register: Register | None = None) -> Canvas:
    canvas = _page(rng)
    _number_box(canvas, 25.4, 9.6)
    canvas.box(36 * MM, 44.5 * MM, 63 * MM, 50.4 * MM, colour=INK, width=2)
    licence.dotted(canvas, RULES)
    print_all(canvas, (*MAIN, *(OLD_PERIOD if told.old else PERIOD)), {}, order.typecase)
    x, y = 66.4 + rng.uniform(-0.6, 0.6), 27.6 + rng.uniform(-0.8, 0.8)
    portrait(canvas, rng, (x * MM, y * MM, (x + 20.6) * MM, (y + 30.0) * MM), (248, 248, 250))
    authority = told.fields["issuing_authority"]
    left, top = 3.6 + rng.uniform(-0.6, 0.6), 31.8 + rng.uniform(-0.8, 0.8)
    box = (left, top, left + 19.6, top + 19.8)
    square_stamp(canvas, rng, authority, box, order.typecase, key="issuing_authority")
    register = register or Register.missed(rng, MOST_MM, MOST_DEG)
    period = OLD_PRINTED_PERIOD if told.old else PRINTED_PERIOD
    until = told.fields["valid_to"]
    ends = {"last_day": until, "endless": ""} if told.years else {"last_day": "", "endless": until}
    values = told.fields | ends | {"years": str(told.years)}
    prints = (*VALUES, _address(rng, told.fields["address"]), *period)
    Machine.some(rng).fill(canvas, rng, _lettered(rng, prints), values, order.typecase, register)
    return canvas


def _address(rng: Random, address: str) -> Print:
    """One row to three: the second begins where the first does, closer set where there is a third."""
    if len(address) > 24 or rng.random() < 0.2:
        return Print("{address}", 13.2, 20.3, 3.1, key="address", width=rng.choice((36.0, 48.0)), leading=3.6)
    return Print("{address}", 13.2, 21.6, 3.6, key="address", width=rng.choice((52.0, 69.0, 69.0)), leading=4.9)


def _lettered(rng: Random, prints: tuple[Print, ...]) -> tuple[Print, ...]:
    """The values; the licence number may be in letters of its own."""
    faces: tuple[Role, ...] = ("hei", "sans", "serif", "bold")
    number = rng.choice(faces)
    return tuple(replace(p, face=number) if p.key == "number" else replace(p, weight=0.02) for p in prints)


def _duplicate(order: Order, rng: Random, told: Licence) -> Canvas:
    canvas = _page(rng)
    _number_box(canvas, 24.4, 10.0)
    licence.dotted(canvas, DUPLICATE_RULES)
    print_all(canvas, DUPLICATE, {}, order.typecase)
    register, prints = Register.missed(rng, MOST_MM, MOST_DEG), _lettered(rng, DUPLICATE_VALUES)
    Machine.some(rng).fill(canvas, rng, prints, told.fields, order.typecase, register)
    return canvas


def _electronic(order: Order, rng: Random, told: Licence) -> Specimen:
    """The page as an app shows it, in register, and what only the app says."""
    shown = _main(order, rng, told, Register())
    made = people.day(rng, 2021, 2025)
    later = made + timedelta(days=rng.randint(0, 300))
    clock = f"{rng.randint(6, 22):02d}:{rng.randint(0, 59):02d}"
    fields: dict[str, Any] = {
        "type": "electronic",
        **{key: told.fields[key] for key in (*_MAIN_KEYS, "file_number")},
        "accumulated_scores": f"{rng.choice((0, 0, 0, 1, 3, 6, 9))}分",
        "status": rng.choice((["正常"], ["正常"], ["违法未处理"], ["逾期未换证"], ["正常", "实习期"])),
        "generation_date": f"{made.isoformat()} {rng.randint(7, 20):02d}:{rng.randint(0, 59):02d}:11",
        "current_time": f"{later.isoformat()} {clock}:{rng.randint(0, 59):02d}",
    }
    rows = (
        ("档案编号", fields["file_number"], "file_number"),
        ("累积记分", fields["accumulated_scores"], "accumulated_scores"),
        ("状态", " ".join(fields["status"]), "status"),
        ("生成时间", fields["generation_date"], "generation_date"),
        ("当前时间", fields["current_time"], "current_time"),
    )
    screen = licence.on_a_screen(rng, "电子驾驶证", shown, rows, clock, order.typecase)
    outline = (quad_of_box(0, 0, screen.width, screen.height),)
    return finished(screen, fields=fields, documents=outline, side="front", **numbered(order))


DOCUMENT = Document(
    "driver-license",
    ("main", "duplicate", "both", "electronic"),
    draw,
    backgrounds={"electronic": "paper"},
    corner=licence.CORNER,
    numbered=True,
    type="driver_license",
    sheet_kinds=("main", "duplicate"),
)
