"""Who gets what: the pairing of least cost in all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def assign(costs: Sequence[Mapping[int, float]], refusal: float) -> list[int | None]:
    """For each taker what it gets, so that the sum of costs is least and nothing is given twice.

    `costs[t]` maps what taker t could have to what that costs; going without costs `refusal`. (Kuhn's Hungarian method
    with potentials, after Jonker and Volgenant 1987: takers come in one after another, each by a shortest path of
    exchanges.)
    """
    offered = sorted({thing for choice in costs for thing in choice})
    column = {thing: number for number, thing in enumerate(offered, start=1)}
    # Column 0 is where a search begins; each taker has a column of its own for going without.
    width = 1 + len(offered) + len(costs)
    matrix = [[math.inf] * width for _ in costs]
    for taker, choice in enumerate(costs):
        for thing, cost in choice.items():
            matrix[taker][column[thing]] = cost
        matrix[taker][1 + len(offered) + taker] = refusal
    holder = _matched(matrix, width)
    things = {taker: thing for thing, taker in zip(offered, holder[1:], strict=False)}
    return [things.get(taker) for taker in range(len(costs))]


def _matched(matrix: Sequence[Sequence[float]], width: int) -> list[int | None]:
    """The taker of each column; column 0 is not given away."""
    holder: list[int | None] = [None] * width
    of_taker, of_column = [0.0] * len(matrix), [0.0] * width
    for taker in range(len(matrix)):
        holder[0] = taker
        reached, came_from, visited = [math.inf] * width, [0] * width, [False] * width
        at = 0
        while (here := holder[at]) is not None:
            visited[at] = True
            for to in range(1, width):
                step = matrix[here][to] - of_taker[here] - of_column[to]
                if not visited[to] and step < reached[to]:
                    reached[to], came_from[to] = step, at
            nearest = min((c for c in range(1, width) if not visited[c]), key=reached.__getitem__)
            delta = reached[nearest]
            for c in range(width):
                owner = holder[c]
                if visited[c] and owner is not None:
                    of_taker[owner] += delta
                    of_column[c] -= delta
                elif c:
                    reached[c] -= delta
            at = nearest
        while at:
            holder[at] = holder[came_from[at]]
            at = came_from[at]
    return holder
