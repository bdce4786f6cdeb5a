"""From the first piece of each value to the whole of it: the rest of its row, and the rows that go on in its column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ocrcli.layout.cells import Cell
from ocrcli.layout.labels import Label, Mark
from ocrcli.layout.rows import shared_height
from ocrcli.layout.upright import Piece

# In em of the print.
_WITHIN_ROW_EM = 2.5  # to the right of a label the pieces of a value are no farther apart
_WITHIN_CELL_EM = 1.0  # the same below a label: the next column may be near
_SAME_EDGE_EM = 1.5  # the rows of a value begin, or have their middles, no farther apart
_EDGE_EM = 0.5  # rows with one left edge begin no farther apart
_FULL_EM = 5.0  # a row that is full is at least so long
_SHORTER_EM = 2.0  # the row before one that begins under the label ends no farther to the left of that one's end
# In line heights.
_TIGHT_HEIGHTS = 1.0  # from row to row (boxes are a little higher than their print)
_HIGHER_HEIGHTS = 0.1  # a label stands higher than the row beside it
_LEADING_HEIGHTS = 1.1  # blank between the rows of a value, at most
_RULED_HEIGHTS = 1.6  # the same on ruled lines: below a row that is as long, from the same edge

ValueRows = list[list[int]]  # the numbers of the cells on each row


class Growth:
    """Hands out the cells that no label has bid for to the values that they go on from."""

    def __init__(self, cells: Sequence[Cell], marks: Sequence[Mark], labels: Sequence[Label]) -> None:
        self._cells = cells
        self._ends = {end for label in labels for text in label.labels for end in (text[0], text[-1])}
        self._marks = marks
        self._free = set(range(len(cells)))
        self._heads: dict[int, Mark] = {}

    def values(self, heads: Mapping[Mark, int]) -> dict[Mark, ValueRows]:
        """The rows of each value from its first cell. First all rest of rows, then what goes on below, then above."""
        self._heads = {head: mark for mark, head in heads.items()}
        self._free -= set(self._heads)
        grown = {mark: [self._row(mark, head)] for mark, head in heads.items()}
        long = [mark for mark in grown if mark.label and mark.label.lines > 1]
        for mark in long:
            self._downwards(mark, grown[mark])
        for mark in long:
            self._upwards(mark, grown[mark])
        return grown

    def _row(self, mark: Mark, head: int) -> list[int]:
        """The cell and those to its right that go on from it."""
        beside = shared_height(mark.piece, self._cells[head].piece) > 0 and self._cells[head].piece.x0 > mark.x0
        reach = _WITHIN_ROW_EM if beside else _WITHIN_CELL_EM
        run = [head]
        for number in range(head + 1, len(self._cells)):
            last, cell = self._cells[run[-1]], self._cells[number]
            gap = cell.piece.x0 - last.piece.x1
            if cell.row != last.row or number not in self._free or gap > reach * last.piece.em:
                break
            if any(m.row == cell.row and last.piece.x0 < m.x0 < cell.piece.x0 for m in self._marks):
                break
            if not self._fits_with(mark, run, number):
                break
            self._free.remove(number)
            run.append(number)
        return run

    def _fits_with(self, mark: Mark, run: Sequence[int], number: int) -> bool:
        """False for print that would make a value of something that is none: what a stamp says beside a number."""
        label = mark.label
        if label is None or not label.strict or label.fits is None:
            return True
        said = "".join(self._cells[n].part.text for n in run)
        return label.fits(said + self._cells[number].part.text) or not label.fits(said)

    def _downwards(self, mark: Mark, rows: ValueRows) -> None:
        assert mark.label is not None
        while len(rows) < mark.label.lines:
            following = next((n for n in sorted(self._free) if self._goes_on(mark, rows, n)), None)
            if following is None:
                return
            self._free.remove(following)
            rows.append(self._row(mark, following))

    def _goes_on(self, mark: Mark, rows: ValueRows, number: int) -> bool:
        """True for a cell on the next row of the value's column, or under the label where the row above was full."""
        first, above, below = self._cells[rows[0][0]].piece, self._cells[rows[-1][-1]].piece, self._cells[number].piece
        translated = _is_han(self._cells[rows[-1][0]]) != _is_han(self._cells[number])
        # Letters under a label are the same label in English.
        scrap = translated or self._is_scrap(number)
        under_label = abs(below.x0 - mark.x0) <= _SAME_EDGE_EM * below.em and not scrap
        left = mark.x0 if under_label and len(rows) == 1 else first.x0
        if not self._is_next_row(rows[-1][0], number, left):
            return False
        if self._has_label(number, mark) or self._has_scrap(number, mark):
            return False
        start = self._cells[rows[-1][0]].piece
        if self._begins_another(number, start) or (mark.label and mark.label.close and not _is_tight(start, below)):
            return False
        at_left = abs(below.x0 - first.x0) <= _SAME_EDGE_EM * below.em
        centred = (
            abs(below.cx - first.cx) <= _SAME_EDGE_EM * below.em and abs(below.x0 - start.x0) > _EDGE_EM * below.em
        )
        full = _is_full(above, below, min(left, start.x0))
        return centred or (at_left and translated) or (full and (at_left or under_label))

    def _has_scrap(self, number: int, mark: Mark) -> bool:
        """True where print in the labels' column stands before the cell: another label, too badly read to be known.

        Letters there are the English of the label above.
        """
        cell = self._cells[number]
        before = (c.piece for c in self._cells if c.row == cell.row and c.piece.x1 <= cell.piece.x0 and _is_han(c))
        return any(abs(piece.x0 - mark.x0) <= _SAME_EDGE_EM * piece.em for piece in before)

    def _is_scrap(self, number: int) -> bool:
        """True for a single character that is the end of a label: what is left of one that was cut off."""
        return self._cells[number].part.text.strip() in self._ends

    def _begins_another(self, number: int, above: Piece) -> bool:
        """True where the row below, beside another label that stands higher, is nearer than the row above."""
        cell = self._cells[number].piece
        for head, mark in self._heads.items():
            below = self._cells[head].piece
            if (
                mark.label
                and mark.label.lines > 1
                and self._is_next_row(number, head)
                and _stands_higher(mark, below)
                and abs(below.x0 - cell.x0) <= _SAME_EDGE_EM * cell.em
            ):
                # At their left edges: a long row and a short one have their middles at other places of a slant.
                return below.start[1] - cell.start[1] < cell.start[1] - above.start[1]
        return False

    def _upwards(self, mark: Mark, rows: ValueRows) -> None:
        """A label in the middle of its value: as many rows above as below, one more where it stands between two.

        Rows without a blank between them are one text wherever the label stands.
        """
        assert mark.label is not None
        above = len(rows) - 1 + _stands_higher(mark, self._cells[rows[0][0]].piece)
        while len(rows) < mark.label.lines:
            first = self._cells[rows[0][0]].piece
            end = self._cells[rows[0][-1]].piece.x1
            before = [
                n
                for n in sorted(self._free, reverse=True)
                if self._is_next_row(n, rows[0][0])
                and abs(self._cells[n].piece.x0 - first.x0) <= _SAME_EDGE_EM * first.em
                and self._cells[n].piece.x1 >= end - _SHORTER_EM * first.em  # only a full row goes on below
            ]
            if not before or (above <= 0 and not _is_tight(self._cells[before[0]].piece, first)):
                return
            above -= 1
            self._free.remove(before[0])
            rows.insert(0, self._row(mark, before[0]))

    def _is_next_row(self, upper: int, lower: int, left: float = float("inf")) -> bool:
        """True where one cell stands right under the other, or under what stands before it from `left` on."""
        above, below = self._cells[upper].piece, self._cells[lower].piece
        blank = below.y0 - above.y1
        ruled = above.x1 >= below.x1 and abs(above.x0 - below.x0) <= _EDGE_EM * below.em
        most = (_RULED_HEIGHTS if ruled else _LEADING_HEIGHTS) * min(above.height, below.height)
        return (
            blank <= most
            and below.cy > above.cy + 0.5 * above.height
            and below.x0 < above.x1
            and min(left, above.x0) < below.x1
        )

    def _has_label(self, number: int, mark: Mark) -> bool:
        """True where another field's label stands to the left of the cell, with nothing between."""
        cell = self._cells[number]
        labels = [m for m in self._marks if m.row == cell.row and m.x1 <= cell.piece.cx]
        nearest = max(labels, key=lambda m: m.x1, default=None)
        if nearest is None or nearest.label is mark.label:
            return False
        # Its own value stands between them even where the rows of two cards side by side are not one row.
        own = (self._cells[head] for head, owner in self._heads.items() if owner.label is nearest.label)
        beside = (c for c in self._cells if c.row == cell.row and c is not cell)
        return not any(nearest.x1 < c.piece.cx < cell.piece.x0 for c in (*beside, *own))


def _is_full(above: Piece, below: Piece, begin: float) -> bool:
    """True for a row, from `begin` on, with no room left for what stands on the one below: only such a row goes on."""
    return above.x1 >= below.x1 - _SHORTER_EM * below.em and above.x1 - begin >= _FULL_EM * below.em


def _is_han(cell: Cell) -> bool:
    """True for Chinese print: below it the same may stand in letters, however long either is."""
    return any("\u4e00" <= c <= "\u9fff" for c in cell.part.text)


def _is_tight(upper: Piece, lower: Piece) -> bool:
    """True for rows that begin so closely below each other that no blank is between."""
    return lower.start[1] - upper.start[1] <= _TIGHT_HEIGHTS * min(upper.height, lower.height)


def _stands_higher(mark: Mark, head: Piece) -> bool:
    """True for a label so far above the middle of the row beside it that its value may begin on the row above."""
    return mark.piece.cy < head.cy - _HIGHER_HEIGHTS * head.height
