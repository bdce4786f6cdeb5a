"""Is the text that a page carries fit to be used instead of reading its picture? The decision, with its reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocrcli.geometry import Box, bounds, thickness
from ocrcli.inputs.characters import is_lost, is_mapped
from ocrcli.page import Line, Notice
from ocrcli.safe_text import quoted

if TYPE_CHECKING:
    from ocrcli.inputs.shapes import Shapes

MOST_HIDDEN = 0.5  # of all characters
LEAST_MAPPED = 0.9
MOST_LOST = 0.02  # private use, U+FFFD
MOST_COVERED = 0.1  # of the text's area, by pictures painted over it
LARGEST_BARE_PICTURE = 0.3  # of the page
LEAST_WITH_WORDS = 0.03  # of the page: logos, QR codes and a seal of 42 mm on A4 are smaller
NARROWEST_WITH_WORDS = 40.0  # pt
LEAST_ON_INK = 0.9  # of the characters
MOST_STRAY = 0.3  # marks outside all text, for each character
FEW_STRAY = 30  # so many may be ornaments
MOST_DOUBTFUL = 0.1  # of the characters, in rows that look like other characters
MOST_WRONG = 0.1  # of the digits, the letters or the Chinese characters; true layers have 0 to 0.02
LEAST_RESEMBLING = 0.25  # of the characters compared; true layers have 0.4 to 0.95, false ones 0 to 0.05
WORDS_IN_PICTURE = 0.1  # heights of the rows inside against the picture's own; less is a stamp or a page number
MOST_PIECES = 2000
TOUCHING = 2.0  # pt; pictures this close are pieces of one, as scanners cut them


@dataclass(frozen=True)
class Facts:
    """What was found out about a page's own text. Shares are 0..1; what was not looked at keeps its best value."""

    visible: int  # characters
    hidden: int = 0
    mapped: float = 1.0
    lost: float = 0.0
    covered: float = 0.0
    bare_picture: float = 0.0  # the largest picture without words, of the page
    on_ink: float = 1.0
    stray: int = 0  # character-sized marks outside the text
    doubtful: float = 0.0  # characters in rows that look like other characters
    wrong: float = 0.0  # different characters of a class that are printed as others
    resembling: float | None = None  # None: too few characters to tell


def flaw(facts: Facts) -> str | None:
    """Why the text cannot stand for the page, in words; None where it can."""
    if not facts.visible:
        return "its text is hidden" if facts.hidden else "it has no text"
    if facts.hidden > MOST_HIDDEN * (facts.hidden + facts.visible):
        return f"most of its text is hidden ({facts.hidden} of {facts.hidden + facts.visible} characters)"
    if facts.mapped < LEAST_MAPPED or facts.lost > MOST_LOST:
        bad = max(1 - facts.mapped, facts.lost)
        return f"{bad:.0%} of its characters have no meaning in Unicode"
    if facts.bare_picture > LARGEST_BARE_PICTURE:
        return f"a picture without words covers {facts.bare_picture:.0%} of it"
    if facts.covered > MOST_COVERED:
        return f"a picture lies over {facts.covered:.0%} of its text"
    if facts.on_ink < LEAST_ON_INK:
        return f"nothing is printed where {1 - facts.on_ink:.0%} of its text stands"
    if facts.stray > max(FEW_STRAY, MOST_STRAY * facts.visible):
        return f"{facts.stray} marks of a character's size have no text"
    if facts.doubtful > MOST_DOUBTFUL:
        return f"{facts.doubtful:.0%} of its text looks like other characters"
    if facts.wrong > MOST_WRONG:
        return f"{facts.wrong:.0%} of its digits, letters or Chinese characters are printed as others"
    if facts.resembling is not None and facts.resembling < LEAST_RESEMBLING:
        return f"only {facts.resembling:.0%} of its characters look like what is printed"
    return None


def facts_of(
    lines: Sequence[Line],
    hidden: int,
    pictures: Sequence[Box],
    sheet: tuple[float, float],
    *,
    covered: float = 0.0,
    seen: Sequence[Line] | None = None,
    stray: int = 0,
    shapes: Shapes | None = None,
) -> Facts:
    """The facts about lines on a sheet of (width, height) pt. `seen` are those on ink, `stray` counts the marks outside
    them; without these and `shapes` the facts are from the file alone.
    """
    text = "".join(line.text for line in lines).replace(" ", "")
    count = len(text) or 1
    return Facts(
        visible=len(text),
        hidden=hidden,
        mapped=sum(map(is_mapped, text)) / count,
        lost=sum(map(is_lost, text)) / count,
        covered=covered,
        bare_picture=max(map(_area, bare_pictures(lines, pictures)), default=0.0) / math.prod(sheet),
        on_ink=1.0 if seen is None or not text else _letters(seen) / count,
        stray=stray,
        doubtful=_letters(shapes.doubtful) / count if shapes else 0.0,
        wrong=shapes.wrong if shapes else 0.0,
        resembling=shapes.share if shapes else None,
    )


def taken_anyway(lines: tuple[Line, ...], reason: str | None) -> tuple[tuple[Line, ...], tuple[Notice, ...]]:
    """What --pdf-text only gives: the page's text whatever it is worth, with a warning where it is worth little."""
    if not lines:
        return (), (Notice("no_text_layer", f"the page is left empty: {reason}; --pdf-text auto reads its picture"),)
    if reason:
        return lines, (Notice("text_layer_doubtful", f"the text layer is taken as it is, but of this page {reason}"),)
    return lines, ()


def lost_characters(lines: Iterable[Line]) -> Iterator[Notice]:
    """Warnings for the lines of sound text in which single characters have no meaning in Unicode."""
    for line in lines:
        if any(map(is_lost, line.text)):
            yield Notice("doubtful", f"the file does not name every character of {quoted(line.text)}", quad=line.quad)


def bare_pictures(lines: Sequence[Line], pictures: Sequence[Box]) -> list[Box]:
    """The pictures that have hardly a word in them; touching pictures are one."""

    def is_bare(box: Box) -> bool:
        inside = (line for line in lines if _is_inside(line, box))
        return sum(thickness(line.quad) for line in inside) < WORDS_IN_PICTURE * (box[3] - box[1])

    return list(filter(is_bare, joined(pictures)))


def worth_reading(pictures: Sequence[Box], sheet: tuple[float, float]) -> tuple[Box, ...]:
    """Those of the bare pictures of a page of (width, height) pt that are large enough to hold words."""
    least = LEAST_WITH_WORDS * sheet[0] * sheet[1]
    return tuple(box for box in pictures if _area(box) >= least and min(_sides(box)) >= NARROWEST_WITH_WORDS)


def _sides(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _area(box: Box) -> float:
    return math.prod(_sides(box))


def joined(boxes: Sequence[Box]) -> list[Box]:
    """The boxes, those that touch made one; more than MOST_PIECES are one in any case."""
    whole: list[Box] = []
    if len(boxes) > MOST_PIECES:
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        return [(min(x0), min(y0), max(x1), max(y1))]
    for box in boxes:
        near = [other for other in whole if _touch(box, other)]
        while near:
            whole = [other for other in whole if other not in near]
            x0, y0, x1, y1 = zip(box, *near, strict=True)
            box = (min(x0), min(y0), max(x1), max(y1))
            near = [other for other in whole if _touch(box, other)]
        whole.append(box)
    return whole


def _touch(a: Box, b: Box) -> bool:
    return all(a[i] - TOUCHING <= b[i + 2] and b[i] - TOUCHING <= a[i + 2] for i in (0, 1))


def _is_inside(line: Line, box: Box) -> bool:
    x0, y0, x1, y1 = bounds(line.quad)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _letters(lines: Sequence[Line]) -> int:
    return sum(len(line.text.replace(" ", "")) for line in lines)
