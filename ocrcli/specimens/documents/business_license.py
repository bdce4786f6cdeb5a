"""Business licences of the Chinese mainland (营业执照): the lying form of 2019, the standing one of 2015, the older one
with a registration number, and the sole trader's.

They are A4, as the duplicates are and as copies of the originals, which are A3. Truth keys: `business-license` in the
service spec, as far as they are printed; `registered_capital`, `business_term` and `business_scope` as printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from ocrcli.geometry import quad_of_box
from ocrcli.specimens import certificate
from ocrcli.specimens.canvas import BLACK, Canvas, Colour
from ocrcli.specimens.documents.base import MM, Document, Order, Print, numbered, print_all
from ocrcli.specimens.fonts import Role
from ocrcli.specimens.ornament import emblem, mark
from ocrcli.specimens.overprint import Head, Register, layer_of, overprint
from ocrcli.specimens.paper import QrCode, paint_code
from ocrcli.specimens.registered import Registered, numerals, registered
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.stamps import round_seal
from ocrcli.specimens.truth import Specimen
from ocrcli.specimens.words import wrap

GOLD: Colour = (168, 116, 34)
GREY: Colour = (70, 70, 70)
MOST_MM, MOST_DEG = 0.8, 0.3  # how far print is out of register
SITE = "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn"
_NOTICES = (
    "1.经营范围以章程为准；须经批准的，取得许可后方可经营。",
    "2.登记、许可和年报等信息，请扫描二维码或在公示系统查询。",
    "3.每年六月三十日前，请报送并公示上一年度报告。",
)


# The keys in the order of the standing form.
_STANDING = (
    *("name", "type", "address", "legal_representative", "organization_form", "registered_capital"),
    *("found_date", "business_term", "business_scope"),
)


@dataclass(frozen=True)
class Column:
    """Where labels and values of one column stand, in mm; `label_size` and `size` are those of labels and values."""

    x: float
    label_width: float
    value_x: float
    value_width: float
    label_size: float
    size: float
    leading: float
    scope_size: float = 3.6


def draw(order: Order) -> Specimen:
    """One licence by its kind."""
    rng = Random(order.seed)
    former = order.kind == "old" or (order.kind == "individual" and rng.random() < 0.3)
    form = {"individual": "individual", "old": "company"}.get(
        order.kind, rng.choice(("company", "company", "company", "branch", "partnership", "sole"))
    )
    lying = order.kind == "landscape" or (order.kind == "individual" and not former and rng.random() < 0.5)
    since = 2007 if former else 2019 if lying else 2015
    told = registered(rng, form, since, order.seed if order.altered else None)
    layout = _old if order.kind == "old" else _landscape if lying else _portrait
    canvas, keys = layout(rng, order, told)
    if rng.random() < 0.4:
        certificate.folded(canvas, rng)
    if rng.random() < 0.12:
        certificate.copied(canvas, rng)
    mark(canvas, canvas.width - 6 * MM, 5 * MM, 3.0 * MM)
    fields = {key: value for key, value in told.fields.items() if key in {*keys, "registration_number", "issue_date"}}
    outline = (quad_of_box(0, 0, canvas.width, canvas.height),)
    return finished(canvas, fields=fields, documents=outline, **numbered(order))


def _spread(label: str, x: float, y: float, width: float, size: float) -> Print:
    """A label that just fills its width; one that is too long is set smaller."""
    size = min(size, width / len(label))
    return Print(label, x, y, size, "hei", spacing=(width - len(label) * size) / (len(label) - 1), weight=0.06)


def _column(
    order: Order,
    column: Column,
    top: float,
    foot: float,
    rows: Sequence[tuple[str, str]],
    told: Registered,
    face: Role,
) -> tuple[list[Print], list[Print], float]:
    """Labels and values of a column from `top` mm, and where it ends. A value of several rows moves the next down; the
    scope is set smaller where the column would run beyond `foot`."""
    labels, values, y, end = [], [], top, top
    for label, key in rows:
        labels.append(_spread(label, column.x, y, column.label_width, column.label_size))
        size = column.scope_size if key == "business_scope" else column.size
        text = told.shown[key]
        value = Print(text, column.value_x, y + 0.2, size, face, key=key, width=column.value_width, leading=1.32 * size)
        values.append(value)
        count = len(wrap(text, column.value_width * MM, value.style(order.typecase, MM).width))
        end = y + count * 1.32 * size
        y += max(column.leading, count * 1.32 * size + column.leading - 1.2 * column.size)
    if end > foot and column.scope_size > 2.7:
        smaller = replace(column, scope_size=column.scope_size - 0.3)
        return _column(order, smaller, top, foot, rows, told, face)
    return labels, values, end


def _rows(told: Registered, brief: bool) -> list[tuple[str, str]]:
    """Labels and keys in the order of the lying form's columns. A brief form leaves the long ones out."""
    form = told.form
    all_rows = [
        ("名称", "name"),
        ("类型", "type"),
        (form.head, "legal_representative"),
        ("组成形式", "organization_form"),
        ("经营范围", "business_scope"),
        (form.capital, "registered_capital"),
        (form.founded, "found_date"),
        ("营业期限", "business_term"),
        (form.place, "address"),
    ]
    left_out = {"business_scope", "registered_capital", "business_term"} if brief else set()
    return [(label, key) for label, key in all_rows if key in told.shown and key not in left_out]


def _landscape(rng: Random, order: Order, told: Registered) -> tuple[Canvas, list[str]]:
    """The form of 2019."""
    frame = (13.7, 33.0, 283.3, 198.0)
    canvas = certificate.paper(rng, 297.0, 210.0, frame, lined=rng.random() < 0.3)
    certificate.scalloped(canvas, frame, (136, 132, 110))
    emblem(canvas, (133 * MM, 13 * MM, 164 * MM, 44 * MM))
    brief = rng.random() < 0.15
    rows = _rows(told, brief)
    if rng.random() < 0.3:
        rows = [row for row in rows if row[1] != "business_term"]  # forms since 2022
    cut = next(i for i, row in enumerate(rows) if row[1] in ("registered_capital", "found_date"))
    left = Column(29.3, 28.7, 60.7, 100.0, 4.9, 4.5, 9.0, rng.choice((3.3, 3.6, 4.0)))
    right = Column(168.8, 28.2, 199.7, 74.0, 4.9, 4.5, 9.0)
    face: Role = rng.choice(("song", "song", "hei"))
    top = rng.uniform(99, 103)
    left_labels, left_values, _ = _column(order, left, top, 188.0, rows[:cut], told, face)
    right_labels, right_values, _ = _column(order, right, top, 160.0, rows[cut:], told, face)
    duplicate = rng.random() < 0.6
    labels = [
        Print("营业执照", 150.0, 61.0, 20.0, "hei", GOLD, align="centre", spacing=11.0, weight=0.45),
        Print("统一社会信用代码", 28.6, 66.8, 4.7, "hei", spacing=0.25, weight=0.05),
        *([Print("（副  本）", 150.0, 84.5, 6.0, "hei", GOLD, align="centre", weight=0.1)] if duplicate else []),
        *left_labels,
        *right_labels,
        *(_notices(30.0, 146.0) if brief else []),
        Print("登记机关", 199.0, 167.6, 5.4, "hei", spacing=3.4, weight=0.06),
        Print(SITE, 16.0, 201.6, 3.2, "song", GREY),
        Print("国家市场监督管理总局监制", 283.0, 201.4, 3.6, "song", GREY, align="right"),
    ]
    day_labels, day_values = _day(told, 224.0, 177.6, 5.0)
    code = Print("{registration_number}", 28.6, 74.0, 4.4, "serif", key="registration_number", spacing=0.35)
    copy_number = [Print("（1-1）", 160.0, 91.4, 3.6, "song", align="left")] if duplicate else []
    paint_code(canvas, QrCode(f"SPECIMEN {told.shown['registration_number']}", 230.0, 66.0, 17.5), MM)
    note = Print("扫码登录公示系统，查询登记、备案、许可、监管信息。", 249.5, 66.4, 2.3, width=24.0, leading=3.6)
    print_all(canvas, [*labels, *day_labels, note], {}, order.typecase)
    values = [code, *copy_number, *left_values, *right_values, *day_values]
    _fill(canvas, rng, order, values, told)
    _seal(canvas, rng, order, told, (rng.uniform(238, 252), rng.uniform(168, 176)))
    return canvas, [key for _, key in rows]


def _portrait(rng: Random, order: Order, told: Registered) -> tuple[Canvas, list[str]]:
    """The form of 2015, and the sole trader's before it."""
    former = len(told.shown["registration_number"]) == 15
    frame = (6.0, 31.0, 204.0, 286.0)
    canvas = certificate.paper(rng, 210.0, 297.0, frame, lined=True)
    certificate.meander(canvas, frame, rng.choice(((176, 176, 186), (182, 160, 104), (150, 168, 130))))
    emblem(canvas, (86 * MM, 9 * MM, 124 * MM, 47 * MM))
    brief = not former and rng.random() < 0.2
    rows = sorted(_rows(told, brief), key=lambda row: _STANDING.index(row[1]))
    column = Column(26.5, 45.0, 79.0, 104.0, 6.2, 5.0, 11.0, rng.choice((3.8, 4.2)))
    face: Role = rng.choice(("song", "song", "hei"))
    labels, values, end = _column(order, column, rng.uniform(106, 110), 244.0, rows, told, face)
    whole = "个体工商户营业执照" if former else "营业执照"
    size = 16.0 if former else 22.0
    title = Print(whole, 105.0, 58.0, size, "hei", GOLD, align="centre", spacing=2.0 if former else 11.0, weight=0.45)
    named = "注册号" if former else "统一社会信用代码"
    head = Print(named, 146.5, 89.8, 4.9, "hei", align="right", spacing=0.3, weight=0.05)
    code = Print("{registration_number}", 148.5, 90.0, 4.2, "serif", key="registration_number")
    copy = [Print("（副  本）", 105.0, 82.0, 5.4, "hei", GOLD, align="centre")] if rng.random() < 0.5 else []
    labels += [title, head, *copy, *(_notices(26.0, end + 8) if brief else [])]
    labels.append(Print("登记机关", 110.0, 255.6, 6.0, "hei", spacing=4.4, weight=0.06))
    overseer = "中华人民共和国国家工商行政管理总局" if told.issued.year < 2018 else "国家市场监督管理总局"
    labels.append(Print(f"{overseer}监制", 203.0, 288.6, 4.0, "song", GREY, align="right"))
    day_labels, day_values = _day(told, 138.0, 267.0, 5.2)
    if not former:
        paint_code(canvas, QrCode(f"SPECIMEN {told.shown['registration_number']}", 36.0, 245.0, 27.0), MM)
    print_all(canvas, [*labels, *day_labels], {}, order.typecase)
    _fill(canvas, rng, order, [code, *values, *day_values], told)
    _seal(canvas, rng, order, told, (rng.uniform(156, 170), rng.uniform(258, 266)))
    return canvas, [key for _, key in rows]


def _old(rng: Random, order: Order, told: Registered) -> tuple[Canvas, list[str]]:
    """A company's before 2015: the registration number at the right below the title, dates at the foot."""
    frame = (9.5, 20.5, 287.5, 200.0)
    canvas = certificate.paper(rng, 297.0, 210.0, frame, lined=True)
    certificate.meander(canvas, frame, rng.choice(((196, 188, 60), (150, 172, 96), (200, 160, 70))))
    emblem(canvas, (130 * MM, 4 * MM, 167 * MM, 41 * MM))
    title = rng.choice(("企业法人营业执照", "企业法人营业执照", "营业执照"))
    left = Column(23.8, 39.5, 66.7, 84.0, 5.2, 4.5, 10.4, rng.choice((3.7, 4.3)))
    right = Column(159.5, 40.0, 210.0, 70.0, 5.2, 4.5, 10.6)
    place = rng.choice(("住所", "住所", "公司地址"))
    type_label, head = rng.choice(("公司类型", "公司类型", "类型")), rng.choice(("法定代表人姓名", "法定代表人"))
    rows = [("名称", "name"), (place, "address"), (head, "legal_representative")]
    rows += [(type_label, "type"), ("经营范围", "business_scope")]
    face: Role = rng.choice(("hei", "song"))
    labels, values, _ = _column(order, left, 92.0, 177.0, rows, told, face)
    money = [("注册资本", "registered_capital")]
    more_labels, more_values, _ = _column(order, right, 114.5, 125.0, money, told, face)
    paid = Print(told.shown["registered_capital"], 210.0, 125.3, 4.5, face)
    times = [("成立日期", "found_date"), ("营业期限", "business_term")]
    foot = Column(23.0, 40.0, 67.0, 90.0, 4.7, 4.5, 6.6)
    time_labels, time_values, _ = _column(order, foot, 179.0, 193.0, times, told, face)
    labels += [
        Print(title, 147.0, 51.0, 17.0, "hei", (226, 146, 20), align="centre", spacing=3.4, weight=0.35),
        *([Print("（副 本）", 147.0, 69.5, 6.0, "hei", align="centre")] if rng.random() < 0.5 else []),
        Print("注册号：", 185.5, 83.6, 4.8, "hei"),
        *more_labels,
        _spread("实收资本", 159.5, 125.1, 40.0, 5.2),
        *time_labels,
    ]
    code = Print("{registration_number}", 204.0, 83.8, 4.6, "hei", key="registration_number")
    inspected = Print("每年三月一日至六月三十日年检", 165.0, 165.0, 4.4, face)
    day_labels, day_values = _numeral_day(told, 172.0, 186.6, 4.7, face)
    print_all(canvas, [*labels, *day_labels], {}, order.typecase)
    values = [code, *values, *more_values, paid, *time_values, inspected, *day_values]
    _fill(canvas, rng, order, values, told)
    _seal(canvas, rng, order, told, (rng.uniform(205, 228), rng.uniform(170, 184)))
    return canvas, [key for _, key in (*rows, *money, *times)]


def _fill(canvas: Canvas, rng: Random, order: Order, prints: Sequence[Print], told: Registered) -> None:
    """What the registrar's printer adds to the form."""
    head = Head(faintest=rng.uniform(0.7, 1.0), darkest=1.0)
    register = Register.missed(rng, MOST_MM, MOST_DEG)
    overprint(canvas, layer_of(canvas, prints, told.shown, order.typecase), head, register, rng, MM)


def _day(told: Registered, x: float, y: float, size: float) -> tuple[list[Print], list[Print]]:
    """年, 月, 日 of the form, and the day's figures printed between them; `x` is where 年 begins."""
    signs = (("年", 0.0), ("月", 3.0), ("日", 6.0))
    labels = [Print(sign, x + at * size, y, size, "hei", BLACK, weight=0.06) for sign, at in signs]
    day = told.issued
    figures = ((f"{day.year}", -0.1), (f"{day.month:02d}", 2.8), (f"{day.day:02d}", 5.8))
    values = [Print(text, x + at * size, y, size, "serif", key="issue_date", align="right") for text, at in figures]
    return labels, values


def _numeral_day(told: Registered, x: float, y: float, size: float, face: Role) -> tuple[list[Print], list[Print]]:
    """The day in Chinese numerals, set apart, beside the form's 年, 月, 日."""
    signs = (("年", 5.0), ("月", 10.0), ("日", 15.0))
    labels = [Print(sign, x + at * size, y, size, "hei", weight=0.06) for sign, at in signs]
    parts = zip(numerals(told.issued), (4.8, 9.6, 14.6), strict=True)
    values = [Print(text, x + at * size, y, size, face, key="issue_date", align="right") for text, at in parts]
    return labels, values


def _notices(x: float, y: float) -> list[Print]:
    """The box of notices that some registrars print in the place of the long entries."""
    label = [Print(sign, x, y + 5.6 * i, 4.4, "song", weight=0.05) for i, sign in enumerate("重要提示")]
    return label + [Print(text, x + 8.0, y + 1.0 + 7.0 * i, 3.1, "song") for i, text in enumerate(_NOTICES)]


def _seal(canvas: Canvas, rng: Random, order: Order, told: Registered, centre: tuple[float, float]) -> None:
    round_seal(canvas, rng, told.authority, centre, rng.uniform(15.5, 20.0), order.typecase)


DOCUMENT = Document("business-license", ("landscape", "portrait", "old", "individual"), draw, numbered=True)
