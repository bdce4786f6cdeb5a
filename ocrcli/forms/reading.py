"""How a declared document is read: its sides, where they lie, its values, its checks; and each of several on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ocrcli.errors import OcrError
from ocrcli.finding import Crop, DocumentPlace, Evidence, Finding, numbered, placed
from ocrcli.forms import doubt
from ocrcli.forms.faults import faults_of
from ocrcli.forms.fields import Declared, Field, Side
from ocrcli.forms.find import Anywhere, Derived, Near
from ocrcli.forms.found import Found
from ocrcli.forms.joining import joined
from ocrcli.forms.locate import everywhere, look_for
from ocrcli.forms.proof import checks_of
from ocrcli.forms.results import BOTH_SIDES
from ocrcli.forms.sheet import Sheet, labels_seen, laid_out, on_cards, repeated
from ocrcli.forms.signs import kind_of, kinds_of_sides
from ocrcli.geometry import around
from ocrcli.page import Reading

if TYPE_CHECKING:
    from ocrcli.layout.documents import Document


def read(declared: Declared, reading: Reading, options: Mapping[str, Any]) -> list[Finding]:
    """What a declared document says: one finding for each that is on the page, its sides in one.

    Raises OcrError("not_this_document") where there is none, OcrError("same_side_twice") where two lie on the page and
    cannot be told apart, or the service takes one only.
    """
    sheet = laid_out(declared, reading, options)
    _refuse_other_titles(sheet)
    twice = repeated(sheet)
    if twice is not None and not declared.several and not declared.repeats:
        raise _same_side_twice(declared, twice)
    several = twice is not None or _are_several(sheet) or (declared.apart and len(sheet.shown) > 1)
    if several and declared.several:
        parts = _apart(declared, reading)
        if len(parts) > 1:
            return list(numbered(joined(declared, list(_each(declared, parts, options)))))
        if twice is not None and not declared.repeats:
            raise _same_side_twice(declared, twice)
    return [_finding(sheet)]


def _apart(declared: Declared, reading: Reading) -> list[Document]:
    """The documents of this kind, or of each side's, that lie apart from each other."""
    from ocrcli.layout.documents import documents_on

    kinds = kinds_of_sides(declared) if declared.apart else (kind_of(declared),)
    return [document for document in documents_on(reading, kinds) if document.name.best]


def _each(declared: Declared, parts: Sequence[Document], options: Mapping[str, Any]) -> Iterator[Finding]:
    """The finding of each document; one that cannot be read is left out, unless that is all of them."""
    faults: list[OcrError] = []
    for part in parts:
        sheet = laid_out(declared, part.reading, options)
        try:
            finding = _finding(sheet)
        except OcrError as fault:
            faults.append(fault)
            continue
        yield replace(placed(finding, part.quad, part.to_page, declared.name), service=None)
    if len(faults) == len(parts):
        raise faults[0]


def _are_several(sheet: Sheet) -> bool:
    """True where a value that each document has, and that needs no label, stands there more often than its sides do."""
    if not sheet.declared.several:
        return False
    own = [f for f in sheet.declared.fields if f.required and any(isinstance(find, Anywhere) for find in f.finds)]
    names = {side.name for side in sheet.shown}
    sharing = Counter(f.name for f in sheet.declared.fields if not f.side or f.side in names)
    return any(len(everywhere(sheet, field)) > max(1, sharing[field.name]) for field in own)


def _refuse_other_titles(sheet: Sheet) -> None:
    """A note such as 仅供办理居住证使用 on a copy is no title: titles end their line."""
    refused = {title: name for side in sheet.declared.sides for title, name in side.refuses.items()}
    for line in sheet.reading.lines:
        for title, service in refused.items():
            if line.text.rstrip().endswith(title):
                said = f"this is no {sheet.declared.title.lower()}: its title is {line.text.strip()[:40]}"
                raise OcrError("not_this_document", said, looks_like=service)


def _same_side_twice(declared: Declared, side: Side) -> OcrError:
    return OcrError(
        "same_side_twice",
        f"the picture shows {side.words} of two documents ({declared.title.lower()}); only one, or the two sides of "
        "one, may be in a picture: cut it in two",
    )


def _finding(sheet: Sheet) -> Finding:
    """What one document says."""
    sheet.sides = _chosen(sheet)
    sheet = on_cards(sheet)
    values = values_of(sheet)
    _require(sheet)
    asked = (f for f in sheet.declared.fields if not f.option or sheet.options.get(f.option))
    fields: dict[str, Any] = {f.name: [] if f.type == "list" else None for f in asked}
    fields |= {name: found.text if found.value is None else found.value for name, found in values.items()}
    evidence = {key: e for name, found in values.items() for key, e in _evidence(name, found)}
    sheet.notices = [*doubt.notices(evidence), *faults_of(sheet)]
    fields |= {f.name: f.from_sheet(sheet) for f in sheet.declared.fields if f.from_sheet and f.name in fields}
    return Finding(fields, list(checks_of(sheet)), evidence, sheet.notices, _document(sheet), crops=_crops(sheet))


def values_of(sheet: Sheet) -> dict[str, Found]:
    """The values of a document's fields, each looked for in its places, by name; they are on the sheet then."""
    fields_to_find = _to_find(sheet)
    # What stands near a value that was found later is looked for once more.
    for field in (*fields_to_find, *(f for f in fields_to_find if any(isinstance(find, Near) for find in f.finds))):
        if (field.name, field.side) not in sheet.found and (found := look_for(sheet, field)) is not None:
            sheet.found[field.name, field.side] = found
    named = ((field.name, sheet.value(field.name)) for field in sheet.declared.fields)
    return {name: found for name, found in named if found is not None}


def _evidence(name: str, found: Found) -> Iterator[tuple[str, Evidence]]:
    """A value's evidence, of a list that of each value in it, by JSON Pointer."""
    if not found.items:
        yield name, found.evidence
    for number, item in enumerate(found.items):
        yield from ((f"{name}/{number}/{key}", value.evidence) for key, value in item.items())


def _to_find(sheet: Sheet) -> list[Field]:
    """The fields of the sides that are read, each behind those whose values say where it stands."""
    names = {side.name for side in sheet.sides}
    asked = (f for f in sheet.declared.printed if not f.option or sheet.options.get(f.option))
    left = [field for field in asked if field.finds and (not field.side or field.side in names)]
    ordered: list[Field] = []
    while left:
        waiting = {field.name for field in left}
        ready = [field for field in left if not waiting & _needed(field)]
        if not ready:  # two fields, each of which says where the other is
            ready = [next(field for field in left if any(field.name in _needed(other) for other in left))]
        ordered += ready
        left = [field for field in left if field not in ready]
    return ordered


def _needed(field: Field) -> set[str]:
    """The other fields whose values say where this one's is."""
    near = {find.key for find in field.finds if isinstance(find, Near)}
    made_from = {key for find in field.finds if isinstance(find, Derived) for key in (*find.keys, *find.given)}
    return (near | made_from) - {field.name}


def _chosen(sheet: Sheet) -> tuple[Side, ...]:
    """The sides to read. Raises OcrError where the page is another document, or has not the side that was asked for."""
    declared, wanted = sheet.declared, sheet.options.get("side", "auto")
    if declared.sides and not sheet.shown:
        parts = labels_seen(sheet)
        labels = f" (only its labels {', '.join(parts)}: it may be cut off or covered)" if len(parts) > 1 else ""
        raise OcrError(
            "not_this_document", f"no whole side of this document was found: {declared.title.lower()}{labels}"
        )
    if wanted == "auto":
        return sheet.shown
    asked = [side for side in declared.sides if wanted in (side.name, BOTH_SIDES)]
    if not {side.name for side in asked} <= {side.name for side in sheet.shown}:
        shown = " and ".join(side.words for side in sheet.shown)
        missing = " and ".join(side.words for side in asked)
        raise OcrError(
            "not_this_document",
            f"the picture shows {shown} ({declared.title.lower()}), not {missing}; use --side auto",
            looks_like=declared.name,
        )
    return tuple(asked)


def _require(sheet: Sheet) -> None:
    """Raises OcrError where too little was found of what the document must have."""
    required = [field for field in _to_find(sheet) if field.required]
    there = sum((field.name, field.side) in sheet.found for field in required)
    if there < min(sheet.declared.enough, len(required)):
        names = ", ".join(field.meaning for field in required)
        raise OcrError(
            "not_this_document",
            f"{'too little' if there else 'nothing'} that this document must have was found "
            f"({sheet.declared.title.lower()}: {names}); "
            "take the picture nearer, straight from above, with the whole document in it",
        )


def _document(sheet: Sheet) -> DocumentPlace:
    """The document's quad, of two sides the box around both, as far as it lies on the picture."""
    outlines = [place.on_page for place in sheet.places.values()]
    whole = bool(outlines) and len(outlines) == len(sheet.sides)
    quad = None if not whole else outlines[0] if len(outlines) == 1 else around(outlines)
    names = [side.name for side in sheet.sides if side.name and not sheet.declared.apart]
    return DocumentPlace(quad=quad, side=None if not names else BOTH_SIDES if len(names) > 1 else names[0])


def _crops(sheet: Sheet) -> dict[str, Crop]:
    """What `--crops` cuts out: each side, and the portrait."""
    crops = {name or "document": Crop(place.quad, place.face.ratio) for name, place in sheet.places.items()}
    portraits = [place.portrait for place in sheet.places.values() if place.portrait]
    return crops | ({"portrait": Crop(portraits[0])} if portraits else {})
