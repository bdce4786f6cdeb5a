"""Where the ink is: shared by the tests of whatever draws."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from ocrcli.geometry import bounds


def ink_of(picture, ground=255, depth=60):
    """True where a pixel differs from the ground."""
    return np.abs(picture.astype(int) - np.asarray(ground)).max(axis=2) > depth


def mask_of(quads, shape, pad=0):
    """True inside the quads, made larger by `pad` px on every side."""
    image = Image.new("L", (shape[1], shape[0]))
    pen = ImageDraw.Draw(image)
    for quad in quads:
        pen.polygon(list(quad), fill=255)
    return np.asarray(image.filter(ImageFilter.MaxFilter(2 * pad + 1))) > 0


def touches_every_edge(ink, quad, reach=1):
    """True where ink begins within `reach` px of each edge of the upright box around the quad."""
    x0, y0, x1, y1 = (round(v) for v in bounds(quad))
    inside = ink[max(0, y0) : y1, max(0, x0) : x1]
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not len(rows):
        return False
    return max(rows[0], columns[0], y1 - y0 - 1 - rows[-1], x1 - x0 - 1 - columns[-1]) <= reach
