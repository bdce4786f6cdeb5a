from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from ocrcli.evaluate.lines import Place, best_place, find_places, score_lines, score_text
from ocrcli.evaluate.score import Score, Tally

SMALL = st.text("ab中", max_size=8)


def place(pattern: str, *lines: str) -> Place:
    text = "".join(lines)
    ends = np.isin(np.arange(len(text) + 1), np.cumsum([0, *map(len, lines)]))
    return best_place(np.array([*map(ord, pattern)], np.int64), np.array([*map(ord, text)], np.int64), ends)


def shares(score: Score) -> dict[str, tuple[float, int]]:
    return {name: (tally.count, tally.of) for name, tally in score.tallies.items()}


@settings(deadline=None)
@given(pattern=SMALL, text=SMALL)
def test_the_best_place_is_the_substring_with_the_fewest_edits(pattern: str, text: str) -> None:
    found = place(pattern, text)
    distances = [
        Levenshtein.distance(pattern, text[i:j]) for i in range(len(text) + 1) for j in range(i, len(text) + 1)
    ]
    assert found.edits == min(distances)
    assert Levenshtein.distance(pattern, text[found.start : found.end]) == found.edits


def test_the_leftmost_of_equal_places_and_the_longest_there() -> None:
    assert place("ab", "xxabxabx") == Place(2, 4, 0, inside=2)
    assert place("abcd", "abcx") == Place(0, 4, 1)
    assert place("abcd", "xbcd") == Place(0, 4, 1)
    assert place("abcd", "abcxyz") == Place(0, 4, 1, inside=1)
    assert place("ab", "") == Place(0, 0, 2)


def test_of_equal_places_that_of_a_whole_read_line() -> None:
    assert place("ab", "xab", "ab") == Place(3, 5, 0)
    assert place("ab", "xabx", "xab") == Place(5, 7, 0, inside=1)
    assert place("ab", "xabx", "a", "b") == Place(4, 6, 0)


def test_text_that_repeats_itself_is_found_line_by_line() -> None:
    lines = ["abcabcabca", "bcabc", "abcabca"]
    score = score_text(lines, lines, partial=False)
    assert score.tallies["line_error"] == Tally(0, 22)
    assert score.tallies["order"] == Tally(2, 2)


def test_all_right() -> None:
    score = score_text(["第一行", "second line"], ["第一行", "second", "line"], partial=False)
    assert shares(score) == {
        "line_error": (0, 13),
        "line_error_nfkc": (0, 13),
        "line_error_caseless": (0, 13),
        "extra_text": (0, 13),
        "lines_right": (2, 2),
        "order": (1, 1),
    }
    assert score.mismatches == []


def test_wrong_missing_and_extra_characters() -> None:
    score = score_text(["发票代码", "金额一二三四", "合计"], ["发要代码", "金额一二四", "多余"], partial=False)
    assert shares(score)["line_error"] == (1 + 1 + 2, 12)
    assert shares(score)["extra_text"] == (2, 12)
    assert shares(score)["lines_right"] == (0, 3)
    assert [(m.truth, m.read) for m in score.mismatches] == [
        ("发票代码", "发要代码"),
        ("金额一二三四", "金额一二四"),
        ("合计", None),
    ]


def test_extra_text_is_not_told_where_the_truth_is_partial() -> None:
    score = score_text(["金额"], ["别的金额别的"], partial=True)
    assert "extra_text" not in score.tallies
    assert shares(score)["line_error"] == (0, 2)


def test_width_and_capitals_count_as_wrong_until_they_are_folded() -> None:
    score = score_text(["（45KG）"], ["(45kg)"], partial=False)
    assert shares(score)["line_error"] == (6, 6)  # less than half of it is there
    assert shares(score)["line_error_nfkc"] == (2, 6)
    assert shares(score)["line_error_caseless"] == (0, 6)


def test_lines_may_be_cut_otherwise_but_no_character_serves_twice() -> None:
    assert shares(score_text(["甲乙", "丙丁"], ["甲乙丙丁"], partial=False))["line_error"] == (0, 4)
    assert shares(score_text(["甲乙丙丁"], ["甲乙", "丙丁"], partial=False))["line_error"] == (0, 4)
    once = score_text(["壹佰", "壹佰", "壹佰"], ["壹佰", "x", "壹佰"], partial=False)
    assert shares(once)["line_error"] == (2, 6)


def test_a_perfect_line_is_settled_before_a_poor_one() -> None:
    # The long line would take 西安 from the one that is read without fault.
    score = score_text(["西安路口东", "西安"], ["西安", "路口东"], partial=False)
    assert shares(score)["line_error"] == (2, 7)
    assert find_places(["西安路口东"], ["西安", "路口东"]) == [Place(0, 5, 0)]
    assert find_places(["ABxxCD", "xx"], ["AByyCD", "xx"]) == [Place(0, 6, 2), Place(6, 8, 0)]


def test_less_than_half_of_a_line_is_not_found() -> None:
    assert find_places(["一二三四五"], ["一二xxx"]) == [None]
    assert shares(score_text(["一二三四五"], ["一二xxx"], partial=False))["line_error"] == (5, 5)


def test_order_counts_neighbours_that_follow_one_another() -> None:
    score = score_text(["甲甲", "乙乙", "丙丙", "丁丁"], ["乙乙", "甲甲", "丙丙", "丁丁"], partial=False)
    assert score.tallies["order"] == Tally(2, 3)


def test_nothing_read_and_nothing_to_read() -> None:
    assert shares(score_text(["甲乙"], [], partial=False)) == {
        "line_error": (2, 2),
        "line_error_nfkc": (2, 2),
        "line_error_caseless": (2, 2),
        "extra_text": (0, 2),
        "lines_right": (0, 1),
    }
    assert score_text([" "], ["x"], partial=False).tallies["line_error"].share is None


@settings(deadline=None)
@given(st.lists(SMALL, max_size=5), st.lists(SMALL, max_size=5))
def test_the_error_lies_between_none_and_all(truth: list[str], read: list[str]) -> None:
    score = score_text(truth, read, partial=False)
    for name in ("line_error", "line_error_nfkc", "line_error_caseless", "lines_right"):
        tally = score.tallies.get(name, Tally())
        assert 0 <= tally.count <= tally.of
    itself = score_text(truth, truth, partial=False).tallies
    assert itself["line_error"].count == itself["extra_text"].count == 0
    assert itself.get("order", Tally()).count == itself.get("order", Tally()).of


def test_lines_of_all_pages_count_and_failed_ones_have_none() -> None:
    records: list[dict[str, Any]] = [
        {"lines": [{"text": "第一页"}]},
        {"error": {"code": "decode_failed"}},
        {"lines": [{"text": "第三页"}]},
    ]
    assert score_lines(["第一页", "第三页"], records, partial=False).tallies["line_error"] == Tally(0, 6)
