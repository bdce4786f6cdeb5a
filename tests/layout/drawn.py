"""Layouts drawn as boxes, with the reading order known: what a perfect reader would hand over, in any order.

Nothing here is an image: a page is text set in boxes as a printer would set it, then padded and shaken as a detector
would, turned by any angle, and shuffled.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from ocrcli.geometry import Affine, Quad, quad_of_box, quarter_and_rest
from ocrcli.layout.upright import units
from ocrcli.page import Line, Reading, Source, Unit
from tests.days import TODAY

WIDTH, HEIGHT = 1000.0, 1414.0
_CHINESE = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"
_SYLLABLES = ("ba", "ne", "ri", "to", "ku", "lan", "mor", "tes", "vi", "dol", "sen", "pra", "qui", "fer", "us", "on")


@dataclass(frozen=True)
class Box:
    """A line as printed: left edge, top, size of its square, text."""

    x: float
    y: float
    em: float
    text: str
    down: bool = False  # vertical writing: the box is one square wide and as high as its text is long

    @property
    def width(self) -> float:
        return units(self.text) * self.em


@dataclass
class Drawn:
    """A page: rows in reading order, each from left to right, grouped into blocks."""

    blocks: list[list[list[Box]]] = field(default_factory=list)

    @property
    def rows(self) -> list[list[Box]]:
        return [row for block in self.blocks for row in block]


class Printer:
    """Sets text of one script and size; every choice comes from its seed."""

    def __init__(self, seed: int, *, chinese: bool, em: float = 20.0) -> None:
        self.random = random.Random(seed)
        self.chinese = chinese
        self.em = em
        self.leading = self.em * self.random.uniform(1.35, 1.8)

    def word(self) -> str:
        if self.chinese:
            return self.random.choice(_CHINESE)
        return "".join(self.random.choices(_SYLLABLES, k=self.random.randint(1, 4)))

    def phrase(self, squares: float) -> str:
        """A text of no more than this width in squares, cut where it must be."""
        text = self.word()
        while units(text) < squares:
            text += self.word() if self.chinese else " " + self.word()
        return text[: int(squares) if self.chinese else int(2 * squares)].strip()

    def number(self) -> str:
        return f"{self.random.uniform(1, 9999):,.2f}"

    def paragraph(self, x: float, y: float, width: float, lines: int, indent: float = 0.0) -> list[list[Box]]:
        """Rows of running text, broken where the next word would not fit; the last one is shorter."""
        rows: list[list[Box]] = []
        word = self.word()
        while len(rows) < lines:
            left = x + (indent if not rows else 0.0)
            room = (x + width - left) / self.em
            last = len(rows) == lines - 1
            text, word = self._line(word, room * (self.random.uniform(0.3, 0.9) if last else 1.0))
            rows.append([Box(left, y + len(rows) * self.leading, self.em, text)])
        return rows

    def _line(self, text: str, room: float) -> tuple[str, str]:
        """A line that begins with `text`, and the word for which it had no room."""
        while True:
            word = self.word()
            if self.chinese and self.random.random() < 0.08:
                word += "，"
            longer = text + word if self.chinese else f"{text} {word}"
            if units(longer) > room:
                return text, word
            text = longer


def reading_of(
    page: Drawn,
    *,
    seed: int = 0,
    angle: float = 0.0,
    source: Source = "ocr",
    bend: float = 0.0,
    shaking: float = 0.06,
) -> tuple[Reading, list[list[Line]]]:
    """The page as a shuffled reading, lying so that `angle` degrees clockwise make it upright; and its rows of lines.

    `text-layer` gives boxes that are exact, as those of a PDF. `bend` is by how much, in px, the middle of the
    paper sags; `shaking` by what share of a square a detector errs.
    """
    shake = random.Random(seed)
    lying, width, height = Affine.turning(-angle, WIDTH, HEIGHT)
    rows = [
        [Line(box.text, 1.0, lying.quad(_quad(box, shake, source, bend, shaking)), source) for box in row]
        for row in page.rows
    ]
    lines = [line for row in rows for line in row]
    shake.shuffle(lines)
    rotation, skew = quarter_and_rest(angle)
    unit: Unit = "pt" if source == "text-layer" else "px"
    return Reading(width, height, unit, 1, 1, source, tuple(lines), rotation=rotation, skew=skew, today=TODAY), rows


def _quad(box: Box, shake: random.Random, source: Source, bend: float, shaking: float) -> Quad:
    if source == "text-layer":
        width, height = (box.em, box.width) if box.down else (box.width, 1.15 * box.em)
        return quad_of_box(box.x, box.y, box.x + width, box.y + height)
    if box.down:
        return quad_of_box(box.x - 0.1 * box.em, box.y, box.x + 1.1 * box.em, box.y + box.width)
    pad = 0.15 * box.em
    jitter = [shake.uniform(-shaking, shaking) * box.em for _ in range(4)]
    x0, x1 = box.x - pad + jitter[0], box.x + box.width + pad + jitter[1]
    y0, y1 = box.y - pad + jitter[2], box.y + box.em + pad + jitter[3]

    def sag(x: float) -> float:
        return bend * (1 - ((x - WIDTH / 2) / (WIDTH / 2)) ** 2)

    return (x0, y0 + sag(x0)), (x1, y0 + sag(x1)), (x1, y1 + sag(x1)), (x0, y1 + sag(x0))
