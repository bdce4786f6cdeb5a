"""The console script over real documents; digital ones, for they need no engine."""

from __future__ import annotations

from typing import Any

import pymupdf
import pytest


@pytest.fixture
def document(real: Any) -> str:
    pdf = pymupdf.open()
    for number in (1, 2):
        pdf.new_page(width=300, height=200).insert_text((40, 60), f"第 {number} 页", fontname="china-s", fontsize=20)
    pdf.save(real.folder / "two.pdf")
    return "two.pdf"


def test_a_document_is_read(real: Any, document: str) -> None:
    ran = real("general", document)
    assert ran.code == 0
    assert ran.err == ""
    assert ["".join(record["text"].split()) for record in ran.records] == ["第1页", "第2页"]


def test_neither_home_nor_temporary_folder_is_needed(real: Any, document: str) -> None:
    real.env = {"HOME": "/nonexistent", "TMPDIR": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"}
    ran = real("general", document)
    assert ran.code == 0
    assert ran.err == ""


def test_an_empty_standard_input_is_a_failed_input(real: Any) -> None:
    ran = real("general", "-", input=b"")
    assert ran.codes == ["empty_input"]
    assert ran.code == 3


def test_one_bad_page_fails_the_input_and_keeps_the_rest(real: Any, document: str) -> None:
    ran = real("general", document, "--pages", "1-3")
    assert [record["page"] for record in ran.records] == [1, 2, 3]
    assert ran.codes == ["page_out_of_range"]
    assert ran.code == 3
