"""The workbook a service declares, with made-up invoices (SPECIMEN)."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ocrcli.outputs import workbook
from ocrcli.outputs.declared_workbook import write_declared
from ocrcli.outputs.destinations import open_sink
from ocrcli.outputs.naming import Destination
from ocrcli.services.receipts.invoice.workbook import WORKBOOK
from tests.outputs import sample_records as sample

ITEMS = [
    {"name": "*纸制品*复印纸", "quantity": "3", "unit_price": "12.38938053", "amount": "37.17", "tax": "4.83"},
    {"name": "*蔬菜*白菜", "quantity": "2.5", "amount": "-1.00", "tax_rate": "免税", "tax": "***"},
]
FIELDS = {
    "title": "电子发票（普通发票）",
    "code": "",
    "number": "00449900000000000017",
    "issue_date": "2025-03-04",
    "subtotal_amount": "1036.17",
    "subtotal_tax": "4.83",
    "total": "1041.00",
    "item_list": ITEMS,
}
FAILED = {"rule": "amount-sum", "standard": "own", "fields": ["total"], "passed": False, "message": "0.10 too much"}
PASSED = FAILED | {"rule": "amount-words", "passed": True, "message": None}
SKIPPED = PASSED | {"rule": "invoice-code", "passed": None}
WARNED = {"code": "sources_differ", "message": "two totals", "field": "total"}


def invoice(name: str, *checks: dict[str, Any], **more: Any) -> dict[str, Any]:
    fields = {**FIELDS, **{k: v for k, v in more.items() if k in FIELDS}}
    rest = {k: v for k, v in more.items() if k not in FIELDS}
    return sample.record(name, fields=fields, checks=list(checks), **rest)


def opened(*records: dict[str, Any], beside: Path | None = None) -> Any:
    stream = io.BytesIO()
    write_declared(stream, records, WORKBOOK, beside)
    return load_workbook(stream)


def by_heading(sheet: Any, row: int = 2) -> dict[str, Any]:
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[row], strict=True)}
    assert len(cells) == len(sheet[1])
    return cells


def test_an_invoice_is_a_row_with_amounts_as_numbers_and_numbers_as_text():
    book = opened(invoice("a.pdf", PASSED))
    assert book.sheetnames == ["发票", "明细", "问题"]
    row = by_heading(book["发票"])
    assert (row["价税合计"].value, row["价税合计"].data_type, row["价税合计"].number_format) == (1041, "n", "#,##0.00")
    assert (row["发票号码"].value, row["发票号码"].data_type) == ("00449900000000000017", "s")
    assert row["发票代码"].value in (None, "")
    assert [row[key].value for key in ("序号", "文件", "页", "开票日期", "校验")] == [
        *(1, "a.pdf", 1, "2025-03-04", "全部通过")
    ]


@pytest.mark.parametrize("digits", [16, 29, 400, 4400, 40_000])
def test_a_number_too_long_for_a_cell_stays_text_and_costs_nobody_the_workbook(digits: int):
    long = "9" * digits
    items = [{**ITEMS[0], "unit_price": long, "amount": long}]
    book = opened(invoice("a.pdf", PASSED), invoice("b.pdf", PASSED, total=long, item_list=items))
    cell = by_heading(book["发票"], 3)["价税合计"]
    assert (cell.data_type, cell.value[:30]) == ("s", long[:30])
    assert by_heading(book["明细"], 4)["单价"].value[:30] == long[:30]
    assert by_heading(book["发票"], 2)["价税合计"].value == 1041


def test_items_have_the_invoice_s_number_before_them():
    sheet = opened(invoice("a.pdf"))["明细"]
    first, second = by_heading(sheet, 2), by_heading(sheet, 3)
    assert [first[key].value for key in ("发票号码", "序号", "数量", "单价", "金额", "税额")] == [
        *("00449900000000000017", 1, 3, 12.38938053, 37.17, 4.83)
    ]
    assert [second[key].value for key in ("数量", "金额", "税率", "税额")] == [2.5, -1, "免税", "***"]


@pytest.mark.parametrize(
    ("checks", "told", "failed"),
    [
        ((), "未校验", None),
        ((PASSED, PASSED), "全部通过", None),
        ((PASSED, SKIPPED), "未能全部校验", None),
        ((PASSED, SKIPPED, FAILED), "未通过", "amount-sum (total)"),
    ],
)
def test_a_row_says_whether_all_checks_passed_and_which_did_not(checks, told, failed):
    row = by_heading(opened(invoice("a.pdf", *checks, warnings=[WARNED]))["发票"])
    assert (row["校验"].value, row["未通过的校验"].value) == (told, failed)
    assert row["提示"].value == "sources_differ: two totals"


def test_what_failed_has_a_sheet():
    sheet = opened(invoice("a.pdf", FAILED, PASSED), sample.error("b.pdf", 2))["问题"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows == [
        ["a.pdf", 1, None, FIELDS["number"], "amount-sum", "total", "0.10 too much"],
        ["b.pdf", 2, None, None, "decode_failed", None, "cut in half"],
    ]


def test_duplicates_are_marked_and_invoices_without_a_number_are_none():
    records = [invoice("a"), invoice("b", number="1"), invoice("c"), *(invoice(n, number=None) for n in "de")]
    sheet = opened(*records, invoice("f", code="044002100311"))["发票"]
    told = [by_heading(sheet, row)["重复"].value for row in range(2, 8)]
    assert told == ["共 2 份，这是第一份", None, "与序号 1 重复", None, None, None]


def test_sources_are_linked_from_where_the_workbook_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in put").mkdir()
    (tmp_path / "in put" / "发票#1.pdf").touch()
    book = opened(invoice("in put/发票#1.pdf"), invoice("gone.pdf"), beside=tmp_path / "out")
    first, second = (by_heading(book["发票"], row)["文件"] for row in (2, 3))
    assert first.value == "in put/发票#1.pdf"
    assert first.hyperlink.target == "../in%20put/%E5%8F%91%E7%A5%A8%231.pdf"
    assert (second.value, second.hyperlink) == ("gone.pdf", None)


def test_there_are_no_more_links_than_a_sheet_may_have(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_LINKS", 2)
    (tmp_path / "a").touch()
    sheet = opened(*[invoice(str(tmp_path / "a"))] * 3, beside=tmp_path)["发票"]
    assert [by_heading(sheet, row)["文件"].hyperlink is not None for row in (2, 3, 4)] == [True, True, False]
    assert by_heading(sheet, 4)["文件"].value == str(tmp_path / "a")


def test_a_service_s_own_workbook_is_written_in_place_of_the_plain_one(tmp_path):
    service = sample.service(workbook=WORKBOOK)
    sink = open_sink(Destination("xlsx", tmp_path / "out.xlsx"), service, stdout=io.BytesIO())
    sink.write(sample.given("a.pdf"), invoice("a.pdf"))
    sink.end(sample.given("a.pdf"), False)
    sink.close()
    assert load_workbook(tmp_path / "out.xlsx").sheetnames[0] == "发票"


def test_memory_does_not_grow_with_the_invoices():
    class Many:
        def __init__(self, count: int) -> None:
            self.count = count

        def __iter__(self) -> Iterator[dict[str, Any]]:
            return (invoice(f"{number}.pdf", PASSED, number=f"{number:020d}") for number in range(self.count))

    def peak(count: int) -> int:
        tracemalloc.start()
        write_declared(io.BytesIO(), Many(count), WORKBOOK)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(300) < 2 * peak(30)


def test_a_sales_list_stands_under_the_numbers_of_its_invoice():
    told = {"belong_number": "12345678", "belong_subtotal_amount": "36.17", "belong_item_list": ITEMS, "code": None}
    book = opened(sample.record("list.pdf", fields=told, checks=[]))
    row = by_heading(book["发票"])
    assert (row["发票号码"].value, row["金额"].value, row["发票代码"].value) == ("12345678", 36.17, None)
    assert [row[1].value for row in book["明细"].iter_rows(min_row=2)] == ["12345678"] * 2
