"""Which of several candidates stand, where some cannot stand together: the choice of the greatest weight in all."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_TRIED = 20_000  # sets weighed, beyond which the heaviest candidate of the rest is taken as it comes


def heaviest(weights: Sequence[float], conflicts: Sequence[Sequence[int]]) -> list[int]:
    """The numbers of the candidates that stand, in order: no two of them in conflict, their weights together the most.

    `conflicts[i]` are the candidates that cannot stand beside candidate i, and it not beside them; weights are above 0.
    What has no conflicts with the rest, directly or through others, is chosen by itself.
    """
    return sorted(_Choice(weights, conflicts).of((1 << len(weights)) - 1)[1])


class _Choice:
    """The choice among sets of candidates (as bits), each weighed once."""

    def __init__(self, weights: Sequence[float], conflicts: Sequence[Sequence[int]]) -> None:
        self._weights = weights
        self._against = [sum(1 << other for other in set(others)) for others in conflicts]
        self._known: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}

    def of(self, left: int) -> tuple[float, tuple[int, ...]]:
        """The greatest weight of candidates among `left`, and who they are."""
        if left not in self._known:
            parts = list(self._parts(left))
            chosen = [self._of_part(part) for part in parts]
            self._known[left] = sum(weight for weight, _ in chosen), tuple(i for _, some in chosen for i in some)
        return self._known[left]

    def _of_part(self, part: int) -> tuple[float, tuple[int, ...]]:
        """Of candidates that all hang together: with the one in most conflicts, or without it."""
        first = max(_numbers(part), key=lambda i: ((self._against[i] & part).bit_count(), self._weights[i], -i))
        beside, others = self.of(part & ~self._against[first] & ~(1 << first))
        own = self._weights[first] + beside, (first, *others)
        if not self._against[first] & part or len(self._known) > _MOST_TRIED:
            return own
        return max(own, self.of(part & ~(1 << first)), key=lambda choice: choice[0])

    def _parts(self, left: int) -> list[int]:
        """The candidates in sets that have no conflict with each other."""
        parts = []
        while left:
            part, edge = 0, left & -left
            while edge:
                part |= edge
                near = 0
                for i in _numbers(edge):
                    near |= self._against[i]
                edge = near & left & ~part
            parts.append(part)
            left &= ~part
        return parts


def _numbers(bits: int) -> list[int]:
    numbers = []
    while bits:
        low = bits & -bits
        numbers.append(low.bit_length() - 1)
        bits ^= low
    return numbers
