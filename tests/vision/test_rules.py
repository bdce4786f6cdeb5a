"""Ruling lines in pictures made of nothing but bars and grain."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocrcli.specimens.spoil import noisy, shadowed
from ocrcli.vision.rules import find_rules

EM = 20.0


def paper(grey: int = 240) -> np.ndarray:
    return np.full((400, 600, 3), grey, np.uint8)


@pytest.mark.parametrize(("ground", "ink"), [(240, 30), (40, 230), (250, 190)])
def test_rules_that_cross(ground: int, ink: int) -> None:
    page = paper(ground)
    for x in (100, 500):
        cv2.line(page, (x, 50), (x, 350), (ink,) * 3, 2)
    for y in (50, 70, 350):  # the ends between the upper two are shorter than any mark that is a rule by itself
        cv2.line(page, (100, y), (500, y), (ink,) * 3, 2)
    rules = find_rules(page, EM)
    assert sorted(round(rule.level) for rule in rules if rule.is_level) == pytest.approx([50, 70, 350], abs=2)
    upright = [rule for rule in rules if not rule.is_level]
    assert sorted(round(rule.level) for rule in upright) == pytest.approx([100, 500], abs=2)
    assert all(rule.length == pytest.approx(300, abs=6) for rule in upright)


def test_the_blank_between_bars_of_print_is_no_rule() -> None:
    page = paper()
    for x in range(60, 540, 8):  # strokes, close together, on rows with narrow blanks between them
        for y in (100, 126, 152):
            cv2.line(page, (x, y), (x + 4, y + 18), (20, 20, 20), 3)
    words = [(56.0, y, 548.0, y + 25.0) for y in (97.0, 123.0, 149.0)]
    assert find_rules(page, EM, words) == ()


def test_grain_in_the_shade_is_no_rule() -> None:
    page = paper(255)
    cv2.line(page, (60, 300), (560, 300), (60, 60, 60), 2)
    rules = find_rules(noisy(shadowed(page, 5, 0.5), 3, 10), EM)
    assert [round(rule.level) for rule in rules] == [pytest.approx(300, abs=2)]
    assert rules[0].is_level


def test_a_stroke_along_a_word_is_no_rule_however_long() -> None:
    page = paper()
    cv2.line(page, (60, 200), (560, 200), (20, 20, 20), 2)
    assert len(find_rules(page, EM)) == 1
    assert find_rules(page, EM, [(50.0, 190.0, 570.0, 210.0)]) == ()
