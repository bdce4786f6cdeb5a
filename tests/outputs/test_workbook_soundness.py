"""Workbooks open without a repair prompt: their parts keep the rules of Office Open XML (ECMA-376), and readers other
than the writer's own find the same in them."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import pymupdf
import pytest
from defusedxml.ElementTree import fromstring
from openpyxl.utils import range_boundaries

from ocrcli.outputs.xlsx import write_workbook
from tests.outputs import sample_records as sample

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# What may stand in a worksheet, in this order (CT_Worksheet), as far as workbooks like ours need it.
ORDER = ("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter", "mergeCells",
         "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "legacyDrawing")  # fmt: skip
TABLE = {
    "rows": 4,
    "columns": 3,
    "quad": [[0, 100], [300, 100], [300, 260], [0, 260]],
    "structure": "rules",
    "cells": [
        sample.cell(0, 0, "合计 SPECIMEN", column_span=3, align="center"),
        sample.cell(1, 0, "东岸", row_span=2),
        sample.cell(1, 1, "1,234.50", align="right"),
        sample.cell(1, 2, "=SUM(A1:A9)"),
        sample.cell(2, 1, "12.5%"),
        sample.cell(2, 2, "第一行\n第二行\x07"),
        sample.cell(3, 0, ""),
        sample.cell(3, 1, "00123"),
        sample.cell(3, 2, "_x0041_ <&>"),
    ],
}


@pytest.fixture(scope="module")
def book() -> bytes:
    """Two inputs with three tables, text outside them, and one that failed."""
    records = [
        sample.text_record("a.png", "表外文字 SPECIMEN", tables=[TABLE, TABLE]),
        sample.text_record("b.pdf", "另一页", 2, 3, tables=[TABLE]),
        sample.error("c.png"),
    ]
    stream = io.BytesIO()
    write_workbook(stream, records, sample.service(has_tables=True))
    return stream.getvalue()


def part(book: bytes, name: str) -> Element:
    with ZipFile(io.BytesIO(book)) as package:
        return fromstring(package.read(name))


def sheets(book: bytes) -> list[Element]:
    with ZipFile(io.BytesIO(book)) as package:
        names = [name for name in package.namelist() if re.fullmatch(r"xl/worksheets/\w+\.xml", name)]
    return [part(book, name) for name in names]


def test_every_part_is_declared_and_every_relation_leads_somewhere(book: bytes) -> None:
    with ZipFile(io.BytesIO(book)) as package:
        assert package.testzip() is None
        names = set(package.namelist())
        assert len(names) == len(package.namelist())
        types = fromstring(package.read("[Content_Types].xml"))
        declared = {e.get("PartName", "").lstrip("/") for e in types} - {""}
        suffixes = {e.get("Extension") for e in types}
        assert declared <= names
        assert all(n in declared or n.rpartition(".")[2] in suffixes for n in names - {"[Content_Types].xml"})
        for name in (n for n in names if n.endswith(".rels")):
            folder = Path(name).parent.parent
            for relation in fromstring(package.read(name)).iter(RELATION):
                target = relation.attrib["Target"]
                assert str(folder / target if not target.startswith("/") else target.lstrip("/")) in names


def test_worksheets_keep_the_order_of_their_elements(book: bytes) -> None:
    assert len(sheets(book)) == 7  # one that nobody sees
    for sheet in sheets(book):
        places = [ORDER.index(element.tag.removeprefix(MAIN)) for element in sheet]
        assert places == sorted(set(places))


def test_rows_and_cells_ascend_and_have_styles_that_exist(book: bytes) -> None:
    styles = part(book, "xl/styles.xml").find(f"{MAIN}cellXfs")
    assert styles is not None
    for sheet in sheets(book):
        rows = [int(row.attrib["r"]) for row in sheet.iter(f"{MAIN}row")]
        assert all(a < b for a, b in pairwise(rows))
        for row in sheet.iter(f"{MAIN}row"):
            places = [range_boundaries(cell.attrib["r"]) for cell in row]
            assert all(a[0] < b[0] and {a[1], b[1]} == {int(row.attrib["r"])} for a, b in pairwise(places))
            assert all(int(cell.get("s", 0)) < len(styles) for cell in row)


def test_joined_cells_never_overlap(book: bytes) -> None:
    joined = [[range_boundaries(m.attrib["ref"]) for m in sheet.iter(f"{MAIN}mergeCell")] for sheet in sheets(book)]
    assert [len(own) for own in joined] == [2, 2, 2, 0, 0, 0, 0]
    for own in joined:
        assert all((x0, y0) != (x1, y1) for x0, y0, x1, y1 in own)
        for a, b in combinations(own, 2):
            assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


def test_nothing_is_a_formula_and_numbers_are_numbers(book: bytes) -> None:
    table = sheets(book)[0]
    assert not list(table.iter(f"{MAIN}f"))
    values = {c.attrib["r"]: (c.get("t"), c.findtext(f"{MAIN}v")) for c in table.iter(f"{MAIN}c")}
    assert values["B2"] == ("n", "1234.5")
    assert values["B3"] == ("n", "0.125")
    assert values["B4"][0] in ("s", "inlineStr")


def test_names_of_sheets_are_short_and_differ(book: bytes) -> None:
    names = [s.attrib["name"] for s in part(book, "xl/workbook.xml").iter(f"{MAIN}sheet")]
    assert names == ["a 1", "a 2", "b 1", "Tables", "Text", "Inputs", "ocrcli"]
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_texts_stand_in_the_file_as_they_were_read(book: bytes) -> None:
    texts = {c.attrib["r"]: "".join(c.itertext()) for c in sheets(book)[0].iter(f"{MAIN}c") if c.get("t") != "n"}
    assert texts["A1"] == "合计 SPECIMEN"
    assert (texts["C2"], texts["C3"], texts["B4"]) == ("=SUM(A1:A9)", "第一行\n第二行", "00123")
    assert texts["C4"] == "_x005F_x0041_ <&>"  # as ST_Xstring wants the first underline


def test_another_reader_opens_it_and_finds_the_numbers(book: bytes) -> None:
    with pymupdf.open(stream=book, filetype="xlsx") as document:
        found = [word for page in document for word in page.get_text().split()]
    assert found[:6] == ["1234.5", "0.125"] * 3


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_converts_it(book: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(book)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    as_shown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"  # the first sheet, UTF-8
    command = ("soffice", home, "--headless", "--convert-to", as_shown, "--outdir", str(tmp_path))
    subprocess.run((*command, str(tmp_path / "a.xlsx")), check=True, capture_output=True, timeout=180)
    (written,) = tmp_path.glob("*.csv")
    with written.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0][0] == "合计 SPECIMEN"
    assert rows[1] in [["东岸", shown, "=SUM(A1:A9)"] for shown in ("1,234.50", "1234.5")]  # versions differ
    assert rows[3][1:] == ["00123", "_x0041_ <&>"]
