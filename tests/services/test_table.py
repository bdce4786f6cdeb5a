"""The service `table`: fields as the vendor has them, digital pages by their own rules, tables over several pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from jsonschema import validate

from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.outputs.schema import schema_of
from ocrcli.pipeline import Session
from ocrcli.services import find_service

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
        for r, row in enumerate(texts):
            for c, text in enumerate(row):
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
