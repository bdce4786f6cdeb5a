"""All tables of a page, in a written order: what rules show; else what the structure model sees, where the words agree;
else how the words stand under each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ocrcli.geometry import Box
from ocrcli.layout.columns import columns, is_prose
from ocrcli.layout.rows import printed_rows
from ocrcli.layout.sheet import Sheet, box_of, in_frame, middle
from ocrcli.layout.tables.by_model import contradicts, grid_of_cells, halves_a_column, misses_columns
from ocrcli.layout.tables.by_rules import at, grid_of, networks
from ocrcli.layout.tables.by_words import grid_of_words
from ocrcli.layout.tables.grid import Grid, is_proper
from ocrcli.layout.tables.heads import with_head
from ocrcli.layout.tables.needless import without_needless
from ocrcli.layout.tables.sides import with_sides
from ocrcli.layout.tables.splitting import ruled_off, split, without_strips
from ocrcli.layout.tables.standing import is_aligned, is_tabular
from ocrcli.layout.upright import Piece
from ocrcli.page import Notice
from ocrcli.vision.rules import Rule

# In heights of the print.
_NEAR = 2.6  # rows of one table follow each other no farther apart …
_FAR = 6.0  # … or no farther than this, where their words stand under each other
_MARGIN = 0.8  # around a table that the model looks at
_FRAME = 6.0  # a single framed cell that is higher is a frame around something
_LEAST_WIDE, _LEAST_HIGH = 4.0, 1.3  # what is smaller is a sign, not a table of one column

_SHORTEST_FRAME = 8.0  # rules above and below a table are longer
_ONE_LEVEL, _MOST_WIDE = 0.3, 0.6  # pieces of a level rule differ by this, and cover this share of a table's width

_FEWEST_ROWS = 3  # of a table without any rule
_LEAST_TABULAR = 0.5  # share of its rows that have words far apart
_FEWEST_UNDER, _MOST_UNDER = 3, 0.8  # words of a row, and share of them, that stand under those of the row above


@dataclass
class FoundTable:
    """A table as it lies on a sheet: its grid and the pieces in it (in the grid's frame)."""

    grid: Grid
    pieces: list[Piece]
    differs: str | None = None  # what another source says
    models: Mapping[str, str] = field(default_factory=dict)

    def notice(self, number: int) -> Notice | None:
        """The warning about another source, for the table with this number from 1 on."""
        if self.differs is None:
            return None
        box = self.grid.quad_of(self.grid.box)
        return Notice("sources_differ", f"table {number}: {self.differs}; compare it with the picture", quad=box)


def find_tables(sheet: Sheet, *, with_borders: bool = False) -> tuple[list[FoundTable], list[Piece]]:
    """The tables of a sheet from top to bottom, and the pieces that stand in none.

    `with_borders`: all tables have rules, so none is looked for among words alone. Raises OcrError("model_missing").
    """
    rules = sheet.rules()
    nets, loose = networks(rules, sheet.em)
    grids = [grid for net in nets if (grid := grid_of(net, sheet.em))]
    loose += [rule for net in nets if grid_of(net, sheet.em) is None for rule in net.level]
    left = list(sheet.pieces)
    found: list[FoundTable] = []
    for ruled in sorted(grids, key=_area):  # inner tables take their words first
        grid = with_sides(with_head(ruled, left, sheet), left, sheet.em)
        inside = [piece for piece in left if grid.square_at(grid.to_frame(middle(piece)))]
        table = _ruled(grid, [in_frame(piece, grid) for piece in inside], sheet)
        if table is not None:
            found.append(table)
            taken = {id(piece) for piece in inside}
            left = [piece for piece in left if id(piece) not in taken]
    for regions in () if with_borders else (_regions, _between_rules):
        for region in regions(left, loose, sheet.em):
            table = _unruled(region, left, loose, rules, sheet)
            if table is not None:
                found.append(table)
                taken = {id(line) for piece in table.pieces for line in piece.lines}
                left = [piece for piece in left if id(piece.lines[0]) not in taken]
    return sorted(found, key=lambda t: _top_left(t.grid)), left


def _area(grid: Grid) -> float:
    x0, y0, x1, y1 = grid.box
    return (x1 - x0) * (y1 - y0)


def _top_left(grid: Grid) -> tuple[float, float]:
    x, y = grid.quad_of(grid.box)[0]
    return y, x


def _ruled(grid: Grid, pieces: list[Piece], sheet: Sheet) -> FoundTable | None:
    """A table from its rules; rows or columns that are not ruled come from the words."""
    if not pieces:
        return None
    grid = without_needless(without_strips(grid, pieces, sheet.em), [box_of(piece) for piece in pieces], sheet.em)
    if grid.columns == 1:
        inner = grid_of_words(pieces, sheet.em, [Rule(grid.xs[0], y, grid.xs[1], y) for y in grid.ys])
        if inner is None or inner.rows < 2 or not is_aligned(pieces, inner, sheet.em):
            return FoundTable(grid, pieces) if _is_column(grid, pieces, sheet.em) else None
        edges = (grid.xs[0], *inner.xs[1:-1], grid.xs[-1])
        heights = (grid.ys[0], *inner.ys[1:-1], grid.ys[-1])
        return FoundTable(replace(inner, xs=edges, ys=heights, to_frame=grid.to_frame, to_sheet=grid.to_sheet), pieces)
    return FoundTable(split(grid, pieces, sheet.em), pieces)


def _is_column(grid: Grid, pieces: Sequence[Piece], em: float) -> bool:
    """True for framed lines below each other, each cell filled and no higher than a few lines; not for frames around
    other things."""
    filled = {square for piece in pieces if (square := grid.square_at(middle(piece)))}
    highest = max(b - a for a, b in itertools.pairwise(grid.ys))
    large = grid.xs[-1] - grid.xs[0] >= _LEAST_WIDE * em and grid.ys[-1] - grid.ys[0] >= _LEAST_HIGH * em
    return large and len(filled) == grid.rows and highest <= _FRAME * em


def _between_rules(pieces: Sequence[Piece], rules: Sequence[Rule], em: float) -> Iterator[list[list[Piece]]]:
    """Printed rows from the first to the last of several level rules of one width, as long as they are a table's, and
    the rows of words far apart next to them."""
    for group in _alike(rules, em):
        rows = printed_rows([p for p in pieces if group[0].x0 - em < p.cx < group[0].x1 + em])
        strips = [sum(at(rule, row[0].cx) < row[0].cy for rule in group) for row in rows]
        run: list[int] = []
        for strip in range(1, len(group) + 1):
            own = [i for i, other in enumerate(strips) if other == strip] if strip < len(group) else []
            tabular = sum(is_tabular(rows[i]) for i in own)
            if own and (tabular >= _LEAST_TABULAR * len(own) or (run and len(own) == 1)):
                run += own
                continue
            if sum(is_tabular(rows[i]) for i in run) > 1:
                yield _extended(rows, run[0], run[-1], em)
            run = []


def _extended(rows: Sequence[list[Piece]], first: int, last: int, em: float) -> list[list[Piece]]:
    """The rows from `first` to `last`, and those of words far apart that follow next to them."""

    def goes_on(upper: int, lower: int, new: int) -> bool:
        gap = min(p.y0 for p in rows[lower]) - max(p.y1 for p in rows[upper])
        return is_tabular(rows[new]) and gap <= _NEAR * em

    while first > 0 and goes_on(first - 1, first, first - 1):
        first -= 1
    while last + 1 < len(rows) and goes_on(last, last + 1, last + 1):
        last += 1
    return list(rows[first : last + 1])


def _alike(rules: Sequence[Rule], em: float) -> list[list[Rule]]:
    """The level rules that begin and end alike, from top to bottom, in groups."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.level):
        for group in groups:
            if abs(group[0].x0 - rule.x0) < em and abs(group[0].x1 - rule.x1) < em:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) > 1 and group[0].length > _SHORTEST_FRAME * em]


def _regions(pieces: Sequence[Piece], rules: Sequence[Rule], em: float) -> Iterator[list[list[Piece]]]:
    """Runs of printed rows that may be a table: most have words far apart, and nothing parts them."""
    for part in columns(pieces):
        for run in itertools.chain.from_iterable(map(_without_prose, _runs(printed_rows(part), em))):
            while run and not is_tabular(run[0]) and not _ruled_off(run[0], rules, em, above=True):
                run = run[1:]
            while run and not is_tabular(run[-1]) and not _ruled_off(run[-1], rules, em, above=False):
                run = run[:-1]
            if not run:
                continue
            tabular = sum(is_tabular(row) for row in run)
            ruled = len(_through(rules, [p for row in run for p in row], em)) >= 2
            if tabular >= (2 if ruled else _FEWEST_ROWS) - (1 if len(run) > 2 and ruled else 0) and (
                tabular >= _LEAST_TABULAR * len(run) or ruled
            ):
                yield run


def _runs(rows: Sequence[list[Piece]], em: float) -> Iterator[list[list[Piece]]]:
    run: list[list[Piece]] = []
    for row in rows:
        far = _FAR if run and _under_each_other(run[-1], row) else _NEAR
        if run and min(p.y0 for p in row) - max(p.y1 for p in run[-1]) > far * em:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _without_prose(rows: list[list[Piece]]) -> Iterator[list[list[Piece]]]:
    """The rows before, between and after paragraphs that are as wide as the rest."""
    pieces = [piece for row in rows for piece in row]
    wide = _MOST_WIDE * (max(p.x1 for p in pieces) - min(p.x0 for p in pieces))
    kept: list[list[Piece]] = []
    for whole, group in itertools.groupby(rows, key=lambda row: len(row) == 1 and row[0].width > wide):
        lines = list(group)
        if whole and len(lines) >= _FEWEST_ROWS and is_prose([row[0] for row in lines]):
            if kept:
                yield kept
            kept = []
        else:
            kept += lines
    if kept:
        yield kept


def _under_each_other(upper: Sequence[Piece], lower: Sequence[Piece]) -> bool:
    """True for two rows of several words far apart, nearly each of the shorter row under one of the longer."""
    fewer, more = sorted((upper, lower), key=len)
    if len(fewer) < _FEWEST_UNDER or not (is_tabular(upper) and is_tabular(lower)):
        return False
    under = sum(any(min(p.x1, q.x1) > max(p.x0, q.x0) for q in more) for p in fewer)
    return under >= _MOST_UNDER * len(fewer)


def _ruled_off(row: Sequence[Piece], rules: Sequence[Rule], em: float, *, above: bool) -> bool:
    """True where a rule parts the row from what stands above it (or below)."""
    top, bottom = min(p.y0 for p in row), max(p.y1 for p in row)
    low, high = (top - 1.5 * em, top + 0.4 * em) if above else (bottom - 0.4 * em, bottom + 1.5 * em)
    middle_x = (row[0].x0 + row[-1].x1) / 2
    return any(rule.x0 <= middle_x <= rule.x1 and low <= at(rule, middle_x) <= high for rule in rules)


def _through(rules: Sequence[Rule], words: Sequence[Piece], em: float) -> list[list[Rule]]:
    """The level rules that run among the words, as wide as most of them: each whole, or broken at the columns."""
    x0, y0, x1, y1 = _around(words)
    near = sorted((rule for rule in rules if y0 - 1.5 * em <= rule.level <= y1 + 1.5 * em), key=lambda rule: rule.level)
    lines: list[list[Rule]] = []
    for rule in near:
        if lines and rule.level - lines[-1][-1].level < _ONE_LEVEL * em:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    return [line for line in lines if sum(min(r.x1, x1) - max(r.x0, x0) for r in line) > _MOST_WIDE * (x1 - x0)]


def _near(rules: Iterable[Rule], words: Sequence[Piece], em: float) -> list[Rule]:
    """The rules that run among words, or close around them."""
    x0, y0, x1, y1 = _around(words)
    box = x0 - 1.5 * em, y0 - 1.5 * em, x1 + 1.5 * em, y1 + 1.5 * em
    return [
        rule
        for rule in rules
        if min(rule.x1, box[2]) >= max(rule.x0, box[0]) and min(rule.y1, box[3]) >= max(rule.y0, box[1])
    ]


def _around(pieces: Iterable[Piece]) -> Box:
    x0s, y0s, x1s, y1s = zip(*map(box_of, pieces), strict=True)
    return min(x0s), min(y0s), max(x1s), max(y1s)


def _unruled(
    region: Sequence[Sequence[Piece]],
    left: Sequence[Piece],
    loose: Sequence[Rule],
    rules: Sequence[Rule],
    sheet: Sheet,
) -> FoundTable | None:
    """A table without (most of) its rules: as the model sees it where the words agree, else by the words alone."""
    words = [piece for row in region for piece in row]
    through = _through(loose, words, sheet.em)
    own = grid_of_words(words, sheet.em, _near(rules, words, sheet.em))
    if own is not None and not (is_proper(own.rows, own.columns, own.spans) and is_aligned(words, own, sheet.em)):
        own = None
    if sheet.pixels is None:
        return FoundTable(own, words) if own and own.rows > 1 else None
    seen, models = _as_seen(words, left, sheet)
    if seen is not None:
        seen = ruled_off(*seen, through), seen[1]
    if own is not None and seen is not None and _is_worse(*seen, own, sheet.em):
        table = FoundTable(own, words, models=models)
    elif seen is not None:
        table = FoundTable(*seen, models=models)
    else:
        return FoundTable(own, words, models=models) if own and own.rows > 1 else None
    table.differs = _difference(seen[0], own) if seen and own else None
    return table


def _is_worse(seen: Grid, words: Sequence[Piece], own: Grid, em: float) -> bool:
    """True where the words contradict what the model sees, and stand in a grid of their own."""
    if (own.rows, own.columns) == (seen.rows, seen.columns):
        return contradicts(seen, words, em)
    if own.columns > seen.columns:
        return misses_columns(seen, words, own)
    return own.columns < seen.columns and halves_a_column(seen, words)


def _difference(seen: Grid, own: Grid) -> str | None:
    if (own.rows, own.columns) == (seen.rows, seen.columns):
        return None
    return (
        f"the structure model sees {seen.rows} rows and {seen.columns} columns, "
        f"the words stand in {own.rows} and {own.columns}"
    )


def _as_seen(
    words: Sequence[Piece], left: Sequence[Piece], sheet: Sheet
) -> tuple[tuple[Grid, list[Piece]] | None, Mapping[str, str]]:
    """The region's grid and words as the structure model sees them, None where they contradict each other."""
    from ocrcli.engine.structure import open_structure_model

    assert sheet.pixels is not None  # asked by `_unruled`
    model = sheet.reading.context.opened(open_structure_model)
    height, width = sheet.pixels.shape[:2]
    x0, y0, x1, y1 = _around(words)
    margin = _MARGIN * sheet.em
    left_px, top_px = max(0, int(x0 - margin)), max(0, int(y0 - margin))
    right_px, bottom_px = min(width, int(x1 + margin) + 1), min(height, int(y1 + margin) + 1)
    cells = model.cells(sheet.pixels[top_px:bottom_px, left_px:right_px])
    if cells is None:
        return None, model.hashes
    moved = [
        replace(c, box=(c.box[0] + left_px, c.box[1] + top_px, c.box[2] + left_px, c.box[3] + top_px)) for c in cells
    ]
    near = [p for p in left if left_px <= p.cx <= right_px and top_px <= p.cy <= bottom_px]
    return grid_of_cells(moved, near, sheet.em), model.hashes
