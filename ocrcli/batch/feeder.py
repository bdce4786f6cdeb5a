"""Takes inputs from a source that may block, so that nobody's results wait for the next name."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable

from ocrcli.batch.sources import at_hand
from ocrcli.batch.stop import Bell
from ocrcli.inputs.discover import Found, Given
from ocrcli.limits import Limits
from ocrcli.options import LimitsMode


class Feeder:
    """Walks through the inputs in a thread of its own, at most two ahead of whoever takes them.

    A pipe may feed the names one by one (`--files-from`): while the next one is awaited, records still flow.
    """

    def __init__(self, walk: Iterable[Found], bell: Bell, limits: Limits, mode: LimitsMode) -> None:
        self._limits, self._mode = limits, mode
        self._bell = bell
        self._queue: queue.Queue[Found | Exception | None] = queue.Queue(maxsize=1)
        self.exhausted = False
        threading.Thread(target=self._run, args=(walk,), daemon=True).start()

    def take(self) -> Found | None:
        """The next input, or None where there is none yet, or none any more (`exhausted`).

        Raises what the walk raised.
        """
        if self.exhausted:
            return None
        try:
            found = self._queue.get_nowait()
        except queue.Empty:
            return None
        if found is None or isinstance(found, Exception):
            self.exhausted = True
            if found is not None:
                raise found
            return None
        return found

    def _run(self, walk: Iterable[Found]) -> None:
        try:
            for found in walk:
                self._put(at_hand(found, self._limits, self._mode) if isinstance(found, Given) else found)
        except Exception as error:
            self._put(error)
        else:
            self._put(None)

    def _put(self, found: Found | Exception | None) -> None:
        self._queue.put(found)
        self._bell.ring()
