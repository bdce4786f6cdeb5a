"""Print read as a form has it: along its lattice, with its doubts, and looked at again where it is unsure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocrcli.finding import Evidence
from ocrcli.forms import doubt
from ocrcli.forms.form import Form, words
from ocrcli.forms.found import Found
from ocrcli.geometry import Quad, slice_quad
from ocrcli.page import Line, Reading

if TYPE_CHECKING:
    from ocrcli.engine.decoding import Guided

_LEAST_AGREED = 0.5  # share of the looks that must say the same


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
    guided = _guided(line, form)
    if guided is not None and (text := form.normal(guided.text)) is not None:
        quad = place_of(line, guided) if narrow or _says_more(line, guided) else line.quad
        return _found(text, guided, quad, line, doubt.of_guided(guided) or cut)
    text = form.normal(line.text)
    why = cut or doubt.unclear(line.chars) or (doubt.NOT_OF_FORM if text is None else None)
    evidence = Evidence(line.confidence, line.quad, line.source, line.text, why is not None, why or "")
    return Found(text or words(line.text), evidence)


def looked_again(reading: Reading, line: Line, form: Form, first: Found) -> Found:
    """An unsure value after more looks at its place: enlarged, clearer, inverted; of all the likeliest together.

    The value stands as it is where nothing more can be seen, or the looks show no such value.
    """
    from ocrcli.engine.decoding import lattice_of, read_together
    from ocrcli.vision.second_look import clearer, enlarged, inverted, with_room

    if form.grammar is None or line.source != "ocr" or line.lattice is None:
        return first
    again = [reading.again(with_room(line.quad), prepare) for prepare in (enlarged, clearer, inverted)]
    looks = [line, *(look for look in again if look.text)]
    if len(looks) == 1:
        return first
    found = read_together([lattice_of(look) for look in looks], form.grammar, inside=True)
    if found is None or found[1].misfit > doubt.BENT_NATS or (text := form.normal(found[1].text)) is None:
        return first
    guided = found[1]
    same = sum((own := _guided(look, form)) is not None and own.text == guided.text for look in looks)
    why = doubt.of_guided(guided) or (doubt.DISAGREE if same <= _LEAST_AGREED * len(looks) else None)
    return _found(text, guided, line.quad, line, why)


def place_of(line: Line, guided: Guided) -> Quad:
    """Where in its line a value stands."""
    first, last = guided.chars[0], guided.chars[-1]
    return slice_quad(line.quad, max(0.0, first.start), min(1.0, last.end), down=line.vertical)


def _says_more(line: Line, guided: Guided) -> bool:
    """True where letters or digits stand in the line before or behind the value."""
    from ocrcli.layout.parts import places_of

    first, last = guided.chars[0].start, guided.chars[-1].end
    middles = ((begin + end) / 2 for (begin, end), c in zip(places_of(line), line.text, strict=True) if c.isalnum())
    return any(not first <= middle <= last for middle in middles)


def _guided(line: Line, form: Form) -> Guided | None:
    """The line under the form's grammar; None where it must be bent too much, or there is no grammar."""
    from ocrcli.engine.decoding import lattice_of, read_as

    if form.grammar is None:
        return None
    guided = read_as(lattice_of(line), form.grammar, inside=True)
    return guided if guided is not None and guided.misfit <= doubt.BENT_NATS else None


def _found(text: str, guided: Guided, quad: Quad, line: Line, why: str | None) -> Found:
    evidence = Evidence(guided.confidence, quad, line.source, guided.plain, why is not None, why or "")
    return Found(text, evidence, guided.passed, guided.chose)
