"""Guided reading against all alignments of small lattices, and the rule that chooses."""

from __future__ import annotations

import math
from itertools import groupby, pairwise, product
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.engine.decoding import candidates
from ocrcli.engine.decoding_search import Candidate
from ocrcli.engine.grammar import Grammar, Row, Slot, Sum
from ocrcli.engine.lattice import FLOOR_LOG, make_lattice
from ocrcli.page import Alphabet, Lattice

ALPHABET = Alphabet.of(["", "0", "1", "2", "a", "b", "１", "-", " "])
FLOOR = math.exp(FLOOR_LOG)
REACH = 30.0


def lattice_of(dense: np.ndarray) -> Lattice:
    return make_lattice(dense.astype(np.float32), ALPHABET)


class Frame(NamedTuple):
    """A lattice step as the decoder may see it: probability by class."""

    listed: dict[int, float]

    def log(self, classes: list[int]) -> float:
        """Pooled: listed probabilities added, the floor where none is listed."""
        total = sum(self.listed.get(k, 0.0) for k in classes)
        return math.log(min(1.0, max(FLOOR, total)))


def frames_of(lattice: Lattice) -> list[Frame]:
    edges = lattice.offsets
    return [
        Frame({int(k): math.exp(float(v)) for k, v in zip(lattice.ids[a:b], lattice.logs[a:b], strict=True)})
        for a, b in zip(edges[:-1], edges[1:], strict=True)
    ]


def all_texts(lattice: Lattice, separators: str, variants: dict[str, str]) -> dict[str, float]:
    """Every text with the logarithm of its best alignment, by trying all alignments."""
    pools = {"": [0, *(ALPHABET.index[c] for c in separators)]}
    others = "".join(variants.values())
    for character in ALPHABET.characters[1:]:
        if character not in separators and character not in others:
            pools[character] = [ALPHABET.index[c] for c in character + variants.get(character, "")]
    logs = [{symbol: frame.log(classes) for symbol, classes in pools.items()} for frame in frames_of(lattice)]
    best: dict[str, float] = {}
    for path in product(pools, repeat=lattice.steps):
        text = "".join(symbol for symbol, _ in groupby(path))
        score = sum(log[symbol] for log, symbol in zip(logs, path, strict=True))
        best[text] = max(best.get(text, -math.inf), score)
    return best


def matches(row: Row, text: str) -> bool:
    """True where the row can produce the text and its sums hold."""

    def fits(slots: tuple[Slot, ...], rest: str) -> bool:
        if not slots:
            return not rest
        slot = slots[0]
        return any(
            len(rest) >= n and all(c in slot.alphabet for c in rest[:n]) and fits(slots[1:], rest[n:])
            for n in range(slot.least, slot.most + 1)
        )

    return fits(row.slots, text)


def ranked(texts: dict[str, float], grammar: Grammar, *, passing: bool) -> list[tuple[float, str]]:
    kept = [
        (score, text)
        for text, score in texts.items()
        if any(matches(row, text) and (not passing or all(s.holds(text) for s in row.sums)) for row in grammar.rows)
    ]
    return sorted(kept, reverse=True)


# Few letters, so that repeats, shared alphabets and ties of place are frequent.
LETTERS = st.sampled_from(["0", "1", "2", "a", "01", "012", "12", "ab", "0a"])
DIGITS = "012"


@st.composite
def free_rows(draw: st.DrawFn) -> Row:
    """Slots with repeats, the last one needed."""
    most = draw(st.lists(st.integers(1, 2), min_size=1, max_size=3))
    slots = [Slot(draw(LETTERS), draw(st.integers(0, n)), n) for n in most]
    return Row((*slots[:-1], Slot(slots[-1].alphabet, 1, slots[-1].most)))


@st.composite
def bound_rows(draw: st.DrawFn) -> Row:
    """Digits under one or two sums, the first over the last `span` places."""
    counts = draw(st.lists(st.integers(1, 2), min_size=1, max_size=2))
    modulus = draw(st.integers(2, 5))
    weights = draw(st.lists(st.integers(1, modulus - 1), min_size=4, max_size=4))
    span = draw(st.integers(1, 4))
    some = Sum(
        modulus, draw(st.integers(0, modulus - 1)), lambda p, c: weights[p] * "210".index(c) if p >= -span else 0
    )
    all_ = Sum(3, 1, lambda p, c: DIGITS.index(c))
    return Row(tuple(Slot(DIGITS, n, n) for n in counts), (some, all_)[: draw(st.integers(1, 2))])


@st.composite
def lattices(draw: st.DrawFn, most: int) -> Lattice:
    steps = draw(st.integers(1, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weights = np.exp(draw(st.sampled_from([0.6, 2.0, 6.0])) * rng.normal(size=(steps, len(ALPHABET.characters))))
    weights[:, 0] *= draw(st.sampled_from([0.1, 1.0, 5.0]))
    return lattice_of(weights / weights.sum(axis=1, keepdims=True))


def grammar_of(forms: list[Row]) -> Grammar:
    ones = any("1" in slot.alphabet for row in forms for slot in row.slots)
    return Grammar("any", tuple(forms), separators="- ", variants=(("1", "１"),) if ones else ())


def assert_same_order(found: list[Candidate], texts: dict[str, float], grammar: Grammar, *, passing: bool) -> None:
    """`found` are the texts of the grammar within REACH of the likeliest, in order."""
    every = ranked(texts, grammar, passing=False)
    expected = {text: score for score, text in ranked(texts, grammar, passing=passing)}
    assert all(a.log_probability >= b.log_probability - 1e-6 for a, b in pairwise(found))
    assert {c.text: c.log_probability for c in found} == pytest.approx(
        {c.text: expected[c.text] for c in found}, abs=1e-6
    )
    missed = {text: score for text, score in expected.items() if text not in {c.text for c in found}}
    assert all(score <= every[0][0] - REACH + 1e-6 for score in missed.values())


@settings(max_examples=200, deadline=None)
@given(lattices(5), st.lists(free_rows(), min_size=1, max_size=3))
def test_texts_come_in_the_order_of_their_best_alignments(lattice: Lattice, forms: list[Row]) -> None:
    grammar = grammar_of(forms)
    texts = all_texts(lattice, "- ", dict(grammar.variants))
    found = list(candidates(lattice, grammar, reach=REACH))
    assert_same_order(found, texts, grammar, passing=False)


@settings(max_examples=200, deadline=None)
@given(lattices(5), st.lists(bound_rows(), min_size=1, max_size=3))
def test_passing_texts_come_in_order_too(lattice: Lattice, forms: list[Row]) -> None:
    grammar = grammar_of(forms)
    texts = all_texts(lattice, "- ", dict(grammar.variants))
    found = list(candidates(lattice, grammar, passing=True, reach=REACH))
    assert_same_order(found, texts, grammar, passing=True)
