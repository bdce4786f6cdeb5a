"""The sales list (销货清单) of a VAT invoice, after the form that the State Taxation Administration prescribes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ocrcli.specimens.canvas import BLACK
from ocrcli.specimens.documents.base import Print
from ocrcli.specimens.invoice_content import Invoice, Row
from ocrcli.specimens.invoice_parts import SIZE, YUAN, ColumnOf, Ink, ems, headings, rows, spoken_date
from ocrcli.specimens.paper import Paper, Part

TITLE = "销售货物或者提供应税劳务、服务清单"
_COLUMNS = (
    ColumnOf("序号", "item_number", 5, 15, "centre"),
    ColumnOf("货物(劳务)名称", "name", 15, 68, "left"),
    ColumnOf("规格型号", "specification", 68, 88, "left"),
    ColumnOf("单位", "unit", 88, 98, "centre"),
    ColumnOf("数 量", "quantity", 98, 114),
    ColumnOf("单 价", "unit_price", 114, 138),
    ColumnOf("金 额", "amount", 138, 163),
    ColumnOf("税率", "tax_rate", 163, 177, "centre"),
    ColumnOf("税 额", "tax", 177, 205),
)
_TOP, _BOTTOM, _LEADING = 58.0, 262.0, 4.4


def list_paper(told: Invoice) -> Paper:
    """The list on a sheet of A4."""
    return Paper(210, 297, [*_parts(told, Ink(BLACK))])


def list_fields(told: Invoice) -> dict[str, Any]:
    """What it says, by the keys that results have for sales lists."""
    of_invoice = {"code": "vat_code"}
    fields: dict[str, Any] = {f"belong_{of_invoice.get(key, key)}": value for key, value in told.values.items()}
    page = {"belong_pages": "1", "belong_current_page": "1"}
    sums = {f"belong_sum_{key}": told[f"subtotal_{key}"] for key in ("amount", "tax")}
    return {"title": TITLE, **fields, **page, **sums, "belong_item_list": _numbered(told)}


def _numbered(told: Invoice) -> list[Row]:
    return [{"item_number": str(number), **item} for number, item in enumerate(told.items, 1)]


def _parts(told: Invoice, ink: Ink) -> Iterator[Part]:
    yield Print("SPECIMEN 样本", 3, 3, 2.4, colour=(150, 150, 150))
    yield ink.label(TITLE, 105, 18, 5.4, "centre")
    for label, key, y in (("购买方名称：", "buyer_name", 32.0), ("销售方名称：", "seller_name", 38.0)):
        yield ink.label(label, 8, y)
        yield from ink.put(told[key], 8.5 + ems(label) * SIZE, y, key=f"belong_{key}")
    for label, key, x in (("所属增值税专用发票代码：", "code", 8.0), ("号码：", "number", 84.0)):
        yield ink.label(label, x, 44)
        name = "belong_vat_code" if key == "code" else f"belong_{key}"
        yield from ink.put(told[key], x + 0.5 + ems(label) * SIZE, 44, key=name)
    yield ink.label("共 1 页 第 1 页", 160, 44)
    yield from ink.box(5, 50, 205, _BOTTOM + 14)
    for y in (_TOP - 1, _BOTTOM, _BOTTOM + 7):
        yield ink.rule(5, y, 205, y)
    for column in _COLUMNS[1:]:
        yield ink.rule(column.left, 50, column.left, _BOTTOM + 14)
    yield from headings(_COLUMNS, 52, ink)
    yield from rows(_numbered(told), _COLUMNS, _TOP, _LEADING, ink, "belong_item_list")
    for label, of, y in (("小计", "sum", _BOTTOM + 1.8), ("总计", "subtotal", _BOTTOM + 8.8)):
        yield ink.label(label, 10, y, align="centre")
        for column in _COLUMNS:
            if column.key in ("amount", "tax"):
                text = told[f"subtotal_{column.key}"]
                text = f"{YUAN}{text}" if text[-1].isdigit() else text
                yield from ink.put(text, column.place, y, key=f"belong_{of}_{column.key}", align=column.align)
    yield ink.label("销售方（章）：", 20, 284)
    yield ink.label("填开日期：", 140, 284)
    yield from ink.put(spoken_date(told["issue_date"]), 157, 284, key="belong_issue_date")
