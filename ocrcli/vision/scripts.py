"""Print in a script the recogniser was never taught: seen, told, and left out.

PP-OCRv6 answers such print with nothing, or with a few unsure letters, however clean it is; print that it knows it
reads surely when it is clean. So what tells is a clean line that reads badly. Measured on clean drawn lines: Cyrillic,
Arabic, Devanagari and Hangul give no text at all; Khmer, Burmese, Ethiopic, Hebrew and Thai a confidence of 0.47 to
0.69. Of 2,360 lines in real pictures 11 are long and read that badly, most of them pixelated by their publisher.
Vietnamese and Greek share most of their letters with what is known: they are read with letters missing, and this does
not find them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from unicodedata import east_asian_width

import cv2
import numpy as np

from ocrcli.geometry import around, length, thickness
from ocrcli.page import Line, Notice, Pixels

UNSURE = 0.7  # clean print of a known script reads surer than this
SURE = 0.9  # … and surer than this where hardly anything was read of it:
FEW = 0.4  # em of text for each height of inked print; Chinese has 1.5, Latin 1.9
LEAST_HEIGHT = 14  # px: smaller print may read badly for want of pixels
LEAST_LENGTH = 2.5  # times the height: a sign or a number may be anything
LEAST_IN_ALL = 6.0  # times the height: what is told of is a word at least

_HEIGHT = 32  # px, to which a line is scaled before it is measured
_CONTRAST = 70  # grey levels between ink and paper
_STEEP = 0.3  # the steepest edges cross this share of the contrast from one pixel to the next: sharp print
_INK = (0.04, 0.5)  # share of the line that is ink


def uncovered(lines: Sequence[Line], crop_of: Callable[[Line], Pixels]) -> list[Line]:
    """The lines that are clean print and yet read badly, or hardly at all.

    `crop_of` cuts a line's picture (h × w × 3 BGR).
    """
    return [
        line
        for line in lines
        if line.confidence < SURE
        and thickness(line.quad) >= LEAST_HEIGHT
        and length(line.quad) >= LEAST_LENGTH * thickness(line.quad)
        and _says_too_little(line, crop := crop_of(line))
        and is_clean_print(crop)
    ]


def _says_too_little(line: Line, crop: Pixels) -> bool:
    """True for a line that reads badly, and for one of which no more than a few letters were read, none too surely."""
    if line.confidence < UNSURE:
        return True
    wide = sum(1.0 if east_asian_width(char) in "WF" else 0.5 for char in line.text if not char.isspace())
    return wide < FEW * _inked(crop)


def _inked(crop: Pixels) -> float:
    """The length of a line without its blanks, in its heights."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    middle = grey[grey.shape[0] // 5 : -(grey.shape[0] // 5) or None]  # without underlines
    contrast = np.ptp(middle.astype(np.float32), axis=0) if middle.size else np.zeros(1)
    return float((contrast > _CONTRAST).sum() / grey.shape[0])


def is_clean_print(crop: Pixels) -> bool:
    """Whether a straightened line is sharp dark-on-light (or light-on-dark) print."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    width = max(_HEIGHT, round(grey.shape[1] * _HEIGHT / grey.shape[0]))
    grey = cv2.resize(grey, (width, _HEIGHT), interpolation=cv2.INTER_AREA)
    dark, light = np.percentile(grey, (2, 98))
    if light - dark < _CONTRAST:
        return False
    steps = np.abs(np.diff(grey.astype(np.float32), axis=1)) / (light - dark)
    ink = float((grey < (dark + light) / 2).mean())
    share = min(ink, 1 - ink)
    # A sharp edge or two may be a frame's; print has them all along the line.
    edges = (steps > _STEEP).any(axis=0).mean()
    return _INK[0] <= share <= _INK[1] and bool(edges > 0.15)


def uncovered_notice(lines: Sequence[Line], *, alone: bool = False) -> Notice | None:
    """The warning about lines that were left out, None for too little to speak of; `alone`: nothing else was read."""
    in_all = sum(length(line.quad) / thickness(line.quad) for line in lines)
    if in_all < (LEAST_LENGTH if alone else LEAST_IN_ALL):
        return None
    count = f"{len(lines)} lines" if len(lines) > 1 else "a line"
    return Notice(
        "script_not_covered",
        f"{count} of clean print could not be read and {'were' if len(lines) > 1 else 'was'} left out: a script the "
        "models were not taught, or ornament; --language CODE names the model a language takes",
        quad=around(line.quad for line in lines),
    )
