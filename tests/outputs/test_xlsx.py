from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from ocrcli.outputs import workbook
from ocrcli.outputs.cells import MAX_TEXT, Column, safe_text
from ocrcli.outputs.workbook import Book
from ocrcli.outputs.xlsx import sheet_titles, write_workbook
from tests.outputs import sample_records as sample

PLACE = ("Input", "Page", "Document")
SIZE = ("Width", "Height", "Unit", "Rotation", "Skew")
SURETY = ("Confidence", "Failed checks", "Warnings")
FAILED = {
    "rule": "luhn",
    "standard": "ISO/IEC 7812-1",
    "fields": ["number"],
    "passed": False,
    "chose": False,
    "message": None,
}
WARNING = {"code": "blur", "message": "not sharp", "field": None}
TABLE = {
    "rows": 2,
    "columns": 3,
    "quad": [[0, 100], [300, 100], [300, 140], [0, 140]],
    "structure": "rules",
    "cells": [
        sample.cell(0, 0, "合计 SPECIMEN", column_span=3, align="center"),
        sample.cell(1, 0, "007"),
        sample.cell(1, 1, "=A1", column_span=2),
    ],
}


def written(records: Sequence[dict[str, Any]], **declared: Any) -> bytes:
    stream = io.BytesIO()
    write_workbook(stream, records, sample.service(**declared))
    return stream.getvalue()


def opened(records: Sequence[dict[str, Any]], **declared: Any) -> Workbook:
    return sample.shown(load_workbook(io.BytesIO(written(records, **declared))))


def rows(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]


def test_text_has_a_row_for_each_line():
    book = opened([sample.text_record("a.png", "甲\n\n乙"), sample.text_record("b.pdf", "丙", 2, 3)], fields=())
    assert book.sheetnames == ["Text", "Inputs"]
    assert rows(book, "Text") == [
        ("Input", "Page", "Line", "Text", "Confidence"),
        ("a.png", 1, 1, "甲", 0.99),
        ("a.png", 1, 2, "乙", 0.99),
        ("b.pdf", 2, 1, "丙", 0.99),
    ]


def test_fields_have_a_row_for_each_record_and_lists_a_sheet():
    book = opened([sample.record("a.png", fields=sample.CARD, checks=[FAILED], warnings=[WARNING])])
    assert book.sheetnames == ["Fields", "items", "Inputs"]
    assert rows(book, "Fields") == [
        (*PLACE, "name", "number", "count", "owner.city", "owner.street", "marks", *SURETY),
        ("a.png", 1, 1, "样本张三", "00123", 2, "北京", None, "<<A\nB<<", 0.98, "luhn (number)", "blur: not sharp"),
    ]
    assert rows(book, "items") == [
        ("Input", "Page", "Document", "No.", "item", "amount"),
        ("a.png", 1, 1, 1, "茶", "12.00"),
        ("a.png", 1, 1, 2, "=1+1", None),
    ]


def test_a_key_of_an_option_has_a_column_where_it_was_asked_for():
    plain, asked = sample.record("a", fields=sample.CARD), sample.record("b", fields=sample.CARD | {"extra": "x"})
    assert "extra" not in rows(opened([plain]), "Fields")[0]
    headings, first, second = rows(opened([plain, asked]), "Fields")
    assert (first[headings.index("extra")], second[headings.index("extra")]) == (None, "x")


def test_a_picture_with_several_objects_has_a_row_for_each():
    plates = [{"name": "京A12345"}, {"name": "沪B12345"}]
    declared = {"fields": sample.FIELDS[:1], "list_result": True}
    book = opened([sample.record("a.png", fields=plates), sample.record("b.png", fields=[])], **declared)
    assert [row[:5] for row in rows(book, "Fields")] == [
        ("Input", "Page", "Document", "No.", "name"),
        ("a.png", 1, 1, 1, "京A12345"),
        ("a.png", 1, 1, 2, "沪B12345"),
    ]
    assert [row[0] for row in rows(book, "Inputs")] == ["Input", "a.png", "b.png"]


def test_every_input_is_listed_with_its_warnings_or_error():
    told = sample.record("a.png", warnings=[WARNING], rotation=90, checks=[FAILED])
    book = opened([told, sample.error("b.png"), sample.error("c.pdf", 2)])
    assert rows(book, "Inputs") == [
        ("Input", "Page", "Pages", "Document", "Side", *SIZE, *SURETY, "Error"),
        ("a.png", 1, 1, 1, None, 640, 480, "px", 90, 0, 0.98, "luhn (number)", "blur: not sharp", None),
        ("b.png", *[None] * 12, "decode_failed: cut in half"),
        ("c.pdf", 2, *[None] * 11, "decode_failed: cut in half"),
    ]


def test_a_run_in_which_all_failed_still_has_a_workbook():
    assert opened([sample.error("a.png")], fields=()).sheetnames == ["Inputs"]


def test_tables_are_grids_with_joined_cells():
    told = sample.text_record("a.png", "x", tables=[TABLE, TABLE])
    book = opened([sample.text_record("b.png", "y", tables=[]), told])
    assert book.sheetnames == ["Table 1", "Table 2", "Tables", "Text", "Inputs"]
    assert rows(book, "Table 2") == [("合计 SPECIMEN", None, None), ("007", "=A1", None)]
    assert book["Table 2"]["A1"].alignment.horizontal == "center"
    assert (book["Table 2"].freeze_panes, book["Table 2"]["C2"].border.right.style) == ("A2", "thin")
    assert {str(cells) for cells in book["Table 1"].merged_cells.ranges} == {"A1:C1", "B2:C2"}
    assert book["Table 1"]["B2"].data_type == "s"
    assert rows(book, "Tables")[2] == ("Table 2", "a.png", 1, 2, 3)


def test_sheets_of_several_inputs_bear_their_names():
    records = [sample.text_record(name, "x", tables=[TABLE]) for name in ("a/账单.png", "b/账单.pdf", "x.png")]
    book = opened(records)
    assert book.sheetnames == ["账单 1", "账单 2", "x 1", "Tables", "Text", "Inputs"]
    assert [row[:2] for row in rows(book, "Tables")[1:]] == list(
        zip(("账单 1", "账单 2", "x 1"), ("a/账单.png", "b/账单.pdf", "x.png"), strict=True)
    )


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_names_of_sheets_are_short_allowed_and_never_alike(inputs: list[str]):
    titles = sheet_titles(inputs)
    assert len({title.casefold() for title in titles}) == len(inputs)
    for title in titles:
        assert 0 < len(title.encode("utf-16-le")) <= 62
        assert not set(title) & set("[]:*?/\\'")


def test_lines_of_a_table_are_not_told_again_as_text():
    told = sample.text_record("a.png", "甲\n乙", tables=[TABLE])
    told["lines"][0]["quad"] = [[10, 110], [60, 110], [60, 130], [10, 130]]
    told["lines"][1]["quad"] = [[10, 10], [60, 10], [60, 30], [10, 30]]
    assert [row[3] for row in rows(opened([told]), "Text")[1:]] == ["乙"]


def test_columns_are_as_wide_as_in_the_picture():
    cells = [sample.cell(0, 0, "窄", width=50), sample.cell(0, 1, "宽的一栏", width=200)]
    book = opened([sample.text_record("a.png", "x", tables=[TABLE | {"rows": 1, "columns": 2, "cells": cells}])])
    narrow, wide = (book["Table 1"].column_dimensions[name].width for name in "AB")
    assert 2 * narrow <= wide


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("12", 12, "0"), ("-7", -7, "0"), ("3.50", 3.5, "0.00"), ("1,234.50", 1234.5, "#,##0.00"),
        ("12.5%", 0.125, "0.0%"), ("0", 0, "0"), ("0.5", 0.5, "0.0"), ("12345678", 12345678, "0"),
        ("¥1,234.50", 1234.5, '"¥"#,##0.00'), ("-$7", -7, '"$"0'), ("−3.0", -3.0, "0.0"),
    ],
)  # fmt: skip
def test_numbers_become_numbers_that_look_as_printed(text: str, value: float, form: str):
    table = TABLE | {"rows": 1, "columns": 1, "cells": [sample.cell(0, 0, text)]}
    cell = opened([sample.text_record("a.png", "x", tables=[table])])["Table 1"]["A1"]
    assert (cell.value, cell.data_type, cell.number_format) == (value, "n", form)


@pytest.mark.parametrize(
    "text",
    ["007", "12345678901", "11010519491231002X", "1.2.3", "12 kg", "1,23", "12,34,567", "2024-01-01", "=1", "#N/A",
     "1e5", "6222020200112233445", "1234567890.1234567", "", "13800000000", "+5",
     "¥", "¥5%", "¥007", "(12.5)"],
)  # fmt: skip
def test_what_only_looks_like_a_number_stays_text(text: str):
    table = TABLE | {"rows": 1, "columns": 2, "cells": [sample.cell(0, 0, text), sample.cell(0, 1, "x")]}
    cell = opened([sample.text_record("a.png", "x", tables=[table])])["Table 1"]["A1"]
    assert (cell.value or "", cell.data_type, cell.number_format) == (text, "s" if text else "n", "@")


@pytest.mark.parametrize("text", ["=1+1", "#N/A", "00123", "-5", "TRUE", "2024-01-01", "1e5", " x ", "'x", "@a", "%"])
def test_text_stays_text(text: str):
    cell = opened([sample.text_record("a.png", text)])["Text"]["D2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_headings_stay_in_sight_and_can_be_filtered():
    sheet = opened([sample.text_record("a.png", "x\ny")])["Text"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:E3")
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["D"].width == 80
    assert sheet["D2"].alignment.wrap_text


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=20))
def test_any_text_makes_a_cell_that_xml_allows(text: str):
    safe = safe_text(text)
    assert safe_text(safe.replace("_x005F_", "_")) == safe
    cell = opened([sample.record("a.png", warnings=[WARNING | {"message": text}])])["Inputs"]["M2"]
    assert cell.value == "blur: " + safe


def test_control_characters_are_left_out_and_escapes_stay_what_was_printed():
    assert safe_text("a\x00b\x0bc\ud800d\ufffee\tf\r\ng\rh") == "abcde\tf\ng\nh"
    assert safe_text("_x0041_ _x41_") == "_x005F_x0041_ _x41_"


def test_text_longer_than_a_cell_is_cut_and_says_so():
    assert safe_text("字" * MAX_TEXT) == "字" * MAX_TEXT
    for char in "字😀":
        cut = safe_text(char * (MAX_TEXT + 1))
        assert cut.endswith("… (cut: longer than a cell may be)")
        assert len(cut.encode("utf-16-le")) // 2 in (MAX_TEXT, MAX_TEXT - 1)


def test_a_full_sheet_is_gone_on_with_on_another(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    book = opened([sample.text_record("a.png", "1\n2\n3\n4\n5")])
    assert [name for name in book.sheetnames if name.startswith("Text")] == ["Text", "Text (2)", "Text (3)"]
    told = [rows(book, name) for name in ("Text", "Text (2)", "Text (3)")]
    assert [[row[3] for row in sheet[1:]] for sheet in told] == [["1", "2"], ["3", "4"], ["5"]]
    assert all(sheet[0] == told[0][0] for sheet in told)


def test_the_same_records_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch):
    records = [sample.text_record("a.png", "甲", tables=[TABLE]), sample.error("b.png")]
    first = written(records)
    later = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert written(records) == first


def test_a_long_run_fits_in_memory():
    class Many:
        def __init__(self, count: int) -> None:
            self.count = count

        def __iter__(self) -> Iterator[dict[str, Any]]:
            return (sample.text_record(f"{number}.png", "一行文字\n第二行") for number in range(self.count))

    def peak(count: int) -> int:
        stream = io.BytesIO()
        tracemalloc.start()
        write_workbook(stream, Many(count), sample.service(fields=()))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(300) < 2 * peak(30)


def test_a_service_that_calls_others_has_a_sheet_for_each():
    text = {**sample.text_record("a.png", "甲"), "service": "general"}
    vin = {**sample.record("b.png", fields={"vin": "LSGPC52U66F113562"}), "service": "vin"}
    bill = {"number": "12345678", "item_list": [{"name": "茶", "amount": "12.00"}]}
    invoice = {**sample.record("c.png", fields=bill), "service": "invoice"}
    book = opened([text, vin, invoice], calls_others=True, fields=())
    assert [name for name in book.sheetnames if " " not in name] == ["Text", "invoice", "vin", "Inputs"]
    heading, row = rows(book, "vin")
    assert row[:3] == ("b.png", 1, 1) and dict(zip(heading, row, strict=True))["vin"] == "LSGPC52U66F113562"
    heading, row = rows(book, "invoice")
    assert dict(zip(heading, row, strict=True))["number"] == "12345678"
    heading, row = rows(book, "invoice item_list")
    assert dict(zip(heading, row, strict=True))["amount"] == "12.00"


@pytest.mark.parametrize("value", [10**400, -(10**15), 1e300, float("inf"), float("nan")], ids=range(5))
def test_a_number_that_no_cell_holds_is_text(value: float):
    with Book() as book:
        rows = book.add_rows("Sheet", [Column("a"), Column("b")])
        rows.add([value, 1.5])
        stream = io.BytesIO()
        book.save(stream)
    cells = load_workbook(stream)["Sheet"][2]
    assert (cells[0].value, cells[0].data_type, cells[1].value) == (str(value), "s", 1.5)
