"""How a run is asked to end: Ctrl-C and SIGTERM, once to finish what runs, twice to end at once."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from types import FrameType
from typing import Any

from ocrcli.errors import Exit

SIGNALS = {signal.SIGINT: Exit.INTERRUPTED, signal.SIGTERM: Exit.TERMINATED}


class Bell:
    """Wakes whoever waits for it, from another thread or a signal handler. It can be waited for like a pipe."""

    def __init__(self) -> None:
        self._read_end, self._write_end = os.pipe()
        os.set_blocking(self._read_end, False)
        os.set_blocking(self._write_end, False)
        self._lock = threading.Lock()
        self._open = True

    def fileno(self) -> int:
        """The descriptor that becomes readable."""
        return self._read_end

    def ring(self) -> None:
        """Wakes the waiter; ringing twice is ringing once. After `close` nobody waits, and nothing happens."""
        with self._lock, suppress(BlockingIOError):  # full of rings already
            if self._open:
                os.write(self._write_end, b"\0")

    def silence(self) -> None:
        """Takes back all rings."""
        with suppress(BlockingIOError):
            os.read(self._read_end, 4096)

    def close(self) -> None:
        """Gives the descriptors back; whoever rings later, a thread that was left behind, rings for nobody."""
        with self._lock:
            self._open = False
            os.close(self._read_end)
            os.close(self._write_end)


class Stop:
    """Counts the signals that ask the run to end: after the first nothing new is begun, after the second nothing goes
    on.

    Outside the main thread, where Python hears no signal, it never rings.
    """

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._before: dict[signal.Signals, Any] = {}
        self.times = 0
        self.exit: Exit | None = None

    def __enter__(self) -> Stop:
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._heard) for number in SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _heard(self, number: int, _: FrameType | None) -> None:
        self.times += 1
        self.exit = self.exit or SIGNALS[signal.Signals(number)]
        self._bell.ring()
