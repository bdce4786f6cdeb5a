"""Passport (护照), and any card or visa with a machine-readable zone (ICAO Doc 9303).

Limits, options and result keys: passport of Huawei Cloud OCR; the zone's lines are in `mrz`. What the zone says stands;
of Chinese passports the printed part (`printed`) fills what zones don't have, and is compared with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ocrcli.checks import countries, dates, mrz
from ocrcli.declaration import Choice, Field, Panel, Service
from ocrcli.errors import OcrError
from ocrcli.finding import Check, Crop, DocumentPlace, Finding
from ocrcli.forms import doubt
from ocrcli.forms.found import Found
from ocrcli.forms.results import CONFIDENCE
from ocrcli.limits import Limits
from ocrcli.page import Notice, Reading
from ocrcli.services.cards.passport.printed import print_of
from ocrcli.services.cards.passport.zone import digit_checks, evidence_of, fields_of
from ocrcli.signs import Labels, Number, Title

if TYPE_CHECKING:
    from ocrcli.layout.zones import FoundZone

_ENOUGH = 4  # printed values that make a passport without a readable zone, beside its number or title
_COMPARED = (
    "passport_number",
    "date_of_birth",
    "date_of_expiry",
    "sex",
    "nationality",
    "surname",
    "given_name",
)
_DATES = ("date_of_birth", "date_of_issue", "date_of_expiry")
_LOCAL = ("name", "place_of_birth", "place_of_issue", "issuing_authority")


def read(reading: Reading, options: Mapping[str, Any]) -> Sequence[Finding]:
    """One finding for each zone on the page; without one, the print alone.

    Raises OcrError("not_this_document") where neither a zone nor a printed data page is found.
    """
    from ocrcli.layout.zones import find_zones

    zones = find_zones(reading)
    if not zones:
        return [_of_print(reading, options)]
    places = (DocumentPlace(index=number, count=len(zones)) for number in range(1, len(zones) + 1))
    return [_of_zone(reading, options, found, place) for found, place in zip(zones, places, strict=True)]


def _of_zone(reading: Reading, options: Mapping[str, Any], found: FoundZone, place: DocumentPlace) -> Finding:
    """What the zone says, and of a Chinese document also what is printed above it."""
    from ocrcli.layout.zone_page import page_of

    wanted = options["country_code"]
    chinese = wanted == "CHN" or (wanted == "auto" and found.zone.issuing_state == "CHN")
    printed = print_of(found.print_of(reading), found.zone)[1] if chinese else {}
    lies = page_of(reading, found)
    crops = {"page": Crop(lies.quad, lies.face.ratio)}
    if lies.portrait:
        crops["portrait"] = Crop(lies.portrait)
    return replace(_finding(found, printed, replace(place, quad=lies.on_page), reading.today), crops=crops)


def _of_print(reading: Reading, options: Mapping[str, Any]) -> Finding:
    """The printed data page of a passport whose zone cannot be read."""
    sheet, printed = print_of(reading, None)
    if options["country_code"] == "GENERAL":
        printed = {}
    titled = any("护照" in line.text or "PASSPORT" in line.text.upper() for line in reading.lines)
    if len({key.partition("/")[0] for key in printed}) < _ENOUGH or not (titled or "passport_number" in printed):
        raise OcrError(
            "not_this_document",
            "no machine-readable zone (2 or 3 lines of A-Z, 0-9 and <) and no printed data page was found; "
            "take the picture with the whole page in it, sharp to its lower edge",
        )
    counts = Counter(value.key for value in sheet.values if value.rows)
    if sum(count > 1 for count in counts.values()) >= _ENOUGH:
        raise OcrError(
            "same_side_twice",
            "the picture shows two passports without a readable zone, whose print cannot be told apart: "
            "cut it in two, or take the machine-readable zones in",
        )
    return _finding(None, printed, DocumentPlace(), reading.today)


def _finding(found: FoundZone | None, printed: Mapping[str, Found], place: DocumentPlace, today: date) -> Finding:
    fields: dict[str, Any] = {**fields_of(found.zone), "mrz": list(found.zone.lines)} if found else {"mrz": []}
    evidence = evidence_of(found, today) if found else {}
    for key, value in printed.items():
        if key in _KEYS and not fields.get(key):
            fields[key], evidence[key] = value.text, value.evidence
    fields["extra_info"] = {key: printed[f"{key}/local"].text for key in _LOCAL if f"{key}/local" in printed}
    values = {key: seen for key, seen in evidence.items() if "/" not in key}
    return Finding(
        fields={key: fields.get(key) for key in _KEYS},
        checks=tuple(_checks(found, fields, printed, today)),
        evidence=evidence,
        notices=(*(() if found else (_NO_ZONE,)), *doubt.notices(values)),
        document=place,
    )


def _checks(
    found: FoundZone | None, fields: Mapping[str, Any], printed: Mapping[str, Found], today: date
) -> Iterator[Check]:
    if found is None:
        yield Check(mrz.TD3.rule.id, mrz.TD3.rule.standard, ("mrz",), None, message="no zone was read")
    else:
        yield from digit_checks(found)
    compared = [key for key in _COMPARED if found and key in printed and fields.get(key)]
    differ = [key for key in compared if _letters(printed[key].text) != _letters(fields[key])]
    said = "; ".join(f"{key}: zone {fields[key]}, print {printed[key].text}" for key in differ)
    agree = not differ if compared else None
    yield Check(mrz.PRINT.id, mrz.PRINT.standard, tuple(differ or compared or _COMPARED), agree, message=said or None)
    codes = [fields[key] for key in ("country_code", "nationality") if fields.get(key)]
    faults = [fault for code in dict.fromkeys(codes) if (fault := countries.fault(code))]
    rule = countries.RULE
    known = not faults if len(codes) == 2 or faults else None
    yield Check(rule.id, rule.standard, ("country_code", "nationality"), known, message="; ".join(faults) or None)
    days = [fields.get(key) for key in _DATES]
    issued = fields.get("date_of_issue")
    late = dates.order_fault(*days) or (dates.future_fault(issued, today) if issued else None)
    known = late is None if sum(day is not None for day in days) > 1 else None
    yield Check(dates.ORDER.id, dates.ORDER.standard, _DATES, known, message=late)


def _letters(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


_NO_ZONE = Notice("mrz_unreadable", "no machine-readable zone could be read: the values are those of the print", "mrz")
_FIELDS = (
    Field("passport_type", "document code: P for passports; of cards and visas as the zone has it"),
    Field("country_code", "issuing state, ISO 3166-1 and ICAO 9303-3", required=True),
    Field("passport_number", "number of the document", required=True),
    Field("nationality", "the holder's nationality", required=True),
    Field("surname", "surname in Latin letters", required=True),
    Field("given_name", "given names in Latin letters"),
    Field("sex", "M, F or X"),
    Field("date_of_birth", "YYYY-MM-DD", required=True),
    Field("date_of_expiry", "YYYY-MM-DD", required=True),
    Field("date_of_issue", "YYYY-MM-DD, of the printed zone"),
    Field("place_of_birth", "in Latin letters, of the printed zone"),
    Field("place_of_issue", "in Latin letters, of the printed zone"),
    Field("issuing_authority", "in Latin letters, of the printed zone"),
    CONFIDENCE,
    Field(
        "extra_info",
        "the same in the local script: name, place_of_birth, place_of_issue, issuing_authority",
        type="object",
    ),
    Field("mrz", "the 2 or 3 lines of the machine-readable zone as printed", type="list"),
)
_KEYS = tuple(field.name for field in _FIELDS)


def _is_zone(text: str) -> bool:
    """True for a line with as many fillers as no other print has."""
    return text.count(mrz.FILLER) > 2


SERVICE = Service(
    name="passport",
    title="Passport",
    title_zh="护照识别",
    panel=Panel.CARDS,
    help="Read a passport, or any card or visa with a machine-readable zone.",
    limits=Limits(formats=("PNG", "JPEG", "BMP", "TIFF"), min_side=15, max_side=8192, min_area_percent=25),
    options=(Choice("country_code", ("auto", "GENERAL", "CHN"), "GENERAL: the zone only; CHN: the printed zone too."),),
    fields=_FIELDS,
    own_read=read,
    type="passport",
    signs=(
        Title(("PASSPORT", "护照"), 0.5),
        Number(r"^[A-Z0-9<]{26,46}$", _is_zone, 0.7),
        Number(r"^P[A-Z<]{4}[A-Z0-9<]{21,41}$", _is_zone, 0.6),
        Labels(
            ("护照号", "国家码", "国籍", "出生地点", "签发地点", "签发机关", "Passport No", "Place of birth"), 4, 0.7
        ),
    ),
    spec="passport",
)
