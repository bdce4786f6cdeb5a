from itertools import pairwise

import numpy as np
import pytest

from ocrcli.geometry import angle, bounds, normal_degrees
from ocrcli.specimens.odd_pages import ODD_PAGES
from ocrcli.specimens.pages import PAGES

from .ink import ink_of, mask_of, touches_every_edge

# Small enough to be quick; None: as it comes.
SMALL = {
    "dense": {"dpi": 100},
    "screenshot": {"width": 500, "height": 2400},
    "big-scan": {"width": 1500, "height": 1050},
}
KINDS = {**PAGES, **ODD_PAGES}


def drawn(kind, seed=3, **more):
    return KINDS[kind](seed, **{**SMALL.get(kind, {}), **more})


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_draws_the_same_page(kind):
    first, again, other = drawn(kind), drawn(kind), drawn(kind, seed=4)
    assert np.array_equal(first.picture, again.picture) and first.truth == again.truth
    assert first.picture.dtype == np.uint8 and first.picture.shape[2] == 3
    assert first.truth.texts() != other.truth.texts()


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_lies_on_its_ink_inside_the_page(kind):
    specimen = drawn(kind)
    height, width = specimen.picture.shape[:2]
    assert specimen.truth.texts() and specimen.truth.fonts
    for line in specimen.truth.lines:
        x0, y0, x1, y1 = bounds(line.quad)
        assert x0 >= 0 and y0 >= 0 and x1 <= width and y1 <= height
        patch = specimen.picture[round(y0) : round(y1), round(x0) : round(x1)].astype(int)
        assert np.ptp(patch.max(axis=2)) > 30 or np.ptp(patch.min(axis=2)) > 30
        assert len(line.chars) == len(line.text) == len(line.text.strip())


@pytest.mark.parametrize("kind", ["dense", "article", "two-columns", "three-columns", "mixed", "watermark"])
def test_all_print_is_in_the_truth(kind):
    specimen = drawn(kind)
    ink = ink_of(specimen.picture, depth=20)
    assert not (ink & ~mask_of([line.quad for line in specimen.truth.lines], ink.shape, pad=2)).any()


def test_black_print_fills_its_quad():
    specimen = drawn("article")
    ink = ink_of(specimen.picture)
    assert all(touches_every_edge(ink, line.quad) for line in specimen.truth.lines)


@pytest.mark.parametrize(("kind", "count"), [("two-columns", 2), ("three-columns", 3)])
def test_columns_are_read_one_after_the_other_under_the_title(kind, count):
    specimen = drawn(kind)
    title, *lines = [bounds(line.quad) for line in specimen.truth.lines]
    assert all(title[3] < box[1] for box in lines)
    # Each column begins above where the one before it ended.
    jumps = [b for a, b in pairwise(lines) if b[1] < a[1]]
    assert len(jumps) == count - 1
    assert all(b[0] > lines[0][0] + specimen.picture.shape[1] * 0.2 for b in jumps)


def test_sizes_are_as_asked():
    assert KINDS["big-words"](1, width=640, height=360).picture.shape == (360, 640, 3)
    assert drawn("screenshot").picture.shape == (2400, 500, 3)
    small, large = drawn("dense", dpi=75, size=7).truth, drawn("dense", dpi=75, size=12).truth
    assert len(small.lines) > 1.5 * len(large.lines)
    assert small.text_height < large.text_height


def test_a_dense_page_at_300_dpi_is_a4():
    specimen = PAGES["dense"](1, size=8)
    assert specimen.picture.shape == (3507, 2481, 3)
    assert 60 <= len(specimen.truth.lines) <= 80


@pytest.mark.parametrize("seed", range(6))
def test_watermarks_are_light_turned_and_told_apart(seed):
    specimen = drawn("watermark", seed)
    marks = [line for line in specimen.truth.lines if line.role == "watermark"]
    print_only = [line.quad for line in specimen.truth.lines if line.role == "text"]
    assert marks and len({line.text for line in marks}) == 1
    assert all(20 <= abs(normal_degrees(angle(line.quad))) <= 60 for line in marks)
    clear = mask_of([line.quad for line in marks], specimen.picture.shape) & ~mask_of(
        print_only, specimen.picture.shape, pad=2
    )
    assert specimen.picture[clear].min() >= 0.7 * 255


@pytest.mark.parametrize("repeated", [True, False])
def test_watermarks_stand_once_or_often(repeated):
    marks = drawn("watermark", degrees=-35.0, repeated=repeated).truth.texts("watermark")
    assert (len(marks) > 3) is repeated
    assert len(marks) >= 1


def test_one_line_stands_on_its_head():
    angles = [abs(angle(line.quad)) for line in drawn("upside-down-line").truth.lines]
    assert sorted(angles)[-2:] == [0, 180]


def test_a_stamp_s_words_are_told_apart():
    truth = drawn("stamp").truth
    assert len(truth.texts("stamp")) == 2
    assert truth.texts("stamp")[0] in truth.texts()


@pytest.mark.parametrize(("script", "first", "last"), [("cyrillic", "Ѐ", "ӿ"), ("hangul", "가", "힣")])
def test_foreign_regions_hold_one_script(script, first, last):
    foreign = "".join(drawn("foreign-region", script=script).truth.texts("uncovered"))
    assert foreign and all(first <= c <= last for c in foreign.replace(" ", ""))


@pytest.mark.parametrize("seed", range(8))
def test_a_receipt_adds_up(seed):
    texts = drawn("receipt", seed).truth.texts()
    start, total = texts.index("金额") + 1, texts.index("合计")
    rows = [texts[i : i + 4] for i in range(start, total, 4)]
    amounts = [round(float(row[3]) * 100) for row in rows]
    assert [round(float(row[1]) * float(row[2]) * 100) for row in rows] == amounts
    assert round(float(texts[total + 2]) * 100) == sum(amounts)
