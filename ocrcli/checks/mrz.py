"""The machine-readable zone of passports, cards and visas, ICAO Doc 9303 parts 3 to 7.

Five formats: TD1 (cards, 3 × 30), TD2 (2 × 36), TD3 (passports, 2 × 44), MRV-A and MRV-B (visas, 2 × 44 and 2 × 36);
and a national one, that of French identity cards of 1988 to 2021 (2 × 36).
Check digits (part 3, section 4.9): weights 7, 3, 1 in turn, digits as they are, A-Z 10-35, the filler < 0, modulo 10. A
changed character is found wherever the two values differ modulo 10: a digit for another digit always; 0, A, K, U and <
stand for each other unnoticed, and so on.

>>> lines = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
>>> zone = parse(lines, date(2012, 1, 1))  # the specimen of part 4, appendix B
>>> zone.surname, zone.given_names, zone.number, zone.birth, zone.expiry, zone.passed
('ERIKSSON', 'ANNA MARIA', 'L898902C3', '1974-08-12', '2012-04-15', True)
>>> check_digit("520727"), check_digit("AB2134<<<")  # the worked examples of part 3, appendix A
('3', '5')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ocrcli.checks import Rule

FILLER = "<"
DIGITS = "0123456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DOCUMENTS = "ACIPV"  # first letters of document codes: cards, passports, visas (parts 4 to 7)
_VALUES = {c: k for k, c in enumerate(DIGITS + CAPITALS)} | {FILLER: 0}

TD1_RULE = Rule("mrz-td1", "ICAO Doc 9303 parts 3 and 5", "check digit")
TD2_RULE = Rule("mrz-td2", "ICAO Doc 9303 parts 3 and 6", "check digit")
TD3_RULE = Rule("mrz-td3", "ICAO Doc 9303 parts 3 and 4", "check digit")
MRV_A_RULE = Rule("mrz-mrva", "ICAO Doc 9303 parts 3 and 7", "check digit")
IDFRA_RULE = Rule("mrz-idfra", "French national layout, digits as in ICAO Doc 9303 part 3", "check digit")
MRV_B_RULE = Rule("mrz-mrvb", "ICAO Doc 9303 parts 3 and 7", "check digit")
PRINT = Rule("mrz-vs-print", "ICAO Doc 9303", "agreement")

FieldName = Literal[
    "document_code",
    "issuing_state",
    "names",
    "surname",
    "given",
    "number",
    "nationality",
    "birth",
    "sex",
    "expiry",
    "optional",
    "optional2",
]
Span = tuple[int, int, int]  # line, first position, position behind the last; all from 0


@dataclass(frozen=True, slots=True)
class CheckDigit:
    """A check digit: what it guards, where it stands (line, position), what it is counted over, in order."""

    name: str
    line: int
    position: int
    over: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """One of the standard's layouts."""

    name: str
    rule: Rule
    lines: int
    length: int
    fields: dict[FieldName, Span]
    check_digits: tuple[CheckDigit, ...]

    def __hash__(self) -> int:
        return hash(self.name)


def _two_lines(name: str, rule: Rule, length: int, check_digits: tuple[CheckDigit, ...], optional_end: int) -> Format:
    """TD2, TD3 and the visas differ in length, and in what stands behind position 28 of the second line."""
    common = (
        CheckDigit("number", 1, 9, ((1, 0, 9),)),
        CheckDigit("birth", 1, 19, ((1, 13, 19),)),
        CheckDigit("expiry", 1, 27, ((1, 21, 27),)),
    )
    fields: dict[FieldName, Span] = {
        "document_code": (0, 0, 2),
        "issuing_state": (0, 2, 5),
        "names": (0, 5, length),
        "number": (1, 0, 9),
        "nationality": (1, 10, 13),
        "birth": (1, 13, 19),
        "sex": (1, 20, 21),
        "expiry": (1, 21, 27),
        "optional": (1, 28, optional_end),
    }
    return Format(name, rule, 2, length, fields, common + check_digits)


TD1 = Format(
    "TD1",
    TD1_RULE,
    3,
    30,
    {
        "document_code": (0, 0, 2),
        "issuing_state": (0, 2, 5),
        "number": (0, 5, 14),
        "optional": (0, 15, 30),
        "birth": (1, 0, 6),
        "sex": (1, 7, 8),
        "expiry": (1, 8, 14),
        "nationality": (1, 15, 18),
        "optional2": (1, 18, 29),
        "names": (2, 0, 30),
    },
    (
        CheckDigit("number", 0, 14, ((0, 5, 14),)),
        CheckDigit("birth", 1, 6, ((1, 0, 6),)),
        CheckDigit("expiry", 1, 14, ((1, 8, 14),)),
        CheckDigit("composite", 1, 29, ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29))),
    ),
)
TD2 = _two_lines(
    "TD2",
    TD2_RULE,
    36,
    (CheckDigit("composite", 1, 35, ((1, 0, 10), (1, 13, 20), (1, 21, 35))),),
    35,
)
TD3 = _two_lines(
    "TD3",
    TD3_RULE,
    44,
    (
        CheckDigit("optional", 1, 42, ((1, 28, 42),)),
        CheckDigit("composite", 1, 43, ((1, 0, 10), (1, 13, 20), (1, 21, 43))),
    ),
    42,
)
MRV_A = _two_lines("MRV-A", MRV_A_RULE, 44, (), 44)
MRV_B = _two_lines("MRV-B", MRV_B_RULE, 36, (), 36)
# The French identity card (carte nationale d'identité): surname and given names have places of their own; behind the
# surname stand the department and the office of issue; no nationality, no expiry.
IDFRA = Format(
    "IDFRA",
    IDFRA_RULE,
    2,
    36,
    {
        "document_code": (0, 0, 2),
        "issuing_state": (0, 2, 5),
        "surname": (0, 5, 30),
        "optional": (0, 30, 36),
        "number": (1, 0, 12),
        "given": (1, 13, 27),
        "birth": (1, 27, 33),
        "sex": (1, 34, 35),
    },
    (
        CheckDigit("number", 1, 12, ((1, 0, 12),)),
        CheckDigit("birth", 1, 33, ((1, 27, 33),)),
        CheckDigit("composite", 1, 35, ((0, 0, 36), (1, 0, 35))),
    ),
)
FORMATS = (TD1, TD2, TD3, MRV_A, MRV_B)
"""The standard's."""
LAYOUTS = (*FORMATS, IDFRA)
"""All that are read."""
# How the first line of some begins; a French card has no given names there (a TD2 of France has them).
_BEGINNINGS = {re.compile("V"): (MRV_A, MRV_B), re.compile("IDFRA(?!.*<<[A-Z])"): (IDFRA,)}


@dataclass(frozen=True, slots=True)
class DigitCheck:
    """The outcome of one check digit; `expected` is None where a character that no zone has stands in its way."""

    name: str
    printed: str
    expected: str | None
    passed: bool


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone taken apart. Dates are YYYY-MM-DD, None where they are unknown or do not exist; `sex` is M, F or X."""

    format: Format
    lines: tuple[str, ...]
    document_code: str
    issuing_state: str
    surname: str
    given_names: str
    number: str
    nationality: str
    birth: str | None
    sex: str
    expiry: str | None
    optional: tuple[str, ...]
    digits: tuple[DigitCheck, ...]

    @property
    def passed(self) -> bool:
        """True where every check digit is right."""
        return all(digit.passed for digit in self.digits)


def value(character: str) -> int | None:
    """What a character counts in a check digit, None for one that no zone has."""
    return _VALUES.get(character)


def check_digit(text: str) -> str | None:
    """The check digit of a text, None where it has a character that no zone has."""
    values = [_VALUES.get(c) for c in text]
    known = [v for v in values if v is not None]
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(known)) % 10) if len(known) == len(values) else None


def format_of(lines: Sequence[str]) -> Format | None:
    """The format that lines of this number and length have; a document code V makes a visa, IDFRA a French card."""
    shape = (len(lines), *{len(line) for line in lines})
    sized = [layout for layout in LAYOUTS if shape == (layout.lines, layout.length)]
    for beginning, own in _BEGINNINGS.items():
        known = [layout for layout in sized if layout in own]
        if known and beginning.match(lines[0]):
            return known[0]
        sized = [layout for layout in sized if layout not in own]
    return sized[0] if sized else None


def parse(lines: Sequence[str], today: date) -> Zone | None:
    """The zone in 2 or 3 lines without blanks, None where their number or length is no format's.

    Two-digit years are the nearest to `today` that make sense: the latest past birth, an expiry within 50 years.
    """
    layout = format_of(lines)
    if layout is None:
        return None

    def field(name: FieldName) -> str:
        return _cut(lines, layout.fields[name]) if name in layout.fields else ""

    number, digits = _number_and_digits(layout, lines)
    surname, given = (
        _names(field("names")) if "names" in layout.fields else _own_names(field("surname"), field("given"))
    )
    born = _birth(field("birth"), today)
    expires = _expiry(field("expiry"), today, born)
    return Zone(
        format=layout,
        lines=tuple(lines),
        document_code=_unfilled(field("document_code")),
        issuing_state=_unfilled(field("issuing_state")),
        surname=surname,
        given_names=given,
        number=number,
        nationality=_unfilled(field("nationality")),
        birth=born.isoformat() if born else None,
        sex=field("sex") if field("sex") in ("M", "F") else "X",
        expiry=expires.isoformat() if expires else None,
        optional=tuple(_unfilled(field(name)) for name in ("optional", "optional2") if name in layout.fields),
        digits=digits,
    )


def fault(lines: Sequence[str]) -> str | None:
    """What is wrong with a zone, None where nothing is."""
    layout = format_of(lines)
    if layout is None:
        return "a zone has 3 lines of 30 characters, or 2 of 36 or 44"
    _, digits = _number_and_digits(layout, lines)
    wrong = [digit for digit in digits if not digit.passed]
    if not wrong:
        return None
    return "; ".join(
        f"the check digit of {d.name} is {d.printed}, it should be {d.expected or 'another'}" for d in wrong
    )


def passes(lines: Sequence[str]) -> bool:
    """True where lines have a format's shape and every check digit is right."""
    return fault(lines) is None


def number_passes(layout: Format, line: str) -> bool:
    """True where the document number's check digit is right in the one line that holds it."""
    place = layout.fields["number"][0]
    lines = [line if i == place else FILLER * layout.length for i in range(layout.lines)]
    _, digits = _number_and_digits(layout, lines)
    return all(digit.passed for digit in digits if digit.name == "number")


def places_of(zone: Zone) -> dict[FieldName, Span]:
    """Where each field stands in the zone's lines; surname and given names as far as their own letters reach."""
    places = dict(zone.format.fields)
    if "names" in places:
        line, start, end = places["names"]
        behind = start + len(zone.surname)
        places["surname"] = (line, start, behind)
        places["given"] = (line, min(behind + 2, end), min(behind + 2 + len(zone.given_names), end))
    for name, text in (("number", zone.number), ("surname", zone.surname), ("given", zone.given_names)):
        line, start, end = places[name]  # type: ignore[index]
        places[name] = (line, start, min(end, start + max(1, len(text))))  # type: ignore[index]
    return places


def _cut(lines: Sequence[str], span: Span) -> str:
    line, start, end = span
    return lines[line][start:end]


def _unfilled(text: str) -> str:
    return text.replace(FILLER, " ").strip()


def _names(text: str) -> tuple[str, str]:
    """Surname and given names: two fillers stand between them, one for each blank or hyphen."""
    surname, _, given = text.strip(FILLER).partition(FILLER * 2)
    return _unfilled(surname), _unfilled(given)


def _own_names(surname: str, given: str) -> tuple[str, str]:
    """Names with places of their own: fillers between words, however many."""
    return " ".join(_unfilled(surname).split()), " ".join(_unfilled(given).split())


def _number_and_digits(layout: Format, lines: Sequence[str]) -> tuple[str, tuple[DigitCheck, ...]]:
    """The document number and all check digits.

    A number longer than nine characters (TD1, TD2: parts 5 and 6, 4.2.2) has < for its check digit and goes on in the
    optional data, up to the first <; the last character there is the check digit.
    """
    first = _cut(lines, layout.fields["number"])
    digits = []
    number = first
    for rule in layout.check_digits:
        text = "".join(_cut(lines, span) for span in rule.over)
        printed = lines[rule.line][rule.position]
        if rule.name == "number" and printed == FILLER and layout in (TD1, TD2):
            rest, _, _ = _cut(lines, layout.fields["optional"]).partition(FILLER)
            if rest:
                text = number = first + rest[:-1]
                printed = rest[-1]
        digits.append(_judged(rule.name, printed, text))
    return _unfilled(number), tuple(digits)


def _judged(name: str, printed: str, text: str) -> DigitCheck:
    expected = check_digit(text)
    # Where there is no optional data its check digit may be left out (part 4, 4.2.2).
    empty = name == "optional" and printed == FILLER and not text.strip(FILLER)
    return DigitCheck(name, printed, expected, empty or printed == expected)


def _dates(text: str) -> list[date]:
    """The dates that YYMMDD can mean, the earliest first; empty where a part is unknown or no date."""
    if not (text.isascii() and text.isdigit()):
        return []
    found = []
    for century in (1900, 2000, 2100):
        try:
            found.append(date(century + int(text[:2]), int(text[2:4]), int(text[4:6])))
        except ValueError:
            continue
    return found


def _birth(text: str, today: date) -> date | None:
    """The latest past one."""
    return max((d for d in _dates(text) if d <= today), default=None)


def _expiry(text: str, today: date, born: date | None) -> date | None:
    """The one within 50 years of today and after birth."""
    near = (d for d in _dates(text) if -50 <= d.year - today.year < 50)
    return min((d for d in near if born is None or d > born), default=None)
