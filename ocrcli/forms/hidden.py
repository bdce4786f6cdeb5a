"""Values that a plain reading does not show: under a stamp or a seal, and the dashes of those that do not apply."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ocrcli.finding import Evidence
from ocrcli.forms import doubt
from ocrcli.forms.fields import Field
from ocrcli.forms.find import Anywhere
from ocrcli.forms.form import compact
from ocrcli.forms.found import Found
from ocrcli.forms.reread import as_form, without_seal
from ocrcli.forms.sheet import Sheet
from ocrcli.geometry import Box

if TYPE_CHECKING:
    from ocrcli.layout.cards import Place
    from ocrcli.layout.fields import Value

DASHES = "--"  # printed where a value does not apply
_DASHES_SEEN = 0.9  # how sure what is seen of them is


def hidden_beside(sheet: Sheet, field: Field, value: Value) -> Found | None:
    """What second looks show where a value must stand beside its label, without the red of a stamp over it.

    One look may take a part of the print with the red: a value that no other look shows is doubtful.
    """
    from ocrcli.layout.expected import expected_place
    from ocrcli.vision.second_look import clearer, enlarged
    from ocrcli.vision.stamp import bared

    known = field.form.grammar is not None or field.form.strict
    quad = expected_place(sheet.reading, value, sheet.values) if known else None
    if quad is None:
        return None
    looks = (sheet.reading.again(quad, prepare) for prepare in (bared, lambda crop: clearer(bared(crop)), enlarged))
    shown = []
    for line in looks:
        found = as_form(sheet.reading, line, field.form) if field.form.may_be(line.text) else None
        if found is not None and found.evidence.why != doubt.NOT_OF_FORM:
            unclear = doubt.unclear(line.chars)
            shown.append(found.doubted(unclear) if unclear else found)
    if not shown:
        return None
    first, *others = shown
    return first if any(other.text == first.text for other in others) else first.doubted(doubt.DISAGREE)


def rest_under_seal(sheet: Sheet, field: Field, find: Anywhere) -> Found | None:
    """The value whose beginning is seen beside a seal."""
    begun = (line for line in sheet.free_lines(field) if re.fullmatch(find.begins, compact(line.text)))
    looks = (without_seal(sheet.reading, line, field.form, find.under_seal_em) for line in begun)
    return next(filter(None, looks), None)


def dashes_at(place: Place, box: Box) -> Found | None:
    """Dashes in a box of a card (mm), for a value that does not apply; None where something else stands there."""
    from ocrcli.vision.dashes import has_dashes_alone

    crop = place.crop(box)
    if crop is None or not has_dashes_alone(crop):
        return None
    return Found(DASHES, Evidence(_DASHES_SEEN, place.at(box), "ocr"))
