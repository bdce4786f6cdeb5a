"""A worker process seen from the parent: started when there is something to do, replaced when it dies or is killed."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from ocrcli.batch.task import Plan, Task
from ocrcli.batch.worker import work

# Seconds that a worker may take to start, beyond the time for its input: a busy machine is slow to load libraries.
START_ALLOWANCE = 120.0
GRACE = 5.0  # seconds in which a worker that closed its pipe is dead
SPAWN = multiprocessing.get_context("spawn")


class Slot:
    """One worker at a time. `patience` is what is left, in seconds, of the time its input may take."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self.task: Task | None = None
        self.patience = plan.timeout

    @property
    def pipe(self) -> Connection:
        """Our end of the worker's pipe; only a slot that was given something has one."""
        assert self._pipe is not None
        return self._pipe

    def give(self, task: Task) -> None:
        """Hands a task to the worker, or to a fresh one where that one has died in the meantime."""
        self.task = task
        self.patience = self._plan.timeout
        if self._process is None:
            self._start()
        try:
            self.pipe.send(task.given)
        except OSError:
            self.stop()
            self._start()
            self.pipe.send(task.given)

    def stop(self) -> None:
        """Ends the worker at once."""
        if self._process is not None:
            self.pipe.close()
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None

    def ending(self) -> str:
        """How a worker ended that closed its pipe: "signal 9 (SIGKILL)", "exit code 1"."""
        assert self._process is not None
        self._process.join(GRACE)
        code = self._process.exitcode
        self.stop()
        if code is None:
            return "closing its pipe"
        return f"signal {-code} ({signal.Signals(-code).name})" if code < 0 else f"exit code {code}"

    def is_ready(self) -> None:
        """The worker has started: the clock of its input begins."""
        self.patience = self._plan.timeout

    def _start(self) -> None:
        self.patience = self._plan.timeout + START_ALLOWANCE
        self._pipe, theirs = SPAWN.Pipe()
        plan = self._plan
        self._process = SPAWN.Process(
            target=work, args=(theirs, plan.service, plan.options, plan.opener), name="ocrcli-worker", daemon=True
        )
        with _shielded():
            self._process.start()
        theirs.close()


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
