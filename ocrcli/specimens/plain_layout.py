"""Where a plain drawing has its print, in mm: where the side's face says, if that has the place of every label; else in
rows, a label and its value on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ocrcli.forms.fields import Field, Side
from ocrcli.forms.find import At, Beside, Find, Titled
from ocrcli.layout.face import Face
from ocrcli.layout.where import Where
from ocrcli.specimens.documents.base import MM, Print
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.words import wrap

Size = tuple[float, float]  # width and height in mm

_EM_MM, _TITLE_MM = 3.4, 5.0  # of the print
_ROW_MM, _TITLE_ROW_MM = 8.0, 9.0  # from row to row
_MARGIN_MM, _WIDTH_MM = 9.0, 148.0  # of a document whose size is not declared: as wide as an A5 sheet
_EDGE_MM = 3.0  # between print and the edge of a face
_GAP_EM, _LEADING_EM = 1.2, 1.45  # between a label and its value, and from line to line of one value


@dataclass(frozen=True)
class Entry:
    """A value's print, where it is declared to stand, and the fields that it gives: two for a period."""

    find: Find
    text: str
    fields: tuple[Field, ...]

    @property
    def name(self) -> str:
        """The name of the first field."""
        return self.fields[0].name


def laid_out(
    titles: Mapping[str, str], entries: Sequence[Entry], side: Side, typecase: Typecase
) -> tuple[Size, list[Print]]:
    """The document's size, and everything printed on it. `titles` are printed texts without a value, by name."""
    face = side.face
    labelled = {entry.name for entry in entries if not isinstance(entry.find, At)}
    if face is not None and labelled <= face.labels.keys():
        prints = [*_marks(face, titles, typecase), *(p for e in entries for p in _on_face(face, e, typecase))]
        return (face.width, face.height), prints
    return _in_rows(titles, entries, typecase)


def _marks(face: Face, titles: Mapping[str, str], typecase: Typecase) -> Iterator[Print]:
    for name, text in titles.items():
        if name in face.labels:
            x0, x1, middle = face.labels[name]
            em = (x1 - x0) / _units(text, typecase)
            yield Print(text, x0, middle - em / 2, em)


def _on_face(face: Face, entry: Entry, typecase: Typecase) -> Iterator[Print]:
    """A label where the face has it, and its value behind it; or a value in its box."""
    if isinstance(entry.find, At):
        x0, y0, x1, y1 = entry.find.box
        em = min(_EM_MM, (y1 - y0) / (entry.find.rows * _LEADING_EM))
        yield _value(entry, x0, y0, em, x1 - x0, entry.find.rows, typecase)
        return
    assert isinstance(entry.find, Beside)  # what else there is has no label on a face
    label = entry.find.labels[0]
    x0, x1, middle = face.labels[entry.name]
    em = (x1 - x0) / _units(label, typecase)
    yield Print(label, x0, middle - em / 2, em)
    left = x1 + _GAP_EM * em
    if entry.name in face.ends:  # a value of fixed length, its characters evenly apart
        pitch = (face.ends[entry.name] - left) / len(entry.text)
        yield Print(entry.text, left, middle - em / 2, em, key=entry.name, pitch=pitch)
    else:
        right = min(_obstacles(face, x1, middle, em))
        yield _value(entry, left, middle - em / 2, em, right - left, entry.find.rows, typecase)


def _obstacles(face: Face, left: float, middle: float, em: float) -> Iterator[float]:
    """Where a value that begins at `left` must end: at the edge, at the portrait, at the next label of its row."""
    yield face.width - _EDGE_MM
    if face.portrait and face.portrait[1] < middle + em < face.portrait[3] and face.portrait[0] > left:
        yield face.portrait[0]
    for x0, _, other in face.labels.values():
        if x0 > left and abs(other - middle) < em:
            yield x0 - em / 2


def _in_rows(titles: Mapping[str, str], entries: Sequence[Entry], typecase: Typecase) -> tuple[Size, list[Print]]:
    named = [entry for entry in entries if isinstance(entry.find, Titled)]
    prints, y = [], _MARGIN_MM
    for text, key in (*((text, None) for text in titles.values()), *((e.text, e.name) for e in named)):
        size = min(_TITLE_MM, (_WIDTH_MM - 2 * _MARGIN_MM) / _units(text, typecase))
        prints.append(Print(text, _WIDTH_MM / 2, y, size, align="centre", weight=0.05, key=key))
        y += _TITLE_ROW_MM
    labels = [e.find.labels[0] for e in entries if isinstance(e.find, Beside)]
    column = _MARGIN_MM + _EM_MM * (max((_units(label, typecase) for label in labels), default=0) + _GAP_EM)
    for entry in entries:
        if isinstance(entry.find, Titled):
            continue
        x, rows = _MARGIN_MM, 1
        if isinstance(entry.find, Beside):
            prints.append(Print(entry.find.labels[0], x, y, _EM_MM))
            rows = entry.find.rows
            x, y = (x, y + _ROW_MM) if entry.find.where is Where.BELOW else (column, y)
        value = _value(entry, x, y, _EM_MM, _WIDTH_MM - _MARGIN_MM - x, rows, typecase)
        prints.append(value)
        y += _ROW_MM + value.leading * (_lines(value, typecase) - 1)
    return (_WIDTH_MM, y + _MARGIN_MM), prints


def _value(entry: Entry, x: float, y: float, em: float, width: float, rows: int, typecase: Typecase) -> Print:
    """A value's print: broken into as many lines as it may have, and smaller where that is not enough."""
    for smaller in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5):
        size = smaller * em
        broken = width if rows > 1 else None
        value = Print(entry.text, x, y, size, key=entry.name, width=broken, leading=size * _LEADING_EM)
        if _lines(value, typecase) <= rows if broken else size * _units(entry.text, typecase) <= width:
            break
    return value


def _lines(value: Print, typecase: Typecase) -> int:
    return 1 if value.width is None else len(wrap(value.text, value.width * MM, value.style(typecase, MM).width))


def _units(text: str, typecase: Typecase) -> float:
    """The length of a text in em."""
    style = Print(text, 0, 0, _EM_MM).style(typecase, MM)
    return style.width(text) / style.size
