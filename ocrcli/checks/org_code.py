"""The organisation code (组织机构代码), GB 11714-1997: eight digits or capitals, often a hyphen, a check character.

Modulo 11 over values 0 to 35: a digit changed to another is always found, a letter only where its value differs modulo
11 (0, B, M and X are alike, and so on).

>>> fault("D2143569-X")  # the example of GB 11714-1997
>>> fault("M000100Y4"), fault("M000100Y5")  # inside the example of GB 32100-2015
(None, 'the check character should be 4, not 5')
"""

from __future__ import annotations

import re

from ocrcli.checks import Rule

RULE = Rule("gb11714", "GB 11714-1997", "check digit")
_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_character(first: str) -> str:
    """The character behind the first eight: 0-9 or X."""
    total = sum(_VALUES.index(c) * weight for c, weight in zip(first, _WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def fault(code: str) -> str | None:
    """What is wrong with a code, with or without its hyphen; None where nothing is."""
    match = re.fullmatch("([0-9A-Z]{8})-?([0-9X])", code)
    if match is None:
        return "an organisation code has eight digits or capitals and a check character 0-9 or X"
    first, last = match.groups()
    if last != (expected := check_character(first)):
        return f"the check character should be {expected}, not {last}"
    return None


def passes(code: str) -> bool:
    """True where the code is well formed and its check character is right."""
    return fault(code) is None
