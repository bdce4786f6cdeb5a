"""Machine-readable zones of travel documents, with all their check digits (ICAO 9303, parts 4 to 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ocrcli.checks.mrz import FILLER, Format, check_digit


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


def zone(layout: Format, holder: Holder) -> list[str]:
    """The zone's lines. What is too long for its place is cut off, as the standard has it for names."""
    values = {
        "document_code": holder.code,
        "issuing_state": holder.state,
        "names": f"{holder.surname}<<{holder.given}".replace(" ", FILLER),
        "number": holder.number,
        "nationality": holder.nationality,
        "birth": f"{holder.birth:%y%m%d}",
        "sex": holder.sex,
        "expiry": f"{holder.expiry:%y%m%d}",
        "optional": holder.optional,
    }
    lines = [FILLER * layout.length] * layout.lines
    for name, (line, start, end) in layout.fields.items():
        lines[line] = _put(lines[line], values.get(name, "").ljust(end - start, FILLER)[: end - start], start)
    # In the standard's order: the composite digit counts the others.
    for digit in layout.check_digits:
        counted = check_digit("".join(lines[line][start:end] for line, start, end in digit.over))
        if counted is None:
            raise ValueError(f"a zone cannot hold these characters: {lines}")
        lines[digit.line] = _put(lines[digit.line], counted, digit.position)
    return lines


def _put(line: str, text: str, start: int) -> str:
    return line[:start] + text + line[start + len(text) :]
