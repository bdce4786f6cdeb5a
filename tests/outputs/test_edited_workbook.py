"""Nobody's work in a workbook is lost: it is not written over, and new rows leave what people wrote where it is."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from ocrcli.errors import OcrError
from ocrcli.outputs.base import Sink
from ocrcli.outputs.destinations import open_sink
from ocrcli.outputs.naming import Destination
from ocrcli.outputs.seal import State, state_of
from ocrcli.services.receipts.invoice.workbook import WORKBOOK
from tests.outputs import sample_records as sample
from tests.outputs.test_declared_workbook import FAILED, PASSED, by_heading, invoice

NUMBERS = {"a.pdf": "00000001", "b.pdf": "00000002", "c.pdf": "00000003"}


def sink_for(path: Path, **more: Any) -> Sink:
    return open_sink(Destination("xlsx", path), sample.service(workbook=WORKBOOK), stdout=io.BytesIO(), **more)


def run(path: Path, *names: str, resume: bool = False, force: bool = False, **changed: dict[str, Any]) -> list[str]:
    """A run over these inputs; gives those that were read. `changed` are other records than usual, by stem."""
    sink = sink_for(path, resume=resume, force=force, several=True)
    read = []
    for name in names:
        given = sample.given(name)
        record = changed.get(name.partition(".")[0]) or invoice(name, PASSED, number=NUMBERS.get(name, name))
        if resume and sink.has(given, record["input_sha256"], sample.FINGERPRINT):
            continue
        read.append(name)
        sink.write(given, record)
        sink.end(given, "error" in record)
    sink.close()
    return read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "all.xlsx"


def edit(path: Path, change: Callable[[Workbook], None]) -> None:
    book = load_workbook(path)
    change(book)
    book.save(path)


def own_column(book: Workbook) -> None:
    """A person's column before ours, another behind, and a mended value."""
    sheet = book["发票"]
    sheet.insert_cols(4)
    sheet["D1"] = "报销人"
    last = sheet.max_column + 1
    sheet.cell(1, last, "备忘")
    for row in range(2, 4):
        sheet.cell(row, 4, f"人{row}")
        sheet.cell(row, last, f"=O{row}*2")
    by_heading(sheet, 2)["销售方名称"].value = "改正后的名称"


def test_ocrcli_s_own_workbook_is_made_again(path: Path):
    run(path, "a.pdf")
    assert state_of(path) is State.OURS
    run(path, "a.pdf", "b.pdf")
    assert load_workbook(path)["发票"].max_row == 4


@pytest.mark.parametrize("name", ["a.pdf", "b.pdf"])
def test_a_changed_workbook_is_not_written_over(path: Path, name: str):
    run(path, "a.pdf", "b.pdf")
    edit(path, own_column)
    content = path.read_bytes()
    with pytest.raises(
        OcrError, match="changed since; choose another -o, add rows to it with --skip-existing"
    ) as caught:
        run(path, name)
    assert caught.value.code == "output_failed"
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    run(path, name, force=True)
    assert state_of(path) is State.OURS


@pytest.mark.parametrize("resume", [False, True])
def test_a_workbook_of_others_is_not_written_over(path: Path, resume: bool):
    Workbook().save(path)
    with pytest.raises(OcrError, match="not written by ocrcli"):
        run(path, "a.pdf", resume=resume)
    path.write_text("no workbook at all")
    with pytest.raises(OcrError, match="not written by ocrcli"):
        run(path, "a.pdf", resume=resume)
    run(path, "a.pdf", resume=resume, force=True)
    assert state_of(path) is State.OURS


def test_one_that_was_changed_while_the_run_went_on_is_not_written_over(path: Path):
    run(path, "a.pdf")
    sink = sink_for(path)
    sink.write(sample.given("b.pdf"), invoice("b.pdf"))
    sink.end(sample.given("b.pdf"), False)
    edit(path, own_column)
    with pytest.raises(OcrError, match=r"What was read is safe in 'all.xlsx.partial.jsonl'"):
        sink.close()
    assert by_heading(load_workbook(path)["发票"])["报销人"].value == "人2"


def test_new_rows_are_added_and_people_s_own_stay(path: Path):
    run(path, "a.pdf", "b.pdf")
    edit(path, own_column)
    assert run(path, "a.pdf", "b.pdf", "c.pdf", resume=True) == ["c.pdf"]
    sheet = load_workbook(path)["发票"]
    first, second, third, total = (by_heading(sheet, row) for row in range(2, 6))
    assert [row["文件"].value for row in (first, second, third)] == ["a.pdf", "b.pdf", "c.pdf"]
    assert [row["报销人"].value for row in (first, second, third)] == ["人2", "人3", None]
    assert [row["备忘"].value for row in (first, second, third)] == ["=O2*2", "=O3*2", None]
    assert first["销售方名称"].value == "改正后的名称"
    assert (third["序号"].value, third["价税合计"].value, third["发票号码"].value) == (3, 1041, "00000003")
    column, mark = (first[heading].column_letter for heading in ("价税合计", "重复"))
    assert total["序号"].value == "合计（不含重复）"
    assert total["价税合计"].value == f'=SUMIFS({column}$2:{column}$4,{mark}$2:{mark}$4,"<>与序号*")'
    assert sheet.auto_filter.ref.endswith("4")
    assert sheet.print_area.endswith("5")
    assert run(path, "a.pdf", "b.pdf", "c.pdf", resume=True) == []
    assert state_of(path) is State.EDITED


def test_items_and_faults_are_added_too(path: Path):
    run(path, "a.pdf", "b.pdf")
    edit(path, own_column)
    wrong = invoice("c.pdf", FAILED, number="00000003")
    run(path, "a.pdf", "c.pdf", resume=True, c=wrong)
    book = load_workbook(path)
    assert [row[0].value for row in book["明细"].iter_rows(2, 7)] == ["a.pdf"] * 2 + ["b.pdf"] * 2 + ["c.pdf"] * 2
    assert [row[0].value for row in book["问题"].iter_rows(2)] == ["c.pdf"]


def test_rows_are_found_however_they_were_sorted(path: Path):
    run(path, "a.pdf", "b.pdf")

    def swap(book: Workbook) -> None:
        sheet = book["发票"]
        for column in range(1, sheet.max_column + 1):
            a, b = sheet.cell(2, column), sheet.cell(3, column)
            a.value, b.value = b.value, a.value

    edit(path, swap)
    copy = invoice("c.pdf", PASSED, number=NUMBERS["b.pdf"], confidence=0.5)
    run(path, "c.pdf", resume=True, c=copy)
    sheet = load_workbook(path)["发票"]
    told = {by_heading(sheet, row)["文件"].value: by_heading(sheet, row)["重复"].value for row in (2, 3, 4)}
    assert told == {"b.pdf": "共 2 份，这一份最清晰", "a.pdf": None, "c.pdf": "与序号 2 重复"}


def test_what_was_read_again_takes_its_place_and_what_is_gone_is_struck_through(path: Path):
    run(path, "a.pdf", "b.pdf", a=sample.error("a.pdf"))
    edit(path, lambda book: book["问题"].__setitem__("J2", "已催"))
    assert run(path, "a.pdf", "b.pdf", resume=True) == ["a.pdf"]
    book = load_workbook(path)
    fault = book["问题"]["A2"]
    assert (fault.value, fault.font.strike, book["问题"]["J2"].value) == ("a.pdf", True, "已催")
    assert [by_heading(book["发票"], row)["文件"].value for row in (2, 3)] == ["b.pdf", "a.pdf"]
    fewer = invoice("a.pdf", PASSED, number=NUMBERS["a.pdf"], item_list=[{"name": "*茶*茶", "amount": "9.00"}])
    fewer["input_sha256"] = "other"
    run(path, "a.pdf", resume=True, a=fewer)
    rows = [by_heading(load_workbook(path)["明细"], row) for row in range(2, 6)]
    struck = [(row["文件"].value, row["金额"].value) for row in rows if row["文件"].font.strike]
    assert struck == [("a.pdf", None)]
    assert [row["金额"].value for row in rows if row["文件"].value == "a.pdf"] == [9, None]


def test_a_workbook_with_pictures_is_left_alone(path: Path, tmp_path: Path):
    from openpyxl.chart import BarChart, Reference

    run(path, "a.pdf")

    def chart(book: Workbook) -> None:
        bars = BarChart()
        bars.add_data(Reference(book["发票"], min_col=1, min_row=1, max_row=2))
        sheet: Any = book["发票"]
        sheet.add_chart(bars, "A10")

    edit(path, chart)
    with pytest.raises(OcrError, match="charts, pictures"):
        run(path, "b.pdf", resume=True)


def test_a_folder_s_workbooks_are_not_written_over_either(tmp_path: Path):
    def once(force: bool = False) -> None:
        to = Destination("xlsx", tmp_path / "out", folder=True)
        sink = open_sink(to, sample.service(workbook=WORKBOOK), stdout=io.BytesIO(), force=force)
        try:
            sink.write(sample.given("a.pdf"), invoice("a.pdf"))
            sink.end(sample.given("a.pdf"), False)
        finally:
            sink.close()

    once()
    once()
    edit(tmp_path / "out" / "a.pdf.xlsx", own_column)
    with pytest.raises(OcrError, match="changed since"):
        once()
    once(force=True)


def test_the_plain_workbook_is_gone_on_with_too(tmp_path: Path):
    from tests.outputs import runs

    path = tmp_path / "all.xlsx"
    runs.run(path)
    edit(path, lambda book: book["Text"].__setitem__("F2", "noted"))
    new = {**runs.RECORDS, "c.png": [sample.text_record("c.png", "healed")]}
    assert runs.run(path, records=new, resume=True) == ["c.png", "d.pdf"]
    book = load_workbook(path)
    assert book["Text"]["F2"].value == "noted"
    texts = [row[3].value for row in book["Text"].iter_rows(2)]
    assert texts[:2] == ["甲", "乙"]
    assert texts[-1] == "healed"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_saved_by_libreoffice_is_gone_on_with(path: Path, tmp_path: Path):
    run(path, "a.pdf", "b.pdf")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    to = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved")]
    subprocess.run(["soffice", home, "--headless", *to, str(path)], check=True, capture_output=True, timeout=180)
    saved = tmp_path / "saved" / "all.xlsx"
    assert state_of(saved) is State.EDITED
    assert run(saved, "a.pdf", "b.pdf", "c.pdf", resume=True) == ["c.pdf"]
    sheet = load_workbook(saved)["发票"]
    assert [by_heading(sheet, row)["文件"].value for row in (2, 3, 4)] == ["a.pdf", "b.pdf", "c.pdf"]
    assert by_heading(sheet, 5)["序号"].value == "合计（不含重复）"
