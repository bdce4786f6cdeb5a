"""Running maxima along a line: how well what follows a character can be read, for every step at once.

Arrays run over the boundaries 0..T between a line's T steps in their last axis. A character that is read over the steps
[a, b) scores `sums[b] - sums[a]`, so the best b for every a is one running maximum: no loop over steps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrcli.engine.decoding_plan import GAP, REFUSED, Graph, Integers, Plan
from ocrcli.engine.lattice import FLOOR_LOG
from ocrcli.page import Lattice

Floats = NDArray[np.float64]


def pooled(lattice: Lattice, plan: Plan) -> Floats:
    """Symbols × T natural logarithms: the probabilities of a symbol's classes added, the floor where none is listed."""
    steps = np.repeat(np.arange(lattice.steps), np.diff(lattice.offsets))
    symbols = plan.symbol_of[lattice.ids]
    known = symbols >= 0
    places = symbols[known] * lattice.steps + steps[known]
    size = len(plan.graph.symbols) * lattice.steps
    probabilities = np.bincount(places, np.exp(lattice.logs[known].astype(np.float64)), size)
    table: Floats = np.log(np.clip(probabilities, np.exp(FLOOR_LOG), 1.0)).reshape(
        len(plan.graph.symbols), lattice.steps
    )
    return table


def best_of(lattice: Lattice, classes: NDArray[np.bool_]) -> Floats:
    """For each step the log-probability of the likeliest of these classes, -inf where none is listed (T)."""
    logs = np.where(classes[lattice.ids], lattice.logs.astype(np.float64), -np.inf)
    best: Floats = np.maximum.reduceat(logs, lattice.offsets[:-1])
    return best


def running(scores: Floats) -> Floats:
    """Sums from the start: [..., T] → [..., T + 1], 0 first."""
    sums = np.zeros((*scores.shape[:-1], scores.shape[-1] + 1))
    np.cumsum(scores, axis=-1, out=sums[..., 1:])
    return sums


def best_before(scores: Floats) -> Floats:
    """The largest value at a smaller index; -inf at the first."""
    best = np.empty(scores.shape)
    best[..., 0] = -np.inf
    np.maximum.accumulate(scores[..., :-1], axis=-1, out=best[..., 1:])
    return best


def best_behind(scores: Floats) -> Floats:
    """The largest value at a larger index; -inf at the last."""
    best = np.empty(scores.shape)
    best[..., -1] = -np.inf
    np.maximum.accumulate(scores[..., :0:-1], axis=-1, out=best[..., -2::-1])
    return best


def bounds(graph: Graph, sums: Floats, head: Floats, tail: Floats, bias: Sequence[Floats]) -> list[Floats]:
    """For each node and character: no text with this character there scores more than this (C).

    Counted without sums, and as if a letter could follow itself without a gap between. `sums` (symbols × T + 1) are
    running sums; `head` and `tail` what the line scores before and behind a value; `bias` is added for each character.
    """
    nodes, forth = graph.nodes, range(len(graph.nodes))
    symbols = [node.symbols for node in nodes]
    rest, _ = _loosely(forth, [n.successors for n in nodes], [n.final for n in nodes], symbols, sums, tail, bias)
    turned = sums[:, -1:] - sums[:, ::-1]  # the same line from its other end
    starts = [v in graph.starts for v in forth]
    _, before = _loosely(forth[::-1], graph.predecessors, starts, symbols, turned, head[::-1], bias)
    return [(b[:, ::-1] + r).max(axis=1) for b, r in zip(before, rest, strict=True)]


def _loosely(
    order: Sequence[int],
    follow: Sequence[tuple[int, ...]],
    ends: Sequence[bool],
    symbols: Sequence[Integers],
    sums: Floats,
    tail: Floats,
    bias: Sequence[Floats],
) -> tuple[list[Floats], list[Floats]]:
    """What may follow a node's character that ends at a boundary (T + 1), and the same with its steps (C × T + 1)."""
    empty = np.full(sums.shape[1], -np.inf)
    rest, entry, begun = [empty] * len(order), [empty] * len(order), [empty] * len(order)
    gap = sums[GAP]
    for v in order:
        if follow[v]:
            best = np.maximum.reduce([entry[w] for w in follow[v]])
            rest[v] = np.maximum(best, best_behind(gap + best) - gap)
        if ends[v]:
            rest[v] = np.maximum(rest[v], tail)
        run = sums[symbols[v]]
        begun[v] = best_behind(run + rest[v]) - run + bias[v][:, np.newaxis]
        entry[v] = begun[v].max(axis=0)
    return rest, begun


def completions(
    graph: Graph,
    symbols: Sequence[Integers],
    moves: Sequence[Integers],
    residues: Sequence[int],
    sums: Floats,
    tail: Floats,
    bias: Sequence[Floats],
) -> tuple[list[Floats], list[Floats]]:
    """For each node, character, residue after it and boundary b: the best score of all that is still to come.

    Both lists hold C × residues × T + 1. In the first the character's last step is b - 1; in the second its first is b,
    and its own steps count too. `symbols`, `moves` and `bias` are those of the characters that matter.
    """
    ahead: list[Floats] = []
    begun: list[Floats] = []
    gap = sums[GAP]
    for v, node in enumerate(graph.nodes):
        own = symbols[v]
        after = np.full((len(own), residues[v], len(gap)), -np.inf)
        if not len(own):
            ahead.append(after)
            begun.append(after)
            continue
        coming = [_arrivals(begun[w], moves[w]) for w in node.successors if len(symbols[w])]
        if coming:
            names = [symbol for w in node.successors for symbol in symbols[w].tolist()]
            arrivals = np.concatenate(coming) if len(coming) > 1 else coming[0]
            best = arrivals.max(axis=0)
            apart = best_behind(gap + best) - gap
            after[:] = np.maximum(best, apart)
            for i, symbol in enumerate(own.tolist()):
                if symbol in names:  # the same letter again needs a gap between
                    others = [k for k, name in enumerate(names) if name != symbol]
                    after[i] = np.maximum(arrivals[others].max(axis=0), apart) if others else apart
        if node.final:
            after[:, 0] = np.maximum(after[:, 0], tail)
        run = sums[own][:, np.newaxis]
        ahead.append(after)
        begun.append(best_behind(run + after) - run + bias[v][:, np.newaxis, np.newaxis])
    return ahead, begun


def _arrivals(begun: Floats, moves: Integers) -> Floats:
    """Scores by the residue after a character → by the residue before it."""
    if begun.shape[1] == moves.shape[1] == 1 and not moves.any():
        return begun
    arrivals: Floats = begun[np.arange(len(begun))[:, np.newaxis], moves]
    arrivals[moves == REFUSED] = -np.inf
    return arrivals
