"""The vehicle identification number (车辆识别代号), GB 16735-2019 and ISO 3779: 17 digits and capitals without I, O, Q.

Position 9 is a check character (GB 16735 annex, the arithmetic of 49 CFR 565.15): letters become digits, weights,
modulo 11. It finds a changed character at position 9 always, elsewhere wherever the two characters' values differ;
letters and digits of one value (A, J and 1; B, K, S and 2; ...) stand for each other unnoticed. ISO 3779 itself does
not ask for it.

>>> fault("1M8GDM9AXKP042788"), check_character("11111111111111111")  # the usual examples of 49 CFR 565.15
(None, '1')
>>> model_years("1M8GDM9AXKP042788", 2026), fault("1M8GDM9A1KP042788")
([2019, 1989], 'the check character should be X, not 1')
"""

from __future__ import annotations

import re

from ocrcli.checks import Rule

RULE = Rule("vin", "GB 16735-2019", "check digit")
YEAR = Rule("vin-year", "GB 16735-2019", "date")

ALPHABET = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
# The values run on through the alphabet's three rows; I, O, Q are gaps, and so is the first place of the third.
VALUES = {c: k for k, c in enumerate("0123456789")} | {
    c: k for row in ("ABCDEFGH", "JKLMN.P.R", ".STUVWXYZ") for k, c in enumerate(row, start=1) if c != "."
}
# Position 10, 30 years in turn (GB 16735-2019, table of model years): no I, O, Q, U, Z, 0.
_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"
_FIRST_YEAR = 1980
# World manufacturer identifiers begin with the region (ISO 3780): where the check character is law.
CHECKED_REGIONS = frozenset("L12345")


def check_character(vin: str) -> str:
    """What must stand at position 9 of 17 characters: 0-9 or X."""
    return "0123456789X"[sum(VALUES[c] * w for c, w in zip(vin, WEIGHTS, strict=True)) % 11]


def is_formed(vin: str) -> bool:
    """True for 17 characters that may stand in a number."""
    return re.fullmatch(f"[{ALPHABET}]{{17}}", vin) is not None


def fault(vin: str) -> str | None:
    """What is wrong with a number, None where nothing is."""
    if not is_formed(vin):
        return "a VIN has 17 digits and capitals without I, O, Q"
    if vin[8] != (expected := check_character(vin)):
        return f"the check character should be {expected}, not {vin[8]}"
    return None


def passes(vin: str) -> bool:
    """True where the number is well formed and its check character is right."""
    return fault(vin) is None


def must_pass(vin: str) -> bool:
    """True for makers of China and North America (first character L, 1-5); others need not use the check character."""
    return vin[:1] in CHECKED_REGIONS


def names_year(vin: str) -> bool:
    """True where position 10 is one that stands for model years."""
    return len(vin) == 17 and vin[9] in _YEARS


def model_years(vin: str, last: int) -> list[int]:
    """The model years up to `last` that position 10 can mean, the latest first; empty for a character that is none."""
    offset = _YEARS.find(vin[9:10]) if len(vin) == 17 else -1
    if offset < 0:
        return []
    return sorted(range(_FIRST_YEAR + offset, last + 1, len(_YEARS)), reverse=True)


def year_fault(vin: str, registered: int) -> str | None:
    """What is wrong with the model year beside a year of manufacture or registration, None where nothing is.

    A car may be built and registered in the year before its model year. As the letters come round every 30 years, only
    U, Z and 0, or a registration before 2009, can be at fault.
    """
    if not model_years(vin, registered + 1):
        return f"position 10 ({vin[9:10]}) names no model year up to {registered + 1}"
    return None


def registration_fault(vin: str, day: str) -> str | None:
    """What is wrong with the model year beside a printed day of registration (YYYY-MM-DD), None where nothing is."""
    return year_fault(vin, int(day[:4])) if day[:4].isdigit() else f"{day} is no date"
