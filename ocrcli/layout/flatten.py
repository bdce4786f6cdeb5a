"""Takes the bend of the paper out of the pieces of a photographed page, so that rows become level.

Each piece shows by its slant how the paper falls at its place. The slants of all pieces are fitted by
slope(u, v) = a + b·u + c·u² + d·v + e·u·v, u and v being the place on the page from -1 to 1; what the paper has fallen
at a place is the integral of that along its row, counted from the middle of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from ocrcli.geometry import Point
from ocrcli.layout.upright import Piece

_TERMS = 5
_STEEPEST = 0.3  # a piece that slants more than this is no witness: a seal, a logo
_LONG = 2.5  # times its height: a shorter piece says nothing
# Without witnesses paper is flat: each fitted number pays for its size as if so many em² spoke against it.
_FLAT = 5.0
_PLANES = 100  # tried through two witnesses each …
_APART = 0.1  # … that stand so far from each other, in v
_FAR = 25.0  # square of how far off a witness says nothing for a plane
_ROUNDS = 3  # of weighing: pieces that slant unlike the others count less each time


@dataclass(frozen=True)
class Bend:
    """How far the paper falls, by place: `numbers` are a, b, c, d, e; `middle` and `half` make u and v."""

    numbers: tuple[float, ...]
    middle: Point
    half: float

    def fall(self, point: Point) -> float:
        """By how much the paper has fallen at a point, against the middle of its row."""
        u, v = self._place(point)
        a, b, c, d, e = self.numbers
        return self.half * u * (a + b * u / 2 + c * u * u / 3 + v * (d + e * u / 2))

    def terms(self, point: Point) -> tuple[float, ...]:
        """What the fitted numbers are multiplied by at a point."""
        u, v = self._place(point)
        return 1.0, u, u * u, v, u * v

    def slope(self, point: Point) -> float:
        """How steeply the paper falls to the right at a point."""
        return sum(n * t for n, t in zip(self.numbers, self.terms(point), strict=True))

    def _place(self, point: Point) -> Point:
        return (point[0] - self.middle[0]) / self.half, (point[1] - self.middle[1]) / self.half


def flattened(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces as they would lie on flat paper."""
    witnesses = [p for p in pieces if p.width >= _LONG * p.height and abs(_slant(p)) <= _STEEPEST]
    if all(_slant(p) == 0.0 for p in witnesses):
        return list(pieces)
    bend = _fitted(witnesses, pieces)
    return [replace(piece, start=_raised(piece.start, bend), end=_raised(piece.end, bend)) for piece in pieces]


def _raised(point: Point, bend: Bend) -> Point:
    return point[0], point[1] - bend.fall(point)


def _slant(piece: Piece) -> float:
    return (piece.end[1] - piece.start[1]) / piece.width


def _middle(piece: Piece) -> Point:
    return piece.cx, piece.cy


def _fitted(witnesses: Sequence[Piece], pieces: Sequence[Piece]) -> Bend:
    """The bend that the witnesses show: least squares, weighed by length, outliers weighed down."""
    xs = [x for p in pieces for x in (p.x0, p.x1)]
    ys = [p.cy for p in pieces]
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    half = max(max(xs) - min(xs), max(ys) - min(ys), 1.0) / 2
    bend = Bend((0.0,) * _TERMS, middle, half)
    doubts = _first_doubts(witnesses, bend)
    for _ in range(_ROUNDS):
        matrix = [[_FLAT if i == j else 0.0 for j in range(_TERMS)] for i in range(_TERMS)]
        right = [0.0] * _TERMS
        for piece, doubt in zip(witnesses, doubts, strict=True):
            terms = bend.terms(_middle(piece))
            weight = (piece.width / piece.height) ** 2 / doubt
            for i in range(_TERMS):
                right[i] += weight * terms[i] * _slant(piece)
                for j in range(_TERMS):
                    matrix[i][j] += weight * terms[i] * terms[j]
        bend = replace(bend, numbers=tuple(_solved(matrix, right)))
        doubts = [1 + _off(p, bend) ** 2 for p in witnesses]
    return bend


def _off(piece: Piece, bend: Bend) -> float:
    """How far a piece slants from the bend, in what its slant is known to: a tenth of its height at an end."""
    return (_slant(piece) - bend.slope(_middle(piece))) * piece.width / (0.1 * piece.height)


def _first_doubts(witnesses: Sequence[Piece], flat: Bend) -> list[float]:
    """How little each witness counts at first: against the plane, seen from the side, that most of them agree with.

    Papers that lie beside the page, a seal's words: they lean otherwise, and would draw the fit to themselves.
    """
    rng = Random(0)
    best = [1.0] * len(witnesses)
    most = 0.0
    for _ in range(_PLANES if len(witnesses) > 2 else 0):
        one, other = rng.sample(witnesses, 2)
        v, w = flat.terms(_middle(one))[3], flat.terms(_middle(other))[3]
        fall = (_slant(other) - _slant(one)) / (w - v) if abs(w - v) > _APART else 0.0
        plane = replace(flat, numbers=(_slant(one) - fall * v, 0.0, 0.0, fall, 0.0))
        off = [min(_off(p, plane) ** 2, _FAR) for p in witnesses]
        agreed = sum((1 - o / _FAR) * p.width for o, p in zip(off, witnesses, strict=True))
        if agreed > most:
            most, best = agreed, [1 + o for o in off]
    return best


def _solved(matrix: list[list[float]], right: list[float]) -> Iterable[float]:
    """The solution of a system of linear equations with a positive definite matrix (elimination in place)."""
    size = len(right)
    for i in range(size):
        for j in range(i + 1, size):
            factor = matrix[j][i] / matrix[i][i]
            right[j] -= factor * right[i]
            for k in range(i, size):
                matrix[j][k] -= factor * matrix[i][k]
    solution = [0.0] * size
    for i in reversed(range(size)):
        solution[i] = (right[i] - sum(matrix[i][k] * solution[k] for k in range(i + 1, size))) / matrix[i][i]
    return solution
