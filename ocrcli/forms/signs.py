"""What gives a declared document away, for `classify`, `auto` and telling several on a page apart."""

from __future__ import annotations

from collections.abc import Iterator

from ocrcli.forms.fields import Declared
from ocrcli.forms.find import Beside, Titled
from ocrcli.signs import Kind, Labels, Shape, Sign, Title

_MOST_NEEDED = 4  # labels that name a document wholly


def kind_of(declared: Declared) -> Kind:
    """The document's kind, under its name in the vendors' list of classes."""
    return Kind(declared.type or declared.name, declared.title_zh, declared.spec or declared.name, signs_of(declared))


def signs_of(declared: Declared) -> tuple[Sign, ...]:
    """The signs that a declaration names, else those that follow from it: its titles, each side's labels, its shape."""
    return declared.signs or tuple(_from_fields(declared))


def _from_fields(declared: Declared) -> Iterator[Sign]:
    titles = tuple(
        title for field in declared.fields for find in field.finds if isinstance(find, Titled) for title in find.titles
    )
    if titles:
        yield Title(titles)
    for name in dict.fromkeys(side.name for side in declared.sides):
        labels = tuple(
            label
            for field in declared.fields
            if field.side == name
            for find in field.finds
            if isinstance(find, Beside)
            for label in find.labels
        )
        if len(labels) > 1:
            yield Labels(labels, min(_MOST_NEEDED, len(labels)))
    for ratio in dict.fromkeys(side.face.ratio for side in declared.sides if side.face):
        yield Shape(max(ratio, 1 / ratio))
