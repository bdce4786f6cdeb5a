"""Trains the weights by which rows and columns of tables are found, on drawn tables, and says how right they are.

    python training/tables.py --count 60 --epochs 6        (writes ocrcli/layout/tables/weights.json)

An averaged structured perceptron with a margin (Taskar, Guestrin, Koller 2003; Collins 2002): the best answer under
the weights so far is compared with the true one, and the weights of the signs in which they differ are moved. No real
document goes into them. Each table is seen as a PDF page has it and once more as a detector might box it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random

from ocrcli.context import Context
from ocrcli.inputs.discover import Given
from ocrcli.inputs.opening import load, open_document
from ocrcli.layout.sheet import Sheet, sheet_of
from ocrcli.layout.tables.column_fit import ColumnFit
from ocrcli.layout.tables.row_fit import RowFit, bands_of
from ocrcli.layout.tables.weights import Features
from ocrcli.layout.tables.words import Word, rows_of_words
from ocrcli.layout.upright import Piece
from ocrcli.options import ReadOptions
from ocrcli.pipeline import Session
from ocrcli.services import find_service
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.paper_pdf import pdf_of
from ocrcli.specimens.tables import DESIGNS, MM_PER_PT, TableSet, drawn
from ocrcli.vision.rules import Rule

OUT = Path(__file__).resolve().parent.parent / "ocrcli" / "layout" / "tables" / "weights.json"


@dataclass
class Sample:
    """What is to be parted, and where it truly parts. `of`: columns or rows."""

    kind: str
    of: str
    fit: ColumnFit | RowFit
    truth: list[int]


def samples(count: int, seed: int) -> Iterator[Sample]:
    """`count` pages of each kind: each table whole, strips of its columns and of its rows, and the running text."""
    typecase, options = Typecase.carried(), ReadOptions(limits="warn", own=find_service("table").defaults())
    session = Session("table", options, object(), Context(1))  # type: ignore[arg-type]  # digital pages need no reader
    for kind in DESIGNS:
        for number in range(count):
            rng = Random(f"{seed}/{kind}/{number}")
            paper, tables = drawn(kind, rng, typecase)
            sheet = sheet_of_pdf(pdf_of([paper], typecase), session)
            if sheet is None:
                continue
            pieces = list(sheet.pieces)
            for table in tables:
                around = _box(table, 0, len(table.xs) - 1, 0, len(table.ys) - 1)
                own = [p for p in sheet.pieces if _is_in(p, around)]
                pieces = [p for p in pieces if not _is_in(p, around)]
                for padded in (False, True):
                    seen = [_loose(piece, rng, sheet.em) for piece in own] if padded else own
                    yield from _samples_of(kind, table, seen, sheet, rng)
            if len(pieces) > 3:
                fit = ColumnFit(rows_of_words(pieces[2:]), sheet.em)
                yield Sample("text", "columns", fit, [])


def sheet_of_pdf(content: bytes, session: Session) -> Sheet | None:
    """The first page of a PDF file."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(content)
        blob = load(Given(file.name, file.name), session.service.limits, session.options)
        with open_document(blob, session.service.limits, session.options) as document:
            page = next(iter(document.pages()))
            return sheet_of(session.reading_of(page))  # type: ignore[arg-type]


def _box(table: TableSet, c0: int, c1: int, r0: int, r1: int) -> tuple[float, ...]:
    """The box around some columns and rows of a table, in pt."""
    return tuple(v / MM_PER_PT for v in (table.xs[c0], table.ys[r0], table.xs[c1], table.ys[r1]))


def _is_in(piece: Piece, box: Sequence[float]) -> bool:
    return box[0] - 2 <= piece.cx <= box[2] + 2 and box[1] <= piece.cy <= box[3]


def _samples_of(kind: str, table: TableSet, pieces: list[Piece], sheet: Sheet, rng: Random) -> Iterator[Sample]:
    """A table whole, and a strip of its columns and one of its rows."""
    rows, columns = len(table.ys) - 1, len(table.xs) - 1
    whole = (0, columns, 0, rows)
    strips = [whole]
    if rng.random() < 0.5:
        c0 = rng.randrange(columns)
        strips.append((c0, min(columns, c0 + rng.choice((1, 1, 1, 2, 3))), table.head_rows, rows))
    if rng.random() < 0.5:
        r0 = rng.randrange(rows)
        strips.append((0, columns, r0, min(rows, r0 + rng.choice((1, 1, 2, 4)))))
    for strip in strips:
        yield from _parts(kind if strip == whole else "strip", table, strip, pieces, sheet)


def _parts(
    kind: str, table: TableSet, strip: tuple[int, int, int, int], pieces: list[Piece], sheet: Sheet
) -> Iterator[Sample]:
    c0, c1, r0, r1 = strip
    box = _box(table, *strip)
    inside = [p for p in pieces if _is_in(p, box)]
    rules = [r for r in sheet.rules() if _is_near(r, box)]
    xs = [x / MM_PER_PT for x in table.xs[c0 : c1 + 1]]
    ys = [y / MM_PER_PT for y in table.ys[r0 : r1 + 1]]
    rows = rows_of_words(inside)
    if not rows:
        return
    fit = ColumnFit(rows, sheet.em, rules)
    single = {(e.row - r0, e.column - c0) for e in table.entries if e.column_span == 1}
    homes = _homes(rows, xs, ys, single)
    found = [_place(fit, x, homes) for x in xs[1:-1]]
    places = sorted(place for place in found if place is not None)
    if len(places) < len(found) or len(set(places)) < len(places):
        return
    yield Sample(kind, "columns", fit, places)
    edges = [fit.places[i].x for i in places]
    bands = bands_of(rows, edges)
    homes_of_bands = [_row_of(band.y, ys) for band in bands]
    cuts = [i for i, (a, b) in enumerate(pairwise(homes_of_bands)) if a != b]
    yield Sample(kind, "rows", RowFit(bands, edges, sheet.em, rules), cuts)


def _is_near(rule: Rule, box: Sequence[float]) -> bool:
    if rule.is_level:
        return box[1] - 3 <= rule.level <= box[3] + 3 and min(rule.x1, box[2]) > max(rule.x0, box[0])
    return box[0] - 3 <= rule.level <= box[2] + 3 and min(rule.y1, box[3]) > max(rule.y0, box[1])


def _loose(piece: Piece, rng: Random, em: float) -> Piece:
    left, right = rng.uniform(0, 0.25) * em, rng.uniform(0, 0.25) * em
    (x0, y0), (x1, y1) = piece.start, piece.end
    up = rng.gauss(0, 0.04) * em
    return replace(piece, start=(x0 - left, y0 + up), end=(x1 + right, y1 + up))


def _homes(
    rows: Sequence[Sequence[Word]], xs: Sequence[float], ys: Sequence[float], single: set[tuple[int, int]]
) -> list[tuple[Word, int]]:
    """The words of single cells with their true column."""
    homes = []
    for row in rows:
        for word in row:
            home = sum(x <= word.cx for x in xs[1:-1])
            if (_row_of(word.piece.cy, ys), home) in single:
                homes.append((word, home))
    return homes


def _row_of(y: float, ys: Sequence[float]) -> int:
    return sum(edge <= y for edge in ys[1:-1])


def _place(fit: ColumnFit, x: float, homes: Sequence[tuple[Word, int]]) -> int | None:
    """The place that parts what a true edge parts: with the fewest words on the wrong side, the widest of them."""
    near = [i for i, place in enumerate(fit.places) if abs(place.x - x) < 4 * fit.em]
    if not near:
        return None

    def wrong(i: int) -> tuple[int, float, float]:
        place = fit.places[i]
        count = sum((word.cx < place.x) != (word.cx < x) for word, _ in homes)
        return count, -place.ruled, place.x0 - place.x1

    best = min(near, key=wrong)
    return best if wrong(best)[0] == 0 else None


def trained(found: Sequence[Sample], epochs: int, seed: int) -> dict[str, dict[str, float]]:
    """The weights after some epochs, averaged over them."""
    weights: dict[str, dict[str, float]] = {"columns": {}, "rows": {}}
    sums: dict[str, dict[str, float]] = {"columns": {}, "rows": {}}
    order, steps = list(found), 0
    for epoch in range(epochs):
        Random(seed + epoch).shuffle(order)
        rate = 0.1 / (1 + epoch)
        for sample in order:
            seen = sample.fit.best(weights[sample.of], frozenset(sample.truth))
            if seen != sample.truth:
                _move(weights[sample.of], sample.fit.signs(sample.truth), rate)
                _move(weights[sample.of], sample.fit.signs(seen), -rate)
            steps += 1
            if steps % 20 == 0:
                for name, own in weights.items():
                    for sign, value in own.items():
                        sums[name][sign] = sums[name].get(sign, 0.0) + value
        print(epoch, file=sys.stderr, flush=True)
    return {n: {s: round(v / (steps // 20), 3) for s, v in sorted(own.items())} for n, own in sums.items()}


def _move(weights: dict[str, float], signs: Features, by: float) -> None:
    for name, value in signs.items():
        weights[name] = weights.get(name, 0.0) + by * value


def report(found: Sequence[Sample], weights: dict[str, dict[str, float]]) -> None:
    """How many tables, and strips of tables, have all their columns, and all their rows, by kind."""
    right: dict[tuple[str, str], list[int]] = {}
    for sample in found:
        tally = right.setdefault((sample.of, sample.kind), [0, 0])
        tally[0] += 1
        tally[1] += sample.fit.best(weights[sample.of]) == sample.truth
    for (of, kind), (count, own) in sorted(right.items()):
        print(f"{of} {kind:14} {own} of {count}")
    for of in weights:
        counts = [tally for key, tally in right.items() if key[0] == of]
        print(f"{of}: {sum(t[1] for t in counts)} of {sum(t[0] for t in counts)}")


def main() -> None:
    """Trains, writes the weights, and reports on tables that were not trained on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60, help="pages of each kind")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    weights = trained(list(samples(asked.count, asked.seed)), asked.epochs, asked.seed)
    asked.out.write_text(json.dumps(weights, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    report(list(samples(max(4, asked.count // 4), asked.seed + 1000)), weights)


if __name__ == "__main__":
    main()
