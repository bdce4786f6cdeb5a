import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.layout.assignment import assign

REFUSAL = 2.0
costs_of_takers = st.lists(st.dictionaries(st.integers(0, 4), st.floats(0, 3), max_size=4), max_size=4)


def total(costs: list[dict[int, float]], got: tuple[int | None, ...]) -> float:
    return sum(REFUSAL if thing is None else cost[thing] for cost, thing in zip(costs, got, strict=True))


def is_fair(got: tuple[int | None, ...]) -> bool:
    given_away = [thing for thing in got if thing is not None]
    return len(given_away) == len(set(given_away))


@given(costs_of_takers)
@settings(deadline=None)
def test_no_other_pairing_costs_less(costs: list[dict[int, float]]) -> None:
    got = tuple(assign(costs, REFUSAL))
    assert is_fair(got)
    every = itertools.product(*([None, *cost] for cost in costs))
    assert abs(total(costs, got) - min(total(costs, other) for other in every if is_fair(other))) < 1e-9


def test_who_comes_first_does_not_take_what_another_needs_more() -> None:
    assert assign([{0: 0.1, 1: 0.2}, {0: 0.0}], REFUSAL) == [1, 0]


def test_too_dear_is_left() -> None:
    assert assign([{0: 2.5}], REFUSAL) == [None]
