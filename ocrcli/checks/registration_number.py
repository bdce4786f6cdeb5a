"""The business registration number of older licences (注册号), GS 15-2006: 14 digits and a check digit.

ISO 7064 MOD 11,10: every single changed digit is found. Numbers from before 2007 have 13 digits and no check digit;
they are not this standard's.

>>> fault("110108000000016")  # the example of GS 15-2006
>>> fault("110108000000017")
'the check digit should be 6, not 7'
"""

from __future__ import annotations

import re

from ocrcli.checks import Rule

RULE = Rule("gs15", "GS 15-2006", "check digit")


def check_digit(first: str) -> str:
    """The digit behind the first 14."""
    from stdnum.iso7064 import mod_11_10

    digit: str = mod_11_10.calc_check_digit(first)
    return digit


def fault(number: str) -> str | None:
    """What is wrong with a number, None where nothing is."""
    if re.fullmatch("[0-9]{15}", number) is None:
        return "a registration number has 15 digits"
    if number[14] != (expected := check_digit(number[:14])):
        return f"the check digit should be {expected}, not {number[14]}"
    return None


def passes(number: str) -> bool:
    """True where the number has 15 digits and its check digit is right."""
    return fault(number) is None
