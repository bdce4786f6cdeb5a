from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ocrcli.errors import OcrError
from ocrcli.finding import Crop, DocumentPlace, Finding
from ocrcli.geometry import quad_of_box
from ocrcli.outputs.crops import write_crops
from ocrcli.page import Page, Reading, Unit
from tests.days import TODAY
from tests.outputs import sample_records as sample

RED = (255, 0, 0)


def reading(unit: Unit = "px", scale: float = 1.0, number: int = 1, count: int = 1) -> Reading:
    """A white page of 100 × 80 with a red square from (20, 10) to (60, 50)."""
    pixels = np.full((round(80 * scale), round(100 * scale), 3), 255, np.uint8)
    pixels[round(10 * scale) : round(50 * scale), round(20 * scale) : round(60 * scale)] = (0, 0, 255)
    page = Page(100, 80, unit, number, count, render=lambda: pixels, scale=scale)
    return Reading(100, 80, unit, number, count, "ocr", page=page, today=TODAY)


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


SQUARE = quad_of_box(20, 10, 60, 50)


@pytest.mark.parametrize(("unit", "scale", "size"), [("px", 1.0, (40, 40)), ("pt", 2.5, (100, 100))])
def test_a_crop_is_what_stands_in_its_quad(tmp_path: Path, unit: Unit, scale: float, size: tuple[int, int]) -> None:
    finding = Finding({}, crops={"front": Crop(SQUARE), "portrait": Crop(SQUARE, 2.0)})
    write_crops(reading(unit, scale), [finding], sample.given("x/a.png", "deep/a.png"), str(tmp_path))
    assert names(tmp_path) == ["deep/a.png.front.png", "deep/a.png.portrait.png"]
    image = Image.open(tmp_path / "deep/a.png.front.png")
    assert (image.format, image.size) == ("PNG", size)
    assert {colour for _, colour in image.getcolors()} == {RED}
    assert Image.open(tmp_path / "deep/a.png.portrait.png").size == (2 * size[0], size[1])


def test_without_crops_it_is_the_document_numbered_where_there_are_several(tmp_path: Path) -> None:
    places = [DocumentPlace(1, 2, SQUARE), DocumentPlace(2, 2, SQUARE), DocumentPlace()]
    findings = [Finding({}, document=place) for place in places]
    write_crops(reading(number=3, count=12), findings, sample.given("b.pdf"), str(tmp_path))
    assert names(tmp_path) == ["b.pdf.page03.document1.png", "b.pdf.page03.document2.png"]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(OcrError) as failed:
        finding = Finding({}, document=DocumentPlace(quad=SQUARE))
        write_crops(reading(), [finding], sample.given("a.png"), str(tmp_path / "taken"))
    assert failed.value.code == "output_failed"
