"""The line of 30 characters at the foot of exit-entry permits (往来港澳通行证, 往来台湾通行证) of the Chinese mainland.

Document code (2), number (9) and its check digit, filler, last day of validity (YYMMDD) and its check digit, filler,
birth date and its check digit, filler, a last digit. Check digits are those of ICAO Doc 9303-3, 4.9; what the last
digit counts is not published, so it is not checked. No standard has the layout either: it is as the cards are
described, and no picture of a real one was at hand to hold it against.

>>> fault("CSC123456784<2407312<8108035<6")
'the check digit of the number is 4, it should be 8'
"""

from __future__ import annotations

import re

from ocrcli.checks import Rule
from ocrcli.checks.mrz import check_digit

RULE = Rule("exit-entry-line", "ICAO Doc 9303-3, 4.9", "check digit")
LENGTH = 30
# What is counted: from, to, and where its check digit stands.
SPANS = {"number": (2, 11, 11), "last day": (13, 19, 19), "birth date": (21, 27, 27)}
_LINE = re.compile(r"C[A-Z][A-Z0-9]{9}\d<\d{6}\d<\d{6}\d<[0-9<]")


def fault(line: str) -> str | None:
    """What is wrong with the line, None where nothing is."""
    if _LINE.fullmatch(line) is None:
        return "the line has 30 characters: code, number, last day and birth date, set apart by <"
    for name, (start, end, place) in SPANS.items():
        expected = check_digit(line[start:end])
        if line[place] != expected:
            return f"the check digit of the {name} is {line[place]}, it should be {expected}"
    return None


def number(line: str) -> str | None:
    """The permit's number, None where its check digit is wrong."""
    start, end, place = SPANS["number"]
    return line[start:end] if check_digit(line[start:end]) == line[place] else None


def days_fault(line: str, birth: str, last: str) -> str | None:
    """What is wrong between the line's days and those printed (YYYY-MM-DD), None where nothing is."""
    for name, day in (("last day", last), ("birth date", birth)):
        start, end, _ = SPANS[name]
        if line[start:end] != day[2:].replace("-", ""):
            return f"the line says {line[start:end]} for the {name}, the print {day}"
    return None
