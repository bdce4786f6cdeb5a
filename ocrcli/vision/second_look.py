"""What is done to a line's picture before it is read a second time."""

from __future__ import annotations

import cv2
import numpy as np

from ocrcli.geometry import Quad, length, slice_quad, thickness
from ocrcli.page import Pixels

ROOM = 0.25  # of a line's height


def with_room(quad: Quad) -> Quad:
    """The quad, a quarter of its height larger on each side: detectors cut lines close."""
    share = ROOM * thickness(quad) / max(length(quad), 1e-6)
    return slice_quad(slice_quad(quad, -share, 1 + share), -ROOM, 1 + ROOM, down=True)


def enlarged(crop: Pixels) -> Pixels:
    """Three times as large, smoothly: small print gains from it."""
    return np.asarray(cv2.resize(crop, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC), np.uint8)


def clearer(crop: Pixels) -> Pixels:
    """Grey, with the contrast of each neighbourhood raised: glare, shadow, patterns and engraving even out."""
    grey = cv2.createCLAHE(3.0, (8, 2)).apply(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY))
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)


def inverted(crop: Pixels) -> Pixels:
    """Clearer, with dark and light exchanged: readers have seen more dark print on light ground."""
    return np.asarray(255 - clearer(crop), np.uint8)
