from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.errors import UsageError
from ocrcli.inputs.page_spec import parse_pages


@pytest.mark.parametrize(
    ("text", "count", "selected"),
    [
        ("all", 3, [1, 2, 3]),
        ("ALL", 2, [1, 2]),
        ("2", 3, [2]),
        ("1-3,7", 9, [1, 2, 3, 7]),
        ("7,1-3", 9, [1, 2, 3, 7]),
        ("1-3,2-4", 9, [1, 2, 3, 4]),
        ("3-", 5, [3, 4, 5]),
        (" 1-2 , 4 ", 5, [1, 2, 4]),
        ("2-9", 3, [2, 3]),
        ("2999", 3000, [2999]),
    ],
)
def test_selected_pages_ascend_and_come_once(text: str, count: int, selected: list[int]) -> None:
    assert parse_pages(text).select(count) == selected


@pytest.mark.parametrize(
    ("text", "count", "beyond"),
    [
        ("all", 3, None),
        ("1-3", 3, None),
        ("4", 3, (4, 4)),
        ("2-5", 3, (4, 5)),
        ("9,7", 5, (7, 7)),
        ("4-", 3, (4, None)),
        ("3-", 3, None),
        ("1-999999999", 2, (3, 999999999)),
    ],
)
def test_pages_beyond_the_end_are_named(text: str, count: int, beyond: tuple[int, int | None] | None) -> None:
    assert parse_pages(text).beyond(count) == beyond


@pytest.mark.parametrize("text", ["", "0", "-3", "a", "1-2-3", "3-1", "1;2", "1,", "all,2", "1.5", "²", "1" * 10])
def test_a_bad_spec_is_a_usage_error_that_quotes_it(text: str) -> None:
    with pytest.raises(UsageError, match="--pages"):
        parse_pages(text)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 20)), min_size=1, max_size=6), st.integers(1, 40))
def test_selection_is_the_union_of_the_ranges(ranges: list[tuple[int, int]], count: int) -> None:
    spec = parse_pages(",".join(f"{first}-{first + more}" for first, more in ranges))
    wanted = {page for first, more in ranges for page in range(first, first + more + 1)}
    assert spec.select(count) == sorted(page for page in wanted if page <= count)
    assert (spec.beyond(count) is None) == (max(wanted) <= count)
