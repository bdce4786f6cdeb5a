import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.checks import vin


@st.composite
def numbers(draw: st.DrawFn) -> str:
    free = draw(st.text(vin.ALPHABET, min_size=17, max_size=17))
    return free[:8] + vin.check_character(free) + free[9:]


@pytest.mark.parametrize("number", ["1M8GDM9AXKP042788", "11111111111111111"])
def test_vectors(number: str) -> None:
    assert vin.passes(number)


@given(numbers(), st.integers(0, 16), st.sampled_from(vin.ALPHABET))
def test_what_a_changed_character_does(number: str, place: int, other: str) -> None:
    """Found always at position 9, elsewhere wherever the values differ, and only there."""
    changed = number[:place] + other + number[place + 1 :]
    alike = changed == number if place == 8 else vin.VALUES[other] == vin.VALUES[number[place]]
    assert vin.passes(changed) == alike


def test_letters_of_one_value() -> None:
    alike = ["AJ1", "BKS2", "CLT3", "DMU4", "ENV5", "FW6", "GPX7", "HY8", "RZ9", "0"]
    assert {c: int(group[-1]) for group in alike for c in group} == vin.VALUES


@pytest.mark.parametrize(
    ("number", "word"),
    [("1M8GDM9AXKPO42788", "without I, O, Q"), ("1M8GDM9AXKP04278", "17"), ("1M8GDM9A1KP042788", "should be X, not 1")],
)
def test_faults_are_named(number: str, word: str) -> None:
    assert word in (vin.fault(number) or "")


def test_where_the_check_character_is_law() -> None:
    assert vin.must_pass("LSVAM4187C2184841") and vin.must_pass("1M8GDM9AXKP042788")
    assert not vin.must_pass("WVWZZZ1JZ3W386752") and not vin.must_pass("")


def test_model_years_come_round_every_thirty_years() -> None:
    assert vin.model_years("1M8GDM9AXKP042788", 2026) == [2019, 1989]
    assert vin.model_years("1M8GDM9AX9P042788", 2026) == [2009]
    assert vin.model_years("1M8GDM9AX0P042788", 2026) == []
    assert vin.year_fault("1M8GDM9AXKP042788", 2018) is None  # built the year before
    assert vin.year_fault("1M8GDM9AXKP042788", 1985) is not None
    assert vin.year_fault("1M8GDM9AXUP042788", 2020) is not None
