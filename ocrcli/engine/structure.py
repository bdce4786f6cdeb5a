"""SLANet_plus on ONNX Runtime: the cells of a table as HTML tokens, each with the place of its text.

Preparation and tokens are facts of the model (PaddleOCR, TableLabelDecode with merged tokens): longest side 488 px,
padded at the right and bottom; "<td></td>" is a plain cell, "<td" begins one with spans. A sequence ends after 500
tokens at most: larger tables are not seen whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from ocrcli.engine.catalogue import find_model
from ocrcli.engine.models import weights_hash
from ocrcli.engine.session import open_session
from ocrcli.errors import OcrError
from ocrcli.geometry import Box, bounds
from ocrcli.page import Pixels

SIDE = 488  # px, what the model wants
_MEAN, _STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_PLAIN, _SPANNING = "<td></td>", "<td"
_SPAN = re.compile(r'(row|col)span="(\d+)"')


@dataclass(frozen=True, slots=True)
class SeenCell:
    """A cell as the model sees it: its place in the grid, and the box of its text in px of the picture."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


class StructureModel:
    """Sees the structure of a table in a picture that holds little else."""

    def __init__(self) -> None:
        model = find_model("structure", "onnx", "small")
        self._session = open_session(model)
        words = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        plain = [word for word in words if word not in ("<td>", _PLAIN)]
        self._tokens = ["sos", *plain, _PLAIN, "eos"]
        self.hashes = {model.name: weights_hash(model) or ""}

    def cells(self, pixels: Pixels) -> list[SeenCell] | None:
        """The table's cells in reading order; None where the model came to no end (too large a table)."""
        height, width = pixels.shape[:2]
        places, chances = self._session.run(None, {self._session.get_inputs()[0].name: _prepared(pixels)})
        best = chances[0].argmax(axis=1)
        end = np.flatnonzero(best[1:] == len(self._tokens) - 1)
        if not len(end):
            return None
        count = int(end[0]) + 1
        boxes = self._boxes(places[0][:count], width, height)
        return list(_cells([self._tokens[token] for token in best[:count]], boxes))

    def _boxes(self, places: Any, width: int, height: int) -> list[Box]:
        """Places are four corners in shares of the padded square."""
        scale = max(width, height)
        corners = places.reshape(len(places), 4, 2) * scale
        return [bounds([(float(x), float(y)) for x, y in quad]) for quad in corners]


def open_structure_model() -> StructureModel:
    """Loads the model, which a run does when a table first needs it. Raises OcrError("model_missing")."""
    try:
        return StructureModel()
    except (RuntimeError, KeyError) as error:
        raise OcrError("model_missing", f"SLANet_plus cannot be loaded ({error}); install ocrcli again") from error


def _prepared(pixels: Pixels) -> Any:
    """The picture as the model wants it: 1 × 3 × SIDE × SIDE, normalised."""
    height, width = pixels.shape[:2]
    scale = SIDE / max(height, width)
    size = max(1, int(width * scale)), max(1, int(height * scale))
    small = cv2.resize(pixels, size).astype(np.float32) / 255.0
    square = np.zeros((SIDE, SIDE, 3), np.float32)
    square[: size[1], : size[0]] = (small - _MEAN) / _STD
    return square.transpose(2, 0, 1)[np.newaxis]


def _cells(tokens: Sequence[str], boxes: Sequence[Box]) -> Iterator[SeenCell]:
    """Cells in the first free place of their row, as browsers lay them out."""
    taken: set[tuple[int, int]] = set()
    row, column = -1, 0
    for index, token in enumerate(tokens):
        if token == "<tr>":
            row, column = row + 1, 0
        elif token in (_PLAIN, _SPANNING) and row >= 0:
            rows, columns = _spans(tokens[index + 1 :]) if token == _SPANNING else (1, 1)
            while (row, column) in taken:
                column += 1
            taken |= {(row + r, column + c) for r in range(rows) for c in range(columns)}
            yield SeenCell(row, column, rows, columns, boxes[index])
            column += columns


def _spans(tokens: Iterable[str]) -> tuple[int, int]:
    """The spans that are told before the tag ends."""
    spans = {"row": 1, "col": 1}
    for token in tokens:
        if token.startswith(">"):
            break
        if found := _SPAN.search(token):
            spans[found[1]] = max(1, int(found[2]))
    return spans["row"], spans["col"]
