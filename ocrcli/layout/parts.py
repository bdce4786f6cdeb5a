"""Part of a line: what a label or a value is when both stand in one box."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ocrcli.geometry import Quad, around, bounds, centre, inside, length, overlap, slice_quad
from ocrcli.layout.upright import units
from ocrcli.page import Char, Lattice, Line


@dataclass(frozen=True, slots=True)
class Part:
    """The characters from `start` up to `end` of a line's text."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """What the part says."""
        return self.line.text[self.start : self.end]

    @property
    def span(self) -> tuple[float, float]:
        """Where the part begins and ends, as shares (0..1) of the line's length."""
        if self.start == 0 and self.end == len(self.line.text):
            return 0.0, 1.0
        return place_of(self.line, self.start)[0], place_of(self.line, self.end - 1)[1]

    @property
    def quad(self) -> Quad:
        """Its place on the page as given."""
        return slice_quad(self.line.quad, *self.span, down=self.line.vertical)

    @property
    def confidence(self) -> float:
        """The mean of its characters' probabilities; the line's where single ones are not known."""
        chars = self._chars
        return sum(c.confidence for c in chars) / len(chars) if chars else self.line.confidence

    def as_line(self) -> Line:
        """The part as a line of its own, with its share of the lattice: for reading it again under a grammar."""
        if self.start == 0 and self.end == len(self.line.text):
            return self.line
        begin, end = self.span
        width = max(end - begin, 1e-9)
        return replace(
            self.line,
            text=self.text,
            confidence=self.confidence,
            quad=self.quad,
            chars=tuple(
                Char(c.text, c.confidence, max(0.0, (c.start - begin) / width), min(1.0, (c.end - begin) / width))
                for c in self._chars
            ),
            lattice=lattice_part(self.line.lattice, begin, end) if self.line.lattice else None,
        )

    @property
    def _chars(self) -> tuple[Char, ...]:
        known = len(self.line.chars) == len(self.line.text)
        return self.line.chars[self.start : self.end] if known else ()


def joined(parts: Sequence[Part], text: str, quad: Quad) -> Line:
    """Parts that follow each other as one line, which says `text` at `quad`: lattices end to end, characters too.

    The characters' places are shares of the parts' lengths put together.
    """
    from ocrcli.engine.lattice import end_to_end

    lines = [part.as_line() for part in parts]
    if len(lines) == 1:
        return lines[0]
    lattices = [line.lattice for line in lines if line.lattice is not None]
    lengths = [max(length(line.quad), 1e-6) for line in lines]
    chars: list[Char] = []
    before = 0.0
    for line, extent in zip(lines, lengths, strict=True):
        begin, share = before / sum(lengths), extent / sum(lengths)
        chars += [replace(c, start=begin + c.start * share, end=begin + c.end * share) for c in line.chars]
        before += extent
    count = sum(len(line.text) for line in lines)
    return Line(
        text=text,
        confidence=sum(line.confidence * len(line.text) for line in lines) / max(count, 1),
        quad=quad,
        source=lines[0].source,
        chars=tuple(chars),
        lattice=end_to_end(lattices) if len(lattices) == len(lines) else None,
    )


def left_over(line: Line, taken: Sequence[Quad]) -> Iterator[Line]:
    """The line, or the words that some of these places leave of it where they lie on it."""
    if not any(overlap(bounds(quad), bounds(line.quad)) > 0 for quad in taken):
        yield line
        return
    free = [not any(inside(centre(_spot(line, span)), quad) for quad in taken) for span in places_of(line)]
    if all(free):
        yield line
        return
    start = 0
    for end in range(len(free) + 1):
        if end == len(free) or not free[end] or line.text[end].isspace():
            if line.text[start:end].strip():
                yield Part(line, start, end).as_line()
            start = end + 1


def _spot(line: Line, span: tuple[float, float]) -> Quad:
    return slice_quad(line.quad, *span, down=line.vertical)


def in_a_row(lines: Sequence[Line]) -> Line:
    """Whole lines that are read one after the other as one, which lies in the box around them."""
    if len(lines) == 1:
        return lines[0]
    parts = [Part(line, 0, len(line.text)) for line in lines]
    return joined(parts, "".join(line.text for line in lines), around(line.quad for line in lines))


def place_of(line: Line, index: int) -> tuple[float, float]:
    """Where a character of a line begins and ends, as shares of its length; by widths where it is not known."""
    if len(line.chars) == len(line.text):
        return line.chars[index].start, line.chars[index].end
    whole = units(line.text)
    before = units(line.text[:index])
    return before / whole, (before + units(line.text[index])) / whole


def places_of(line: Line) -> list[tuple[float, float]]:
    """Where each character of a line begins and ends; see place_of."""
    if len(line.chars) == len(line.text):
        return [(char.start, char.end) for char in line.chars]
    return [place_of(line, index) for index in range(len(line.text))]


def lattice_part(lattice: Lattice, begin: float, end: float) -> Lattice:
    """The steps of a lattice that lie between two shares of its length."""
    first, last = math.floor(begin * lattice.steps), math.ceil(end * lattice.steps)
    offsets = lattice.offsets[first : last + 1]
    low, high = int(offsets[0]), int(offsets[-1])
    return Lattice(offsets - low, lattice.ids[low:high], lattice.logs[low:high], lattice.alphabet)
