"""Machine-readable zones of travel documents, with all their check digits (ICAO 9303, parts 4 to 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ocrcli.specimens.numbers import mrz_check

Format = Literal["TD1", "TD2", "TD3", "MRV-A", "MRV-B"]


@dataclass(frozen=True)
class Holder:
    """What a zone says. `state` and `nationality` are codes of up to three letters; `optional` is the issuer's own."""

    code: str
    state: str
    number: str
    surname: str
    given: str
    nationality: str
    birth: date
    female: bool
    expiry: date
    optional: str = ""

    @property
    def sex(self) -> str:
        """F or M."""
        return "F" if self.female else "M"


def zone(form: Format, holder: Holder) -> list[str]:
    """The zone's lines."""
    return {"TD1": _td1, "TD2": _td2, "TD3": _td3, "MRV-A": _mrv_a, "MRV-B": _mrv_b}[form](holder)


def _td1(holder: Holder) -> list[str]:
    first = _filled(f"{_filled(holder.code, 2)}{_filled(holder.state, 3)}{_number(holder)}{holder.optional}", 30)
    dates = _dates(holder)
    second = _filled(dates + _filled(holder.nationality, 3), 29)
    second += mrz_check(first[5:] + second[:7] + second[8:15] + second[18:])
    return [first, second, _names(holder, 30)]


def _td2(holder: Holder) -> list[str]:
    second = _filled(_second(holder) + holder.optional, 35)
    return [_first(holder, 36), second + _composite(second)]


def _td3(holder: Holder) -> list[str]:
    personal = _filled(holder.optional, 14)
    second = _second(holder) + personal + (mrz_check(personal) if holder.optional else "<")
    return [_first(holder, 44), second + _composite(second)]


def _mrv_a(holder: Holder) -> list[str]:
    return [_first(holder, 44), _filled(_second(holder) + holder.optional, 44)]


def _mrv_b(holder: Holder) -> list[str]:
    return [_first(holder, 36), _filled(_second(holder) + holder.optional, 36)]


def _first(holder: Holder, length: int) -> str:
    start = _filled(holder.code, 2) + _filled(holder.state, 3)
    return start + _names(holder, length - 5)


def _second(holder: Holder) -> str:
    dates = _dates(holder)
    return _number(holder) + _filled(holder.nationality, 3) + dates


def _number(holder: Holder) -> str:
    number = _filled(holder.number, 9)
    return number + mrz_check(number)


def _dates(holder: Holder) -> str:
    birth, expiry = f"{holder.birth:%y%m%d}", f"{holder.expiry:%y%m%d}"
    return birth + mrz_check(birth) + holder.sex + expiry + mrz_check(expiry)


def _names(holder: Holder, length: int) -> str:
    return _filled(f"{holder.surname}<<{holder.given}".replace(" ", "<"), length)


def _composite(second: str) -> str:
    return mrz_check(second[:10] + second[13:20] + second[21:])


def _filled(text: str, length: int) -> str:
    return text.ljust(length, "<")[:length]
