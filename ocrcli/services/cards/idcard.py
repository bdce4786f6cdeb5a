"""Identity card of the Chinese mainland (居民身份证, GA 461): portrait side, emblem side, or both in one picture.

Limits, options and result keys: id-card of Huawei Cloud OCR, in whose sense the front is the portrait side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ocrcli.checks import citizen_id, dates, ethnicity
from ocrcli.declaration import Choice, Field, Flag, LeftOut, Panel, Service
from ocrcli.engine.grammar import Grammar, Row, Slot
from ocrcli.engine.grammars import BLANKS, CITIZEN_ID, DATE, PERIOD, fixed, grammar
from ocrcli.errors import OcrError
from ocrcli.finding import Evidence, Finding
from ocrcli.geometry import Quad, around, whole_px
from ocrcli.limits import Limits
from ocrcli.page import Line, Notice, Reading
from ocrcli.services.cards.idcard_checks import checks_of, verification
from ocrcli.services.cards.idcard_picture import (
    ADDRESS,
    NAME,
    RESULT,
    SIDES,
    VALUES,
    crops_of,
    detected,
    document_of,
    faults_of,
    of_cards,
    pictures,
    places_of,
)
from ocrcli.signs import Labels, Number, Shape, Title

if TYPE_CHECKING:
    from ocrcli.layout.cards import Place
    from ocrcli.layout.fields import Value
    from ocrcli.layout.search import Hit

_KEYS = {
    "front": ("name", "sex", "birth", "ethnicity", "address", "number"),
    "back": ("issue", "valid_from", "valid_to"),
}
_PRINTED = {
    "front": {
        "name": "姓名",
        "sex": "性别",
        "ethnicity": "民族",
        "birth": "出生",
        "address": "住址",
        "number": "公民身份号码",
    },
    "back": {"issue": "签发机关", "period": "有效期限", "title": "居民身份证"},
}
_ROWS = {"address": 4, "issue": 2}
# What a side shows at least: so many of its labels, and one of these sets, which other documents with a name and a
# birth date lack, such as a curriculum vitae.
_LABELS_OF_SIDE = {"front": 3, "back": 2}
_OWN_LABELS = {"front": ({"number"}, {"ethnicity", "address"}), "back": ({"issue"}, {"title"})}
# Titles of documents that share these labels, and the services that read them.
_OTHER_TITLES = {
    "驾驶证": "driver-license",
    "行驶证": "vehicle-license",
    "护照": "passport",
    "通行证": "id-document",
    "居住证": "id-document",
    "常住人口登记卡": "household-register",
}

_SEX = grammar("sex", Row(fixed(("男女", 1))))
_ETHNICITY = Grammar(
    "ethnicity",
    tuple(Row(tuple(map(Slot, name))) for name in (*ethnicity.GROUPS, *ethnicity.OTHERS)),
    separators=BLANKS,
)
_GRAMMARS = {"sex": _SEX, "ethnicity": _ETHNICITY, "birth": DATE, "number": CITIZEN_ID, "period": PERIOD}
_CLOSE_ENOUGH = 6.5  # nats: a print that a grammar must bend by more is told as it stands
_CLEAR = 0.9  # a value seen only at a second look that is less likely is doubtful
_A_DATE = re.compile(r"\d{4}[年.]\d{1,2}[月.]")  # no address or authority holds one: lines were joined wrongly
_SURE = 0.85  # probability below which a single character makes free text doubtful


@dataclass(frozen=True)
class _Found:
    """A printed text in the wording of its field, where it comes from, and what its grammar's check says."""

    text: str
    evidence: Evidence
    passed: bool | None = None
    chose: bool = False


def read(reading: Reading, options: Mapping[str, Any]) -> Sequence[Finding]:
    """The card, its sides in one finding. Raises OcrError("not_this_document", "same_side_twice")."""
    from ocrcli.layout.fields import read_values

    values = read_values(reading, _labels())
    sides = _chosen_sides(_sides(reading, values), options["side"])
    places = places_of(reading, values, sides)
    card = of_cards(reading, places, sides)
    if len(card.lines) < len(reading.lines):  # print around the card says nothing about how the card's rows run
        values = read_values(card, _labels())
    found = dict(_found(card, values, sides))
    found |= _seen_again(reading, places, found)
    fields: dict[str, Any] = dict.fromkeys(key for keys in _KEYS.values() for key in keys)
    fields |= {key: value.text for key, value in found.items()}
    evidence = {key: value.evidence for key, value in found.items()}
    texts = {key: value.text for key, value in found.items()}
    chose = "number" in found and found["number"].chose
    checks = checks_of(texts, sides, reading.today, chose=chose)
    if options["return_verification"]:
        fields["verification_result"] = verification(fields, checks, sides, reading.today)
    if options["return_text_location"]:
        fields["text_location"] = {k: whole_px(e.quad) for k, e in evidence.items() if e.quad}
    notices = [*_doubts(evidence), *faults_of(reading, places)]
    codes = {notice.code for notice in (*reading.notices, *notices)}
    fields |= pictures(places, sides, options) | detected(codes, places, options)
    return [Finding(fields, checks, evidence, notices, document_of(places, sides), crops=crops_of(places))]


def _labels() -> list[Any]:
    from ocrcli.layout.labels import Label

    printed = {key: text for texts in _PRINTED.values() for key, text in texts.items()}
    return [Label(key, (text,), lines=_ROWS.get(key, 1)) for key, text in printed.items()]


def _sides(reading: Reading, values: Sequence[Value]) -> list[str]:
    """The sides that the page shows; an error where one is there twice or the page is another document."""
    _refuse_other_titles(reading)
    sides, parts = list[str](), list[str]()
    for side, printed in _PRINTED.items():
        counts = {key: sum(value.key == key for value in values) for key in printed}
        seen = [key for key, count in counts.items() if count]
        parts += [text for key, text in printed.items() if key in seen]
        if len(seen) < _LABELS_OF_SIDE[side] or not any(own <= set(seen) for own in _OWN_LABELS[side]):
            continue
        if sum(count > 1 for count in counts.values()) >= 2:
            raise OcrError(
                "same_side_twice",
                f"the picture shows {SIDES[side]} of two identity cards; only one card, or the two sides of one, "
                "may be in a picture: cut it in two",
            )
        sides.append(side)
    if not sides:
        labels = f" (only its labels {', '.join(parts)}: it may be cut off or covered)" if len(parts) > 1 else ""
        raise OcrError("not_this_document", f"no whole side of an identity card was found{labels}")
    return sides


def _refuse_other_titles(reading: Reading) -> None:
    """A note such as 仅供办理居住证使用 on a copy is no title: titles end their line."""
    for line in reading.lines:
        for title, service in _OTHER_TITLES.items():
            if line.text.rstrip().endswith(title):
                raise OcrError(
                    "not_this_document",
                    f"this is no identity card: its title is {line.text.strip()}",
                    looks_like=service,
                )


def _chosen_sides(sides: list[str], wanted: str) -> list[str]:
    if wanted == "auto":
        return sides
    asked = ["front", "back"] if wanted == "double_side" else [wanted]
    if not set(asked) <= set(sides):
        shown = " and ".join(SIDES[side] for side in sides)
        raise OcrError(
            "not_this_document",
            f"the picture shows {shown} of an identity card, not {SIDES[wanted]}; use --side auto",
            looks_like="idcard",
        )
    return asked


def _found(reading: Reading, values: Sequence[Value], sides: Sequence[str]) -> Iterator[tuple[str, _Found]]:
    """Each field of these sides that is there."""
    from ocrcli.layout.fields import best_values
    from ocrcli.layout.search import find_by_grammar

    best = best_values(values)
    for key in (key for side in sides for key in _PRINTED[side] if key != "title"):
        value = best.get(key)
        found = _of_label(reading, value, _GRAMMARS.get(key)) if value is not None and value.rows else None
        if key in ("number", "period") and (found is None or found.passed is None):
            hits = find_by_grammar(reading.lines, _GRAMMARS[key])
            found = _of_hit(hits[0]) if hits else found
        if found is not None:
            yield from _told(key, found)


def _told(key: str, found: _Found) -> Iterator[tuple[str, _Found]]:
    """The result keys that a printed value gives."""
    if key == "period":
        yield from zip(("valid_from", "valid_to"), _period(found), strict=False)
    elif key == "birth":
        yield key, _as_date(found)
    elif key in ("address", "issue") and _A_DATE.search(found.text):
        yield key, replace(found, evidence=replace(found.evidence, doubtful=True))
    else:
        yield key, found


def _seen_again(reading: Reading, places: Mapping[str, Place], found: Mapping[str, _Found]) -> dict[str, _Found]:
    """Values of a known form that were not found, or not in that form, looked for where they stand on every card."""
    from ocrcli.vision.second_look import enlarged

    told: dict[str, _Found] = {}
    for side, place in places.items():
        for key in _PRINTED[side]:
            before = found.get(RESULT.get(key, key))
            if key in VALUES and (before is None or (before.passed is None and before.evidence.doubtful)):
                again = _of_place(reading, place.at(VALUES[key]), _GRAMMARS[key])
                told |= dict(_told(key, again)) if again else {}
    if "front" in places and ("address" not in found or _A_DATE.search(found["address"].text)):
        address = _address_of_place(places["front"].lines_in(ADDRESS))
        told |= dict(_told("address", address)) if address else {}
    if "front" in places and "name" not in found:
        line = reading.again(places["front"].at(NAME), enlarged)
        text = "".join(line.text.split())
        unlabelled = Evidence(line.confidence, line.quad, line.source, plain=text, doubtful=True)
        told |= {"name": _Found(text, unlabelled)} if text else {}
    return told


def _address_of_place(lines: Sequence[Line]) -> _Found | None:
    """The address from the lines that stand in its place: its label was missed, or lines of others joined to it."""
    text = "".join("".join(line.text.split()) for line in lines).removeprefix(_PRINTED["front"]["address"])
    if not text:
        return None
    unsure = any(char.confidence < _SURE for line in lines for char in line.chars)
    confidence = sum(line.confidence * len(line.text) for line in lines) / sum(len(line.text) for line in lines)
    evidence = Evidence(confidence, around(line.quad for line in lines), lines[0].source, plain=text, doubtful=unsure)
    return _Found(text, evidence)


def _of_place(reading: Reading, quad: Quad, grammar: Grammar) -> _Found | None:
    """What a second look at this place says, where it says anything that fits."""
    from ocrcli.engine.decoding import lattice_of, read_as
    from ocrcli.vision.second_look import enlarged

    line = reading.again(quad, enlarged)
    guided = read_as(lattice_of(line), grammar, inside=True) if line.text else None
    if guided is None or guided.misfit > _CLOSE_ENOUGH:
        return None
    doubtful = guided.doubtful or guided.confidence < _CLEAR
    evidence = Evidence(guided.confidence, line.quad, line.source, plain=guided.plain, doubtful=doubtful)
    return _Found(guided.text, evidence, guided.passed, guided.chose)


def _of_label(reading: Reading, value: Value, grammar: Grammar | None) -> _Found:
    """The value beside a label, under its grammar where it fits one, else as it is printed."""
    from ocrcli.engine.decoding import lattice_of, read_as
    from ocrcli.layout.cards import at_edge

    text = "".join(value.text.split())
    single = value.parts[0].as_line() if len(value.parts) == 1 else None
    line = single or Line(text, 1.0, value.parts[0].quad)
    guided = read_as(lattice_of(line), grammar, inside=True) if grammar else None
    confidence = value.confidence or 0.0
    source = value.parts[0].line.source
    cut = any(at_edge(reading, part.quad) for part in value.parts)
    unsure = cut or any(char.confidence < _SURE for part in value.parts for char in part.as_line().chars)
    if guided is None or guided.misfit > _CLOSE_ENOUGH:
        doubtful = unsure or grammar is not None
        return _Found(text, Evidence(confidence, value.quad, source, plain=text, doubtful=doubtful))
    # Parts of a value have no lattice together: rivals are known for a value in one piece only.
    doubtful = (guided.doubtful or cut) if single else unsure
    confidence = guided.confidence if single else confidence
    evidence = Evidence(confidence, value.quad, source, plain=value.text, doubtful=doubtful)
    return _Found(guided.text, evidence, guided.passed, guided.chose)


def _of_hit(hit: Hit) -> _Found:
    """A value that was found by its form alone."""
    guided = hit.guided
    evidence = Evidence(guided.confidence, hit.quad, hit.line.source, plain=guided.plain, doubtful=guided.doubtful)
    return _Found(guided.text, evidence, guided.passed, guided.chose)


def _as_date(found: _Found) -> _Found:
    return _Found(_iso(re.findall(r"\d+", found.text)) or found.text, found.evidence, found.passed, found.chose)


def _period(found: _Found) -> Iterator[_Found]:
    """First and last day; one text as it is printed where it is no period."""
    numbers = re.findall(rf"\d+|{dates.LONG_TERM}", found.text)
    start = len(numbers) - 1 if dates.LONG_TERM in numbers else len(numbers) // 2
    for part in (numbers[:start], numbers[start:]):
        text = dates.LONG_TERM if part == [dates.LONG_TERM] else _iso(part)
        if text:
            yield _Found(text, found.evidence, found.passed, found.chose)


def _iso(numbers: Sequence[str]) -> str | None:
    """Printed numbers as YYYY-MM-DD, whether that day exists or not: a wrong date is told as it is printed."""
    if len(numbers) == 1 and len(numbers[0]) == 8:
        numbers = (numbers[0][:4], numbers[0][4:6], numbers[0][6:])
    return "{}-{:0>2}-{:0>2}".format(*numbers) if len(numbers) == 3 else None


def _doubts(evidence: Mapping[str, Evidence]) -> Iterator[Notice]:
    for key, told in evidence.items():
        if told.doubtful:
            yield Notice("doubtful", f"the {key} may be misread: look at the picture", key, quad=told.quad)


SERVICE = Service(
    name="idcard",
    spec="id-card",
    title="Identity card",
    title_zh="身份证识别",
    panel=Panel.CARDS,
    help="Read a Chinese identity card: portrait side, emblem side, or both in one picture.",
    limits=Limits(min_side=15, max_side=8192, min_area_percent=25),
    ctyun="id-card",
    options=(
        Choice("side", ("auto", *SIDES), "Which side the picture shows; front is the portrait."),
        Flag("return_verification", "Put the outcome of the checks into fields.verification_result."),
        Flag("return_text_location", "Put each field's quad into fields.text_location."),
        Flag("return_portrait_location", "Put the portrait's quad into fields.portrait_location."),
        Flag("return_portrait_image", "Put the portrait into fields.portrait_image, as PNG in base64."),
        Flag("return_adjusted_image", "Put the straightened card into fields.adjusted_image, as PNG in base64."),
        Flag("detect_copy", "Say in fields.detect_copy_result whether it is a black-and-white copy."),
        Flag("detect_border_integrity", "Say in fields.detect_border_integrity_result whether a side is cut off."),
        Flag("detect_interim", "Say in fields.detect_interim_result whether it is a temporary card."),
        Flag("detect_blur", "Say in fields.detect_blur_result whether the picture is blurred."),
        Flag("detect_glare", "Say in fields.detect_glare_result whether there is glare on the card."),
    ),
    left_out=(
        LeftOut("detect_reproduce", "ocrcli cannot tell whether a card was photographed from a screen or a print"),
        LeftOut("detect_tampering", "ocrcli cannot tell whether a picture was edited; `checks` say what contradicts"),
        LeftOut(
            "detect_blocking_within_border",
            "ocrcli cannot tell what is covered from what was not read; such values are null or doubtful",
        ),
    ),
    fields=(
        Field("name", "full name"),
        Field("sex", "男 or 女"),
        Field("birth", "date of birth, YYYY-MM-DD"),
        Field("ethnicity", "ethnic group, one of GB/T 3304"),
        Field("address", "registered address"),
        Field("number", "citizen identity number"),
        Field("issue", "issuing police authority"),
        Field("valid_from", "first day of validity, YYYY-MM-DD"),
        Field("valid_to", "last day of validity, YYYY-MM-DD, or 长期"),
        Field(
            "verification_result",
            "valid_number, valid_birth, valid_sex, valid_date (today), valid_validity_period: true, false, or null",
            "object",
            option="return_verification",
        ),
        Field("text_location", "each found field's quad, whole numbers", "object", option="return_text_location"),
        Field(
            "portrait_location", "the portrait's quad, [] on the emblem side", "list", option="return_portrait_location"
        ),
        Field("portrait_image", "PNG in base64, empty for the emblem side", option="return_portrait_image"),
        Field("adjusted_image", "PNG in base64; of two sides the portrait's", option="return_adjusted_image"),
        Field("detect_copy_result", "true for a black-and-white copy", "boolean", option="detect_copy"),
        Field(
            "detect_border_integrity_result",
            "true where the card's border is not complete",
            "boolean",
            option="detect_border_integrity",
        ),
        Field("detect_interim_result", "true for a temporary identity card", "boolean", option="detect_interim"),
        Field("detect_blur_result", "true for a blurred picture", "boolean", option="detect_blur"),
        Field("detect_glare_result", "true for glare", "boolean", option="detect_glare"),
    ),
    read=read,
    type="id_card",
    signs=(
        Title(("居民身份证",)),
        Labels(("姓名", "性别", "民族", "出生", "住址", "公民身份号码"), 5, 0.6),
        Labels(("住址", "公民身份号码"), 2, 0.6),
        Labels(("签发机关", "有效期限"), 2, 0.6),
        Number(r"(?<!\d)\d{17}[\dX](?![\dA-Z])", citizen_id.passes, 0.4),
        Shape(1.586),  # ISO/IEC 7810, ID-1
    ),
)
