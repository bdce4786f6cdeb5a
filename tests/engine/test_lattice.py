"""Dense probabilities → lattice, text and character places."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.engine import lattice
from ocrcli.page import Alphabet

ABC = Alphabet.of(["", *"abcdefghij"])


def dense_of(classes: list[int], sure: float = 0.9) -> np.ndarray:
    rows = np.full((len(classes), 11), (1 - sure) / 10, np.float32)
    rows[np.arange(len(classes)), classes] = sure
    return rows


def test_greedy_text_drops_blanks_and_repeats() -> None:
    text, chars = lattice.greedy(dense_of([0, 1, 1, 0, 1, 2, 2, 0]), 8, ABC)
    assert text == "aab"
    assert [c.text for c in chars] == ["a", "a", "b"]
    assert lattice.mean_confidence(chars) == pytest.approx(0.9)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=40))
def test_places_of_characters_follow_each_other_inside_the_line(classes: list[int]) -> None:
    _, chars = lattice.greedy(dense_of(classes), len(classes), ABC)
    edges = [e for c in chars for e in (c.start, c.end)]
    assert all(0 <= e <= 1 for e in edges)
    assert edges == sorted(edges)


def test_a_lattice_keeps_the_best_the_blank_and_the_likely() -> None:
    dense = np.zeros((2, 11), np.float32)
    dense[0, 3] = 1.0  # sure: the best and the blank only
    dense[1, 3], dense[1, 4], dense[1, 5], dense[1, 6] = 0.6, 0.39, 2e-5, 5e-6
    found = lattice.make_lattice(dense, ABC)
    assert found.steps == 2
    first = found.ids[: found.offsets[1]].tolist()
    second = found.ids[found.offsets[1] :].tolist()
    assert first == [3, 0]
    assert second == [3, 4, 5, 0]  # 5e-6 is below KEEP; the blank is always there
    assert found.logs[found.offsets[1]] == pytest.approx(math.log(0.6), abs=1e-3)
    assert found.logs[-1] == pytest.approx(lattice.FLOOR_LOG, abs=0.02)


def test_no_step_keeps_more_than_the_most() -> None:
    alphabet = Alphabet.of(["", *map(chr, range(0x4E00, 0x4E00 + 999))])
    dense = np.full((1, 1000), 1e-3, np.float32)
    found = lattice.make_lattice(dense, alphabet)
    assert len(found.ids) == lattice.MOST
    assert lattice.BLANK in found.ids


def test_a_lattice_is_small() -> None:
    """About 1 KB a line: 60 steps, most of them sure."""
    rng = np.random.default_rng(7)
    dense = np.full((60, 18710), 1e-9, np.float32)
    dense[np.arange(60), rng.integers(0, 18710, 60)] = 1.0
    for step in range(0, 60, 10):
        dense[step] = rng.dirichlet(np.full(18710, 0.01))
    found = lattice.make_lattice(dense, Alphabet.of([""] + ["x"] * 18709))
    assert found.ids.nbytes + found.logs.nbytes + found.offsets.nbytes < 3000
