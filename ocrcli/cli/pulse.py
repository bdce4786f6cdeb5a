"""How a run goes, a line a minute: for logs, where no bar can be drawn."""

from __future__ import annotations

import time
from collections.abc import Callable

INTERVAL = 60.0  # seconds


class Pulse:
    """Counts inputs, and has something to say when a minute has gone by. `total` is None where it is not known."""

    def __init__(self, total: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._clock = clock
        self._began = self._said = clock()
        self._done = self._failed = self._kept = 0

    def advance(self, *, failed: bool = False, kept: bool = False) -> str | None:
        """One more input is done, or was kept from before, which takes no time. What is to be said now, if anything."""
        self._done += 1
        self._failed += failed
        self._kept += kept
        now = self._clock()
        if now - self._said < INTERVAL or self._done == self._total:
            return None
        self._said = now
        return self._line(now - self._began)

    def _line(self, seconds: float) -> str:
        read = self._done - self._kept
        of = f" of {self._total}" if self._total is not None else ""
        parts = [f"{self._done}{of} inputs done", f"{self._failed} failed", f"{60 * read / seconds:.1f} a minute"]
        if self._total is not None and read:
            parts.append(f"about {_duration((self._total - self._done) * seconds / read)} left")
        return ", ".join(parts)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{max(1, minutes)} min"
