"""A template as what the engine reads, and whether it makes sense as a whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process

from ocrcli.checks.patterns import Pattern
from ocrcli.forms import binds
from ocrcli.forms.fields import Bind, Declared, Field, Side
from ocrcli.forms.find import Again, Anywhere, At, Below, Beside, Direction, Find, Near, Rows, Titled
from ocrcli.forms.form import Form, compact, one_of
from ocrcli.forms.ready import FORMS, TEXT
from ocrcli.forms.templates.model import (
    MOST_FIELDS,
    Check,
    Column,
    FieldPart,
    SidePart,
    Template,
)
from ocrcli.forms.templates.text import Path, TemplateFault
from ocrcli.geometry import Box
from ocrcli.layout.face import Face
from ocrcli.layout.where import Where
from ocrcli.signs import Labels, Sign, Title

_FEWEST_ANCHORS = 2
_MOST_NEEDED = 4  # labels that name a document wholly
_LIKE = 60.0  # rapidfuzz, 0..100: a name that may be meant


def declared_of(template: Template) -> Declared:
    """What the engine reads. Raises TemplateFault for a template that makes no sense."""
    if template.sides and template.fields:
        raise TemplateFault("a document has `fields`, or `sides` with fields of their own: not both", path=("fields",))
    made = [_SideOf(name, part, ("sides", name) if name else ()) for name, part in template.parts.items()]
    fields = tuple(field for side in made for field in side.fields())
    count = sum(1 + len(field.items) for field in fields)
    if not fields or count > MOST_FIELDS:
        found = f"{count} fields; {MOST_FIELDS} are allowed" if fields else "no field"
        raise TemplateFault(f"it has {found}", path=("fields",))
    sides = tuple(side.declared(template.headings) for side in made)
    return Declared(
        name=template.template,
        title=template.title or template.template,
        title_zh=template.title_zh or template.title or template.template,
        fields=fields,
        sides=sides,
        checks=tuple(bind for number, check in enumerate(template.checks) for bind in _binds(check, number, fields)),
        several=template.several,
        repeats=not template.several,
        page=template.page,
        type=template.template,
        signs=tuple(_signs(template)),
    )


def nearest(name: str, known: Iterable[str], what: str) -> str:
    """`there is no key 'lable'; did you mean 'label'?`, with all that are known where none is near."""
    names = list(known)
    near = process.extractOne(name, names, score_cutoff=_LIKE)
    advice = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names)}"
    return f"there is no {what} {name!r}; {advice}"


@dataclass
class _SideOf:
    """One side while it is made; `path` is where it stands in the template."""

    name: str
    part: SidePart
    path: Path

    def fields(self) -> Iterator[Field]:
        """Its fields in their order."""
        taken: dict[tuple[str, ...], str] = {}
        for name, part in self.part.fields.items():
            path = (*self.path, "fields", name)
            field = self._field(name, part, path)
            for label in map(_folded, part.label if part.at is None and not part.columns else ()):
                other = taken.setdefault((label, field.form.name), name)
                if other != name:
                    said = f"{name} and {other} have the same label and the same form: they would have one value"
                    raise TemplateFault(f"{said}; say where each stands (`at`, `near`)", path=path)
            yield field

    def _field(self, name: str, part: FieldPart, path: Path) -> Field:
        meaning = part.meaning or next(iter([*part.label, *part.heading]), name)
        if part.columns:
            others = sorted(part.model_fields_set - {"columns", "end", "meaning", "required"})
            if others:
                raise TemplateFault(f"{name} is a list: it has `columns` and `end`, not `{others[0]}`", path=path)
            items = tuple(_column(key, column, (*path, "columns", key)) for key, column in part.columns.items())
            return Field(
                name, meaning, Rows(tuple(part.end)), side=self.name, type="list", required=part.required, items=items
            )
        form = _form(part, path)
        finds = tuple(self._finds(name, part, form, path))
        if not finds:
            raise TemplateFault(
                f"{name} does not say where its value stands: give it `label`, `at`, `near`, `heading`, `columns` or "
                "`anywhere`",
                path=path,
            )
        return Field(name, meaning, finds, form, self.name, required=part.required)

    def _finds(self, name: str, part: FieldPart, form: Form, path: Path) -> Iterator[Find]:
        if part.label:
            yield Beside(*part.label, rows=part.rows, stop=tuple(part.stop), where=Where(part.where))
        if part.at is not None:
            if len(self.part.anchors) < _FEWEST_ANCHORS:
                raise TemplateFault(
                    f"{name} stands at a place: that needs at least {_FEWEST_ANCHORS} `anchors`, printed texts that "
                    "never change, far apart from each other",
                    path=(*path, "at"),
                )
            box = self._box(part.at, (*path, "at"))
            yield At(box, part.rows)
            if part.rows == 1 and form.grammar is not None:
                yield Again(box)
        if part.near is not None:
            if part.near.field not in self.part.fields or part.near.field == name:
                known = [other for other in self.part.fields if other != name]
                raise TemplateFault(nearest(part.near.field, known, "field"), path=(*path, "near", "field"))
            yield Near(part.near.field, Direction(part.near.direction), part.near.within_em)
        if part.heading:
            yield Titled(tuple(part.heading))
        if part.anywhere:
            if form.grammar is None and not form.looks and form.place_in is None:
                raise TemplateFault(
                    f"{name}: `anywhere` needs a form that can be told by its looks: `form`, `values` or `pattern`",
                    path=(*path, "anywhere"),
                )
            yield Anywhere()

    def declared(self, headings: list[str]) -> Side:
        """The side with what shows that it is there."""
        part = self.part
        wanted: dict[str, list[str]] = {name: [text] for text, name in self._anchor_names().items()}
        wanted |= {"heading": headings, **{f"mark {number}": [text] for number, text in enumerate(part.marks, 1)}}
        for name, field in part.fields.items():
            wanted |= {f"head {name}/{key}": column.head for key, column in field.columns.items()}
        # Print is one label's only: what has a label already, or an anchor, is no other mark.
        taken = {_folded(label) for field in part.fields.values() for label in field.label}
        marks: dict[str, tuple[str, ...]] = {}
        for name, texts in wanted.items():
            free = [text for text in texts if _folded(text) not in taken]
            taken |= set(map(_folded, free))
            marks |= {name: tuple(free)} if free else {}
        count = len(marks) + sum(bool(field.label) for field in part.fields.values())
        if not count:
            raise TemplateFault(
                "nothing tells this document from others: give it `headings`, `marks`, `anchors`, or fields a `label`",
                path=(*self.path, "fields"),
            )
        if part.least is not None and part.least > count:
            raise TemplateFault(
                f"least: {part.least} are asked for, but only {count} labels, headings, marks and anchors are declared",
                path=(*self.path, "least"),
            )
        words = {"": "the document", "front": "the front", "back": "the back"}[self.name]
        least = part.least or min(_MOST_NEEDED, -(-count // 2))
        return Side(self.name, words, marks=marks, least=least, face=self._face())

    def _face(self) -> Face | None:
        if not self.part.anchors:
            return None
        width, height = self._size()
        labels = {}
        for text, name in self._anchor_names().items():
            x0, y0, x1, y1 = self._box(self.part.anchors[text], (*self.path, "anchors", text))
            labels[name] = (x0, x1, (y0 + y1) / 2)
        return Face(width, height, labels, edged=False)

    def _anchor_names(self) -> dict[str, str]:
        """A name for each anchor: its field's where it is a label, too."""
        of_fields = {_folded(label): name for name, field in self.part.fields.items() for label in field.label}
        return {text: of_fields.get(_folded(text), f"anchor {i}") for i, text in enumerate(self.part.anchors, 1)}

    def _size(self) -> tuple[float, float]:
        if self.part.size is None or min(self.part.size) <= 0:
            raise TemplateFault(
                "places need the page's `size`: [width, height], in mm or any other unit", path=self.path
            )
        width, height = self.part.size
        return width, height

    def _box(self, place: list[float | str], path: Path) -> Box:
        """A place in the unit of the page's size."""
        width, height = self._size()
        told = [
            side * float(length[:-1]) / 100 if isinstance(length, str) else length
            for length, side in zip(place, (width, height) * 2, strict=True)
        ]
        x0, y0, x1, y1 = told
        if not (0 <= x0 < x1 <= width * 1.001 and 0 <= y0 < y1 <= height * 1.001):
            found = f"{path[-1]}: [{', '.join(f'{length:g}' for length in told)}] is no place on a page of"
            raise TemplateFault(f"{found} {width:g} × {height:g}: it is [left, top, right, bottom]", path=path)
        return x0, y0, x1, y1


def _column(key: str, column: Column, path: Path) -> Field:
    return Field(key, column.meaning or column.head[0], Below(*column.head), _form(column, path))


def _form(part: FieldPart | Column, path: Path) -> Form:
    """The form of a value."""
    given = [name for name in ("form", "values", "pattern") if getattr(part, name)]
    if len(given) > 1:
        raise TemplateFault(f"`{given[0]}` and `{given[1]}` both say what form it has: leave one out", path=path)
    if part.form:
        if part.form not in FORMS:
            raise TemplateFault(f"form: {nearest(part.form, FORMS, 'form')}", path=(*path, "form"))
        return FORMS[part.form]
    if part.values:
        return one_of(f"one of {', '.join(part.values)}", part.values)
    return _matching(_pattern(part.pattern, (*path, "pattern"))) if part.pattern else TEXT


def _pattern(text: str, path: Path) -> Pattern:
    try:
        return Pattern(text)
    except ValueError as error:
        raise TemplateFault(f"pattern: {error}", path=path) from None


def _matching(pattern: Pattern) -> Form:
    """What an expression finds in a print: in it as it stands, else without its blanks."""

    def normal(text: str) -> str | None:
        for plain in (unicodedata.normalize("NFKC", text), compact(unicodedata.normalize("NFKC", text))):
            if place := pattern.place_in(plain):
                return plain[place[0] : place[1]].strip() or None
        return None

    return Form(f"pattern {pattern.text}", normal=normal, place_in=pattern.place_in)


def _folded(label: str) -> str:
    return compact(unicodedata.normalize("NFKC", label)).casefold()


def _signs(template: Template) -> Iterator[Sign]:
    """What gives the document away: its headings, and each side's labels and fixed print."""
    if template.headings:
        yield Title(tuple(template.headings))
    for part in template.parts.values():
        texts = dict.fromkeys(
            [
                *(label for field in part.fields.values() for label in field.label),
                *(head for field in part.fields.values() for column in field.columns.values() for head in column.head),
                *part.marks,
                *part.anchors,
            ]
        )
        if len(texts) > 1:
            yield Labels(tuple(texts), min(_MOST_NEEDED, len(texts)))
        elif texts and not template.headings:
            yield Title(tuple(texts))


def _binds(check: Check, number: int, fields: tuple[Field, ...]) -> Iterator[Bind]:
    """The checks that one entry of `checks` asks for."""
    [kind] = check.model_fields_set
    path = ("checks", number)
    keys = _Keys(fields, path)
    match kind:
        case "date_order":
            yield binds.date_order(*keys.all(check.date_order or []))
        case "sum_of" if check.sum_of:
            total = keys.single(check.sum_of.total)
            yield binds.sum_of(keys.all(check.sum_of.parts, lists=True), total)
        case "product_of" if check.product_of:
            told = keys.of_one_list([*check.product_of.factors, check.product_of.product])
            yield binds.product_of(told[:-1], told[-1])
        case "words_equal_digits" if check.words_equal_digits:
            yield binds.words_equal_digits(
                *keys.of_one_list([check.words_equal_digits.words, check.words_equal_digits.digits])
            )
        case "same_on_both_sides":
            yield from _same(keys, check.same_on_both_sides or [], fields, path)
        case "required":
            yield from (binds.required(key) for key in keys.all(check.required or [], lists=True))
        case "matches" if check.matches:
            pattern = _pattern(check.matches.pattern, (*path, "matches", "pattern"))
            yield binds.matches(keys.all([check.matches.field], lists=True)[0], pattern)


def _same(keys: _Keys, names: list[str], fields: tuple[Field, ...], path: Path) -> Iterator[Bind]:
    told = keys.all(names)
    if len(told) > 1:
        yield binds.same(*told)
    elif len({field.side for field in fields if field.name == told[0]}) < 2:
        raise TemplateFault(f"{told[0]} is not on both sides; name the fields that must be the same", path=path)


@dataclass
class _Keys:
    """The keys that checks may name."""

    fields: tuple[Field, ...]
    path: Path

    def all(self, names: list[str], *, lists: bool = False) -> tuple[str, ...]:
        """The keys, each checked; columns of lists only where they are asked for."""
        plain = [field.name for field in self.fields if lists or field.type != "list"]
        columns = [f"{field.name}/{item.name}" for field in self.fields for item in field.items] if lists else []
        for name in names:
            if name not in (*plain, *columns):
                raise TemplateFault(nearest(name, dict.fromkeys([*plain, *columns]), "field"), path=self.path)
        return tuple(names)

    def single(self, name: str) -> str:
        """One key that is no list's."""
        return self.all([name])[0]

    def of_one_list(self, names: list[str]) -> tuple[str, ...]:
        """The keys; those that are columns are all of one list."""
        told = self.all(names, lists=True)
        if len({name.partition("/")[0] for name in told if "/" in name}) > 1:
            raise TemplateFault("these are columns of several lists: a check runs through one", path=self.path)
        return told
