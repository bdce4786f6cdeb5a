"""Which printed texts are numbers that a workbook may reckon with, and how they are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A sign of currency; digits in groups of three, or plain; then decimals; then a percent sign.
_NUMBER = re.compile(r"([-−]?)([¥￥$€£]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)")
_MOST_DIGITS = 11  # of a plain whole number: ID, phone, account and order numbers are longer, or begin with 0
_EXACT = 15  # digits that a workbook keeps (IEEE 754)


@dataclass(frozen=True)
class Number:
    """A value and Excel's format that shows it as printed."""

    value: int | float
    format: str


def number_of(text: str) -> Number | None:
    """The text as a number where the whole of it is one; None for what only looks like one (identifiers)."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    sign, currency, whole, decimals, percent = found[1], found[2], found[3].replace(",", ""), found[4], found[5]
    if currency and percent:
        return None
    grouped = "," in found[3]
    if whole.startswith("0") and (len(whole) > 1):
        return None
    if len(whole) + len(decimals or "") > _EXACT or (len(whole) >= _MOST_DIGITS and not grouped and not decimals):
        return None
    places = len(decimals or "")
    shown = f'"{currency}"' if currency else ""
    form = shown + ("#,##0" if grouped else "0") + ("." + "0" * places if places else "") + percent
    number = f"{'-' if sign else ''}{whole}" + (f".{decimals}" if decimals else "")
    if percent:
        return Number(round(float(number) / 100, places + 2), form)
    return Number(float(number) if decimals else int(number), form)
