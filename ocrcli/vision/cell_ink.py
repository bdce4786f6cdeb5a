"""Is anything printed inside a table cell, and where?"""

from __future__ import annotations

import cv2
import numpy as np

from ocrcli.geometry import Box, Quad, slice_quad
from ocrcli.page import Pixels
from ocrcli.vision.corners import straightened

_CONTRAST = 45  # grey levels that ink differs from the cell's ground
_SMALLEST = 0.25  # print heights: a mark that is lower and narrower is dirt; a hyphen is 0.28 wide
_LEAST = 0.2  # print heights: an asterisk is no smaller
_APART = 0.6  # print heights between two texts
_ROOM = 0.2  # print heights at both ends of a text
_MOST = 0.5  # share of the cell: what covers more is a picture or shade


def ink_in(pixels: Pixels, box: Box, em: float) -> Box | None:
    """The box around the marks inside `box` (px of the picture) that may be characters of about `em` px; or None.

    Marks that touch the cell's rim are its rules.
    """
    height, width = pixels.shape[:2]
    x0, y0 = max(0, round(box[0])), max(0, round(box[1]))
    x1, y1 = min(width, round(box[2])), min(height, round(box[3]))
    if x1 - x0 < 0.4 * em or y1 - y0 < 0.5 * em:
        return None
    grey = cv2.cvtColor(pixels[y0:y1, x0:x1], cv2.COLOR_BGR2GRAY)
    marks = (np.abs(grey.astype(np.int16) - int(np.median(grey))) > _CONTRAST).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    boxes = []
    for x, y, w, h, _ in stats[1:count]:
        rim = x == 0 or y == 0 or x + w == x1 - x0 or y + h == y1 - y0
        if not rim and max(w, h) >= _SMALLEST * em and h <= 2.0 * em:
            boxes.append((x, y, x + w, y + h))
    if not boxes or int(marks.sum()) > _MOST * marks.size:
        return None
    return (
        float(x0 + min(b[0] for b in boxes)),
        float(y0 + min(b[1] for b in boxes)),
        float(x0 + max(b[2] for b in boxes)),
        float(y0 + max(b[3] for b in boxes)),
    )


def is_blank(pixels: Pixels, quad: Quad) -> bool:
    """True where nothing is printed in a quad of the picture, which is as high as a line of print."""
    crop = straightened(pixels, quad)
    height, width = crop.shape[:2]
    return ink_in(crop, (0, 0, width, height), 0.8 * height) is None


def printed_places(pixels: Pixels, strip: Quad) -> list[Quad]:
    """Where characters may stand in a quad of the picture that is as high as a line: a quad for each run of them.

    Marks that reach from edge to edge are rules, those at the edges belong to other lines.
    """
    crop = straightened(pixels, strip)
    height, width = crop.shape[:2]
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY).astype(np.int16)
    marks = (np.median(grey) - grey > _CONTRAST).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    spans = sorted(
        (int(x), int(x + w))
        for x, y, w, h, _ in stats[1:count]
        if y > 0 and y + h < height and max(w, h) >= _LEAST * height
    )
    runs: list[tuple[int, int]] = []
    for x0, x1 in spans:
        if runs and x0 - runs[-1][1] < _APART * height:
            runs[-1] = runs[-1][0], max(runs[-1][1], x1)
        else:
            runs.append((x0, x1))
    room = _ROOM * height
    return [slice_quad(strip, max(0.0, (x0 - room) / width), min(1.0, (x1 + room) / width)) for x0, x1 in runs]
