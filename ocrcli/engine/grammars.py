"""Grammars of the values that documents share. A document's own ones stand in its service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from ocrcli.checks import citizen_id, countries, dates, mrz, plate, registration_number, uscc, vin
from ocrcli.engine.grammar import Grammar, Row, Slot, Sum, Words

DIGITS = "0123456789"
BLANKS = " \u3000"  # the wide blank stands between Chinese characters


def fixed(*slots: tuple[str, int]) -> tuple[Slot, ...]:
    """Slots from pairs of alphabet and count."""
    return tuple(Slot(alphabet, count, count) for alphabet, count in slots)


# Other signs for the same mark; fillers of a zone are also taken for the kana and the bopomofo of that shape.
_ALSO = {"-": "—–−", "<": "〈‹《«くㄑ"}


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

# Plates of new energy, of eight characters: what hangs on green.
PLATE_GREEN = plates(plate.Kind.NEW_ENERGY_SMALL, plate.Kind.NEW_ENERGY_LARGE)

_CAPITALS = mrz.CAPITALS + mrz.FILLER
_ANY = mrz.DIGITS + _CAPITALS
OCR_B_ALIKE = {"O": "0", "I": "1", "S": "5", "B": "8", "Z": "2", "G": "6"}
"""Letters by the digits that OCR-B (ISO 1073-2) shapes like them."""
# Lines of names have no digits: what looks like one is the letter.
_NO_DIGITS = {letter: digit + ("|" if letter == "I" else "") for letter, digit in OCR_B_ALIKE.items()}
_MRZ_ALPHABETS: dict[mrz.FieldName, str] = {
    "issuing_state": _CAPITALS,
    "nationality": _CAPITALS,
    "names": _CAPITALS,
    "surname": _CAPITALS,
    "given": _CAPITALS,
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
    """One line of a zone, bound by the check digits that stand in it over itself, and by what a name looks like."""
    alphabets = [_ANY] * layout.length
    for key, (where, start, end) in layout.fields.items():
        if where == line:
            alphabets[start:end] = [_MRZ_ALPHABETS.get(key, _ANY)] * (end - start)
    if line == 0:  # the document code: on cards sometimes with a digit
        alphabets[:2] = [mrz.DOCUMENTS, _ANY if layout is mrz.TD1 else _CAPITALS]
    if line == 0 and layout is mrz.IDFRA:
        alphabets[:5] = "IDFRA"
    own = [d for d in layout.check_digits if d.line == line and all(where == line for where, _, _ in d.over)]
    for digit in (d for d in layout.check_digits if d.line == line):
        alphabets[digit.position] = mrz.DIGITS + (mrz.FILLER if digit.name == "optional" else "")
    sums = {d.name: Sum(10, 0, partial(_mrz_term, d, layout.length)) for d in own}
    name = f"{layout.name} line {line + 1}"
    if layout.fields.get("names", (None,))[0] == line:
        name = f"line {line + 1} of {layout.lines} × {layout.length}"  # one grammar for documents and visas
        return grammar(name, *_with_names(alphabets[: layout.fields["names"][1]], layout.length), alike=_NO_DIGITS)
    rows = [Row(fixed(*((a, 1) for a in alphabets)), tuple(sums.values()))]
    goes_on = next((d for d in own if d.name == "number" and layout in (mrz.TD1, mrz.TD2)), None)
    if goes_on:  # a number of more than nine characters has its check digit behind it, at no fixed place
        alphabets[goes_on.position] = mrz.FILLER
        rows.append(Row(fixed(*((a, 1) for a in alphabets)), tuple(s for n, s in sums.items() if n != "number")))
    return grammar(name, *rows, accepts=partial(mrz.number_passes, layout) if goes_on else None)


def _with_names(before: Sequence[str], length: int) -> Iterator[Row]:
    """A line that ends in names (ICAO 9303-3, 4.6): primary identifier, two fillers, secondary, fillers to the end.

    Single fillers stand between words; a name that fills the line is cut off; some have no secondary identifier.
    """
    begin, name = fixed(*((a, 1) for a in before)), Words(mrz.CAPITALS, mrz.FILLER)
    fillers = Slot(mrz.FILLER, 0, length)
    yield Row((*begin, name, *fixed((mrz.FILLER, 2)), name, fillers), length=length)
    yield Row((*begin, name, fillers), length=length)


MRZ_LINES: dict[str, tuple[Grammar, ...]] = {
    layout.name: tuple(_mrz_line(layout, line) for line in range(layout.lines)) for layout in mrz.LAYOUTS
}
MRZ_AS_PRINTED: dict[int, Grammar] = {
    length: grammar(f"{length} characters of a zone", Row(fixed((_ANY, length))))
    for length in sorted({layout.length for layout in mrz.LAYOUTS})
}
"""Lines of a zone by their length, whatever stands at each place: what is printed where no rule allows it."""
STATES = grammar(
    "state", *(Row(tuple(map(Slot, code.ljust(3, mrz.FILLER)))) for code in countries.CODES), alike=_NO_DIGITS
)
"""The codes of issuing states and nationalities, filled to three characters."""
