"""Amounts in figures and in capital numerals (大写金额).

Rules of the People's Bank of China on filling in bills and settlement vouchers (支付结算办法, annex 1). Amounts are
compared as numbers, never as text: an optional 零 has two legal spellings.

>>> in_words(Decimal("16409.02")), in_words(Decimal("6007.14")), in_words(Decimal("325.04"))  # the annex's examples
('壹万陆仟肆佰零玖元零贰分', '陆仟零柒元壹角肆分', '叁佰贰拾伍元零肆分')
>>> words("人民币壹仟陆佰捌拾元零叁角贰分"), words("壹仟陆佰捌拾元叁角贰分")  # both spellings are the annex's
(Decimal('1680.32'), Decimal('1680.32'))
>>> fault("贰万玖仟贰佰零玖元整", "29,209.00"), fault("捌万元整", "8000.00")
(None, 'the numerals say 80000.00, the figures 8000.00')
"""

from __future__ import annotations

import re
from decimal import Decimal

from ocrcli.checks import Rule

RULE = Rule("amount-words", "PBOC rules on filling in bills and settlement vouchers, annex 1", "amount")

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_LARGEST = Decimal(10) ** 16

# Other spellings of the same numerals: traditional, everyday, and what handwriting and old forms use.
_SPELLINGS = str.maketrans(
    "〇○贰貳叁叄參陆陸玖萬億圆圓圎佰仟正一二三四五六七八九十百千兩两弍弐",
    "零零贰贰叁叁叁陆陆玖万亿元元元佰仟整壹贰叁肆伍陆柒捌玖拾佰仟贰贰贰贰",
)
_STRUCK = "⊗ⓧ×xX*"  # printed in empty places of a form so that nothing can be put there
_TITLE = re.compile("^(人民币|[(（]?大写[)）]?|[:：¥￥])+")
_MINUS = re.compile("^([(（]负数?[)）]|负|[-−])")
_PLACES = re.compile(f"零?(?:([{_DIGITS}])仟)?零?(?:([{_DIGITS}])佰)?零?(?:([{_DIGITS}])拾)?零?([{_DIGITS}])?")
_AMOUNT = re.compile("(?:([^元角分]+)元)?(?:零?([^元角分])角)?(?:零?([^元角分])分)?零?")

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－（）", "0123456789.,-()")
# What documents print has no more places before and behind the point than these: longer rows of digits are no numbers,
# and two such numbers can be multiplied, rounded and divided within what `decimal` keeps.
_MOST_WHOLE, _MOST_DECIMALS = 16, 24
# The sign may stand before or behind the currency; bookkeepers put negative amounts in brackets.
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<first>[-−])?(人民币|RMB|CNY|[¥￥])*(?P<second>[-−])?"
    r"(?P<whole>[0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.(?P<decimals>[0-9]+))?[元圆]?(?P<close>\))?"
)


def number(text: str) -> Decimal | None:
    """The value of a printed number, None where it is none: ¥1,234.5678, -3, (3.00). More than 16 digits before the
    point, or 24 behind it, are none."""
    match = _NUMBER.fullmatch(re.sub(r"\s+", "", text).translate(_FULL_WIDTH))
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    signs = [sign for sign in match.group("open", "first", "second") if sign]
    whole, decimals = match["whole"].replace(",", ""), match["decimals"] or ""
    if len(whole) > _MOST_WHOLE or len(decimals) > _MOST_DECIMALS:
        return None
    value = Decimal(f"{whole}.{decimals}") if decimals else Decimal(whole)
    return None if len(signs) > 1 else -value if signs else value


def figures(text: str) -> Decimal | None:
    """The value of a printed amount of money: a number with two places at most; None where it is none."""
    value = number(text)
    return None if value is None or value != round(value, 2) else value


def normal(value: Decimal) -> str:
    """Two places, no separators: 1234.50."""
    return f"{value:.2f}"


def words(text: str) -> Decimal | None:
    """The value of an amount in capital numerals, None where the numerals do not make one.

    With 人民币 in front or not, 元 or 圆, 整 or 正 or neither, 负 in front; struck places (⊗) count as empty.
    """
    bare = _TITLE.sub("", re.sub(r"\s+", "", text).translate(_SPELLINGS))
    # A struck place is an empty one; right before a numeral the mark only keeps others from being put in front.
    bare = re.sub(f"[{_STRUCK}](?=[{_DIGITS}])", "", bare)
    bare = re.sub(f"[{_STRUCK}]", "零", bare)
    unsigned = _MINUS.sub("", bare)
    match = _AMOUNT.fullmatch(unsigned.removesuffix("整"))
    if match is None or not any(match.groups()):
        return None
    yuan, jiao, fen = match.groups(default="零")
    whole = _whole(yuan)
    if whole is None or jiao not in _DIGITS or fen not in _DIGITS:
        return None
    value = Decimal(100 * whole + 10 * _DIGITS.index(jiao) + _DIGITS.index(fen)) / 100
    return value if unsigned == bare else -value


def in_words(value: Decimal) -> str:
    """An amount below 10^16 in capital numerals, as the rules ask: 零 for skipped places, 整 where no 分 follows."""
    cents = int(abs(value) * 100)
    if abs(value) >= _LARGEST or Decimal(cents) != abs(value) * 100:
        raise ValueError(f"{value} cannot be written in capital numerals: below 10^16, whole 分")
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    said = _said(yuan) + "元" if yuan or not cents else ""
    if jiao:
        said += _DIGITS[jiao] + "角"
    elif fen and yuan:
        said += "零"
    said += _DIGITS[fen] + "分" if fen else "整"
    return ("负" if value < 0 else "") + said


def fault(in_capitals: str, in_figures: str) -> str | None:
    """What is wrong between an amount in capital numerals and the same in figures, None where nothing is."""
    said, shown = words(in_capitals), figures(in_figures)
    if said is None:
        return f"{in_capitals} is no amount in capital numerals"
    if shown is None:
        return f"{in_figures} is no amount"
    return None if said == shown else f"the numerals say {normal(said)}, the figures {normal(shown)}"


def passes(in_capitals: str, in_figures: str) -> bool:
    """True where both say the same."""
    return fault(in_capitals, in_figures) is None


def _whole(numerals: str, groups: str = "亿万") -> int | None:
    """The value of the numerals before 元: places of four with 万 behind, and of eight with 亿, each at most once."""
    if not (groups and numerals):
        return _places(numerals)
    upper, group, lower = numerals.rpartition(groups[0])
    high = _whole(upper, groups[1:]) if group else 0
    low = _whole(lower, groups[1:]) if lower else 0
    size: int = 10**8 if groups[0] == "亿" else 10**4
    return None if high is None or low is None else high * size + low


def _places(numerals: str) -> int | None:
    """Places 仟 佰 拾 in this order, each at most once; 零 may stand for any, 拾 in front is ten."""
    match = _PLACES.fullmatch("壹" + numerals if numerals.startswith("拾") else numerals)
    if match is None or not numerals:
        return None
    thousands, hundreds, tens, ones = (_DIGITS.index(c) for c in match.groups(default="零"))
    return 1000 * thousands + 100 * hundreds + 10 * tens + ones


def _said(whole: int) -> str:
    """A whole number below 10^16 in capital numerals; 零 once for each run of empty places between others."""
    for size, group in ((10**8, "亿"), (10**4, "万")):
        upper, lower = divmod(whole, size)
        if upper:
            gap = "零" if 0 < lower < size // 10 else ""
            return _said(upper) + group + gap + (_said(lower) if lower else "")
    said = "" if whole else "零"
    for power in (3, 2, 1, 0):
        digit = whole // 10**power % 10
        if digit:
            said += _DIGITS[digit] + _UNITS[power]
        elif said and whole % 10**power and not said.endswith("零"):
            said += "零"
    return said
