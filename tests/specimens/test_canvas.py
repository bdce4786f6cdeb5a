import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.geometry import angle, bounds, centre, normal_degrees
from ocrcli.specimens.canvas import Canvas, Style
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.words import COMMON

from .ink import ink_of, mask_of, touches_every_edge

CASE = Typecase.carried()
HEI = Style(CASE.face("hei"), 30)
LETTERS = "ABCDEFGHKLMNPQRSTUVWXYZ0123456789abdeghkmnpqy<"
TEXTS = st.text(st.sampled_from(COMMON[:300] + LETTERS), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(text=TEXTS, size=st.integers(12, 60), pitch=st.sampled_from([None, 64.0]), weight=st.sampled_from([0.0, 1.0]))
def test_quads_lie_on_the_ink(text, size, pitch, weight):
    canvas = Canvas(900, 120)
    line = canvas.text(10.3, 20.6, text, Style(CASE.face("hei"), size, pitch=pitch, weight=weight))
    ink = ink_of(canvas.picture())
    assert not (ink & ~mask_of([line.quad], ink.shape)).any()
    assert touches_every_edge(ink, line.quad)
    assert len(line.chars) == len(text)
    assert all(touches_every_edge(ink, char, reach=2) for char in line.chars)


@pytest.mark.parametrize(("align", "edge"), [("left", 0), ("centre", 1), ("right", 2)])
def test_alignment_is_by_advance(align, edge):
    canvas = Canvas(800, 100)
    x0, _, x1, _ = bounds(canvas.text(400, 20, "对齐文字", HEI, align=align).quad)
    assert (x0, (x0 + x1) / 2, x1)[edge] == pytest.approx(400, abs=4)


def test_a_blank_has_a_place_and_a_line_of_blanks_is_refused():
    canvas = Canvas(400, 100)
    line = canvas.text(10, 10, "左 右", HEI)
    assert line.chars[0][1][0] <= line.chars[1][0][0] + 4
    assert line.chars[1][1][0] > line.chars[1][0][0]
    with pytest.raises(ValueError, match="no blank"):
        canvas.text(10, 10, "  ", HEI)


def test_a_character_the_face_lacks_comes_from_the_face_that_has_it():
    line = Canvas(400, 100).text(10, 10, "No. 京", Style(CASE.face("sans"), 30))
    assert line.fonts == ("Droid Sans Fallback", "Nimbus Sans")


@pytest.mark.parametrize("degrees", [0, 17, 90, 135, 180, 270, 333])
def test_turned_text_has_turned_quads(degrees):
    canvas = Canvas(500, 500)
    line = canvas.turned((250, 250), "转动的文字", HEI, degrees)
    ink = ink_of(canvas.picture())
    assert normal_degrees(angle(line.quad) - degrees) == pytest.approx(0, abs=0.01)
    assert centre(line.quad) == pytest.approx((250, 250), abs=0.01)
    assert not (ink & ~mask_of([line.quad], ink.shape, pad=2)).any()
    assert (ink & mask_of([line.chars[-1]], ink.shape)).sum() > 60


def test_transparent_ink_leaves_darker_print():
    canvas = Canvas(300, 120)
    canvas.text(20, 40, "黑字", HEI)
    dark = ink_of(canvas.picture(), depth=200)
    canvas.turned((60, 60), "水印", HEI.coloured((200, 200, 200)), 0, role="watermark")
    assert (canvas.picture()[dark].max(axis=1) < 60).all()
    assert [line.role for line in canvas.lines] == ["text", "watermark"]


@pytest.mark.parametrize("upwards", [True, False])
def test_an_arc_keeps_its_order_and_its_ink(upwards):
    canvas = Canvas(600, 600)
    line = canvas.arc((300, 300), 200, "沿着圆弧排列", HEI, sweep=120, upwards=upwards)
    ink = ink_of(canvas.picture())
    assert not (ink & ~mask_of(line.chars, ink.shape, pad=2)).any()
    middles = [centre(char) for char in line.chars]
    assert [m[0] for m in middles] == sorted(m[0] for m in middles)
    assert all(np.hypot(x - 300, y - 300) == pytest.approx(200, abs=0.5) for x, y in middles)
    assert all((y < 300) is upwards for _, y in middles)


def test_boxed_characters_fill_their_boxes():
    canvas = Canvas(400, 200)
    boxes = [(20.0, 30.0, 65.0, 120.0), (90.0, 30.0, 135.0, 120.0)]
    line = canvas.boxed("京A", boxes, [HEI, Style(CASE.face("bold"), 30)])
    ink = ink_of(canvas.picture())
    assert [bounds(char) for char in line.chars] == boxes
    assert all(touches_every_edge(ink, char, reach=2) for char in line.chars)


def test_an_attached_sheet_brings_its_lines():
    small, large = Canvas(200, 80), Canvas(500, 400)
    inside = small.text(10, 20, "附页", HEI)
    large.attach(small, 120, 200)
    assert bounds(large.lines[0].quad) == tuple(v + d for v, d in zip(bounds(inside.quad), (120, 200) * 2, strict=True))
    assert touches_every_edge(ink_of(large.picture()), large.lines[0].quad)
