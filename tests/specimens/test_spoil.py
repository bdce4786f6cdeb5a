import numpy as np
import pytest

from ocrcli.geometry import angle, area, bounds, normal_degrees, quad_of_box
from ocrcli.specimens import spoil
from ocrcli.specimens.canvas import Canvas, Style
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.pages import PAGES
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.spoil import LEVELS

from .ink import ink_of, mask_of

POINTS = [(150, 120), (700, 130), (420, 330), (130, 520), (690, 500)]


def marked(text_height=24):
    """A grey sheet with five magenta dots, and print of this height."""
    canvas = Canvas(820, 640, (200, 200, 200))
    for x, y in POINTS:
        canvas.draw.circle((x - 0.5, y - 0.5), 9, fill=(255, 0, 255))  # Pillow counts from the pixel's middle
    canvas.text(300, 200, "字", Style(Typecase.carried().face("hei"), text_height))
    return canvas.picture()


def dots(picture, expected):
    """The middle of the magenta near each expected point."""
    blue, green, red = (picture[:, :, i].astype(float) for i in range(3))
    magenta = np.clip(np.minimum(blue, red) - green - 40, 0, None)
    found = []
    for x, y in expected:
        left, top = max(0, round(x) - 14), max(0, round(y) - 14)
        near = magenta[top : top + 29, left : left + 29]
        rows, columns = np.indices(near.shape)
        assert near.sum() > 0
        found.append((left + 0.5 + (columns * near).sum() / near.sum(), top + 0.5 + (rows * near).sum() / near.sum()))
    return np.array(found)


@pytest.mark.parametrize("background", ["paper", "desk", "scene"])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("seed", range(4))
def test_the_map_says_where_every_point_went(level, background, seed):
    picture, way = spoil.spoil(marked(), level, seed, background=background, corner=10)
    expected = np.array([spoil.mapped(way, (point,) * 4)[0] for point in POINTS])
    assert np.abs(dots(picture, expected) - expected).max() < 1.5
    height, width = picture.shape[:2]
    assert (expected > 0).all() and (expected < (width, height)).all()


def test_a_turn_can_be_asked_for():
    _, way = spoil.spoil(marked(), 1, 5, turn=117.0)
    (x0, y0), (x1, y1) = (spoil.mapped(way, (p,) * 4)[0] for p in ((100, 300), (700, 300)))
    assert np.degrees(np.arctan2(y1 - y0, x1 - x0)) == pytest.approx(117, abs=3)


def test_small_print_stays_and_large_print_comes_down():
    def scale(text_height):
        _, way = spoil.spoil(marked(), 3, 1, text_height=text_height, turn=0.0)
        return (area(spoil.mapped(way, quad_of_box(0, 0, 820, 640))) / (820 * 640)) ** 0.5

    assert scale(10) == pytest.approx(1, abs=0.15)
    least = LEVELS[3].text_height
    assert 0.85 * least <= scale(100) * 100 <= 2.3 * least


def test_the_same_seed_spoils_the_same():
    first, way = spoil.spoil(marked(), 3, 8, background="desk")
    again, way_again = spoil.spoil(marked(), 3, 8, background="desk")
    other, _ = spoil.spoil(marked(), 3, 9, background="desk")
    assert np.array_equal(first, again) and np.array_equal(way, way_again)
    assert first.shape != other.shape or not np.array_equal(first, other)


def test_there_are_three_levels():
    with pytest.raises(KeyError):
        spoil.spoil(marked(), 4, 0)


@pytest.mark.parametrize("degrees", range(0, 360, 7))
def test_turned_pages_keep_their_quads_on_the_ink(degrees):
    page = spoil.turned(PAGES["receipt"](2, width=360), degrees)
    lines = [line.quad for line in page.truth.lines]
    assert all(abs(normal_degrees(angle(quad) - degrees)) < 0.1 for quad in lines)
    ink = ink_of(page.picture, depth=90)
    on = mask_of(lines, ink.shape, pad=1)
    assert (ink & on).sum() > 0.9 * ink.sum()  # the rest are the two rules
    height, width = page.picture.shape[:2]
    assert all(0 <= x <= width and 0 <= y <= height for quad in lines for x, y in quad)


def test_a_spoilt_specimen_takes_its_truth_along():
    page = PAGES["article"](1)
    bad = spoil.spoilt(page, 2, 3)
    assert bad.truth.texts() == page.truth.texts()
    for line in bad.truth.lines:
        x0, y0, x1, y1 = (round(v) for v in bounds(line.quad))
        assert np.ptp(bad.picture[y0:y1, x0:x1]) > 60


def test_round_corners_show_the_desk():
    white = np.full((400, 600, 3), 255, dtype=np.uint8)
    sharp, way = spoil.spoil(white, 1, 2, background="desk", turn=0.0)
    rounded, _ = spoil.spoil(white, 1, 2, background="desk", turn=0.0, corner=60)
    x, y = (round(v) for v in spoil.mapped(way, ((8.0, 8.0),) * 4)[0])
    assert sharp[y, x].min() > rounded[y, x].min() + 20


def test_each_way_of_spoiling_does_what_it_says():
    picture = PAGES["article"](1, dpi=72).picture

    def sharpness(p):
        return float(np.abs(np.diff(p.astype(float), axis=1)).mean())

    assert sharpness(spoil.blurred(picture, 2)) < 0.6 * sharpness(picture)
    assert sharpness(spoil.smeared(picture, 6, 0)) < 0.6 * sharpness(picture)
    assert spoil.noisy(picture, 1, 8)[:20].std() == pytest.approx(4.7, abs=0.6)  # half of it is cut off at white
    dark = spoil.shadowed(picture, 1, 0.5)
    assert dark.mean() < 0.9 * picture.mean() and dark.min() >= 0
    black = np.zeros_like(picture)
    assert 60 < spoil.glared(black, 1, 0.5).max() <= 128
    assert not np.array_equal(spoil.compressed(picture, 30), picture)
    for untouched in (spoil.blurred(picture, 0), spoil.smeared(picture, 0, 0), spoil.glared(picture, 1, 0)):
        assert np.array_equal(untouched, picture)


@pytest.mark.parametrize("degrees", [0, 45, 90, 133])
def test_a_smear_does_not_move_the_picture(degrees):
    picture = np.zeros((81, 81, 3), dtype=np.uint8)
    picture[38:43, 38:43] = 255
    rows, columns = np.indices((81, 81))
    smeared = spoil.smeared(picture, 9, degrees)[:, :, 0].astype(float)
    assert (rows * smeared).sum() / smeared.sum() == pytest.approx(40, abs=0.2)
    assert (columns * smeared).sum() / smeared.sum() == pytest.approx(40, abs=0.2)


def test_over_leaves_the_ground_around():
    ground = np.full((200, 300, 3), 90, dtype=np.uint8)
    way = np.array([[0.5, 0, 100], [0, 0.5, 60], [0, 0, 1]])
    laid = spoil.over(ground, np.full((80, 120, 3), 240, dtype=np.uint8), way)
    assert (laid[62:98, 102:158] == 240).all()
    laid[58:102, 98:162] = 90
    assert (laid == 90).all()


def test_finished_sheets_know_their_height():
    canvas = Canvas(300, 200)
    canvas.text(10, 10, "大字", Style(Typecase.carried().face("hei"), 60))
    canvas.text(10, 100, "小字", Style(Typecase.carried().face("hei"), 20), key="name")
    truth = finished(canvas).truth
    assert truth.text_height == pytest.approx(18, abs=3)
    assert spoil.turned(finished(canvas), 30).truth.text_height == pytest.approx(truth.text_height)
