"""Kinds are told by their signs, however these are misread, and nothing else is taken for one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ocrcli.geometry import quad_of_box
from ocrcli.layout.naming import NAMED, OTHER, name_of
from ocrcli.page import Line
from ocrcli.signs import Kind, Labels, Number, Shape, Title

PERMIT = Kind(
    "permit",
    "许可证",
    "permit",
    (
        Title(("中华人民共和国样本许可证",)),
        Labels(("持有人", "有效期限", "发证机关", "许可范围"), 3),
        Number(r"\d{8}", lambda text: int(text) % 7 == 0, 0.6),
        Shape(1.5, 0.3),
    ),
)
RECEIPT = Kind("receipt", "收据", "receipt", (Title(("样本专用收据",)), Labels(("金额", "单价", "数量"), 3)))
KINDS = (PERMIT, RECEIPT)


def lines(*texts: str) -> list[Line]:
    return [Line(text, 0.9, quad_of_box(0, 20 * i, 200, 20 * i + 16)) for i, text in enumerate(texts)]


def test_title_and_labels_add_up() -> None:
    title = name_of(lines("中华人民共和国样本许可证"), KINDS)
    both = name_of(lines("中华人民共和国样本许可证", "持有人 张三", "有效期限：2030", "发证机关"), KINDS)
    assert title.type == both.type == "permit"
    assert NAMED <= title.score < both.score < 1


def test_a_misread_title_counts_less() -> None:
    right = name_of(lines("中华人民共和国样本许可证"), KINDS)
    misread = name_of(lines("中华人民共和围样木许可证"), KINDS)
    assert misread.type == "permit"
    assert misread.score < right.score


def test_a_title_in_the_midst_of_running_text_is_none() -> None:
    prose = "本市自下月起凡持有中华人民共和国样本许可证的单位和个人均应按照规定办理年度审验手续并缴纳费用"
    assert name_of(lines(prose), KINDS).type == OTHER


def test_one_common_word_is_no_set_of_labels() -> None:
    name = name_of(lines("金额"), KINDS)
    assert (name.type, name.score, name.second) == (OTHER, 1.0, None)


def test_a_number_counts_only_where_it_passes() -> None:
    assert name_of(lines("No. 1234 5677"), KINDS).type == OTHER
    assert name_of(lines(f"No. {12345678 // 7 * 7}"), KINDS).type == "permit"


def test_a_shape_supports_and_names_nothing() -> None:
    bare = name_of(lines("持有人", "有效期限"), KINDS)
    shaped = name_of(lines("持有人", "有效期限"), KINDS, aspect=1.55)
    assert bare.best is not None and shaped.best is not None
    assert shaped.score > bare.score
    assert "1.5:1" in shaped.best.words
    assert name_of(lines("今天天气很好"), KINDS, aspect=1.5).score == 1.0


def test_the_runner_up_is_told() -> None:
    name = name_of(lines("中华人民共和国样本许可证", "金额", "单价"), KINDS)
    assert name.type == "permit"
    assert name.second is not None and name.second.kind is RECEIPT


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_text_has_a_name_and_a_score(texts: list[str]) -> None:
    name = name_of(lines(*texts), KINDS)
    assert 0.0 <= name.score <= 1.0
    assert (name.best is None) == (name.type == OTHER)


def test_a_page_of_more_lines_than_a_card_holds_is_no_card() -> None:
    signs = (Title(("样本银行",), 0.6), Shape(1.586, most_lines=4))
    card = (Kind("card", "卡", "card", signs),)
    assert name_of(lines("样本银行", "6200 0000"), card).type == "card"
    assert name_of(lines("样本银行", *(f"第{i}笔" for i in range(4))), card).type == OTHER
