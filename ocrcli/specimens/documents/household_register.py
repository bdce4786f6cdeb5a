"""Household register of the Chinese mainland (居民户口簿): the first page, members' pages, several on one sheet.

People and places are invented. What a blank place says is "". The seals' words are no part of the truth. Truth keys:
`household-register`, each page a document of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from ocrcli.geometry import Quad, quad_of_box
from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import Canvas, Colour
from ocrcli.specimens.documents.base import MM, Document, Order, Print, numbered, print_all
from ocrcli.specimens.licence import Machine
from ocrcli.specimens.ornament import mark, security_lines
from ocrcli.specimens.overprint import Register
from ocrcli.specimens.people import Person
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.stamps import round_seal
from ocrcli.specimens.truth import Specimen

WIDTH, HEIGHT = 142.0, 104.0
INKS: tuple[Colour, ...] = ((44, 84, 80), (60, 60, 66), (52, 74, 120))
_LEFT, _RIGHT = 8.0, 134.0


@dataclass(frozen=True)
class Cell:
    """A label, on one row or two, and its value behind it: where the label's cell and the value's end (mm)."""

    label: tuple[str, ...]
    key: str
    label_end: float
    end: float


def _row(*cells: tuple[str, str, float, float]) -> tuple[Cell, ...]:
    return tuple(Cell(tuple(label.split("/")), key, a, b) for label, key, a, b in cells)


MEMBER = (
    _row(("姓名", "name", 30, 78), ("户主或/与户主关系", "householder_relationship", 102, _RIGHT)),
    _row(("曾用名", "former_name", 30, 78), ("性别", "sex", 102, _RIGHT)),
    _row(("出生地", "birthplace", 30, 78), ("民族", "ethnicity", 102, _RIGHT)),
    _row(("籍贯", "origin_place", 30, 78), ("出生日期", "birth_date", 102, _RIGHT)),
    _row(("本市(县)/其他住址", "other_address", 30, 92), ("宗教信仰", "religious_belief", 112, _RIGHT)),
    _row(("公民身份/证件编号", "id_card_number", 30, 78), ("身高", "height", 90, 107),
         ("血型", "blood_type", 119, _RIGHT)),
    _row(("文化程度", "education", 30, 54), ("婚姻状况", "marital_status", 74, 95),
         ("兵役状况", "military_service_status", 114, _RIGHT)),
    _row(("服务处所", "work_place", 30, 92), ("职业", "occupation", 104, _RIGHT)),
    _row(("何时由何地/迁来本市(县)", "migrated_to_city", 34, _RIGHT)),
    _row(("何时由何地/迁往本址", "migrated_to_address", 34, _RIGHT)),
)  # fmt: skip
HOME = (
    _row(("户别", "household_type", 28, 66), ("户主姓名", "householder_name", 88, _RIGHT)),
    _row(("户号", "household_number", 28, 66), ("住址", "address", 80, _RIGHT)),
)
RELATIONS = ("户主", "妻", "长子", "长女", "之媳", "父亲", "母亲", "户主", "非亲属")
_EDUCATION = ("初中", "高中", "大学本科", "小学", "中等专科", "大学专科", "研究生")
_WORK = ("粮农", "职员", "教师", "无业", "学生", "专业技术人员", "工人")


def draw(order: Order) -> Specimen:
    """One page by its kind, or several of one register on a sheet."""
    rng = Random(order.seed)
    if order.kind == "pages":
        return _sheet(order, rng)
    canvas, fields = (_home if order.kind == "home" else _member)(order, rng, people.person(rng))
    outline = (quad_of_box(0, 0, canvas.width, canvas.height),)
    return finished(canvas, fields=fields, documents=outline, **numbered(order, order.kind != "home"))


def _sheet(order: Order, rng: Random) -> Specimen:
    """The first page and one or two members' pages below each other, as they are copied."""
    head = people.person(rng)
    pages = [_home(order, rng, head), _member(order, rng, head, "户主")]
    if rng.random() < 0.5:
        pages.append(_member(order, rng, people.person(rng)))
    gap = round(rng.uniform(6, 14) * MM)
    wide, high = pages[0][0].width, pages[0][0].height
    sheet = Canvas(wide + 2 * gap, len(pages) * (high + gap) + gap)
    outlines: list[Quad] = []
    for number, (canvas, _) in enumerate(pages):
        top = gap + number * (high + gap)
        sheet.attach(canvas, gap, top)
        outlines.append(quad_of_box(gap, top, gap + wide, top + high))
    return finished(sheet, fields=[f for _, f in pages], documents=tuple(outlines), **numbered(order))


def _member(order: Order, rng: Random, someone: Person, relation: str = "") -> tuple[Canvas, dict[str, Any]]:
    number = numbers.misprint(rng, someone.number) if order.altered else someone.number
    province = next(p for p in people.PROVINCES if p.code == someone.number[:2])
    town = people.address(rng, province)[: rng.choice((6, 9, 10))]
    registered = people.day(rng, max(1998, someone.birth.year + 1), 2024)
    moved = rng.random() < 0.4
    fields = {
        "name": someone.name,
        "householder_relationship": relation or rng.choice(RELATIONS),
        "former_name": people.name(rng) if rng.random() < 0.15 else "",
        "sex": someone.sex,
        "birthplace": town,
        "ethnicity": someone.ethnic_group + rng.choice(("族", "族", "")),
        "origin_place": town,
        "birth_date": someone.birth.isoformat(),
        "other_address": "",
        "religious_belief": rng.choice(("", "", "无", "佛教")),
        "id_card_number": number,
        "height": rng.choice(("", str(rng.randint(150, 188)), f"{rng.randint(150, 188)}厘米")),
        "blood_type": rng.choice(("", "", "A", "B", "O", "AB", "不明")),
        "education": rng.choice(_EDUCATION),
        "marital_status": rng.choice(("已婚", "未婚", "有配偶", "离婚")),
        "military_service_status": rng.choice(("", "", "未服兵役", "退出现役")),
        "work_place": people.firm(rng) if rng.random() < 0.5 else "",
        "occupation": rng.choice(_WORK),
        "migrated_to_city": f"{registered.year}年由{people.address(rng, province)[:9]}迁来" if moved else "",
        "migrated_to_address": f"{registered:%Y年%m月%d日}由{people.address(rng, province)[:12]}" if moved else "",
    }
    foot = f"{registered:%Y年%m月%d日}"
    canvas = _page(order, rng, "常住人口登记卡", MEMBER, fields, ("登记日期", "registration_date", foot))
    told = {"type": "登记页", **fields, "registration_date": registered.isoformat()}
    return canvas, told


def _home(order: Order, rng: Random, head: Person) -> tuple[Canvas, dict[str, Any]]:
    day = people.day(rng, 1998, 2024)
    fields = {
        "household_type": rng.choice(("家庭户", "非农业家庭户", "农业家庭户", "集体户", "居民户")),
        "householder_name": head.name,
        "household_number": numbers.digits(rng, rng.choice((9, 8, 6))),
        "address": head.address,
    }
    canvas = _page(order, rng, "", HOME, fields, ("签发日期", "issue_date", f"{day:%Y年%m月%d日}"))
    return canvas, {"type": "首页", **fields, "issue_date": day.isoformat()}


def _page(
    order: Order,
    rng: Random,
    title: str,
    rows: Sequence[Sequence[Cell]],
    fields: dict[str, str],
    foot: tuple[str, str, str],
) -> Canvas:
    """A page of the booklet: its ruled form, the values over it, and its seals."""
    canvas = Canvas(
        round(WIDTH * MM), round(HEIGHT * MM), rng.choice(((250, 248, 240), (244, 248, 244), (250, 244, 242)))
    )
    security_lines(canvas, rng, ((238, 236, 226), (232, 240, 236)), spacing=18.0)
    ink, member = rng.choice(INKS), bool(title)
    top, pitch = (16.0, 7.2) if member else (14.0, 12.0)
    labels = [Print(title, 71.0, 6.4, 5.0, colour=ink, align="centre", spacing=2.4, weight=0.05)] if member else []
    values: list[Print] = []
    for number, row in enumerate(rows):
        y, x = top + number * pitch, _LEFT
        for cell in row:
            labels += _label(cell, x, y, pitch, ink)
            values.append(_value(cell, fields[cell.key], y, pitch))
            _frame(canvas, (x, y, cell.label_end, y + pitch), ink)
            _frame(canvas, (cell.label_end, y, cell.end, y + pitch), ink)
            x = cell.end
    below = top + len(rows) * pitch + (3.0 if member else 44.0)
    if not member:
        for text, x in (("省级公安机关", 34.0), ("户口登记机关", 100.0)):
            labels.append(Print(text, x, below - 30.0, 3.2, colour=ink, align="centre", spacing=0.4))
            labels.append(Print("户口专用章", x, below - 25.0, 3.2, colour=ink, align="centre", spacing=0.4))
    label, key, printed = foot
    labels += [Print("承办人签章：", 12.0, below, 3.0, colour=ink), Print(f"{label}：", 78.0, below, 3.0, colour=ink)]
    values.append(Print(printed, 96.0, below - 0.2, 3.2, key=key))
    print_all(canvas, labels, {}, order.typecase)
    _seals(canvas, rng, order, below, member=member)
    shown = {**fields, "birth_date": _spoken(fields.get("birth_date", ""))}
    Machine.some(rng).fill(canvas, rng, values, shown, order.typecase, Register.missed(rng, 0.6, 0.3))
    mark(canvas, canvas.width - 3 * MM, 2 * MM, 2.0 * MM)
    return canvas


def _spoken(day: str) -> str:
    return f"{day[:4]}年{day[5:7]}月{day[8:]}日" if day else ""


def _label(cell: Cell, x: float, y: float, pitch: float, ink: Colour) -> list[Print]:
    """In the middle of its cell, spread a little where it is short."""
    middle, size = (x + cell.label_end) / 2, 2.9 if len(cell.label) == 1 else 2.5
    gap = {2: 5.0, 3: 2.4}.get(len(cell.label[0]), 0.3) if len(cell.label) == 1 else 0.2
    first = y + (pitch - size * (1.0 if len(cell.label) == 1 else 2.3)) / 2
    narrow = cell.label_end - x < 16
    return [
        Print(
            text, middle, first + 1.3 * size * number, size, colour=ink, align="centre", spacing=0.6 if narrow else gap
        )
        for number, text in enumerate(cell.label)
    ]


def _value(cell: Cell, text: str, y: float, pitch: float) -> Print:
    wide = cell.end - cell.label_end - 3.0
    size = 3.3 if len(text) * 3.3 < wide else 2.8
    x = cell.label_end + 1.8
    if len(text) * size * 0.9 > wide:
        return Print(f"{{{cell.key}}}", x, y + pitch / 2 - 3.0, 2.8, key=cell.key, width=wide, leading=3.2)
    return Print(f"{{{cell.key}}}", x, y + (pitch - size) / 2, size, key=cell.key)


def _frame(canvas: Canvas, box: tuple[float, float, float, float], ink: Colour) -> None:
    x0, y0, x1, y1 = (edge * MM for edge in box)
    canvas.box(x0, y0, x1, y1, width=2, colour=ink)


def _seals(canvas: Canvas, rng: Random, order: Order, below: float, *, member: bool) -> None:
    """The police's round seals; on members' pages one beside the date."""
    station = f"{people.police(rng).removesuffix('分局')}户口专用章"
    places = ((48.0, below - 4.0),) if member else ((34.0, below - 24.0), (100.0, below - 24.0))
    for x, y in places:
        where = (x + rng.uniform(-3, 3), y + rng.uniform(-2, 2))
        round_seal(canvas, rng, station, where, 9.0 if member else 15.0, order.typecase)


DOCUMENT = Document(
    "household-register",
    ("member", "home", "pages"),
    draw,
    numbered=True,
    type="household_register",
    sheet_kinds=("member", "home"),
)
