"""From a recogniser's dense probabilities to a lattice, a greedy text and its characters.

What is kept of each step: the best class and the blank; where the best is below SURE also every class above KEEP, at
most MOST of them. On 232 plate crops, reading again under a grammar from what is kept was as good as from the dense
matrix, at about 1 KB a line; the dense matrix of a page would be 300 MB.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocrcli.page import Alphabet, Char, Lattice

SURE = 0.9999
KEEP = 1e-5
MOST = 64
FLOOR_LOG = math.log(1e-7)  # what every class that was not kept counts as
BLANK = 0


def make_lattice(dense: NDArray[np.float32], alphabet: Alphabet) -> Lattice:
    """The likely classes of each step of `dense` (T × C probabilities, rows sum to 1)."""
    best = dense.argmax(axis=1)
    top = dense[np.arange(len(dense)), best]
    ids: list[NDArray[np.intp]] = []
    probabilities: list[NDArray[np.float32]] = []
    for step, (winner, p) in enumerate(zip(best, top, strict=True)):
        row = dense[step]
        kept = _sure(winner) if p >= SURE else _likely(row)
        ids.append(kept)
        probabilities.append(row[kept])
    offsets = np.zeros(len(dense) + 1, np.int32)
    np.cumsum([len(kept) for kept in ids], out=offsets[1:])
    logs = np.log(np.maximum(np.concatenate(probabilities), 1e-7))
    return Lattice(offsets, np.concatenate(ids).astype(np.uint16), logs.astype(np.float16), alphabet)


def _sure(winner: np.intp) -> NDArray[np.intp]:
    return np.array([winner] if winner == BLANK else [winner, BLANK])


def _likely(row: NDArray[np.float32]) -> NDArray[np.intp]:
    kept = np.flatnonzero(row > KEEP)
    kept = kept[np.argsort(-row[kept], kind="stable")][:MOST]
    return kept if BLANK in kept else np.append(kept[: MOST - 1], BLANK)


def end_to_end(lattices: Sequence[Lattice]) -> Lattice:
    """The lattices of pieces of one text, in the order in which they are read, as one. All have the same alphabet."""
    steps = np.concatenate([np.diff(lattice.offsets) for lattice in lattices])
    return Lattice(
        np.concatenate([[0], np.cumsum(steps)]).astype(np.int32),
        np.concatenate([lattice.ids for lattice in lattices]),
        np.concatenate([lattice.logs for lattice in lattices]),
        lattices[0].alphabet,
    )


def greedy(dense: NDArray[np.float32], used: float, alphabet: Alphabet) -> tuple[str, tuple[Char, ...]]:
    """The best class of every step, repeats and blanks dropped, with each character's place.

    `used` is the number of steps that the text covers (the rest is padding): places are shares of that. A character's
    edges lie halfway to its neighbours' centres.
    """
    best = dense.argmax(axis=1)
    runs = _runs(best)
    centres = [(first + last + 1) / 2 for first, last in runs]
    half = _half_pitch(centres, used)
    chars = []
    for i, (first, last) in enumerate(runs):
        left = (centres[i - 1] + centres[i]) / 2 if i else centres[i] - half
        right = (centres[i] + centres[i + 1]) / 2 if i + 1 < len(runs) else centres[i] + half
        chars.append(
            Char(
                text=alphabet.characters[best[first]],
                confidence=float(min(1.0, dense[first : last + 1, best[first]].max())),
                start=min(1.0, max(0.0, left / used)),
                end=min(1.0, max(0.0, right / used)),
            )
        )
    return "".join(c.text for c in chars), tuple(chars)


def _runs(best: NDArray[np.intp]) -> list[tuple[int, int]]:
    """First and last step of each run of one class that is not the blank."""
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    return [(int(a), int(b) - 1) for a, b in pairwise(edges) if best[a] != BLANK]


def _half_pitch(centres: list[float], used: float) -> float:
    """Half the usual distance of two characters: how far the outermost ones reach."""
    if len(centres) < 2:
        return used / 2
    return float(np.median(np.diff(centres))) / 2


def mean_confidence(chars: tuple[Char, ...]) -> float:
    """The mean of the characters' probabilities; 0 for no characters."""
    return sum(c.confidence for c in chars) / len(chars) if chars else 0.0
