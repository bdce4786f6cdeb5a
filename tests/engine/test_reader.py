"""The whole reader with the real engine, on drawn pages."""

import math
import os
import subprocess
import sys

import numpy as np
import pytest

from ocrcli.engine.crops import turn
from ocrcli.evaluate.lines import score_text
from ocrcli.geometry import Quad, bounds, centre, overlap
from ocrcli.page import Line, Reading
from ocrcli.specimens import odd_pages
from ocrcli.specimens.canvas import Canvas, Style
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

pytestmark = pytest.mark.engine
FACE = Typecase.carried().face("hei")
TEXTS = ("渡口的船工登记了一份旧合同", "编号 2580 的水尺在桥下", "The ferry leaves at 9:45", "随后回到原处结果一致")


def small_page(texts: tuple[str, ...] = TEXTS, size: int = 22) -> Specimen:
    canvas = Canvas(420, 60 + 46 * len(texts))
    for i, text in enumerate(texts):
        canvas.text(40, 40 + 46 * i, text, Style(FACE, size))
    return finished(canvas)


def errors(truth: list[str], lines: tuple[Line, ...]) -> float:
    """Wrong and missing characters."""
    return score_text(truth, [line.text for line in lines], partial=False).tallies["line_error"].count


def off(reading: Reading, degrees: float) -> float:
    """How far the turn that was found is from the right one."""
    return abs(math.remainder(reading.rotation + reading.skew - degrees, 360))


@pytest.mark.parametrize("degrees", range(0, 360, 7))
def test_text_at_any_angle(read_picture, degrees: int) -> None:
    specimen = small_page()
    pixels, affine = turn(specimen.picture, -degrees)
    reading = read_picture(pixels)
    assert errors(specimen.truth.texts(), reading.lines) <= 1
    assert off(reading, degrees) <= 1
    assert reading.rotation in (0, 90, 180, 270)
    # Quads come back on their text in the given picture.
    for drawn in specimen.truth.lines:
        place = centre(affine.quad(drawn.quad))
        assert min(math.dist(place, centre(line.quad)) for line in reading.lines) < 12


def test_an_upright_page_is_not_turned(read_picture) -> None:
    reading = read_picture(small_page().picture)
    assert (reading.rotation, round(reading.skew, 1)) == (0, 0.0)


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_second_text_across_the_page(read_picture, degrees: int) -> None:
    specimen = small_page()
    across, _ = turn(small_page(tuple(reversed(TEXTS[:3]))).picture, degrees)
    high, wide = specimen.picture.shape[:2]
    pixels = np.full((max(high, across.shape[0]), wide + across.shape[1], 3), 255, np.uint8)
    pixels[:high, :wide] = specimen.picture
    pixels[: across.shape[0], wide:] = across
    read = sorted("".join(line.text.split()) for line in read_picture(pixels).lines)
    assert read == sorted("".join(text.split()) for text in (*TEXTS, *TEXTS[:3]))


def test_a_zone_upside_down_beside_upright_text_is_read_from_its_beginning(read_picture) -> None:
    zone = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6")
    down = np.rot90(small_page(zone, 18).picture, 2)
    up = small_page().picture
    width = max(down.shape[1], up.shape[1])
    both = [np.pad(p, ((0, 0), (0, width - p.shape[1]), (0, 0)), constant_values=255) for p in (up, down)]
    read = [line.text for line in read_picture(np.concatenate(both)).lines]
    assert sum("<<<<" in text for text in read) == 2
    assert not any(">>>" in text for text in read)


def test_a_single_line_upside_down_is_turned(read_picture) -> None:
    specimen = odd_pages.upside_down_line(3)
    reading = read_picture(specimen.picture)
    assert reading.rotation == 0
    assert errors(specimen.truth.texts(), reading.lines) <= 2
    turned = [line for line in reading.lines if line.quad[0][0] > line.quad[1][0]]
    assert len(turned) == 1
    kept = read_picture(specimen.picture, same_direction=True)
    assert all(line.quad[0][0] < line.quad[1][0] for line in kept.lines)


@pytest.mark.parametrize("script", ["cyrillic", "hangul"])
def test_an_unknown_script_is_told_and_never_garbage(read_picture, script: str) -> None:
    specimen = odd_pages.foreign_region(2, script=script)
    reading = read_picture(specimen.picture)
    assert reading.rotation == 0
    assert [n.code for n in reading.notices] == ["script_not_covered"]
    score = score_text(specimen.truth.texts(), [line.text for line in reading.lines], partial=False)
    assert score.tallies["line_error"].count <= 2
    assert score.tallies["extra_text"].count <= 2


def test_vertical_writing(read_picture) -> None:
    canvas = Canvas(400, 620)
    columns = ("渡口的船工登记旧合同", "雨停之后灯塔看守归来", "夜班列车沿河岸慢慢走")
    for i, text in enumerate(columns):
        for j, character in enumerate(text):
            canvas.text(300 - 100 * i, 30 + 56 * j, character, Style(FACE, 44))
    reading = read_picture(finished(canvas).picture)
    assert reading.rotation == 0
    assert all(line.vertical for line in reading.lines)
    assert errors(list(columns), reading.lines) <= 1
    first = next(line for line in reading.lines if line.text.startswith("渡"))
    x0, _, x1, y1 = bounds(first.char_quad(first.chars[0]))
    assert 290 < (x0 + x1) / 2 < 355
    assert y1 < 110


def scattered(width: int, height: int, size: int, step: int) -> Specimen:
    """Short lines all over a large page, so that some lie on every edge of a tile."""
    canvas = Canvas(width, height)
    for i, y in enumerate(range(40, height - 2 * size, step)):
        canvas.text(30 + (i * 457) % max(1, width - 12 * size), y, f"第{1000 + i}行 检查记录", Style(FACE, size))
    return finished(canvas)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "print_height", "step"), [((1000, 12000), 24, 157), ((10000, 7000), 64, 101)])
def test_large_pictures_lose_no_text(read_picture, size: tuple[int, int], print_height: int, step: int) -> None:
    specimen = scattered(*size, print_height, step)
    reading = read_picture(specimen.picture)
    truth = specimen.truth.texts()
    assert len(truth) > 60
    assert errors(truth, reading.lines) <= len(truth) // 10

    def found(quad: Quad) -> bool:
        return any(overlap(bounds(quad), bounds(line.quad)) > 0 for line in reading.lines)

    assert all(found(line.quad) for line in specimen.truth.lines)


def watermark_words(specimen: Specimen) -> set[str]:
    return {word for text in specimen.truth.texts("watermark") for word in text.split()}


@pytest.mark.parametrize("seed", [1, 4])
def test_a_watermark_is_left_out_and_takes_nothing_with_it(read_picture, seed: int) -> None:
    specimen = odd_pages.watermark(seed)
    reading = read_picture(specimen.picture)
    assert errors(specimen.truth.texts(), reading.lines) <= 3
    (notice,) = [n for n in reading.notices if n.code == "watermark"]
    words = watermark_words(specimen)
    text = "".join(line.text for line in reading.lines)
    assert not any(word in text for word in words)
    assert any(word in notice.message for word in words)


@pytest.mark.parametrize("seed", [2, 3])
def test_a_watermark_of_more_words_than_the_page_has_is_left_out(read_picture, seed: int) -> None:
    specimen = odd_pages.dense_watermark(seed)
    reading = read_picture(specimen.picture)
    assert (reading.rotation, round(reading.skew)) == (0, 0)
    assert "watermark" in [notice.code for notice in reading.notices]
    assert errors(specimen.truth.texts(), reading.lines) <= 1


def test_a_page_of_single_letters_is_not_turned(read_picture) -> None:
    reading = read_picture(odd_pages.single_letters(5).picture)
    assert (reading.rotation, round(reading.skew)) == (0, 0)
    assert not any(line.text in "一—-" for line in reading.lines)


def test_a_watermark_can_be_kept(read_picture) -> None:
    specimen = odd_pages.watermark(1)
    reading = read_picture(specimen.picture, keep_watermark=True)
    assert [n for n in reading.notices if n.code == "watermark"] == []
    text = "".join(line.text for line in reading.lines)
    assert any(word in text for word in watermark_words(specimen))


def test_a_single_line_is_read_from_the_whole_picture_as_a_line(read_picture) -> None:
    specimen = odd_pages.single_line(2)
    (line,) = read_picture(specimen.picture, one_line=True).lines
    assert errors(specimen.truth.texts(), (line,)) <= 1
    height, width = specimen.picture.shape[:2]
    assert bounds(line.quad) == (0, 0, width, height)


@pytest.mark.parametrize("size", [(15, 15), (15, 400), (400, 15), (1000, 700)])
def test_a_blank_page_has_no_lines(read_picture, size: tuple[int, int]) -> None:
    reading = read_picture(np.full((*size, 3), 255, np.uint8))
    assert reading.lines == ()
    assert (reading.rotation, reading.skew) == (0, 0.0)


def test_noise_is_not_text(read_picture) -> None:
    noise = np.random.default_rng(5).integers(0, 255, (500, 700, 3), dtype=np.uint8)
    assert sum(len(line.text) for line in read_picture(noise).lines) <= 3


def test_a_second_look(read_picture) -> None:
    """`again` reads a place in the given picture; `prepare` gets the straightened crop."""
    specimen = small_page()
    reading = read_picture(specimen.picture)
    line = next(line for line in reading.lines if "2580" in line.text)
    shapes = []

    def negative(crop: np.ndarray) -> np.ndarray:
        shapes.append(crop.shape)
        return 255 - crop

    assert reading.again(line.quad).text == line.text
    assert "2580" in reading.again(line.quad, prepare=negative).text
    assert shapes[0][2] == 3


def test_the_same_page_is_read_alike_whatever_the_threads() -> None:
    """Fresh processes with one and two threads: equal texts, confidences and places to the last digit."""
    code = (
        "import sys, numpy as np\n"
        "from ocrcli.context import Context\n"
        "from ocrcli.engine.reader import PaddleReader\n"
        "from ocrcli.options import ReadOptions\n"
        "from ocrcli.page import Page\n"
        "from ocrcli.specimens import pages\n"
        "p = pages.form(5).picture\n"
        "o = ReadOptions(threads=int(sys.argv[1]))\n"
        "page = Page(p.shape[1], p.shape[0], 'px', 1, 1, render=lambda: p)\n"
        "r = PaddleReader.open(o, Context(o.threads)).read(page, o)\n"
        "print([(l.text, l.confidence, l.quad) for l in r.lines])\n"
    )
    told = [
        subprocess.run([sys.executable, "-c", code, n], capture_output=True, text=True, check=True, env=os.environ)
        for n in ("1", "2")
    ]
    assert len(told[0].stdout) > 1000
    assert told[0].stdout == told[1].stdout
