"""Lines of a machine-readable zone as the standard reads them (ICAO Doc 9303): along their lattices, by its rules.

A rule may read what the print leaves open, never what it does not say: where a character that no rule allows is clearly
printed, it stands as it is printed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ocrcli.checks import countries, mrz
from ocrcli.engine.decoding import REACH_NATS, RULE, Guided, lattice_of, read_as
from ocrcli.engine.grammars import MRZ_AS_PRINTED, MRZ_LINES, OCR_B_ALIKE, STATES
from ocrcli.layout.looks import looks_at
from ocrcli.layout.parts import lattice_part
from ocrcli.page import Char, Line, Reading
from ocrcli.vision.second_look import clearer, enlarged

# What OCR-B does not tell apart, check digits may: as far as the reader gives both a chance.
_ZONE_RULE = replace(
    RULE, alike=tuple(letter + digit for letter, digit in OCR_B_ALIKE.items()), repair_alike=REACH_NATS
)
_FLOOR = 1e-7  # what every character counts that a lattice does not list (engine.lattice)
_UNSEEN = 1e-4  # a character less probable than this was not seen at all: only the rule asks for it
_SEEN = 0.5  # what is more probable than this is printed there
_STATE_PLACES: tuple[mrz.FieldName, ...] = ("issuing_state", "nationality")


@dataclass(frozen=True)
class ZoneLine:
    """A line of a zone. `disputed`: the positions where looks see different characters; `foreign`: those at which a
    character is printed that the standard does not allow there."""

    line: Line
    guided: Guided
    disputed: frozenset[int] = frozenset()
    foreign: frozenset[int] = frozenset()

    @property
    def unsure(self) -> bool:
        """True where a second look may help."""
        return bool(self.disputed) or self.guided.doubtful or self.guided.misfit > REACH_NATS

    def has_look_alike(self, places: range) -> bool:
        """True where another reading that passes, however far behind, differs at these positions in characters that
        OCR-B shapes alike: there the picture says little, and several of them may cancel out in a check digit."""
        own, cut = self.guided.text, slice(places.start, places.stop)
        return any(text[cut] != own[cut] and _ZONE_RULE.are_alike(text, own) for text, _ in self.guided.rivals)


def read_line(layout: mrz.Format, number: int, line: Line) -> ZoneLine | None:
    """The line of this number of a zone; None where it would have to be bent too much."""
    guided = read_as(lattice_of(line), MRZ_LINES[layout.name][number], rule=_ZONE_RULE)
    if guided is None:
        return None
    read = _as_printed(layout, number, ZoneLine(line, guided))
    for name in _STATE_PLACES:
        where, start, end = layout.fields.get(name, (-1, 0, 0))
        if where == number:
            read = _with_known_state(read, start, end)
    return read


def outvoted(reading: Reading, layout: mrz.Format, number: int, first: ZoneLine) -> ZoneLine:
    """Of three readings of a line the text that two agree on, else the first."""
    again = (read_line(layout, number, line) for line in looks_at(reading, first.line.quad, enlarged, clearer))
    looks = [first, *(look for look in again if look is not None)]
    texts = [look.guided.text for look in looks]
    best = max(looks, key=lambda look: texts.count(look.guided.text))
    if texts.count(best.guided.text) > 1 or len(texts) == 1:
        return best
    return replace(best, disputed=_differing(texts))


def _differing(texts: Sequence[str]) -> frozenset[int]:
    """The positions at which texts of one length are not all the same."""
    return frozenset(place for place, seen in enumerate(zip(*texts, strict=True)) if len(set(seen)) > 1)


def _as_printed(layout: mrz.Format, number: int, read: ZoneLine) -> ZoneLine:
    """The line with what is printed where the rule asks for a character that was not seen at all.

    Names keep their form: fillers are read as letters, not letters as fillers. Of two characters that OCR-B shapes
    alike the one stands that may stand there, as clear as the other was seen.
    """
    guided = read.guided
    if guided.misfit <= REACH_NATS and all(char.confidence > _SEEN for char in guided.chars):
        return read
    printed = read_as(lattice_of(read.line), MRZ_AS_PRINTED[layout.length])
    if printed is None:
        return read
    where, start, end = layout.fields.get("names", (-1, 0, 0))
    names = range(start, end) if where == number else range(0)
    allowed = [piece.alphabet for piece in MRZ_LINES[layout.name][number].rows[0].slots]
    chars, misfit = list(guided.chars), guided.misfit
    foreign = set()
    for place, (own, other) in enumerate(zip(guided.chars, printed.chars, strict=True)):
        if own.text == other.text or other.confidence < _SEEN or not _at_one_place(own, other):
            continue
        if place in names and (own.text == mrz.FILLER or _ZONE_RULE.are_alike(own.text, other.text)):
            continue
        shape = None if place in names else _look_alike(other.text, allowed[place])
        if shape is not None:
            chars[place] = replace(other, text=shape)
        elif own.confidence < _UNSEEN and (place in names or other.text not in allowed[place]):
            chars[place] = other
            foreign.add(place)
        else:
            continue
        misfit -= math.log(max(other.confidence, _FLOOR) / max(own.confidence, _FLOOR))
    said = replace(guided, text="".join(c.text for c in chars), chars=tuple(chars), misfit=max(0.0, misfit))
    return replace(read, guided=replace(said, rivals=()) if foreign else said, foreign=frozenset(foreign))


def _look_alike(character: str, allowed: str) -> str | None:
    """What may stand where a character was read that may not; None for one that may, or has a shape of its own."""
    if character in allowed:
        return None
    return next((c for c in allowed if _ZONE_RULE.are_alike(c, character)), None)


def _at_one_place(a: Char, b: Char) -> bool:
    return abs(a.start + a.end - b.start - b.end) < a.end - a.start


def _with_known_state(read: ZoneLine, start: int, end: int) -> ZoneLine:
    """The line with a state that exists, where the print allows one and only one."""
    chars = read.guided.chars
    code = read.guided.text[start:end]
    if countries.passes(code.rstrip(mrz.FILLER)) or not read.foreign.isdisjoint(range(start, end)):
        return read
    begin, behind = max(0.0, chars[start].start), min(1.0, chars[end - 1].end)
    found = read_as(lattice_part(lattice_of(read.line), begin, behind), STATES)
    if found is None or found.misfit > REACH_NATS or found.doubtful:
        return read
    wide = behind - begin
    own = [replace(c, start=begin + c.start * wide, end=begin + c.end * wide) for c in found.chars]
    whole = (*chars[:start], *own, *chars[end:])
    # What rivalled the old characters says nothing about the new ones.
    return replace(read, guided=replace(read.guided, text="".join(c.text for c in whole), chars=whole, rivals=()))
