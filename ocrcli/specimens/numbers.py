"""Invented numbers with right check characters that belong to nobody, by seed.

What keeps them from being somebody's: in citizens' numbers and invoice codes the region's city is 99, in companies'
codes its province, and GB/T 2260 gives out neither; bank cards begin with 6299, where no issuer's numbers do; mobile
numbers with 12. VINs and plates leave no such gap: they are random.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from ocrcli.checks import citizen_id as citizens
from ocrcli.checks import luhn, org_code, uscc, vin
from ocrcli.checks import registration_number as registration

DIGITS = "0123456789"
_VIN_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"  # position 10 (GB 16735): no U, Z, 0


def digits(rng: Random, count: int) -> str:
    """Any digits, leading zeros too."""
    return "".join(rng.choice(DIGITS) for _ in range(count))


def citizen_id(rng: Random, province: str, birth: date, female: bool) -> str:
    """An 18-character citizen's number of a province (its two digits): birth date and sex agree with it."""
    order = digits(rng, 2) + str(rng.randrange(5) * 2 + (0 if female else 1))
    first = f"{province}99{digits(rng, 2)}{birth:%Y%m%d}{order}"
    return first + citizens.check_character(first)


def organisation_code(rng: Random) -> str:
    """An organisation code with a right check character (GB 11714), which credit codes hold as their characters 9 to
    17."""
    first = "".join(rng.choice(uscc.ALPHABET) for _ in range(8))
    return first + org_code.check_character(first)


def credit_code(rng: Random, kind: str = "91", organisation: str | None = None) -> str:
    """A unified social credit code, in the province 99: of a company, or of a sole trader (kind 92). Without an
    organisation code its place is filled at random."""
    region = digits(rng, 4)
    inside = organisation or "".join(rng.choice(uscc.ALPHABET) for _ in range(9))
    first = f"{kind}99{region}{inside}"
    return first + uscc.check_character(first)


def registration_number(rng: Random, province: str) -> str:
    """A firm's registration number on licences before 2015, in the city 99 of a province."""
    first = f"{province}99{digits(rng, 10)}"
    return first + registration.check_digit(first)


def vehicle_id(rng: Random, year: int | None = None) -> str:
    """A 17-character VIN with a right check character, every other one of region L (China), of this model year or of
    any."""
    region = rng.choice("LLL1WJ")
    maker = "".join(rng.choice(vin.ALPHABET) for _ in range(7))
    letter = rng.choice(_VIN_YEARS) if year is None else _VIN_YEARS[(year - 1980) % len(_VIN_YEARS)]
    free = f"{region}{maker}0{letter}{rng.choice(vin.ALPHABET)}{digits(rng, 6)}"
    return free[:8] + vin.check_character(free) + free[9:]


def bank_card(rng: Random, length: int = 19) -> str:
    """A bank card's number of 16 to 19 digits."""
    first = "6299" + digits(rng, length - 5)
    return first + luhn.check_digit(first)


def invoice_code(rng: Random, province: str, year: int, kind: str) -> str:
    """An invoice code, in the city 99 of a province. A `kind` of two digits makes one of 12 (bulletins 2015/84,
    2016/82 and 2020/22 of the State Taxation Administration), none one of 10, as paper has it."""
    region = f"{province}99{year % 100:02d}"
    return f"0{region}{digits(rng, 3)}{kind}" if kind else f"{region}{digits(rng, 1)}130"


def local_invoice_code(rng: Random, province: str, year: int) -> str:
    """The 12-digit code of receipts that a province has printed: 1, the region (city 99), the year, order."""
    return f"1{province}99{year % 100:02d}{digits(rng, 5)}"


def block_chain_code(year: int) -> str:
    """The code of Shenzhen's block-chain invoices: 1, the city, the year, and digits that are always the same."""
    return f"14403{year % 100:02d}09110"


def invoice_number(rng: Random) -> str:
    """The number of an invoice that also has a code: 8 digits."""
    return digits(rng, 8)


def digital_invoice_number(rng: Random, province: str, year: int) -> str:
    """The 20 digits of a fully digital invoice: year, province, the channel 9 (nobody's), order."""
    return f"{year % 100:02d}{province}9{digits(rng, 15)}"


def mobile(rng: Random) -> str:
    """An 11-digit mobile number in the range 12, which nobody uses."""
    return "12" + digits(rng, 9)


def misprint(rng: Random, text: str, within: Sequence[int] | None = None) -> str:
    """The text with one of its digits (at the indices `within`, or anywhere) replaced by another digit."""
    places = [i for i in (range(len(text)) if within is None else within) if text[i] in DIGITS]
    place = rng.choice(places)
    return text[:place] + rng.choice([d for d in DIGITS if d != text[place]]) + text[place + 1 :]
