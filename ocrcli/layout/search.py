"""A value found by what it must look like alone, where its label cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ocrcli.engine.decoding import REACH_NATS, Guided, lattice_of, read_as
from ocrcli.engine.grammar import Grammar
from ocrcli.geometry import Quad, slice_quad
from ocrcli.page import Line


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that may hold the value, and the value as read there."""

    line: Line
    guided: Guided

    @property
    def quad(self) -> Quad:
        """The value's place on the page as given."""
        chars = self.guided.chars
        return slice_quad(self.line.quad, chars[0].start, chars[-1].end, down=self.line.vertical)


def find_by_grammar(lines: Iterable[Line], grammar: Grammar, *, misfit: float = REACH_NATS) -> list[Hit]:
    """The lines in which a value of this grammar may stand, the likeliest first, those that pass its checks foremost.

    `misfit` is by how much, in nats, a line may be less likely with the value than without.
    """
    hits = []
    for line in lines:
        guided = read_as(lattice_of(line), grammar, inside=True) if line.text else None
        if guided is not None and guided.misfit <= misfit:
            hits.append(Hit(line, guided))
    return sorted(hits, key=lambda hit: (not hit.guided.passed, hit.guided.misfit))
