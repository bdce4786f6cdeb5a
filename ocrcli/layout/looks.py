"""A place on the page looked at again, in several ways: the one loop from a value back to the reader."""

from __future__ import annotations

from collections.abc import Callable

from ocrcli.geometry import Quad
from ocrcli.page import Line, Pixels, Reading
from ocrcli.vision.second_look import with_room

Prepare = Callable[[Pixels], Pixels]


def looks_at(reading: Reading, quad: Quad, *ways: Prepare) -> list[Line]:
    """The line at a quad, with a little room around it, each way in which something was read at all."""
    lines = [reading.again(with_room(quad), way) for way in ways]
    return [line for line in lines if line.text]
