"""Invoices as cameras see them: papers beside them, labels that were not read, empty cells, perspective."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ocrcli.geometry import Point, Quad
from ocrcli.page import Line, Page, Pixels, Reading
from ocrcli.services.base import Finding
from ocrcli.services.invoice import SERVICE

from .invoice_sheets import BUYER, DIGITAL, OLD, SELLER, changed, reading


def photographed(page: Reading, *others: Line, pixels: Pixels | None = None) -> Reading:
    """The lines of a digital page as if they had been read from a picture, and others beside them."""
    lines = (*(replace(line, source="ocr") for line in page.lines), *others)
    seen = replace(page, lines=lines, source="ocr", unit="px")
    if pixels is None:
        return seen
    return replace(seen, page=Page(page.width, page.height, "px", 1, 1, render=lambda: pixels))


def found(page: Reading) -> Finding:
    [finding] = SERVICE.read(page, SERVICE.defaults())
    return finding


def fields(finding: Finding) -> dict[str, Any]:
    assert isinstance(finding.fields, dict)
    return finding.fields


def seen_from_the_side(page: Reading) -> Reading:
    """The page's lower right corner farther away: rows fan out, columns lean."""

    def moved(point: Point) -> Point:
        x, y = point
        far = 1 + 0.0002 * x + 0.0001 * y
        return x / far, (y + 0.12 * x) / far

    def quad(line: Line) -> Quad:
        a, b, c, d = line.quad
        return moved(a), moved(b), moved(c), moved(d)

    return replace(page, lines=tuple(replace(line, quad=quad(line)) for line in page.lines))


def test_perspective_keeps_rows_together() -> None:
    flat, seen = (fields(found(p)) for p in (reading(*OLD), seen_from_the_side(reading(*OLD))))
    assert seen["item_list"] == flat["item_list"] and seen["total"] == flat["total"]


def test_what_lies_beside_the_invoice_is_left_out() -> None:
    lean = tuple(
        Line("别处的文字不是这张票", 0.99, ((20, y), (118, y + 30), (115, y + 39), (17, y + 9)), source="ocr")
        for y in (150, 175, 200)
    )
    plain, beside = (fields(found(photographed(reading(*OLD), *more))) for more in ((), lean))
    assert beside["item_list"] == plain["item_list"] and beside["buyer_name"] == BUYER


def test_a_name_without_its_label_stands_above_the_number() -> None:
    page = reading(*(p for p in changed(OLD, {f"称：{BUYER}": BUYER}) if p[2] != "名"))
    assert fields(found(photographed(page)))["buyer_name"] == BUYER


def test_the_underline_behind_a_label_is_no_name() -> None:
    page = reading(*changed(DIGITAL, {f"名称：{SELLER}": f"名称：__{SELLER}"}))
    assert fields(found(photographed(page)))["seller_name"] == SELLER


def test_an_empty_cell_is_empty_only_where_the_picture_shows_it() -> None:
    texts = {p[2]: p[2].partition("：")[0] + "：" for p in OLD if p[2].startswith("地址、电话：样本路")}
    page = reading(*changed(OLD, texts))
    blank = np.full((round(page.height), round(page.width), 3), 255, np.uint8)
    inked = blank.copy()
    x0, y0, x1, y1 = (int(v) for v in (160, 117, 240, 121))
    inked[y0:y1, x0:x1:4] = 0
    said = [fields(found(photographed(page, pixels=p)))["buyer_address"] for p in (None, blank, inked)]
    assert said == [None, "", None]


def test_a_total_row_whose_heading_is_half_read() -> None:
    page = reading(*(p for p in OLD if p[2] != "计"))
    assert fields(found(photographed(page)))["subtotal_tax"] == "3.11"


def test_two_invoices_in_one_picture_are_two_records() -> None:
    beside = tuple((x + 800, y, text) for x, y, text in changed(OLD, {"发票号码：12345678": "发票号码：87654321"}))
    page = photographed(reading(*OLD, *beside, width=1500))
    findings = SERVICE.read(page, SERVICE.defaults())
    assert [fields(finding)["number"] for finding in findings] == ["12345678", "87654321"]
    assert [(f.document.index, f.document.count) for f in findings] == [(1, 2), (2, 2)]
    quads = [f.document.quad for f in findings]
    assert quads[0] and quads[1] and max(x for x, _ in quads[0]) < min(x for x, _ in quads[1])
