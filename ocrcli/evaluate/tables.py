"""Tables: how many, their rows and columns, the cells that are right, and TEDS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ocrcli.evaluate.grids import Grid, grid_of_html, grid_of_record, grid_of_rows
from ocrcli.evaluate.score import Mismatch, PlainRecord, Score, bare, folded, pages_read, pair_up
from ocrcli.evaluate.teds import teds

TrueTable = Mapping[str, Any]


def score_tables(truth: Sequence[TrueTable], records: Sequence[PlainRecord]) -> Score:
    """The figures of one file. Each true table is compared with the read one that shares most of its words."""
    reads = [grid_of_record(table) for record in pages_read(records) for table in record.get("tables") or ()]
    score = Score()
    wanted = sum(int(table.get("tables", 1)) for table in truth)
    score.add("tables_counted", score.value("tables", wanted, len(reads)), 1)
    described = [table for table in truth if "html" in table or "cells" in table]
    pairs = pair_up(described, reads, shared_words)
    for i, table in enumerate(described):
        _score_table(score, table, reads[pairs[i]] if i in pairs else Grid(()), reads)
    return score


def _score_table(score: Score, table: TrueTable, read: Grid, all_reads: Sequence[Grid]) -> None:
    for name, key, value in (("rows_right", "rows", read.rows), ("columns_right", "cols", read.columns)):
        if table.get(key) is not None:
            score.add(name, score.value(key, table[key], value), 1)
    truth = whole_grid(table)
    if truth is None:
        _score_known_cells(score, table["cells"], read, all_reads)
        return
    placed = {(cell.row, cell.column): cell.text for cell in read.cells}
    for cell in truth.cells:
        if bare(cell.text):
            found = placed.get((cell.row, cell.column))
            right = _key(found or "") == _key(cell.text)
            score.add("cells_right", right, 1)
            if not right:
                score.mismatches.append(Mismatch(f"cell {cell.row},{cell.column}", cell.text, found))
    score.add("teds", teds(truth, read), 1)
    score.add("teds_structure", teds(truth, read, structure_only=True), 1)


def _score_known_cells(score: Score, known: Mapping[str, Any], read: Grid, all_reads: Sequence[Grid]) -> None:
    """Cells of which only the row is known ("3": texts), the place ("3,1": text), or that they are somewhere."""
    for key, value in known.items():
        texts = [value] if isinstance(value, str) else value
        wanted = _words(texts)
        row, _, column = key.partition(",")
        if not row.isdigit():
            there = (cell.text for grid in all_reads for cell in grid.cells)
        else:
            there = (c.text for c in read.cells if c.row == int(row) and column in ("", str(c.column)))
        missing = wanted - _words(there)
        score.add("cells_right", wanted.total() - missing.total(), wanted.total())
        score.mismatches += [Mismatch(f"cells {key}", word, None) for word in missing.elements()]


def whole_grid(table: TrueTable) -> Grid | None:
    """The true table with every cell in its place, None where the truth does not say as much."""
    if "html" in table:
        return grid_of_html(table["html"])
    return grid_of_rows(table["cells"]) if isinstance(table["cells"], list) else None


def _true_texts(table: TrueTable) -> Iterator[str]:
    grid = whole_grid(table)
    if grid is not None:
        yield from (cell.text for cell in grid.cells)
        return
    for value in table["cells"].values():
        yield from [value] if isinstance(value, str) else value


def shared_words(table: TrueTable, read: Grid) -> float | None:
    """How many cells of both say the same, None where none do: the pairs of most are compared."""
    shared = _words(_true_texts(table)) & _words(cell.text for cell in read.cells)
    return shared.total() or None


def _key(text: str) -> str:
    return bare(folded(text))


def _words(texts: Iterable[str]) -> Counter[str]:
    """The texts that are not empty, as they are compared, and how often each is there."""
    return Counter(word for word in map(_key, texts) if word)
