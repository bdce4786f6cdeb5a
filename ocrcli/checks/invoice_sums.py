"""What the amounts of a VAT invoice prove to one another.

Issuers compute in many decimals and print two: a row's tax may be off its amount × rate by a cent, a price × quantity
by what rounding the price makes. Sums are of printed cents and must be exact.

>>> # An invented invoice.
>>> total_fault("25849.56", "3360.44", "29210.00"), total_fault("25849.56", "3360.44", "29209.00")
(None, '25849.56 and 3360.44 make 29210.00, the total printed is 29209.00')
>>> item_fault(Item("100.00", "13%", "13.01")), item_fault(Item("100.00", "13%", "13.10"))  # a cent may be off
(None, '100.00 at 13% is a tax of 13.00, not 13.10')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ocrcli.checks import Rule, amounts

SUM = Rule("amount-sum", "State Taxation Administration invoice layout", "amount")
ITEMS = Rule("amount-items", "own", "amount")
WORDS = amounts.RULE

CENT = Decimal("0.01")
_ROW_SLACK = CENT
_UNTAXED = re.compile(r"免税|不征税|零税率|普通零税率|出口零税|0(?:\.0+)?%")
_EMPTY = re.compile(r"\*{1,3}")


@dataclass(frozen=True, slots=True)
class Item:
    """A row's prints: amount, rate and tax, quantity and price; None where nothing is printed."""

    amount: str | None
    rate: str | None = None
    tax: str | None = None
    quantity: str | None = None
    price: str | None = None


def rate_of(text: str | None) -> Decimal | None:
    """The rate as a share: 13% → 0.13, 免税 → 0; None where the print is none (***)."""
    bare = re.sub(r"\s+", "", text or "").replace("％", "%")
    if _UNTAXED.fullmatch(bare):
        return Decimal(0)
    match = re.fullmatch(r"(\d{1,6}(?:\.\d{1,12})?)%", bare)
    return Decimal(match[1]) / 100 if match else None


def tax_of(text: str | None) -> Decimal | None:
    """A printed tax; asterisks stand for none."""
    return Decimal(0) if text and _EMPTY.fullmatch(text.strip()) else amounts.figures(text or "")


def item_fault(item: Item) -> str | None:
    """What is wrong inside a row, None where nothing is or nothing can be told."""
    amount, tax, rate = amounts.figures(item.amount or ""), tax_of(item.tax), rate_of(item.rate)
    if item.amount and amount is None:
        return f"{item.amount} is no amount"
    if None not in (amount, tax, rate) and abs(amount * rate - tax) > _ROW_SLACK:  # type: ignore[operator]
        return f"{item.amount} at {item.rate} is a tax of {amounts.normal(amount * rate)}, not {item.tax}"  # type: ignore[operator]
    quantity, price = amounts.number(item.quantity or ""), amounts.number(item.price or "")
    if amount is not None and quantity is not None and price is not None:
        slack = _price_slack(quantity, price)
        if abs(quantity * price - amount) > slack:
            return f"{item.quantity} at {item.price} is {amounts.normal(quantity * price)}, not {item.amount}"
    return None


def _price_slack(quantity: Decimal, price: Decimal) -> Decimal:
    """How far a printed price times a printed quantity may be off: half their last places, and a cent."""
    halves = [Decimal(5).scaleb(min(0, int(value.as_tuple().exponent)) - 1) for value in (quantity, price)]
    return CENT + abs(price) * halves[0] * (quantity % 1 != 0) + abs(quantity) * halves[1]


def rows_fault(items: Sequence[Item], net: str | None, tax: str | None) -> str | None:
    """What is wrong between the rows and their sums, None where nothing is or a sum is missing."""
    for name, shown, values in (
        ("amount", net, [amounts.figures(item.amount or "") for item in items]),
        ("tax", tax, [tax_of(item.tax) for item in items]),
    ):
        printed = tax_of(shown)
        known = [value for value in values if value is not None]
        if printed is None or not items:
            continue
        if len(known) < len(values):
            return f"{len(values) - len(known)} of {len(values)} rows have no legible {name}"
        if sum(known) != printed:
            return f"the rows' {name} adds up to {amounts.normal(sum(known, Decimal(0)))}, the sum printed is {shown}"
    return None


def total_fault(net: str, tax: str, total: str) -> str | None:
    """What is wrong between net, tax and total, None where nothing is."""
    values = amounts.figures(net), tax_of(tax), amounts.figures(total)
    if values[0] is None or values[1] is None or values[2] is None:
        return f"{net}, {tax}, {total}: not all are amounts"
    made = values[0] + values[1]
    return None if made == values[2] else f"{net} and {tax} make {amounts.normal(made)}, the total printed is {total}"
