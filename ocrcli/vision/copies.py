"""Pictures of documents as pictures: whether they are black-and-white copies, and how they travel inside a record."""

from __future__ import annotations

import base64

import cv2
import numpy as np

from ocrcli.page import Pixels

_OVERVIEW = 160  # px, the longer side of the copy that is looked at: noise and JPEG's colour fringes even out
_COLOUR = 0.08  # difference between the channels, share of the paper's brightness …
_SHARE = 0.015  # … that more than this of a card in colours exceeds: drawn and real ones 0.04 to 0.64, their copies 0


def is_colourless(pixels: Pixels) -> bool:
    """True for a document (H × W × 3 BGR) in greys, whatever the colour of the light it was photographed in."""
    scale = _OVERVIEW / max(pixels.shape[:2])
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    # Coloured light takes the same share of a channel everywhere: what is grey stays grey against the paper.
    paper = np.percentile(small.reshape(-1, 3), 80, axis=0)
    balanced = cv2.GaussianBlur(small / np.maximum(paper, 1).astype(np.float32), (0, 0), 1.0)
    return bool((np.ptp(balanced, axis=2) > _COLOUR).mean() < _SHARE)


def png_base64(pixels: Pixels) -> str:
    """The picture (H × W × 3 BGR) as a PNG in base64."""
    return base64.b64encode(cv2.imencode(".png", pixels)[1].tobytes()).decode("ascii")
