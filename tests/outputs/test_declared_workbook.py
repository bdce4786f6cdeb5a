"""The workbook a service declares, with made-up invoices (SPECIMEN)."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from datetime import datetime
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
    "type": None,
}
FAILED = {
    "rule": "amount-sum",
    "standard": "own",
    "fields": ["total"],
    "passed": False,
    "message": "3 and 4 make 7, the total printed is 8",
}
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
    return sample.shown(load_workbook(stream))


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
    assert [row[key].value for key in ("序号", "文件", "页", "校验")] == [1, "a.pdf", 1, "全部通过"]
    assert (row["开票日期"].value, row["开票日期"].number_format) == (datetime(2025, 3, 4), "yyyy-mm-dd")


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
    assert [first[key].value for key in ("文件", "开票日期")] == ["a.pdf", datetime(2025, 3, 4)]
    assert [first[key].value for key in ("发票号码", "序号", "数量", "单价", "金额", "税额")] == [
        *("00449900000000000017", 1, 3, 12.38938053, 37.17, 4.83)
    ]
    assert [second[key].value for key in ("数量", "金额", "税率", "税额")] == [2.5, -1, "免税", "***"]


@pytest.mark.parametrize(
    ("checks", "told", "failed"),
    [
        ((), "未校验", None),
        ((PASSED, PASSED), "全部通过", None),
        ((SKIPPED,), "未能全部校验", None),
        ((PASSED, SKIPPED), "金额校验通过", None),
        ((PASSED, SKIPPED, FAILED), "未通过", "价税合计不符：金额 3 加税额 4 为 7，票面价税合计 8"),
    ],
)
def test_a_row_says_whether_all_checks_passed_and_which_did_not(checks, told, failed):
    row = by_heading(opened(invoice("a.pdf", *checks))["发票"])
    assert (row["校验"].value, row["未通过的校验"].value, row["提示"].value) == (told, failed, None)


def warned(code: str, field: str | None, message: str = "") -> dict[str, Any]:
    return {"code": code, "message": message, "field": field, "quad": None}


def test_all_is_well_only_where_all_values_shown_are():
    doubt = warned("doubtful", "total", "the total may be misread (a part of it is missing): look at the picture")
    row = by_heading(opened(invoice("a.pdf", PASSED, warnings=[doubt]))["发票"])
    assert (row["校验"].value, row["提示"].value) == ("金额校验通过", "价税合计可能有误（缺一部分），请核对原件")
    assert colour(row["价税合计"]) == YELLOW
    assert colour(row["税额"]) is None
    unseen = warned("doubtful", "encryption_block", "the encryption_block may be misread (…): look at the picture")
    row = by_heading(opened(invoice("a.pdf", PASSED, warnings=[unseen]))["发票"])
    assert (row["校验"].value, row["提示"].value) == ("全部通过", None)
    item = warned("doubtful", "item_list/1/amount", "the item_list/1/amount may be misread (x): look at the picture")
    book = opened(invoice("a.pdf", PASSED, warnings=[item]))
    assert by_heading(book["发票"])["提示"].value == "明细第 2 行金额可能有误（x），请核对原件"
    assert [colour(by_heading(book["明细"], row)["金额"]) for row in (2, 3)] == [None, YELLOW]


def test_a_warning_without_a_sentence_is_told_by_its_code():
    row = by_heading(opened(invoice("a.pdf", warnings=[warned("glare", None, "odd words"), WARNED]))["发票"])
    assert row["提示"].value == "图像反光\n价税合计：两处来源不一致"


YELLOW, RED, GREY = "00FFEFB3", "00F8CBCB", "00D9D9D9"


def colour(cell: Any) -> str | None:
    return cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None


WHICH = [FIELDS["number"], datetime(2025, 3, 4), None, None]


def test_what_failed_has_a_sheet():
    sheet = opened(invoice("a.pdf", FAILED, PASSED), sample.error("b.pdf", 2))["问题"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows == [
        ["a.pdf", 1, *WHICH, "价税合计不符", "价税合计", "金额 3 加税额 4 为 7，票面价税合计 8"],
        ["b.pdf", 2, None, None, None, None, "未能识别", None, "cut in half"],
    ]


def test_duplicates_are_marked_and_invoices_without_a_number_are_none():
    records = [invoice("a"), invoice("b", number="1"), invoice("c"), *(invoice(n, number=None) for n in "de")]
    sheet = opened(*records, invoice("f", code="044002100311"))["发票"]
    told = [by_heading(sheet, row)["重复"].value for row in range(2, 8)]
    assert told == ["共 2 份，这一份最清晰", None, "与序号 1 重复", None, None, None]


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
    assert [by_heading(book["明细"], row)["发票号码"].value for row in (2, 3)] == ["12345678"] * 2


def test_the_sharpest_copy_is_the_original():
    blurred = invoice("a.jpg", PASSED, confidence=0.7)
    digital = invoice("z.pdf", PASSED)
    digital["tool"] = {**digital["tool"], "engine": None}
    book = opened(blurred, digital, invoice("c.jpg", FAILED))
    told = [by_heading(book["发票"], row)["重复"] for row in (2, 3, 4)]
    assert [cell.value for cell in told] == ["与序号 2 重复", "共 3 份，这一份最清晰", "与序号 2 重复"]
    assert [colour(cell) for cell in told] == [GREY, None, GREY]
    items = [by_heading(book["明细"], row)["重复"].value for row in range(2, 8)]
    assert items == [cell.value for cell in told for _ in ITEMS]


def test_the_last_row_sums_what_is_no_duplicate():
    book = opened(invoice("a.pdf"), invoice("b.pdf"), invoice("c.pdf", number="1"))
    for title, heading in (("发票", "价税合计"), ("明细", "金额")):
        sheet = book[title]
        last = by_heading(sheet, sheet.max_row)
        mark, column = (by_heading(sheet, 1)[h].column_letter for h in ("重复", heading))
        rows = sheet.max_row - 1
        assert last[heading].value == f'=SUMIFS({column}$2:{column}${rows},{mark}$2:{mark}${rows},"<>与序号*")'
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}{rows}"
    assert by_heading(book["发票"], 5)["序号"].value == "合计（不含重复）"


def test_rates_are_numbers_and_words_stay():
    sheet = opened(
        invoice("a.pdf", item_list=[{**ITEMS[0], "tax_rate": rate} for rate in ("13%", "1.5%", "免税", "***")])
    )
    cells = [by_heading(sheet["明细"], row)["税率"] for row in range(2, 6)]
    assert [(cell.value, cell.number_format) for cell in cells[:2]] == [(0.13, "0%"), (0.015, "0.0%")]
    assert [cell.value for cell in cells[2:]] == ["免税", "***"]


def test_a_kind_is_told_where_no_title_was_read():
    row = by_heading(opened(invoice("a.pdf", title=None, type="normal"))["发票"])
    assert row["发票类型"].value == "增值税普通发票"


def test_sheets_are_laid_out_for_paper_and_screen():
    for sheet in opened(invoice("a.pdf")):
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
            *("landscape", 1, 0),
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
    assert sheet.parent["发票"].freeze_panes == "C2"
