"""Bank card numbers (PAN): 12 to 19 digits with the check digit of ISO/IEC 7812-1, annex B (Luhn).

Every single changed digit is found. A few old domestic Chinese cards do not follow it. The examples
are the numbers that networks give out for trying out payments (docs.stripe.com/testing).

>>> passes("4111111111111111"), passes("5555555555554444"), passes("378282246310005")
(True, True, True)
>>> fault("4111111111111112")
'the check digit should be 1, not 2'
"""

from __future__ import annotations

import re

from ocrcli.checks import Rule

RULE = Rule("luhn", "ISO/IEC 7812-1 Annex B", "check digit")


def check_digit(first: str) -> str:
    """The digit behind these."""
    from stdnum import luhn

    digit: str = luhn.calc_check_digit(first)
    return digit


def fault(number: str) -> str | None:
    """What is wrong with a number without its blanks, None where nothing is."""
    if re.fullmatch("[0-9]{12,19}", number) is None:
        return "a card number has 12 to 19 digits"
    if number[-1] != (expected := check_digit(number[:-1])):
        return f"the check digit should be {expected}, not {number[-1]}"
    return None


def passes(number: str) -> bool:
    """True where the number has 12 to 19 digits and its check digit is right."""
    return fault(number) is None
