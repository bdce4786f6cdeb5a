"""What a document is: every kind's signs are looked for in its text, and the kind that explains it best names it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ocrcli.layout.labels import folded
from ocrcli.page import Line
from ocrcli.signs import Kind, Labels, Number, Shape, Sign, Title

OTHER = "other"
NAMED = 0.5  # a document is of a kind where its signs make that at least this sure
_LEAST_RATIO = 80.0  # a longer text may be misread, and still be this like (0..100)
_EXACT = 4  # texts of no more characters must stand there as they are
_TITLE = 2.5  # a heading's line is no longer than this times the heading …
_BEFORE = 6  # … and this many characters: the name of a place
_SHAPE = 0.1  # an outline is of a shape where its sides are in this proportion to within a tenth


@dataclass(frozen=True, slots=True)
class Seen:
    """What speaks for one kind: how sure it is (0 to 1), and which words, patterns and shapes of signs were seen."""

    kind: Kind
    score: float
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Name:
    """What a document is. `best` is None for one of no known kind; `second` is the runner-up, of another kind."""

    best: Seen | None
    second: Seen | None

    @property
    def type(self) -> str:
        """The kind's name, or `other`."""
        return self.best.kind.type if self.best else OTHER

    @property
    def score(self) -> float:
        """How sure the name is; of `other`, how little speaks for the likeliest kind."""
        if self.best:
            return self.best.score
        return 1.0 - (self.second.score if self.second else 0.0)


def name_of(lines: Iterable[Line], kinds: Sequence[Kind], aspect: float | None = None) -> Name:
    """The kind of the document on which these lines stand; `aspect` is its outline's longer side by its shorter one."""
    text = _Text(lines)
    seen = sorted((_seen(kind, text, aspect) for kind in kinds), key=lambda s: (-s.score, -len(s.words)))
    likely = [s for s in seen if s.score > 0.0]
    if likely and likely[0].score >= NAMED:
        return Name(likely[0], likely[1] if len(likely) > 1 else None)
    return Name(None, likely[0] if likely else None)


def is_of_shape(aspect: float, shape: Shape) -> bool:
    """True for an outline with nearly the sides (the longer by the shorter one) that a shape says."""
    return abs(aspect / shape.aspect - 1.0) <= _SHAPE


class _Text:
    """The lines in the two forms in which signs are looked for."""

    def __init__(self, lines: Iterable[Line]) -> None:
        texts = [line.text for line in lines if line.text]
        self.lines = len(texts)
        self.folded = [text for text in map(folded, texts) if text]
        self.bare = ["".join(unicodedata.normalize("NFKC", text).upper().split()) for text in texts]

    def says(self, form: str, longest: float) -> float:
        """How sure (0 to 1) a line of at most `longest` letters and digits says this."""
        lines = [line for line in self.folded if len(line) <= longest]
        if any(form in line for line in lines):
            return 1.0
        if len(form) <= _EXACT:
            return 0.0
        whole = (line for line in lines if len(line) >= len(form) - 1)
        return max((fuzz.partial_ratio(form, line, score_cutoff=_LEAST_RATIO) for line in whole), default=0.0) / 100


def _seen(kind: Kind, text: _Text, aspect: float | None) -> Seen:
    doubt, words, shown = 1.0, frozenset[str](), False
    if any(isinstance(sign, Shape) and sign.most_lines and text.lines > sign.most_lines for sign in kind.signs):
        return Seen(kind, 0.0, words)
    for sign in kind.signs:
        share, found = _share(sign, text, aspect)
        doubt *= 1.0 - sign.weight * share
        words |= found
        # A shape alone is no sign: half of all pictures have that of some card.
        shown = shown or (share > 0.0 and not isinstance(sign, Shape))
    return Seen(kind, 1.0 - doubt if shown else 0.0, words)


def _share(sign: Sign, text: _Text, aspect: float | None) -> tuple[float, frozenset[str]]:
    """How much of a sign was seen (0 to 1), and its words that were."""
    match sign:
        case Title():
            sureness = {form: text.says(folded(form), _TITLE * len(form) + _BEFORE) for form in sign.texts}
            return max(sureness.values()), frozenset(form for form, sure in sureness.items() if sure)
        case Labels():
            there = frozenset(form for form in sign.texts if text.says(folded(form), float("inf")))
            if len(there) < 2:  # one common word on a page is no set of labels
                return 0.0, frozenset()
            return min(1.0, len(there) / sign.enough), there
        case Number():
            held = _has_number(sign, text)
            return float(held), frozenset({sign.pattern} if held else ())
        case Shape():
            alike = aspect is not None and is_of_shape(aspect, sign)
            return float(alike), frozenset({f"{sign.aspect}:1"} if alike else ())


def _has_number(sign: Number, text: _Text) -> bool:
    found = (match[0] for line in text.bare for match in re.finditer(sign.pattern, line))
    return any(sign.passes is None or sign.passes(number) for number in found)
