"""Invented numbers with valid check digits that belong to nobody, by seed.

What keeps them from being somebody's: citizens' and companies' numbers lie in region 99, which GB/T 2260 does not
give out; bank cards begin with 6299, where no issuer's number begins; invoice codes name region 99 too. Plates and
VINs have no such gap: they are random.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

DIGITS = "0123456789"
# GB 32100-2015, 4.2: digits and capitals without I, O, S, V, Z.
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# ISO 3779: digits and capitals without I, O, Q.
VIN_ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
_VIN_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"  # position 10: no U, Z, 0 either
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
_MRZ_ALPHABET = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def digits(rng: Random, count: int) -> str:
    """Any digits, leading zeros too."""
    return "".join(rng.choice(DIGITS) for _ in range(count))


def citizen_check(first: str) -> str:
    """The check character behind the first 17 digits (GB 11643-1999, annex A: ISO 7064 MOD 11-2)."""
    return "10X98765432"[sum(int(d) * (2 ** (17 - i) % 11) for i, d in enumerate(first)) % 11]


def citizen_id(rng: Random, birth: date, female: bool) -> str:
    """An 18-character citizen's number: its birth date and sex agree, its region 99xxxx does not exist."""
    order = digits(rng, 2) + str(rng.randrange(5) * 2 + (0 if female else 1))
    first = f"99{digits(rng, 4)}{birth:%Y%m%d}{order}"
    return first + citizen_check(first)


def uscc_check(first: str) -> str:
    """The check character behind the first 17 (GB 32100-2015, annex A: ISO 7064 MOD 31-3)."""
    total = sum(USCC_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first))
    return USCC_ALPHABET[-total % 31]


def uscc(rng: Random) -> str:
    """A company's unified social credit code in region 99xxxx."""
    first = "9199" + digits(rng, 4) + "".join(rng.choice(USCC_ALPHABET) for _ in range(9))
    return first + uscc_check(first)


def vin_check(vin: str) -> str:
    """What must stand at position 9 of a 17-character VIN (GB 16735, annex; 49 CFR 565.15)."""
    values = (_VIN_VALUES[c] if c in _VIN_VALUES else int(c) for c in vin)
    rest = sum(v * w for v, w in zip(values, _VIN_WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def vin(rng: Random) -> str:
    """A 17-character VIN with a right check digit, more often than not of region L (China)."""
    region = rng.choice(("L", "L", "L", "1", "W", "J"))
    maker = "".join(rng.choice(VIN_ALPHABET) for _ in range(7))
    free = f"{region}{maker}0{rng.choice(_VIN_YEARS)}{rng.choice(VIN_ALPHABET)}{digits(rng, 6)}"
    return free[:8] + vin_check(free) + free[9:]


def luhn_check(first: str) -> str:
    """The check digit behind these digits (ISO/IEC 7812-1, annex B)."""
    doubled = (int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(first)))
    return str(-sum(v // 10 + v % 10 for v in doubled) % 10)


def bank_card(rng: Random, length: int = 19) -> str:
    """A bank card's number of 16 to 19 digits."""
    first = "6299" + digits(rng, length - 5)
    return first + luhn_check(first)


def mrz_check(text: str) -> str:
    """The check digit over a part of a machine-readable zone (ICAO 9303-3, 4.9: weights 7, 3, 1)."""
    values = (0 if c == "<" else _MRZ_ALPHABET.index(c) for c in text)
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)


def invoice_code(rng: Random, length: int = 12) -> str:
    """An invoice code of 10 or 12 digits: 12 begin with 0, then the region."""
    return ("099" if length == 12 else "99") + digits(rng, length - (3 if length == 12 else 2))


def invoice_number(rng: Random, digital: bool = False) -> str:
    """An invoice's number: 8 digits, or the 20 of a fully digital one (year, region, channel, order)."""
    return f"{rng.randint(22, 30)}99{digits(rng, 16)}" if digital else digits(rng, 8)


def mobile(rng: Random) -> str:
    """An 11-digit mobile number in the unused range 12."""
    return "12" + digits(rng, 9)


def misprint(rng: Random, text: str, within: Sequence[int] | None = None) -> str:
    """The text with one of its digits (at the indices `within`, or anywhere) replaced by another digit."""
    places = [i for i in (range(len(text)) if within is None else within) if text[i] in DIGITS]
    place = rng.choice(places)
    return text[:place] + rng.choice([d for d in DIGITS if d != text[place]]) + text[place + 1 :]


def grouped(text: str, sizes: Iterable[int]) -> str:
    """The text in blocks of these sizes, a blank between them; the last size goes on."""
    blocks: list[str] = []
    size = len(text)
    wanted = iter(sizes)
    while text:
        size = next(wanted, size)
        blocks.append(text[:size])
        text = text[size:]
    return " ".join(blocks)
