"""`form`: documents of the user's own. Their pictures are drawn; their lines are those that were drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ocrcli.declaration import Service
from ocrcli.errors import OcrError
from ocrcli.finding import Finding
from ocrcli.forms.templates.load import from_text
from ocrcli.geometry import Affine, quad_of_box
from ocrcli.page import Char, Line, Page, Reading
from ocrcli.services.general import auto, classify
from ocrcli.services.general.form import SERVICE
from ocrcli.services.kinds import OWN
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.press import Run, specimens
from ocrcli.specimens.truth import DrawnLine, Specimen
from tests.days import TODAY

TEMPLATES = Path(__file__).parents[2] / "samples" / "templates"
KINDS = all_documents()["form"].kinds


@cache
def drawn(kind: str, level: int = 0, altered: bool = False, seed: int = 3) -> Specimen:
    [(_, specimen)] = specimens(Run("form", 1, level=level, seed=seed, kind=kind, altered=altered))
    return specimen


def as_read(line: DrawnLine) -> Line:
    width = max(math.dist(line.quad[0], line.quad[1]), 1e-6)
    places = [(math.dist(line.quad[0], c[0]) / width, math.dist(line.quad[0], c[1]) / width) for c in line.chars]
    chars = tuple(Char(c, 0.99, min(1, a), min(1, b)) for c, (a, b) in zip(line.text, places, strict=True))
    return Line(line.text, 0.99, line.quad, chars=chars)


def reading(specimen: Specimen) -> Reading:
    """As a reader sees it that makes no mistake."""
    high, wide = specimen.picture.shape[:2]
    page = Page(wide, high, "px", 1, 1, render=lambda: specimen.picture)
    return Reading(wide, high, "px", 1, 1, "ocr", tuple(map(as_read, specimen.truth.lines)), page=page, today=TODAY)


def printed(*rows: tuple[float, float, str], width: float = 800, height: float = 500, count: int = 1) -> Reading:
    """A digital page: each text with its left and top."""
    lines = tuple(Line(text, 1.0, quad_of_box(x, y, x + 20 * len(text), y + 20), "text-layer") for x, y, text in rows)
    page = Page(width, height, "pt", 1, count, render=lambda: np.zeros((1, 1, 3), np.uint8), printed=lines)
    return Reading(width, height, "pt", 1, count, "text-layer", lines, page=page, today=TODAY)


def service(place: Path | str = TEMPLATES, of: Service = SERVICE) -> Service:
    return of.prepared({"template": str(place)})


def found(page: Reading, place: Path | str = TEMPLATES) -> Finding:
    [finding] = service(place).read(page, {})
    return finding


def own(text: str, page: Reading) -> Finding:
    """What a template given as text finds."""
    _, declared = from_text(text.encode(), "x.yaml")
    [finding] = replace(SERVICE, own_documents={declared.name: declared}).read(page, {})
    return finding


def fields(finding: Finding) -> Mapping[str, Any]:
    assert isinstance(finding.fields, dict)
    return finding.fields


def failed(finding: Finding) -> list[str]:
    return [check.rule for check in finding.checks if check.passed is False]


@pytest.mark.parametrize("level", [0, 2, 3])
@pytest.mark.parametrize("kind", KINDS)
def test_each_is_told_and_read(kind: str, level: int) -> None:
    specimen = drawn(kind, level)
    finding = found(reading(specimen))
    assert fields(finding) == specimen.truth.fields
    assert failed(finding) == []
    assert all(check.passed for check in finding.checks)


@pytest.mark.parametrize("kind", KINDS)
def test_a_misprinted_total_fails_its_sum(kind: str) -> None:
    specimen = drawn(kind, altered=True)
    finding = found(reading(specimen))
    assert fields(finding) == specimen.truth.fields
    assert "sum-of" in failed(finding)


@pytest.mark.parametrize(
    ("degrees", "scale", "shift"), [(0, 1, 0), (8, 1.4, 300), (90, 0.7, 0), (180, 1, 50), (-30, 2, 9)]
)
@pytest.mark.parametrize("kind", ["delivery-note", "school-report"])
def test_places_follow_the_anchors(kind: str, degrees: float, scale: float, shift: float) -> None:
    """A copy that was turned, scaled and shifted, without its picture: nothing but its print tells how it lies."""
    specimen = drawn(kind)
    high, wide = specimen.picture.shape[:2]
    turned, width, height = Affine.turning(degrees, wide, high)
    way = turned.then(Affine.scaling(scale, scale)).then(Affine.shift(shift, shift))
    lines = tuple(as_read(line.through(way.quad)) for line in specimen.truth.lines)
    size = width * scale + shift, height * scale + shift
    quarter = round(degrees / 90) * 90
    page = Reading(*size, "px", 1, 1, "ocr", lines, rotation=-quarter % 360, skew=quarter - degrees, today=TODAY)
    assert fields(found(page)) == specimen.truth.fields


def test_one_anchor_elsewhere_changes_nothing() -> None:
    """A text of the form that stands on the page once more does not move its places."""
    specimen = drawn("school-report")
    page = reading(specimen)
    stray = Line("家长签字", 0.99, quad_of_box(1200, 300, 1320, 330))
    assert fields(found(replace(page, lines=(*page.lines, stray)))) == specimen.truth.fields


def test_too_few_anchors_give_no_value_silently() -> None:
    page = reading(drawn("delivery-note"))
    anchors = ("送 货 单", "收货单位", "收货人签字：", "送货人签字：")
    finding = found(replace(page, lines=tuple(line for line in page.lines if line.text not in anchors)))
    assert fields(finding)["sender"] is None
    assert fields(finding)["number"] is not None
    assert "not_anchored" in {notice.code for notice in finding.notices}


NOTE = "template: note\nfields:\n  number: {label: 编号, form: digits, required: true}\n  phone: {label: 电话}\n"


def test_a_label_that_stands_twice_gives_a_doubtful_value() -> None:
    rows = (40, 40, "编号："), (160, 40, "2024"), (40, 100, "电话："), (160, 100, "5551"), (40, 160, "电话：")
    finding = own(NOTE, printed(*rows, (160, 160, "5552")))
    assert fields(finding)["phone"] in ("5551", "5552")
    assert finding.evidence["phone"].doubtful
    assert "more than once" in finding.evidence["phone"].why
    same = own(NOTE, printed(*rows, (160, 160, "5551")))
    assert fields(same)["phone"] == "5551" and not same.evidence["phone"].doubtful


def test_a_template_for_another_page() -> None:
    rows = (40, 40, "编号："), (160, 40, "2024")
    with pytest.raises(OcrError, match="the input has 1 page") as caught:
        own(NOTE + "page: 3\n", printed(*rows))
    assert caught.value.code == "page_out_of_range"
    _, declared = from_text((NOTE + "page: 3\n").encode(), "x.yaml")
    assert replace(SERVICE, own_documents={"note": declared}).read(printed(*rows, count=3), {}) == []


def test_none_fits() -> None:
    with pytest.raises(OcrError, match=r"delivery-note 0\.00, hospital-bill 0\.00, school-report 0\.00") as caught:
        found(printed((40, 40, "今天天气很好")))
    assert caught.value.code == "not_this_document"


def test_two_fit(tmp_path: Path) -> None:
    text = (TEMPLATES / "hospital-bill.yaml").read_text(encoding="utf-8")
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "two.yaml").write_text(text.replace("hospital-bill", "my-bill"), encoding="utf-8")
    finding = found(reading(drawn("hospital-bill")), tmp_path)
    assert fields(finding)["template_id"] == "hospital-bill"
    [notice] = [n for n in finding.notices if n.field == "template_id"]
    assert notice.code == "doubtful"
    assert "hospital-bill (" in notice.message and "my-bill (" in notice.message and "住院号" in notice.message


def test_an_expression_that_takes_for_ever_ends_the_page() -> None:
    text = NOTE + "  a: {label: 备注, pattern: '(a|aa)+$'}\n"
    with pytest.raises(OcrError) as caught:
        own(
            text,
            printed((40, 40, "编号："), (160, 40, "2024"), (40, 100, "备注："), (160, 100, "a" * 60 + "!")),
        )
    assert caught.value.code == "timeout"


LIST = (
    "template: list\nfields:\n  items:\n    columns:\n      name: {head: 名称}\n"
    "      count: {head: 数量, form: digits}\n      amount: {head: 金额, form: amount}\n"
    "  total: {label: 合计, form: amount}\n"
    "checks:\n  - sum-of: {parts: items/amount, total: total}\n"
)
HEADS = (40, 40, "名称"), (300, 40, "型号"), (400, 40, "数量"), (600, 40, "金额")


def test_columns_that_nobody_asks_for_are_nobody_s() -> None:
    rows = (40, 80, "螺丝"), (300, 80, "77"), (600, 80, "1.50"), (40, 120, "螺母"), (300, 120, "88"), (400, 120, "2")
    finding = own(LIST, printed(*HEADS, *rows, (600, 120, "2.50"), (40, 180, "合计"), (300, 180, "4.00")))
    assert fields(finding)["items"] == [
        {"name": "螺丝", "count": None, "amount": "1.50"},
        {"name": "螺母", "count": "2", "amount": "2.50"},
    ]
    assert failed(finding) == []
    assert set(finding.evidence) >= {"items/0/name", "items/1/amount"} and "items" not in finding.evidence


def test_a_name_of_two_lines_is_one_and_a_lone_text_is_doubtful() -> None:
    rows = (40, 80, "不锈钢"), (400, 80, "1"), (600, 80, "1.00"), (40, 104, "螺丝")
    more = (40, 144, "垫圈"), (400, 144, "2"), (600, 144, "2.00"), (40, 184, "其他"), (40, 224, "胶"), (400, 224, "3")
    finding = own(LIST, printed(*HEADS, *rows, *more, (600, 224, "3.00"), (40, 280, "合计"), (300, 280, "6.00")))
    assert [item["name"] for item in fields(finding)["items"]] == ["不锈钢螺丝", "垫圈", "其他", "胶"]
    assert finding.evidence["items/2/name"].doubtful
    assert {check.passed for check in finding.checks if check.rule == "sum-of"} == {None}


def test_a_missing_list_is_empty() -> None:
    finding = own(LIST, printed((40, 40, "合计"), (300, 40, "4.00"), (40, 90, "名称"), (600, 140, "金额")))
    assert fields(finding)["items"] == []


def test_classify_and_auto_know_them() -> None:
    page = reading(drawn("hospital-bill"))
    truth = drawn("hospital-bill").truth.fields
    [told] = service(of=classify.SERVICE).read(page, {**classify.SERVICE.defaults(), "types": "hospital-bill"})
    assert isinstance(told.fields, list)
    assert told.fields[0]["type"] == "hospital-bill" and told.fields[0]["content"] == truth
    assert "0/content/items/0/name" in told.evidence
    [by_auto] = service(of=auto.SERVICE).read(page, auto.SERVICE.defaults())
    assert by_auto.service == OWN and by_auto.fields == truth
