"""Air itineraries (航空运输电子客票行程单): sums, ticket numbers, flight numbers.

A ticket number has 13 digits: three of the airline, ten of the document (IATA resolution 722). The electronic
itinerary shows the tax beside fare and surcharge (State Taxation Administration bulletin 2024 no. 9).

>>> sum_fault("950.00", "1010.00", "50.00", "10.00", None, None) is None
True
>>> sum_fault("950.00", "1010.00", "50.00", None, None, None)
'the parts add up to 1000.00, the total printed is 1010.00'
>>> ticket_fault("7842169154624"), ticket_fault("78421691546")
(None, 'a ticket number has 13 digits, not 11')
"""

from __future__ import annotations

import re
from decimal import Decimal

from ocrcli.checks import Rule, amounts

SUM = Rule("air-sum", "own", "amount")
TICKET = Rule("eticket", "IATA resolution 722", "form")


def sum_fault(fare: str, total: str, *others: str | None) -> str | None:
    """What is wrong between a fare, its surcharges and taxes (None for those not printed) and the total."""
    parts = [amounts.figures(part) for part in (fare, *others) if part]
    paid = amounts.figures(total)
    known = [part for part in parts if part is not None]
    if paid is None or len(known) < len(parts):
        return "not all are amounts"
    made = sum(known, Decimal(0))
    if made == paid:
        return None
    return f"the parts add up to {amounts.normal(made)}, the total printed is {amounts.normal(paid)}"


def ticket_fault(number: str) -> str | None:
    """What is wrong with a ticket number, None where nothing is."""
    if re.fullmatch(r"\d{13}", number):
        return None
    return f"a ticket number has 13 digits, not {sum(c.isdigit() for c in number)}"
