"""The service `plate` on lines made for it, and on drawn pictures as they were read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.checks import plate
from ocrcli.engine.replay import SUFFIX, load_reading
from ocrcli.finding import Finding
from ocrcli.geometry import quad_of_box
from ocrcli.page import Line, Page, Reading
from ocrcli.services.cards.plate import SERVICE, _spread
from tests.days import TODAY


def line(text: str, x: float = 40, y: float = 40) -> Line:
    return Line(text, 1.0, quad_of_box(x, y, x + 20 * len(text), y + 36), source="text-layer")


def found(*lines: Line) -> Finding:
    reading = Reading(1000, 800, "px", 1, 1, "text-layer", lines, today=TODAY)
    [finding] = SERVICE.read(reading, SERVICE.defaults())
    return finding


def plates(finding: Finding) -> list[dict[str, Any]]:
    assert isinstance(finding.fields, list)
    return finding.fields


def numbers(finding: Finding) -> list[str]:
    return [entry["plate_number"] for entry in plates(finding)]


@pytest.mark.parametrize(
    ("printed", "number", "kind"),
    [
        ("京A·12345", "京A12345", "ordinary"),
        ("皖B 8K3L7", "皖B8K3L7", "ordinary"),
        ("粤BD12345", "粤BD12345", "new_energy_small"),
        ("沪A12345F", "沪A12345F", "new_energy_large"),
        ("京A1234学", "京A1234学", "learner"),
        ("苏E1234警", "苏E1234警", "police"),
        ("粤Z·A123港", "粤ZA123港", "hong_kong"),
        ("粤Z1234澳", "粤Z1234澳", "macao"),
        ("沪A1234领", "沪A1234领", "consulate"),
        ("使224578", "使224578", "embassy"),
        ("224578使", "224578使", "embassy"),
        ("鲁C1234挂", "鲁C1234挂", "trailer"),
    ],
)
def test_a_plate_of_every_kind(printed: str, number: str, kind: str) -> None:
    finding = found(line(printed))
    [entry] = plates(finding)
    assert (entry["plate_number"], entry["plate_kind"]) == (number, kind)
    assert entry["confidence"] == 1.0 and entry["plate_color"] is None
    [check] = finding.checks
    assert check.passed and check.fields == ("0/plate_number", "0/plate_color")


def test_the_location_lies_around_the_print() -> None:
    [entry] = plates(found(line("京A12345", x=100, y=200)))
    (x0, y0), _, (x1, y1), _ = entry["plate_location"]
    assert x0 < 100 < 240 < x1 and y0 < 200 < 236 < y1


@pytest.mark.parametrize(
    "text",
    [
        "电话13812345678",
        "京华烟酒店",
        "川A菜馆",
        "京A1234",
        "京A1234567",
        "京I12345",
        "AB12345",
        "JTDKB20U0977",
        "ABC 123D",
        "京ABCDEF",
        "010-62345678",
        "沪松江区12345",
    ],
)
def test_what_is_no_plate(text: str) -> None:
    finding = found(line(text))
    assert plates(finding) == [] and finding.confidence is None and not finding.checks


def test_an_empty_page_gives_an_empty_list() -> None:
    assert plates(found()) == []


def test_several_plates_stand_in_reading_order() -> None:
    finding = found(line("京A12345", 500, 400), line("沪B67890", 500, 60), line("苏C24680", 60, 60))
    assert numbers(finding) == ["苏C24680", "沪B67890", "京A12345"]
    assert set(finding.evidence) == {f"{i}/plate_number" for i in range(3)}


def test_the_same_place_twice_is_one_plate() -> None:
    assert numbers(found(line("京A12345"), line("京A12345", x=44, y=42))) == ["京A12345"]


@settings(deadline=None, max_examples=20)
@given(
    province=st.sampled_from(plate.PROVINCES),
    letter=st.sampled_from(plate.LETTERS),
    serial=st.text(plate.DIGITS, min_size=5, max_size=5),
)
def test_every_number_comes_back_as_printed(province: str, letter: str, serial: str) -> None:
    assert numbers(found(line(f"{province}{letter}·{serial}"))) == [province + letter + serial]


SAVED = sorted((Path(__file__).parent / "plate").glob(f"*{SUFFIX}"))


def as_it_was_read(saved: Path) -> Reading:
    """The saved reading, with its picture where that was kept."""
    reading, picture = load_reading(saved, TODAY), saved.with_name(saved.name.replace(SUFFIX, ".jpg"))
    if not picture.exists():
        return reading
    pixels = np.asarray(cv2.imread(str(picture)), np.uint8)
    return replace(reading, page=Page(reading.width, reading.height, "px", 1, 1, render=lambda: pixels))


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.name.removesuffix(SUFFIX))
def test_drawn_pictures_as_they_were_read(saved: Path) -> None:
    truth = json.loads(saved.with_name(saved.name.replace(SUFFIX, ".expected.json")).read_text(encoding="utf-8"))
    reading = as_it_was_read(saved)
    [finding] = SERVICE.read(reading, SERVICE.defaults())
    assert sorted(numbers(finding)) == sorted(entry["plate_number"] for entry in truth)
    if reading.page is not None:
        known = ("plate_number", "plate_color", "plate_kind")
        assert [{key: entry[key] for key in known} for entry in plates(finding)] == truth


def test_a_number_on_white_paper_is_no_plate() -> None:
    sheet = np.full((800, 1000, 3), 250, np.uint8)
    cv2.putText(sheet, "A12345", (60, 70), cv2.FONT_HERSHEY_SIMPLEX, 1, (20, 20, 20), 3)
    page = Page(1000, 800, "px", 1, 1, render=lambda: sheet)
    reading = Reading(1000, 800, "px", 1, 1, "ocr", (line("京A12345"), line("SPECIMEN", y=600)), page=page, today=TODAY)
    sheet[700:, 900:] = (200, 60, 20)  # not a grey picture
    [finding] = SERVICE.read(reading, SERVICE.defaults())
    assert plates(finding) == []


def test_a_box_in_a_far_larger_one_is_a_place_of_its_own() -> None:
    car, box, again = quad_of_box(0, 0, 400, 130), quad_of_box(50, 40, 190, 100), quad_of_box(55, 42, 188, 98)
    assert _spread([car, box, again]) == [car, box]
