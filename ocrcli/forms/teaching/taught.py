"""A template from examples: each value's place is guessed, tried with the engine that will read it, and guessed again.

What is guessed for a field, in order: a label in front of its value, its place on the page (anchored by print that
never changes), a label above it. The first guess with which the engine reads every example's value is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ocrcli.errors import OcrError
from ocrcli.finding import Finding
from ocrcli.forms.form import compact
from ocrcli.forms.reading import read
from ocrcli.forms.ready import TEXT
from ocrcli.forms.teaching.anchors import Frame, frame_of, heading_of
from ocrcli.forms.teaching.lists import list_of
from ocrcli.forms.teaching.print import Print, Spot
from ocrcli.forms.templates.declare import declared_of
from ocrcli.forms.templates.model import FieldPart, Template
from ocrcli.forms.templates.text import TemplateFault
from ocrcli.page import Reading

_LEAST = 2  # anchors and labels that are seen: others may be unlike from one document to the next
_MOST_ROUNDS = 6  # of trying: fields may take each other's places

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """A page, and the values that stand on it: texts in normal form, and lists of objects with such."""

    reading: Reading
    values: Values

    @cached_property
    def print(self) -> Print:
        """Its printed rows."""
        return Print(self.reading)


@dataclass
class Taught:
    """The template, and why values are not in it, or are not read back as they were given."""

    template: Template | None
    missing: dict[str, str] = field(default_factory=dict)
    different: dict[str, str] = field(default_factory=dict)


def taught(examples: Sequence[Example], name: str, title: str = "") -> Taught:
    """The template that reads these examples. Without a value that could be placed there is none."""
    missing: dict[str, str] = {}
    places = _places(examples, missing)
    guesses: dict[str, list[FieldPart]] = {}
    frame = frame_of([example.print for example in examples], [list(spots.values()) for spots in places])
    for key in _keys(examples):
        if _is_list(examples, key):
            guesses[key] = list(list_of([example.print for example in examples], [e.values[key] for e in examples]))
        elif all(key in spots for spots in places):
            guesses[key] = list(_guesses(key, examples, places, frame))
        else:
            continue
        if not guesses[key]:
            del guesses[key]
            missing[key] = "it has no label, and too little print around it never changes to say where it stands"
    if not guesses:
        return Taught(None, missing)
    headings = heading_of([example.print for example in examples], [list(spots.values()) for spots in places])
    base = Template.model_validate({"template": name, "title": title, "headings": headings})
    template, different = _tried(base, guesses, frame, examples)
    return Taught(template, missing, different)


def compared(template: Template, example: Example) -> dict[str, str]:
    """What the template reads otherwise than the example says, by key, in words."""
    try:
        [finding, *_] = read(declared_of(template), example.reading, {})
    except OcrError as fault:
        return dict.fromkeys(template.fields, fault.message)
    except TemplateFault as fault:
        return dict.fromkeys(template.fields, fault.message)
    wanted = {key: value for key, value in example.values.items() if key in template.fields}
    return {key: said for key, value in wanted.items() if (said := _difference(finding, key, value))}


def _keys(examples: Sequence[Example]) -> list[str]:
    """The keys that all examples have a value for."""
    first, *others = (example.values for example in examples)
    return [key for key in first if all(other.get(key) for other in others) and first[key]]


def _is_list(examples: Sequence[Example], key: str) -> bool:
    return isinstance(examples[0].values[key], list)


def _places(examples: Sequence[Example], missing: dict[str, str]) -> list[dict[str, Spot]]:
    """Where each example's values stand; a value that stands in several places is put where the others leave room."""
    keys = [key for key in _keys(examples) if not _is_list(examples, key)]
    candidates = [{key: e.print.spots(str(e.values[key])) for key in keys} for e in examples]
    for key in keys:
        if not all(found[key] for found in candidates):
            missing[key] = "it is not printed there as it is given, nor in another form that is known"
    placed: list[dict[str, Spot]] = []
    for found in candidates:
        spots: dict[str, Spot] = {}
        for key in sorted((key for key in keys if key not in missing), key=lambda key: len(found[key])):
            free = [spot for spot in found[key] if not any(_overlap(spot, other) for other in spots.values())]
            choice = free or found[key]
            spots[key] = next((s for s in choice if _has_same_label(s, key, placed, found, examples)), choice[0])
        placed.append(spots)
    return placed


def _has_same_label(
    spot: Spot,
    key: str,
    placed: Sequence[Mapping[str, Spot]],
    found: Mapping[str, list[Spot]],
    examples: Sequence[Example],
) -> bool:
    """True for a spot with the label that the value has in the first example; in that one, for any with a label."""
    here = examples[len(placed)].print
    others = [spots[0] for other, spots in found.items() if other != key and len(spots) == 1]
    label = here.to_the_left(spot, others)
    if not placed:
        return bool(label)
    return label == examples[0].print.to_the_left(placed[0][key], list(placed[0].values()))


def _overlap(a: Spot, b: Spot) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1


def _guesses(
    key: str, examples: Sequence[Example], places: Sequence[Mapping[str, Spot]], frame: Frame | None
) -> Iterator[FieldPart]:
    """What may say where a field stands, the best first."""
    spots = [own[key] for own in places]
    form = _common_form(spots)
    rows = max(len(spot.rows) for spot in spots)
    base = FieldPart.model_validate(
        {"form": form, "rows": rows + 1 if rows > 1 else 1, "pattern": _ending(spots, form)}
    )
    pairs = list(zip(examples, places, spots, strict=True))
    [left, *unlike] = {e.print.to_the_left(spot, list(own.values())) for e, own, spot in pairs}
    if left and not unlike:
        yield base.model_copy(update={"label": [left]})
    if frame is not None:
        yield base.model_copy(update={"at": frame.place(spots)})
    [above, *unlike] = {e.print.above(spot, list(own.values())) for e, own, spot in pairs}
    if above and not unlike:
        yield base.model_copy(update={"label": [above], "where": "below"})


def _common_form(spots: Sequence[Spot]) -> str | None:
    names = {spot.form for spot in spots}
    name = names.pop() if len(names) == 1 else TEXT.name
    return None if name == TEXT.name else name


def _ending(spots: Sequence[Spot], form: str | None) -> str | None:
    """A pattern for text that ends where the same print always follows it (14:50开, 深圳售); None where none does."""
    behind = {spot.behind for spot in spots}
    if form is not None or len(behind) != 1 or not (end := behind.pop()):
        return None
    return f".+?(?={re.escape(end)})"


def _tried(
    base: Template, guesses: Mapping[str, Sequence[FieldPart]], frame: Frame | None, examples: Sequence[Example]
) -> tuple[Template, dict[str, str]]:
    """The template with the first guesses that read all examples, and what is still read otherwise."""
    turn = dict.fromkeys(guesses, 0)
    best: tuple[Template, dict[str, str]] | None = None
    for _ in range(_MOST_ROUNDS):
        template = _with(base, {key: guesses[key][turn[key]] for key in guesses}, frame)
        different: dict[str, str] = {}
        for example in examples:
            different |= compared(template, example)
        if best is None or len(different) < len(best[1]):
            best = template, different
        more = [key for key in different if key in turn and turn[key] + 1 < len(guesses[key])]
        if not more:
            break
        for key in more:
            turn[key] += 1
    assert best is not None
    return best


def _with(base: Template, fields: Mapping[str, FieldPart], frame: Frame | None) -> Template:
    """The template with these fields; with anchors where a field stands at a place, or nothing else tells it."""
    own: dict[str, Any] = {"fields": dict(fields)}
    if frame is not None and any(part.at is not None for part in fields.values()):
        own |= {"size": list(frame.size), "anchors": dict(frame.anchors), "least": _LEAST}
    elif frame is not None and sum(bool(part.label) for part in fields.values()) < 2:
        own |= {"marks": list(frame.anchors)[:4]}
    return base.model_copy(update=own)


def _difference(finding: Finding, key: str, wanted: Any) -> str | None:
    """What is read instead of a value; None where it is the same."""
    assert isinstance(finding.fields, dict)
    found = finding.fields.get(key)
    if isinstance(wanted, list):
        rows = found if isinstance(found, list) else []
        same = len(rows) == len(wanted) and all(
            compact(str(row.get(name) or "")) == compact(str(text or ""))
            for row, given in zip(rows, wanted, strict=True)
            for name, text in given.items()
            if name in row
        )
        return None if same else f"{len(rows)} rows are read, {len(wanted)} are given, or they differ"
    if found is None:
        return "nothing is read"
    return None if compact(str(found)) == compact(str(wanted)) else f"{found!r} is read, not {wanted!r}"
