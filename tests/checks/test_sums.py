from __future__ import annotations

import pytest

from ocrcli.checks import presence, sums


@pytest.mark.parametrize(
    ("parts", "total", "right"),
    [
        (["1.10", "2.20"], "3.30", True),
        (["1.10", "2.20"], "3.3", True),
        (["1.10", "2.20"], "3.31", False),
        (["1,000", "2"], "1002", True),
        (["-3", "5"], "2", True),
        (["x", "5"], "5", False),
    ],
)
def test_sums_are_exact(parts: list[str], total: str, right: bool) -> None:
    assert (sums.sum_fault(parts, total) is None) is right


@pytest.mark.parametrize(
    ("factors", "product", "right"),
    [
        (["40.00", "8"], "320.00", True),
        (["40.00", "8"], "320.01", False),
        (["3.33", "3"], "10.00", True),  # a price of 3.33 may stand for 3.3333…
        (["3.33", "3"], "10.01", True),
        (["3.33", "3"], "10.03", False),
        (["3.333", "2"], "6.67", True),
        (["12", "12"], "144", True),
        (["12", "12"], "145", False),
        (["2", "x"], "4", False),
    ],
)
def test_products_may_be_off_by_what_rounding_makes(factors: list[str], product: str, right: bool) -> None:
    assert (sums.product_fault(factors, product) is None) is right


def test_what_must_be_there_and_what_must_be_the_same() -> None:
    assert presence.missing_fault("x") is None
    assert presence.missing_fault(None) == presence.missing_fault(" ") == "it was not found"
    assert presence.same_fault("ＡＢ 1", "AB1") is None
    assert presence.same_fault("a", "b") == "a and b are not the same"
