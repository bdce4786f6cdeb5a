"""Result keys that are made from a whole finding: what the vendors give beside the values themselves.

They are made after a document's places have become those of the page (`completed`), so that a place in the record is
one of the picture that was given, whichever way the document was found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ocrcli.finding import Finding
from ocrcli.forms.fields import Field
from ocrcli.geometry import whole_px
from ocrcli.page import Reading

if TYPE_CHECKING:
    from ocrcli.forms.sheet import Sheet

Make = Callable[[Finding, Reading], Any]
BOTH_SIDES = "double_side"
_SEAL = 0.04  # long half axis, share of the longer side: less is a letter or a figure
_SEAL_WORDS = ("监制章", "专用章", "税务总局", "税务局")


def confidences(finding: Finding, page: Reading) -> dict[str, float]:  # noqa: ARG001
    """How sure each value is, 0 to 1."""
    return {key: round(evidence.confidence, 4) for key, evidence in finding.evidence.items() if "/" not in key}


def locations(finding: Finding, page: Reading) -> dict[str, list[list[int]]]:  # noqa: ARG001
    """Each found value's quad on the page, whole numbers."""
    return {key: whole_px(e.quad) for key, e in finding.evidence.items() if e.quad and "/" not in key}


def noticed(code: str, *, needs_place: bool = False) -> Callable[[Sheet], bool | None]:
    """True where the document's picture has this warning; None with `needs_place` where that cannot be known.

    The document's place is not known where its labels do not tell it, and says nothing where there is no picture.
    """

    def answer(sheet: Sheet) -> bool | None:
        if needs_place and (not sheet.places or sheet.reading.page is None):
            return None
        return any(notice.code == code for notice in (*sheet.reading.notices, *sheet.notices))

    return answer


def alarm(sheet: Sheet) -> dict[str, bool | None]:
    """The vendors' warnings about the picture, as far as they can be told: None where that cannot be known."""
    return {"detect_border_integrity_result": noticed("incomplete_border", needs_place=True)(sheet)}


def crop_location(name: str, side: str) -> Make:
    """The quad of a crop; None where it was not found, [] where the side that has it is not in the picture."""

    def make(finding: Finding, page: Reading) -> list[list[int]] | None:  # noqa: ARG001
        if finding.document.side not in (side, BOTH_SIDES):
            return []
        crop = finding.crops.get(name)
        return whole_px(crop.quad) if crop else None

    return make


def document_location(finding: Finding, page: Reading) -> list[list[int]] | None:  # noqa: ARG001
    """The document's quad; None where its place is not known."""
    return whole_px(finding.document.quad) if finding.document.quad else None


def says(*texts: str) -> Callable[[Sheet], bool]:
    """True where one of these texts is printed on the document, blanks left out."""

    def answer(sheet: Sheet) -> bool:
        bare = ["".join(line.text.split()) for line in sheet.reading.lines]
        return any(text in line for text in texts for line in bare)

    return answer


def crop_picture(name: str, side: str = "") -> Callable[[Sheet], str | None]:
    """The portrait, or the document straightened, as PNG in base64; "" where the side that has it is not shown."""

    def picture(sheet: Sheet) -> str | None:
        shown = [own.name for own in sheet.sides]
        if side and side not in shown:
            return ""
        place = sheet.places.get(side or shown[0])
        quad = place and (place.portrait if name == "portrait" else place.quad)
        return place.picture(quad, None if name == "portrait" else place.face.ratio) if place and quad else None

    return picture


def has_seal(sheet: Sheet) -> bool:
    """True where a red stamp is seen, or the words of a tax authority's stamp are printed."""
    if any(words in line.text for line in sheet.reading.lines for words in _SEAL_WORDS):
        return True
    if sheet.reading.page is None:
        return False
    from ocrcli.vision.stamp import find_stamps

    pixels = sheet.reading.page.pixels
    return any(max(stamp.half) >= _SEAL * max(pixels.shape[:2]) for stamp in find_stamps(pixels))


CONFIDENCE = Field("confidence", "how sure each value is, 0 to 1", type="object", from_finding=confidences)


def completed(finding: Finding, fields: Sequence[Field], options: Mapping[str, Any], page: Reading) -> Finding:
    """The finding with what is made from it; `page` is what it was found on."""
    if not isinstance(finding.fields, dict):
        return finding
    made = {
        f.name: f.from_finding(finding, page)
        for f in fields
        if f.from_finding and (not f.option or options.get(f.option))
    }
    if not made:
        return finding
    order = [f.name for f in fields if f.name in made or f.name in finding.fields]
    return replace(finding, fields={key: made[key] if key in made else finding.fields[key] for key in order})
