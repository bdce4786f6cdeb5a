from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.geometry import Affine, angle, bounds, length, slice_quad, thickness
from ocrcli.inputs.printed import ASCENT, DESCENT, Glyph, Rule, lines_of
from ocrcli.page import Line


def width_of(char: str) -> float:
    return 1.0 if ord(char) > 0x2E80 else 0.5


def set_text(
    text: str, x: float = 0.0, y: float = 100.0, *, size: float = 10.0, spread: float = 0.0, begins: bool = False
) -> list[Glyph]:
    """Text as a PDF draws it: every character, spaces too, advances by its width and `spread` em."""
    glyphs = []
    for i, char in enumerate(text):
        advance = width_of(char) * size
        glyphs.append(Glyph(char, x, y, 0.0, advance, size, ASCENT * size, DESCENT * size, begins and i == 0))
        x += advance + spread * size
    return glyphs


def turned(glyphs: list[Glyph], degrees: float) -> list[Glyph]:
    turn = Affine.turning(degrees, 600, 800)[0]
    return [Glyph(g.text, *turn((g.x, g.y)), g.angle + degrees, g.advance, g.size, g.ascent, g.descent) for g in glyphs]


def texts(glyphs: list[Glyph], rules: list[Rule] | None = None) -> list[str]:
    return [line.text for line in lines_of(glyphs, "text-layer", rules or [])]


class TestLines:
    def test_a_line_has_its_place_and_its_characters(self) -> None:
        (line,) = lines_of(set_text("发票 No1", x=20, y=50), "ofd")
        assert (line.text, line.confidence, line.source) == ("发票 No1", 1.0, "ofd")
        assert bounds(line.quad) == pytest.approx((20, 50 - 8.8, 60, 52))
        assert "".join(char.text for char in line.chars) == line.text
        assert [round(char.start * 40) for char in line.chars] == [0, 10, 20, 25, 30, 35]
        assert bounds(slice_quad(line.quad, line.chars[1].start, line.chars[1].end))[0::2] == pytest.approx((30, 40))

    def test_order_of_drawing_does_not_matter(self) -> None:
        glyphs = set_text("第一行", y=20) + set_text("第二行", y=40) + set_text("另一栏", x=200, y=20)
        random.Random(3).shuffle(glyphs)
        assert texts(glyphs) == ["第一行", "另一栏", "第二行"]

    @pytest.mark.parametrize(
        ("seen", "read"),
        [
            ("ملاعلاب ابحرم", "مرحبا بالعالم"),
            ("No 12 םולש", "No 12 שלום"),
            ("ב, א = x", "א ,ב = x"),
        ],
    )
    def test_arabic_and_hebrew_are_read_from_right_to_left(self, seen: str, read: str) -> None:
        assert texts(set_text(seen)) == [read]

    def test_nothing_gives_nothing(self) -> None:
        assert texts([]) == []
        assert texts(set_text("   ")) == []

    def test_small_shifts_of_the_baseline_stay_on_the_line(self) -> None:
        glyphs = set_text("合计") + set_text("12.50", x=21, y=101.5, size=9)
        assert texts(glyphs) == ["合计12.50"]

    def test_rows_close_together_stay_apart(self) -> None:
        assert texts(set_text("上面一行", y=100) + set_text("下面一行", y=110)) == ["上面一行", "下面一行"]

    def test_raised_figures_are_lines_of_their_own(self) -> None:
        assert texts(set_text("m", y=100) + set_text("2", x=5, y=96, size=6)) == ["2", "m"]


class TestGaps:
    @pytest.mark.parametrize(
        ("gap", "lines"), [(0.0, ["甲乙"]), (0.9, ["甲乙"]), (1.05, ["甲", "乙"]), (4.0, ["甲", "乙"])]
    )
    def test_a_wide_gap_ends_a_line(self, gap: float, lines: list[str]) -> None:
        assert texts(set_text("甲") + set_text("乙", x=10 + gap * 10)) == lines

    def test_a_written_space_may_be_wide(self) -> None:
        spread = [*set_text("第一章"), Glyph("\u3000", 30, 100, 0, 10, 10, 8.8, 2), *set_text("总则", x=42)]
        assert texts(spread) == ["第一章 总则"]
        assert texts(set_text("证券代码        公告编号")) == ["证券代码", "公告编号"]

    def test_trailing_spaces_that_run_into_the_next_text_mean_nothing(self) -> None:
        glyphs = set_text("名称:" + " " * 20) + set_text("某某公司", x=80)
        assert texts(glyphs) == ["名称:", "某某公司"]

    def test_spaces_between_latin_words_are_kept_or_found(self) -> None:
        assert texts(set_text("To be or not")) == ["To be or not"]
        words = set_text("To") + set_text("be", x=12.5) + set_text("or", x=25)
        assert texts(words) == ["To be or"]

    def test_letters_spread_evenly_are_one_word(self) -> None:
        assert texts(set_text("INVOICE", spread=0.4)) == ["INVOICE"]
        assert texts(set_text("0-+>53/<-3+384<", spread=0.3)) == ["0-+>53/<-3+384<"]
        assert texts(set_text("中华人民共和国", spread=0.6)) == ["中华人民共和国"]

    def test_no_space_is_found_beside_chinese(self) -> None:
        assert texts(set_text("共") + set_text("12", x=12.5) + set_text("页", x=25)) == ["共12页"]

    def test_numbers_of_two_objects_stay_apart(self) -> None:
        assert texts(set_text("1", begins=True) + set_text("97.09", x=9, begins=True)) == ["1", "97.09"]
        assert texts(set_text("12 345")) == ["12 345"]

    def test_a_large_title_does_not_swallow_the_small_text_beside_it(self) -> None:
        assert texts(set_text("发票", size=22) + set_text("号码", x=56, size=9)) == ["发票", "号码"]

    def test_ruling_lines_end_a_line(self) -> None:
        glyphs = set_text("34.51") + set_text("13%", x=33)
        assert texts(glyphs) == ["34.51 13%"]
        assert texts(glyphs, [Rule(28, 60, 140)]) == ["34.51", "13%"]
        assert texts(glyphs, [Rule(28, 60, 95), Rule(60, 60, 140)]) == ["34.51 13%"]

    def test_letters_as_wide_as_chinese_but_placed_by_themselves(self) -> None:
        glyphs = [Glyph(c, 5.0 * i, 100, 0, 10.0, 10.0, 8.8, 2.0) for i, c in enumerate("GB3620.1")]
        (line,) = lines_of(glyphs, "text-layer")
        assert line.text == "GB3620.1"
        assert all(0 <= char.start < char.end <= 1 for char in line.chars)

    def test_chinese_punctuation_pushed_together(self) -> None:
        glyphs = set_text("甲、") + set_text("乙", x=15)
        assert texts(glyphs) == ["甲、乙"]


class TestOverprint:
    def test_text_drawn_twice_to_look_bold_comes_once(self) -> None:
        glyphs = set_text("总计 Total") + set_text("总计 Total", x=0.4, y=100.2)
        assert texts(glyphs) == ["总计 Total"]

    def test_repeated_letters_stay(self) -> None:
        assert texts(set_text("lllooo111")) == ["lllooo111"]

    def test_other_text_over_it_makes_a_line_of_its_own(self) -> None:
        assert sorted(texts(set_text("甲乙丙丁") + set_text("天地", x=4, y=100))) == ["天地", "甲乙丙丁"]


class TestCharacters:
    def test_ligatures_are_shared_out(self) -> None:
        glyphs = [Glyph("ffi", 0, 100, 0, 9.0, 10.0, 8.8, 2.0), *set_text("x", x=9)]
        (line,) = lines_of(glyphs, "text-layer")
        assert line.text == "ffix"
        assert [round(char.end - char.start, 3) for char in line.chars[:3]] == [round(3 / 14, 3)] * 3

    def test_radicals_spaces_and_invisible_characters(self) -> None:
        assert texts(set_text("⽤户⻓\u00a0AB")) == ["用户长 AB"]


class TestDirections:
    @pytest.mark.parametrize("degrees", [90, 180, 270, 7, 45, 333])
    def test_turned_text_has_turned_quads(self, degrees: float) -> None:
        upright = lines_of(set_text("转过的 text", x=100), "text-layer")[0]
        (line,) = lines_of(turned(set_text("转过的 text", x=100), degrees), "text-layer")
        assert line.text == upright.text
        assert [char.start for char in line.chars] == pytest.approx([char.start for char in upright.chars], abs=1e-3)
        expected = Affine.turning(degrees, 600, 800)[0].quad(upright.quad)
        for corner, place in zip(line.quad, expected, strict=True):
            assert corner == pytest.approx(place, abs=0.2)
        assert math.isclose(angle(line.quad) % 360, degrees, abs_tol=0.2)

    def test_directions_do_not_mix(self) -> None:
        glyphs = set_text("横排") + turned(set_text("横排"), 90)
        assert texts(glyphs) == ["横排", "横排"]


ROWS_OF_TEXT = st.lists(st.text(st.sampled_from("发票号码AB12.,"), min_size=1, max_size=12), min_size=1, max_size=8)


@given(ROWS_OF_TEXT, st.randoms())
def test_every_character_comes_out_once_whatever_the_order(rows: list[str], chance: random.Random) -> None:
    glyphs = [g for i, row in enumerate(rows) for g in set_text(row, x=chance.uniform(0, 50), y=20.0 * (i + 1))]
    chance.shuffle(glyphs)
    lines: tuple[Line, ...] = lines_of(glyphs, "text-layer")
    assert sorted("".join(line.text for line in lines).replace(" ", "")) == sorted("".join(rows))
    for line in lines:
        assert "".join(char.text for char in line.chars) == line.text
        assert length(line.quad) > 0
        assert thickness(line.quad) == pytest.approx(10.8)
        assert all(-1e-9 <= char.start <= char.end <= 1 + 1e-9 for char in line.chars)
