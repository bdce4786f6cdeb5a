"""Sums and products of printed numbers, on any document.

>>> sum_fault(["1.10", "2.20"], "3.30") is None
True
>>> sum_fault(["1.10", "2.20"], "3.40")
'the parts add up to 3.30, the sum printed is 3.40'
>>> product_fault(["3.33", "3"], "10.00") is None
True
>>> product_fault(["12", "12"], "145")
'12 × 12 is 144, the product printed is 145'
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ocrcli.checks import Rule, amounts

SUM = Rule("sum-of", "own", "amount")
PRODUCT = Rule("product-of", "own", "amount")


def sum_fault(parts: Sequence[str], total: str) -> str | None:
    """What is wrong between printed parts and their printed sum, None where nothing is: they must agree exactly."""
    values, shown = [amounts.number(part) for part in parts], amounts.number(total)
    known = [value for value in values if value is not None]
    if shown is None or len(known) < len(values):
        wrong = next((p for p, v in zip((*parts, total), (*values, shown), strict=True) if v is None), total)
        return f"{wrong} is no number"
    made = sum(known, Decimal(0))
    return None if made == shown else f"the parts add up to {made}, the sum printed is {total}"


def product_fault(factors: Sequence[str], product: str) -> str | None:
    """What is wrong between printed factors and their printed product, None where nothing is.

    What was printed may have been rounded: the product may be off by half of its last place, and by what half of the
    last place of each factor makes that is no whole number.
    """
    values, shown = [amounts.number(factor) for factor in factors], amounts.number(product)
    known = [value for value in values if value is not None]
    if shown is None or len(known) < len(values):
        wrong = next((p for p, v in zip((*factors, product), (*values, shown), strict=True) if v is None), product)
        return f"{wrong} is no number"
    made = _multiplied(known)
    slack = _half_place(shown)
    for index, value in enumerate(known):
        if value % 1:
            slack += abs(_multiplied([*known[:index], *known[index + 1 :]])) * _half_place(value)
    if abs(made - shown) <= slack:
        return None
    return f"{' × '.join(factors)} is {made.normalize():f}, the product printed is {product}"


def _multiplied(values: Sequence[Decimal]) -> Decimal:
    made = Decimal(1)
    for value in values:
        made *= value
    return made


def _half_place(value: Decimal) -> Decimal:
    """Half of the last printed decimal place; nothing of a number without any."""
    places = int(value.as_tuple().exponent)
    return Decimal(5).scaleb(places - 1) if places < 0 else Decimal(0)
