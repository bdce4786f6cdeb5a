"""Dashes that stand for nothing are told from print and from the line below them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocrcli.page import Pixels
from ocrcli.vision.dashes import has_dashes_alone


def crop(*dashes: tuple[int, int, int, int], rule: bool = False, text: str = "", ground: int = 210) -> Pixels:
    """A crop of 420 × 140 px, with dashes (x, y, width, height), a dotted line, and a text on it."""
    paper = np.full((140, 420, 3), ground, np.uint8)
    paper += (12 * np.sin(np.arange(420) / 6)).astype(np.int8).astype(np.uint8)[None, :, None]  # a guilloche
    for x, y, width, height in dashes:
        cv2.rectangle(paper, (x, y), (x + width, y + height), (40, 40, 40), -1)
    if rule:
        for x in range(5, 400, 10):
            cv2.rectangle(paper, (x, 95), (x + 5, 97), (60, 60, 60), -1)
    cv2.putText(paper, text, (30, 90), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (40, 40, 40), 3)
    return paper


PAIR = ((40, 70, 16, 6), (62, 70, 16, 6))


@pytest.mark.parametrize("rule", [False, True])
@pytest.mark.parametrize("dashes", [PAIR, PAIR[:1], (*PAIR, (84, 71, 16, 6))])
def test_dashes_alone(dashes: tuple[tuple[int, int, int, int], ...], rule: bool) -> None:
    assert has_dashes_alone(crop(*dashes, rule=rule))


def test_a_blank_place_has_none() -> None:
    assert not has_dashes_alone(crop())
    assert not has_dashes_alone(crop(rule=True))


@pytest.mark.parametrize("text", ["1500kg", "--1", "-- kg", "1"])
def test_print_is_no_dash(text: str) -> None:
    assert not has_dashes_alone(crop(text=text))
    assert not has_dashes_alone(crop(text=text, rule=True))


def test_dashes_far_apart_or_on_two_rows_are_something_else() -> None:
    assert not has_dashes_alone(crop((40, 70, 16, 6), (200, 70, 16, 6)))
    assert not has_dashes_alone(crop((40, 50, 16, 6), (62, 80, 16, 6)))
