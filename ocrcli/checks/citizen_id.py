"""The Chinese citizen's identity number (公民身份号码), GB 11643-1999.

18 characters: a region of six digits (GB/T 2260), the birth date, an order of three digits, odd for men, and a check
character (ISO 7064 MOD 11-2). The first generation, GB 11643-1989, has 15 digits: a two-digit year, no check character.
MOD 11-2 finds every single changed character and every swap of two neighbours.

>>> fault("11010519491231002X"), fault("440524188001010014")  # the examples of GB 11643-1999, annex A
(None, None)
>>> birth("11010519491231002X"), sex("11010519491231002X"), sex("440524188001010014")
(datetime.date(1949, 12, 31), '女', '男')
>>> fault("110105194912310021")
'the check character should be X, not 1'
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from ocrcli.checks import Rule, dates

RULE = Rule("gb11643", "GB 11643-1999", "check digit")
CONSISTENCY = Rule("gb11643-consistency", "GB 11643-1999", "agreement")
VALIDITY = Rule("validity-id", "Law on identity cards, article 5", "date")

Sex = Literal["男", "女"]

# GB/T 2260, first two digits; 83 is that of residence permits for Taiwan residents.
_REGIONS = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
REGIONS = frozenset(_REGIONS.split())


def check_character(first: str) -> str:
    """The character behind the first 17 digits: 0-9 or X."""
    from stdnum.iso7064 import mod_11_2

    character: str = mod_11_2.calc_check_digit(first)
    return character


def fault(number: str) -> str | None:
    """What is wrong with a number of 18 characters or 15 digits, None where nothing is."""
    if re.fullmatch("[0-9]{17}[0-9X]|[0-9]{15}", number) is None:
        return "an identity number has 17 digits and a digit or X, or 15 digits"
    if number[:2] not in REGIONS:
        return f"no region begins with {number[:2]}"
    born = birth(number)
    if born is None:
        return "digits 7 to 14 are no date" if len(number) == 18 else "digits 7 to 12 are no date"
    if len(number) == 18 and number[17] != (expected := check_character(number[:17])):
        return f"the check character should be {expected}, not {number[17]}"
    return None


def passes(number: str) -> bool:
    """True where the number is well formed, its date exists and its check character is right."""
    return fault(number) is None


def future_fault(number: str, today: date) -> str | None:
    """What is wrong with the birth date of a number on this day: it has not come yet. None where nothing is."""
    born = birth(number)
    return f"the birth date {born} is in the future" if born and born > today else None


def birth(number: str) -> date | None:
    """The birth date in a number of 18 characters or 15 digits (those born 19xx), None where it is no date."""
    digits = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def sex(number: str) -> Sex | None:
    """男 where the order (digits 15 to 17, or 13 to 15) is odd, else 女; None where it is no number."""
    last = number[16:17] if len(number) == 18 else number[14:15]
    if not (last.isascii() and last.isdigit()):
        return None
    return "男" if int(last) % 2 else "女"


def upgraded(number: str) -> str:
    """The 18 characters that replaced a number of 15 digits."""
    first = number[:6] + "19" + number[6:]
    return first + check_character(first)


def validity_fault(born: date, valid_from: date, valid_to: date | None) -> str | None:
    """What is wrong with a card's period, None where nothing is; `valid_to` None is 长期.

    Article 5: 5 years under 16, 10 years from 16 to 25, 20 years from 26 to 45, long-term from 46.
    """
    age = dates.whole_years(born, valid_from)
    if age < 0:
        return "the card was issued before the birth date"
    allowed = 5 if age < 16 else 10 if age < 26 else 20 if age < 46 else None
    printed = None if valid_to is None else dates.term_years(valid_from, valid_to)
    if printed == allowed and (valid_to is None) == (allowed is None):
        return None
    wanted = dates.LONG_TERM if allowed is None else f"{allowed} years"
    return f"a card issued at the age of {age} is valid for {wanted}"


def birth_fault(number: str, day: str) -> str | None:
    """What is wrong with a printed birth date (YYYY-MM-DD) beside a number; None where they agree."""
    born = birth(number)
    return None if born and born.isoformat() == day else f"the number says {born or 'no date'}, the print {day}"


def sex_fault(number: str, printed: str) -> str | None:
    """What is wrong with a printed sex beside a number; None where they agree."""
    meant = sex(number)
    return None if meant == printed else f"the number says {meant}, the print {printed}"


def period_fault(start: str, end: str, born: str | None) -> str | None:
    """What is wrong with a card's first and last day (YYYY-MM-DD, or 长期), None where nothing is.

    Article 5 of the law for the holder's age where the birth date is known, else for anybody's.
    """
    if not dates.exists(start) or not (end == dates.LONG_TERM or dates.exists(end)):
        return "the period has no such day"
    first = date.fromisoformat(start)
    last = None if end == dates.LONG_TERM else date.fromisoformat(end)
    if born and dates.exists(born):
        return validity_fault(date.fromisoformat(born), first, last)
    anybody = (date(first.year - age, 1, 1) for age in (1, 16, 26, 46))
    if any(validity_fault(someone, first, last) is None for someone in anybody):
        return None
    return "cards are valid for 5, 10 or 20 years, or long-term"
