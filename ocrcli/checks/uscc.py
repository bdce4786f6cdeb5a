"""The unified social credit code (统一社会信用代码), GB 32100-2015.

18 characters of 31 (no I, O, S, V, Z): registering authority, kind, six digits of region, the organisation code of
nine, and a check character modulo 31. As 31 is prime, every single changed character is found.
"""

from __future__ import annotations

import re

from ocrcli.checks import Rule

RULE = Rule("gb32100", "GB 32100-2015", "check digit")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_character(first: str) -> str:
    """The character behind the first 17."""
    from stdnum.cn import uscc

    character: str = uscc.calc_check_digit(first)
    return character


def fault(code: str) -> str | None:
    """What is wrong with a code, None where nothing is."""
    if re.fullmatch(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}", code) is None:
        return "a credit code has 18 digits and capitals without I, O, S, V, Z, digits at 3 to 8"
    if code[17] != (expected := check_character(code[:17])):
        return f"the check character should be {expected}, not {code[17]}"
    return None


def passes(code: str) -> bool:
    """True where the code is well formed and its check character is right."""
    return fault(code) is None


def organisation(code: str) -> str:
    """The organisation code inside (GB 11714). Sole traders' codes need not carry a real one."""
    return code[8:17]
