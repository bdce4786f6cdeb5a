"""How memory grows: many pages through the whole of ocrcli, and lines of ever new widths through the recogniser.

    python bench/memory.py [--pages 500] [--widths 1000]

The resident memory of the process is noted after each page (each line); growth is counted after the first 50. Pages are
drawn beforehand by another process. Linux only (/proc/self/statm).
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from common import tell
from drawn import draw_pages
from rich.console import Console
from rich.progress import track

from ocrcli.context import Context
from ocrcli.engine.base import open_reader
from ocrcli.geometry import quad_of_box
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.page import Page
from ocrcli.pipeline import Session
from ocrcli.specimens.pages import dense

FIRST = 50
MEGABYTE = 1 << 20


def resident() -> int:
    """The resident memory of this process in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def after_each(steps: Iterable[object]) -> list[int]:
    """Resident memory after each step."""
    return [resident() for _ in track(steps, description="reading", console=Console(stderr=True))]


def read_pages(count: int) -> Iterator[object]:
    session = Session("general", ReadOptions())
    with TemporaryDirectory() as folder:
        for path in draw_pages(Path(folder), count):
            records = list(session.read(Given(path.name, str(path))))
            if any("error" in record for record in records):
                raise SystemExit(f"{path.name}: {records}")
            yield path


def read_widths(count: int) -> Iterator[object]:
    """Lines of a dense page, read as crops of random widths: each width is a new shape for ONNX Runtime."""
    picture = dense(1).picture
    height, width = picture.shape[:2]
    options = ReadOptions()
    page = Page(width, height, "px", 1, 1, render=lambda: picture)
    reading = open_reader(options, Context()).read(page, options)
    rng = Random(1)
    for _ in range(count):
        line = rng.choice(reading.lines)
        x, y = line.quad[0]
        yield reading.again(quad_of_box(x, y, x + rng.uniform(20, width - x), y + rng.uniform(24, 48)))


def row(what: str, sizes: list[int]) -> tuple[str, ...]:
    """Medians of stretches: what one large page takes for a moment, and gives back, is no growth."""
    first, last = median(sizes[FIRST : 2 * FIRST]), median(sizes[-FIRST:])
    figures = (first, last, max(sizes))
    return (
        what,
        str(len(sizes)),
        *(f"{size / MEGABYTE:.0f}" for size in figures),
        f"{100 * (last - first) / first:+.1f} %",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--widths", type=int, default=1000)
    asked = parser.parse_args()
    rows = [
        row("pages through `general`", after_each(read_pages(asked.pages))),
        row("lines of random widths", after_each(read_widths(asked.widths))),
    ]
    headers = ("what", "N", f"MB, {FIRST + 1} to {2 * FIRST}", f"MB, last {FIRST}", "MB at most", "growth")
    tell("Memory of one process", headers, rows)


if __name__ == "__main__":
    main()
