"""The stamps on an invoice: the tax authority's (监制章) and the seller's (发票专用章), with the words on them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ocrcli.checks import invoice_numbers
from ocrcli.finding import Evidence
from ocrcli.forms import doubt
from ocrcli.geometry import Affine, Quad, centre, inside
from ocrcli.page import Line, Notice, Reading
from ocrcli.services.receipts.invoice.values import Value

if TYPE_CHECKING:
    from ocrcli.layout.invoice.stamped import Cleared
    from ocrcli.vision.stamp import Stamp

_READABLE = 0.75  # a text read less surely than this is left out
_FEWEST = 3  # texts on a stamp of either kind: over the top, across, below
_AUTHORITY, _SELLER = re.compile("监制|税务|统一发票"), re.compile("专用|用章")
# What the authority's stamp says around its rim (发票管理办法实施细则); across its middle stands a region.
_WORDING = re.compile(r"全国统一发票监制章|.{2,12}税务总?局(?:监制)?")
_LONGEST_REGION = 4  # characters
_NUMBER = re.compile("[0-9A-Z]{15,20}")


def seals(seen: Cleared, values: Mapping[str, Value]) -> tuple[dict[str, list[tuple[str, Evidence]]], list[Notice]]:
    """The texts of the stamps by key: over the rim, across the middle, along the lower rim, as far as they are sure;
    and a warning for each stamp of which a text is left out.

    Which stamp it is, its words say; else where it stands: the authority's at the title, the seller's at the foot.
    """
    found: dict[str, list[tuple[str, Evidence]]] = {}
    notices: list[Notice] = []
    for stamp, across in zip(seen.stamps, seen.own, strict=True):
        lines = _lines(stamp, across, seen.reading)
        told = [line for line in lines if line.confidence >= _READABLE and len(line.text) > 1]
        key = _key("".join(line.text for line in told), stamp, seen.reading, values)
        if key is None or key in found:
            continue
        found[key] = [(_text(line), _evidence(line, key)) for line in told]
        if len(told) < max(len(lines), _FEWEST):
            notices.append(
                Notice("unread", "not all words of this stamp can be read", key, _to_unit(stamp, seen.reading))
            )
    return found, notices


def _lines(stamp: Stamp, across: Sequence[Line], reading: Reading) -> list[Line]:
    """All that stands on a stamp, from top to bottom, well read or not."""
    from ocrcli.vision.stamp_words import middle_of, red_alone

    assert reading.page is not None
    upright = stamp.level_with(-(reading.rotation + reading.skew))
    rim = list(_rim(upright, reading))
    middle = Affine.scaling(1 / reading.page.scale, 1 / reading.page.scale).quad(middle_of(upright))
    if not any(inside(centre(line.quad), middle) for line in across):
        across = [reading.again(middle, red_alone), *across]
    return [*(line for line, upper in rim if upper), *across, *(line for line, upper in rim if not upper)]


def _to_unit(stamp: Stamp, reading: Reading) -> Quad:
    assert reading.page is not None
    return Affine.scaling(1 / reading.page.scale, 1 / reading.page.scale).quad(stamp.quad)


def _key(said: str, stamp: Stamp, reading: Reading, values: Mapping[str, Value]) -> str | None:
    for form, key in ((_AUTHORITY, "supervision_seal"), (_SELLER, "seller_seal")):
        if form.search(said):
            return key
    title, total = (values[key].quad if key in values else None for key in ("title", "total"))
    if title is None or total is None or reading.page is None:
        return None
    middle = Affine.scaling(1 / reading.page.scale, 1 / reading.page.scale)(stamp.middle)
    at_title = math.dist(middle, centre(title)) < math.dist(middle, centre(total))
    return "supervision_seal" if at_title else "seller_seal"


def _text(line: Line) -> str:
    number = _NUMBER.search(line.text)  # a letter of the rim may stand close to it
    return number[0] if number else line.text


def _evidence(line: Line, key: str) -> Evidence:
    text = _text(line)
    wrong = bool(_NUMBER.fullmatch(text)) and invoice_numbers.taxpayer_fault(text) is not None
    wrong |= key == "supervision_seal" and len(text) > _LONGEST_REGION and not _WORDING.fullmatch(text)
    why = doubt.reason(line.chars, faults=(doubt.NOT_OF_FORM if wrong else None,), strict=True)
    return Evidence(line.confidence, line.quad, "ocr", line.text, why or "")


def _rim(stamp: Stamp, reading: Reading) -> Iterator[tuple[Line, bool]]:
    """The lines along the rim of an upright stamp, each with whether it runs over the top: with the clock, else against
    it."""
    from ocrcli.vision.stamp_words import rim_words

    assert reading.page is not None
    for ways in rim_words(stamp, reading.page.pixels):
        over, under = (reading.again(_to_unit(stamp, reading), way) for way in ways)
        yield (over, True) if over.confidence >= under.confidence else (under, False)
