"""Tables as reports, papers and spreadsheets print them, described in mm, with the truth of their cells.

A `Design` says how a kind of table is ruled and set; `drawn` fills it with invented rows. Every cell's box is known, so
that a program that looks for rows and columns can be trained and measured on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from random import Random
from typing import Literal

from ocrcli.specimens import words
from ocrcli.specimens.canvas import BLACK, Align, Colour, Style
from ocrcli.specimens.documents.base import Print
from ocrcli.specimens.fonts import Role, Typecase
from ocrcli.specimens.paper import Paper, Rule

Ruling = Literal["three", "head", "levels", "thirds", "head grid", "grid", "body grid", "frame", "columns", "none"]
MM_PER_PT = 25.4 / 72
WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 15.0  # mm: A4
_LEADING = (1.05, 1.35)  # em from line to line of a cell
_MEASURED_PX = 200  # size at which text is measured


@dataclass(frozen=True)
class Design:
    """How a kind of table looks. Pairs are ranges; `gap_em` lies between columns, `pitch_em` between rows."""

    ruling: tuple[Ruling, ...]
    rows: tuple[int, int] = (4, 16)
    columns: tuple[int, int] = (3, 7)
    gap_em: tuple[float, float] = (1.0, 3.5)
    pitch_em: tuple[float, float] = (0.1, 1.1)
    levels: tuple[int, int] = (1, 1)
    groups: bool = False
    long: float = 0.0  # share of tables with a column of text over several lines
    empty: bool = False  # a column without text in its body
    head: bool = True
    grey: bool = False
    tables: int = 1


DESIGNS: Mapping[str, Design] = {
    "scientific": Design(("three",), levels=(1, 2), long=0.2),
    "head-rule": Design(("head",), long=0.2),
    "level-rules": Design(("levels",), levels=(1, 2), long=0.5),
    "third-rules": Design(("thirds",), rows=(6, 18)),
    "head-grid": Design(("head grid",), levels=(1, 2), rows=(5, 18)),
    "groups": Design(("three", "none", "head", "levels"), groups=True, rows=(8, 24)),
    "levels": Design(("three", "levels", "head grid", "grid"), levels=(2, 3), columns=(5, 9)),
    "wrapped": Design(("three", "none", "head", "columns"), long=1.0, rows=(3, 9)),
    "empty-column": Design(("three", "levels", "grid"), empty=True),
    "tight": Design(("three", "none", "head"), gap_em=(0.6, 1.0), columns=(4, 9)),
    "two": Design(("three", "grid", "none"), tables=2, rows=(3, 8), columns=(3, 5)),
    "side-labels": Design(("body grid",), rows=(3, 9)),
    "faint": Design(("grid", "levels", "columns"), grey=True),
    "small-grid": Design(("grid",), rows=(2, 5), columns=(2, 5), gap_em=(0.6, 1.0), pitch_em=(0.3, 0.7)),
    "one-row": Design(("grid",), rows=(1, 1), columns=(3, 6), head=False),
    "framed": Design(("frame", "columns"), long=0.3),
}


@dataclass(frozen=True)
class Entry:
    """A cell: its place, its lines of text, and, once set, its box (x0, y0, x1, y1) in mm."""

    row: int
    column: int
    lines: tuple[str, ...] = ()
    row_span: int = 1
    column_span: int = 1
    align: Align = "left"
    indent_em: float = 0.0
    hang_em: float = 0.0  # how far lines after the first are set in
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    @property
    def text(self) -> str:
        """What it says, its lines set apart by a blank."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class TableSet:
    """A table with its place: the edges of rows and columns in mm, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    entries: tuple[Entry, ...]
    bordered: bool
    head_rows: int

    def html(self) -> str:
        """The cells as HTML, as manifests have them."""
        from ocrcli.specimens.documents.table import Drawn, html

        cells = [Drawn(e.row, e.column, e.text, e.row_span, e.column_span) for e in self.entries]
        return html(sorted(cells, key=lambda cell: (cell.row, cell.column)), len(self.ys) - 1)


@dataclass
class _Type:
    """The type of a table: its face and size (em in mm), and how wide text is in it."""

    typecase: Typecase
    role: Role
    em: float
    weight: float = 0.0
    _measures: dict[str, float] = field(default_factory=dict)

    def width(self, text: str) -> float:
        """How wide a text is, in mm."""
        if text not in self._measures:
            style = Style(self.typecase.face(self.role), _MEASURED_PX)
            self._measures[text] = style.width(text) / _MEASURED_PX
        return self._measures[text] * self.em

    def wrapped(self, text: str, width: float) -> tuple[str, ...]:
        """The text broken into lines of at most `width` mm."""
        return tuple(words.wrap(text, width, self.width))


def drawn(kind: str, rng: Random, typecase: Typecase) -> tuple[Paper, tuple[TableSet, ...]]:
    """A page with the tables of a kind, a title, and running text around them, and their truth."""
    design = DESIGNS[kind]
    role: Role = rng.choice(("sans", "serif", "hei", "song"))
    type_ = _Type(typecase, role, rng.uniform(7.0, 11.0) * MM_PER_PT)
    chinese = role in ("hei", "song") and rng.random() < 0.7
    parts: list[Print | Rule] = [Print("SPECIMEN", 3, 3, 2.4, colour=(150, 150, 150))]
    top, tables = 25.0, []
    for number in range(1, design.tables + 1):
        for text in (*_prose(rng, type_, chinese, rng.choice((0, 0, 3))), "", _title(rng, number, chinese)):
            parts += _line(text, MARGIN, top, type_)
            top += 1.4 * type_.em
        table, own = _table(design, rng, type_, chinese, top + rng.uniform(0.2, 1.5) * type_.em)
        tables.append(table)
        parts += own
        top = table.ys[-1] + rng.uniform(0.5, 2.5) * type_.em
        for text in (*_prose(rng, type_, chinese, rng.choice((0, 1, 4))), ""):
            parts += _line(text, MARGIN, top, type_)
            top += 1.4 * type_.em
    return Paper(WIDTH, max(HEIGHT, top + MARGIN), parts), tuple(tables)


def _line(text: str, x: float, y: float, type_: _Type) -> list[Print]:
    return [Print(text, x, y, type_.em, type_.role)] if text else []


def _title(rng: Random, number: int, chinese: bool) -> str:
    return f"表{number} {words.title(rng)}" if chinese else f"Table {number}. {_phrase(rng, 3, 7)}"


def _prose(rng: Random, type_: _Type, chinese: bool, lines: int) -> list[str]:
    text = words.paragraph(rng, 6, words.chinese if chinese else words.english)
    return list(type_.wrapped(text, WIDTH - 2 * MARGIN))[:lines]


def _phrase(rng: Random, least: int, most: int) -> str:
    found = [word.strip(".,;:") for word in words.english(rng).split()]
    start = rng.randrange(max(1, len(found) - most))
    text = " ".join(found[start : start + rng.randint(least, most)])
    return text[:1].upper() + text[1:]


def _name(rng: Random, chinese: bool, least: int = 1, most: int = 3) -> str:
    return words.goods(rng) if chinese else _phrase(rng, least, most)


# How the numbers of a column are printed.
_FORMS = ("count", "decimal", "percent", "paren", "money", "range", "word", "year", "small")
_GAPS = ("—", "-", "n/a", "..", "")


def _value(rng: Random, form: str) -> str:
    if rng.random() < 0.06:
        return rng.choice(_GAPS)
    number = rng.uniform(0, 10 ** rng.randint(1, 4))
    return {
        "count": f"{number:,.0f}",
        "decimal": f"{number / 10:.1f}",
        "percent": f"{number / 100:.1f}%",
        "paren": f"({number / 100:.1f})",
        "money": f"${number * 100:,.0f}",
        "range": f"({number / 1000:.1f}–{number / 900:.1f})",
        "word": rng.choice(("Yes", "No", "Low", "High")),
        "year": f"{rng.randint(1990, 2029)}",
        "small": f"{number / 10000:.4f}",
    }[form] + (rng.choice(("a", "*", "†")) if rng.random() < 0.01 else "")


def _table(design: Design, rng: Random, type_: _Type, chinese: bool, top: float) -> tuple[TableSet, list[Print | Rule]]:
    ruling = rng.choice(design.ruling)
    columns, levels = rng.randint(*design.columns), rng.randint(*design.levels) if design.head else 0
    has_long = rng.random() < design.long
    long_column = rng.choice((0, columns - 1, 1)) if has_long else -1
    long_width = rng.uniform(9, 16) * type_.em
    entries = [*_head(rng, type_, chinese, levels, columns)]
    row = levels
    forms = [rng.choice(_FORMS) for _ in range(columns)]
    if rng.random() < 0.4:
        forms = [rng.choice(_FORMS)] * columns
    aligns: list[Align] = [rng.choice(("right", "right", "centre", "left")) for _ in range(columns)]
    if rng.random() < 0.6:
        aligns = [aligns[1]] * columns
    empty = rng.randint(1, columns - 1) if design.empty else -1
    indent, hang = 0.0, rng.choice((0.0, 0.6, 1.0))
    spaced: set[int] = set()  # rows with a blank above
    across, every = rng.random() < 0.15, rng.choice((0, 0, 0, 0, 3, 5))
    for number in range(rng.randint(*design.rows)):
        if design.groups and rng.random() < 0.25:
            spaced |= {row} if rng.random() < 0.5 else set()
            for depth in range(rng.choice((1, 1, 1, 2))):
                name = (_name(rng, chinese, 1, 4),)
                if across:
                    entries.append(Entry(row, 0, name, column_span=columns, align="centre"))
                else:
                    first = Entry(row, 0, name, indent_em=0.7 * depth)
                    entries += [first, *(Entry(row, c) for c in range(1, columns))]
                indent = rng.choice((0.8, 1.2)) + 0.7 * depth
                row += 1
        elif every and number and number % every == 0:
            spaced.add(row)
        for column in range(columns):
            if column == long_column:
                text = _name(rng, chinese, 2, 4) if chinese else _phrase(rng, 2, 9)
                text = text + _name(rng, chinese) * rng.randint(0, 3) if chinese else text
                entries.append(Entry(row, column, type_.wrapped(text, long_width)))
            elif column == 0:
                label = type_.wrapped(_name(rng, chinese, 1, 5), 12 * type_.em) if hang else (_name(rng, chinese),)
                entries.append(Entry(row, 0, label, indent_em=indent, hang_em=hang))
            else:
                value = "" if column == empty else _value(rng, forms[column])
                entries.append(Entry(row, column, (value,) if value else (), align=aligns[column]))
        row += 1
    return _set(entries, (row, columns, levels), ruling, design, rng, type_, top, spaced)


def _head(rng: Random, type_: _Type, chinese: bool, levels: int, columns: int) -> Iterator[Entry]:
    """The head: the first column's name over all its rows, names over groups of columns, a name for each column."""
    if not levels:
        return
    width = rng.uniform(3, 9) * type_.em
    name = type_.wrapped(_name(rng, chinese), width) if rng.random() < 0.85 else ()
    yield Entry(0, 0, name, row_span=levels)
    groups = [1]  # where groups of columns begin
    while groups[-1] < columns:
        groups.append(min(columns, groups[-1] + rng.choice((1, 2, 2, 3, 3, 4))))
    alone = {a for a, b in pairwise(groups) if b - a == 1} if levels > 1 else set()
    side: Align = rng.choice(("centre", "centre", "centre", "left"))
    for level in range(levels - 1):
        edges = sorted({*groups[::2], columns, *alone, *(c + 1 for c in alone)}) if level < levels - 2 else groups
        for a, b in pairwise(edges):
            if a not in alone:
                yield Entry(level, a, (_name(rng, chinese),), column_span=b - a, align=side)
    align: Align = rng.choice(("centre", "centre", "right", "left"))
    for column in range(1, columns):
        lines = type_.wrapped(_name(rng, chinese, 1, 4), width)
        over = levels if column in alone else 1
        yield Entry(levels - over, column, lines, row_span=over, align=align)


def _set(
    entries: Sequence[Entry],
    shape: tuple[int, int, int],
    ruling: Ruling,
    design: Design,
    rng: Random,
    type_: _Type,
    top: float,
    spaced: set[int],
) -> tuple[TableSet, list[Print | Rule]]:
    """The cells in their places: `shape` is how many rows, columns and rows of the head there are."""
    rows, columns, levels = shape
    gap = rng.uniform(*design.gap_em) * type_.em
    widths = [0.0] * columns
    for e in entries:
        if e.column_span == 1:
            own = max((type_.width(line) for line in e.lines), default=0.0) + (e.indent_em + e.hang_em) * type_.em
            widths[e.column] = max(widths[e.column], own, 0.8 * type_.em)
    for e in entries:
        if e.column_span > 1 and e.lines:
            over = range(e.column, e.column + e.column_span)
            have = sum(widths[c] for c in over) + gap * (len(over) - 1)
            more = max(0.0, max(map(type_.width, e.lines)) - have) / len(over)
            for c in over:
                widths[c] += more
    shrink = min(1.0, (WIDTH - 2 * MARGIN) / (sum(widths) + gap * columns))
    if shrink < 1.0:
        type_ = replace(type_, em=type_.em * shrink)
        widths, gap = [w * shrink for w in widths], gap * shrink
    left = MARGIN + rng.random() * (WIDTH - 2 * MARGIN - sum(widths) - gap * columns)
    xs = tuple(accumulate([left, *(width + gap for width in widths)]))
    pitch = rng.uniform(*design.pitch_em)
    if ruling in ("grid", "levels", "frame", "columns", "head grid", "body grid"):
        pitch = max(pitch, 0.35)
    leading = rng.uniform(*_LEADING)
    pitches = [rng.choice((pitch, 0.5 * pitch)) if row < levels else pitch for row in range(rows)]
    counts = [1] * rows
    for e in sorted(entries, key=lambda e: e.row_span):
        last = e.row + e.row_span - 1  # a name beside those over several columns makes the last row higher
        counts[last] = max(counts[last], len(e.lines) - sum(counts[e.row : last]))
    extra = rng.uniform(0.4, 1.2)
    heights = [
        (1.0 + (n - 1) * leading + pitches[row] + (extra if row in spaced else 0.0)) * type_.em
        for row, n in enumerate(counts)
    ]
    ys = tuple(accumulate([top, *heights]))
    boxed = [
        replace(e, box=(xs[e.column], ys[e.row], xs[e.column + e.column_span], ys[e.row + e.row_span])) for e in entries
    ]
    up_or_down = rng.choice((0.0, 0.5, 0.5)), rng.choice((0.5, 1.0))  # where the lines of body and head cells stand
    parts: list[Print | Rule] = []
    for e in boxed:
        above = (extra if e.row in spaced else 0.0) * type_.em
        parts += _printed(e, gap, pitches[e.row] * type_.em, up_or_down[e.row < levels], type_, leading, above)
    ink: Colour = (190, 190, 190) if design.grey else rng.choice((BLACK, BLACK, (120, 120, 120)))
    parts += _rules(ruling, boxed, xs, ys, levels, ink)
    table = TableSet(xs, ys, tuple(boxed), ruling == "grid", levels)
    return table, parts


def _printed(
    e: Entry, gap: float, blank: float, level: float, type_: _Type, leading: float, above: float
) -> Iterator[Print]:
    """The lines of a cell; `level` is where they stand in it: 0 at its top, 1 at its bottom."""
    x0, y0, x1, y1 = e.box
    high = (1.0 + (len(e.lines) - 1) * leading) * type_.em
    y = y0 + above + blank / 2 + level * max(0.0, y1 - y0 - above - blank - high)
    for number, line in enumerate(e.lines):
        left = x0 + gap / 2 + (e.indent_em + (e.hang_em if number else 0.0)) * type_.em
        x = {"left": left, "centre": (x0 + x1) / 2, "right": x1 - gap / 2}[e.align]
        yield Print(line, x, y, type_.em, type_.role, align=e.align)
        y += leading * type_.em


def _rules(
    ruling: Ruling, entries: Sequence[Entry], xs: Sequence[float], ys: Sequence[float], levels: int, ink: Colour
) -> Iterator[Rule]:
    """The rules of a table, each run whole."""
    last = len(ys) - 1

    def level(row: int, width: float = 0.25, first: float = xs[0], end: float = xs[-1]) -> Rule:
        return Rule(first, ys[row], end, ys[row], width, ink)

    if ruling in ("three", "levels", "thirds", "frame", "columns", "head grid"):
        yield level(0, 0.4)
        yield level(last, 0.4)
    if ruling in ("three", "head", "levels", "thirds", "frame", "columns", "head grid") and levels:
        yield level(levels)
    if ruling in ("three", "head", "levels", "thirds", "columns"):
        for e in entries:  # under the names over several columns
            if e.row < levels - 1 and e.column_span > 1:
                yield level(e.row + 1, 0.2, e.box[0] + 0.8, e.box[2] - 0.8)
    if ruling in ("levels", "head grid", "thirds"):
        for row in range(levels + 1, last):
            if ruling != "thirds" or (row - levels) % 3 == 0:
                yield level(row, 0.15)
    if ruling in ("frame", "columns", "head grid"):
        for x in (xs[0], xs[-1]) if ruling != "columns" else xs[1:-1]:
            yield Rule(x, ys[0], x, ys[-1], 0.25, ink)
    for e in entries:
        inside = ruling == "grid" or (ruling == "head grid" and e.row < levels)
        if inside or (ruling == "body grid" and e.row >= levels and e.column > 0):
            x0, y0, x1, y1 = e.box
            yield Rule(x0, y0, x1, y0, 0.25, ink)
            yield Rule(x0, y1, x1, y1, 0.25, ink)
            yield Rule(x0, y0, x0, y1, 0.25, ink)
            yield Rule(x1, y0, x1, y1, 0.25, ink)
