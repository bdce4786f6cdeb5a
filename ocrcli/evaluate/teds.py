"""TEDS: how alike two tables are, as trees.

Zhong, ShafieiBavani, Jimeno Yepes, "Image-based table recognition: data, model, and evaluation" (ECCV 2020): 1 - (tree
edit distance) / (nodes of the larger tree). Changing a cell's spans costs 1, changing its text the normalised
Levenshtein distance. Head and body are not told apart, and text is compared folded and without white space.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from ocrcli.errors import OcrError
from ocrcli.evaluate.grids import Grid
from ocrcli.evaluate.score import bare, folded


@dataclass(frozen=True)
class _Node:
    """table, tr or td; `name` holds the spans too."""

    name: str
    text: str | None = None
    children: tuple[_Node, ...] = ()


def teds(truth: Grid, read: Grid, *, structure_only: bool = False) -> float:
    """0 (nothing alike) to 1 (the same). Raises OcrError("model_missing") where the package apted is not installed."""
    try:
        from apted import APTED, Config
    except ImportError as error:
        raise OcrError(
            "model_missing", "measuring tables needs the package apted; install it with: pip install 'ocrcli[eval]'"
        ) from error

    class Costs(Config):  # type: ignore[misc]  # apted has no types
        """What it costs to turn one node into another; adding or removing one costs 1."""

        def rename(self, one: _Node, other: _Node) -> float:
            if one.name != other.name:
                return 1.0
            if structure_only or one.text is None or other.text is None:
                return 0.0
            return Levenshtein.normalized_distance(one.text, other.text)

        def children(self, node: _Node) -> Sequence[_Node]:
            return node.children

    trees = _tree(truth), _tree(read)
    distance: Any = APTED(*trees, Costs()).compute_edit_distance()
    # The table's own node is in both trees and never counts. Where nothing is shared, removing one tree and building
    # the other can cost more than the larger has nodes.
    return max(0.0, 1.0 - float(distance) / max(1, *(len(tree.children) + _cells(tree) for tree in trees)))


def _cells(tree: _Node) -> int:
    return sum(len(row.children) for row in tree.children)


def _tree(grid: Grid) -> _Node:
    rows: list[list[_Node]] = [[] for _ in range(grid.rows)]
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        rows[cell.row].append(_Node(f"td {cell.row_span}x{cell.column_span}", bare(folded(cell.text))))
    return _Node("table", children=tuple(_Node("tr", children=tuple(row)) for row in rows))
