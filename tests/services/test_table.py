"""The service `table`: fields as the vendor has them, digital pages by their own rules, tables over several pages."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import pymupdf
import pytest
from jsonschema import validate

from ocrcli.errors import Exit
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.outputs.schema import schema_of
from ocrcli.page import Page, Pixels, Reading
from ocrcli.pipeline import Session
from ocrcli.services import find_service
from tests.layout.tables.drawn import reading_of, ruled
from tests.layout.tables.odd import GOODS, goods, photographed, stamped
from tests.layout.tables.test_numbers import line

TEXTS = (("品名", "数量", "单价"), ("纸张", "12", "3.50"), ("墨水", "7", "18.00"), ("铅笔", "105", "1.20"))


def write_pdf(path: Path, pages: list[tuple[tuple[str, ...], ...]], title: str = "") -> Path:
    document = pymupdf.open()
    for texts in pages:
        page = document.new_page(width=400, height=300)
        page.insert_font(fontname="F0", fontbuffer=pymupdf.Font("cjk").buffer)
        if title:
            page.insert_text((60, 40), title, fontname="F0", fontsize=12)
        for row in range(len(texts) + 1):
            page.draw_line((50, 60 + row * 24), (350, 60 + row * 24), width=0.7)
        for column in range(4):
            page.draw_line((50 + column * 100, 60), (50 + column * 100, 60 + 24 * len(texts)), width=0.7)
        for r, shown in enumerate(texts):
            for c, text in enumerate(shown):
                page.insert_text((56 + c * 100, 77 + r * 24), text, fontname="F0", fontsize=12)
    document.save(path)
    return path


def records(path: Path, **own: Any) -> list[dict[str, Any]]:
    told = {**find_service("table").defaults(), **own}
    return list(Session("table", ReadOptions(own=told, details=True)).read(Given(path.name, str(path))))


def test_a_digital_page_needs_no_engine(tmp_path: Path) -> None:
    [record] = records(write_pdf(tmp_path / "a.pdf", [TEXTS], title="领用登记表"))
    [table] = record["tables"]
    assert (table["rows"], table["columns"], table["structure"]) == (4, 3, "rules")
    assert [cell["text"] for cell in table["cells"]] == [text for row in TEXTS for text in row]
    assert record["tool"]["engine"] is None
    assert record["fields"]["words_region_count"] == 2
    assert record["fields"]["words_region_list"][0]["words_block_list"][4] == {
        "words": "12",
        "rows": [1],
        "columns": [1],
    }
    assert record["fields"]["words_region_list"][1]["words_block_list"][0]["words"] == "领用登记表"
    assert record["text"].splitlines()[0] == "领用登记表"
    assert "| 纸张 | 12   | 3.50  |" in record["text"]


@pytest.mark.parametrize("location", [False, True])
def test_records_keep_the_schema(tmp_path: Path, location: bool) -> None:
    [record] = records(
        write_pdf(tmp_path / "a.pdf", [TEXTS], title="表"), return_text_location=location, return_confidence=location
    )
    validate(record, schema_of(find_service("table")))
    block = record["fields"]["words_region_list"][0]["words_block_list"][0]
    assert ("cell_location" in block) == ("confidence" in block) == location


def test_a_page_without_a_table_gives_an_empty_list(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=300)
    page.insert_font(fontname="F0", fontbuffer=pymupdf.Font("cjk").buffer)
    for row in range(6):
        page.insert_text((40, 60 + row * 20), "这里只有文字没有任何表格可以读出来", fontname="F0", fontsize=12)
    document.save(tmp_path / "a.pdf")
    [record] = records(tmp_path / "a.pdf")
    assert record["tables"] == []
    assert "error" not in record
    assert [warning["code"] for warning in record["warnings"]] == ["no_table"]


@pytest.mark.parametrize(("options", "code"), [((), Exit.OK), (("--strict",), Exit.STRICT)])
def test_a_page_without_a_table_is_no_failure_but_breaks_strict(tmp_path: Path, options: tuple[str, ...], code: Exit):
    document = pymupdf.open()
    document.new_page(width=400, height=300).insert_text((40, 60), "SPECIMEN: no table here", fontsize=12)
    document.save(tmp_path / "a.pdf")
    done = subprocess.run(
        [sys.executable, "-m", "ocrcli", "table", str(tmp_path / "a.pdf"), *options], capture_output=True, check=False
    )
    assert done.returncode == code
    assert json.loads(done.stdout)["tables"] == []


def saved(path: Path, picture: Pixels) -> Path:
    cv2.imwrite(str(path), picture)
    return path


@pytest.mark.engine
def test_numbers_under_a_stamp_and_out_of_focus_are_in_their_cells(tmp_path: Path) -> None:
    for name, picture in (("stamp.png", stamped().picture()), ("photo.png", photographed(goods()))):
        [record] = records(saved(tmp_path / name, picture))
        [table] = record["tables"]
        assert (table["rows"], table["columns"], table["structure"]) == (6, 4, "rules")
        read = [cell["text"] for cell in table["cells"]]
        assert sum(a == b for a, b in zip(read, (text for row in GOODS for text in row), strict=True)) >= 23


class _Saved:
    """A reader that gives one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def read(self, page: Page, options: ReadOptions) -> Reading:
        return replace(self._reading, page=page)


def test_a_cell_read_in_the_form_of_its_column_says_so(tmp_path: Path) -> None:
    page = ruled((("数量",), ("12",), ("7",), ("105",), ("1O",)))
    reading = reading_of(page.picture(), page.lines)
    told = line([{"1": 0.9999}, {"O": 0.5, "0": 0.3, "9": 0.1}])
    lines = [replace(told, quad=x.quad) if x.text == "1O" else x for x in reading.lines]
    path = saved(tmp_path / "a.png", page.picture())
    options = ReadOptions(own=find_service("table").defaults(), details=True)
    session = Session("table", options, _Saved(replace(reading, lines=tuple(lines), blocks=())))
    [record] = session.read(Given(path.name, str(path)))
    assert record["tables"][0]["cells"][-1]["text"] == "10"
    key = "words_region_list/0/words_block_list/4"
    evidence = record["evidence"][key]
    assert (evidence["plain"], evidence["doubtful"]) == ("1O", True)
    [check] = record["checks"]
    assert (check["rule"], check["fields"], check["passed"], check["chose"]) == ("form-of-column", [key], True, True)
    assert "'1O'" in check["message"]
    warning = record["warnings"][-1]
    assert (warning["code"], warning["field"]) == ("doubtful", key)
    assert "row 5, column 1" in warning["message"]


def test_pages_are_joined_on_request_and_the_head_stays_once(tmp_path: Path) -> None:
    more = (TEXTS[0], ("胶水", "9", "6.00"), ("剪刀", "2", "11.00"))
    path = write_pdf(tmp_path / "a.pdf", [TEXTS, more])
    assert [len(record["tables"]) for record in records(path)] == [1, 1]
    first, second = records(path, join_pages=True)
    [table] = first["tables"]
    assert table["rows"] == 6
    assert [cell["text"] for cell in table["cells"] if cell["column"] == 0] == [
        "品名", "纸张", "墨水", "铅笔", "胶水", "剪刀",
    ]  # fmt: skip
    assert second["tables"] == []
    assert [warning["code"] for warning in first["warnings"]] == ["joined"]
