from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.checks import amounts
from ocrcli.checks import invoice_sums as sums
from ocrcli.checks.invoice_sums import Item

CENTS = st.integers(1, 10**8).map(lambda n: Decimal(n) / 100)
RATES = st.sampled_from([13, 9, 6, 5, 3, 1])


@given(CENTS, RATES)
def test_a_rounded_tax_passes_and_another_does_not(amount: Decimal, rate: int) -> None:
    tax = round(amount * rate / 100, 2)
    item = Item(amounts.normal(amount), f"{rate}%", amounts.normal(tax))
    assert sums.item_fault(item) is None
    assert sums.item_fault(Item(item.amount, item.rate, amounts.normal(tax + Decimal("0.05")))) is not None


@given(CENTS, st.integers(1, 500))
def test_a_price_of_many_places(amount: Decimal, count: int) -> None:
    price = f"{amount / count:.8f}"
    assert sums.item_fault(Item(amounts.normal(amount), quantity=str(count), price=price)) is None


@pytest.mark.parametrize(
    ("text", "rate"), [("13%", "0.13"), ("1.5％", "0.015"), ("免税", "0"), ("不征税", "0"), ("***", None), ("", None)]
)
def test_rates(text: str, rate: str | None) -> None:
    assert sums.rate_of(text) == (None if rate is None else Decimal(rate))


def test_rows_and_their_sums() -> None:
    rows = [Item("34.51", "13%", "4.49"), Item("-10.62", "13%", "-1.38")]
    assert sums.rows_fault(rows, "23.89", "3.11") is None
    assert "23.89" in (sums.rows_fault(rows, "23.98", "3.11") or "")
    assert "tax" in (sums.rows_fault(rows, "23.89", "3.21") or "")
    assert "no legible amount" in (sums.rows_fault([*rows, Item(None)], "23.89", "3.11") or "")
    assert sums.rows_fault([Item("10.00", "免税", "***")], "10.00", "***") is None
    assert sums.rows_fault(rows, None, None) is None


def test_totals() -> None:
    assert sums.total_fault("23.89", "3.11", "27.00") is None and sums.total_fault("10.00", "***", "10.00") is None
    assert "27.00" in (sums.total_fault("23.89", "3.11", "27.10") or "")
    assert "amounts" in (sums.total_fault("x", "3.11", "27.10") or "")
