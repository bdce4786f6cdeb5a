"""Several invoices on one page: side by side, below each other, or both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ocrcli.geometry import angle, normal_degrees
from ocrcli.layout.invoice.rows import loose, rows_of
from ocrcli.layout.upright import Piece
from ocrcli.page import Line

# Stands once on each invoice: in the row of the grand total.
_ANCHOR = re.compile(f"{loose('价税合计')}|{loose('合计金额')}.{{0,2}}小")
_TOP = re.compile("|".join(map(loose, ("发票代码", "发票号码", "增值税", "电子发票"))))
_LEVEL_DEG = 1.0  # lines that are turned by less against each other are on one sheet
_BESIDE = 0.15  # of the page's height: grand totals nearer in height belong to invoices side by side


def parted(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of each invoice, in reading order; all together where there is one or none."""
    anchors = [p for p in pieces if _ANCHOR.search(p.lines[0].text)]
    if len(anchors) < 2:
        return [list(pieces)]
    parts = _by_height(pieces, anchors) or _by_side(pieces, anchors)
    if len(parts) < 2:
        return [list(pieces)]
    return [sheet for part in parts for sheet in parted(part)]


def stand_level(pieces: Sequence[Piece], totals: Sequence[Line]) -> bool:
    """True for a page on which each grand total stands on an invoice of its own, whole, and all run the same way."""
    runs = [angle(line.quad) for line in totals]
    parts = parted(pieces)
    return (
        len(parts) == len(totals)
        and all(abs(normal_degrees(run - runs[0])) < _LEVEL_DEG for run in runs)
        and all(any(_TOP.search(piece.lines[0].text) for piece in part) for part in parts)
    )


def _by_height(pieces: Sequence[Piece], anchors: Sequence[Piece]) -> list[list[Piece]]:
    """Two parts, cut above the first row below the uppermost grand total that heads another invoice."""
    ordered = sorted(anchors, key=lambda p: p.cy)
    reach = max(p.y1 for p in pieces) - min(p.y0 for p in pieces)
    first = next((a for a, b in pairwise(ordered) if b.cy - a.cy > _BESIDE * reach), None)
    if first is None:
        return []
    after = next(b for b in ordered if b.cy - first.cy > _BESIDE * reach)
    heads = [r for r in rows_of(pieces) if first.cy + first.height < r.y < after.cy and _TOP.search(r.text)]
    if not heads:
        return []
    cut = heads[0].y - 0.8 * heads[0].height
    return [part for part in ([p for p in pieces if p.cy < cut], [p for p in pieces if p.cy >= cut]) if part]


def _by_side(pieces: Sequence[Piece], anchors: Sequence[Piece]) -> list[list[Piece]]:
    """Two parts, cut in the widest gap between the two leftmost grand totals; none where these are not side by side."""
    first, second = sorted(anchors, key=lambda p: p.x0)[:2]
    if second.x0 <= first.x1:
        return []
    edges = sorted((max(p.x0, first.x1), p.x1) for p in pieces if p.x1 > first.x1 and p.x0 <= second.x0 and not p.tall)
    reached, best = first.x1, (0.0, 0.0)
    for x0, x1 in edges:
        best = max(best, (x0 - reached, (x0 + reached) / 2))
        reached = max(reached, x1)
    cut = best[1]
    return [part for part in ([p for p in pieces if p.cx < cut], [p for p in pieces if p.cx >= cut]) if part]
