"""What a run holds open: its models, and the threads that read lines. Nothing of it is kept anywhere else.

The day of a run is another matter: it is an option (`ReadOptions.today`), since a reader that is kept for days reads
each input on a day of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


class Context:
    """Made once a run, by whoever keeps the reader, and reached through `Reading.context`. One thread at a time.

    `threads`: how many lines are read at once, by default as many as there are cores. A reading that belongs to no run
    (a saved one) has a context of its own, which ends with it.
    """

    def __init__(self, threads: int | None = None) -> None:
        self._threads = threads or os.cpu_count() or 1
        self._opened: dict[Hashable, Any] = {}
        self._executor: ThreadPoolExecutor | None = None

    def opened(self, opener: Callable[..., T], *args: Hashable) -> T:
        """What the opener gives for these arguments: made when first asked for, then the same until the run ends."""
        key = (opener, args)
        if key not in self._opened:
            self._opened[key] = opener(*args)
        found: T = self._opened[key]
        return found

    @property
    def executor(self) -> ThreadPoolExecutor | None:
        """The threads that read lines; None where one line is read after another."""
        if self._executor is None and self._threads > 1:
            self._executor = ThreadPoolExecutor(self._threads)
        return self._executor

    def close(self) -> None:
        """Lets go of all of it. What is asked for afterwards is opened anew."""
        if self._executor is not None:
            self._executor.shutdown()
        self._executor = None
        self._opened.clear()
