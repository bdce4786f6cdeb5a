"""A picture turned some way, the places of its lines, and what has been read of them so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ocrcli.engine.crops import half_turned, turn
from ocrcli.engine.detection import Boxes, find_lines
from ocrcli.engine.reading import LineReader
from ocrcli.geometry import Affine, Quad, length, thickness
from ocrcli.page import Line, Pixels

SLANT = 7.0  # degrees: a page turned by less is read as it stands, its lines straightened one by one
SAMPLE = 4  # lines that are read to find out which end is up …
LARGE_SAMPLE = 12  # … and this many where those don't read clearly
CLEARLY_MORE = 1.5  # a page is upside down where that makes this many times as much of it readable
CLEARLY_UPRIGHT = 0.9  # mean confidence of a sample that needs no second opinion
LOST = 0.5  # share of the text's length that a turn may make harder to see, by no more than an eighth of a circle
FILLERS = re.compile("[<>]{3,}")  # in machine-readable zones: as sure upside down, and no sign of either end
ZONE_FILLERS = re.compile("[<くㄑ〈‹]{4,}")
ZONE_LENGTH = 24  # characters: the shortest zone has lines of 30
BETTER = 0.12  # another way of reading is taken where it is surer by this much


@dataclass
class View:
    """`affine` maps the picture it was made from to `pixels`; each of `quads` begins at its text's top left."""

    pixels: Pixels
    quads: list[Quad]
    affine: Affine
    reader: LineReader
    _read: dict[Quad, Line] = field(default_factory=dict)

    def turned(self, detector: Boxes, degrees: float) -> View:
        """The view after a turn clockwise, looked at anew; after a slight one, the view itself."""
        if abs(degrees) <= SLANT:
            return self
        pixels, affine = turn(self.pixels, degrees)
        quads = find_lines(detector, pixels)
        if abs(degrees) < 45 and sum(map(length, quads)) < LOST * sum(map(length, self.quads)):
            quads = [affine.quad(quad) for quad in self.quads]
        return View(pixels, quads, self.affine.then(affine), self.reader)

    def read(self, quads: Sequence[Quad]) -> list[Line]:
        """The line at each quad; what was read before is not read again."""
        new = [q for q in dict.fromkeys(quads) if q not in self._read]
        self._read.update(zip(new, self.reader.read(self.pixels, new), strict=True))
        return [self._read[q] for q in quads]

    def which_way(self) -> tuple[float, bool]:
        """How sure the longest lines read the better way up, and whether that is upside down."""
        longest = sorted(self.quads, key=lambda q: -length(q) * thickness(q) ** 0.5)
        upright = self.read(longest[:SAMPLE])
        if are_clear(upright):
            return _mean_confidence(upright), False
        # A few lines may be in a script the recogniser doesn't know, or no text at all: more are asked.
        sample = longest[:LARGE_SAMPLE]
        upright, down = self.read(sample), self.read([half_turned(q) for q in sample])
        if readable(down) > CLEARLY_MORE * readable(upright):
            return _mean_confidence(down), True
        return _mean_confidence(upright), False

    def upside_down(self) -> View:
        """The same view with its lines read from the other end."""
        return View(self.pixels, [half_turned(q) for q in self.quads], self.affine, self.reader, self._read)


def _mean_confidence(lines: Sequence[Line]) -> float:
    return sum(line.confidence for line in lines) / len(lines) if lines else 0.0


def are_clear(lines: Sequence[Line]) -> bool:
    """True for lines that are surely read from their own beginning."""
    return _mean_confidence(lines) >= CLEARLY_UPRIGHT and not any(map(is_reversed_zone, lines))


def is_reversed_zone(line: Line) -> bool:
    """True for a line of a machine-readable zone read upside down, as surely as upright, but its fillers are no <."""
    return ">>>" in line.text


def is_zone(line: Line) -> bool:
    """True for a line of a machine-readable zone: rows of fillers are text, however unsurely they are read.

    The recogniser takes a filler for the kana of that shape, and is sure of neither.
    """
    return len(line.text) >= ZONE_LENGTH and ZONE_FILLERS.search(line.text) is not None


def readable(lines: Sequence[Line]) -> float:
    """How many characters were read, unsure ones counting little: nonsense is long at times, but never sure."""
    return sum(len(FILLERS.sub("", line.text)) * line.confidence**4 for line in lines)
