"""Looking for a value in the places where its field may have it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ocrcli.finding import Evidence
from ocrcli.forms import doubt
from ocrcli.forms.fields import Field
from ocrcli.forms.find import (
    Abreast,
    Again,
    Anywhere,
    At,
    Beside,
    By,
    Derived,
    Direction,
    Find,
    Near,
    Rows,
    Says,
    Stamped,
    Titled,
)
from ocrcli.forms.form import Form, compact
from ocrcli.forms.found import Found
from ocrcli.forms.hidden import DASHES, dashes_at, hidden_beside, rest_under_seal
from ocrcli.forms.reread import as_form, looked_again, without_seal
from ocrcli.forms.sheet import Sheet, printed_texts
from ocrcli.geometry import Quad, around, bounds, centre, overlap
from ocrcli.page import Line

if TYPE_CHECKING:
    from ocrcli.layout.cards import Place
    from ocrcli.layout.parts import Part

_AGREED = 0.6  # share of a page's fixed print that must say the same of where it lies
_ASTRAY_MM = 5.0  # by which print may lie off its place: more is no print out of register


def look_for(sheet: Sheet, field: Field) -> Found | None:
    """The value of a field: from the first of its places that settles it, else the best that any of them has."""
    best: Found | None = None
    for find in field.finds:
        found = _look(sheet, field, find)
        if found is not None and isinstance(find, Beside) and _is_astray(sheet, field, found):
            found = replace(found.doubted(doubt.MISPLACED), passed=None)
        if found is not None and (best is None or found.worth > best.worth):
            best = found
        if best is not None and best.settled:
            break
    if best is not None and field.type == "list" and best.value is None:
        best = replace(best, value=best.text.split())
    if best is not None and best.evidence.quad is not None:
        sheet.use(field, best.evidence.quad)
    return best


def _is_astray(sheet: Sheet, field: Field, found: Found) -> bool:
    """True for a value beside its label that stands where the side's face has others'."""
    place, quad = sheet.places.get(field.side), found.evidence.quad
    boxes = [find.box for find in field.finds if isinstance(find, (At, Again))]
    if place is None or quad is None or not boxes:
        return False
    x, y = place.in_mm(centre(quad))
    far = (max(x0 - x, x - x1, y0 - y, y - y1) for x0, y0, x1, y1 in boxes)
    return min(far) > _ASTRAY_MM


def _look(sheet: Sheet, field: Field, find: Find) -> Found | None:
    match find:
        case Beside():
            return _beside(sheet, field, find)
        case Near():
            return _near(sheet, field, find)
        case At():
            return _at(sheet, field, find)
        case Again():
            return _again(sheet, field, find)
        case Stamped():
            return _stamped(sheet, field, find)
        case Anywhere():
            return _anywhere(sheet, field, find)
        case Abreast():
            return _abreast(sheet, field, find)
        case Rows():
            from ocrcli.forms.rows import rows_below

            return rows_below(sheet, field, find)
        case Titled():
            return _titled(sheet, find)
        case Says():
            return _says(sheet, find)
        case Derived():
            return _derived(sheet, find)
        case By():
            return find.function(sheet)


def _beside(sheet: Sheet, field: Field, find: Beside) -> Found | None:
    value = sheet.labelled(field)
    if value is None or not value.rows:
        if value and sheet.declared.overprinted and (hidden := hidden_beside(sheet, field, value)):
            return hidden
        label = value.label[0] if value and field.blank else None
        return Found("", Evidence(label.confidence, None, label.line.source)) if label else None
    line = value.line
    found = as_form(sheet.reading, line, field.form, rows=len(value.rows))
    if found is None:
        return None
    if find.under_seal_em and found.evidence.doubtful:
        found = without_seal(sheet.reading, line, field.form, find.under_seal_em) or found
    found = _cut_at_edge(sheet, found, [part.quad for part in value.parts])
    if sheet.rivals(field, value):
        return found.doubted(doubt.TWICE)
    sure = found.passed or not found.evidence.doubtful
    return found if sure else looked_again(sheet.reading, line, field.form, found)


def _cut_at_edge(sheet: Sheet, found: Found, quads: Iterable[Quad]) -> Found:
    """A value of several parts is cut off where one of them is."""
    from ocrcli.layout.cards import at_edge

    return found.doubted(doubt.AT_EDGE) if any(at_edge(sheet.reading, quad) for quad in quads) else found


def _near(sheet: Sheet, field: Field, find: Near) -> Found | None:
    """The nearest free print on that side of the other value which may be such a value."""
    from ocrcli.layout.rows import shared_height
    from ocrcli.layout.upright import piece_of, upright_map

    anchor = sheet.value(find.key)
    if anchor is None or anchor.evidence.quad is None:
        return None
    to_upright = upright_map(sheet.reading)
    start = piece_of(Line("", 0.0, anchor.evidence.quad), to_upright)
    level = find.direction in (Direction.LEFT, Direction.RIGHT)
    candidates = []
    for line in sheet.free_lines(field):
        piece = piece_of(line, to_upright)
        if level:
            gap = piece.x0 - start.x1 if find.direction is Direction.RIGHT else start.x0 - piece.x1
            beside = shared_height(start, piece) > 0.3
        else:
            gap = piece.y0 - start.y1 if find.direction is Direction.BELOW else start.y0 - piece.y1
            beside = piece.x0 < start.x1 and start.x0 < piece.x1
        if beside and -0.5 * start.height <= gap <= find.most_em * start.height and field.form.may_be(line.text):
            candidates.append((gap, line))
    for _, line in sorted(candidates, key=lambda candidate: candidate[0]):
        if found := as_form(sheet.reading, line, field.form, narrow=True):
            return found.doubted(doubt.NOT_LABELLED) if find.alone else found
    return None


def _at(sheet: Sheet, field: Field, find: At) -> Found | None:
    """What stands in a box of the card."""
    place = sheet.places.get(field.side)
    if place is None:
        return None
    if not place.face.edged:
        return _printed_at(sheet, field, place, find)
    labels = sheet.label_lines
    free = (line for line in place.lines_in(find.box) if not sheet.is_used(line.quad, field))
    free = (line for line in free if not field.form.strict or field.form.may_be(line.text))
    lines = [_without_rest_of_label(line, field, place, find) for line in free if id(line) not in labels]
    found = _of_rows(sheet, field, lines[: find.rows])
    return found.doubted(doubt.NOT_LABELLED) if found and find.alone else found


def _without_rest_of_label(line: Line, field: Field, place: Place, find: At) -> Line:
    """The line without what is left of the field's label before the box, where that was not read as a whole."""
    from ocrcli.layout.parts import Part

    letters = {c for own in field.finds if isinstance(own, Beside) for label in own.labels for c in label}
    start = 0
    while start < len(line.text) and line.text[start] in letters:
        if place.in_mm(centre(Part(line, start, start + 1).quad))[0] >= find.box[0]:
            break
        start += 1
    return Part(line, start, len(line.text)).as_line() if 0 < start < len(line.text) else line


def _of_rows(sheet: Sheet, field: Field, lines: Sequence[Line]) -> Found | None:
    return as_form(sheet.reading, _as_one(lines, field), field.form, rows=len(lines)) if lines else None


def _printed_at(sheet: Sheet, field: Field, place: Place, find: At) -> Found | None:
    """What stands in a box of a page that its print places exactly: no more of a line than lies in the box."""
    printed = set(printed_texts(sheet.declared))
    there = place.parts_in(find.box)
    parts = own = [part for part in there if compact(part.text).rstrip(":：") not in printed]
    if find.rows == 1:  # of neighbours that reach into the box, the one that stands on its middle
        parts = sorted(own, key=lambda part: place.off_middle(part.quad, find.box))[:1]
    if not parts:
        return None
    line = _as_one([part.as_line() for part in parts[: find.rows]], field)
    found = as_form(sheet.reading, line, field.form)
    if found is None:
        return None
    own_label = any(isinstance(other, Beside) for other in field.finds)
    if place.agreed < _AGREED or (len(own) < len(there) and not own_label):
        return found.doubted(doubt.MISPLACED)
    if len(parts) > find.rows or any(_goes_on(sheet, part) for part in parts):
        return found.doubted(doubt.CUT)
    sure = found.passed or not found.evidence.doubtful
    return found if sure else looked_again(sheet.reading, line, field.form, found)


def _goes_on(sheet: Sheet, part: Part) -> bool:
    """True where a word or a number was cut out of a longer one, and what stands before it is no printed label."""
    before, after = part.line.text[: part.start], part.line.text[part.end :]
    if after[:1].isalnum():
        return True
    return before[-1:].isalnum() and not compact(before).endswith(tuple(printed_texts(sheet.declared)))


def _as_one(lines: Sequence[Line], field: Field) -> Line:
    """Rows of a value as one line, without the field's label in front."""
    from ocrcli.layout.parts import Part, joined

    labels = [label for find in field.finds if isinstance(find, Beside) for label in find.labels]
    before = [max((len(label) for label in labels if line.text.startswith(label)), default=0) for line in lines]
    parts = [Part(line, start, len(line.text)) for line, start in zip(lines, before, strict=True)]
    return joined(parts, "".join(part.text for part in parts), around(line.quad for line in lines))


def _again(sheet: Sheet, field: Field, find: Again) -> Found | None:
    """What a second look at a box of the card says, where that has the form; where it says nothing, a clearer one."""
    from ocrcli.vision.second_look import clearer, enlarged

    place = sheet.places.get(field.side)
    if place is None:
        return None
    line = sheet.reading.again(place.at(find.box), enlarged)
    if not line.text:
        line = sheet.reading.again(place.at(find.box), clearer)
    if not line.text and field.form.normal(DASHES) == DASHES:
        return dashes_at(place, find.box)
    found = as_form(sheet.reading, line, field.form)
    if found is None or (field.form.grammar is not None and found.evidence.why == doubt.NOT_OF_FORM):
        return None
    return found.doubted(doubt.NOT_LABELLED) if find.alone else found


def _stamped(sheet: Sheet, field: Field, find: Stamped) -> Found | None:
    """What stands there in red ink, where that has the form."""
    from ocrcli.vision.stamp_words import red_alone

    place = sheet.places.get(field.side)
    lines = place.read_in(find.box, red_alone) if place else []
    lines = [line for line in lines if line.text]
    found = _of_rows(sheet, field, lines)
    return found if found and found.evidence.why != doubt.NOT_OF_FORM else None


def _anywhere(sheet: Sheet, field: Field, find: Anywhere) -> Found | None:
    """The likeliest print of this form that serves no other value."""
    found = next(_by_form(sheet, field, broken=find.broken), None)
    found = found or (rest_under_seal(sheet, field, find) if find.begins else None)
    if found is None or find.telling or (field.form.proves and found.passed):
        return found
    return found.doubted(doubt.ALONE)


def everywhere(sheet: Sheet, field: Field) -> list[Found]:
    """All prints of a field's form, each at a place of its own."""
    return list(_by_form(sheet, field, broken=any(isinstance(find, Anywhere) and find.broken for find in field.finds)))


def _by_form(sheet: Sheet, field: Field, *, broken: bool) -> Iterator[Found]:
    from ocrcli.layout.runs import runs, stacks
    from ocrcli.layout.search import find_by_grammar

    form, lines = field.form, list(sheet.free_lines(field))
    if broken:
        free = replace(sheet.reading, lines=tuple(lines))
        lines = [*runs(free), *stacks(free)]
    if form.grammar is not None:
        given: list[Quad] = []
        for hit in find_by_grammar((line for line in lines if form.may_be(line.text)), form.grammar):
            if sheet.is_used(hit.quad, field) or any(overlap(bounds(hit.quad), bounds(quad)) > 0 for quad in given):
                continue
            if found := as_form(sheet.reading, hit.line, form, narrow=True):
                given.append(hit.quad)
                yield found
        return
    for line in lines:
        if part := _matching(line, form):
            yield from filter(None, [as_form(sheet.reading, part, form)])


def _abreast(sheet: Sheet, field: Field, find: Abreast) -> Found | None:
    """One of several prints of this form on the first row that has so many."""
    from ocrcli.layout.runs import matches_by_row

    row = next(
        (row for row in matches_by_row(sheet.reading, find.pattern or field.form.looks) if len(row) == find.count), None
    )
    return as_form(sheet.reading, row[find.index], field.form) if row else None


def _matching(line: Line, form: Form) -> Line | None:
    """The part of a line that looks like the form, as a line."""
    from ocrcli.layout.parts import Part

    plain = unicodedata.normalize("NFKC", line.text)
    if len(plain) != len(line.text):  # signs that become several would shift the places
        plain = line.text
    place = form.within(plain)
    return Part(line, *place).as_line() if place and place[1] > place[0] else None


def _titled(sheet: Sheet, find: Titled) -> Found | None:
    """The line that says the title best."""
    from ocrcli.forms.titles import title_on
    from ocrcli.layout.labels import folded

    best = title_on(sheet.reading, find.titles)
    if best is None:
        return None
    line, title = best
    said = title if folded(title) == folded(line.text) else compact(line.text)  # signs may be lost
    why = doubt.reason(line.chars)
    evidence = Evidence(line.confidence, line.quad, line.source, line.text, why or "")
    return Found(said, evidence)


def _says(sheet: Sheet, find: Says) -> Found:
    """Which of the two it is; as sure as the line that says it."""
    for line in sheet.reading.lines:
        if any(text in compact(line.text) for text in find.texts):
            return Found(find.then, Evidence(line.confidence, line.quad, "derived", line.text))
    return Found(find.otherwise, Evidence(1.0, None, "derived"))


def _derived(sheet: Sheet, find: Derived) -> Found | None:
    """What follows from other values; as doubtful as they are."""
    sources = [sheet.value(key) for key in find.keys]
    given = [sheet.value(key) for key in find.given]
    known = [source for source in (*sources, *given) if source is not None]
    unread = any(value is None and sheet.has_label(key) for key, value in zip(find.given, given, strict=True))
    if None in sources or unread:
        return None
    text = find.derive(*(source.text if source else None for source in (*sources, *given)))
    if text is None:
        return None
    why = next((source.evidence.why for source in known if source.evidence.doubtful), "")
    confidence = min(source.evidence.confidence for source in known)
    evidence = Evidence(confidence, None, "derived", None, why)
    found = Found(text, evidence)
    return found.doubted(doubt.DERIVED) if find.alone else found
