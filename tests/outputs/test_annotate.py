from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ocrcli.geometry import Quad, quad_of_box
from ocrcli.outputs.annotate import POOR, SURE, UNSURE, draw, write_annotated
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


def ink(image: Image.Image) -> np.ndarray:
    """Where the text panel, the right half over the remarks, is darker than any outline."""
    pixels = np.asarray(image.convert("L"))
    return pixels[: pixels.shape[0] - 160, pixels.shape[1] // 2 :] < 120


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
    page = image.crop((0, 0, image.width // 2, 300))
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
    page = np.asarray(image)[:900, : image.width // 2]
    outline = np.argwhere((page == SURE).all(axis=2))
    # The page is drawn 3 px a point, 40 px of margin at its left; the tag stands left of the box.
    assert abs(outline[:, 0].min() - 120) <= 2
    assert abs(outline[:, 0].max() - 240) <= 2
    assert abs(outline[:, 1].max() - (40 + 720)) <= 2


def test_small_pictures_are_enlarged_and_large_ones_reduced():
    assert draw(reading(width=94, height=24), [TEXT]).width >= 700
    assert draw(reading(width=6000, height=4000), [TEXT]).width < 6000
    tall = draw(reading(width=500, height=6000), [TEXT])
    assert tall.height < 3200


def test_warnings_failed_checks_and_fields_stand_below():
    def below(record: dict[str, object]) -> int:
        return draw(reading(line()), [record]).height

    plain = below(TEXT)
    warning = {"code": "blur", "message": "the picture is blurred", "field": None}
    check = {"rule": "luhn", "fields": ["number"], "passed": False}
    assert below(TEXT | {"warnings": [warning]}) > plain
    assert below(TEXT | {"warnings": [warning | {"message": "very " * 200}]}) > below(TEXT | {"warnings": [warning]})
    assert below(TEXT | {"checks": [check]}) > plain
    assert below(TEXT | {"checks": [check | {"passed": True}]}) == plain
    assert below(sample.record("a.png", fields={"name": "样本"})) > plain


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
    scale = (image.width - 2) / 2 - 40
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
    assert image.height > plain.height
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
