"""The service `plate` on whole drawn pictures, with the real engine: what is no plate, and very many plates."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any, cast

import cv2
import numpy as np
import pytest
from PIL import Image

import ocrcli
from ocrcli.geometry import quad_of_box
from ocrcli.page import Pixels
from ocrcli.specimens.backdrop import clouds
from ocrcli.specimens.canvas import WHITE, Canvas, Style
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.plates import BLUE, YELLOW
from ocrcli.specimens.press import Run, specimens
from ocrcli.specimens.spoil import over
from ocrcli.specimens.street import street

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def reader() -> Any:
    with ocrcli.Reader(threads=1) as opened:
        yield opened


def numbers(reader: Any, picture: Pixels) -> list[str]:
    [record] = reader.read(picture, service="plate")
    return [entry["plate_number"] for entry in record.fields]


def landscape() -> Pixels:
    """Sky over a meadow."""
    sheet = np.zeros((600, 900, 3), np.float32)
    sheet[:330], sheet[330:] = (220, 180, 120), (60, 140, 80)
    shade = 1 + 0.2 * clouds(3, 900, 600, 80) + 0.1 * clouds(4, 900, 600, 4)
    return np.clip(sheet * shade[:, :, None], 0, 255).astype(np.uint8)


def hung(text: str, ground: tuple[int, int, int], ink: tuple[int, int, int], size: tuple[int, int]) -> Pixels:
    """A street with one car, and at its place for a plate a board that says this."""
    canvas, [spot] = street(Random(5), 1200, 900, 1)
    board = Canvas(*size, ground)
    board.box(6, 6, size[0] - 7, size[1] - 7, width=4, colour=ink)
    style = Style(Typecase.carried().face("hei"), round(size[1] * 0.55), ink)
    board.text(size[0] / 2, size[1] * 0.2, text, style, align="centre")
    outline = np.array(spot.quad((440, round(440 * size[1] / size[0])), Random(1)), np.float32)
    corners = np.array(quad_of_box(0, 0, *size), np.float32)
    way = np.asarray(cv2.getPerspectiveTransform(corners, outline), np.float64)
    return over(canvas.picture(), board.picture(), way)


def test_a_landscape_gives_an_empty_list_and_exit_0(tmp_path: Path) -> None:
    picture = tmp_path / "landscape.png"
    Image.fromarray(landscape()[:, :, ::-1]).save(picture)
    command = [sys.executable, "-m", "ocrcli", "plate", str(picture), "--threads", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["fields"] == [] and record["confidence"] is None and record["checks"] == []


def test_a_street_with_shop_signs_and_no_car(reader: Any) -> None:
    for _, specimen in specimens(Run("plate", count=2, seed=41, kind="none")):
        assert numbers(reader, specimen.picture) == []


@pytest.mark.parametrize(
    ("text", "ground", "ink", "size"),
    [
        ("电话13812345678", BLUE, WHITE, (880, 200)),
        ("京华烟酒店", YELLOW, (20, 20, 20), (880, 280)),
        ("B-MX 4217", WHITE, (20, 20, 20), (1040, 220)),
        ("AB 123 CD", BLUE, WHITE, (1040, 220)),
        ("12가 3456", WHITE, (20, 20, 20), (1040, 220)),
        ("WA 5521 K", YELLOW, (20, 20, 20), (1040, 220)),
    ],
    ids=["telephone", "shop", "Germany", "blue", "Korea", "yellow"],
)
def test_what_hangs_there_is_no_plate_of_the_mainland(
    reader: Any, text: str, ground: tuple[int, int, int], ink: tuple[int, int, int], size: tuple[int, int]
) -> None:
    assert numbers(reader, hung(text, ground, ink, size)) == []


@pytest.mark.slow
def test_fifty_plates_in_one_picture(reader: Any) -> None:
    [(_, specimen)] = specimens(Run("plate", count=1, seed=3, kind="fifty"))
    truth = [entry["plate_number"] for entry in cast(list[dict[str, str]], specimen.truth.fields)]
    assert len(truth) == 50
    read = numbers(reader, specimen.picture)
    assert len(read) <= 50
    assert len(set(read) & set(truth)) >= 40
