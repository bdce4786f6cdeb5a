"""Codes, numbers and check codes of VAT invoices of the Chinese mainland, and taxpayers' numbers.

State Taxation Administration: paper invoices have a code of 10 digits (1-4 region, 5-6 year of print, 7 batch, 8 kind),
electronic and roll invoices one of 12 (0, 2-5 region, 6-7 year, 8-10 batch, 11-12 kind; bulletins 2015/84, 2016/82,
2020/22), both with a number of 8 digits. General invoices (taxi, quota, machine-printed) have 12 digits, too: office (1
and 2 until 2018, 0 since), 2-5 region, 6-7 year of print, 8 trade, 9-12 kind. Fully digital invoices have no code and a
number of 20 digits (1-2 year, 3-4 region, 5 channel, 6-20 serial).

>>> area("144031909110"), kind("011001900411"), kind("1100191130")
('广东省深圳市', 'electronic', 'special')
>>> code_fault("011001900411", "2018-05-01")
'its year is 2019, but the day of issue is 2018-05-01'
>>> taxpayer_fault("914403001922038216")  # Huawei Technologies, as the public register has it
"""

from __future__ import annotations

import re

from ocrcli.checks import Rule, citizen_id, regions, uscc

CODE = Rule("invoice-code", "State Taxation Administration bulletins 2015/84, 2016/82, 2020/22", "form")
NUMBER = Rule("invoice-number", "State Taxation Administration", "form")
CHECK_CODE = Rule("invoice-check-code", "State Taxation Administration", "form")
TAXPAYER = Rule("taxpayer-id", "GB 32100-2015 / GB 11643-1999", "form")

# GB/T 2260, first two digits; in four digits the cities that tax offices of their own look after.
PROVINCES = {digits: name for digits, name in regions.PROVINCES.items() if digits in regions.MAINLAND}
CITIES = {"2102": "大连市", "3302": "宁波市", "3502": "厦门市", "3702": "青岛市", "4403": "深圳市"}
# Digits 11 and 12 of a code of 12 → kind, as the type is called in results.
_KINDS = {"11": "electronic", "12": "toll", "13": "special_electronic", "06": "roll", "07": "roll"}
# Digit 8 of a code of 10: 1, 5 and 7 are special invoices (by version), 3 and 6 ordinary ones.
_PAPER_KINDS = {"1": "special", "5": "special", "7": "special", "2": "special", "3": "normal", "6": "normal"}
_OFFICES = "012"  # all tax offices since 2018; before: state and local ones
_PRINTED_EARLIER = 6  # years that a printed form may lie about before it is used


def region(code: str | None, number: str | None) -> str | None:
    """The region's digits (four, or two of a fully digital invoice's number); None where there are none."""
    if code and re.fullmatch(r"\d{10}|\d{12}", code):
        return code[:4] if len(code) == 10 else code[1:5]
    if number and re.fullmatch(r"\d{20}", number):
        return number[2:4]
    return None


def area(code: str) -> str | None:
    """The province, and the city where the digits name one, of a code: 北京市, 广东省深圳市; None where they do not."""
    digits = region(code, None)
    if digits is None or digits[:2] not in PROVINCES:
        return None
    return regions.name(digits + "00") or PROVINCES[digits[:2]]


def general_code_fault(code: str, day: str | None = None) -> str | None:
    """What is wrong with the code of a general invoice (taxi, quota), and with the day (YYYY-MM-DD) beside its year."""
    if re.fullmatch(r"\d{12}", code) is None:
        return f"the code of a general invoice has 12 digits, not {len(code)}: {code}"
    if code[0] not in _OFFICES:
        return f"a general invoice's code begins with 0, 1 or 2, not {code[0]}"
    return code_fault(code, day)


def kind(code: str) -> str | None:
    """The kind that a code says, None where it says none."""
    if re.fullmatch(r"\d{12}", code):
        return _KINDS.get(code[10:])
    return _PAPER_KINDS.get(code[7]) if re.fullmatch(r"\d{10}", code) else None


def code_fault(code: str, day: str | None = None) -> str | None:
    """What is wrong with a code, and with the day of issue (YYYY-MM-DD) against its year; None where nothing is."""
    if re.fullmatch(r"\d{10}|\d{12}", code) is None:
        return f"a code has 10 or 12 digits, not {len(code)}: {code}"
    if (digits := region(code, None) or "")[:2] not in PROVINCES:
        return f"no province has the digits {digits[:2]}"
    return _year_fault(code[4:6] if len(code) == 10 else code[5:7], day, _PRINTED_EARLIER)


def number_fault(number: str, code: str | None, day: str | None = None) -> str | None:
    """What is wrong with a number beside its code (None or "" on fully digital invoices)."""
    if re.fullmatch(r"\d{8}|\d{20}", number) is None:
        return f"a number has 8 or 20 digits, not {len(number)}: {number}"
    if len(number) == 8:
        return None if code else "a number of 8 digits has a code beside it; none was found"
    if number[2:4] not in PROVINCES:
        return f"no province has the digits {number[2:4]}"
    return _year_fault(number[:2], day, 0)


def check_code_fault(code: str) -> str | None:
    """What is wrong with a check code (校验码): 20 digits, or 5 characters on block-chain invoices."""
    return None if re.fullmatch(r"\d{20}|[0-9A-Za-z]{5}|\d{6}", code) else "a check code has 20 digits, or 5 characters"


def taxpayer_fault(number: str) -> str | None:
    """What is wrong with a taxpayer's number: a credit code, an identity number, or an older one of 15 to 20 places."""
    if re.fullmatch("[0-9A-Z]{15,20}", number) is None:
        return f"a taxpayer's number has 15 to 20 digits and capitals, not {len(number)}: {number}"
    if len(number) != 18 or uscc.passes(number) or citizen_id.passes(number):
        return None
    return uscc.fault(number)


def _year_fault(digits: str, day: str | None, earlier: int) -> str | None:
    """What is wrong between the year's two digits and the day of issue."""
    if day is None:
        return None
    year = int(day[2:4])
    if 0 <= year - int(digits) <= earlier:
        return None
    return f"its year is 20{digits}, but the day of issue is {day}"
