import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.geometry import quad_of_box
from ocrcli.layout.order import arrange
from ocrcli.page import Line, Reading
from tests.days import TODAY

from .drawn import Drawn, reading_of
from .layouts import LAYOUTS, form, prose, receipt, side_note, table, vertical

SEEDS = range(3)


def rows_of(reading: Reading) -> list[tuple[Line, ...]]:
    return [row for block in arrange(reading).blocks for row in block]


def as_rows(rows: list[list[Line]]) -> list[tuple[Line, ...]]:
    return [tuple(row) for row in rows]


def page_of(*boxes: tuple[str, float, float, float, float]) -> Reading:
    lines = tuple(Line(text, 1.0, quad_of_box(*edges)) for text, *edges in boxes)
    return Reading(1000, 1000, "px", 1, 1, "ocr", lines, today=TODAY)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("chinese", [True, False], ids=["Chinese", "Latin"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_printed_rows_in_reading_order_on_turned_pages(name: str, chinese: bool, seed: int) -> None:
    reading, rows = reading_of(LAYOUTS[name](seed, chinese=chinese), seed=seed, angle=97 * seed + 13)
    assert rows_of(reading) == as_rows(rows)


@pytest.mark.parametrize("name", LAYOUTS)
def test_digital_pages(name: str) -> None:
    reading, rows = reading_of(LAYOUTS[name](5, chinese=True), seed=5, source="text-layer")
    assert rows_of(reading) == as_rows(rows)


@pytest.mark.parametrize("layout", [table, form, receipt], ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("bend", [25.0, -30.0])
def test_rows_of_a_bent_page_stay_rows(layout, bend: float) -> None:
    reading, rows = reading_of(layout(3), seed=3, bend=bend)
    assert rows_of(reading) == as_rows(rows)


@given(angle=st.integers(0, 359), seed=st.integers(0, 50))
@settings(deadline=None, max_examples=25)
def test_the_order_does_not_depend_on_how_the_page_lies(angle: int, seed: int) -> None:
    page = prose(seed, chinese=True, columns=2, title=True)
    reading, rows = reading_of(page, seed=seed, angle=angle)
    assert rows_of(reading) == as_rows(rows)


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(0, 900), st.floats(1, 300), st.floats(1, 60)), max_size=25))
@settings(deadline=None, max_examples=100)
def test_no_line_is_lost_or_doubled_wherever_it_stands(places: list[tuple[float, float, float, float]]) -> None:
    boxes = [(str(i), x, y, x + width, y + height) for i, (x, y, width, height) in enumerate(places)]
    reading = arrange(page_of(*boxes))
    assert sorted(int(line.text) for line in reading.lines) == list(range(len(boxes)))
    assert [line for block in reading.blocks for row in block for line in row] == list(reading.lines)


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=20)
def test_the_order_found_does_not_depend_on_the_order_given(chance: random.Random) -> None:
    reading, _ = reading_of(side_note(7), seed=7)
    lines = list(reading.lines)
    chance.shuffle(lines)
    assert arrange(replace(reading, lines=tuple(lines))).blocks == arrange(reading).blocks


def test_a_page_without_lines_has_no_blocks() -> None:
    assert arrange(page_of()).blocks == ()


def test_a_digital_page_that_lies_on_its_side_says_so_by_its_lines() -> None:
    reading, rows = reading_of(table(2), seed=2, angle=90, source="text-layer")
    assert rows_of(replace(reading, rotation=0, skew=0.0)) == as_rows(rows)


def test_vertical_chinese_is_read_from_right_to_left() -> None:
    reading, rows = reading_of(vertical(1), seed=1)
    assert rows_of(reading) == as_rows(rows)


def texts_of(reading: Reading) -> list[str]:
    return [" ".join(line.text for line in row) for row in rows_of(reading)]


def test_a_level_title_and_a_page_number_stand_apart_from_vertical_columns() -> None:
    columns = [("上者鮮矣不好犯", 200), ("其為人也孝弟而", 400), ("人不知而不慍不", 600), ("學而時習之不亦", 800)]
    reading = page_of(
        ("论语集注", 340, 40, 520, 85),
        ("卷一", 540, 40, 620, 85),
        *((text, x, 160, x + 45, 730) for text, x in columns),
        ("- 12 -", 480, 860, 540, 885),
    )
    assert texts_of(reading) == ["论语集注 卷一", *(text for text, _ in reversed(columns)), "- 12 -"]


def test_bands_of_vertical_columns_are_read_one_after_the_other() -> None:
    bands = [
        (f"{band}{column}行的文字", x, y)
        for band, y in (("上", 100), ("下", 500))
        for column, x in zip("三二一", (200, 300, 400), strict=True)
    ]
    reading = page_of(*((text, x, y, x + 45, y + 300) for text, x, y in bands))
    assert [text[:2] for text in texts_of(reading)] == ["上一", "上二", "上三", "下一", "下二", "下三"]


def test_small_readings_beside_vertical_characters_are_left_out_and_told() -> None:
    reading = page_of(
        ("今日は学校へ行きます", 380, 50, 430, 640),
        ("明日も晴れるでしょう", 240, 50, 290, 640),
        ("き", 437, 45, 453, 62),
        ("ょう", 437, 105, 453, 140),
        ("あした", 297, 45, 313, 140),
    )
    assert texts_of(reading) == ["今日は学校へ行きます", "明日も晴れるでしょう"]
    (notice,) = arrange(reading).notices
    assert notice.code == "readings"
    assert "ょう" in notice.message


def test_a_side_bar_with_a_pitch_of_its_own_is_read_before_the_body() -> None:
    bar = [
        "王小明",
        "求职意向：软件工程师",
        "电话：000-0000",
        "邮箱：a@example.com",
        "技能",
        "Python / SQL",
        "英语六级",
    ]
    body = [
        "教育经历",
        "2015.09-2019.06 样本大学",
        "工作经历",
        "2019.07-2023.12 样本公司",
        "负责识别系统的设计",
        "项目经历",
        "识别平台",
    ]
    boxes = [(text, 40, 84 + 90 * i, 40 + 20 * len(text), 116 + 90 * i) for i, text in enumerate(bar)]
    boxes += [(text, 430, 75 + 95 * i, 430 + 20 * len(text), 107 + 95 * i) for i, text in enumerate(body)]
    assert texts_of(page_of(*boxes)) == [*bar, *body]


def test_rows_of_even_pitch_stay_rows() -> None:
    boxes = [(f"名称{i}", 40, 84.0 + 90 * i, 160, 116.0 + 90 * i) for i in range(7)]
    boxes += [(f"数值{i}", 430, 84.0 + 93 * i - 9, 530, 116.0 + 93 * i - 9) for i in range(7)]
    assert texts_of(page_of(*boxes)) == [f"名称{i} 数值{i}" for i in range(7)]


def test_text_that_runs_down_stands_on_the_first_row_beside_it() -> None:
    reading = page_of(
        ("购买方", 100, 100, 125, 220),
        ("名称：", 140, 100, 210, 125),
        ("税号：", 140, 140, 210, 165),
        ("账号：", 140, 180, 210, 205),
    )
    assert [[line.text for line in row] for row in rows_of(reading)] == [["购买方", "名称："], ["税号："], ["账号："]]


def test_text_that_runs_down_at_the_right_margin_comes_last() -> None:
    reading = page_of(
        ("发票联", 300, 100, 325, 220),
        ("名称：", 140, 100, 210, 125),
        ("税号：", 140, 140, 210, 165),
        ("账号：", 140, 180, 210, 205),
    )
    assert [row[0].text for row in rows_of(reading)] == ["名称：", "税号：", "账号：", "发票联"]


def test_a_cell_centred_between_two_rows_goes_with_the_upper_one() -> None:
    reading = page_of(
        ("地址", 100, 118, 150, 142),
        ("一号路二号楼三单元", 200, 100, 420, 124),
        ("四零五室", 200, 135, 300, 159),
    )
    assert [[line.text for line in row] for row in rows_of(reading)] == [
        ["地址", "一号路二号楼三单元"],
        ["四零五室"],
    ]


def test_small_print_beside_large_is_on_its_row() -> None:
    reading = page_of(("发票", 100, 100, 300, 180), ("第12号", 330, 130, 400, 154), ("日期", 100, 220, 150, 244))
    assert [[line.text for line in row] for row in rows_of(reading)] == [["发票", "第12号"], ["日期"]]


def blocks_of(page: Drawn) -> tuple[list[int], list[int]]:
    reading, _ = reading_of(page, seed=1)
    return [len(block) for block in arrange(reading).blocks], [len(block) for block in page.blocks]


@pytest.mark.parametrize("seed", SEEDS)
def test_paragraphs_are_blocks(seed: int) -> None:
    found, drawn = blocks_of(prose(seed, chinese=True, columns=2, title=True))
    assert found == drawn


@pytest.mark.parametrize("seed", SEEDS)
def test_a_table_is_one_block_under_its_title(seed: int) -> None:
    found, drawn = blocks_of(table(seed))
    assert found == drawn


def test_text_that_runs_down_beside_a_paragraph_does_not_break_it() -> None:
    rows = [(f"第{i}行文字", 140, 100 + 30 * i, 300, 125 + 30 * i) for i in range(5)]
    reading = arrange(page_of(("发票联", 340, 110, 365, 220), *rows))
    assert [len(block) for block in reading.blocks] == [5, 1]
