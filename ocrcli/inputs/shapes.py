"""Do the characters of a text layer look like what is printed? A font's map to Unicode may say anything.

Each character's ink is held against the same character in a font of our own, and against all others on the page. A
true layer finds most characters most like themselves, whatever its fonts; a false one hardly any. A layer may also be
false in part: then some characters look, wherever they stand, much more like another of their class (`classes`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
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
from ocrcli.inputs.classes import CLASSES, Class
from ocrcli.inputs.ink import Ink
from ocrcli.page import Char, Line

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Square = NDArray[np.float32]  # _SIDE × _SIDE, ink is light
    Shape = NDArray[np.float32]  # _SIDE², mean 0, length 1

_SIDE = 16
_DRAWN_PX = 48
_RIVAL_PX = 24  # the thousands of a class are drawn smaller
_MOST = 150  # characters compared on a page
_FEWEST = 4  # below this, chance decides
_ROW = 3  # wide characters that make a row's evidence
# Rivals on pages of few characters: the commonest of Chinese print, and what codes and sums are written in.
_COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说0123456789ACEHKMSW"
)
_FAR = 0.3  # true rows stay below 0.15, wrong ones lie about 0.5
_PLACES = 3  # at which a character must look like the same other one
_OWN_ENOUGH = 0.6  # a character this like itself needs no rivals


class Shapes:
    """The lines of a page beside its ink.

    `share` is the part of the characters that look most like themselves, None where too few can be compared;
    `doubtful` are the lines of wide characters that look like anything but themselves; `contradicted` names for a
    character the one of its class that is printed in its stead, `wrong` is the largest share of a class, 0..1, that is
    contradicted.
    """

    def __init__(self, lines: Iterable[Line], ink: Ink) -> None:
        self._ink = ink
        lines = [line for line in lines if round(angle(line.quad), 1) % 90 == 0]
        first: dict[str, tuple[Line, Char]] = {}
        for line in lines:
            for char in line.chars:
                if char.text not in first and drawn(char.text) is not None:
                    first[char.text] = (line, char)
        sample = dict(islice(first.items(), _MOST))
        self._index = {text: i for i, text in enumerate(dict.fromkeys([*sample, *_COMMON]))}
        self._shapes = np.array([drawn(text) for text in self._index], np.float32)  # characters × _SIDE²
        self._places = self._placed(sample)
        self.share = self._share() if len(self._places) >= _FEWEST else None
        self.contradicted: dict[str, str] = {}
        self.wrong = max(self._contradict(lines, kind) for kind in CLASSES)
        self.doubtful = [line for line in lines if self._is_doubtful(line)]

    def _placed(self, stands: Mapping[str, tuple[Line, Char]]) -> dict[str, float]:
        """For each character the share of the page's characters that its ink looks more like: 0 is best.

        Characters without ink are left out.
        """
        printed = {text: square for text, place in stands.items() if (square := self._printed(*place)) is not None}
        if not printed:
            return {}
        # OpenCV's product, not NumPy's: that one starts threads, which take more time than so small a product.
        likeness = cv2.gemm(_comparable(list(printed.values())), self._shapes, 1, None, 0, flags=cv2.GEMM_2_T)
        own = likeness[np.arange(len(printed)), [self._index[text] for text in printed]]
        return dict(zip(printed, np.mean(likeness > own[:, None], axis=1).tolist(), strict=True))

    def marked(self, line: Line) -> Line:
        """The line, its contradicted characters and so itself as unsure as a wager between two."""
        if not any(char.text in self.contradicted for char in line.chars):
            return line
        chars = tuple(replace(c, confidence=0.5) if c.text in self.contradicted else c for c in line.chars)
        return replace(line, chars=chars, confidence=sum(c.confidence for c in chars) / len(chars))

    def _share(self) -> float:
        return list(self._places.values()).count(0.0) / len(self._places)

    def _is_doubtful(self, line: Line) -> bool:
        """Judged by where the characters first stood on the page, and then once more by where they stand here."""
        wide = {char.text: (line, char) for char in line.chars if is_wide(char.text) and char.text in self._places}
        return _is_far([self._places[text] for text in wide]) and _is_far(list(self._placed(wide).values()))

    def _contradict(self, lines: Sequence[Line], kind: Class) -> float:
        """Finds the characters of a class that are not what is printed; the share that they are, 0 for a few."""
        places: dict[str, list[Square]] = {}
        for line, char in ((one, char) for one in lines for char in one.chars if char.text in kind):
            if len(seen := places.setdefault(char.text, [])) < _PLACES and drawn(char.text) is not None:
                square = self._printed(line, char)
                seen += [] if square is None else [square]
        told = {text: _comparable(seen) for text, seen in places.items() if seen}
        wrong = {text: other for text, seen in told.items() if (other := _other(text, seen, kind))}
        self.contradicted |= wrong if kind.telling else {}
        return len(wrong) / len(told) if len(wrong) >= kind.fewest else 0.0

    def _printed(self, line: Line, char: Char) -> Square | None:
        part = self._ink.crop(bounds(line.char_quad(char)))
        if not part.size:
            return None
        ground = float(np.partition(part, part.size // 2, axis=None)[part.size // 2])
        quarters = round(angle(line.quad) / 90)
        ink = cv2.absdiff(part, ground)
        return _square(np.rot90(ink, quarters) if quarters else ink)


def _other(text: str, seen: NDArray[np.float32], kind: Class) -> str | None:
    """The one character of its class that `text` looks like wherever it was seen, clearly more than like itself."""
    shape = drawn(text)
    if shape is None or (own := seen @ shape).max() >= _OWN_ENOUGH:
        return None
    likeness = seen @ _rivals(kind).T
    best, surest = set(likeness.argmax(axis=1).tolist()), likeness.max(axis=1)
    if len(best) > 1 or surest.min() < kind.alike or (surest - own).min() < kind.ahead:
        return None
    other = kind.members[best.pop()]
    return None if kind.are_twins(text, other) else other


@cache
def _rivals(kind: Class) -> NDArray[np.float32]:
    """The shapes of a class, its members in order × _SIDE²; one without a glyph is like nothing."""
    font = ImageFont.truetype(io.BytesIO(_glyphs().buffer), _RIVAL_PX)
    empty = np.zeros((_SIDE, _SIDE), np.float32)
    masks = (font.getmask(text, "L") for text in kind.members)
    greys = (np.frombuffer(bytes(mask), np.uint8).reshape(mask.size[::-1]) for mask in masks)
    return _comparable([square if (square := _square(grey)) is not None else empty for grey in greys])


def _is_far(places: list[float]) -> bool:
    return len(places) >= _ROW and median(places) > _FAR


@cache
def drawn(text: str) -> Shape | None:
    """The shape of a character in our font; None where the font lacks it, or it is without ink or all ink."""
    if len(text) != 1 or not _glyphs().has_glyph(ord(text)):
        return None
    mask = _font().getmask(text, "L")
    square = _square(np.asarray(mask, np.uint8).reshape(mask.size[::-1]))
    shape = None if square is None else _comparable([square])[0]
    return shape if shape is not None and shape.any() else None


def _square(grey: NDArray[np.uint8]) -> Square | None:
    """Ink (light on black) cut to its edges, in the middle of a square, made small; None where there is none."""
    peak = cv2.minMaxLoc(grey)[1]
    if peak < _SIDE:
        return None
    left, top, width, height = cv2.boundingRect(cv2.threshold(grey, int(peak * 0.4), 1, cv2.THRESH_BINARY)[1])
    side = max(height, width)
    square = np.zeros((side, side), np.float32)
    y, x = (side - height) // 2, (side - width) // 2
    square[y : y + height, x : x + width] = grey[top : top + height, left : left + width]
    small: Square = cv2.resize(square, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    return small


def _comparable(squares: Sequence[Square]) -> NDArray[np.float32]:
    """The squares blurred a little (weights 1, 2, 1 both ways) as shapes, N × _SIDE²."""
    padded = np.pad(np.array(squares), ((0, 0), (1, 1), (1, 1)), "reflect")
    down = (padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]) / 4
    blurred = (down[:, :, :-2] + 2 * down[:, :, 1:-1] + down[:, :, 2:]) / 4
    shapes = blurred.reshape(len(squares), -1).astype(np.float32)
    shapes -= shapes.mean(axis=1, keepdims=True)
    lengths = np.sqrt(np.einsum("ij,ij->i", shapes, shapes))
    # What is all ink has no shape and is like nothing.
    likened: NDArray[np.float32] = shapes / np.maximum(lengths, 1e-6)[:, None]
    return likened


@cache
def _glyphs() -> pymupdf.Font:
    return pymupdf.Font("cjk")


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(_glyphs().buffer), _DRAWN_PX)
