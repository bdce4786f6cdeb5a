"""Plain data for everybody: what a page is before it is read (Page) and after (Reading).

Importing this costs nothing: numpy is named for type checkers only, so that a service's declaration stays cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from ocrcli.context import Context
from ocrcli.geometry import Box, Quad, slice_quad

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pixels: TypeAlias = "NDArray[np.uint8]"  # H × W × 3, BGR as OpenCV has it
Grey: TypeAlias = "NDArray[np.uint8]"  # H × W
Unit = Literal["px", "pt"]
Source = Literal["ocr", "text-layer", "pdf-attachment", "ofd", "qr", "mrz", "derived"]
Align = Literal["left", "center", "right"]
Structure = Literal["rules", "words", "model"]  # what a table's rows and columns come from


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning for the user: a stable code, words, the field it is about, and where on the page."""

    code: str
    message: str
    field: str | None = None
    quad: Quad | None = None


@dataclass(frozen=True, slots=True)
class Char:
    """One character of a line. `start` and `end` are shares (0..1) of the line's length, along the text."""

    text: str
    confidence: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The characters of a recogniser. Class 0 is CTC's blank, written as the empty string."""

    characters: tuple[str, ...]
    index: Mapping[str, int] = field(repr=False, compare=False)

    @staticmethod
    def of(characters: Sequence[str]) -> Alphabet:
        """An alphabet from its characters, the blank ("") first."""
        return Alphabet(tuple(characters), {c: i for i, c in enumerate(characters)})


@dataclass(frozen=True, slots=True)
class Lattice:
    """The likely characters of a line, step by step: a recogniser's T × C probabilities without the unlikely rest.

    The entries of step t are `ids[offsets[t]:offsets[t + 1]]` (uint16 class numbers, likeliest first, the blank always
    among them) and `logs` (float16 natural logarithms of their probabilities). Every class not listed counts as
    FLOOR. Steps run from left to right over the whole width of the line's quad.
    """

    offsets: NDArray[np.int32]
    ids: NDArray[np.uint16]
    logs: NDArray[np.float16]
    alphabet: Alphabet

    @property
    def steps(self) -> int:
        """Number of steps, T."""
        return len(self.offsets) - 1


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text that stands on one baseline, with its place on the page as given.

    `confidence` is the mean of the characters' probabilities (1.0 for digital text). `lattice` is there for read
    pictures only. In `vertical` writing (Chinese columns) the quad stands upright like its characters, which follow
    each other along its left edge instead of its top edge.
    """

    text: str
    confidence: float
    quad: Quad
    source: Source = "ocr"
    chars: tuple[Char, ...] = ()
    lattice: Lattice | None = None
    vertical: bool = False

    def char_quad(self, char: Char) -> Quad:
        """The part of the quad that one of the line's characters takes."""
        return slice_quad(self.quad, char.start, char.end, down=self.vertical)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: 0-based place, spans of at least 1; `align` is how its text stands in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    quad: Quad
    confidence: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A grid without hole or overlap; `rows` and `columns` are counts."""

    rows: int
    columns: int
    quad: Quad
    cells: tuple[Cell, ...]
    structure: Structure = "rules"


@dataclass
class Page:
    """One page as it was given, after EXIF, CropBox and /Rotate.

    `width` and `height` are in `unit`. Pixels are made when somebody asks, and only then (`render`): H × W × 3 BGR,
    `scale` pixels per unit. `printed` holds the words of a page that carries its own (PDF text layer, OFD): such a
    page needs no reader; `rules` are the ruling lines that it draws, as thin boxes, `pictures` the pictures on it as
    they were seen, each with a margin, `unread` the boxes of those that may hold words of which the page says none.
    `attachments` reads the files that travel inside the input, by name: a PDF's
    attachments, the XML parts of an OFD package; it raises OcrError.
    """

    width: float
    height: float
    unit: Unit
    number: int  # 1-based
    count: int  # pages of the input
    render: Callable[[], Pixels]
    scale: float = 1.0
    printed: tuple[Line, ...] | None = None
    rules: tuple[Box, ...] = ()
    pictures: tuple[Grey, ...] = ()
    unread: tuple[Box, ...] = ()
    notices: tuple[Notice, ...] = ()
    attachments: Callable[[], Mapping[str, bytes]] = dict

    @cached_property
    def pixels(self) -> Pixels:
        """The page as pixels, drawn once."""
        return self.render()


class Again(Protocol):
    """`reading.again(quad)`: the reader looks at one place a second time and answers with a line.

    `quad` is in the page's unit, from the text's own top left; `prepare` may change the straightened crop (H × W × 3
    BGR) before it is read.
    """

    def __call__(self, quad: Quad, prepare: Callable[[Pixels], Pixels] | None = None) -> Line:
        """The line at `quad`; empty text where nothing can be read."""
        ...


def _no_second_look(quad: Quad, prepare: Callable[[Pixels], Pixels] | None = None) -> Line:  # noqa: ARG001
    """Stands where no reader is at hand (saved readings, digital pages): nothing more can be seen."""
    return Line(text="", confidence=0.0, quad=quad)


class InPart(Protocol):
    """`reading.part(quad)`: what stands in a quad, cut out, straightened and read as a page of its own.

    In the page's unit, from the quad's first corner; `prepare` may change the crop (H × W × 3 BGR) before it is read.
    """

    def __call__(self, quad: Quad, prepare: Callable[[Pixels], Pixels] | None = None) -> Reading:
        """The reading of the part."""
        ...


Row = tuple[Line, ...]  # lines side by side on one printed row, left to right
Block = tuple[Row, ...]  # rows that belong together: a paragraph, a column's part, a table


@dataclass(frozen=True)
class Reading:
    """What stands on a page: lines in reading order, grouped into blocks of rows.

    `rotation` (0, 90, 180, 270) and `skew` are degrees clockwise that the given picture needs to stand upright.
    `blocks` is filled by `layout`; `lines` is in the same order. `today` is the day that it is read as of:
    nothing from here on asks the clock. `context` holds the models that the run has open besides the reader's.
    `cut_out`: it is of a document cut out of a picture along its own outline, and its edges cut nothing off.
    """

    width: float
    height: float
    unit: Unit
    number: int
    count: int
    source: Source
    lines: tuple[Line, ...] = ()
    blocks: tuple[Block, ...] = ()
    rotation: int = 0
    skew: float = 0.0
    cut_out: bool = False
    today: date = field(kw_only=True)
    notices: tuple[Notice, ...] = ()
    engine: str | None = None
    models: Mapping[str, str] = field(default_factory=dict)  # name → SHA-256
    again: Again = field(default=_no_second_look, repr=False, compare=False)
    page: Page | None = field(default=None, repr=False, compare=False)  # for whoever needs pixels
    part: InPart | None = field(default=None, repr=False, compare=False)  # None where there are no pixels to cut
    context: Context = field(default_factory=Context, repr=False, compare=False)

    def arranged(self, blocks: Sequence[Block]) -> Reading:
        """The same reading with its lines put in the order of `blocks`."""
        lines = tuple(line for block in blocks for row in block for line in row)
        return replace(self, blocks=tuple(blocks), lines=lines)

    def noticing(self, *notices: Notice) -> Reading:
        """The same reading with more notices."""
        return replace(self, notices=(*self.notices, *notices))

    def without_pixels(self) -> Reading:
        """The same reading for keeping: nothing can be looked at again."""
        return replace(self, again=_no_second_look, page=None, part=None)
