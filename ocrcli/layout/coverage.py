"""The vendors' limits that show only once a page has been read: warnings with figure and limit, never refusals."""

from __future__ import annotations

from ocrcli.geometry import around, bounds
from ocrcli.limits import Limits
from ocrcli.page import Notice, Reading

# Paper around its text belongs to what is read: this share of the longer side on every side.
MARGIN = 0.12


def limit_notices(reading: Reading, limits: Limits) -> tuple[Notice, ...]:
    """Warnings `over_limit` for a picture whose text is a small part of it, for long strips, for too many characters.

    PDF and OFD pages have no picture to be filled: only their characters are counted.
    """
    found = [_characters(reading, limits)]
    if reading.unit == "px":
        found += [_share(reading, limits), _aspect(reading, limits)]
    return tuple(Notice("over_limit", message) for message in found if message)


def _share(reading: Reading, limits: Limits) -> str | None:
    if limits.min_area_percent is None or not reading.lines:
        return None
    margin = MARGIN * max(reading.width, reading.height)
    x0, y0, x1, y1 = bounds(around(line.quad for line in reading.lines))
    width = min(reading.width, x1 + margin) - max(0.0, x0 - margin)
    height = min(reading.height, y1 + margin) - max(0.0, y0 - margin)
    percent = 100 * width * height / (reading.width * reading.height)
    if percent >= limits.min_area_percent:
        return None
    return (
        f"the text with a margin takes up {percent:.0f} % of the picture, at least {limits.min_area_percent:.0f} % is "
        "asked for: crop the picture, or take it from nearer"
    )


def _aspect(reading: Reading, limits: Limits) -> str | None:
    long, short = max(reading.width, reading.height), min(reading.width, reading.height)
    if limits.max_aspect is None or long <= limits.max_aspect * short:
        return None
    return f"the picture is {long / short:.1f} times as long as wide, up to {limits.max_aspect:g} times is asked for"


def _characters(reading: Reading, limits: Limits) -> str | None:
    count = sum(len(line.text) for line in reading.lines)
    if limits.max_characters is None or count <= limits.max_characters:
        return None
    return f"the page has {count} characters, up to {limits.max_characters} are asked for"
