"""Passport (护照), and any card or visa with a machine-readable zone (ICAO Doc 9303).

Limits, options and result keys: passport of Huawei Cloud OCR; the zone's lines are in `mrz`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ocrcli.checks import countries, dates, mrz
from ocrcli.declaration import Choice, Field, Panel, Service
from ocrcli.errors import OcrError
from ocrcli.finding import Check, Crop, DocumentPlace, Evidence, Finding
from ocrcli.geometry import Quad
from ocrcli.limits import Limits
from ocrcli.page import Line, Notice, Reading
from ocrcli.signs import Labels, Number, Title

if TYPE_CHECKING:
    from ocrcli.layout.fields import Value
    from ocrcli.layout.zones import FoundZone

_READABLE = 0.8  # a printed value that is less sure is doubtful
_ENOUGH = 4  # printed values that make a passport without a readable zone, beside its number or title

# Which place of the zone gives which field; passport_type, surname and given_name are parts of a place.
_PLACES: dict[str, mrz.FieldName] = {
    "passport_type": "document_code",
    "country_code": "issuing_state",
    "passport_number": "number",
    "nationality": "nationality",
    "surname": "names",
    "given_name": "names",
    "sex": "sex",
    "date_of_birth": "birth",
    "date_of_expiry": "expiry",
}
_GUARDED = {"number": "passport_number", "birth": "date_of_birth", "expiry": "date_of_expiry"}
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
_LABELS = {
    "passport_type": ("类型", "Type"),
    "country_code": ("国家码", "Country Code", "Code"),
    "passport_number": ("护照号码", "护照号", "Passport No.", "Document No."),
    "name": ("姓名", "Name"),
    "surname": ("姓", "Surname"),
    "given_name": ("名", "Given names"),
    "sex": ("性别", "Sex"),
    "nationality": ("国籍", "Nationality"),
    "date_of_birth": ("出生日期", "Date of birth"),
    "place_of_birth": ("出生地点", "Place of birth"),
    "date_of_issue": ("签发日期", "Date of issue"),
    "place_of_issue": ("签发地点", "Place of issue"),
    "date_of_expiry": ("有效期至", "Date of expiry"),
    "issuing_authority": ("签发机关", "Authority"),
}
_TWO_ROWS = ("name", "issuing_authority")
_SIGNATURE = ("持照人签名", "Bearer's signature")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,}/[A-Z][A-Z ]+")  # 浙江/ZHEJIANG
_OFFICE = re.compile(r"administration|department|ministry|embassy|consulate|office", re.IGNORECASE)
_LOCAL = ("name", "place_of_birth", "place_of_issue", "issuing_authority")


@dataclass(frozen=True)
class Printed:
    """A value of the printed zone: in Latin letters (dates YYYY-MM-DD), in the local script, and where it stands."""

    latin: str
    local: str
    evidence: Evidence


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
    printed = _print_above(reading, found) if chinese else {}
    lies = page_of(reading, found)
    crops = {"page": Crop(lies.quad, lies.face.ratio)}
    if lies.portrait:
        crops["portrait"] = Crop(lies.portrait)
    return replace(_finding(found, printed, replace(place, quad=lies.on_page), reading.today), crops=crops)


def _print_above(reading: Reading, found: FoundZone) -> dict[str, Printed]:
    """What is printed on the zone's page, with and without a label."""
    page = found.print_of(reading)
    printed = _printed(page, _values(page))
    told = {
        key: value
        for key, value in _unlabelled(page, found.zone).items()
        if not (key in printed and printed[key].latin)
    }
    return {**printed, **told}


def _of_print(reading: Reading, options: Mapping[str, Any]) -> Finding:
    """The printed data page of a passport whose zone cannot be read."""
    values = _values(reading) if options["country_code"] != "GENERAL" else []
    counts = Counter(value.key for value in values if value.rows)
    printed = _printed(reading, values)
    titled = any("护照" in line.text or "PASSPORT" in line.text.upper() for line in reading.lines)
    if len(printed) < _ENOUGH or not (titled or "passport_number" in printed):
        raise OcrError(
            "not_this_document",
            "no machine-readable zone (2 or 3 lines of A-Z, 0-9 and <) and no printed data page was found; "
            "take the picture with the whole page in it, sharp to its lower edge",
        )
    if sum(count > 1 for count in counts.values()) >= _ENOUGH:
        raise OcrError(
            "same_side_twice",
            "the picture shows two passports without a readable zone, whose print cannot be told apart: "
            "cut it in two, or take the machine-readable zones in",
        )
    return _finding(None, printed, DocumentPlace(), reading.today)


def _finding(found: FoundZone | None, printed: Mapping[str, Printed], place: DocumentPlace, today: date) -> Finding:
    fields, evidence = _zone_fields(found) if found else ({"mrz": []}, {})
    for key, value in printed.items():
        if key in _KEYS and not fields.get(key) and value.latin:
            fields[key], evidence[key] = value.latin, value.evidence
    local = {key: value.local for key, value in printed.items() if key in _LOCAL and value.local}
    fields["confidence"] = {key: round(evidence[key].confidence, 4) for key in fields if key in evidence}
    fields["extra_info"] = local
    return Finding(
        fields={key: fields.get(key) for key in _KEYS},
        checks=tuple(_checks(found, fields, printed, today)),
        evidence=evidence,
        notices=tuple(_notices(found, evidence)),
        document=place,
    )


# The machine-readable zone.


def _zone_fields(found: FoundZone) -> tuple[dict[str, Any], dict[str, Evidence]]:
    zone = found.zone
    fields: dict[str, Any] = {
        "mrz": list(zone.lines),
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
    places = {key: zone.format.fields[place] for key, place in _PLACES.items()}
    if fields["passport_type"] == "P":
        places["passport_type"] = (0, 0, 1)
    evidence = {key: _evidence(found, span) for key, span in places.items() if fields[key]}
    for number in range(len(zone.lines)):
        evidence[f"mrz/{number}"] = _evidence(found, (number, 0, zone.format.length))
    return fields, evidence


def _evidence(found: FoundZone, span: mrz.Span) -> Evidence:
    """Where a place of the zone stands, and how clear it is."""
    number, start, end = span
    line = found.lines[number]
    sure = [char.confidence for char in line.guided.chars[start:end]]
    return Evidence(
        confidence=sum(sure) / len(sure),
        quad=found.quad(span),
        source="mrz",
        plain=line.guided.plain,
        doubtful=line.doubtful(start, end),
    )


# The printed zone.


def _values(reading: Reading) -> list[Value]:
    """Every printed label of a passport with its value."""
    from ocrcli.layout.fields import read_values
    from ocrcli.layout.labels import Label, Where

    labels = [
        Label(key, forms, Where.EITHER, lines=2 if key in _TWO_ROWS else 1, stop=_SIGNATURE)
        for key, forms in _LABELS.items()
    ]
    return read_values(reading, labels)


def _printed(reading: Reading, values: Sequence[Value]) -> dict[str, Printed]:
    """The printed values by key, as far as they have the form that they must have."""
    from ocrcli.layout.fields import best_values

    printed = {
        key: _as_printed(key, value.text, value.confidence or 0.0, value.quad, reading)
        for key, value in best_values(values).items()
        if value.rows
    }
    names = printed.get("name")
    if names and "," in names.latin:
        parts = (part.strip() for part in names.latin.split(",", 1))
        printed |= {
            key: Printed(part, "", names.evidence) for key, part in zip(("surname", "given_name"), parts, strict=True)
        }
    return {key: value for key, value in printed.items() if value.latin or value.local}


def _unlabelled(reading: Reading, zone: mrz.Zone) -> dict[str, Printed]:
    """What tells itself without its label: the day that is neither birth nor expiry, two places, an office."""
    issued = [
        line for line in reading.lines if (day := dates.parse(line.text)) and day not in (zone.birth, zone.expiry)
    ]
    places = [line for line in reading.lines if _PLACE.fullmatch(line.text) and "中国" not in line.text]
    lines: dict[str, Line] = {}
    if len(issued) == 1:
        lines["date_of_issue"] = issued[0]
    if len(places) == 2:  # the reading's order is the print's: birth stands above issue
        lines |= zip(("place_of_birth", "place_of_issue"), places, strict=True)
    offices = [line for line in reading.lines if _OFFICE.search(line.text)]
    if len(offices) == 1:
        lines["issuing_authority"] = offices[0]
    return {key: _as_printed(key, line.text, line.confidence, line.quad, reading) for key, line in lines.items()}


def _as_printed(key: str, text: str, confidence: float, quad: Quad | None, reading: Reading) -> Printed:
    from ocrcli.layout.cards import at_edge

    text = text.strip()
    cut = quad is not None and at_edge(reading, quad)
    evidence = Evidence(confidence, quad, reading.source, plain=text, doubtful=cut or confidence < _READABLE)
    latin = " ".join(re.sub(r"[^\x20-\x7e]+", " ", text).strip(" /").split())
    local = "".join(re.findall(r"[\u3400-\u9fff]+", text))
    return Printed(_normal(key, text, latin), local, evidence)


def _normal(key: str, text: str, latin: str) -> str:
    """A printed value in the form that records have; empty where it has not the form it must have."""
    bare = re.sub(r"[^A-Z0-9]", "", latin.upper())
    match key:
        case "date_of_birth" | "date_of_issue" | "date_of_expiry":
            return dates.parse(text) or ""
        case "passport_number":
            return bare if re.fullmatch(r"[A-Z]{0,2}\d{6,9}", bare) else ""
        case "sex":
            return bare if bare in ("M", "F", "X") else {"男": "M", "女": "F"}.get(text[:1], "")
        case "passport_type":
            return bare if bare in ("P", "W", "G") else ""
        case "country_code":
            return bare if countries.passes(bare) else ""
        case "nationality":
            return "CHN" if "中国" in text or bare == "CHINESE" else bare if countries.passes(bare) else ""
        case "issuing_authority":
            name = re.sub(r"\bP\.? ?R\.? ?(of )?C(hina)?\b\.?", "P.R.China", latin, flags=re.IGNORECASE)
            return name if " " in name or name == "P.R.China" else ""  # a single word is what is left of a label
    return latin


# What is said about it.


def _checks(
    found: FoundZone | None, fields: Mapping[str, Any], printed: Mapping[str, Printed], today: date
) -> Iterator[Check]:
    if found is None:
        yield Check(mrz.TD3.rule.id, mrz.TD3.rule.standard, ("mrz",), None, message="no zone was read")
    else:
        yield from _digit_checks(found)
    compared = [key for key in _COMPARED if found and key in printed and printed[key].latin and fields.get(key)]
    differ = [key for key in compared if _letters(printed[key].latin) != _letters(fields[key])]
    said = "; ".join(f"{key}: zone {fields[key]}, print {printed[key].latin}" for key in differ)
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


def _digit_checks(found: FoundZone) -> Iterator[Check]:
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


def _letters(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _notices(found: FoundZone | None, evidence: Mapping[str, Evidence]) -> Iterator[Notice]:
    if found is None:
        message = "no machine-readable zone could be read: the values are those of the print"
        yield Notice("mrz_unreadable", message, "mrz")
    for key, value in evidence.items():
        if value.doubtful and "/" not in key:
            message = "another reading is nearly as likely, or a part is missing: compare it with the picture"
            yield Notice("doubtful", message, key, value.quad)


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
    Field("confidence", "the confidence of each field, 0 to 1", type="object"),
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
