from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ocrcli.geometry import Quad, quad_of_box
from ocrcli.outputs.annotate import POOR, SURE, UNSURE, draw, write_annotated
from ocrcli.outputs.annotate_fields import DOUBTED, FOUND, WRONG, field_remarks
from ocrcli.outputs.annotate_tables import COLOURS, table_remarks
from ocrcli.page import Line, Page, Reading, Structure, Unit
from tests.days import TODAY
from tests.outputs import sample_records as sample

TEXT = sample.text_record("a.png", "x")


def reading(
    *lines: Line, width: float = 400, height: float = 300, unit: Unit = "px", scale: float = 1.0, number: int = 1
) -> Reading:
    def white() -> np.ndarray:
        return np.full((round(height * scale), round(width * scale), 3), 255, np.uint8)

    page = Page(width, height, unit, number, 12 if number > 1 else 1, render=white, scale=scale)
    return Reading(width, height, unit, number, page.count, "ocr", lines=lines, page=page, today=TODAY)


def line(text: str = "样本 SPECIMEN", confidence: float = 0.99, quad: Quad | None = None) -> Line:
    return Line(text, confidence, quad or quad_of_box(40, 40, 240, 80))


def colours(image: Image.Image) -> set[tuple[int, ...]]:
    return {colour for _, colour in image.getcolors(1 << 24) if isinstance(colour, tuple)}


def page_width(image: Image.Image) -> int:
    """How wide the page is drawn beside its text and the column of remarks, in px."""
    return (image.width - 4 - 420) // 2


def ink(image: Image.Image) -> np.ndarray:
    """Where the text panel, beside the page, is darker than any outline."""
    pixels, width = np.asarray(image.convert("L")), page_width(image)
    return pixels[:, width + 2 : 2 * width + 2] < 120


def column(image: Image.Image) -> np.ndarray:
    """What the column at the right is painted with."""
    return np.asarray(image)[:, 2 * page_width(image) + 4 :]


def test_a_page_gives_one_picture_named_as_under_a_folder(tmp_path: Path):
    write_annotated(reading(line()), [TEXT], sample.given("x/a.png", "deep/a.png"), str(tmp_path))
    for number in (2, 11):
        write_annotated(reading(line(), number=number), [TEXT], sample.given("b.pdf"), str(tmp_path))
    names = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert names == ["b.pdf.page02.png", "b.pdf.page11.png", "deep/a.png.png"]
    assert Image.open(tmp_path / "deep/a.png.png").format == "PNG"


def test_the_same_page_gives_the_same_bytes():
    def drawn() -> bytes:
        stream = io.BytesIO()
        draw(reading(line()), [TEXT]).save(stream, "PNG")
        return stream.getvalue()

    assert drawn() == drawn()


@pytest.mark.parametrize(("confidence", "colour"), [(1.0, SURE), (0.9, UNSURE), (0.5, POOR)])
def test_the_colour_of_a_box_tells_the_confidence(confidence: float, colour: tuple[int, int, int]):
    image = draw(reading(line(confidence=confidence)), [TEXT])
    page = image.crop((0, 0, page_width(image), 300))
    assert colours(page) & {SURE, UNSURE, POOR} == {colour}


def test_chinese_is_drawn_character_by_character():
    one, other = (ink(draw(reading(line(text)), [TEXT])) for text in ("图图图", "表表表"))
    missing, mark = (ink(draw(reading(line(text)), [TEXT])) for text in ("☑☑☑", "〓〓〓"))
    assert one.sum() > 500
    assert not np.array_equal(one, other)
    assert np.array_equal(missing, mark)
    assert not np.array_equal(one, mark)


def test_text_stands_where_it_stood_and_fits_its_box():
    for text in ("短", "很长的一行文字" * 12):
        marked = ink(draw(reading(line(text, quad=quad_of_box(100, 100, 300, 140)), width=1000, height=900), [TEXT]))
        ys, xs = np.nonzero(marked)
        # The number is a light figure on a coloured tag, left of the box.
        text_xs = xs[xs > 138]
        assert ys.min() >= 98 and ys.max() <= 142
        assert text_xs.size and text_xs.max() <= 345


def test_turned_text_is_drawn_turned():
    upright = ink(draw(reading(line(quad=((40, 40), (240, 40), (240, 80), (40, 80))), width=300), [TEXT]))
    falling = ink(draw(reading(line(quad=((80, 40), (80, 240), (40, 240), (40, 40))), width=300), [TEXT]))
    (ys, xs), (turned_ys, turned_xs) = np.nonzero(upright), np.nonzero(falling)
    assert np.ptp(xs) > 2 * np.ptp(ys)
    assert np.ptp(turned_ys) > 2 * np.ptp(turned_xs)


def test_columns_are_set_downwards():
    printed = Line("一二三四五", 0.99, quad_of_box(100, 20, 130, 220), vertical=True)
    column = ink(draw(reading(printed, width=300), [TEXT]))
    rows = np.flatnonzero(column.any(axis=1))
    assert rows[-1] - rows[0] > 150


def test_pages_in_points_are_drawn_at_their_pixels():
    digital = reading(line(quad=quad_of_box(40, 40, 240, 80)), unit="pt", scale=3.0)
    image = draw(digital, [TEXT])
    page = np.asarray(image)[:900, : page_width(image)]
    outline = np.argwhere((page == SURE).all(axis=2))
    # The page is drawn 3 px a point, 40 px of margin at its left; the tag stands left of the box.
    assert abs(outline[:, 0].min() - 120) <= 2
    assert abs(outline[:, 0].max() - 240) <= 2
    assert abs(outline[:, 1].max() - (40 + 720)) <= 2


def test_small_pictures_are_enlarged_and_large_ones_reduced():
    assert draw(reading(width=94, height=24), [TEXT]).width >= 700
    assert page_width(draw(reading(width=6000, height=4000), [TEXT])) == 2840
    tall = draw(reading(width=500, height=6000), [TEXT])
    assert tall.height == 2800


def test_no_more_than_the_page_and_a_column_however_much_there_is_to_tell():
    seals = [{"content": "样" * 50, "location": [[n, n], [n, n], [n, n], [n, n]]} for n in range(500)]
    image = draw(reading(width=600, height=900), [sample.record("a.png", fields={"seals": seals, "empty": None})])
    plain = draw(reading(width=600, height=900), [sample.record("a.png")])
    assert image.size == plain.size
    assert image.height == 900 and image.width <= 640 + 2 + 420


def test_warnings_failed_checks_and_fields_stand_in_the_column():
    def rows(record: dict[str, object]) -> int:
        return int((column(draw(reading(line(), width=600, height=900), [record])).min(axis=2) < 120).any(axis=1).sum())

    plain = rows(TEXT)
    warning = {"code": "blur", "message": "the picture is blurred", "field": None}
    check = {"rule": "luhn", "fields": ["number"], "passed": False}
    assert rows(TEXT | {"warnings": [warning]}) > plain
    assert rows(TEXT | {"checks": [check]}) > plain
    assert rows(TEXT | {"checks": [check | {"passed": True}]}) == plain


def test_what_was_not_found_and_places_are_left_out_of_the_column():
    fields = {"name": "样本", "empty": None, "none": [], "place": [[1, 2], [3, 4], [5, 6], [7, 8]], "at": [1, 2, 3, 4]}
    assert [row for row, _ in field_remarks(sample.record("a.png", fields=fields))] == ["name: 样本"]
    plates = [{"plate_number": "京A00000", "plate_location": [[1, 1], [2, 1], [2, 2], [1, 2]]}]
    told = [row for row, _ in field_remarks(sample.record("a.png", fields=plates))]
    assert told == ["No. 1", "plate_number: 京A00000"]


def evidence(x0: int, y0: int, x1: int, y1: int, **more: object) -> dict[str, object]:
    return {"quad": box(x0, y0, x1, y1), "doubtful": False, **more}


def test_fields_are_drawn_where_they_are_and_coloured_by_what_is_known():
    def drawn(**more: object) -> set[tuple[int, ...]]:
        record = sample.record("a.png", fields={"total": "1"}, evidence={"total": evidence(100, 100, 300, 140)})
        image = draw(reading(), [record | more])
        page = np.asarray(image)[:, : image.width - 420]
        return {colour for colour in (FOUND, DOUBTED, WRONG) if (page == colour).all(axis=2).any()}

    assert drawn() == {FOUND}
    warning = {"code": "doubtful", "message": "m", "field": "total"}
    assert drawn(warnings=[warning]) == {DOUBTED}
    assert drawn(checks=[{"rule": "r", "fields": ["total"], "passed": False, "message": None}]) == {WRONG}
    assert drawn(evidence={"total": evidence(100, 100, 300, 140, doubtful=True)}) == {DOUBTED}


def test_each_thing_of_a_list_is_drawn_with_what_it_says():
    plates = [{"plate_number": "京A00000", "plate_location": box(100, 100, 200, 140)}]
    image = draw(reading(), [sample.record("a.png", fields=plates)])
    scale = (image.width - 2 - 420 - 40) / 400
    ys, xs = np.nonzero((np.asarray(image)[:, : image.width - 420] == FOUND).all(axis=2))
    assert abs(xs.min() - (40 + 100 * scale)) <= 3 and abs(ys.max() - 140 * scale) <= 3


def test_documents_are_outlined():
    place = {"index": 1, "count": 1, "side": None, "quad": [[10, 10], [390, 10], [390, 290], [10, 290]]}
    plain = colours(draw(reading(), [TEXT]))
    assert (120, 60, 190) in colours(draw(reading(), [TEXT | {"document": place}])) - plain


def box(x0: int, y0: int, x1: int, y1: int) -> list[list[int]]:
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]


def table(structure: str, row_span: int = 1) -> dict[str, object]:
    """Two columns; the first is one cell where `row_span` is 2."""
    cells = [
        sample.cell(0, 0, "x", row_span=row_span) | {"quad": box(100, 100, 200, 150 + 50 * (row_span - 1))},
        sample.cell(0, 1, "x") | {"quad": box(200, 100, 300, 150)},
        sample.cell(1, 1, "x") | {"quad": box(200, 150, 300, 200)},
    ]
    return {"rows": 2, "columns": 2, "quad": box(100, 100, 300, 200), "structure": structure, "cells": cells}


def blue_at(image: Image.Image, x: float, y: float) -> bool:
    """Whether a point of the page as given is drawn in the colour of ruled tables, or tinted with it."""
    scale = page_width(image) - 40
    red, _, blue = np.asarray(image)[round(y * scale / 400), round(40 + x * scale / 400)].astype(int)
    return blue > red + 10


def test_the_grid_of_a_table_is_drawn_where_it_is():
    image = draw(reading(), [TEXT | {"tables": [table("rules", row_span=2)]}])
    assert all(blue_at(image, *place) for place in ((200, 125), (250, 100), (250, 150), (300, 180)))
    assert blue_at(image, 130, 150)  # inside the cell over two rows, which is tinted
    assert not blue_at(image, 230, 125)


@pytest.mark.parametrize("structure", ["rules", "words", "model"])
def test_colour_and_words_tell_where_a_table_comes_from(structure: Structure):
    plain = draw(reading(), [TEXT])
    image = draw(reading(), [TEXT | {"tables": [table(structure)]}])
    assert {colour for colour in COLOURS.values() if colour in colours(image)} == {COLOURS[structure]}
    assert not np.array_equal(column(image), column(plain))
    ((remark, colour),) = table_remarks([table(structure, row_span=2)], "ocr")
    assert remark.startswith("Table 1: 2 rows, 2 columns, cells over several squares: 1; ")
    assert colour == COLOURS[structure]


def test_digital_tables_come_from_what_the_page_itself_draws():
    ((seen, _),) = table_remarks([table("rules")], "ocr")
    ((drawn, _),) = table_remarks([table("rules")], "text-layer")
    assert "seen in the picture" in seen
    assert "that the digital page draws" in drawn


def test_a_reading_without_its_page_cannot_be_drawn():
    with pytest.raises(ValueError, match="without its page"):
        draw(Reading(10, 10, "px", 1, 1, "ocr", today=TODAY), [TEXT])
