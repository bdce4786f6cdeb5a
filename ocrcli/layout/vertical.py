"""Pages of vertical writing: level titles and page numbers, bands, small readings beside the characters."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from ocrcli.layout.upright import Piece, is_ideographic, laid_down

_VERTICAL = 0.6  # share of a part's characters that run down the page, from which its columns are read from the right
_STRIP = 0.8  # of a column's width: a blank strip across all columns, higher than this, is between two bands
_SMALL = 0.62  # of its base's width: readings are set at half the size of what they stand beside
_BESIDE = 0.5  # of its base's width: how far a reading stands off it


def runs_down(pieces: Sequence[Piece]) -> bool:
    """True for vertical Chinese: most characters stand in tall pieces, and those are ideographs."""
    tall = sum(len(p.text) for p in pieces if p.tall and sum(map(is_ideographic, p.text)) > len(p.text) / 2)
    return tall > _VERTICAL * sum(len(p.text) for p in pieces)


def parts_of(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The parts of a page, from the top, between blank strips: level ones as they stand, bands of vertical writing laid
    down. A page that is not vertical is one part.
    """
    if not runs_down(pieces):
        yield list(pieces)
        return
    for part in _bands(pieces):
        # A level line beside columns, such as a lone character that ends one, goes with them.
        vertical = any(piece.tall for piece in part)
        yield [laid_down(piece) for piece in part] if vertical else part


def _bands(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    ordered = sorted(pieces, key=lambda p: p.y0)
    strip = _STRIP * max(piece.width for piece in ordered if piece.tall)
    band, bottom = [ordered[0]], ordered[0].y1
    for piece in ordered[1:]:
        if piece.y0 - bottom > strip:
            yield band
            band = []
        band.append(piece)
        bottom = max(bottom, piece.y1)
    yield band


def without_readings(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces of a page of vertical writing without the small readings (ruby, JLReq 3.3) that stand to the right of
    its characters, and those; a page of other writing has none.
    """
    if not runs_down(pieces):
        return list(pieces), []
    bases = [piece for piece in pieces if piece.tall]
    small = {id(piece) for piece, base in itertools.product(pieces, bases) if _is_reading(piece, base)}
    return [p for p in pieces if id(p) not in small], [p for p in pieces if id(p) in small]


def _is_reading(piece: Piece, base: Piece) -> bool:
    beside = -_BESIDE * piece.width < piece.x0 - base.x1 < _BESIDE * base.width
    size = piece.width if piece.tall else min(piece.width, piece.height)
    along = base.y0 - piece.width < piece.y0 and piece.y1 < base.y1 + piece.width
    return beside and along and size < _SMALL * base.width and all(map(_is_kana, piece.text.replace(" ", "")))


def _is_kana(char: str) -> bool:
    return "\u3040" <= char <= "\u30ff" or "\u3100" <= char <= "\u312f"
