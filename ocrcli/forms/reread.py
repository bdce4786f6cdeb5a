"""Print read as a form has it: along its lattice, with its doubts, and looked at again where it is unsure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocrcli.finding import Evidence
from ocrcli.forms import doubt
from ocrcli.forms.form import Form, unclosed, words
from ocrcli.forms.found import Found
from ocrcli.geometry import Quad, length, slice_quad, thickness
from ocrcli.page import Line, Reading

if TYPE_CHECKING:
    from ocrcli.engine.decoding import Guided
    from ocrcli.engine.grammar import Grammar


def as_form(reading: Reading, line: Line, form: Form, *, narrow: bool = False, rows: int = 1) -> Found | None:
    """What a printed line, or a part of one, says as this form; None where it says nothing.

    Print that the form's grammar does not fit stands as it was read, and is doubtful. The value's place is the line's,
    but that of its own characters where more stands in the line (or always, `narrow`). `rows`: how many rows it was
    put together from.
    """
    from ocrcli.layout.cards import at_edge

    if not line.text.strip():
        return None
    cut = doubt.AT_EDGE if at_edge(reading, line.quad, rows) else None
    guided = under_grammar(line, form)
    if guided is not None and (text := form.normal(guided.text)) is not None:
        quad = place_of(line, guided) if narrow or _says_more(line, guided) else line.quad
        return _found(form, text, guided, quad, line, cut=cut)
    text = form.normal(line.text)
    open_ended = doubt.PART_MISSING if unclosed(line.text) else None
    faults = (doubt.NOT_OF_FORM if text is None else None, cut, open_ended)
    why = doubt.reason(line.chars, signs=form.signs, faults=faults)
    return Found(text or words(line.text), Evidence(line.confidence, line.quad, line.source, line.text, why or ""))


def looked_again(reading: Reading, line: Line, form: Form, first: Found) -> Found:
    """An unsure value after more looks at its place: of all the likeliest together.

    The value stands as it is where nothing more can be seen, or the looks show no such value.
    """
    if form.grammar is None or line.source != "ocr" or line.lattice is None:
        return first
    looks = [line, *looks_at(reading, line.quad)]
    together = read_of(looks, form.grammar) if len(looks) > 1 else None
    if together is None or together.guided.misfit > doubt.BENT_NATS:
        return first
    text = form.normal(together.guided.text)
    return first if text is None else _found(form, text, together.guided, line.quad, line, agreed=together.agreed)


@dataclass(frozen=True, slots=True)
class Together:
    """What several looks at one place say together: by which of them most clearly, and which share of them says so."""

    which: int
    guided: Guided
    agreed: float


def looks_at(reading: Reading, quad: Quad) -> list[Line]:
    """A place as it reads enlarged, clearer, and inverted."""
    from ocrcli.layout import looks
    from ocrcli.vision.second_look import clearer, enlarged, inverted

    return looks.looks_at(reading, quad, enlarged, clearer, inverted)


def read_of(looks: Sequence[Line], grammar: Grammar) -> Together | None:
    """The value that several looks at one place find likeliest together; None where none of them holds one."""
    from ocrcli.engine.decoding import lattice_of, read_as, read_together

    lattices = [lattice_of(look) for look in looks]
    found = read_together(lattices, grammar, inside=True)
    if found is None:
        return None
    which, guided = found
    own = (read_as(lattice, grammar, inside=True) for lattice in lattices)
    same = sum(look is not None and look.text == guided.text for look in own)
    return Together(which, guided, same / len(looks))


def without_seal(reading: Reading, line: Line, form: Form, room_em: float) -> Found | None:
    """What a second look without red ink says from the line's beginning to `room_em` heights beyond its end; None where
    that is no such value."""
    from ocrcli.vision.second_look import with_room
    from ocrcli.vision.stamp import bared

    if line.source != "ocr":
        return None
    beyond = room_em * thickness(line.quad) / max(length(line.quad), 1e-6)
    look = reading.again(with_room(slice_quad(line.quad, 0.0, 1.0 + beyond)), bared)
    found = as_form(reading, look, form)
    return None if found is None or form.normal(found.text) is None else found


def place_of(line: Line, guided: Guided) -> Quad:
    """Where in its line a value stands."""
    first, last = _span(line, guided)
    return slice_quad(line.quad, max(0.0, first), min(1.0, last), down=line.vertical)


def _span(line: Line, guided: Guided) -> tuple[float, float]:
    """Where a value begins and ends, as shares of its line's length."""
    from ocrcli.layout.parts import places_of

    first, last = guided.chars[0], guided.chars[-1]
    if line.lattice is not None:
        return first.start, last.end
    # The lattice of digital text has a step for each character, wide or not, and one around each.
    places, steps = places_of(line), 2 * len(line.text) + 1
    begin, end = (min(len(places) - 1, int((c.start + c.end) / 2 * steps) // 2) for c in (first, last))
    return places[begin][0], places[end][1]


def _says_more(line: Line, guided: Guided) -> bool:
    """True where letters or digits stand in the line before or behind the value."""
    from ocrcli.layout.parts import places_of

    first, last = _span(line, guided)
    middles = ((begin + end) / 2 for (begin, end), c in zip(places_of(line), line.text, strict=True) if c.isalnum())
    return any(not first <= middle <= last for middle in middles)


def under_grammar(line: Line, form: Form) -> Guided | None:
    """The line under the form's grammar; None where it must be bent too much, or there is no grammar."""
    from ocrcli.engine.decoding import lattice_of, read_as

    if form.grammar is None:
        return None
    guided = read_as(lattice_of(line), form.grammar, inside=True)
    return guided if guided is not None and guided.misfit <= doubt.BENT_NATS else None


def _found(
    form: Form, text: str, guided: Guided, quad: Quad, line: Line, *, cut: str | None = None, agreed: float = 1.0
) -> Found:
    speaks = doubt.BY_CHECK if form.proves and guided.passed else None
    why = doubt.reason(guided.chars, guided=guided, agreed=agreed, speaks=speaks) or cut or ""
    rivals = doubt.alternatives(guided, form.normal, text)
    evidence = Evidence(guided.confidence, quad, line.source, guided.plain, why, rivals)
    return Found(text, evidence, guided.passed, guided.chose)
