"""Guided reading against all alignments of small lattices, and the rule that chooses."""

from __future__ import annotations

import math
import re
from itertools import groupby, pairwise, product
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.engine.decoding import ChoosingRule, Standing, candidates, choose, lattice_of, read_as, read_together
from ocrcli.engine.decoding_search import Candidate, Letter
from ocrcli.engine.grammar import Grammar, Row, Slot, Sum, Words
from ocrcli.engine.lattice import FLOOR_LOG, make_lattice
from ocrcli.geometry import quad_of_box
from ocrcli.page import Alphabet, Lattice, Line

ALPHABET = Alphabet.of(["", "0", "1", "2", "a", "b", "１", "-", " "])
FLOOR = math.exp(FLOOR_LOG)
REACH = 30.0
REACHES = st.sampled_from([2.0, 8.0, REACH])


def lattice_of_dense(dense: np.ndarray) -> Lattice:
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
        for a, b in pairwise(edges)
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
    """True where the row can produce the text, whatever its sums say."""
    whole = "".join(
        f"[{piece.letters}]+([{piece.between}][{piece.letters}]+)*"
        if isinstance(piece, Words)
        else f"[{piece.alphabet}]{{{piece.least},{piece.most}}}"
        for piece in row.slots
    )
    return re.fullmatch(whole, text) is not None and row.length in (None, len(text))


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
def worded_rows(draw: st.DrawFn) -> Row:
    """Words of a length, as the names of a machine-readable zone: a slot before, more words or fillers behind."""
    letters, between = draw(st.sampled_from([("0", "a"), ("01", "a"), ("1a", "0"), ("01", "ab")]))
    before = draw(st.lists(st.builds(Slot, LETTERS), max_size=1))
    more = draw(st.sampled_from([(), (Slot(between),), (Slot(between), Words(letters, between))]))
    behind = (*more, Slot(between[0], 0, 3))
    return Row((*before, Words(letters, between), *behind), length=draw(st.integers(2 + len(before) + len(more), 5)))


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
    return lattice_of_dense(weights / weights.sum(axis=1, keepdims=True))


def grammar_of(forms: list[Row]) -> Grammar:
    ones = any("1" in slot.alphabet for row in forms for slot in row.slots)
    return Grammar("any", tuple(forms), separators="- ", variants=(("1", "１"),) if ones else ())


def assert_same_order(
    found: list[Candidate], texts: dict[str, float], grammar: Grammar, reach: float, *, passing: bool
) -> None:
    """`found` are the texts of the grammar within reach of the likeliest, in order."""
    every = ranked(texts, grammar, passing=False)
    expected = {text: score for score, text in ranked(texts, grammar, passing=passing)}
    assert all(a.log_probability >= b.log_probability - 1e-6 for a, b in pairwise(found))
    assert {c.text: c.log_probability for c in found} == pytest.approx(
        {c.text: expected[c.text] for c in found}, abs=1e-6
    )
    missed = {text: score for text, score in expected.items() if text not in {c.text for c in found}}
    assert all(score <= every[0][0] - reach + 1e-6 for score in missed.values())


@settings(max_examples=80, deadline=None)
@given(lattices(4), st.lists(free_rows() | worded_rows(), min_size=1, max_size=3), REACHES)
def test_texts_come_in_the_order_of_their_best_alignments(lattice: Lattice, forms: list[Row], reach: float) -> None:
    grammar = grammar_of(forms)
    texts = all_texts(lattice, "- ", dict(grammar.variants))
    found = list(candidates(lattice, grammar, reach=reach, bend=math.inf))
    assert_same_order(found, texts, grammar, reach, passing=False)


@settings(max_examples=80, deadline=None)
@given(lattices(4), st.lists(bound_rows(), min_size=1, max_size=3), REACHES)
def test_passing_texts_come_in_order_too(lattice: Lattice, forms: list[Row], reach: float) -> None:
    grammar = grammar_of(forms)
    texts = all_texts(lattice, "- ", dict(grammar.variants))
    found = list(candidates(lattice, grammar, passing=True, reach=reach, bend=math.inf))
    assert_same_order(found, texts, grammar, reach, passing=True)


def part(lattice: Lattice, start: int, end: int) -> Lattice:
    a, b = lattice.offsets[start], lattice.offsets[end]
    return Lattice(lattice.offsets[start : end + 1] - a, lattice.ids[a:b], lattice.logs[a:b], lattice.alphabet)


def best_outside(lattice: Lattice, fence: str, separators: str, *, before: bool) -> float:
    """The best alignment of what stands before (or behind) a value: a fence character or nothing touches the value."""
    gaps = [0, *(ALPHABET.index[c] for c in separators)]
    touching = [k for k, c in enumerate(ALPHABET.characters) if k not in gaps and c not in fence]
    frames = frames_of(lattice) if before else frames_of(lattice)[::-1]
    best = sum(frame.log(gaps) for frame in frames)
    for i, frame in enumerate(frames):  # the last step that is no gap
        free = sum(max(math.log(p) for p in f.listed.values()) for f in frames[:i])
        for touch in (math.log(frame.listed[k]) for k in touching if k in frame.listed):
            best = max(best, free + touch + sum(f.log(gaps) for f in frames[i + 1 :]))
    return best


@settings(max_examples=60, deadline=None)
@given(lattices(4), free_rows())
def test_a_part_of_a_line_is_found_by_its_best_alignment(lattice: Lattice, form: Row) -> None:
    grammar = Grammar("any", (form,), separators="- ", fence="012ab")
    expected: dict[str, float] = {}
    for start in range(lattice.steps):
        for end in range(start + 1, lattice.steps + 1):
            around = best_outside(part(lattice, 0, start), "012ab", "- ", before=True) + best_outside(
                part(lattice, end, lattice.steps), "012ab", "- ", before=False
            )
            for score, text in ranked(all_texts(part(lattice, start, end), "- ", {}), grammar, passing=False):
                expected[text] = max(expected.get(text, -math.inf), score + around)
    found = {c.text: c.log_probability for c in candidates(lattice, grammar, inside=True, reach=REACH, bend=math.inf)}
    assert found == pytest.approx({text: expected[text] for text in found}, abs=1e-6)
    missed = [score for text, score in expected.items() if text not in found]
    assert not missed or max(missed) <= max(expected.values()) - REACH + 1e-6


def spelt(text: str, **others: float) -> Lattice:
    """A clean line that says `text`, a blank before and behind every character.

    `others`: at a place (_3), the probability of the next digit instead of the one that is there.
    """
    dense = np.full((2 * len(text) + 1, len(ALPHABET.characters)), 1e-9)
    dense[::2, 0] = 1
    for i, character in enumerate(text):
        share = others.get(f"_{i}", 0.0)
        dense[2 * i + 1, ALPHABET.index[character]] = 1 - share
        if share:
            dense[2 * i + 1, ALPHABET.index["012"[("012".index(character) + 1) % 3]]] = share
    return lattice_of_dense(dense / dense.sum(axis=1, keepdims=True))


WEIGHTED = Sum(3, 0, lambda place, c: int(c))  # any one changed digit breaks it
FOUR = Grammar("four", (Row((Slot("012", 4, 4),), (WEIGHTED,)),))


def test_a_repeated_letter_needs_a_gap_between() -> None:
    dense = np.full((5, len(ALPHABET.characters)), 1e-9)
    dense[:, ALPHABET.index["1"]] = 1
    run = lattice_of_dense(dense / dense.sum(axis=1, keepdims=True))
    one, two = (Grammar("ones", (Row((Slot("1", n, n),)),)) for n in (1, 2))
    (first,) = candidates(run, one)
    (second,) = candidates(run, two, bend=math.inf)
    assert first.log_probability == pytest.approx(0, abs=1e-2)
    assert second.log_probability == pytest.approx(FLOOR_LOG, abs=0.1)  # one step has to be read as the blank


def test_a_looser_best_text_does_not_hide_the_likeliest() -> None:
    """One long "1" would be "11" if no gap were needed between; the likeliest text of two letters is "10"."""
    dense = np.full((3, len(ALPHABET.characters)), 1e-9)
    dense[:, ALPHABET.index["1"]] = 1
    dense[2, ALPHABET.index["1"]], dense[2, ALPHABET.index["0"]] = 0.99, 0.01
    lattice = lattice_of_dense(dense / dense.sum(axis=1, keepdims=True))
    grammar = Grammar("pair", (Row((Slot("1"), Slot("01"))),))
    assert [c.text for c in candidates(lattice, grammar, reach=2, bend=math.inf)] == ["10"]


def test_separators_and_variants_are_no_part_of_the_value() -> None:
    grammar = Grammar("four", (Row((Slot("012", 4, 4),)),), separators="- ", variants=(("1", "１"),))
    read = read_as(spelt("0-１ 2- 0"), grammar)
    assert read is not None
    assert (read.text, read.plain, read.misfit < 0.1) == ("0120", "0-１ 2- 0", True)
    assert len(read.chars) == 4 and all(a.end <= b.start + 1e-9 for a, b in pairwise(read.chars))


def test_a_line_too_short_for_the_value_gives_nothing() -> None:
    assert read_as(spelt("0"), FOUR) is None
    assert read_as(part(spelt("0"), 0, 0), FOUR) is None


def test_a_number_is_not_cut_out_of_a_longer_one() -> None:
    inside = read_as(spelt("ab0120ab"), FOUR, inside=True)
    assert inside is not None
    assert (inside.text, inside.plain, inside.misfit < 0.1) == ("0120", "0120", True)
    longer = spelt("ab012010ab")
    assert read_as(longer, FOUR, inside=True) is None
    assert next(candidates(longer, FOUR, inside=True, bend=math.inf)).log_probability < FLOOR_LOG + 1


def test_another_value_in_the_line_is_no_rival() -> None:
    read = read_as(spelt("0120a2100"), FOUR, inside=True)
    assert read is not None
    assert read.text in ("0120", "2100") and read.gap == math.inf and not read.doubtful


def test_a_misprint_is_returned_as_printed() -> None:
    read = read_as(spelt("0121"), FOUR)
    assert read is not None
    assert (read.text, read.passed, read.chose, read.doubtful) == ("0121", False, False, False)


def test_a_check_chooses_between_two_readings_of_one_character() -> None:
    read = read_as(spelt("0121", _3=0.3), FOUR)  # 0.3 for "2", and no sum either: 0122 fails too
    assert read is not None and (read.text, read.chose) == ("0121", False)
    read = read_as(spelt("0122", _3=0.3), FOUR)  # 0.3 for "0", which passes
    assert read is not None
    assert (read.text, read.plain, read.passed, read.chose) == ("0120", "0122", True, True)
    assert read_as(spelt("0122", _3=0.05), FOUR).text == "0122"  # too unlikely


def test_two_ways_to_pass_are_no_choice() -> None:
    read = read_as(spelt("0122", _0=0.3, _3=0.3), FOUR)  # 0120 and, one place left, 1122: both pass
    assert read is not None
    assert (read.text, read.chose, read.doubtful) == ("0122", False, True)


def test_the_share_among_rivals_counts_in_the_confidence() -> None:
    sure, unsure = read_as(spelt("0120"), FOUR), read_as(spelt("0120", _0=0.4, _3=0.4), FOUR)
    assert sure is not None and unsure is not None
    assert sure.confidence == pytest.approx(1, abs=1e-3)
    assert unsure.text == "0120" and unsure.passed and unsure.doubtful is False
    free = read_as(spelt("0120", _0=0.4), Grammar("four", (Row((Slot("012", 4, 4),)),)))
    assert free is not None and free.doubtful
    assert free.confidence == pytest.approx((0.6 + 3) / 4 * 0.6, abs=1e-2)


FENCED = Grammar("four", (Row((Slot("012", 4, 4),), (WEIGHTED,)),), fence="012")


def test_of_several_looks_what_is_likeliest_on_average() -> None:
    both = read_together([spelt("0121", _3=0.4), spelt("0122")], FENCED)
    assert both is not None
    which, read = both
    assert (which, read.text, read.plain, read.passed) == (1, "0122", "0122", False)


def test_a_look_that_lost_a_character_does_not_outweigh_the_others() -> None:
    found = read_together([spelt("012"), spelt("0120"), spelt("010"), spelt("0120", _0=0.3)], FENCED)
    assert found is not None and found[0] == 1 and (found[1].text, found[1].passed) == ("0120", True)
    assert read_together([spelt("ab"), spelt("0")], FENCED) is None


def test_looks_that_agree_on_a_misprint_are_not_healed() -> None:
    found = read_together([spelt("0121", _3=0.05), spelt("0121"), spelt("0120")], FENCED)
    assert found is not None and (found[1].text, found[1].passed, found[1].chose) == ("0121", False, False)


@settings(deadline=None, max_examples=50)
@given(st.text("012", min_size=4, max_size=4), st.integers(0, 3), st.sampled_from([0.0, 0.1, 0.3, 0.45]))
def test_one_look_says_what_it_says_alone(text: str, place: int, share: float) -> None:
    lattice = spelt(text, **{f"_{place}": share})
    alone, together = read_as(lattice, FENCED), read_together([lattice], FENCED)
    assert alone is not None and together is not None
    told = together[1]
    assert (told.text, told.passed, told.chose, told.doubtful) == (
        alone.text,
        alone.passed,
        alone.chose,
        alone.doubtful,
    )


def test_evidence_from_elsewhere_is_added() -> None:
    grammar = Grammar("pair", (Row((Slot("012"), Slot("ab"))),))
    lattice = spelt("0a", _0=0.45)
    assert read_as(lattice, grammar).text == "0a"
    told = read_as(lattice, grammar, evidence={"012": {"0": -2.0, "1": 0.0}})
    assert told is not None and told.text == "1a"


def test_a_check_that_is_no_sum_filters() -> None:
    grammar = Grammar("four", (Row((Slot("012", 4, 4),)),), accepts=lambda text: text.endswith("0"))
    assert [c.text for c in candidates(spelt("0122", _3=0.2), grammar, passing=True)] == ["0120"]


def test_digital_text_is_read_with_the_same_grammar() -> None:
    line = Line("No. 0-120 ", 1.0, quad_of_box(0, 0, 100, 10), source="text-layer")
    grammar = Grammar("four", FOUR.rows, separators="-")
    read = read_as(lattice_of(line), grammar, inside=True)
    assert read is not None
    assert (read.text, read.plain, read.passed, read.doubtful) == ("0120", "0-120", True, False)


def candidate(text: str, score: float) -> Candidate:
    return Candidate(score, tuple(Letter(c, 1.0, i, i + 1) for i, c in enumerate(text)))


@pytest.mark.parametrize(
    ("passing", "chosen"),
    [
        ([("0120", -1.9), ("1121", -6.0)], "0120"),
        ([("0120", -2.1)], "0122"),  # too unlikely
        ([("0120", -1.9), ("1121", -5.8)], "0122"),  # a rival too near
        ([("0210", -1.0)], "0122"),  # more than one character
        ([], "0122"),
    ],
)
def test_the_limits_of_the_rule(passing: list[tuple[str, float]], chosen: str) -> None:
    rule = ChoosingRule(repair=2, lead=4, doubt=4)
    found = Standing(candidate("0122", 0.0), tuple(candidate(*p) for p in passing))
    assert choose(found, rule).candidate.text == chosen


def test_letters_separators_and_variants_must_differ() -> None:
    row = Row((Slot("01-"),))
    with pytest.raises(ValueError, match="either a letter"):
        Grammar("x", (row,), separators="-")
    with pytest.raises(ValueError, match="no slot has"):
        Grammar("x", (row,), variants=(("2", "a"),))
    with pytest.raises(ValueError, match="fixed length"):
        Row((Slot("01", 1, 2),), (WEIGHTED,))
    with pytest.raises(ValueError, match="left out"):
        Row((Slot("01", 0, 2),))
