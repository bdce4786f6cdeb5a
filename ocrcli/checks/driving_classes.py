"""Driving licences of the Chinese mainland: vehicle classes (准驾车型), ages, validity, numbers.

Provisions on applying for and using motor vehicle driving licences (机动车驾驶证申领和使用规定), order 162 of the
Ministry of Public Security as amended from 2025-01-01: classes and what each one includes in annex 1, ages in article
14, validity in the articles on renewal. The form of the licence: GA 482.

>>> parse("A1A2D")
('A1', 'A2', 'D')
>>> fault("A1X"), fault("C7")
('A1X is no row of vehicle classes (A1 … P)', 'C7 is no row of vehicle classes (A1 … P)')
>>> sorted(included("D"))
['E', 'F']
>>> number_fault("11010519491231002X")  # the example of GB 11643-1999
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Mapping
from datetime import date

from ocrcli.checks import Rule, citizen_id, dates

RULE = Rule("driving-class", "Ministry of Public Security order 162, annex 1", "list")
AGE = Rule("driving-age", "Ministry of Public Security order 162, article 14", "date")
VALIDITY = Rule("validity-dl", "Ministry of Public Security order 162", "date")
FILE_NUMBER = Rule("driving-file-number", "own", "form")

# Annex 1, in its order.
CLASSES: Mapping[str, str] = {
    "A1": "大型客车",
    "A2": "重型牵引挂车",
    "A3": "城市公交车",
    "B1": "中型客车",
    "B2": "大型货车",
    "C1": "小型汽车",
    "C2": "小型自动挡汽车",
    "C3": "低速载货汽车",
    "C4": "三轮汽车",
    "C5": "残疾人专用小型自动挡载客汽车",
    "C6": "轻型牵引挂车",
    "D": "普通三轮摩托车",
    "E": "普通二轮摩托车",
    "F": "轻便摩托车",
    "M": "轮式专用机械车",
    "N": "无轨电车",
    "P": "有轨电车",
}
# Whoever may drive the first may drive the others.
_INCLUDED: Mapping[str, str] = {
    "A1": "A3 B1 B2 C1 C2 C3 C4 M",
    "A2": "B1 B2 C1 C2 C3 C4 C6 M",
    "A3": "C1 C2 C3 C4",
    "B1": "C1 C2 C3 C4 M",
    "B2": "C1 C2 C3 C4 M",
    "C1": "C2 C3 C4",
    "C3": "C4",
    "D": "E F",
    "E": "F",
}
# What the traffic police's registers and the app that shows them say of a licence; one may have several.
_STATUSES = (
    "正常 超分 转出 暂扣 撤销 吊销 注销 违法未处理 事故未处理 停止使用 扣押 扣留 锁定 逾期未换证 延期换证 延期体检 "
    "逾期未体检 注销可恢复 逾期未审验 延期审验 实习期 其他"
)
STATUSES = tuple(_STATUSES.split())
_TERMS = (6, 10)  # years
# The youngest at whom a first licence of any class is given out.
_YOUNGEST = 18
_ONE = re.compile("|".join(sorted(CLASSES, key=len, reverse=True)))


def parse(text: str) -> tuple[str, ...] | None:
    """The classes of a printed row such as A1A2D, None where it is none: one or more of the list, each once."""
    classes = tuple(_ONE.findall(text))
    return classes if classes and "".join(classes) == text and len(set(classes)) == len(classes) else None


def fault(text: str) -> str | None:
    """What is wrong with a row of classes, None where nothing is."""
    if parse(text) is not None:
        return None
    classes = _ONE.findall(text)
    if classes and "".join(classes) == text:
        return f"{text} names a vehicle class twice"
    return f"{text or 'an empty text'} is no row of vehicle classes (A1 … P)"


def passes(text: str) -> bool:
    """True for one or more classes of the list, each once."""
    return fault(text) is None


def included(name: str) -> frozenset[str]:
    """The classes that this one includes: they need not be printed beside it."""
    return frozenset(_INCLUDED.get(name, "").split())


def is_citizens(number: str) -> bool:
    """False for the number of a foreigner's paper (passport, travel permit, residence card), which proves nothing.

    Those have letters among their digits, or 8 digits, or begin with 9.
    """
    if re.fullmatch("[0-9]{15}|[0-9]{17}[0-9X]", number):
        return not number.startswith("9")
    return re.fullmatch("(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{7,18}|[0-9]{8}", number) is None


def number_fault(number: str) -> str | None:
    """What is wrong with a licence number, which is the holder's identity number (GB 11643); foreigners' pass."""
    return citizen_id.fault(number) if is_citizens(number) else None


def file_number_fault(number: str) -> str | None:
    """What is wrong with a file number (档案编号): 12 digits that begin with the authority's region."""
    if re.fullmatch("[0-9]{12}", number) is None:
        return "a file number has 12 digits"
    return None if number[:2] in citizen_id.REGIONS else f"no region begins with {number[:2]}"


def age_fault(born: date, first_issue: date) -> str | None:
    """What is wrong with the day of the first licence, None where nothing is: nobody gets one before 18."""
    age = dates.whole_years(born, first_issue)
    return f"the first licence was given out at the age of {age}, before {_YOUNGEST}" if age < _YOUNGEST else None


def validity_fault(valid_from: date, valid_to: date | None) -> str | None:
    """What is wrong with a period, None where nothing is: 6 or 10 years, or long-term (`valid_to` None)."""
    if valid_to is None or dates.term_years(valid_from, valid_to) in _TERMS:
        return None
    return f"a licence is valid for 6 or 10 years or {dates.LONG_TERM}, not from {valid_from} to {valid_to}"


def period_fault(start: str, end: str) -> str | None:
    """What is wrong with a printed period (YYYY-MM-DD, the last day also 长期), None where nothing is."""
    if not dates.exists(start) or not (end == dates.LONG_TERM or dates.exists(end)):
        return "the period has no such day"
    return validity_fault(date.fromisoformat(start), None if end == dates.LONG_TERM else date.fromisoformat(end))


def last_day(start: str, years: str) -> str | None:
    """The last day (YYYY-MM-DD) of a period of printed years (6年, 六年), or 长期; None where that says nothing.

    Licences of before 2009 print their first day and the years: the last is the same day of the year.
    """
    if dates.LONG_TERM in years:
        return dates.LONG_TERM
    match = re.match(r"(\d{1,2}|[六十])年", years)
    if match is None or not dates.exists(start):
        return None
    first, term = date.fromisoformat(start), {"六": 6, "十": 10}.get(match[1]) or int(match[1])
    leap = (first.month, first.day) == (2, 29) and not isleap(first.year + term)
    return first.replace(year=first.year + term, day=28 if leap else first.day).isoformat()


def first_issue_fault(birth: str, first_issue: str) -> str | None:
    """What is wrong with the printed day of the first licence beside the birth date (YYYY-MM-DD)."""
    if not (dates.exists(birth) and dates.exists(first_issue)):
        return "one of them is no date"
    return age_fault(date.fromisoformat(birth), date.fromisoformat(first_issue))
