"""What an identity card's picture says beside its print: where the card lies, its portrait, copies, missing borders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ocrcli.finding import Crop, DocumentPlace
from ocrcli.geometry import Box, around, whole_px
from ocrcli.page import Notice, Reading

if TYPE_CHECKING:
    from ocrcli.layout.cards import Place
    from ocrcli.layout.fields import Value

SIDES = {"front": "the portrait side", "back": "the emblem side", "double_side": "both sides"}
# Size of the card (ISO/IEC 7810, ID-1) and where its labels and portrait are printed, in mm (measured on pictures of
# cards; the layout is that of GA 461): where each label begins and ends, and the height of its middle.
_SIZE = (85.6, 54.0)
_PRINT = {
    "front": {
        "name": (5.7, 12.7, 8.5),
        "sex": (5.7, 12.7, 15.0),
        "ethnicity": (24.8, 31.6, 15.0),
        "birth": (5.7, 12.7, 21.3),
        "address": (5.7, 12.7, 28.0),
        "number": (5.6, 26.3, 46.0),
    },
    "back": {"title": (25.5, 78.5, 18.2), "issue": (20.2, 31.6, 39.4), "period": (20.2, 31.6, 45.7)},
}
# Where values of a known form stand: edges left, top, right, bottom.
VALUES: dict[str, Box] = {
    "sex": (14.0, 12.8, 20.5, 17.4),
    "ethnicity": (32.6, 12.8, 47.0, 17.4),
    "birth": (14.0, 19.0, 45.0, 23.7),
    "number": (27.0, 42.8, 76.0, 49.0),
    "period": (32.6, 43.0, 76.0, 48.4),
}
NAME = (14.0, 5.6, 48.0, 11.4)
ADDRESS = (13.0, 24.5, 50.5, 42.3)
RESULT = {"period": "valid_from"}  # the result key that a printed value gives first, where its name is another
_NUMBER_ENDS = 70.3
_PORTRAIT = (50.0, 6.8, 79.0, 39.0)
_TEMPORARY = "临时居民身份证"
# Which warning answers which option; those of the second list need the card's place on a picture.
_DETECTED = {
    "detect_blur": "blur",
    "detect_glare": "glare",
    "detect_copy": "black_and_white",
    "detect_border_integrity": "incomplete_border",
    "detect_interim": "temporary_card",
}
_NEED_PLACE = ("detect_copy", "detect_border_integrity")


def places_of(reading: Reading, values: Sequence[Value], sides: Sequence[str]) -> dict[str, Place]:
    """Where each side lies, as far as its labels can tell."""
    from ocrcli.layout.cards import Face, locate
    from ocrcli.layout.fields import best_values

    best = best_values(values)
    faces = {
        side: Face(*_SIZE, _PRINT[side], {"number": _NUMBER_ENDS}, _PORTRAIT if side == "front" else None)
        for side in sides
    }
    found = {
        side: locate(reading, face, [best[key] for key in _PRINT[side] if key in best]) for side, face in faces.items()
    }
    return {side: place for side, place in found.items() if place is not None}


def of_cards(reading: Reading, places: Mapping[str, Place], sides: Sequence[str]) -> Reading:
    """The reading with nothing but the print of the card, where it is known where all its sides lie."""
    if len(places) < len(sides):
        return reading
    return replace(reading, lines=tuple(x for x in reading.lines if any(place.holds(x) for place in places.values())))


def crops_of(places: Mapping[str, Place]) -> dict[str, Crop]:
    """What `--crops` cuts out: each side, and the portrait."""
    crops = {side: Crop(place.quad, place.face.ratio) for side, place in places.items()}
    if "front" in places and (portrait := places["front"].portrait):
        crops["portrait"] = Crop(portrait)
    return crops


def faults_of(reading: Reading, places: Mapping[str, Place]) -> Iterator[Notice]:
    """What is wrong with the card, or with its picture, beside its print."""
    for side, place in places.items():
        if place.cut_off:
            where = " and ".join(place.cut_off)
            message = f"{SIDES[side]} is cut off at the {where}: take the photo again with the whole card in it"
            yield Notice("incomplete_border", message, quad=place.on_page)
        elif place.black_and_white():  # what is left of a side that is cut off may have no coloured print
            message = f"{SIDES[side]} has no colours: this is a black-and-white copy"
            yield Notice("black_and_white", message, quad=place.on_page)
        if place.ratio and not 0.9 < place.ratio / place.face.ratio < 1.1:
            message = f"{SIDES[side]} looks {place.ratio:.2f} times as long as high"
            allowed = f"{place.face.ratio:.2f} with at most 10 % off is asked for (ISO/IEC 7810 ID-1)"
            yield Notice("over_limit", f"{message}, {allowed}: take the photo from straight above", quad=place.on_page)
    if any(_TEMPORARY in "".join(line.text.split()) for line in reading.lines):
        yield Notice("temporary_card", "this is a temporary identity card (临时居民身份证)")


def detected(
    codes: AbstractSet[str], places: Mapping[str, Place], options: Mapping[str, Any]
) -> dict[str, bool | None]:
    """The results of the detect_* options; None where the card's place is not known, or there is no picture."""
    seen = bool(places) and all(place.reading.page for place in places.values())
    return {
        f"{option}_result": code in codes if seen or option not in _NEED_PLACE else None
        for option, code in _DETECTED.items()
        if options[option]
    }


def pictures(places: Mapping[str, Place], sides: Sequence[str], options: Mapping[str, Any]) -> dict[str, Any]:
    """What the return_* options add: portrait and straightened card. The emblem side has no portrait."""
    told: dict[str, Any] = {}
    front, first = places.get("front"), places.get(sides[0])
    portrait = front.portrait if front else None
    if options["return_portrait_location"]:
        told["portrait_location"] = whole_px(portrait) if portrait else None if "front" in sides else []
    if options["return_portrait_image"]:
        told["portrait_image"] = front.picture(portrait) if front and portrait else None if "front" in sides else ""
    if options["return_adjusted_image"]:
        told["adjusted_image"] = first.picture(first.quad, first.face.ratio) if first else None
    return told


def document_of(places: Mapping[str, Place], sides: Sequence[str]) -> DocumentPlace:
    """The card's quad, of two sides the box around both, as far as it lies on the picture."""
    outlines = [place.on_page for place in places.values()]
    whole = len(outlines) == len(sides)
    quad = None if not whole else outlines[0] if len(sides) == 1 else around(outlines)
    return DocumentPlace(quad=quad, side="double_side" if len(sides) == 2 else sides[0])
