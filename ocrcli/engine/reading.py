"""Reading straightened lines: crop → probabilities → Line, several at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ocrcli.engine.columns import lay_out
from ocrcli.engine.crops import cut
from ocrcli.engine.lattice import end_to_end, greedy, make_lattice, mean_confidence
from ocrcli.geometry import Quad, length, thickness
from ocrcli.page import Alphabet, Char, Lattice, Line, Pixels

LONGEST = 40.0  # a line longer than this times its height is read in pieces, cut at its gaps


class Probabilities(Protocol):
    """A recogniser: class probabilities of a crop, and the steps its text covers."""

    alphabet: Alphabet

    def probabilities(self, crop: Pixels) -> tuple[NDArray[np.float32], float]:
        """T × C probabilities of a crop (h × w × 3, BGR); the number of steps that are not padding."""
        ...


class LineReader:
    """Reads lines, several at a time where it has an executor: the recogniser frees Python's lock while it works."""

    def __init__(self, recognizer: Probabilities, executor: Executor | None = None) -> None:
        self._recognizer = recognizer
        self._executor = executor

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> list[Line]:
        """The line at each quad, in the same order; empty text where nothing was read."""

        def line(quad: Quad) -> Line:
            return self.crop(cut(pixels, quad), quad)

        if self._executor is None:
            return [line(quad) for quad in quads]
        # The widest first: a long line begun last would leave the other threads waiting.
        order = sorted(quads, key=lambda q: -length(q) / max(1.0, thickness(q)))
        read = dict(zip(order, self._executor.map(line, order), strict=True))
        return [read[quad] for quad in quads]

    def crop(self, crop: Pixels, quad: Quad) -> Line:
        """The line in a straightened crop, said to lie at `quad`."""
        parts = _pieces(crop)
        pieces = [self._piece(part) for part in parts]
        chars, lattice = pieces[0] if len(parts) == 1 else _joined(pieces, [part.shape[1] for part in parts])
        chars = _trimmed(chars)
        return Line(
            text="".join(c.text for c in chars),
            confidence=mean_confidence(chars),
            quad=quad,
            chars=chars,
            lattice=lattice,
        )

    def column(self, pixels: Pixels, quad: Quad) -> Line:
        """The line at an upright quad whose characters stand below each other."""
        laid = lay_out(cut(pixels, quad))
        line = self.crop(laid.pixels, quad)
        return replace(line, chars=laid.places(line.chars), lattice=None, vertical=True)

    def _piece(self, crop: Pixels) -> tuple[tuple[Char, ...], Lattice]:
        alphabet = self._recognizer.alphabet
        dense, used = self._recognizer.probabilities(crop)
        # Steps of mere padding go, unless the last character ran into them.
        written = np.flatnonzero(dense.argmax(axis=1))
        last = int(written[-1]) + 1 if len(written) else 0
        dense = dense[: max(math.ceil(used), last)]
        _, chars = greedy(dense, used, alphabet)
        return chars, make_lattice(dense, alphabet)


def _trimmed(chars: tuple[Char, ...]) -> tuple[Char, ...]:
    """Without blanks at the ends: they are no text."""
    first, last = 0, len(chars)
    while first < last and chars[first].text == " ":
        first += 1
    while last > first and chars[last - 1].text == " ":
        last -= 1
    return chars[first:last]


def _pieces(crop: Pixels) -> list[Pixels]:
    """A line as pieces that the recogniser reads well, cut where there is least ink; most lines are one piece."""
    height, width = crop.shape[:2]
    count = math.ceil(width / (LONGEST * height))
    if count < 2:
        return [crop]
    ink = crop.std(axis=(0, 2))  # a column of paper is all one colour
    smooth = np.convolve(ink, np.ones(max(1, height // 4)), "same")
    cuts = [0]
    for i in range(1, count):
        middle, reach = width * i // count, width // count // 4
        window = smooth[middle - reach : middle + reach]
        cuts.append(middle - reach + int(window.argmin()))
    cuts.append(width)
    return [np.ascontiguousarray(crop[:, a:b]) for a, b in pairwise(cuts)]


def _joined(
    pieces: Sequence[tuple[tuple[Char, ...], Lattice]], widths: Sequence[int]
) -> tuple[tuple[Char, ...], Lattice]:
    """Pieces side by side as one line: places scaled to the whole, lattices one after the other."""
    total = sum(widths)
    chars: list[Char] = []
    begin = 0
    for (own, _), width in zip(pieces, widths, strict=True):
        chars += [replace(c, start=(begin + c.start * width) / total, end=(begin + c.end * width) / total) for c in own]
        begin += width
    return tuple(chars), end_to_end([lattice for _, lattice in pieces])
