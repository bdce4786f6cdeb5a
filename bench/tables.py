"""How well tables are read: ocrcli, and RapidTable with the same structure model and RapidOCR's words.

    python bench/tables.py MANIFEST...            (the form of a manifest: docs/eval.md)
    python bench/tables.py --alone --readings DIR MANIFEST...    (ocrcli only; pages once read are not read again)

Digital PDF pages are read from their own words; RapidTable gets them as pictures.
RapidTable takes a picture for one table: it gets each one cut out, with some room, where ocrcli found it, and the whole
page where ocrcli found none.
The figures are those of `ocrcli eval`: a table that was not found counts as an empty one. Tables with all their rules
(`bordered` in the truth) and others are also told apart. A structure is exactly right where all cells have their places
and spans; a table that was found on a page with true ones, and is none of them, is invented. The ratio is the processor
time of `ocrcli table` over that of its detector and recogniser alone, decoding of the files left out of both.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common import pictures, share, tell
from rich.console import Console
from rich.progress import track

from ocrcli.context import Context
from ocrcli.engine.base import LateReader, Reader
from ocrcli.engine.crops import cut
from ocrcli.engine.replay import SavedReader
from ocrcli.engine.session import quiet_environment
from ocrcli.evaluate.grids import Grid, grid_of_html, grid_of_record
from ocrcli.evaluate.manifest import Sample, load_manifest
from ocrcli.evaluate.score import Score, Tally, pages_read, pair_up
from ocrcli.evaluate.tables import score_tables, shared_words, whole_grid
from ocrcli.geometry import as_quad, length, slice_quad, thickness
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.page import Page, Pixels, Reading
from ocrcli.pipeline import Session
from ocrcli.services import find_service

Records = list[dict[str, Any]]
Read = Callable[[Sample, Records], Records]  # gets what was read before it, by ocrcli
ROOM = 0.02  # of a table's longer side, around it
FIGURES = ("teds", "teds_structure", "rows_right", "columns_right", "cells_right", "exact", "missed", "invented")
HEADERS = (
    "reader",
    "TEDS",
    "structure only",
    "rows right",
    "columns right",
    "cells right",
    "exactly right",
    "missed",
    "invented, of the tables read",
)


@dataclass
class TimedReader:
    """A reader that adds up its processor time. Second looks are the service's own affair."""

    inner: Reader
    seconds: float = 0.0

    def read(self, page: Page, options: ReadOptions) -> Reading:
        page.pixels  # noqa: B018  (decoded before the clock starts)
        started = time.process_time()
        reading = self.inner.read(page, options)
        self.seconds += time.process_time() - started
        return reading


class OcrcliTables:
    """`ocrcli table`, as a library."""

    def __init__(self, readings: Path | None = None) -> None:
        options = ReadOptions(limits="warn", own=find_service("table").defaults())
        context = Context()
        reader: Reader = LateReader(options, context)
        self._reader = TimedReader(SavedReader(reader, readings) if readings else reader)
        self._session = Session("table", options, self._reader, context)
        self._seconds = 0.0

    def __call__(self, sample: Sample, _: Records) -> Records:
        given = Given(sample.name, str(sample.path))
        list(pictures(sample.path))
        decoding = time.process_time()
        list(pictures(sample.path))
        started = time.process_time()
        records = list(self._session.read(given))
        self._seconds += time.process_time() - started - (started - decoding)
        return records

    def ratio(self) -> float | None:
        """Processor time of all pages so far over that of their detection and recognition, None where none was needed;
        and starts anew."""
        ratio = self._seconds / self._reader.seconds if self._reader.seconds else None
        self._seconds = self._reader.seconds = 0.0
        return ratio


def rapid_table() -> Read:
    """RapidTable 0.3.0 with SLANet_plus, its words from RapidOCR with its defaults."""
    quiet_environment()
    from rapid_table import RapidTable
    from rapidocr import RapidOCR

    words, tables = RapidOCR(params={"Global.log_level": "error"}), RapidTable()

    def read(sample: Sample, records: Records) -> Records:
        found = []
        for picture in cut_out(sample, records):
            seen = words(picture)
            if seen.txts:
                told = [list(line) for line in zip(seen.boxes.tolist(), seen.txts, seen.scores, strict=True)]
                grid = grid_of_html(tables(picture, told)[0])
                found.append({"cells": [vars(cell) for cell in grid.cells]})
        return [{"tables": found}]

    return read


def cut_out(sample: Sample, records: Records) -> Iterator[Pixels]:
    """Each table of the records as a picture, straightened; the whole page where there is none on it."""
    for number, picture in enumerate(pictures(sample.path), 1):
        quads = [t["quad"] for r in records if r.get("page") == number for t in r.get("tables", ())]
        for quad in map(as_quad, quads):
            room = ROOM * max(length(quad), thickness(quad))
            wide, high = room / max(length(quad), 1), room / max(thickness(quad), 1)
            yield cut(picture, slice_quad(slice_quad(quad, -wide, 1 + wide), -high, 1 + high, down=True))
        if not quads:
            yield picture


def row(name: str, score: Score, samples: int) -> tuple[str, ...]:
    """A reader's figures on one set."""
    tallies = [score.tallies.get(figure, Tally()) for figure in FIGURES]
    means = [
        f"{tally.count / tally.of:.4f} ({tally.of} tables, {samples} pages)" if tally.of else "none"
        for tally in tallies[:2]
    ]
    return name, *means, *(share(tally.count, tally.of) for tally in tallies[2:])


def measure(samples: Sequence[Sample], readers: dict[str, Read]) -> dict[str, list[tuple[Sample, Score]]]:
    """What each reader makes of each sample, all on one sample before the next."""
    scores: dict[str, list[tuple[Sample, Score]]] = {name: [] for name in readers}
    for sample in track(samples, description="reading", console=Console(stderr=True)):
        records: Records = []
        for name, read in readers.items():
            records = read(sample, records)
            score = score_tables(sample.truth["tables"], records)
            count_structures(score, sample.truth["tables"], records)
            scores[name].append((sample, score))
    return scores


def count_structures(score: Score, truth: Sequence[Any], records: Records) -> None:
    """Adds the tables whose cells all have their places and spans, those that were missed, and those invented."""
    reads = [grid_of_record(table) for record in pages_read(records) for table in record.get("tables") or ()]
    known = [table for table in truth if "html" in table or isinstance(table.get("cells"), list)]
    pairs = pair_up(known, reads, shared_words)
    for i, table in enumerate(known):
        grid = whole_grid(table)
        score.add("exact", i in pairs and grid is not None and _shape(grid) == _shape(reads[pairs[i]]), 1)
        score.add("missed", i not in pairs, 1)
    if known and len(known) == len(truth):
        score.add("invented", len(reads) - len(pairs), len(reads))


def _shape(grid: Grid) -> set[tuple[int, int, int, int]]:
    return {(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells}


def rows(scores: dict[str, list[tuple[Sample, Score]]]) -> list[tuple[str, ...]]:
    """The figures of each reader on the whole set, on its ruled tables and on the others."""
    groups: dict[str, Callable[[Sample], bool]] = {
        "all": lambda _: True,
        "ruled": _is_ruled,
        "not ruled": lambda sample: not _is_ruled(sample),
    }
    told = []
    for group, belongs in groups.items():
        for name, pairs in scores.items():
            whole = Score()
            own = [score for sample, score in pairs if belongs(sample)]
            for score in own:
                whole.merge(score)
            if own:
                told.append(row(f"{name}, {group}", whole, len(own)))
    return told


def _is_ruled(sample: Sample) -> bool:
    return all(table.get("bordered") is True for table in sample.truth["tables"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifests", nargs="+", type=Path, metavar="MANIFEST")
    parser.add_argument("--count", type=int, help="only the first COUNT pictures of each manifest")
    parser.add_argument("--alone", action="store_true", help="ocrcli only")
    parser.add_argument("--readings", type=Path, metavar="DIR", help="keeps readings, and takes those kept")
    asked = parser.parse_args()
    ours = OcrcliTables(asked.readings)
    readers: dict[str, Read] = {"ocrcli": ours} if asked.alone else {"ocrcli": ours, "RapidTable 0.3.0": rapid_table()}
    for manifest in asked.manifests:
        samples = [sample for sample in load_manifest(manifest) if "tables" in sample.truth][: asked.count]
        tell(f"Tables: {manifest}", HEADERS, rows(measure(samples, readers)))
        ratio = ours.ratio()
        if ratio is not None and asked.readings is None:
            print(f"\nProcessor time of ocrcli table: {ratio:.2f} × that of its detector and recogniser alone.")


if __name__ == "__main__":
    main()
