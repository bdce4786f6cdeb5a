"""The stamps on an invoice: the tax authority's (监制章) and the seller's (发票专用章), with the words on them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ocrcli.checks import invoice_numbers
from ocrcli.geometry import Affine, centre
from ocrcli.page import Line, Reading
from ocrcli.services.base import Evidence
from ocrcli.services.invoice_values import Value

if TYPE_CHECKING:
    from ocrcli.layout.stamped import Cleared
    from ocrcli.vision.stamp import Stamp

_SURE = 0.75  # a text read less surely than this is left out …
_DOUBTFUL = 0.99  # … and less surely than this is doubtful
_AUTHORITY, _SELLER = re.compile("监制|税务|统一发票"), re.compile("专用|用章")
_NUMBER = re.compile("[0-9A-Z]{15,20}")


def seals(seen: Cleared, values: Mapping[str, Value]) -> dict[str, list[tuple[str, Evidence]]]:
    """The texts of the stamps by key: over the rim, across the middle, along the lower rim, as far as they are sure.

    Which stamp it is, its words say; else where it stands: the authority's at the title, the seller's at the foot.
    """
    found: dict[str, list[tuple[str, Evidence]]] = {}
    for stamp, across in zip(seen.stamps, seen.own, strict=True):
        rim = list(_rim(stamp, seen.reading))
        lines = [*(line for line, upper in rim if upper), *across, *(line for line, upper in rim if not upper)]
        told = [line for line in lines if line.confidence >= _SURE and len(line.text) > 1]
        key = _key("".join(line.text for line in told), stamp, seen.reading, values)
        if key and told:
            found.setdefault(key, [(_text(line), _evidence(line)) for line in told])
    return found


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


def _evidence(line: Line) -> Evidence:
    text = _text(line)
    wrong = bool(_NUMBER.fullmatch(text)) and invoice_numbers.taxpayer_fault(text) is not None
    return Evidence(line.confidence, line.quad, "ocr", line.text, wrong or line.confidence < _DOUBTFUL)


def _rim(stamp: Stamp, reading: Reading) -> Iterator[tuple[Line, bool]]:
    """The lines along a stamp's rim, each with whether it runs over the top: with the clock, else against it."""
    from ocrcli.vision.stamp_words import rim_words

    assert reading.page is not None
    to_unit = Affine.scaling(1 / reading.page.scale, 1 / reading.page.scale)
    upright = stamp.level_with(-(reading.rotation + reading.skew))
    for ways in rim_words(upright, reading.page.pixels):
        over, under = (reading.again(to_unit.quad(upright.quad), way) for way in ways)
        yield (over, True) if over.confidence >= under.confidence else (under, False)
