"""What is wrong with a document's picture, beside its print: cut off, a copy without colours, seen from the side."""

from __future__ import annotations

from collections.abc import Iterator

from ocrcli.forms.sheet import Sheet
from ocrcli.page import Notice

_OFF = 0.1  # by which share the proportion of the sides may be off (the vendors' limit)


def faults_of(sheet: Sheet) -> Iterator[Notice]:
    """A warning for each fault of each side whose place is known, and for what is printed on it."""
    printed = ["".join(line.text.split()) for line in sheet.reading.lines]
    for text, note in {text: note for side in sheet.sides for text, note in side.notes.items()}.items():
        if any(text in line for line in printed):
            yield note
    for side in sheet.sides:
        place = sheet.places.get(side.name)
        if place is None:
            if side.face is not None and not side.face.edged:
                message = f"too little of the fixed print of {side.words} was found to say where its values stand"
                yield Notice("not_anchored", f"{message}: values that go by their place are missing")
            continue
        if place.cut_off:
            where = " and ".join(place.cut_off)
            message = f"{side.words} is cut off at the {where}: take the photo again with the whole document in it"
            yield Notice("incomplete_border", message, quad=place.on_page)
        elif (
            place.face.edged and place.black_and_white()
        ):  # what is left of a side that is cut off may have no coloured print
            message = f"{side.words} has no colours: this is a black-and-white copy"
            yield Notice("black_and_white", message, quad=place.on_page)
        if place.ratio and not 1 - _OFF < place.ratio / place.face.ratio < 1 + _OFF:
            message = f"{side.words} looks {place.ratio:.2f} times as long as high"
            allowed = f"{place.face.ratio:.2f} with at most 10 % off is asked for"
            yield Notice("over_limit", f"{message}, {allowed}: take the photo from straight above", quad=place.on_page)
