"""One document while its values are looked for: its print, its labels with what stands beside them, its sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from ocrcli.forms.fields import Declared, Field, Side
from ocrcli.forms.find import Beside, Rows, Stamped
from ocrcli.forms.form import Form, compact
from ocrcli.forms.found import Found
from ocrcli.forms.ground import without_ground
from ocrcli.geometry import Quad, centre, inside
from ocrcli.page import Line, Notice, Reading

if TYPE_CHECKING:
    from ocrcli.layout.cards import Place
    from ocrcli.layout.fields import Value
    from ocrcli.layout.labels import Label

_TITLE = "title"  # the mark that a side's titles are
_MARK = "mark:"  # before the name of a mark, as key of its label
_ASIDE_EM = 3.0  # labels are centred: a head may begin so far to the right of a longer label below it
_SAME_TOP_EM = 1.0  # what begins within this stands on one row: labels in two rows begin higher
_AS_SURE = 0.7  # share of the best place's score from which another one is as good
_TWICE = 2  # so many labels are there twice, where two documents are


@dataclass
class Sheet:
    """What finds look at.

    `shown` are the sides in the picture, `sides` those of them that are read, `places` where these lie. `found` fills
    as values are found, by field name and side; `used` are their places.
    """

    declared: Declared
    reading: Reading
    values: Sequence[Value]
    options: Mapping[str, Any] = field(default_factory=dict)
    shown: tuple[Side, ...] = ()
    sides: tuple[Side, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)
    found: dict[tuple[str, str], Found] = field(default_factory=dict)
    used: list[tuple[tuple[object, str], Quad]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def value(self, name: str) -> Found | None:
        """What was found so far for a field, on the side where it was found first."""
        return next((found for (own, _), found in self.found.items() if own == name), None)

    def labelled(self, wanted: Field) -> Value | None:
        """The print beside a field's label on its side; None where the label was not found.

        Of several that share the label, or have one each of its wordings (日期 2017-09-08, 时间 14:36), that which may
        be such a value.
        """
        from ocrcli.layout.fields import best_values

        own = self._labelled(wanted)
        fitting = [value for value in own if value.rows and wanted.form.may_be(value.text)]
        if not fitting and wanted.form.strict:
            own = [replace(value, rows=(), quad=None) for value in own]
        return next(iter(best_values(fitting or own).values()), None)

    def rivals(self, wanted: Field, chosen: Value) -> list[Value]:
        """What stands beside the same label at other places, and says something else that the field could be."""
        others = (value for value in self._labelled(wanted) if value is not chosen and value.rows)
        return [
            other
            for other in others
            if other.score >= _AS_SURE * chosen.score
            and compact(other.text) != compact(chosen.text)
            and wanted.form.may_be(other.text)
        ]

    def _labelled(self, wanted: Field) -> list[Value]:
        key = keys_of(self.declared)[_place_of(wanted)]
        own = [v for v in self.values if v.key == key and self._is_on(v, wanted.side)]
        head = _head_of(wanted)
        return [value for value in own if self._head(value) == head] if head else own

    def _head(self, value: Value) -> str | None:
        """Which of the fields and marks that share a label it belongs to: of those before it the nearest.

        Those that begin about as high are told apart by which of them is nearest on its left.
        """
        from ocrcli.layout.upright import piece_of, upright_map

        to_upright = upright_map(self.reading)
        own = piece_of(value.label[0].as_line(), to_upright)
        keys = keys_of(self.declared)
        heads = {_head_of(f) for f in self.declared.printed if keys.get(_place_of(f)) == value.key} - {""}
        before = []
        for other in self.values:
            names = [name for name in heads if other.key.removeprefix(_MARK).partition("/")[0] == name]
            piece = piece_of(other.label[0].as_line(), to_upright) if names else None
            if (
                piece
                and min(piece.y0, piece.y1) < own.cy + _SAME_TOP_EM * own.em
                and min(piece.x0, piece.x1) <= own.x0 + _ASIDE_EM * own.em
            ):
                before.append((min(piece.y0, piece.y1), piece.x0, names[0]))
        if not before:
            return None
        lowest = max(top for top, _, _ in before)
        return max((x, name) for top, x, name in before if lowest - top < _SAME_TOP_EM * own.em)[1]

    def stops(self, name: str) -> list[Value]:
        """All values beside the labels of an inner field, from the top."""
        from ocrcli.layout.upright import piece_of, upright_map

        to_upright = upright_map(self.reading)
        key = keys_of(self.declared)[_place_of(next(f for f in self.declared.inner if f.name == name))]
        own = [value for value in self.values if value.key == key and value.rows]
        return sorted(own, key=lambda value: piece_of(value.label[0].as_line(), to_upright).cy)

    def has_label(self, name: str) -> bool:
        """True where a label of the field stands there, with a value or without."""
        own = (f for f in self.declared.printed if f.name == name and _place_of(f))
        return any(self.labelled(field) is not None for field in own)

    def use(self, field: Field, quad: Quad) -> None:
        """Notes the place of a field's value."""
        self.used.append((_sharing(field), quad))

    def is_used(self, quad: Quad, field: Field) -> bool:
        """True for a place that another field has its value from: a place serves one value only.

        Fields that have the same place and read it alike, as the first and the last day of a period, share it.
        """
        middle = centre(quad)
        return any(other != _sharing(field) and inside(middle, taken) for other, taken in self.used)

    def free_lines(self, field: Field) -> Iterator[Line]:
        """What no other field has its value from: lines, and the rest of a line that holds one."""
        from ocrcli.layout.parts import left_over

        taken = [quad for other, quad in self.used if other != _sharing(field)]
        for line in self.reading.lines:
            if line.text:
                yield from left_over(line, taken)

    @cached_property
    def label_lines(self) -> set[int]:
        """The ids of the lines that are labels and nothing else."""
        parts = [part for value in self.values for part in value.label]
        return {id(part.line) for part in parts if part.text.strip() == part.line.text.strip()}

    def side_of(self, value: Value) -> str:
        """The side that a label stands on, of those that have such a label: the one whose own labels are nearer."""
        sides = [side.name for side in self.shown if value.key in label_keys(self.declared, side)]
        if len(sides) < 2:
            return sides[0] if sides else ""
        middle = _middle(value)
        for name in sides:
            if name in self.places and inside(middle, self.places[name].quad):
                return name
        return min(sides, key=lambda name: self._distance(middle, name))

    def _is_on(self, value: Value, side: str) -> bool:
        return not side or len(self.shown) < 2 or self.side_of(value) == side

    def _distance(self, point: tuple[float, float], side: str) -> float:
        """Squared distance to the middle of the labels that only this side has."""
        x, y = self._middles.get(side, (float("inf"), 0.0))
        return (point[0] - x) ** 2 + (point[1] - y) ** 2

    @cached_property
    def _middles(self) -> dict[str, tuple[float, float]]:
        shared = Counter(key for side in self.shown for key in label_keys(self.declared, side))
        middles = {}
        for side in self.shown:
            own = {key for key in label_keys(self.declared, side) if shared[key] == 1}
            points = [_middle(value) for value in self.values if value.key in own]
            if points:
                middles[side.name] = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
        return middles


def laid_out(declared: Declared, reading: Reading, options: Mapping[str, Any]) -> Sheet:
    """A sheet with its labels, the print beside them, and which sides they show."""
    from ocrcli.layout.fields import read_values

    labels = labels_of(declared)
    reading = without_ground(reading, declared.ground)
    values = read_values(reading, labels, overprinted=declared.overprinted, spread=declared.spread)
    there = {value.key for value in values}
    titled = {side.name: there | _titled(side, reading) for side in declared.sides}
    shown = tuple(
        side
        for side in declared.sides
        if _is_seen(declared, side, titled[side.name])
        or _is_seen(declared, side, titled[side.name] | _misread(declared, side, reading, values))
    )
    return Sheet(declared, reading, values, options, shown, shown)


def _misread(declared: Declared, side: Side, reading: Reading, values: Sequence[Value]) -> set[str]:
    """The keys of labels that are badly read, but stand where the side's face has them.

    The labels that were read say where the side lies.
    """
    names = names_of(declared, side)
    own = [replace(value, key=names[value.key]) for value in values if value.key in names]
    if side.face is None or not own:
        return set()
    from ocrcli.layout.cards import locate

    place = locate(reading, side.face, own)
    wordings = {label.key: label.labels for label in labels_of(declared)}
    expected = {key: side.face.labels[name] for key, name in names.items() if name in side.face.labels}
    read = {id(part.line) for value in values for part in value.label}
    return {key for key, box in expected.items() if place and place.resembles(box, wordings[key], read)}


def on_cards(sheet: Sheet) -> Sheet:
    """The sheet with where its sides lie, and without the print around them where that is known of all."""
    from ocrcli.layout.cards import locate
    from ocrcli.layout.fields import best_values

    places: dict[str, Place] = {}
    for side in sheet.sides:
        if side.face is not None:
            own = [value for value in sheet.values if sheet.side_of(value) == side.name]
            names = names_of(sheet.declared, side)
            told = best_values(own).values() if side.face.edged else own
            seen = [replace(value, key=names.get(value.key, value.key)) for value in told]
            if place := locate(sheet.reading, side.face, seen):
                places[side.name] = place
    sheet.places = places
    lines = tuple(_own_lines(sheet))
    if len(lines) == len(sheet.reading.lines):
        return sheet
    # Print around the card, and in its stamps, says nothing about how the card's rows run.
    alone = laid_out(sheet.declared, replace(sheet.reading, lines=lines), sheet.options)
    return replace(alone, shown=sheet.shown, sides=sheet.sides, places=places)


def _own_lines(sheet: Sheet) -> Iterator[Line]:
    """The lines of the document's print: those on its cards, where that is known of all, but not those in stamps."""
    places = sheet.places
    stamps = {
        id(line)
        for field in sheet.declared.fields
        for find in field.finds
        if isinstance(find, Stamped) and field.side in places
        for line in places[field.side].lines_in(find.box)
    } - sheet.label_lines
    edged = bool(places) and all(place.face.edged for place in places.values())
    alone = edged and len(places) == len(sheet.sides) and not _goes_beyond(sheet)
    for line in sheet.reading.lines:
        if id(line) not in stamps and (not alone or any(place.holds(line) for place in places.values())):
            yield line


def _goes_beyond(sheet: Sheet) -> bool:
    """True where labels are there that are not on the card itself: an app shows more below its picture."""
    for side in sheet.sides:
        names = names_of(sheet.declared, side)
        seen = {names[value.key] for value in sheet.values if value.key in names and sheet.side_of(value) == side.name}
        if side.face is not None and not seen <= set(side.face.labels):
            return True
    return False


def repeated(sheet: Sheet) -> Side | None:
    """A side that the page shows more than once: two of its labels stand there more often than sides have them."""
    counts = Counter(value.key for value in sheet.values)
    for side in sheet.shown:
        own = label_keys(sheet.declared, side)
        heads = Counter(keys_of(sheet.declared)[_place_of(f)] for f in sheet.declared.printed if _head_of(f))
        stops = {
            find.between[0]
            for f in sheet.declared.fields
            for find in f.finds
            if isinstance(find, Rows) and find.between
        }
        own = [key for key in own if key.partition("/")[0] not in stops]
        sharing = {
            key: max(heads[key], sum(key in label_keys(sheet.declared, other) for other in sheet.shown)) for key in own
        }
        if sum(counts[key] > sharing[key] for key in own) >= _TWICE:
            return side
    return None


def labels_seen(sheet: Sheet) -> list[str]:
    """The wordings of all labels that are there, from top left, for people."""
    wording = {label.key: label.labels[0] for label in labels_of(sheet.declared)}
    return [wording[key] for key in dict.fromkeys(value.key for value in sheet.values)]


def _titled(side: Side, reading: Reading) -> set[str]:
    """The key of the side's title, where a line says one of its titles."""
    from ocrcli.forms.titles import title_on

    return {_MARK + _TITLE} if side.titles and title_on(reading, side.titles) else set()


def _is_seen(declared: Declared, side: Side, there: set[str]) -> bool:
    seen = there & set(label_keys(declared, side))
    named = {name for name, key in _by_name(declared, side).items() if key in seen}
    return len(seen) >= side.least and (not side.own or any(own <= named for own in side.own))


def labels_of(declared: Declared) -> list[Label]:
    """What `layout.fields` looks for: one label for each place beside one, and one for each mark of a side."""
    from ocrcli.layout.labels import Label

    forms: dict[tuple[Beside, ...], list[Form]] = {}
    for own in declared.printed:
        forms.setdefault(_place_of(own), []).append(own.form)
    labels = [
        Label(
            key,
            find.labels,
            find.where,
            find.rows,
            find.stop,
            fits=partial(_may_be, forms[place]),
            strict=all(form.strict for form in forms[place]),
            on_form=find.on_form,
            close=find.close,
        )
        for place, key in keys_of(declared).items()
        for find in place
    ]
    marks = {name: forms for side in declared.sides for name, forms in side.marks.items()}
    return [*labels, *(Label(_MARK + name, forms) for name, forms in marks.items())]


def printed_texts(declared: Declared) -> list[str]:
    """All texts that are printed on the form itself: labels and marks, blanks left out."""
    return [compact(text) for label in labels_of(declared) for text in label.labels]


def _may_be(forms: Sequence[Form], text: str) -> bool:
    """True for a text that may be a value of one of the fields which share a place."""
    return any(form.may_be(text) for form in forms)


def keys_of(declared: Declared) -> dict[tuple[Beside, ...], str]:
    """The key of each place beside a label: the name of the first field that has its value there."""
    keys: dict[tuple[Beside, ...], str] = {}
    for own in declared.printed:
        if place := _place_of(own):
            keys.setdefault(place, f"{own.name}/{own.side}")
    return keys


def label_keys(declared: Declared, side: Side) -> list[str]:
    """The keys of the labels that a side has."""
    return list(dict.fromkeys(_by_name(declared, side).values()))


def names_of(declared: Declared, side: Side) -> dict[str, str]:
    """The field's or mark's name for each of a side's label keys."""
    return {key: name for name, key in reversed(_by_name(declared, side).items())}


def _by_name(declared: Declared, side: Side) -> dict[str, str]:
    keys = keys_of(declared)
    own = {f.name: keys[_place_of(f)] for f in declared.printed if _place_of(f) and f.side == side.name}
    titled = {_TITLE: _MARK + _TITLE} if side.titles else {}
    return own | titled | {name: _MARK + name for name in side.marks}


def _place_of(own: Field) -> tuple[Beside, ...]:
    """The places beside labels, whichever of several such labels is the field's."""
    return tuple(find.of_any() for find in own.finds if isinstance(find, Beside))


def _head_of(own: Field) -> str:
    """The field or mark that says which of several labels is the field's; "" where there is none."""
    return next((find.of for find in own.finds if isinstance(find, Beside) and find.of), "")


def _sharing(own: Field) -> tuple[object, str]:
    """What fields have in common that share a print."""
    return own.finds[0], own.form.grammar.name if own.form.grammar else own.form.name


def _middle(value: Value) -> tuple[float, float]:
    return centre(value.label[0].quad)
