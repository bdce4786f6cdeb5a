"""Templates from examples: labels, places, lists, and what is said where a value cannot be placed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ocrcli.cli.commands import app
from ocrcli.forms.teaching.taught import Example, compared, taught
from ocrcli.forms.templates.load import from_text
from ocrcli.forms.templates.write import dump
from tests.forms.cards import Boxes, page, swapped

BILL: Boxes = (
    ("样本医院收费单", 700, 40),
    ("姓名：样张三", 100, 140),
    ("日期", 700, 140),
    ("2024年1月2日", 800, 140),
    ("项目", 100, 220),
    ("数量", 600, 220),
    ("金额", 900, 220),
    ("挂号费", 100, 260),
    ("1", 610, 260),
    ("12.00", 900, 260),
    ("检查费", 100, 300),
    ("2", 610, 300),
    ("￥88.50", 900, 300),
    ("合计", 600, 380),
    ("100.50元", 900, 380),
)
VALUES: dict[str, Any] = {
    "name": "样张三",
    "day": "2024-01-02",
    "items": [{"item": "挂号费", "count": "1", "price": "12.00"}, {"item": "检查费", "count": "2", "price": "88.50"}],
    "total": "100.50",
}
OTHER = swapped(
    swapped(swapped(BILL, "姓名：样张三", "姓名：样李"), "2024年1月2日", "2023年12月31日"), "100.50元", "7.25元"
)


def test_labels_columns_and_forms() -> None:
    result = taught([Example(page(*BILL), VALUES)], "bill")
    assert (result.missing, result.different) == ({}, {})
    assert result.template is not None
    fields = result.template.fields
    assert (fields["name"].label, fields["name"].form) == (["姓名"], None)
    assert (fields["day"].label, fields["day"].form) == (["日期"], "date")
    assert (fields["total"].label, fields["total"].form) == (["合计"], "amount")
    assert {key: column.head for key, column in fields["items"].columns.items()} == {
        "item": ["项目"],
        "count": ["数量"],
        "price": ["金额"],
    }


def test_the_written_template_reads_another_document() -> None:
    result = taught([Example(page(*BILL), VALUES)], "bill")
    assert result.template is not None
    template, _ = from_text(dump(result.template).encode(), "bill.yaml")
    assert template == result.template
    other = VALUES | {"name": "样李", "day": "2023-12-31", "total": "7.25"}
    assert compared(template, Example(page(*OTHER), other)) == {}
    assert set(compared(template, Example(page(*OTHER), VALUES))) == {"name", "day", "total"}


def test_a_value_without_a_label_has_a_place() -> None:
    stamp: Boxes = (*BILL, ("A-1207", 1500, 900), ("请妥善保管", 100, 900), ("第一联", 1700, 40))
    result = taught([Example(page(*stamp), VALUES | {"number": "A-1207"})], "bill")
    assert result.template is not None and result.template.fields["number"].at is not None
    assert len(result.template.anchors) >= 3 and result.different == {}
    again = swapped(stamp, "A-1207", "A-3311")
    assert compared(result.template, Example(page(*again), VALUES | {"number": "A-3311"})) == {}


def test_text_that_goes_on_ends_where_it_did() -> None:
    ticket: Boxes = (*BILL, ("样本北站售", 1500, 900), ("请妥善保管", 100, 900), ("第一联", 1700, 40))
    result = taught([Example(page(*ticket), VALUES | {"sold": "样本北站"})], "bill")
    assert result.template is not None and result.template.fields["sold"].pattern == ".+?(?=售)"
    again = swapped(ticket, "样本北站售", "样本东站售")
    assert compared(result.template, Example(page(*again), VALUES | {"sold": "样本东站"})) == {}


def test_what_is_not_on_the_page_is_said() -> None:
    result = taught([Example(page(*BILL), VALUES | {"sex": "女"})], "bill")
    assert set(result.missing) == {"sex"} and "not printed" in result.missing["sex"]
    assert result.template is not None and "sex" not in result.template.fields


def test_nothing_on_the_page_gives_no_template() -> None:
    assert taught([Example(page(*BILL), {"sex": "女"})], "bill").template is None


def test_several_examples_agree_on_what_never_changes() -> None:
    first = (*BILL, ("窗口三号", 1500, 140))
    second = (*OTHER, ("窗口九号", 1500, 140))
    other = VALUES | {"name": "样李", "day": "2023-12-31", "total": "7.25"}
    result = taught([Example(page(*first), VALUES), Example(page(*second), other)], "bill")
    assert result.template is not None and result.different == {}
    assert not {"窗口三号", "窗口九号"} & {*result.template.anchors, *result.template.marks}


@pytest.mark.parametrize(
    ("values", "said"),
    [("[]", "must be an object"), ("{", "no JSON"), ('{"a": true}', "neither a text")],
)
def test_bad_values_are_a_usage_error(tmp_path: Path, values: str, said: str) -> None:
    (tmp_path / "values.json").write_text(values)
    words = ["teach", "a.png", "--values", str(tmp_path / "values.json"), "-o", str(tmp_path / "a.yaml")]
    result = CliRunner().invoke(app, words)
    assert said in str(result.exception) and not (tmp_path / "a.yaml").exists()


def test_a_template_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    target = tmp_path / "a.yaml"
    target.write_text("template: mine\n")
    (tmp_path / "values.json").write_text(json.dumps({"name": "样张三"}))
    result = CliRunner().invoke(app, ["teach", "a.png", "--values", str(tmp_path / "values.json"), "-o", str(target)])
    assert "--force" in str(result.exception) and target.read_text() == "template: mine\n"


def test_a_picture_that_cannot_be_read_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "values.json").write_text(json.dumps({"name": "样张三"}))
    (tmp_path / "a.png").write_bytes(b"no picture")
    words = [
        "teach",
        str(tmp_path / "a.png"),
        "--values",
        str(tmp_path / "values.json"),
        "-o",
        str(tmp_path / "a.yaml"),
    ]
    result = CliRunner().invoke(app, words, standalone_mode=False)
    assert result.return_value == 3 and not (tmp_path / "a.yaml").exists()
