"""What a machine-readable zone says, in the service's keys: where it stands, why it is doubtful, its check digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ocrcli.checks import countries, mrz
from ocrcli.engine.grammar import MOST_RIVALS
from ocrcli.finding import Alternative, Check, Evidence
from ocrcli.forms import doubt

if TYPE_CHECKING:
    from ocrcli.layout.zone_lines import ZoneLine
    from ocrcli.layout.zones import FoundZone

# Which place of the zone gives which key.
_PLACES: Mapping[str, mrz.FieldName] = {
    "passport_type": "document_code",
    "country_code": "issuing_state",
    "passport_number": "number",
    "nationality": "nationality",
    "surname": "surname",
    "given_name": "given",
    "sex": "sex",
    "date_of_birth": "birth",
    "date_of_expiry": "expiry",
}
_GUARDED = {"number": "passport_number", "birth": "date_of_birth", "expiry": "date_of_expiry"}
_NAMES = ("surname", "given_name")


def fields_of(zone: mrz.Zone) -> dict[str, Any]:
    """The zone's values by result key; None for those that it has no place for."""
    values: dict[str, Any] = {
        # The second letter is the issuer's own kind (PO, PD); the print says P.
        "passport_type": "P" if zone.document_code.startswith("P") else zone.document_code,
        "country_code": zone.issuing_state,
        "passport_number": zone.number,
        "nationality": zone.nationality,
        "surname": zone.surname,
        "given_name": zone.given_names,
        "sex": zone.sex,
        "date_of_birth": zone.birth,
        "date_of_expiry": zone.expiry,
    }
    return {key: values[key] if _PLACES[key] in mrz.places_of(zone) else None for key in values}


def evidence_of(found: FoundZone, today: date) -> dict[str, Evidence]:
    """Where each of the zone's values stands and how clear it is; and each line, as `mrz/0` and on.

    A line is as doubtful as the values in it.
    """
    zone = found.zone
    places = mrz.places_of(zone)
    if zone.document_code.startswith("P"):
        places["document_code"] = (0, 0, 1)
    evidence = {}
    for key, value in fields_of(zone).items():
        if value:
            span = places[_PLACES[key]]
            rivals = _alternatives(found, span[0], key, today)
            evidence[key] = _evidence(found, span, _why(found, key, value, span), rivals)
    for number in range(len(zone.lines)):
        whys = [evidence[key].why for key in _PLACES if key in evidence and places[_PLACES[key]][0] == number]
        why = next(filter(None, whys), "") or _why_line(found, number)
        rivals = _alternatives(found, number, "", today)
        evidence[f"mrz/{number}"] = _evidence(found, (number, 0, zone.format.length), why, rivals)
    return evidence


def _evidence(found: FoundZone, span: mrz.Span, why: str, rivals: Iterable[Alternative]) -> Evidence:
    number, start, end = span
    guided = found.lines[number].guided
    confidence = sum(char.confidence for char in guided.chars[start:end]) / (end - start)
    return Evidence(confidence, found.quad(span), "mrz", guided.plain, why, tuple(rivals))


def _why(found: FoundZone, key: str, value: str, span: mrz.Span) -> str:
    """Why a value of the zone is doubtful: what is to be thought of the positions that it stands at."""
    number, start, end = span
    line = found.lines[number]
    # A name ends where a filler stands: whether one does is a part of it.
    judged = range(start, min(end + 1, len(line.guided.chars)) if key in _NAMES else end)
    proven = any(digit.passed for digit in found.zone.digits if _GUARDED.get(digit.name) == key)
    listed = key == "passport_type" or (key in ("country_code", "nationality") and countries.passes(value))
    chars = [line.guided.chars[place] for place in judged]
    why = doubt.reason(
        chars,
        guided=line.guided,
        near=_is_near(line, judged, proven=proven),
        faults=(
            doubt.NOT_OF_FORM if not line.foreign.isdisjoint(judged) else None,
            doubt.DISAGREE if not line.disputed.isdisjoint(judged) else None,
            doubt.RIVAL if line.has_look_alike(judged) else None,
        ),
        speaks=doubt.BY_CHECK if proven else doubt.BY_LIST if listed else None,
        signs=mrz.FILLER,
    )
    return why or ""


def _is_near(line: ZoneLine, places: range, *, proven: bool) -> bool:
    """True where what is doubtful of the line may lie at these positions.

    That is where one of its rivals differs there, and where a character is unclear while others than the listed rivals
    may be near, a check digit chose, or the line had to be bent; a right check digit speaks against the last.
    """
    guided, cut = line.guided, slice(places.start, places.stop)
    if any(text[cut] != guided.text[cut] for text, _ in guided.rivals):
        return True
    unclear = any(char.confidence < doubt.CLEAR_STRICT for char in guided.chars[cut])
    open_list = guided.doubtful and len(guided.rivals) >= MOST_RIVALS - 1
    return unclear and (guided.chose or (not proven and (open_list or guided.misfit > doubt.BENT_NATS)))


def _why_line(found: FoundZone, number: int) -> str:
    """Why what stands beside the values of a line is doubtful."""
    line = found.lines[number]
    faults = (
        doubt.NOT_OF_FORM if line.foreign else None,
        doubt.DISAGREE if line.disputed else None,
        doubt.RIVAL if line.has_look_alike(range(len(line.guided.text))) else None,
    )
    sound = all(digit.passed for digit in found.zone.digits) and bool(found.zone.digits)
    near = not sound or line.guided.chose or bool(line.guided.rivals)
    return doubt.reason(guided=line.guided, near=near, faults=faults) or ""


def _alternatives(found: FoundZone, number: int, key: str, today: date) -> Iterator[Alternative]:
    """What the value would be if another reading of its line stood; for a line, that reading."""
    zone, shares = found.zone, dict[str, float]()
    for text, share in found.lines[number].guided.rivals:
        other = mrz.parse([*zone.lines[:number], text, *zone.lines[number + 1 :]], today)
        value = text if not key else fields_of(other)[key] if other else None
        if value and value != (fields_of(zone)[key] if key else zone.lines[number]):
            shares[value] = shares.get(value, 0.0) + share
    return (Alternative(text, share) for text, share in shares.items())


def digit_checks(found: FoundZone) -> Iterator[Check]:
    """One check for each check digit of the zone, named by what it guards."""
    rule = found.zone.format.rule
    for place, digit in zip(found.zone.format.check_digits, found.zone.digits, strict=True):
        message = f"the check digit of {digit.name} is {digit.printed}, it should be {digit.expected or 'another'}"
        yield Check(
            rule.id,
            rule.standard,
            (_GUARDED[digit.name], "mrz") if digit.name in _GUARDED else ("mrz",),
            digit.passed,
            chose=found.lines[place.line].guided.chose,
            message=None if digit.passed else message,
        )
