"""The number of the Hong Kong identity card: one letter or two, six digits, a check character in brackets.

Letters count from A, 10, to Z, 35, and a blank before a single letter 36; the eight characters weigh 9 to 2, the check
character 1, and the sum is a multiple of 11 (Immigration Department; A is ten there).

>>> fault("A123456(3)"), fault("G123456(A)"), fault("AB987654(3)")
(None, None, None)
>>> fault("A123456(4)")
'the check character should be 3, not 4'
"""

from __future__ import annotations

import re
import string

from ocrcli.checks import Rule

RULE = Rule("hkid", "Hong Kong Immigration Department", "check digit")
BLANK = 36  # before a single letter


def value(character: str) -> int:
    """What a letter or digit counts."""
    return int(character, 36)


def check_character(first: str) -> str:
    """The character in brackets behind one letter or two and six digits."""
    values = [BLANK] * (8 - len(first)) + [value(c) for c in first]
    total = sum(weight * counted for weight, counted in zip(range(9, 1, -1), values, strict=True))
    return "0123456789A"[-total % 11]


def fault(number: str) -> str | None:
    """What is wrong with a number such as A123456(3), None where nothing is."""
    match = re.fullmatch(rf"([{string.ascii_uppercase}]{{1,2}}\d{{6}})\(([0-9A])\)", number)
    if match is None:
        return "a number has one letter or two, six digits, and a digit or A in brackets"
    expected = check_character(match[1])
    return None if match[2] == expected else f"the check character should be {expected}, not {match[2]}"


def passes(number: str) -> bool:
    """True where the number is well formed and its check character is right."""
    return fault(number) is None
