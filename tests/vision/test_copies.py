from __future__ import annotations

import base64
import io
from random import Random

import numpy as np
import pytest
from PIL import Image

from ocrcli.page import Pixels
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.spoil import compressed, noisy
from ocrcli.vision.copies import is_colourless, png_base64


def card(kind: str) -> Pixels:
    typecase = Typecase.carried().chosen(Random(5))
    return all_documents()["idcard"].draw(Order(5, kind, typecase, altered=False)).picture


def copied(picture: Pixels, light: tuple[float, float, float]) -> Pixels:
    """Copied in greys, and photographed in this light (share of blue, green, red)."""
    grey = picture.mean(axis=2, keepdims=True)
    return compressed(noisy((grey * light).astype(np.uint8), 1, 6), 60)


@pytest.mark.parametrize("kind", ["front", "back"])
@pytest.mark.parametrize("light", [(1.0, 1.0, 1.0), (0.7, 0.9, 1.0), (1.0, 0.95, 0.85)])
def test_a_copy_has_no_colours_whatever_the_light(kind: str, light: tuple[float, float, float]) -> None:
    picture = card(kind)
    assert is_colourless(copied(picture, light))
    assert not is_colourless((picture * np.array(light)).astype(np.uint8))


def test_a_picture_as_text() -> None:
    picture = np.zeros((4, 6, 3), np.uint8)
    picture[:, :, 0] = 200  # blue
    image = Image.open(io.BytesIO(base64.b64decode(png_base64(picture))))
    assert (image.format, image.size, image.getpixel((0, 0))) == ("PNG", (6, 4), (0, 0, 200))
