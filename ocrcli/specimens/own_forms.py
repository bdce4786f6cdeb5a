"""Three documents that no service reads, for the templates in samples/templates: a hospital's bill, a delivery note, a
school's report. Each is a sheet in mm, and what is true of it by the keys of its template."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from ocrcli.checks import amounts
from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import Align
from ocrcli.specimens.documents.base import Print
from ocrcli.specimens.paper import Paper, Part, Rule

_MARK = "SPECIMEN 样本"

_CHARGES = (
    ("床位费", "日", "40.00"), ("二级护理", "日", "18.00"), ("血常规检查", "次", "25.50"), ("静脉输液", "次", "9.80"),
    ("葡萄糖注射液", "500ml", "12.35"), ("氯化钠注射液", "250ml", "8.46"),
    ("胸部正位片", "张", "68.00"), ("心电图检查", "次", "32.00"), ("雾化吸入", "次", "15.20"),
    ("诊查费", "日", "22.00"), ("一次性注射器", "支", "1.75"),
)  # fmt: skip
_WARDS = ("内科", "外科", "骨科", "呼吸科", "心内科", "儿科")
_GOODS = (
    ("不锈钢螺栓", "M8×40"), ("尼龙扎带", "4×200"), ("密封垫圈", "DN50"), ("铝合金型材", "4040"),
    ("工业润滑脂", "15kg"), ("防静电手套", "L"), ("电缆接头", "PG21"), ("包装纸箱", "5层"), ("轴承座", "UCP205"),
)  # fmt: skip
_SUBJECTS = ("语文", "数学", "英语", "物理", "化学", "历史", "地理", "生物", "体育")
_GRADES = ((90, "优秀"), (80, "良好"), (60, "合格"), (0, "不合格"))
_COMMENTS = (
    "学习认真，作业完成及时，课堂上能积极发言，希望下学期在阅读方面多下功夫。",
    "待人有礼，乐于帮助同学，数学进步明显，书写还可以更工整一些，望继续努力。",
    "上课专心，思维活跃，善于提问，体育锻炼也很积极，是同学们的好榜样。",
)


@dataclass(frozen=True)
class OwnForm:
    """A sheet, what is true of it, and the key that is misprinted where one is."""

    paper: Paper
    fields: dict[str, Any]
    misprinted: str


@dataclass(frozen=True)
class _Column:
    """A column of a list: its head, its key, its edges in mm, and how its values stand."""

    head: str
    key: str
    left: float
    right: float
    align: Align = "left"

    def place(self, align: Align) -> float:
        return {"left": self.left + 1.5, "centre": (self.left + self.right) / 2, "right": self.right - 1.5}[align]


def hospital_bill(rng: Random) -> OwnForm:
    """A list of charges on A4, with or without rules; its sum in figures and in words, and who pays it."""
    admitted = people.day(rng, 2021, 2025)
    items = [_charge(rng, *charge) for charge in rng.sample(_CHARGES, rng.randint(4, 9))]
    total = sum((Decimal(item["amount"]) for item in items), Decimal(0))
    insured = (total * Decimal(rng.randint(30, 80)) / 100).quantize(Decimal("0.01"))
    fields = {
        "patient": people.name(rng),
        "number": f"ZY{numbers.digits(rng, 8)}",
        "ward": rng.choice(_WARDS),
        "admitted": admitted.isoformat(),
        "discharged": (admitted + timedelta(days=rng.randint(2, 30))).isoformat(),
        "items": items,
        "total": f"{total:.2f}",
        "total_words": amounts.in_words(total),
        "insurance": f"{insured:.2f}",
        "own": f"{total - insured:.2f}",
    }
    return OwnForm(Paper(210, 297, [*_bill_parts(fields, rng.random() < 0.5)]), fields, "total")


def _charge(rng: Random, name: str, unit: str, price: str) -> dict[str, str]:
    count = rng.randint(1, 12)
    return {"name": name, "unit": unit, "price": price, "quantity": str(count), "amount": f"{Decimal(price) * count}"}


_BILL = (
    _Column("项目名称", "name", 15, 70),
    _Column("规格单位", "unit", 70, 95, "centre"),
    _Column("单价", "price", 95, 125, "right"),
    _Column("数量", "quantity", 125, 150, "right"),
    _Column("金额(元)", "amount", 150, 195, "right"),
)


def _bill_parts(fields: dict[str, Any], ruled: bool) -> Iterator[Part]:
    yield Print(_MARK, 3, 3, 2.4, colour=(150, 150, 150))
    yield Print("样本市第九医院住院费用清单", 105, 20, 6.4, align="centre")
    for label, key, x, y in (
        ("姓名：", "patient", 15, 36),
        ("住院号：", "number", 75, 36),
        ("科室：", "ward", 145, 36),
        ("入院日期：", "admitted", 15, 43),
        ("出院日期：", "discharged", 75, 43),
    ):
        yield from _entry(label, fields[key], x, y, key)
    bottom = yield from _list("items", fields["items"], _BILL, 54.0, 7.2, ruled)
    yield from _entry("合计：", fields["total"], 15, bottom + 6, "total")
    yield from _entry("大写：", fields["total_words"], 75, bottom + 6, "total_words")
    yield from _entry("医保支付：", fields["insurance"], 15, bottom + 13, "insurance")
    yield from _entry("个人支付：", fields["own"], 75, bottom + 13, "own")


def delivery_note(rng: Random) -> OwnForm:
    """A ruled form on A5 that two firms fill in: the same labels stand on it twice, so its values go by their place."""
    items = [
        {"name": name, "model": model, "pieces": str(rng.randint(1, 60)), "weight": f"{rng.uniform(0.5, 80):.1f}"}
        for name, model in rng.sample(_GOODS, rng.randint(2, 6))
    ]
    fields = {
        "number": f"SH-{numbers.digits(rng, 8)}",
        "date": people.day(rng, 2022, 2025).isoformat(),
        "sender": people.firm(rng),
        "sender_contact": people.name(rng),
        "sender_phone": numbers.mobile(rng),
        "receiver": people.firm(rng),
        "receiver_contact": people.name(rng),
        "receiver_phone": numbers.mobile(rng),
        "items": items,
        "pieces": str(sum(int(item["pieces"]) for item in items)),
        "weight": f"{sum(Decimal(item['weight']) for item in items)}",
    }
    return OwnForm(Paper(210, 148, [*_note_parts(fields)]), fields, "pieces")


_NOTE = (
    _Column("货物名称", "name", 12, 82),
    _Column("型号", "model", 82, 122, "centre"),
    _Column("件数", "pieces", 122, 157, "right"),
    _Column("重量(kg)", "weight", 157, 198, "right"),
)


def _note_parts(fields: dict[str, Any]) -> Iterator[Part]:
    yield Print(_MARK, 3, 3, 2.4, colour=(150, 150, 150))
    yield Print("送 货 单", 105, 10, 6.6, align="centre")
    yield from _entry("编号：", fields["number"], 150, 14, "number")
    yield from _entry("日期：", fields["date"], 12, 20, "date")
    for y in (28, 36, 44):
        yield Rule(12, y, 198, y)
    for x in (12, 36, 105, 124, 147, 163, 198):
        yield Rule(x, 28, x, 44)
    for row, (side, label) in enumerate((("sender", "发货单位"), ("receiver", "收货单位"))):
        y = 30 + 8 * row
        for text, middle in ((label, 24.0), ("联系人", 114.5), ("电话", 155.0)):
            yield Print(text, middle, y, 3.8, align="centre")
        for key, x in ((side, 38), (f"{side}_contact", 126), (f"{side}_phone", 165)):
            yield Print(fields[key], x, y, 3.8, "song", key=key)
    bottom = yield from _list("items", fields["items"], _NOTE, 50.0, 7.0, True)
    yield from _entry("总件数：", fields["pieces"], 108, bottom + 4, "pieces")
    yield from _entry("总重量：", fields["weight"], 153, bottom + 4, "weight")
    yield Print("收货人签字：", 12, 134, 3.8)
    yield Print("送货人签字：", 150, 134, 3.8)


def school_report(rng: Random) -> OwnForm:
    """A printed form on A4: values at places, marks in a ruled list, grades from a closed list, a comment of lines."""
    subjects = [_mark(rng, subject) for subject in _SUBJECTS[: rng.randint(5, 9)]]
    year = rng.randint(2020, 2024)
    fields = {
        "student": people.name(rng),
        "number": numbers.digits(rng, 10),
        "class": f"{rng.choice('七八九')}年级{rng.randint(1, 12)}班",
        "year": f"{year}-{year + 1}",
        "term": rng.choice(("第一学期", "第二学期")),
        "marks": subjects,
        "total": str(sum(int(mark["final"]) for mark in subjects)),
        "comment": rng.choice(_COMMENTS),
        "teacher": people.name(rng),
        "date": people.day(rng, year + 1, year + 1).isoformat(),
    }
    return OwnForm(Paper(210, 297, [*_report_parts(fields)]), fields, "total")


def _mark(rng: Random, subject: str) -> dict[str, str]:
    usual, exam = rng.randint(55, 100), rng.randint(50, 100)
    final = (4 * usual + 6 * exam + 5) // 10
    grade = next(name for least, name in _GRADES if final >= least)
    return {"subject": subject, "usual": str(usual), "exam": str(exam), "final": str(final), "grade": grade}


_REPORT = (
    _Column("学科", "subject", 20, 60, "centre"),
    _Column("平时成绩", "usual", 60, 95, "centre"),
    _Column("期末成绩", "exam", 95, 130, "centre"),
    _Column("总评成绩", "final", 130, 162, "centre"),
    _Column("等第", "grade", 162, 190, "centre"),
)
_LAST = 200.0  # mm: where the foot of the form begins, however long the list is


def _report_parts(fields: dict[str, Any]) -> Iterator[Part]:
    yield Print(_MARK, 3, 3, 2.4, colour=(150, 150, 150))
    yield Print("样本市实验中学学生成绩报告单", 105, 22, 7.0, align="centre")
    for label, key, x, y in (
        ("学年", "year", 20, 42),
        ("学期", "term", 120, 42),
        ("班级", "class", 20, 52),
        ("学号", "number", 120, 52),
        ("姓名", "student", 20, 62),
    ):
        yield Print(label, x, y, 4.4)
        yield Print(fields[key], x + 16, y, 4.4, "song", key=key)
        yield Rule(x + 14, y + 6, x + 70, y + 6)
    yield from _list("marks", fields["marks"], _REPORT, 76.0, 9.0, True)
    yield from _entry("总分：", fields["total"], 132, 190, "total", 4.4)
    yield Rule(20, _LAST, 190, _LAST)
    yield Print("班主任评语", 22, _LAST + 3, 4.4)
    yield Print(fields["comment"], 24, _LAST + 13, 4.4, "song", key="comment", width=160, leading=8)
    yield Rule(20, _LAST + 42, 190, _LAST + 42)
    for label, key, x in (("班主任签名", "teacher", 20), ("填写日期", "date", 120)):
        yield Print(label, x, _LAST + 48, 4.4)
        yield Print(fields[key], x + 28, _LAST + 48, 4.4, "song", key=key)
    yield Print("家长签字", 20, _LAST + 62, 4.4)
    yield Print("本报告单加盖学校公章后有效", 190, _LAST + 78, 3.6, align="right")


def _entry(label: str, value: str, x: float, y: float, key: str, size: float = 3.8) -> Iterator[Print]:
    """A label and its value behind it."""
    yield Print(label, x, y, size)
    yield Print(value, x + size * len(label) + 0.6, y, size, "song", key=key)


def _list(
    name: str, items: Sequence[dict[str, str]], columns: Sequence[_Column], top: float, high: float, ruled: bool
) -> Generator[Part, None, float]:
    """A list with its heads; returns where it ends."""
    bottom = top + high * (len(items) + 1)
    if ruled:
        for row in range(len(items) + 2):
            yield Rule(columns[0].left, top + high * row, columns[-1].right, top + high * row)
        for x in (*(column.left for column in columns), columns[-1].right):
            yield Rule(x, top, x, bottom)
    else:
        for y in (top, top + high, bottom):
            yield Rule(columns[0].left, y, columns[-1].right, y)
    size = 3.7
    for column in columns:
        yield Print(column.head, column.place("centre"), top + (high - size) / 2, size, align="centre")
    for row, item in enumerate(items):
        y = top + high * (row + 1) + (high - size) / 2
        for column in columns:
            key = f"{name}/{row}/{column.key}"
            yield Print(item[column.key], column.place(column.align), y, size, "song", align=column.align, key=key)
    return bottom
