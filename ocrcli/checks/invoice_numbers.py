"""Codes, numbers and check codes of VAT invoices of the Chinese mainland, and taxpayers' numbers.

State Taxation Administration: paper invoices have a code of 10 digits (1-4 region, 5-6 year of print, 7 batch, 8 kind),
electronic and roll invoices one of 12 (0, 2-5 region, 6-7 year, 8-10 batch, 11-12 kind; bulletins 2015/84, 2016/82,
2020/22), both with a number of 8 digits. Fully digital invoices have no code and a number of 20 digits (1-2 year, 3-4
region, 5 channel, 6-20 serial).
"""

from __future__ import annotations

import re

from ocrcli.checks import Rule, citizen_id, uscc

CODE = Rule("invoice-code", "State Taxation Administration bulletins 2015/84, 2016/82, 2020/22", "form")
NUMBER = Rule("invoice-number", "State Taxation Administration", "form")
CHECK_CODE = Rule("invoice-check-code", "State Taxation Administration", "form")
TAXPAYER = Rule("taxpayer-id", "GB 32100-2015 / GB 11643-1999", "form")

# GB/T 2260, first two digits; in four digits the cities that tax offices of their own look after.
PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
}  # fmt: skip
CITIES = {"2102": "大连市", "3302": "宁波市", "3502": "厦门市", "3702": "青岛市", "4403": "深圳市"}
# Digits 11 and 12 of a code of 12 → kind, as the type is called in results.
_KINDS = {"11": "electronic", "12": "toll", "13": "special_electronic", "06": "roll", "07": "roll"}
# Digit 8 of a code of 10: 1, 5 and 7 are special invoices (by version), 3 and 6 ordinary ones.
_PAPER_KINDS = {"1": "special", "5": "special", "7": "special", "2": "special", "3": "normal", "6": "normal"}
_PRINTED_EARLIER = 6  # years that a printed form may lie about before it is used


def region(code: str | None, number: str | None) -> str | None:
    """The region's digits (four, or two of a fully digital invoice's number); None where there are none."""
    if code and re.fullmatch(r"\d{10}|\d{12}", code):
        return code[:4] if len(code) == 10 else code[1:5]
    if number and re.fullmatch(r"\d{20}", number):
        return number[2:4]
    return None


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
