"""Railway tickets of the Chinese mainland: train and seat numbers, classes, ticket numbers, the log number, fees, tax.

Train numbers: a letter for the kind (G high speed, D and C multiple units, Z T K direct, fast and express, Y L S tourist,
extra and suburban trains, N of older tickets) and up to four digits; plain numbers are slow trains. The log number
under a paper ticket's bar code and the rule that it ends in the ticket's number: as railway users have published it
(station, way of sale, window, day of accounting, ticket number: 5, 2, 3, 4 and 7 characters). Refund fees: the railway's
terms of carriage (12306.cn). Tax: State Taxation Administration bulletin 2024 no. 8, 9 % inside the fare.

>>> train_fault("G102"), train_fault("1461"), train_fault("G10234")
(None, None, 'G10234 is no train number: a letter (GDCZTKYLSN) or none, and 1 to 4 digits')
>>> seat("05车12F号"), seat("08车015号下铺"), seat("03车无座")
(Seat(coach='05', place='12F', berth=None), Seat(coach='08', place='015', berth='下铺'), Seat(coach='03', place=None, berth=None))
>>> refund_fee(Decimal("79.5"), Decimal("0.05"))
Decimal('4.0')
>>> tax_fault("48.00", "44.04", "3.96"), tax_fault("48.00", "45.28", "2.72", "6%")
(None, None)
"""  # noqa: E501 (a doctest's answer stands on one line)

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ocrcli.checks import Rule, amounts

TRAIN = Rule("train-number", "own", "form")
SEAT = Rule("rail-seat", "own", "form")
CLASS = Rule("rail-class", "own", "list")
TICKET = Rule("rail-ticket-number", "own", "form")
LOG = Rule("rail-log-number", "own", "form")
FEE = Rule("rail-fee", "12306.cn, terms of carriage", "amount")
TAX = Rule("rail-tax", "State Taxation Administration bulletin 2024 no. 8", "amount")

KINDS = "GDCZTKYLSN"
# What tickets print, without the 新空调 or 空调 before it.
_SEATS = "商务座 特等座 优选一等座 一等座 一等包座 二等座 二等包座 观光座 一等软座 二等软座 软座 硬座 无座"
_SLEEPING = "高级软卧 高级动卧 动卧 一等卧 二等卧 软卧 硬卧 包厢硬卧"
CLASSES = frozenset(f"{_SEATS} {_SLEEPING}".split())
# Letters of the seats in a row of a multiple unit, from window to window: there is no E.
_LETTERS = {"商务座": "ACF", "特等座": "ACDF", "一等座": "ACDF", "优选一等座": "ACDF", "二等座": "ABCDF"}
_SEAT = re.compile("(?P<coach>加?[0-9]{1,2})车(?:(?P<place>[0-9]{2,3}[ABCDF]?)号?(?P<berth>[上中下]铺)?|无座)")
# The number printed on the paper: a letter without I and O, six digits; the window's number may stand before it.
_TICKET = re.compile("([0-9]{1,3})?([A-HJ-NP-Z][0-9]{6})")
_LOG = re.compile(
    "(?P<station>[0-9]{5})(?P<sale>[0-9A-Z]{2})(?P<window>[0-9]{3})(?P<day>[0-9]{4})(?P<ticket>[A-HJ-NP-Z][0-9]{6})"
)
_RATE = Decimal("0.09")
_CENT = Decimal("0.01")
_HALF = Decimal("0.5")  # fares and fees are rounded to half a yuan
_LEAST_FEE = Decimal(2)


@dataclass(frozen=True, slots=True)
class Seat:
    """A printed seat: coach, place in it (None: standing), berth (上铺, 中铺, 下铺; None: a seat)."""

    coach: str
    place: str | None
    berth: str | None


def train_fault(number: str) -> str | None:
    """What is wrong with a train number (车次), None where nothing is."""
    if re.fullmatch(f"[{KINDS}]?[1-9][0-9]{{0,3}}", number):
        return None
    return f"{number} is no train number: a letter ({KINDS}) or none, and 1 to 4 digits"


def seat(text: str) -> Seat | None:
    """The seat that a text prints, None where it is none."""
    match = _SEAT.fullmatch(re.sub(r"\s", "", text))
    return Seat(match["coach"], match["place"], match["berth"]) if match else None


def class_name(text: str) -> str | None:
    """The class (席别) that a text prints, None where it is none: 新空调硬座 is 硬座."""
    bare = re.sub(r"\s", "", text).removeprefix("新空调").removeprefix("空调")
    return bare if bare in CLASSES else None


def seat_fault(text: str, category: str | None = None, train: str | None = None) -> str | None:
    """What is wrong with a printed seat, and with its class and train beside it; None where nothing is."""
    found = seat(text)
    if found is None:
        return f"{text} is no seat: 05车12F号, 08车015号下铺, 03车无座"
    name = class_name(category) if category else None
    if category and name is None:
        return f"{category} is no class of seat"
    letter = found.place[-1] if found.place and found.place[-1].isalpha() else None
    if name and letter and letter not in _LETTERS.get(name, "ABCDF"):
        return f"{name} has no seat {letter}"
    if name and found.berth and name not in _SLEEPING.split():
        return f"{name} has no {found.berth}"
    if letter and train and train[0] not in "GDCS":
        return f"seats of train {train} have no letter"
    return None


def ticket_fault(number: str) -> str | None:
    """What is wrong with the number in a paper ticket's upper left corner, None where nothing is."""
    if _TICKET.fullmatch(number):
        return None
    return "a ticket number has a letter (no I, no O) and 6 digits, with up to 3 digits before them"


def log_fault(number: str, ticket: str | None = None) -> str | None:
    """What is wrong with the 21 characters at a paper ticket's foot, and with its number beside them."""
    match = _LOG.fullmatch(number)
    if match is None:
        return "a log number has 14 digits (the 6th and 7th may be letters), a letter and 6 digits"
    month, day = int(match["day"][:2]), int(match["day"][2:])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return f"digits 11 to 14 are no day: {match['day']}"
    printed = _TICKET.fullmatch(ticket) if ticket else None
    if printed and printed[2] != match["ticket"]:
        return f"the log number ends in {match['ticket']}, the ticket has the number {printed[2]}"
    return None


def refund_fee(price: Decimal, share: Decimal) -> Decimal:
    """The fee for giving a ticket back: a share (0.05, 0.1, 0.2) of its price, to half a yuan, at least 2."""
    halves = (price * share / _HALF).quantize(Decimal(1), ROUND_HALF_UP)
    return min(price, max(_LEAST_FEE, halves * _HALF))


def fee_fault(fee: str, price: str | None = None) -> str | None:
    """What is wrong with a refund fee, and with the ticket's price beside it; None where nothing is."""
    charged = amounts.figures(fee)
    if charged is None or charged < 0:
        return f"{fee} is no amount"
    if charged % _HALF:
        return f"fees are whole halves of a yuan, not {fee}"
    paid = amounts.figures(price) if price else None
    if paid is None:
        return None
    fees = [Decimal(0), *(refund_fee(paid, Decimal(share)) for share in ("0.05", "0.1", "0.2"))]
    if charged in fees:
        return None
    return f"the fee for {price} is {' or '.join(amounts.normal(one) for one in fees)}, not {fee}"


def tax_fault(fare: str, net: str, tax: str, rate: str | None = None) -> str | None:
    """What is wrong between a fare, the amount without tax and the tax; None where nothing is.

    `rate` as printed (6% on what giving a ticket back costs); 9 % where none is.
    """
    share = _RATE if rate is None else Decimal(rate.rstrip("%")) / 100 if re.fullmatch(r"[\d.]+%", rate) else Decimal(0)
    paid, without, taxed = amounts.figures(fare), amounts.figures(net), amounts.figures(tax)
    if paid is None or without is None or taxed is None:
        return f"{fare}, {net}, {tax}: not all are amounts"
    if without + taxed != paid:
        return f"{net} and {tax} make {amounts.normal(without + taxed)}, the fare printed is {fare}"
    expected = (paid / (1 + share) * share).quantize(_CENT, ROUND_HALF_UP)
    if abs(expected - taxed) > _CENT:
        return f"a fare of {fare} has a tax of {amounts.normal(expected)}, not {tax}"
    return None


def passes(number: str) -> bool:
    """True for a train number."""
    return train_fault(number) is None
