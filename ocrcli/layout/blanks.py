"""Blanks between numbers that the recogniser passes over: they show in how far apart it sees the digits.

The recogniser gives each character a cell that reaches half-way to the next. Measured on drawn numbers: the middles of
two digits are 0.9 to 1.1 of the usual distance apart, across a blank of half an em 1.4 to 1.6 of it, and the distances
beside grow by half of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ocrcli.page import Char, Line, Reading

_WIDER = 1.35  # times the usual distance of two digits
_AHEAD = 0.1  # of the usual distance, by which it is more than the distances beside
_FEWEST = 4  # pairs of digits that show the usual distance


def with_blanks(reading: Reading) -> Reading:
    """The arranged reading, with a blank where two numbers that a picture shows stand apart."""
    if reading.source != "ocr":
        return reading
    return reading.arranged([tuple(tuple(map(_parted, row)) for row in block) for block in reading.blocks])


def _parted(line: Line) -> Line:
    apart = [_middle(b) - _middle(a) for a, b in pairwise(line.chars)]
    numbers = [d for d, (a, b) in zip(apart, pairwise(line.chars), strict=True) if _is_digit(a) and _is_digit(b)]
    if len(numbers) < _FEWEST:
        return line
    usual = sorted(numbers)[len(numbers) // 4]  # in short numbers most distances may be grown
    chars = tuple(_chars(line.chars, apart, usual))
    return line if len(chars) == len(line.chars) else replace(line, chars=chars, text="".join(c.text for c in chars))


def _chars(chars: tuple[Char, ...], apart: list[float], usual: float) -> Iterator[Char]:
    for i, char in enumerate(chars):
        if i and _is_digit(char) and _is_digit(chars[i - 1]) and _stands_out(apart, i - 1, usual):
            yield Char(" ", min(char.confidence, chars[i - 1].confidence), chars[i - 1].end, char.start)
        yield char


def _stands_out(apart: list[float], at: int, usual: float) -> bool:
    beside = apart[max(0, at - 1) : at] + apart[at + 1 : at + 2]
    return apart[at] > _WIDER * usual and all(apart[at] > other + _AHEAD * usual for other in beside)


def _middle(char: Char) -> float:
    return (char.start + char.end) / 2


def _is_digit(char: Char) -> bool:
    return char.text.isascii() and char.text.isdigit()
