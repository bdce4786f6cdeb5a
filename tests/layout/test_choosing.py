from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ocrcli.layout.choosing import heaviest


def best_of_all(weights: list[float], pairs: set[tuple[int, int]]) -> float:
    """By trying every set."""
    sets = (s for n in range(len(weights) + 1) for s in combinations(range(len(weights)), n))
    return max(sum(weights[i] for i in s) for s in sets if not any(p in pairs for p in combinations(s, 2)))


@given(st.lists(st.integers(1, 9), max_size=8), st.randoms(use_true_random=False))
def test_the_choice_is_the_heaviest_and_without_conflict(weights: list[int], chance) -> None:
    pairs = {pair for pair in combinations(range(len(weights)), 2) if chance.random() < 0.4}
    conflicts = [[j for j in range(len(weights)) if (min(i, j), max(i, j)) in pairs] for i in range(len(weights))]
    chosen = heaviest(weights, conflicts)
    assert not any(pair in pairs for pair in combinations(chosen, 2))
    assert sum(weights[i] for i in chosen) == best_of_all(list(map(float, weights)), pairs)


def test_a_whole_stands_or_its_parts() -> None:
    conflicts = [[1, 2], [0], [0]]
    assert heaviest([3.0, 1.0, 1.0], conflicts) == [0]
    assert heaviest([3.0, 2.0, 2.0], conflicts) == [1, 2]


def test_many_candidates_are_chosen_from_in_time() -> None:
    count = 60  # papers, each with two rivals, and one candidate against all
    conflicts = [[], *([1 + 3 * (i // 3) + k for k in range(3) if k != i % 3] + [0] for i in range(3 * count))]
    conflicts[0] = list(range(1, 3 * count + 1))
    assert len(heaviest([5.0, *([1.0, 2.0, 1.5] * count)], conflicts)) == count
