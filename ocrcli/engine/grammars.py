"""Grammars of the values that documents share. A document's own ones stand in its service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from ocrcli.checks import citizen_id, dates, mrz, plate, registration_number, uscc, vin
from ocrcli.engine.grammar import Grammar, Row, Slot, Sum

DIGITS = "0123456789"
BLANKS = " \u3000"  # the wide blank stands between Chinese characters


def fixed(*slots: tuple[str, int]) -> tuple[Slot, ...]:
    """Slots from pairs of alphabet and count."""
    return tuple(Slot(alphabet, count, count) for alphabet, count in slots)


# Other signs for the same mark.
_ALSO = {"-": "—–−", "<": "〈‹"}


def variants(letters: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The same characters in full width, and capitals in small size (c, o, s, x look the same but for that)."""
    wide = {c: chr(ord(c) + 0xFEE0) for c in sorted(letters) if "!" <= c <= "~"}
    return tuple((c, other + (c.lower() if c.isupper() else _ALSO.get(c, ""))) for c, other in wide.items())


def grammar(
    name: str,
    *rows: Row,
    separators: str = BLANKS,
    accepts: Callable[[str], bool] | None = None,
    fence: str | None = None,
    alike: Mapping[str, str] | None = None,
) -> Grammar:
    """A grammar whose letters may also be printed in full width; blanks may stand anywhere.

    `alike`: characters that are no letters of this grammar, by the letter that they are taken for.
    """
    letters = {c for row in rows for slot in row.slots for c in slot.alphabet}
    also = tuple((alike or {}).items())
    return Grammar(name, rows, separators, (*variants(letters), *also), accepts, fence)


# ISO 7064 MOD 11-2: places weigh 1, 2, 4, ... from the right, X is ten, the remainder is 1.
_MOD_11_2 = Sum(11, 1, lambda place, c: pow(2, -1 - place, 11) * (10 if c == "X" else int(c)))
CITIZEN_ID = grammar(
    "citizen_id",
    Row(fixed((DIGITS, 17), (DIGITS + "X", 1)), (_MOD_11_2,)),
    accepts=citizen_id.passes,
    fence=DIGITS,
)

# Places weigh 1, 3, 9, ... modulo 31 from the left; the check character makes the sum nought.
_MOD_31_3 = Sum(31, 0, lambda place, c: (1 if place == -1 else pow(3, 18 + place, 31)) * uscc.ALPHABET.index(c))
USCC = grammar("uscc", Row(fixed((uscc.ALPHABET, 2), (DIGITS, 6), (uscc.ALPHABET, 10)), (_MOD_31_3,)))

REGISTRATION_NUMBER = grammar(
    "registration_number", Row(fixed((DIGITS, 15))), accepts=registration_number.passes
)  # MOD 11,10 is no sum of terms


def _vin_term(place: int, character: str) -> int | None:
    """Position 9 shows the weighted sum of the others; there X is ten and no other letter stands."""
    if place != -9:
        return vin.VALUES[character] * vin.WEIGHTS[place]
    return -"0123456789X".index(character) if character in "0123456789X" else None


# Makers outside China and North America need not use the check character: their numbers may stand though they fail.
VIN = grammar(
    "vin",
    Row(fixed((vin.ALPHABET, 17)), (Sum(11, 0, _vin_term),)),
    separators=BLANKS + "*★☆",  # stars often frame it
    fence=vin.ALPHABET,
)
# A number with letters that none may have (I, O, Q), to be told as it is printed. It looks like one all the same: of a
# region that must use the check character.
_PRINTED = DIGITS + mrz.CAPITALS
VIN_MISPRINTED = grammar(
    "vin_misprinted",
    Row(fixed(("".join(sorted(vin.CHECKED_REGIONS)), 1), (_PRINTED, 7), (DIGITS + "X", 1), (_PRINTED, 4), (DIGITS, 4))),
    separators=BLANKS + "*★☆",
    fence=_PRINTED,
)


def _luhn_term(place: int, character: str) -> int:
    """Every second digit from the right counts double, its two digits added."""
    return int(character) if place % 2 else sum(divmod(2 * int(character), 10))


_LUHN = Sum(10, 0, _luhn_term)
BANK_PAN = grammar("bank_pan", *(Row(fixed((DIGITS, n)), (_LUHN,)) for n in range(12, 20)))

INVOICE_CODE = grammar("invoice_code", Row(fixed((DIGITS, 10))), Row(fixed((DIGITS, 12))))
INVOICE_NUMBER = grammar("invoice_number", Row(fixed((DIGITS, 8))), Row(fixed((DIGITS, 20))))

# Currency signs and the commas between thousands are no part of the value.
AMOUNT = grammar(
    "amount",
    Row((Slot("-", 0), Slot(DIGITS, 1, 12), Slot("."), Slot(DIGITS, 2, 2))),
    Row((Slot("-", 0), Slot(DIGITS, 1, 12))),
    separators=BLANKS + "¥￥,，",
    fence=DIGITS + ".",
)

_DAY = (Slot(DIGITS, 4, 4), Slot(DIGITS, 1, 2), Slot(DIGITS, 1, 2))


def _date(first: str, second: str, last: str = "") -> tuple[Slot, ...]:
    year, month, day = _DAY
    return (year, Slot(first), month, Slot(second), day, *((Slot(last),) if last else ()))


_DATES = (_date("年", "月", "日"), *(_date(mark, mark) for mark in ".-/"), fixed((DIGITS, 8)))
DATE = grammar("date", *map(Row, _DATES), accepts=lambda text: dates.parse(text) is not None, fence=DIGITS)

_ENDLESS = (Slot("长"), Slot("期"))
PERIOD = grammar(
    "period",
    *(
        Row((*start, Slot("-至" if start is not _DATES[0] else "至-"), *end))
        for start in _DATES
        for end in (start, _ENDLESS)
    ),
    accepts=lambda text: dates.period(text) is not None,
    fence=DIGITS,
)


def plates(*kinds: plate.Kind) -> Grammar:
    """Plates of these kinds."""
    rows = [Row(fixed(*form)) for kind, form in plate.FORMS if kind in kinds]
    marks = BLANKS + "·•・∙.．-—:："  # the dot between authority and serial, and what it is taken for
    return grammar("plate", *rows, separators=marks, accepts=plate.passes)


# Army plates have no province: a plate whose province is hard to read would pass for one.
PLATE = plates(*(kind for kind in plate.Kind if kind is not plate.Kind.ARMY))

_CAPITALS = mrz.CAPITALS + mrz.FILLER
_ANY = mrz.DIGITS + _CAPITALS
# Lines of names have no digits: what looks like one is the letter that OCR-B shapes like it.
_NO_DIGITS = {"O": "0", "I": "1|", "S": "5", "B": "8", "Z": "2", "G": "6"}
_MRZ_ALPHABETS: dict[mrz.FieldName, str] = {
    "issuing_state": _CAPITALS,
    "nationality": _CAPITALS,
    "names": _CAPITALS,
    "birth": mrz.DIGITS + mrz.FILLER,
    "sex": "MF" + mrz.FILLER,
    "expiry": mrz.DIGITS + mrz.FILLER,
}


def _mrz_term(digit: mrz.CheckDigit, length: int, place: int, character: str) -> int:
    """Weights 7, 3, 1 over the guarded characters; the check digit takes its value off."""
    value = mrz.value(character) or 0
    position = length + place
    if position == digit.position:
        return -value
    guarded = [column for _, start, end in digit.over for column in range(start, end)]
    return (7, 3, 1)[guarded.index(position) % 3] * value if position in guarded else 0


def _mrz_line(layout: mrz.Format, line: int) -> Grammar:
    """One line of a zone, bound by the check digits that stand in it over itself."""
    alphabets = [_ANY] * layout.length
    for name, (where, start, end) in layout.fields.items():
        if where == line:
            alphabets[start:end] = [_MRZ_ALPHABETS.get(name, _ANY)] * (end - start)
    if line == 0:  # the document code: a letter, and on cards sometimes a digit behind it
        alphabets[:2] = [mrz.CAPITALS, _ANY if layout is mrz.TD1 else _CAPITALS]
    own = [d for d in layout.check_digits if d.line == line and all(where == line for where, _, _ in d.over)]
    for digit in (d for d in layout.check_digits if d.line == line):
        alphabets[digit.position] = mrz.DIGITS + (mrz.FILLER if digit.name == "optional" else "")
    sums = {d.name: Sum(10, 0, partial(_mrz_term, d, layout.length)) for d in own}
    rows = [Row(fixed(*((a, 1) for a in alphabets)), tuple(sums.values()))]
    goes_on = next((d for d in own if d.name == "number" and layout in (mrz.TD1, mrz.TD2)), None)
    if goes_on:  # a number of more than nine characters has its check digit behind it, at no fixed place
        alphabets[goes_on.position] = mrz.FILLER
        rows.append(Row(fixed(*((a, 1) for a in alphabets)), tuple(s for n, s in sums.items() if n != "number")))
    accepts = partial(mrz.number_passes, layout) if goes_on else None
    if layout.fields["names"][0] == line:
        accepts = partial(mrz.names_pass, layout)
    no_digits = not any(set(alphabet) & set(mrz.DIGITS) for alphabet in alphabets)
    return grammar(f"{layout.name} line {line + 1}", *rows, accepts=accepts, alike=_NO_DIGITS if no_digits else None)


MRZ_LINES: dict[str, tuple[Grammar, ...]] = {
    layout.name: tuple(_mrz_line(layout, line) for line in range(layout.lines)) for layout in mrz.FORMATS
}
