"""The likeliest texts of a grammar in a lattice, in order, exactly.

A text's log-probability is that of its best alignment: one symbol a step (the blank and the separators are one symbol,
a letter and its variants are one), and a letter that is printed twice has another symbol between (CTC). Exact means:
the texts come in the order of that number, with and without their sums coming out, as far as they lie within `reach`
nats of the likeliest. The tests compare with all alignments of small lattices.

How: a first, loose look from both ends of the line tells which characters can take part in a text within reach; only
those count from there on. Arrays over the steps then say for each place of the grammar, and each residue of its sums,
how well the rest of the value can be read from there. A best-first walk reads off the texts: as it knows exactly what
is to come, it goes straight to the end.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np

from ocrcli.engine.decoding_plan import GAP, REFUSED, Graph, Integers, Plan
from ocrcli.engine.decoding_trellis import Floats, best_before, best_of, bounds, completions, pooled, running
from ocrcli.page import Lattice

Evidence = Mapping[str, Mapping[str, float]]
_PLACES = 6  # decimals of a score that count: the same, summed in another order, differs behind them
ROUNDING = 10**-_PLACES


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a text: its largest probability in the steps [start, end) that read it."""

    text: str
    probability: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text of the grammar: the natural logarithm of its best alignment's probability, and that alignment."""

    log_probability: float
    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        """The value."""
        return "".join(letter.text for letter in self.letters)


@dataclass(slots=True)
class _Step:
    """The last character of a text being grown.

    `arrival[b]`: the best score of what lies before boundary b if this character begins there; `reached[b]`: of all up
    to b if its last step is b - 1.
    """

    node: int
    residue: int
    symbol: int
    arrival: Floats
    reached: Floats
    before: _Step | None
    length: int


class Search:
    """One lattice under one plan.

    `inside`: the value may be a part of the line. `evidence` are log-probabilities from elsewhere, by slot alphabet and
    character, added to the lattice's. `plain` is the log-probability of the line read without a grammar, `best` that of
    the likeliest text; -inf where that lies more than `bend` below `plain`, or where the line is too short.
    """

    def __init__(
        self,
        lattice: Lattice,
        plan: Plan,
        *,
        reach: float,
        bend: float,
        inside: bool = False,
        evidence: Evidence | None = None,
    ) -> None:
        self._graph = plan.graph
        self._table = pooled(lattice, plan)
        self._sums = running(self._table)
        gap = self._sums[GAP]
        free = running(lattice.logs[lattice.offsets[:-1]].astype(np.float64))
        self.plain = float(free[-1])
        # The line before the value and behind it, for each boundary: nothing but gap, or what may touch a value inside.
        self._head, self._tail = gap, gap[-1] - gap
        if inside:
            ends = np.append(-np.inf, free[:-1] + best_of(lattice, plan.may_touch_start))
            self._head = np.maximum(gap, np.maximum.accumulate(ends - gap) + gap)
            begins = np.append(free[-1] - free[1:] + best_of(lattice, plan.may_touch_end), -np.inf)
            self._tail = np.maximum(self._tail, np.maximum.accumulate((begins + gap)[::-1])[::-1] - gap)
        self.best = -np.inf
        if self._lack(np.diff(free), inside) <= bend + _most(evidence):
            self._narrow(_bias(plan.graph, evidence), reach, self.plain - bend)
        self._cutoff = self.best - reach

    def texts(self, *, passing: bool) -> Iterator[Candidate]:
        """The texts from the likeliest down; with `passing` only those whose sums come out."""
        moves, (ahead, _) = (self._moves, self._passing) if passing else (self._unbound, self._free)
        seen: set[str] = set()
        order = count()
        heap: list[tuple[float, int, int, float, bool, _Step]] = []

        def push(score: float, ended: bool, step: _Step) -> None:
            # Of equal scores the longest goes on first: where many texts are alike, one is finished before the next.
            heapq.heappush(heap, (-round(score, _PLACES), -step.length, next(order), score, ended, step))

        def grow(step: _Step | None) -> None:
            for score, grown in self._grown(step, moves, ahead):
                push(score, False, grown)

        grow(None)
        while heap:
            *_, score, ended, step = heapq.heappop(heap)
            if ended:
                candidate = self._candidate(step, score)
                if candidate.text not in seen:
                    seen.add(candidate.text)
                    yield candidate
                continue
            if self._graph.nodes[step.node].final:
                total = float((step.reached + self._tail).max())
                if total >= self._cutoff:
                    push(total, True, step)
            grow(step)

    def _lack(self, best: Floats, inside: bool) -> float:
        """What at least it costs to bend the line, seen in a moment: most lines hold no such value.

        `best` are the steps' best log-probabilities (T). Every letter needs a step of its own; and where the line is
        all value, every step says a letter or the gap.
        """
        if len(best) < self._graph.shortest:
            return np.inf
        letters = np.maximum(best - self._table[1:].max(axis=0), 0.0)
        lack = float(np.partition(letters, self._graph.shortest - 1)[: self._graph.shortest].sum())
        return lack if inside else max(lack, float(np.minimum(letters, best - self._table[GAP]).clip(0.0).sum()))

    def _narrow(self, bias: list[Floats], reach: float, worst: float) -> None:
        """Keeps the characters that can take part in a text within reach, and finds the likeliest text's score.

        The bounds are those of a looser grammar. Where its best text is better than ours, what was kept reaches less
        far than was asked: then more has to be kept.
        """
        nodes = self._graph.nodes
        limits = bounds(self._graph, self._sums, self._head, self._tail, bias)
        lowest = max(float(limit.max()) for limit in limits)
        while lowest >= worst:
            kept = [np.flatnonzero(limit >= lowest - reach) for limit in limits]
            self._symbols = [node.symbols[k] for node, k in zip(nodes, kept, strict=True)]
            self._moves = [node.moves[k] for node, k in zip(nodes, kept, strict=True)]
            self._bias = [b[k] for b, k in zip(bias, kept, strict=True)]
            self._unbound = [np.zeros((len(k), 1), np.intp) for k in kept]
            self.best = self._passing[1]  # mostly the likeliest text passes: then the other tables are not needed
            if self.best < lowest - ROUNDING:
                self.best = self._free[1]
            if self.best >= lowest - ROUNDING or lowest == worst:
                break
            lowest = max(self.best, worst)
            del self._passing, self._free
        if self.best < worst:
            self.best = -np.inf

    @cached_property
    def _passing(self) -> tuple[list[Floats], float]:
        """What may come after each node and residue so that all sums come out; the best passing text's score."""
        return self._completions(self._moves, [node.residues for node in self._graph.nodes])

    @cached_property
    def _free(self) -> tuple[list[Floats], float]:
        """What may come after each node whether sums come out or not; the best text's score."""
        return self._completions(self._unbound, [1] * len(self._unbound))

    def _completions(self, moves: list[Integers], residues: list[int]) -> tuple[list[Floats], float]:
        ahead, begun = completions(self._graph, self._symbols, moves, residues, self._sums, self._tail, self._bias)
        # Before the first character every sum is nought: residue 0 of the first move.
        scores = [
            float((self._head + begun[v][i, residue]).max())
            for v in self._graph.starts
            for i, residue in enumerate(moves[v][:, 0].tolist())
            if residue != REFUSED
        ]
        return ahead, max(scores, default=-np.inf)

    def _grown(self, step: _Step | None, moves: list[Integers], ahead: list[Floats]) -> Iterator[tuple[float, _Step]]:
        """The text with one more character, scored with its best completion, as far as that is within reach."""
        if step is None:
            follow, apart, touching = self._graph.starts, self._head, self._head
        else:
            gap = self._sums[GAP]
            follow = self._graph.nodes[step.node].successors
            apart = best_before(step.reached - gap) + gap
            touching = np.maximum(apart, step.reached)
        for w in follow:
            for i, symbol in enumerate(self._symbols[w].tolist()):
                residue = int(moves[w][i, step.residue if step else 0])
                if residue == REFUSED:
                    continue
                # The same letter again needs a gap between.
                arrival = apart if step and symbol == step.symbol else touching
                sums = self._sums[symbol]
                reached = best_before(arrival - sums) + sums + self._bias[w][i]
                score = float((reached + ahead[w][i, residue]).max())
                if score >= self._cutoff:
                    length = step.length + 1 if step else 1
                    yield score, _Step(w, residue, symbol, arrival, reached, step, length)

    def _candidate(self, last: _Step, score: float) -> Candidate:
        """The text that ends with this step, and where its best alignment puts each character."""
        letters: list[Letter] = []
        gap = self._sums[GAP]
        end = int((last.reached + self._tail).argmax())
        step: _Step | None = last
        while step is not None:
            start = int((step.arrival[:end] - self._sums[step.symbol, :end]).argmax())
            probability = float(np.exp(self._table[step.symbol, start:end].max()))
            letters.append(Letter(self._graph.symbols[step.symbol], probability, start, end))
            before = step.before
            if before is not None:
                touches = before.symbol != step.symbol and before.reached[start] >= step.arrival[start]
                end = start if touches else int((before.reached[:start] - gap[:start]).argmax())
            step = before
        return Candidate(score, tuple(reversed(letters)))


def _most(evidence: Evidence | None) -> float:
    """How much the evidence can add to one character at most."""
    return max([0.0, *(log for weights in (evidence or {}).values() for log in weights.values())])


def _bias(graph: Graph, evidence: Evidence | None) -> list[Floats]:
    """What the evidence adds to each node's characters."""
    if not evidence:
        return [np.zeros(len(node.symbols)) for node in graph.nodes]
    return [np.array([evidence.get(node.alphabet, {}).get(c, 0.0) for c in node.alphabet]) for node in graph.nodes]
