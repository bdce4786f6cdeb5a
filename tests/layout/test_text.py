import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.geometry import quad_of_box
from ocrcli.layout.order import arrange
from ocrcli.layout.text import markdown_text, page_text
from ocrcli.page import Line, Reading, Source
from tests.days import TODAY

from .drawn import reading_of
from .layouts import LAYOUTS, listing, prose, table, vertical


def page_of(*boxes: tuple[str, float, float, float, float], source: Source = "ocr") -> Reading:
    lines = tuple(Line(text, 1.0, quad_of_box(*edges), source) for text, *edges in boxes)
    return arrange(Reading(1000, 1000, "px", 1, 1, source, lines, today=TODAY))


def row(*texts_at: tuple[str, float], source: Source = "ocr") -> str:
    """The text of one row of 20 px print: each text with its left edge."""
    boxes = [(text, x, 100, x + sum(20 if ord(c) > 255 else 10 for c in text), 120) for text, x in texts_at]
    return page_text(page_of(*boxes, source=source))


def test_a_gap_as_between_columns_is_a_tab() -> None:
    assert row(("姓名", 100), ("年龄", 200)) == "姓名\t年龄"


def test_chinese_pieces_without_a_gap_follow_each_other() -> None:
    assert row(("中华人民", 100), ("共和国", 181)) == "中华人民共和国"


def test_latin_pieces_that_a_detector_broke_get_a_blank() -> None:
    assert row(("hello", 100), ("world", 151)) == "hello world"


def test_digital_pieces_that_touch_are_one_word() -> None:
    assert row(("H", 100), ("2O", 110), source="text-layer") == "H2O"


def test_rows_are_lines_and_blocks_are_set_apart() -> None:
    reading = page_of(("一行", 100, 100, 140, 120), ("二行", 100, 130, 140, 150), ("三行", 100, 300, 140, 320))
    assert page_text(reading) == "一行\n二行\n\n三行"


def test_markdown_joins_rows_by_newline_and_pieces_by_tab() -> None:
    reading = page_of(
        ("一", 100, 100, 120, 120), ("甲", 200, 100, 220, 120), ("二", 100, 130, 120, 150), ("三", 100, 400, 120, 420)
    )
    assert markdown_text(reading) == "一\t甲\n二\n三"


@pytest.mark.parametrize("angle", [0, 45, 90, 133, 180, 270, 301])
def test_the_text_does_not_depend_on_how_the_page_lies(angle: int) -> None:
    page = table(4, chinese=True)
    upright, _ = reading_of(page, seed=1, source="text-layer")
    lying, _ = reading_of(page, seed=1, source="text-layer", angle=angle)
    assert page_text(arrange(lying)) == page_text(arrange(upright))


def test_vertical_chinese_has_a_line_for_each_column() -> None:
    page = vertical(2)
    reading, rows = reading_of(page, seed=2)
    assert page_text(arrange(reading)).split() == [row[0].text for row in rows]


@given(name=st.sampled_from(sorted(LAYOUTS)), seed=st.integers(0, 20), chinese=st.booleans(), paragraphs=st.booleans())
@settings(deadline=None, max_examples=40)
def test_nothing_but_white_space_is_added(name: str, seed: int, chinese: bool, paragraphs: bool) -> None:
    reading, _ = reading_of(LAYOUTS[name](seed, chinese=chinese), seed=seed)
    arranged = arrange(reading)
    told = "".join("".join(line.text.split()) for line in arranged.lines)
    assert "".join(page_text(arranged, paragraphs=paragraphs).split()) == told
    assert "".join(markdown_text(arranged).split()) == told


@pytest.mark.parametrize("chinese", [True, False], ids=["Chinese", "Latin"])
@pytest.mark.parametrize("seed", range(3))
def test_paragraphs_are_put_together(chinese: bool, seed: int) -> None:
    page = prose(seed, chinese=chinese)
    reading, _ = reading_of(page, seed=seed)
    between = "" if chinese else " "
    wanted = [between.join(row[0].text for row in block) for block in page.blocks]
    assert page_text(arrange(reading), paragraphs=True).split("\n\n") == wanted


def test_rows_of_a_table_stay_rows() -> None:
    reading, _ = reading_of(table(1), seed=1)
    arranged = arrange(reading)
    assert page_text(arranged, paragraphs=True) == page_text(arranged)


def test_entries_of_a_list_stay_apart() -> None:
    reading, _ = reading_of(listing(3, chinese=True), seed=3)
    rows = page_text(arrange(reading), paragraphs=True).split("\n")
    assert [row.split("\t")[0] for row in rows if "\t" in row] == [f"{number}." for number in range(1, 9)]


def test_a_word_parted_by_a_hyphen_is_put_together() -> None:
    reading = page_of(
        ("The reader finds every line of the page and its charac-", 100, 100, 650, 120),
        ("ters, one after another, from the left side to the right", 100, 130, 660, 150),
        ("side.", 100, 160, 150, 180),
    )
    assert "its characters, one after another" in page_text(reading, paragraphs=True)


def test_a_hyphen_before_a_capital_stays() -> None:
    reading = page_of(
        ("The reader finds every line of the page and the Jean-", 100, 100, 640, 120),
        ("Pierre of the party, one after another, from the left", 100, 130, 640, 150),
        ("side to the right side.", 100, 160, 330, 180),
    )
    assert "the Jean-" in page_text(reading, paragraphs=True)
