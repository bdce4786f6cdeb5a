"""Lattices made for tests."""

from __future__ import annotations

import numpy as np

from ocrcli.engine.lattice import make_lattice
from ocrcli.page import Alphabet, Lattice


def lattice_with(text: str, rivals: dict[int, tuple[str, float]]) -> Lattice:
    """A line read clearly, but for the positions at which another character has a part of the probability."""
    alphabet = Alphabet.of(["", *sorted({*text, *(c for c, _ in rivals.values())})])
    dense = np.full((2 * len(text), len(alphabet.characters)), 1e-9, np.float32)
    dense[1::2, 0] = 1.0
    for place, character in enumerate(text):
        other, share = rivals.get(place, (character, 0.0))
        dense[2 * place, alphabet.index[other]] += share
        dense[2 * place, alphabet.index[character]] += 1 - share
    return make_lattice(dense / dense.sum(axis=1, keepdims=True), alphabet)
