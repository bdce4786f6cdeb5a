"""From print to a result's normal form: amounts, dates, numbers, rates, as the service spec has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ocrcli.checks import amounts, dates
from ocrcli.finding import Evidence
from ocrcli.forms import doubt
from ocrcli.geometry import Quad
from ocrcli.page import Line, Source

_AMOUNTS = ("amount", "total", "subtotal_amount", "sum_amount", "discount_amount")
_TAXES = ("tax", "subtotal_tax", "sum_tax", "discount_tax")
_DATES = ("issue_date", "start_date", "end_date", "travel_date")
_CODES = ("code", "number", "print_code", "print_number", "machine_number", "buyer_id", "seller_id",
          "license_plate_number", "id_number", "vat_code")  # fmt: skip
_NUMBERS = ("quantity", "unit_price")
_CIPHER_ROWS = 4
_SUMMED = (*_AMOUNTS, *_TAXES, "total_in_words", "unit_price", "tax_rate")
# Rates (税率) and levy rates (征收率) of the VAT since 1994, in percent.
_RATES = {
    Decimal(rate) for rate in ("0", "0.5", "1", "1.5", "2", "3", "4", "5", "6", "9", "10", "11", "13", "16", "17")
}
_WIDE = str.maketrans("０１２３４５６７８９．，－％＊／：", "0123456789.,-%*/:")


@dataclass(frozen=True, slots=True)
class Value:
    """A result's value, and what is known about it. `plain` is the print before it was brought to its normal form."""

    text: str
    plain: str
    confidence: float
    quad: Quad | None
    source: Source
    line: Line | None = None  # what can be read again
    why: str = ""  # why it is doubtful

    @property
    def doubtful(self) -> bool:
        """True where something speaks against it."""
        return bool(self.why)

    @property
    def evidence(self) -> Evidence:
        """What the record says about it."""
        return Evidence(self.confidence, self.quad, self.source, self.plain, self.why)


def doubt_of(key: str, lines: Sequence[Line], *faults: str | None) -> str:
    """Why a value that was read from these lines is doubtful; sums speak for amounts."""
    summed = key.rpartition("/")[2].removeprefix("belong_") in _SUMMED
    chars = (char for line in lines for char in line.chars)
    signs = "+-*/<>" if key == "encryption_block" else ""
    return doubt.reason(chars, faults=faults, speaks=doubt.BY_SUMS if summed else None, signs=signs) or ""


def misshapen(key: str, text: str) -> str | None:
    """What is wrong with a value of which something was lost, or that is more than one.

    That is a cipher area whose rows, at least four, are not of one length; a name of an item with two classes (*…*), or
    without any word.
    """
    if key == "encryption_block":
        rows = text.split("\n")
        return doubt.PART_MISSING if len(rows) < _CIPHER_ROWS or len({len(row) for row in rows}) > 1 else None
    if re.search(r"item_list/\d+/name$", key):
        odd = len(re.findall(r"\*[^*]+\*", text)) > 1 or not re.search(r"[\u4e00-\u9fff]", text)
        return doubt.NOT_OF_FORM if odd else None
    return None


def normal(key: str, text: str) -> tuple[str, bool]:
    """The value in the normal form of its key, and whether the print is one at all; else as printed, tidied."""
    name = key.rpartition("/")[2].removeprefix("belong_")
    bare = text.strip().lstrip(":：").lstrip()
    for names, form in _FORMS.items():
        if name in names:
            value = form(bare)
            return (bare, False) if value is None else (value, True)
    return re.sub(r"[ \t]+", " ", bare), bool(bare)


def _amount(text: str) -> str | None:
    bare = re.sub(r"[\s,，]", "", text.translate(_WIDE)).replace("−", "-")
    bare = re.sub("^(-?)[YVF]", r"\1¥", bare)  # what blurred currency signs are taken for
    value = amounts.figures(bare)
    return None if value is None else amounts.normal(value)


def _tax(text: str) -> str | None:
    bare = text.replace(" ", "")
    # Readers take the asterisks for characters of the same look: three of one kind are no number.
    return "***" if re.fullmatch(r"[*＊]{1,3}|([^\d\W])\1\1", bare) else _amount(text)


def _number(text: str) -> str | None:
    bare = re.sub(r"[\s,，]", "", text.translate(_WIDE))
    return bare if amounts.number(bare) is not None else None


def _code(text: str) -> str | None:
    return re.sub(r"[\s·•.]", "", text.translate(_WIDE)).upper() or None


def _check_code(text: str) -> str | None:
    return re.sub(r"[\s·•.]", "", text.translate(_WIDE)) or None  # small letters are part of a hash


def _rate(text: str) -> str | None:
    bare = re.sub(r"\s", "", text.translate(_WIDE))
    if re.fullmatch(r"\*{1,3}", bare):
        return "***"
    match = re.fullmatch(r"(\d{1,6}(?:\.\d{1,12})?)%6?|(1?[369]|5|1[017])[69]6", bare)  # % as 96, 66
    if match:
        return f"{match[1] or match[2]}%" if Decimal(match[1] or match[2]) in _RATES else None
    return bare if bare in ("免税", "不征税", "零税率", "普通零税率", "出口零税", "简易征收", "减按1%") else None


def _words(text: str) -> str | None:
    bare = re.sub(r"\s", "", text).lstrip("⊗ⓧ×*").replace("参", "叁")  # of the same look
    return bare if amounts.words(bare) is not None else None


def _cipher(text: str) -> str | None:
    return re.sub(r"[^\S\n]", "", text).replace("±", "+") or None  # a sign that no cipher has, for one that it has


_FORMS: Mapping[tuple[str, ...], Callable[[str], str | None]] = {
    _AMOUNTS: _amount,
    _TAXES: _tax,
    _DATES: dates.parse,
    _CODES: _code,
    _NUMBERS: _number,
    ("check_code",): _check_code,
    ("tax_rate",): _rate,
    ("total_in_words",): _words,
    ("encryption_block",): _cipher,
}


def nested(values: Mapping[str, Value]) -> dict[str, Any]:
    """Values by JSON Pointer as the objects and lists that the pointers describe."""
    fields: dict[str, Any] = {}
    for pointer, value in values.items():
        first, *rest = pointer.split("/")
        if not rest:
            fields[first] = value.text
            continue
        rows = fields.setdefault(first, [])
        place = int(rest[0])
        rows.extend({} for _ in range(place + 1 - len(rows)))
        rows[place][rest[1]] = value.text
    return fields
