"""Do the characters of a text layer look like what is printed? A font's map to Unicode may say anything.

Each character's ink is held against the same character in a font of our own, and against all others on the page. A
true layer finds most characters most like themselves, whatever its fonts; a false one hardly any.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pymupdf
from PIL import ImageFont

from ocrcli.geometry import angle, bounds
from ocrcli.inputs.characters import is_wide
from ocrcli.inputs.ink import Ink
from ocrcli.page import Char, Line

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Shape = NDArray[np.float32]  # _SIDE², mean 0, length 1

_SIDE = 16
_DRAWN_PX = 48
_MOST = 150  # characters compared on a page
_FEWEST = 8  # below this, chance decides
_ROW = 3  # wide characters that make a row's evidence
# Rivals on pages of few characters: the commonest of Chinese print, and what codes and sums are written in.
_COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说0123456789ACEHKMSW"
)
_FAR = 0.3  # true rows stay below 0.15, wrong ones lie about 0.5


class Shapes:
    """The lines of a page beside its ink.

    `share` is the part of the characters that look most like themselves, None where too few can be compared;
    `doubtful` are the lines of wide characters that look like anything but themselves.
    """

    def __init__(self, lines: Iterable[Line], ink: Ink) -> None:
        self._ink = ink
        lines = [line for line in lines if round(angle(line.quad), 1) % 90 == 0]
        first: dict[str, tuple[Line, Char]] = {}
        for line in lines:
            for char in line.chars:
                if drawn(char.text) is not None:
                    first.setdefault(char.text, (line, char))
        sample = list(islice(first, _MOST))
        self._index = {text: i for i, text in enumerate(dict.fromkeys([*sample, *_COMMON]))}
        self._shapes = np.array([drawn(text) for text in self._index], np.float32)  # characters × _SIDE²
        self._places = {text: self._place(*first[text]) for text in sample}
        told = [place for place in self._places.values() if place is not None]
        self.share = told.count(0.0) / len(told) if len(told) >= _FEWEST else None
        self.doubtful = [line for line in lines if self._is_doubtful(line)]

    def _place(self, line: Line, char: Char) -> float | None:
        """The share of the page's characters that this ink looks more like than the one it should be: 0 is best."""
        printed = self._printed(line, char)
        if printed is None:
            return None
        likeness = self._shapes @ printed
        return float(np.mean(likeness > likeness[self._index[char.text]]))

    def _is_doubtful(self, line: Line) -> bool:
        """Judged by where the characters first stood on the page, and then once more by where they stand here."""
        wide = {char.text: char for char in line.chars if is_wide(char.text) and char.text in self._places}
        return self._is_far([self._places[text] for text in wide]) and self._is_far(
            [self._place(line, char) for char in wide.values()]
        )

    @staticmethod
    def _is_far(places: list[float | None]) -> bool:
        told = [place for place in places if place is not None]
        return len(told) >= _ROW and median(told) > _FAR

    def _printed(self, line: Line, char: Char) -> Shape | None:
        part = self._ink.crop(bounds(line.char_quad(char)))
        if not part.size:
            return None
        contrast = cv2.absdiff(part, np.full_like(part, int(np.median(part))))
        return _shape(np.rot90(contrast, round(angle(line.quad) / 90)))


@cache
def drawn(text: str) -> Shape | None:
    """The shape of a character in our font; None where the font lacks it or it has no ink."""
    if len(text) != 1 or not _glyphs().has_glyph(ord(text)):
        return None
    mask = _font().getmask(text, "L")
    return _shape(np.asarray(mask, np.uint8).reshape(mask.size[::-1]))


def _shape(grey: NDArray[np.uint8]) -> Shape | None:
    """Ink (light on black) cut to its edges, put in the middle of a square, made small and comparable."""
    peak = int(grey.max(initial=0))
    rows, columns = np.flatnonzero((grey > peak * 0.4).any(axis=1)), np.flatnonzero((grey > peak * 0.4).any(axis=0))
    if peak < _SIDE or not rows.size:
        return None
    cut = grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = cut.shape
    side = max(height, width)
    square = np.zeros((side, side), np.float32)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = cut
    small = cv2.GaussianBlur(cv2.resize(square, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA), (3, 3), 0).ravel()
    small -= small.mean()
    length = float(np.linalg.norm(small))
    return (small / length).astype(np.float32) if length else None


@cache
def _glyphs() -> pymupdf.Font:
    return pymupdf.Font("cjk")


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(_glyphs().buffer), _DRAWN_PX)
