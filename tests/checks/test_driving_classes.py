from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.checks import driving_classes as driving

NAMES = list(driving.CLASSES)


@given(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
def test_any_row_of_classes_is_read_back(names: list[str]) -> None:
    assert driving.parse("".join(names)) == tuple(names)
    assert driving.passes("".join(names))


@given(st.text("ABCDEFMNP0123456789", max_size=8))
def test_a_row_is_classes_end_to_end_or_nothing(text: str) -> None:
    found = driving.parse(text)
    assert found is None or "".join(found) == text
    assert driving.passes(text) == (found is not None)


@pytest.mark.parametrize(
    ("text", "word"),
    [("", "an empty text"), ("C7", "no row"), ("C", "no row"), ("B3D", "no row"), ("C1C1", "twice"), ("c1", "no row")],
)
def test_faults_are_named(text: str, word: str) -> None:
    assert word in (driving.fault(text) or "")


def test_what_a_class_includes_is_known_and_closed() -> None:
    for name in NAMES:
        inner = driving.included(name)
        assert inner <= set(NAMES) - {name}
        assert all(driving.included(other) <= inner for other in inner)
    assert driving.included("C2") == frozenset()


@pytest.mark.parametrize(
    ("number", "passes"),
    [
        ("11010519491231002X", True),  # GB 11643-1999
        ("110105194912310021", False),
        ("G12345678", True),  # a foreigner's, of another form
        ("911105197001010010", True),  # that of a permanent residence card
    ],
)
def test_licence_numbers(number: str, passes: bool) -> None:
    assert (driving.number_fault(number) is None) is passes


@pytest.mark.parametrize(
    ("number", "word"), [("110123456789", None), ("11012345678", "12 digits"), ("990123456789", "begins with 99")]
)
def test_file_numbers(number: str, word: str | None) -> None:
    said = driving.file_number_fault(number)
    assert said is None if word is None else word in (said or "")


def test_nobody_drives_before_18() -> None:
    born = date(2000, 2, 29)
    assert driving.age_fault(born, date(2018, 3, 1)) is None
    assert "age of 17" in (driving.age_fault(born, date(2018, 2, 28)) or "")
    assert "age of -1" in (driving.age_fault(born, date(1999, 12, 31)) or "")


@pytest.mark.parametrize(
    ("first", "last", "passes"),
    [
        (date(2010, 5, 1), date(2016, 5, 1), True),
        (date(2010, 5, 1), date(2016, 4, 30), True),
        (date(2016, 5, 1), date(2026, 5, 1), True),
        (date(2026, 5, 1), None, True),
        (date(2016, 2, 29), date(2022, 2, 28), True),
        (date(2010, 5, 1), date(2015, 5, 1), False),
        (date(2010, 5, 1), date(2016, 5, 2), False),
        (date(2010, 5, 1), date(9999, 12, 31), False),
    ],
)
def test_validity(first: date, last: date | None, passes: bool) -> None:
    assert (driving.validity_fault(first, last) is None) is passes
