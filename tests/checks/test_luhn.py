import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.checks import luhn


def test_vector() -> None:
    assert luhn.passes("4111111111111111")


@given(st.text("0123456789", min_size=11, max_size=18), st.data())
def test_every_changed_digit_is_found(first: str, data: st.DataObject) -> None:
    number = first + luhn.check_digit(first)
    place = data.draw(st.integers(0, len(number) - 1))
    changed = number[:place] + data.draw(st.sampled_from("0123456789")) + number[place + 1 :]
    assert luhn.passes(changed) == (changed == number)


@pytest.mark.parametrize(
    ("number", "word"), [("4111 1111", "12 to 19"), ("4" * 20, "12 to 19"), ("4111111111111112", "should be 1, not 2")]
)
def test_faults_are_named(number: str, word: str) -> None:
    assert word in (luhn.fault(number) or "")
