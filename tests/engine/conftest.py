"""One reader for all tests that need the real engine: loading it takes a second."""

from collections.abc import Callable

import numpy as np
import pytest

from ocrcli.context import Context
from ocrcli.options import ReadingHints, ReadOptions
from ocrcli.page import Page, Reading

ReadPicture = Callable[..., Reading]


@pytest.fixture(scope="session")
def read_picture() -> ReadPicture:
    """`read_picture(pixels, **hints)`: what the real engine reads in a picture."""
    from ocrcli.engine.reader import PaddleReader

    reader = PaddleReader.open(ReadOptions(threads=2), Context(2))

    def read(pixels: np.ndarray, **hints: bool) -> Reading:
        height, width = pixels.shape[:2]
        page = Page(width, height, "px", 1, 1, render=lambda: pixels)
        return reader.read(page, ReadOptions(hints=ReadingHints(**hints)))

    return read
