"""The print in a paper's ground: letters that are strewn over it are no part of the values that stand on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ocrcli.forms.form import compact
from ocrcli.page import Line, Reading

_LEAST = 2  # letters in a row; a single one may be a value's own


def without_ground(reading: Reading, texts: Sequence[str]) -> Reading:
    """The reading without the lines that are print of the ground, and without such letters at the ends of others."""
    if not texts:
        return reading
    return replace(reading, lines=tuple(_left(reading.lines, texts)))


def _left(lines: Sequence[Line], texts: Sequence[str]) -> Iterator[Line]:
    from ocrcli.layout.parts import Part

    for line in lines:
        if not _is_ground(compact(line.text), texts):
            start, end = _own(line.text, texts)
            yield line if (start, end) == (0, len(line.text)) else Part(line, start, end).as_line()


def _is_ground(text: str, texts: Sequence[str]) -> bool:
    """True for a text of nothing but letters of the ground, as many as one of its words or some in their order."""
    letters = {letter for own in texts for letter in own}
    mixed = any(map(str.isascii, text)) and not text.isascii()  # words of two scripts over each other
    return len(text) >= _LEAST and set(text) <= letters and (mixed or any(text in own * 2 for own in texts))


def _own(text: str, texts: Sequence[str]) -> tuple[int, int]:
    """Where in a line the value stands between Latin letters of the ground that touch it."""
    start, end = 0, len(text)
    for own in (own for own in texts if own.isascii()):
        for count in range(len(own), _LEAST - 1, -1):
            if text[end - count : end] == own[-count:] and not _is_latin(text[end - count - 1 : end - count]):
                end -= count
            if text[start : start + count] == own[:count] and not _is_latin(text[start + count : start + count + 1]):
                start += count
    return (start, end) if start < end else (0, len(text))


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
