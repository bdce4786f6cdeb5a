"""Who issued a bank card: issuer identification numbers (IIN, also BIN), ISO/IEC 7812-1.

The first digits of a card's number name the network, and six to eight of them the bank and the kind of card. The table
of mainland issuers is `bank_cards.tsv`, which says where it comes from; networks' ranges are as they publish them. The
check digit is in luhn.py.

>>> network("4111111111111111")  # the networks' own test numbers
'Visa'
>>> issuer("6216261000000000018")  # UnionPay's test cards (open.unionpay.com, sandbox): Ping An debit and credit
Issuer(bank='平安银行', kind='debit', prefix='621626', length=19)
>>> issuer("6221558812340000").kind  # of which this one has no right check digit
'credit'
>>> fault("6216261000000000018", "中国工商银行")
'numbers that begin with 621626 are of 平安银行, not of 中国工商银行'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from ocrcli.checks import Rule

RULE = Rule("iin-unionpay", "ISO/IEC 7812-1", "list")

Network = Literal["UnionPay", "Visa", "Mastercard", "American Express", "JCB", "Diners Club", "Discover"]
Kind = Literal["debit", "credit", "semi-credit", "prepaid"]
KINDS_ZH: Mapping[Kind, str] = {
    "debit": "借记卡",
    "credit": "贷记卡",
    "semi-credit": "准贷记卡",
    "prepaid": "预付费卡",
}

# First and last prefix of each range, and the digits that numbers in it have.
_RANGES: tuple[tuple[str, str, Network, range], ...] = (
    ("34", "34", "American Express", range(15, 16)),
    ("37", "37", "American Express", range(15, 16)),
    ("3528", "3589", "JCB", range(16, 20)),
    ("300", "305", "Diners Club", range(14, 20)),
    ("36", "36", "Diners Club", range(14, 20)),
    ("38", "39", "Diners Club", range(14, 20)),
    ("2221", "2720", "Mastercard", range(16, 17)),
    ("51", "55", "Mastercard", range(16, 17)),
    ("6011", "6011", "Discover", range(16, 20)),
    ("644", "649", "Discover", range(16, 20)),
    ("65", "65", "Discover", range(16, 20)),
    ("62", "62", "UnionPay", range(16, 20)),
    ("81", "81", "UnionPay", range(16, 20)),
    ("4", "4", "Visa", range(13, 20)),
)
_LONGEST_PREFIX, _SHORTEST_PREFIX = 10, 4

# Names that one bank has had or is called by; the successor after mergers, where it took the cards over.
_NAMES = (
    ("上海浦东发展", "浦东发展", "浦发"),
    ("平安", "深圳发展", "深发展", "深圳平安"),
    ("广发", "广东发展"),
    ("邮政储蓄", "邮储"),
    ("上海农商", "上海农村"),
    ("江西", "南昌"),
    ("湖南", "华融湘江"),
    ("蒙商", "包商"),
    ("富滇", "昆明"),
    ("广西北部湾", "南宁"),
    ("四川天府", "南充"),
    ("湖北", "宜昌"),
    ("江苏", "徐州", "连云港", "镇江"),
    ("四川", "攀枝花", "凉山州"),
    ("山西", "晋中", "阳泉", "长治", "大同", "晋城"),
    (
        *("中原", "信阳", "周口", "安阳", "鹤壁", "驻马店", "新乡", "濮阳", "许昌", "漯河", "三门峡", "商丘", "南阳"),
        *("开封", "洛阳", "平顶山", "焦作", "焦作中旅"),
    ),
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """What a prefix says: the bank, the kind of card and the digits of its numbers, None where they are not known."""

    bank: str
    kind: Kind | None
    prefix: str
    length: int | None


def issuer(number: str) -> Issuer | None:
    """Who issued a card with this number (digits only), None where the table has no such prefix and length."""
    return next((found for found in _known(number) if found.length in (None, len(number))), None)


def network(number: str) -> Network | None:
    """The network whose range the first digits are in."""
    for first, last, name, _ in _RANGES:
        if len(number) >= len(first) and first <= number[: len(first)] <= last:
            return name
    return None


def fault(number: str, bank: str | None = None) -> str | None:
    """What is wrong with a number's prefix and length, and with a bank printed beside it; None where nothing is.

    A prefix that is not in the table is no fault.
    """
    if re.fullmatch("[0-9]{12,19}", number) is None:
        return "a card number has 12 to 19 digits"
    found = issuer(number)
    if found is not None:
        if bank is None or same_bank(bank, found.bank):
            return None
        return f"numbers that begin with {found.prefix} are of {found.bank}, not of {bank}"
    if known := _known(number):
        lengths = " or ".join(str(length) for length in sorted({one.length or 0 for one in known}))
        return f"numbers that begin with {known[0].prefix} have {lengths} digits, not {len(number)}"
    for first, last, name, lengths_of_network in _RANGES:
        if first <= number[: len(first)] <= last:
            fits = len(number) in lengths_of_network
            return None if fits else f"{name} has no numbers of {len(number)} digits"
    return f"no network's numbers begin with {number[:2]}"


def passes(number: str, bank: str | None = None) -> bool:
    """True where nothing speaks against the prefix, the length and the bank."""
    return fault(number, bank) is None


def same_bank(one: str, other: str) -> bool:
    """True for two names of one bank: with or without 中国 and 股份有限公司, of a town or its commercial bank, renamed.

    >>> same_bank("工商银行", "中国工商银行股份有限公司"), same_bank("中国银行", "中国工商银行")
    (True, False)
    >>> same_bank("浦发银行", "上海浦东发展银行"), same_bank("苏州市商业银行", "苏州银行")
    (True, True)
    """
    first, second = _bare(one), _bare(other)
    return first == second or any(first in names and second in names for names in _NAMES)


def _bare(name: str) -> str:
    """What tells a bank's name from others: 中国工商银行股份有限公司 → 工商, 中国银行 → 中国."""
    bare = re.sub(r"\s+|股份有限公司|有限责任公司|有限公司|信用卡中心", "", name)
    bare = bare.removeprefix("中国") if bare != "中国银行" else bare
    return re.sub("(市?商业|城市商业)?银行$", "", bare)


def _known(number: str) -> tuple[Issuer, ...]:
    """What the table says about every prefix of a number that it has, the longest first."""
    lengths = range(_LONGEST_PREFIX, _SHORTEST_PREFIX - 1, -1)
    return tuple(found for length in lengths for found in _table().get(number[:length], ()))


@cache
def _table() -> Mapping[str, tuple[Issuer, ...]]:
    table: dict[str, tuple[Issuer, ...]] = {}
    for row in files("ocrcli.checks").joinpath("bank_cards.tsv").read_text(encoding="utf-8").splitlines():
        if row.startswith("#"):
            continue
        bank, said, digits, prefixes = row.split("\t")
        kind = next((kind for kind in get_args(Kind) if kind == said), None)
        length = None if digits == "-" else int(digits)
        for prefix in prefixes.split():
            table[prefix] = (*table.get(prefix, ()), Issuer(bank, kind, prefix, length))
    return table
