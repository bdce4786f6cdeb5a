from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from ocrcli.checks import citizen_id

TODAY = date(2026, 1, 1)
BORN = st.dates(date(1900, 1, 1), date(2025, 12, 31))


@st.composite
def numbers(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(sorted(citizen_id.REGIONS))) + draw(st.from_regex("[0-9]{4}", fullmatch=True))
    first = f"{region}{draw(BORN):%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first + citizen_id.check_character(first)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_vectors(number: str) -> None:
    assert citizen_id.fault(number) is None
    assert ric.calc_check_digit(number) == number[17]  # another implementation of the same standard


@given(numbers())
def test_a_made_number_passes_and_tells_birth_and_sex(number: str) -> None:
    assert citizen_id.passes(number)
    assert f"{citizen_id.birth(number):%Y%m%d}" == number[6:14]
    assert citizen_id.sex(number) == ("男" if int(number[16]) % 2 else "女")


@given(numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_single_changed_character_is_found(number: str, place: int, other: str) -> None:
    changed = number[:place] + other + number[place + 1 :]
    assert citizen_id.passes(changed) == (changed == number)


@given(numbers(), st.integers(0, 16))
def test_every_swap_of_neighbours_is_found(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert citizen_id.passes(swapped) == (swapped == number)


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("11010519491231002x", "17 digits"),
        ("1101051949123100", "17 digits"),
        ("991010194912310021", "no region begins with 99"),
        ("110105194913310020", "no date"),
        ("110105490230002", "7 to 12 are no date"),
        ("110105194912310021", "should be X, not 1"),
    ],
)
def test_faults_are_named(number: str, word: str) -> None:
    assert word in (citizen_id.fault(number) or "")


def test_a_birth_that_has_not_come() -> None:
    number = "11010520271231002" + citizen_id.check_character("11010520271231002")
    assert citizen_id.passes(number)
    assert citizen_id.future_fault(number, date(2027, 12, 31)) is None
    assert "2027-12-31 is in the future" in (citizen_id.future_fault(number, date(2027, 12, 30)) or "")
    assert citizen_id.future_fault("110105194913310020", TODAY) is None  # no date: that is another fault


def test_fifteen_digits_become_eighteen() -> None:
    old = "110105491231002"
    assert citizen_id.passes(old)
    assert (citizen_id.birth(old), citizen_id.sex(old)) == (date(1949, 12, 31), "女")
    assert citizen_id.upgraded(old) == "11010519491231002X"


def test_no_number_no_sex() -> None:
    assert citizen_id.sex("1101") is None


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "right"),
    [
        (date(2003, 5, 1), date(2008, 5, 1), True),  # 13 years old: 5 years
        (date(2003, 5, 1), date(2008, 4, 30), True),  # the day before counts as well
        (date(2003, 5, 1), date(2013, 5, 1), False),
        (date(2010, 5, 1), date(2020, 5, 1), True),  # 20: 10 years
        (date(2020, 5, 1), date(2040, 5, 1), True),  # 30: 20 years
        (date(2020, 5, 1), date(2040, 5, 2), False),
        (date(2020, 2, 29), date(2040, 2, 29), True),
        (date(2020, 2, 29), date(2040, 2, 28), True),
        (date(2020, 5, 1), None, False),
        (date(2036, 5, 1), None, True),  # 46: long-term
        (date(2036, 5, 1), date(2056, 5, 1), False),
        (date(1980, 5, 1), date(1985, 5, 1), False),
    ],
)
def test_validity_fits_the_age(valid_from: date, valid_to: date | None, right: bool) -> None:
    assert (citizen_id.validity_fault(date(1990, 1, 24), valid_from, valid_to) is None) == right
