"""What gives a declared document away, for `classify`, `auto` and telling several on a page apart."""

from __future__ import annotations

from collections.abc import Iterator

from ocrcli.forms.fields import Declared, Side
from ocrcli.forms.find import Beside, Titled
from ocrcli.signs import Kind, Labels, Shape, Sign, Title

_MOST_NEEDED = 4  # labels that name a document wholly


def kind_of(declared: Declared) -> Kind:
    """The document's kind, under its name in the vendors' list of classes."""
    name, spec = declared.type or declared.name, declared.spec or declared.name
    return Kind(name, declared.title_zh, spec, signs_of(declared), declared.ruled)


def kinds_of_sides(declared: Declared) -> tuple[Kind, ...]:
    """Each side of a document as a kind of its own: its marks and its labels."""
    return tuple(
        Kind(side.name, side.words, declared.name, tuple(_of_side(declared, side)), declared.ruled)
        for side in declared.sides
    )


def _of_side(declared: Declared, side: Side) -> Iterator[Sign]:
    yield from (Title(texts) for texts in side.marks.values())
    labels = _labels_on(declared, side.name)
    if len(labels) > 1:
        yield Labels(labels, min(_MOST_NEEDED, len(labels)))


def signs_of(declared: Declared) -> tuple[Sign, ...]:
    """The signs that a declaration names, else those that follow from it: its titles, each side's labels, its shape."""
    return declared.signs or tuple(_from_fields(declared))


def _labels_on(declared: Declared, side: str) -> tuple[str, ...]:
    own = (find for field in declared.fields if field.side == side for find in field.finds)
    return tuple(label for find in own if isinstance(find, Beside) for label in find.labels)


def _from_fields(declared: Declared) -> Iterator[Sign]:
    titles = tuple(
        title for field in declared.fields for find in field.finds if isinstance(find, Titled) for title in find.titles
    )
    if titles:
        yield Title(titles)
    for name in dict.fromkeys(side.name for side in declared.sides):
        labels = _labels_on(declared, name)
        if len(labels) > 1:
            yield Labels(labels, min(_MOST_NEEDED, len(labels)))
    for ratio in dict.fromkeys(side.face.ratio for side in declared.sides if side.face):
        yield Shape(max(ratio, 1 / ratio))
