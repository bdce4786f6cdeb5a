"""The sums of an invoice as constraints, each over some of its amounts: what a misread amount can be found by.

>>> fields = {"subtotal_amount": "100.00", "subtotal_tax": "13.00", "total": "113.00"}
>>> for rule in constraints(fields, [Item("100.00", "13%", "13.10")]):  # an invented invoice
...     print(rule.name, rule.holds)
row 1: amount × rate = tax False
rows' amounts = sum True
rows' taxes = sum False
amount + tax = total True
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ocrcli.checks import amounts
from ocrcli.checks.invoice_sums import Item, item_fault, rows_fault, total_fault


@dataclass(frozen=True, slots=True)
class Constraint:
    """A rule between amounts. `members` are their JSON Pointers; `holds` as the amounts stand."""

    name: str
    members: frozenset[str]
    holds: bool


def constraints(fields: Mapping[str, Any], items: Sequence[Item]) -> Iterator[Constraint]:
    """All rules whose amounts are all printed. `items` are the fields' rows."""
    net, tax, total, words = (fields.get(k) for k in ("subtotal_amount", "subtotal_tax", "total", "total_in_words"))
    for i, item in enumerate(items):
        amount, taxed = f"item_list/{i}/amount", f"item_list/{i}/tax"
        if item.amount and item.rate and item.tax:
            holds = item_fault(Item(item.amount, item.rate, item.tax)) is None
            yield Constraint(f"row {i + 1}: amount × rate = tax", frozenset((amount, taxed)), holds)
        if item.amount and item.quantity and item.price:
            holds = item_fault(Item(item.amount, quantity=item.quantity, price=item.price)) is None
            yield Constraint(f"row {i + 1}: quantity × price = amount", frozenset((amount,)), holds)
    rows = range(len(items))
    if net and items and all(item.amount for item in items):
        members = frozenset(("subtotal_amount", *(f"item_list/{i}/amount" for i in rows)))
        yield Constraint("rows' amounts = sum", members, rows_fault(items, net, None) is None)
    if tax and items and all(item.tax for item in items):
        members = frozenset(("subtotal_tax", *(f"item_list/{i}/tax" for i in rows)))
        yield Constraint("rows' taxes = sum", members, rows_fault(items, None, tax) is None)
    if net and tax and total:
        members = frozenset(("subtotal_amount", "subtotal_tax", "total"))
        yield Constraint("amount + tax = total", members, total_fault(net, tax, total) is None)
    if words and total and amounts.words(words) is not None:
        yield Constraint("words = figures", frozenset(("total",)), amounts.passes(words, total))
