"""Receipts of taxi meters: times of a ride, what a ride can cost, and the sum that was paid.

No published standard: a meter's fare has a first part that covers the first 2 to 4 km, then so much a km, more by
night, on long rides and for waiting. The bounds are wide enough for all tariffs, and catch a lost decimal point.

>>> order_fault("23:50", "00:10"), order_fault("10:54", "10:34")
(None, 'from 10:54 to 10:34 is a ride of 23 h 40 min')
>>> sum_fault("33.00", "35.00", "2.00", None), sum_fault("33.00", "36.00", "2.00", "0.00")
(None, '33.00 and 2.00 and 0.00 make 35.00, the amount paid is 36.00')
>>> fare_fault("78.00", "3.51", "19.05"), fare_fault("7.80", "3.51", "19.05")
(None, 'a ride of 19.05 km at 3.51 costs more than 7.80')
"""

from __future__ import annotations

import re
from decimal import Decimal

from ocrcli.checks import Rule, amounts

ORDER = Rule("time-order", "own", "agreement")
SUM = Rule("taxi-sum", "own", "amount")
FARE = Rule("taxi-fare", "own", "amount")

_DAY = 24 * 60  # minutes
_LONGEST = 12 * 60  # minutes; a longer ride is one whose times are the wrong way round
_FIRST_KM = Decimal(4)  # at most, that the first part of a fare covers
_LEAST_SHARE = Decimal("0.6")  # the price printed is that of the ride's end, the dearest part
_MOST_TIMES = Decimal(5)
_MOST_FIRST_KM = Decimal(10)  # what the first part and some waiting cost, in km


def order_fault(boarded: str, alighted: str) -> str | None:
    """What is wrong with the times (HH:MM) at which a ride began and ended; it may run past midnight."""
    start, end = _minutes(boarded), _minutes(alighted)
    if start is None or end is None:
        return f"{boarded if start is None else alighted} is no time of day"
    lasted = (end - start) % _DAY
    if lasted <= _LONGEST:
        return None
    return f"from {boarded} to {alighted} is a ride of {lasted // 60} h {lasted % 60} min"


def sum_fault(fare: str, total: str, *extras: str | None) -> str | None:
    """What is wrong between a fare, what was charged beside it (None: not printed), and what was paid."""
    parts = [part for part in (fare, *extras) if part is not None]
    known = [amounts.figures(part) for part in parts]
    paid = amounts.figures(total)
    if paid is None or None in known:
        return f"{', '.join(parts)}, {total}: not all are amounts"
    made = sum((value for value in known if value is not None), Decimal(0))
    if made == paid:
        return None
    return f"{' and '.join(parts)} make {amounts.normal(made)}, the amount paid is {total}"


def paid(fare: str, *extras: str | None) -> str | None:
    """What was paid where the receipt prints no sum: the fare and what was charged beside it."""
    known = [amounts.figures(part) for part in (fare, *extras) if part is not None]
    return None if None in known else amounts.normal(sum((value for value in known if value is not None), Decimal(0)))


def fare_fault(fare: str, per_km: str, km: str) -> str | None:
    """What is wrong between a fare, the price of a km and the km driven; None where nothing is, or can be told."""
    cost, price, driven = amounts.figures(fare), amounts.number(per_km), amounts.number(km)
    if cost is None or price is None or driven is None or price == 0:
        return None
    if cost < _LEAST_SHARE * price * max(Decimal(0), driven - _FIRST_KM):
        return f"a ride of {km} km at {per_km} costs more than {fare}"
    if cost > _MOST_TIMES * price * (driven + _MOST_FIRST_KM):
        return f"a ride of {km} km at {per_km} costs less than {fare}"
    return None


def _minutes(time: str) -> int | None:
    match = re.fullmatch(r"(\d{2}):(\d{2})(?::\d{2})?", time)
    return 60 * int(match[1]) + int(match[2]) if match and int(match[1]) < 24 and int(match[2]) < 60 else None
