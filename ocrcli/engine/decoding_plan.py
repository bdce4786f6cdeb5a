"""A grammar made ready for one recogniser's alphabet: a graph of places to fill, in numbers.

A node is one character still to be read: its alphabet and what may follow. Forms of a value that end alike share their
nodes. Sums become residue states: a node says, for each character and residue before it, the residue after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import prod

import numpy as np
from numpy.typing import NDArray

from ocrcli.engine.grammar import Grammar, Piece, Row, Slot, Sum, Words
from ocrcli.page import Alphabet

Integers = NDArray[np.intp]
GAP = 0  # the symbol of the blank and of separators
REFUSED = -1


@dataclass(frozen=True, slots=True)
class Node:
    """One character to be read.

    `symbols` (C) are its characters as rows of the pooled table; `moves` (C × residues before) gives the residue after
    each (one of `residues`), REFUSED where a sum that ends here does not come out. A node's successors have smaller
    numbers than it has itself.
    """

    alphabet: str
    symbols: Integers
    moves: Integers
    residues: int
    successors: tuple[int, ...]
    final: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """A grammar's nodes. `symbols[k]` is the text of symbol k, "" for the gap.

    `shortest` and `longest` are the fewest and the most characters of a value.
    """

    symbols: tuple[str, ...]
    nodes: tuple[Node, ...]
    starts: tuple[int, ...]
    predecessors: tuple[tuple[int, ...], ...]
    shortest: int
    longest: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A graph over the classes of one recogniser.

    `symbol_of` maps classes to symbols, -1 for all others. `may_touch_start` and `may_touch_end` are true for the
    classes that may stand right before and right behind the value inside a longer line.
    """

    graph: Graph
    symbol_of: NDArray[np.int32]
    may_touch_start: NDArray[np.bool_]
    may_touch_end: NDArray[np.bool_]


class _Same:
    """An alphabet as a key by identity: hashing 18,710 characters each time would cost more than the lookup saves."""

    def __init__(self, alphabet: Alphabet) -> None:
        self.alphabet = alphabet

    def __hash__(self) -> int:
        return id(self.alphabet)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.alphabet is self.alphabet


def plan_for(grammar: Grammar, alphabet: Alphabet) -> Plan:
    """The grammar over this recogniser's classes; made once."""
    return _plan(grammar, _Same(alphabet))


@lru_cache(maxsize=128)
def _plan(grammar: Grammar, same: _Same) -> Plan:
    graph = _graph(grammar)
    printed = {letter: k for k, letter in enumerate(graph.symbols) if k}
    printed |= {c: printed[letter] for letter, others in grammar.variants for c in others}
    symbol_of = _symbol_of(printed, grammar.separators, same.alphabet)
    before = "".join(graph.nodes[v].alphabet for v in graph.starts) if grammar.fence is None else grammar.fence
    behind = "".join(n.alphabet for n in graph.nodes if n.final) if grammar.fence is None else grammar.fence
    return Plan(
        graph,
        symbol_of,
        may_touch_start=_outside(before, printed, symbol_of, same.alphabet),
        may_touch_end=_outside(behind, printed, symbol_of, same.alphabet),
    )


@lru_cache(maxsize=128)
def _graph(grammar: Grammar) -> Graph:
    letters = sorted({c for row in grammar.rows for slot in row.slots for c in slot.alphabet})
    builder = _Builder({c: k for k, c in enumerate(letters, start=1)}, _spans(grammar.rows))
    starts = tuple(dict.fromkeys(v for row in grammar.rows for v in builder.starts(row)))
    predecessors: list[list[int]] = [[] for _ in builder.nodes]
    for v, node in enumerate(builder.nodes):
        for w in node.successors:
            predecessors[w].append(v)
    return Graph(
        symbols=("", *letters),
        nodes=tuple(builder.nodes),
        starts=starts,
        predecessors=tuple(map(tuple, predecessors)),
        shortest=min(row.length or sum(slot.least for slot in row.slots) for row in grammar.rows),
        longest=max(row.length or sum(slot.most for slot in row.slots) for row in grammar.rows),
    )


def _symbol_of(printed: dict[str, int], separators: str, alphabet: Alphabet) -> NDArray[np.int32]:
    symbol_of = np.full(len(alphabet.characters), -1, np.int32)
    symbol_of[0] = GAP
    for character, symbol in (*((c, GAP) for c in separators), *printed.items()):
        if character in alphabet.index:
            symbol_of[alphabet.index[character]] = symbol
    return symbol_of


def _outside(
    fence: str, printed: dict[str, int], symbol_of: NDArray[np.int32], alphabet: Alphabet
) -> NDArray[np.bool_]:
    """Classes that are neither gap nor fence; a letter's variants are fenced with it."""
    fenced = {printed[c] for c in fence if c in printed}
    outside = ~np.isin(symbol_of, [GAP, *fenced])
    outside[[alphabet.index[c] for c in fence if c in alphabet.index]] = False
    return outside


_Rest = tuple[Piece, ...]
_Key = tuple[str, _Rest, int | None, tuple[Sum, ...]]


class _Builder:
    """Unrolls rows into nodes. Two places with the same alphabet, rest, length of the rest and sums are one node."""

    def __init__(self, number: dict[str, int], spans: dict[Sum, tuple[int, int]]) -> None:
        self.number = number
        self.spans = spans
        self.nodes: list[Node] = []
        self.known: dict[_Key, int] = {}

    def starts(self, row: Row) -> list[int]:
        """The nodes that a row can begin with."""
        return [self.node(*step, row.sums) for step in _first_steps(row.slots, row.length) if step]

    def node(self, alphabet: str, rest: _Rest, left: int | None, sums: tuple[Sum, ...]) -> int:
        """The node's number; its successors are made first. `left`: characters behind it, where that is fixed."""
        key = (alphabet, rest, left, sums)
        if key not in self.known:
            steps = list(_first_steps(rest, left))
            successors = tuple(dict.fromkeys(self.node(*step, sums) for step in steps if step))
            place = -1 - sum(slot.least for slot in rest)
            self.nodes.append(
                Node(
                    alphabet,
                    np.array([self.number[c] for c in alphabet]),
                    self._moves(alphabet, place, sums),
                    prod(s.modulus for s in self._open(place, sums)),
                    successors,
                    None in steps,
                )
            )
            self.known[key] = len(self.nodes) - 1
        return self.known[key]

    def _open(self, place: int, sums: tuple[Sum, ...]) -> list[Sum]:
        """The sums that have begun at or before a place and end after it."""
        return [s for s in sums if self.spans[s][0] <= place < self.spans[s][1]]

    def _moves(self, alphabet: str, place: int, sums: tuple[Sum, ...]) -> Integers:
        """C × residues before → residue after. Residues of several sums are digits of one number (mixed radix)."""
        before, after = self._open(place - 1, sums), self._open(place, sums)
        moduli = tuple(s.modulus for s in before)
        digits = np.indices(moduli).reshape(len(before), prod(moduli))
        moves = np.zeros((len(alphabet), prod(moduli)), np.intp)
        for row, character in zip(moves, alphabet, strict=True):
            refused = np.zeros(len(row), np.bool_)
            for s in sums:
                term = s.term(place, character)
                residue = ((term or 0) + (digits[before.index(s)] if s in before else 0)) % s.modulus
                if s in after:
                    row *= s.modulus
                    row += residue
                refused |= term is None
                if place == self.spans[s][1]:
                    refused |= residue != s.remainder
            row[refused] = REFUSED
        return moves


def _first_steps(rest: _Rest, left: int | None) -> Iterator[tuple[str, _Rest, int | None] | None]:
    """The ways to go on: the next character's alphabet, what follows it, and how many characters that has.

    None where the value may end. `left`: how many characters `rest` has, None where that is open.
    """
    for step in _all_steps(rest):
        if left is None:
            yield (*step, None) if step else None
        elif step is None:
            if left == 0:
                yield None
        elif sum(piece.least for piece in step[1]) < left <= 1 + sum(piece.most for piece in step[1]):
            yield step[0], tuple(_capped(piece, left - 1) for piece in step[1]), left - 1


def _capped(piece: Piece, left: int) -> Piece:
    """A slot without the repeats that no room is left for: places that are the same then become one node."""
    return Slot(piece.alphabet, piece.least, left) if isinstance(piece, Slot) and piece.most > left > 0 else piece


def _all_steps(rest: _Rest) -> Iterator[tuple[str, _Rest] | None]:
    for i, piece in enumerate(rest):
        tail = rest[i + 1 :]
        if isinstance(piece, Words):
            inner = (_Begun(piece.letters, piece.between), *tail)
            if isinstance(piece, _Begun):
                yield piece.between, (Words(piece.letters, piece.between), *tail)
            yield piece.letters, inner
        else:
            again = (Slot(piece.alphabet, max(piece.least - 1, 0), piece.most - 1),) if piece.most > 1 else ()
            yield piece.alphabet, again + tail
        if piece.least:
            return
    yield None


class _Begun(Words):
    """Words of which a letter was read: they may end here, go on, or have another word behind a sign."""

    least = 0


def _spans(rows: tuple[Row, ...]) -> dict[Sum, tuple[int, int]]:
    """First and last place (negative) that feed each sum. Rows of different length may share one."""
    fed: dict[Sum, list[int]] = {rule: [] for row in rows for rule in row.sums}
    for row in rows:
        alphabets = [slot.alphabet for slot in row.slots for _ in range(slot.least)]
        for place, alphabet in enumerate(alphabets, start=-len(alphabets)):
            for rule in row.sums:
                if any((rule.term(place, c) or 0) % rule.modulus for c in alphabet):
                    fed[rule].append(place)
    if not all(fed.values()):
        raise ValueError("a sum that no slot feeds")
    return {rule: (min(places), max(places)) for rule, places in fed.items()}
