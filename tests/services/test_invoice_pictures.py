"""Invoices as cameras see them: papers beside them, labels that were not read, empty cells, perspective."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ocrcli.engine.replay import SUFFIX, load_reading
from ocrcli.evaluate.values import at, leaves
from ocrcli.finding import Finding
from ocrcli.geometry import Point, Quad, bounds, centre, inside
from ocrcli.page import Char, Line, Page, Pixels, Reading
from ocrcli.services.receipts.invoice.reading import SERVICE
from tests.days import TODAY

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


SAVED = sorted((Path(__file__).parent / "invoice").glob(f"*{SUFFIX}"))


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.name.removesuffix(SUFFIX))
def test_drawn_pictures_as_they_were_read(saved: Path) -> None:
    """What the lines alone say: lattices of lines without figures are left out of the files, and the pixels are."""
    truth = json.loads(saved.with_name(saved.name.replace(SUFFIX, ".expected.json")).read_text(encoding="utf-8"))
    finding = found(load_reading(saved, TODAY))
    told = [(place, value) for _, place, value in leaves(truth["fields"])]
    assert [(place, at(finding.fields, place)) for place, _ in told] == told
    assert [[c.rule, list(c.fields)] for c in finding.checks if c.passed is False] == truth["failed"]


def passed_over(*texts: str, seen: bool = True) -> Finding:
    """The sheet on a picture that shows ink where these texts stand, which were not read at first."""
    page = photographed(reading(*OLD))
    gone = [line for line in page.lines if line.text in texts]
    pixels = np.full((round(page.height), round(page.width), 3), 255, np.uint8)
    for line in gone:
        x0, y0, x1, y1 = (round(v) for v in bounds(line.quad))
        pixels[y0 + 2 : y1 - 1, x0:x1:2] = 0

    def again(quad: Quad, prepare: object = None) -> Line:
        line = next((line for line in gone if inside(centre(line.quad), quad)), None)
        return replace(line, quad=quad) if line and seen else Line("", 0.0, quad)

    rest = tuple(line for line in page.lines if line not in gone)
    picture = Page(page.width, page.height, "px", 1, 1, render=lambda: pixels)
    return found(replace(page, lines=rest, page=picture, again=again))


def test_cells_that_were_passed_over_are_read_by_themselves() -> None:
    told = fields(passed_over("袋", "2", "¥3.11"))
    assert (told["item_list"][0]["unit"], told["item_list"][0]["quantity"]) == ("袋", "2")
    assert told["subtotal_tax"] == "3.11" and told["item_list"][1]["unit"] is None


def test_ink_that_cannot_be_read_is_told() -> None:
    finding = passed_over("袋", seen=False)
    assert fields(finding)["item_list"][0]["unit"] is None
    assert [n.field for n in finding.notices if n.code == "unread"] == ["item_list/0/unit"]


def test_a_character_read_unsurely_makes_its_value_doubtful() -> None:
    page = photographed(reading(*OLD))
    weak = [replace(line, chars=chars_of(line, "张", 0.6)) for line in page.lines]
    finding = found(replace(page, lines=tuple(weak)))
    assert {n.field for n in finding.notices if n.code == "doubtful"} >= {"buyer_bank", "receiver"}
    assert not finding.evidence["reviewer"].doubtful and finding.evidence["receiver"].doubtful


def chars_of(line: Line, weak: str, confidence: float) -> tuple[Char, ...]:
    """The characters of a line, one of them read less surely."""
    width = 1 / len(line.text)
    return tuple(Char(c, confidence if c == weak else 1.0, i * width, (i + 1) * width) for i, c in enumerate(line.text))


def test_rows_of_the_cipher_area_that_were_lost_are_told() -> None:
    finding = found(photographed(reading(*OLD)))  # two rows are none that any cipher area has
    assert finding.evidence["encryption_block"].doubtful


def test_what_two_boxes_of_one_row_both_say_is_said_once() -> None:
    title = "北京增值税电子普通发票"
    page = reading(*(p for p in OLD if p[2] != title), (195, 21, title[:8]), (195 + 7 * 9, 21, title[7:]))
    assert fields(found(photographed(page)))["title"] == title


def test_a_stamp_number_in_the_remarks_is_no_remark() -> None:
    page = reading(*OLD, (370, 318, "9111O108MA01TEXC3M"))  # the seller's number, misread
    assert fields(found(photographed(page)))["remarks"] == "订单号:SPECIMEN"


def test_what_lies_left_of_the_form_is_of_another_paper() -> None:
    page = reading(*((x + 60, y, text) for x, y, text in OLD), (4, 161, "别处的字"), width=700)
    assert fields(found(photographed(page)))["item_list"][0]["name"] == "*其他食品*样张牌食品"


def test_two_names_taken_for_one_are_told() -> None:
    page = reading(*changed(OLD, {"*其他食品*样张牌": "*其他食品*样张牌*餐饮服务*餐费"}))
    assert found(photographed(page)).evidence["item_list/0/name"].doubtful
    assert not found(photographed(page)).evidence["item_list/1/name"].doubtful


def test_names_a_row_too_low_belong_to_the_items_in_order() -> None:
    rows = {161: 0, 172: 0, 184: 0}
    names = ((27, 184, "*其他食品*样张牌食品"), (27, 196, "*餐饮服务*餐费"))
    page = reading(*(p for p in OLD if not (p[0] == 27 and p[1] in rows)), *names)
    told = [row["name"] for row in fields(found(photographed(page)))["item_list"]]
    assert told == ["*其他食品*样张牌食品", "*餐饮服务*餐费"]
