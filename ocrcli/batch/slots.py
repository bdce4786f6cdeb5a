"""A worker process seen from the parent: started when there is something to do, replaced when it dies or is killed."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess

from ocrcli.batch.channel import Channel
from ocrcli.batch.memory import MemoryGuard
from ocrcli.batch.task import Plan, Task
from ocrcli.batch.worker import work
from ocrcli.errors import OcrError

# Seconds that a worker may take to start, beyond the time for its input: a busy machine is slow to load libraries.
START_ALLOWANCE = 60.0
GRACE = 5.0  # seconds in which a worker that closed its pipe is dead
SPAWN = multiprocessing.get_context("spawn")
_ADVICE = "it is not tried again; most often memory ran out: try fewer --jobs, or a lower --dpi"


class Slot:
    """One worker at a time. `patience` is what is left, in seconds, of the time its input may take: an input is handed
    over when the worker is ready for it, and its time begins there."""

    def __init__(self, plan: Plan, guard: MemoryGuard) -> None:
        self._plan = plan
        self._guard = guard
        self._process: SpawnProcess | None = None
        self._channel: Channel | None = None
        self._ready = False
        self.task: Task | None = None
        self.patience = plan.timeout

    @property
    def channel(self) -> Channel:
        """Our end of the worker's pipe; only a slot that was given something has one."""
        assert self._channel is not None
        return self._channel

    def give(self, task: Task) -> None:
        """Hands a task to the worker, or to a fresh one where that one has died in the meantime."""
        self.task = task
        if self._channel is not None:
            self._channel.pull()  # an idle worker says nothing, but that it is gone
            if not self._channel.is_open:
                self.stop()
        if self._process is None:
            self._start()
        elif self._ready:
            self._hand_over()

    def is_ready(self) -> None:
        """The worker has started."""
        self._ready = True
        self._hand_over()

    def stop(self) -> bool:
        """Ends the worker at once. True if it had been ended before, for the memory it took."""
        overran = False
        if self._process is not None:
            assert self._process.pid is not None
            self.channel.close()
            overran = self._guard.forget(self._process.pid)
            self._process.kill()
            self._process.join()
        self._process = self._channel = None
        return overran

    def death(self) -> OcrError:
        """Why a worker ended that closed its pipe."""
        process = self._process
        assert process is not None and process.sentinel
        wait([process.sentinel], GRACE)
        overran = self.stop()
        code = process.exitcode
        if overran:
            most = f"{self._guard.most >> 20:,} MB"
            return OcrError(
                "out_of_memory",
                f"reading it takes more than {most} of memory, and was stopped; allow more with --memory, or ask for "
                "less: a lower --dpi, fewer --pages",
            )
        how = f"exit code {code}"
        if code is not None and code < 0:
            names = {int(number): f" ({number.name})" for number in signal.Signals}  # not of the real-time signals
            how = f"signal {-code}{names.get(-code, '')}"
        return OcrError("worker_died", f"the process that read it ended by {how}; {_ADVICE}")

    def _hand_over(self) -> None:
        assert self.task is not None
        self.patience = self._plan.timeout
        self.channel.put(pickle.dumps(self.task.given))

    def _start(self) -> None:
        self._ready = False
        self.patience = self._plan.timeout + START_ALLOWANCE
        ours, theirs = SPAWN.Pipe()
        self._channel = Channel(ours)
        plan = self._plan
        self._process = SPAWN.Process(
            target=work, args=(theirs, plan.service, plan.options, plan.opener), name="ocrcli-worker", daemon=True
        )
        with _shielded():
            self._process.start()
        theirs.close()
        assert self._process.pid is not None
        self._guard.watch(self._process.pid)


@contextmanager
def _shielded() -> Iterator[None]:
    """Blocks the signals that end a run while a process is started: it inherits the block for its whole life.

    Ctrl-C goes to every process of the terminal, but it is the parent who decides what is finished and what is killed.
    """
    resource_tracker.ensure_running()  # unblocks the signals itself when it starts, so it must be there before
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
