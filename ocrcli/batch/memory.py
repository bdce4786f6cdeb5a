"""Keeps workers within their memory: a file that would fill the machine costs one input, not the machine."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from pathlib import Path

_INTERVAL = 0.02  # seconds; memory grows by some tens of MB in that time


class MemoryGuard:
    """Kills worker processes that hold more than `most` bytes of memory (resident set, Linux' /proc/PID/statm).

    A thread of its own looks: a worker inside a C library hears nothing, and the parent may wait for whoever reads its
    output. Where the system does not say what a process holds, nothing is done.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._watched: set[int] = set()
        self._killed: set[int] = set()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, pid: int) -> None:
        """Looks after a child process from now on."""
        with self._lock:
            self._watched.add(pid)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def forget(self, pid: int) -> bool:
        """Leaves a process alone: to be called before its number is free for another. True if it was killed here."""
        with self._lock:
            killed = pid in self._killed
            self._watched.discard(pid)
            self._killed.discard(pid)
        return killed

    def close(self) -> None:
        """Ends the thread."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._closed.wait(_INTERVAL):
            with self._lock:
                for pid in self._watched - self._killed:
                    if resident_bytes(pid) > self.most:
                        self._killed.add(pid)
                        with suppress(ProcessLookupError):
                            os.kill(pid, signal.SIGKILL)


def resident_bytes(pid: int) -> int:
    """What a process holds of the machine's memory; 0 where nobody tells."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
