"""What an invoice proves about itself: every check of the spec, over a record's fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ocrcli.checks import Rule, amounts, dates, invoice_numbers, invoice_sums
from ocrcli.finding import Check

MACHINE = Rule("print-vs-machine", "own")


def proof(fields: Mapping[str, Any]) -> list[Check]:
    """The checks of an invoice's fields, in the spec's order. `passed` is None where a value is missing.

    A sales list has its rows and their sums only.
    """
    if fields.get("sales_mark"):
        keys = ("belong_item_list", "belong_subtotal_amount", "belong_subtotal_tax")
        rows, net, tax = (fields.get(key) for key in keys)
        return list(_items(rows or [], net, tax, keys))
    return [*_numbers(fields), *_sums(fields), *_parties(fields)]


def summary(item: Mapping[str, Any]) -> bool:
    """True for a row that stands for a list (详见销货清单): what its cells add up is not on the page."""
    return "清单" in (item.get("name") or "")


def _check(rule: Rule, names: tuple[str, ...], fault: str | None, *, known: bool = True) -> Check:
    return Check(rule.id, rule.standard, names, passed=(fault is None) if known else None, message=fault)


def _numbers(fields: Mapping[str, Any]) -> Iterator[Check]:
    code, number, day = fields.get("code"), fields.get("number"), fields.get("issue_date")
    exists = dates.exists(day or "")
    if code or len(number or "") != 20:  # fully digital invoices have no code
        fault = invoice_numbers.code_fault(code, day if exists else None) if code else None
        yield _check(invoice_numbers.CODE, ("code", "issue_date"), fault, known=bool(code))
    fault = invoice_numbers.number_fault(number, code, day if exists else None) if number else None
    yield _check(invoice_numbers.NUMBER, ("number", "code"), fault, known=bool(number))
    if fields.get("check_code"):
        yield _check(
            invoice_numbers.CHECK_CODE, ("check_code",), invoice_numbers.check_code_fault(fields["check_code"])
        )
    fault = None if exists else f"{day} is no day of the calendar"
    yield _check(dates.REAL, ("issue_date",), fault if day else None, known=bool(day))
    for name in ("code", "number"):
        machine, own = fields.get(f"print_{name}"), fields.get(name)
        if machine and own:
            fault = None if machine == own else f"the form says {own}, the machine printed {machine}"
            yield _check(MACHINE, (name, f"print_{name}"), fault)


def _sums(fields: Mapping[str, Any]) -> Iterator[Check]:
    net, tax, total = (fields.get(key) for key in ("subtotal_amount", "subtotal_tax", "total"))
    known = bool(net and tax and total)
    fault = invoice_sums.total_fault(net, tax, total) if net and tax and total else None
    yield _check(invoice_sums.SUM, ("subtotal_amount", "subtotal_tax", "total"), fault, known=known)
    words = fields.get("total_in_words")
    fault = amounts.fault(words, total) if words and total else None
    yield _check(amounts.RULE, ("total_in_words", "total"), fault, known=bool(words and total))
    yield from _items(fields.get("item_list") or [], net, tax, ("item_list", "subtotal_amount", "subtotal_tax"))


def _items(
    rows: Sequence[Mapping[str, Any]], net: str | None, tax: str | None, keys: tuple[str, ...]
) -> Iterator[Check]:
    """The checks of each row, and of all together with their sums; `keys` are those of rows, net and tax."""
    items = [item_of(row) for row in rows]
    for i, item in enumerate(items):
        row_fault = invoice_sums.item_fault(item)
        if row_fault is not None:
            yield _check(invoice_sums.ITEMS, (f"{keys[0]}/{i}",), f"row {i + 1}: {row_fault}")
    yield _check(invoice_sums.ITEMS, keys, invoice_sums.rows_fault(items, net, tax), known=bool(items and (net or tax)))


def item_of(row: Mapping[str, Any]) -> invoice_sums.Item:
    """A row's prints, for its sums."""
    rate = None if summary(row) else row.get("tax_rate")
    return invoice_sums.Item(row.get("amount"), rate, row.get("tax"), row.get("quantity"), row.get("unit_price"))


def _parties(fields: Mapping[str, Any]) -> Iterator[Check]:
    for key in ("buyer_id", "seller_id"):
        number = fields.get(key)
        # A private buyer has no number; nobody else sells without one.
        if number or key == "seller_id":
            fault = invoice_numbers.taxpayer_fault(number) if number else None
            yield _check(invoice_numbers.TAXPAYER, (key,), fault, known=bool(number))
