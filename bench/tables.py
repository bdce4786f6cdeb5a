"""How well tables are read: ocrcli, and RapidTable with the same structure model and RapidOCR's words.

    python bench/tables.py MANIFEST...            (the form of a manifest: docs/eval.md)

Both get the same files. RapidTable takes each picture for one table.
The figures are those of `ocrcli eval`: a table that was not found counts as an empty one.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from common import pictures, share, tell
from rich.console import Console
from rich.progress import track

from ocrcli.engine.base import open_reader
from ocrcli.engine.paddle import quiet_environment
from ocrcli.engine.replay import SavedReader
from ocrcli.evaluate.grids import grid_of_html
from ocrcli.evaluate.manifest import Sample, load_manifest
from ocrcli.evaluate.score import Score, Tally
from ocrcli.evaluate.tables import score_tables
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.pipeline import Session
from ocrcli.services import find_service

Records = list[dict[str, Any]]
FIGURES = ("teds", "teds_structure", "rows_right", "columns_right", "cells_right", "tables_counted")
HEADERS = ("reader", "TEDS", "structure only", "rows right", "columns right", "cells right", "number of tables right")


def ocrcli_tables(readings: Path | None) -> Callable[[Sample], Records]:
    """`ocrcli table`; `readings` keeps what its engine read (as `ocrcli eval --readings`)."""
    options = ReadOptions(limits="warn", details=True, own=find_service("table").defaults())
    reader = open_reader(options)
    if readings is not None:
        reader = SavedReader(reader, readings)
    session = Session("table", options, reader)
    return lambda sample: list(session.read(Given(sample.name, str(sample.path))))


def rapid_table() -> Callable[[Sample], Records]:
    """RapidTable 0.3.0 with SLANet_plus, its words from RapidOCR with its defaults."""
    quiet_environment()
    from rapid_table import RapidTable
    from rapidocr import RapidOCR

    words, tables = RapidOCR(params={"Global.log_level": "error"}), RapidTable()

    def read(sample: Sample) -> Records:
        found = []
        for picture in pictures(sample.path):
            seen = words(picture)
            if seen.txts:
                told = [list(line) for line in zip(seen.boxes.tolist(), seen.txts, seen.scores, strict=True)]
                grid = grid_of_html(tables(picture, told)[0])
                found.append({"cells": [vars(cell) for cell in grid.cells]})
        return [{"tables": found}]

    return read


def row(name: str, score: Score, samples: int) -> tuple[str, ...]:
    """A reader's figures on one set."""
    tallies = [score.tallies.get(figure, Tally()) for figure in FIGURES]
    means = [f"{tally.count / tally.of:.4f} ({tally.of} of {samples})" if tally.of else "none" for tally in tallies[:2]]
    return name, *means, *(share(tally.count, tally.of) for tally in tallies[2:])


def measure(samples: Sequence[Sample], readers: dict[str, Callable[[Sample], Records]]) -> dict[str, Score]:
    """The figures of each reader, both on one sample before the next."""
    scores = {name: Score() for name in readers}
    for sample in track(samples, description="reading", console=Console(stderr=True)):
        for name, read in readers.items():
            scores[name].merge(score_tables(sample.truth["tables"], read(sample)))
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifests", nargs="+", type=Path, metavar="MANIFEST")
    parser.add_argument("--count", type=int, help="only the first COUNT pictures of each manifest")
    parser.add_argument("--readings", type=Path, metavar="DIR", help="keep what ocrcli's engine reads here")
    asked = parser.parse_args()
    readers = {"ocrcli": ocrcli_tables(asked.readings), "RapidTable 0.3.0": rapid_table()}
    for manifest in asked.manifests:
        samples = [sample for sample in load_manifest(manifest) if "tables" in sample.truth][: asked.count]
        scores = measure(samples, readers)
        tell(f"Tables: {manifest}", HEADERS, [row(name, score, len(samples)) for name, score in scores.items()])


if __name__ == "__main__":
    main()
