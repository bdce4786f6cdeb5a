"""Taxes of motor vehicle sales invoices (机动车销售统一发票): price without tax, rate, tax, total.

>>> tax_fault("175800.00", "150256.41", "25543.59", "17%") is None
True
>>> tax_fault("175800.00", "150256.41", "25543.58")
'150256.41 and 25543.58 make 175799.99, the total printed is 175800.00'
>>> tax_fault("113.00", "100.00", "13.00", "17%")
'17% of 100.00 are 17.00, the tax printed is 13.00'
"""

from __future__ import annotations

from decimal import Decimal

from ocrcli.checks import Rule, amounts
from ocrcli.checks.invoice_sums import rate_of

TAX = Rule("tax-of-price", "own", "amount")
PRINTED = Rule("print-vs-machine", "own", "agreement")
_SLACK = Decimal("0.02")  # of the tax, for rounding


def tax_fault(total: str, net: str, tax: str, rate: str | None = None) -> str | None:
    """What is wrong between a total, the price without tax and the tax; with the rate where one is printed."""
    paid, without, taxed = amounts.figures(total), amounts.figures(net), amounts.figures(tax)
    if paid is None or without is None or taxed is None:
        return f"{total}, {net}, {tax}: not all are amounts"
    if without + taxed != paid:
        return f"{net} and {tax} make {amounts.normal(without + taxed)}, the total printed is {total}"
    share = rate_of(rate)
    if share is not None and abs(without * share - taxed) > _SLACK:
        return f"{rate} of {net} are {amounts.normal(round(without * share, 2))}, the tax printed is {tax}"
    return None
