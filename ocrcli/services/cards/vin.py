"""Vehicle identification number (车辆识别代号): a windscreen plate, a sticker, an engraved frame, a form.

Limits and result keys: vin of Huawei Cloud OCR. The number's rules: GB 16735-2019, ISO 3779.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING, Any

from ocrcli.checks import vin
from ocrcli.declaration import Field, Panel, Service
from ocrcli.errors import OcrError
from ocrcli.finding import Check, Evidence, Finding
from ocrcli.forms import doubt
from ocrcli.forms.reread import looks_at, place_of, read_of
from ocrcli.geometry import Quad, around, centre, length, slice_quad, thickness
from ocrcli.limits import Limits
from ocrcli.page import Line, Notice, Reading
from ocrcli.signs import Number

if TYPE_CHECKING:
    from ocrcli.engine.decoding import Guided

_MOST_LOOKS = 4  # places that are looked at again on one page
_LENGTHS = range(15, 21)  # letters and digits that a misread number may have, with the stars around it
_HALF = range(3, 15)  # the same for a part of a number that stands in two boxes
_CLEARLY = 0.9  # a number of less confidence is looked at again
_UNFIT = 12.0  # nats: a line that has to be bent by more has a character too many or too few, and is no number
_NO_SUCH_LETTERS = "it is printed with letters that no number has (I, O, Q)"
_ALIKE = str.maketrans("IO", "10")  # where these are printed all the same, what they stand for
_IMPORT_MARK = "I"  # before the number on labels of imported vehicles: 18 characters, and no number begins with it


@dataclass(frozen=True)
class Candidate:
    """A number that may stand on the page, with the lines that say it. `agreed`: the share of looks that say it."""

    guided: Guided
    lines: tuple[Line, ...]
    agreed: float = 1.0

    @property
    def text(self) -> str:
        """The number."""
        return self.guided.text

    @property
    def quad(self) -> Quad:
        """Its place on the page; the box around both parts of one that is broken in two."""
        if len(self.lines) > 1:
            return around(line.quad for line in self.lines)
        return place_of(self.lines[0], self.guided)

    @property
    def why(self) -> str | None:
        """Why the number is doubtful, None where it is not."""
        fault = None if vin.is_formed(self.text) else _NO_SUCH_LETTERS
        speaks = doubt.BY_CHECK if vin.passes(self.text) else None
        return doubt.reason(self.guided.chars, guided=self.guided, agreed=self.agreed, faults=(fault,), speaks=speaks)

    @property
    def proof(self) -> tuple[bool, bool, float]:
        """The larger, the better proven: by its check character, then by a clear reading."""
        return vin.passes(self.text), not self.why, self.guided.confidence * self.agreed


def read(reading: Reading, options: Mapping[str, Any]) -> Sequence[Finding]:  # noqa: ARG001
    """The number that proves itself best. Raises OcrError("not_this_document") where there is none."""
    found = [_settled(reading, candidate) for candidate in _candidates(reading)[:_MOST_LOOKS]]
    found = sorted(found or _second_looks(reading), key=lambda c: c.proof, reverse=True)
    if not found:
        raise OcrError(
            "not_this_document",
            "no line reads as a vehicle identification number (17 digits and capitals without I, O, Q, digits at the "
            "end); take the picture nearer and straight on",
        )
    best, others = found[0], list(dict.fromkeys(c.text for c in found if c.text != found[0].text))
    guided = best.guided
    rivals = doubt.alternatives(guided)
    evidence = Evidence(guided.confidence, best.quad, best.lines[0].source, guided.plain, best.why or "", rivals)
    return [
        Finding(
            fields={"vin": best.text},
            checks=_checks(best, reading.today),
            evidence={"vin": evidence},
            notices=(*doubt.notices({"vin": evidence}), *_notices(best, others)),
        )
    ]


def _candidates(reading: Reading) -> list[Candidate]:
    """The numbers as they were read at first, the best proven first; of two at one place, the better."""
    whole = [candidate for line in reading.lines if (candidate := _candidate((line,)))]
    taken = {id(line) for candidate in whole for line in candidate.lines}
    parts = [line for line in reading.lines if id(line) not in taken and _count(line) in _HALF]
    broken = [candidate for pair in _pairs(parts) if (candidate := _candidate(pair))]
    return sorted(whole + broken, key=lambda c: c.proof, reverse=True)


def _candidate(lines: tuple[Line, ...]) -> Candidate | None:
    from ocrcli.engine.decoding import lattice_of, read_as
    from ocrcli.engine.grammars import VIN, VIN_MISPRINTED
    from ocrcli.layout.parts import in_a_row

    line = in_a_row(lines)
    if _count(line) < _LENGTHS.start:
        return None
    guided = read_as(lattice_of(line), VIN, inside=True)
    if guided and _is_number(guided, line.text):
        return Candidate(guided, lines)
    printed = read_as(lattice_of(line), VIN_MISPRINTED, inside=True)
    if printed and printed.misfit <= doubt.BENT_NATS and not vin.is_formed(printed.text):
        return Candidate(printed, lines)
    return None


def _is_number(guided: Guided, printed: str) -> bool:
    """True where a line may hold this number, and says it without being bent too much."""
    if not _may_be(guided.text, printed) or _is_part(guided.plain, printed):
        return False
    misprinted = guided.plain.translate(_ALIKE) == guided.text != guided.plain
    return guided.misfit <= _UNFIT or misprinted


def _may_be(number: str, printed: str) -> bool:
    """True for a text that ends in digits (ISO 3779, 4.4) and has letters.

    Accounts and cards have numbers, too: a row of digits must stand alone and prove itself.
    """
    alone = sum(c.isalnum() for c in printed) == len(number)
    proven = vin.passes(number) and vin.names_year(number)
    return number[-4:].isdigit() and (not number.isdigit() or (alone and proven))


def _is_part(found: str, printed: str) -> bool:
    """True where what was found is cut out of a longer word, number, or machine-readable zone."""
    before, _, behind = printed.partition(found)
    touching = [before[-1:], behind[:1]] if behind or before != printed else []
    if before == _IMPORT_MARK and vin.passes(found):
        del touching[0]
    return any(c == "<" or (c.isascii() and c.isalnum()) for c in touching)


def _count(line: Line) -> int:
    """How many letters and digits a line has that a number could have."""
    return sum(c.isascii() and c.isalnum() for c in line.text)


def _pairs(parts: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Two lines that follow each other, on one row or below each other, and together are as long as a number."""
    for first, second in permutations(parts, 2):
        if _count(first) + _count(second) in _LENGTHS and _follows(first.quad, second.quad):
            yield first, second


def _follows(first: Quad, second: Quad) -> bool:
    """True where the second quad goes on where the first ends, or stands right below its beginning."""
    across, along = thickness(first), length(first)
    if not 0.6 < thickness(second) / max(across, 1e-6) < 1.7:
        return False
    ux, uy = (first[1][0] - first[0][0]) / along, (first[1][1] - first[0][1]) / along
    (x, y), (ax, ay), (bx, by) = centre(first), first[0], second[0]
    dx, dy = centre(second)[0] - x, centre(second)[1] - y
    forwards, down = dx * ux + dy * uy, dy * ux - dx * uy
    beside = abs(down) < 0.4 * across and 0 < forwards - (along + length(second)) / 2 + across < 3 * across
    indent = (bx - ax) * ux + (by - ay) * uy
    return beside or (0.6 * across < down < 2.2 * across and abs(indent) < 1.5 * across)


def _settled(reading: Reading, first: Candidate) -> Candidate:
    """The candidate, looked at again where it is unsure."""
    if len(first.lines) > 1 or (vin.passes(first.text) and not first.why and first.guided.confidence >= _CLEARLY):
        return first
    return _together([first, *_candidates_at(reading, first.lines[0].quad)])


def _together(looks: Sequence[Candidate]) -> Candidate:
    """What several looks at one place say together."""
    from ocrcli.engine.grammars import VIN

    found = read_of([look.lines[0] for look in looks], VIN)
    which, guided = 0, looks[0].guided
    if found and _is_number(found.guided, looks[found.which].lines[0].text):
        which, guided = found.which, found.guided
    agreed = sum(look.text == guided.text for look in looks) / len(looks)
    return Candidate(guided, looks[which].lines, agreed)


def _second_looks(reading: Reading) -> list[Candidate]:
    """The numbers that show only in an enlarged or clearer picture: of a line about as long as one, or of a piece."""
    alike = sorted((line for line in reading.lines if _count(line) in _LENGTHS), key=lambda line: -thickness(line.quad))
    pieces = sorted((line for line in reading.lines if _is_piece(line)), key=_count, reverse=True)
    places = [line.quad for line in alike[:_MOST_LOOKS]] or [_stretched(line) for line in pieces[:_MOST_LOOKS]]
    seen = (_candidates_at(reading, quad) for quad in places)
    return [_together(looks) for looks in seen if looks]


def _is_piece(line: Line) -> bool:
    """True for letters and digits without a blank, of which detectors may have lost the rest."""
    text = line.text.strip("*")
    return (
        _count(line) in _HALF
        and all(c in vin.ALPHABET for c in text)
        and any(map(str.isdigit, text))
        and any(map(str.isalpha, text))
    )


def _stretched(line: Line) -> Quad:
    """Where the number stands of which this line is a piece, wherever in it that is."""
    more = (_LENGTHS.stop - _count(line)) / _count(line)
    return slice_quad(line.quad, -more, 1 + more)


def _candidates_at(reading: Reading, quad: Quad) -> list[Candidate]:
    """The numbers that further looks at a place show."""
    return [candidate for line in looks_at(reading, quad) if (candidate := _candidate((line,)))]


def _checks(best: Candidate, today: date) -> tuple[Check, ...]:
    fault = vin.fault(best.text)
    required = vin.must_pass(best.text) or not vin.is_formed(best.text)
    message = fault
    if fault and not required:
        message = f"{fault}; makers of this region ({best.text[0]}) need not use it (ISO 3779)"
    year = vin.year_fault(best.text, today.year) if required else None
    skipped = None if required else "makers of this region need not show the model year at position 10"
    return (
        Check(
            vin.RULE.id,
            vin.RULE.standard,
            ("vin",),
            passed=None if fault and not required else fault is None,
            chose=best.guided.chose,
            message=message,
        ),
        Check(vin.YEAR.id, vin.YEAR.standard, ("vin",), year is None if required else None, message=year or skipped),
    )


def _notices(best: Candidate, others: Sequence[str]) -> Iterator[Notice]:
    if vin.is_formed(best.text) and not vin.passes(best.text) and not vin.must_pass(best.text):
        message = "the number cannot prove itself: its maker's region does not require the check character"
        yield Notice("unproven", f"{message}, and position 9 is none", "vin", best.quad)
    if others:
        yield Notice("other_numbers", f"the picture also shows: {', '.join(others)}", "vin")


SERVICE = Service(
    name="vin",
    title="Vehicle identification number",
    title_zh="VIN码识别",
    panel=Panel.CARDS,
    help="Read a vehicle identification number (VIN).",
    limits=Limits(formats=("PNG", "JPEG", "BMP", "TIFF"), min_side=15, max_side=4096),
    fields=(Field("vin", "the vehicle identification number, 17 characters", required=True),),
    own_read=read,
    type="vin",
    # Accounts and orders have numbers of seventeen digits.
    signs=(Number(r"(?<![A-Z0-9])(?=\d*[A-Z])[A-HJ-NPR-Z0-9]{13}\d{4}(?![A-Z0-9])", vin.passes, 0.6),),
    spec="vin",
)
