"""Warnings about the picture itself: what makes its text hard to read, where, and what to do about it.

Everything is measured where text was found, never on the empty page: windows about as wide as a line is high, scaled to
one size, so that the figures do not depend on the size of the print.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.geometry import Box, Quad, around, as_quad, bounds, centre, quad_of_box
from ocrcli.page import Line, Notice, Pixels

# The limits stand where the recogniser's character error leaves its floor (about 0.5 %) on drawn Chinese pages in four
# sizes and five faces: bench/quality_limits.py.
BLUR_STEEPNESS = 0.20  # steepest edge, share of the contrast per 1/24 line height: 0.25 gives 1–2 % errors, 0.20 4–14 %
DARK_BRIGHTEST = 80  # brightest of ink and paper, 0–255: errors begin at 30; of 327 real pictures 2 lie below
LOW_CONTRAST = 22  # grey levels between ink and paper: 26 gives 0.6 % errors, 18 0.9 %, 14 2.5 %
SMALL_HAN = 12  # height of the line in px: 12 gives 0.8 % errors, 11 2.1 %, 10 6.1 %
SMALL_LATIN = 8  # the same for text without Chinese or Japanese characters: 8 gives 0.1 % errors, 7 1.2 %, 6 10 %
BLOWN = 250  # a pixel is burnt out when all its channels are at least this
PAPER_BELOW_BLOWN = 10  # the paper beside a glare is at least this much darker, or it is white paper and no glare
GLARE_AREA = 0.002  # smallest glare, share of the picture
WHITE_PAGE = 0.2  # where more of the picture than this is burnt out, white is its paper

_WINDOW = 24  # px, the side of a window after scaling
_WINDOWS_PER_LINE = 4
_LINES = 36  # lines measured at most, spread evenly over the page
_OVERVIEW = 400  # px, the longer side of the copy on which glare is looked for


@dataclass(frozen=True, slots=True)
class _Sample:
    """What was measured on one line: `quad` and `height` in px, the others as the limits above have them."""

    quad: Quad
    height: float
    smallest: int
    steepness: float
    contrast: float
    brightest: float
    ground: float  # level of what the text stands on, where it is darkest

    @property
    def small(self) -> bool:
        return self.height < self.smallest

    @property
    def dark(self) -> bool:
        return self.brightest < DARK_BRIGHTEST

    @property
    def faint(self) -> bool:
        return not self.dark and self.contrast < LOW_CONTRAST

    @property
    def blurred(self) -> bool:
        # Enlarging makes tiny text soft, and without contrast the steepest edge is noise: those have their own warning.
        return not self.small and self.contrast >= LOW_CONTRAST and self.steepness < BLUR_STEEPNESS


_ADVICE: tuple[tuple[str, Callable[[_Sample], bool], str], ...] = (
    ("dark", lambda s: s.dark, "the picture is dark {place}: take it again with more light"),
    (
        "low_contrast",
        lambda s: s.faint,
        "the text hardly differs from its ground {place}: scan it darker, or with more contrast",
    ),
    (
        "blur",
        lambda s: s.blurred,
        "the text is blurred {place}: take the photo again with a steady hand and the text in focus",
    ),
    (
        "text_too_small",
        lambda s: s.small,
        "the text is only {height:.0f} px high {place}: scan at 300 dpi, or take the photo from nearer",
    ),
)


def quality_notices(pixels: Pixels, lines: Sequence[Line], scale: float = 1.0) -> tuple[Notice, ...]:
    """Warnings `dark`, `low_contrast`, `blur`, `text_too_small` and `glare`, each with its place and advice.

    `pixels` is the page (H × W × 3 BGR), `lines` what was read on it, with quads in the page's unit, of which one is
    `scale` pixels. A warning's quad is in the page's unit too.
    """
    samples = _samples(pixels, lines, scale)
    notices = []
    for code, fault, words in _ADVICE:
        faulty = [s for s in samples if fault(s)]
        if _matters(faulty, samples):
            area = around(s.quad for s in faulty)
            place = "all over" if len(faulty) == len(samples) else _place(area, pixels)
            height = float(np.median([s.height for s in faulty]))
            notices.append(Notice(code, words.format(place=place, height=height), quad=_scaled(area, 1 / scale)))
    for box in _glares(pixels, samples):
        quad = quad_of_box(*box)
        words = f"light is reflected {_place(quad, pixels)}: take the photo again from another angle or without flash"
        notices.append(Notice("glare", words, quad=_scaled(quad, 1 / scale)))
    return tuple(notices)


def _matters(faulty: Sequence[_Sample], samples: Sequence[_Sample]) -> bool:
    """Half of the lines, or an area of at least three where nearly all are so: not a line here and there."""
    if 2 * len(faulty) >= len(samples):
        return bool(faulty)
    if len(faulty) < 3:
        return False
    x0, y0, x1, y1 = bounds(p for s in faulty for p in s.quad)
    middles = [centre(s.quad) for s in samples]
    inside = sum(x0 <= x <= x1 and y0 <= y <= y1 for x, y in middles)
    return len(faulty) >= 0.7 * inside


def _place(quad: Quad, pixels: Pixels) -> str:
    """Where the quad's middle lies, in words."""
    height, width = pixels.shape[:2]
    x, y = centre(quad)
    column = ("left", "", "right")[min(2, int(3 * x / width))]
    row = ("upper", "", "lower")[min(2, int(3 * y / height))]
    if not row and not column:
        return "in the middle"
    if not column:
        return "at the top" if row == "upper" else "at the bottom"
    return f"at the {row} {column}" if row else f"on the {column}"


def _scaled(quad: Quad, factor: float) -> Quad:
    return as_quad((x * factor, y * factor) for x, y in quad)


def _samples(pixels: Pixels, lines: Sequence[Line], scale: float) -> list[_Sample]:
    """The measured lines: those with text, thinned to `_LINES`, without those that lie off the picture."""
    texts = sorted((line for line in lines if line.text.strip()), key=lambda line: centre(line.quad)[::-1])
    chosen = texts[:: max(1, -(-len(texts) // _LINES))]
    quads = [_scaled(line.quad, scale) for line in chosen]
    axes = [_axis(quad) for quad in quads]
    windows = [_windows(pixels, axis, height) for axis, height in axes]
    if not any(windows):
        return []
    levels, steepness = _measured(np.concatenate([w for own in windows for w in own]))
    found, end = [], 0
    for line, quad, (_, height), own in zip(chosen, quads, axes, windows, strict=True):
        begin, end = end, end + len(own)
        if own:
            low, ground, high = levels[begin:end].T
            found.append(
                _Sample(
                    quad=quad,
                    height=height,
                    smallest=SMALL_HAN if any(c >= "\u2e80" for c in line.text) else SMALL_LATIN,
                    steepness=float(np.median(steepness[begin:end], axis=0).min()),
                    contrast=float(np.median(high - low)),
                    brightest=float(np.median(high)),
                    ground=float(ground.min()),
                )
            )
    return found


def _axis(quad: Quad) -> tuple[NDArray[np.float64], float]:
    """The two ends of the line's middle axis (2 × 2, px), and its height: the shorter side, also of vertical text."""
    a, b, c, d = np.asarray(quad)
    across, along = (a + d) / 2 - (b + c) / 2, (a + b) / 2 - (d + c) / 2
    if np.hypot(*along) > np.hypot(*across):
        return np.stack([(a + b) / 2, (d + c) / 2]), float(np.hypot(*across))
    return np.stack([(a + d) / 2, (b + c) / 2]), float(np.hypot(*along))


def _windows(pixels: Pixels, axis: NDArray[np.float64], height: float) -> list[Pixels]:
    """Upright square windows along the axis, as wide as the line is high, scaled to `_WINDOW`."""
    count = int(min(_WINDOWS_PER_LINE, max(1, np.hypot(*(axis[1] - axis[0])) / max(height, 1))))
    found = []
    for i in range(count):
        middle = axis[0] + (axis[1] - axis[0]) * (i + 0.5) / count
        x0, y0 = np.maximum(np.round(middle - height / 2), 0).astype(int)
        x1, y1 = np.round(middle + height / 2).astype(int)
        window = pixels[y0:y1, x0:x1]
        if window.shape[0] < 2 or window.shape[1] < 2:
            continue
        how = cv2.INTER_AREA if height > _WINDOW else cv2.INTER_LINEAR
        found.append(cv2.resize(window, (_WINDOW, _WINDOW), interpolation=how))
    return found


def _measured(windows: Pixels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Darkest, ground and brightest level of windows that stand below each other (N × 3), and their steepness (N × 4).

    Steepness is told in four directions, of which the least counts: text has edges in all of them, so a camera that
    moved shows in its own.
    """
    grey = cv2.cvtColor(windows, cv2.COLOR_BGR2GRAY).reshape(-1, _WINDOW, _WINDOW).astype(np.float32)
    levels = np.stack([_ranked(grey, share) for share in (0.02, 0.85, 0.98)], axis=1)
    contrast = np.maximum(levels[:, 2] - levels[:, 0], 1)
    steps = (
        grey[:, :, 1:] - grey[:, :, :-1],
        grey[:, 1:] - grey[:, :-1],
        (grey[:, 1:, 1:] - grey[:, :-1, :-1]) / np.float32(np.sqrt(2)),
        (grey[:, 1:, :-1] - grey[:, :-1, 1:]) / np.float32(np.sqrt(2)),
    )
    return levels, np.stack([_ranked(np.abs(step), 0.97) / contrast for step in steps], axis=1)


def _ranked(values: NDArray[np.float32], share: float) -> NDArray[np.float32]:
    """The value that this share of each window's values lies below."""
    flat = values.reshape(len(values), -1)
    rank = round(share * (flat.shape[1] - 1))
    return np.partition(flat, rank, axis=1)[:, rank]


def _glares(pixels: Pixels, samples: Sequence[_Sample]) -> list[Box]:
    """The boxes (px) of burnt-out spots that touch text on ground which is itself not burnt out."""
    step = max(1, max(pixels.shape[:2]) // _OVERVIEW)
    factor = 1 / step
    blue, green, red = (np.ascontiguousarray(pixels[::step, ::step, c]) for c in range(3))
    blown = (cv2.min(cv2.min(blue, green), red) >= BLOWN).astype(np.uint8)
    if not samples or not 0 < blown.mean() < WHITE_PAGE:
        return []
    # White letters on a dark ground are no glare: their strokes are thinner than the line is high.
    stroke = max(3, int(0.4 * factor * float(np.median([s.height for s in samples]))))
    spots = cv2.morphologyEx(blown, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (stroke, stroke)))
    outlines, tree = cv2.findContours(spots, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline, (_, _, _, hole_in) in zip(outlines, tree[0] if tree is not None else (), strict=True):
        if hole_in >= 0:
            continue
        if cv2.contourArea(outline) < GLARE_AREA * spots.size or not _is_reflection(outline):
            continue
        spot = (outline.reshape(-1, 2) + 0.5) / factor
        touched = [s for s in samples if s.contrast >= LOW_CONTRAST and _touches(s, outline, factor)]
        if touched and float(np.median([s.ground for s in touched])) <= BLOWN - PAPER_BELOW_BLOWN:
            found.append(bounds((float(x), float(y)) for x, y in spot))
    return found


def _is_reflection(outline: NDArray[np.int32]) -> bool:
    """Reflections are round: white fields fill their box, white paper around text and pictures is ragged or long."""
    area = cv2.contourArea(outline)
    _, sides, _ = cv2.minAreaRect(outline)
    hull = cv2.contourArea(cv2.convexHull(outline))
    return bool(max(sides) < 5 * min(sides) and 0.9 * sides[0] * sides[1] > area > 0.85 * hull)


def _touches(sample: _Sample, outline: NDArray[np.int32], factor: float) -> bool:
    """The spot reaches into the line, or half a line's height near it."""
    reach = sample.height * factor / 2
    corners = [(x * factor, y * factor) for x, y in sample.quad]
    middles = [((p[0] + q[0]) / 2, (p[1] + q[1]) / 2) for p, q in zip(corners, corners[1:] + corners[:1], strict=True)]
    return any(cv2.pointPolygonTest(outline, point, True) >= -reach for point in (*corners, *middles))
