import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.geometry import Affine, bounds
from ocrcli.layout.fields import Value, best_values, read_values
from ocrcli.layout.labels import Label, Where
from ocrcli.page import Line, Reading
from tests.days import TODAY

from .cards import EM, box, page

CARD = (
    Label("name", ("姓名", "Name")),
    Label("sex", ("性别", "Sex")),
    Label("ethnicity", ("民族",)),
    Label("birth", ("出生",)),
    Label("address", ("住址",), lines=3),
    Label("number", ("公民身份号码",)),
)
PERSON = {
    "name": "样张三",
    "sex": "女",
    "ethnicity": "汉",
    "birth": "1990年1月2日",
    "address": "样本省标本市示例街道一百二十三号民族路小区四单元五零六室",
    "number": "11010519491231002X",
}


def texts(reading: Reading, labels: tuple[Label, ...]) -> dict[str, str]:
    return {key: value.text for key, value in best_values(read_values(reading, labels)).items()}


def card(*, merged: bool = False, spaced: bool = False, angle: float = 0.0) -> Reading:
    """An identity card: labels on the left, an address of three rows, two pairs on one row."""
    gap = "" if merged else None
    pairs = [
        (100, 80, "姓 名" if spaced else "姓名", PERSON["name"]),
        (100, 160, "出 生" if spaced else "出生", PERSON["birth"]),
        (100, 560, "公民身份号码", PERSON["number"]),
    ]
    lines = []
    for x, y, label, value in pairs:
        if gap is None:
            lines += [box(label, x, y), box(value, x + (len(label) + 1.5) * EM, y)]
        else:
            lines.append(box(label + value, x, y))
    lines.append(box("性别女民族汉", 100, 120) if merged else box("性别 女", 100, 120))
    if not merged:
        lines.append(box("民族 汉", 300, 120))
    rows = [PERSON["address"][i : i + 11] for i in range(0, 28, 11)]
    left = 100 + 3.5 * EM
    lines += [box("住址", 100, 240)] + [box(row, left, 240 + 40 * i) for i, row in enumerate(rows)]
    return page(*lines, angle=angle)


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("spaced", [False, True])
@pytest.mark.parametrize("angle", [0, 27, 90, 200])
def test_a_card(merged: bool, spaced: bool, angle: int) -> None:
    assert texts(card(merged=merged, spaced=spaced, angle=angle), CARD) == PERSON


def test_two_cards_upside_down_to_each_other() -> None:
    upright, turned = card(), card(angle=180)
    below = tuple(
        Line(line.text, line.confidence, Affine.shift(0, upright.height).quad(line.quad)) for line in turned.lines
    )
    both = Reading(upright.width, 2 * upright.height, "px", 1, 1, "ocr", upright.lines + below, today=TODAY)
    values = read_values(both, CARD)
    for key, text in PERSON.items():
        assert [value.text for value in values if value.key == key] == [text, text]


def only(values: list[Value]) -> Value:
    [value] = values
    return value


def test_a_label_split_over_boxes() -> None:
    reading = page(box("姓", 100, 100), box("名", 160, 100), box("样张三", 230, 100))
    value = only(read_values(reading, CARD))
    assert (value.text, [part.text for part in value.label]) == ("样张三", ["姓", "名"])


def test_a_label_in_one_box_with_its_value_says_which_characters_are_the_value() -> None:
    value = only(read_values(page(box("出生：1990年1月2日", 100, 100)), CARD))
    [part] = value.parts
    assert (part.start, part.end, part.text) == (3, 12, "1990年1月2日")
    assert value.quad is not None
    x0, _, x1, _ = bounds(value.quad)
    assert x0 == pytest.approx(100 + 3 * EM) and x1 == pytest.approx(bounds(part.line.quad)[2])


def test_a_misread_label() -> None:
    assert texts(page(box("公民身分号码 123", 100, 100)), CARD) == {"number": "123"}


def test_a_label_that_was_read_exactly_leaves_no_room_for_misread_ones() -> None:
    labels = (Label("code", ("发票代码",)), Label("number", ("发票号码",)))
    assert texts(page(box("发票号码 12345678", 100, 100)), labels) == {"number": "12345678"}


def test_labels_in_two_languages_side_by_side_are_one() -> None:
    value = only(read_values(page(box("姓名/Name: SAMPLE ONE", 100, 100)), CARD))
    assert value.text == "SAMPLE ONE"


def test_labels_in_two_languages_below_each_other() -> None:
    reading = page(box("姓名", 100, 100), box("Name", 100, 132, em=14), box("样张三", 220, 100))
    assert texts(reading, CARD) == {"name": "样张三"}


def test_a_part_of_a_latin_word_is_no_label() -> None:
    assert read_values(page(box("Surname SAMPLE", 100, 100)), (Label("name", ("Name",)),)) == []


def test_the_reader_drops_blanks_between_latin_words() -> None:
    labels = (Label("issue", ("Date of Issue",)),)
    assert texts(page(box("DateofIssue2020-01-02", 100, 100)), labels) == {"issue": "2020-01-02"}


def test_the_name_of_a_street_is_no_label() -> None:
    reading = page(box("住址样本市民族路一号", 100, 100))
    assert texts(reading, CARD) == {"address": "样本市民族路一号"}


def test_values_below_their_labels() -> None:
    labels = tuple(Label(key, (key,), Where.BELOW) for key in ("数量", "单价", "金额"))
    reading = page(
        *(box(label.key, 100 + 250 * i, 100) for i, label in enumerate(labels)),
        *(box(text, 110 + 250 * i, 140) for i, text in enumerate(("3", "12.50", "37.50"))),
    )
    assert texts(reading, labels) == {"数量": "3", "单价": "12.50", "金额": "37.50"}


def test_looks_decide_between_beside_and_below() -> None:
    labels = (Label("date", ("日期",), Where.EITHER, looks=r"\d{4}"),)
    reading = page(box("日期", 100, 100), box("第一联", 300, 100), box("2020-01-02", 100, 140))
    assert texts(reading, labels) == {"date": "2020-01-02"}


def test_a_value_between_two_labels_goes_to_one_only() -> None:
    """Print that slipped down by half a row: each value is as near to the label below it."""
    labels = tuple(Label(key, (key,)) for key in ("上车", "下车", "单价"))
    reading = page(
        *(box(label.key, 100, 100 + 40 * i) for i, label in enumerate(labels)),
        *(box(text, 250, 114 + 40 * i) for i, text in enumerate(("09:00", "09:30", "2.40"))),
    )
    assert texts(reading, labels) == {"上车": "09:00", "下车": "09:30", "单价": "2.40"}


def test_a_label_alone_has_an_empty_value() -> None:
    value = only(read_values(page(box("姓名", 100, 100)), CARD))
    assert (value.text, value.rows, value.quad, value.confidence) == ("", (), None, None)


def test_the_next_label_is_no_value() -> None:
    assert texts(page(box("姓名", 100, 100), box("性别", 200, 100), box("女", 300, 100)), CARD) == {
        "name": "",
        "sex": "女",
    }


def test_stop_ends_a_value() -> None:
    labels = (Label("name", ("姓名",), stop=("照片",)),)
    assert texts(page(box("姓名", 100, 100), box("样张三", 200, 100), box("照片", 290, 100)), labels) == {
        "name": "样张三"
    }


def test_a_label_in_the_middle_of_its_value() -> None:
    labels = (Label("note", ("备注",), lines=3),)
    rows = ("第一行写在标签之上", "第二行与标签齐平", "第三行写在标签之下")
    reading = page(box("备注", 100, 140), *(box(row, 250, 105 + 35 * i) for i, row in enumerate(rows)))
    assert texts(reading, labels) == {"note": "".join(rows)}


def test_a_value_has_no_more_rows_than_its_label_allows() -> None:
    labels = (Label("note", ("备注",), lines=2),)
    reading = page(box("备注", 100, 100), *(box("同样的一行字", 200, 100 + 35 * i) for i in range(4)))
    assert [len(row) for row in only(read_values(reading, labels)).rows] == [1, 1]


@pytest.mark.parametrize(("below", "whole"), [("短一些的一行", True), ("比上面那一行还要长得多的另一句话", False)])
def test_rows_on_ruled_lines_stand_wide_apart(below: str, whole: bool) -> None:
    above = "写满了的一行字写满了"
    labels = (Label("note", ("记录",), lines=4),)
    reading = page(box("记录", 100, 100), box(above, 200, 100), box(below, 200, 100 + 2.6 * EM))
    assert texts(reading, labels) == {"note": above + below if whole else above}


def test_every_occurrence_is_told_and_the_filled_one_is_best() -> None:
    labels = (Label("name", ("名称",)),)
    reading = page(box("名称：甲公司", 100, 100), box("名称：", 100, 400))
    values = read_values(reading, labels)
    assert [value.text for value in values] == ["甲公司", ""]
    assert best_values(values)["name"].text == "甲公司"


KEYS = ("姓名", "编号", "住所", "类型", "电话", "备注")


@given(
    order=st.permutations(KEYS),
    columns=st.integers(1, 3),
    angle=st.integers(0, 359),
    merged=st.lists(st.booleans(), min_size=6, max_size=6),
    shuffle=st.randoms(use_true_random=False),
)
@settings(deadline=None, max_examples=60)
def test_a_form_in_any_order_at_any_angle(
    order: list[str], columns: int, angle: int, merged: list[bool], shuffle: random.Random
) -> None:
    labels = tuple(Label(key, (key,)) for key in KEYS)
    lines, wanted = [], {}
    for (i, key), in_one in zip(enumerate(order), merged, strict=True):
        x, y = 60 + 310 * (i % columns), 100 + 60 * (i // columns)
        wanted[key] = f"值{i}样本"
        lines += [box(f"{key}：{wanted[key]}", x, y)] if in_one else [box(key, x, y), box(wanted[key], x + 80, y)]
    shuffle.shuffle(lines)
    assert texts(page(*lines, angle=angle), labels) == wanted


@given(st.lists(st.tuples(st.sampled_from([*KEYS, "值", "值样", "甲：乙"]), st.integers(0, 30), st.integers(0, 15))))
@settings(deadline=None, max_examples=80)
def test_no_character_is_given_twice(places: list[tuple[str, int, int]]) -> None:
    lines = [box(text, 30.0 * x, 40.0 * y) for text, x, y in places]
    labels = tuple(Label(key, (key,), Where.EITHER, lines=2) for key in KEYS)
    values = read_values(page(*lines), labels)
    used = [
        (part.line.quad, part.line.text, i)
        for value in values
        for part in itertools.chain(value.label, value.parts)
        for i in range(part.start, part.end)
    ]
    times = {spot: used.count(spot) for spot in used}
    doubled = {(line.quad, line.text) for line in lines if lines.count(line) > 1}
    assert all(count == 1 for spot, count in times.items() if spot[:2] not in doubled)
