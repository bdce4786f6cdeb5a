"""Many inputs, one service: workers, order, time limits, and an end that loses nothing."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from selectors import EVENT_READ, EVENT_WRITE, PollSelector
from typing import Protocol

from ocrcli import __version__
from ocrcli.batch.feeder import Feeder
from ocrcli.batch.memory import MemoryGuard
from ocrcli.batch.slots import Slot
from ocrcli.batch.sources import sha256_of
from ocrcli.batch.stop import Bell, Stop
from ocrcli.batch.tally import Tally
from ocrcli.batch.task import Plan, Task
from ocrcli.batch.worker import DONE, READY, encoded, error_record
from ocrcli.errors import OcrError, ReaderLeft, UsageError, internal_error
from ocrcli.inputs.discover import Found, Given, Note, Refused
from ocrcli.limits import MEGABYTE
from ocrcli.outputs.base import Sink
from ocrcli.services import find_service

# While an early input is still read, this many records of later ones wait in memory; then their workers wait.
MAX_HELD = 256
MAX_HELD_BYTES = 64 * MEGABYTE


class Watcher(Protocol):
    """Whoever tells people how the run goes."""

    def note(self, message: str) -> None:
        """Something worth knowing that is no fault."""
        ...

    def failed(self, name: str, message: str) -> None:
        """An input, or a page of it, gave an error record; without a name: the run itself failed."""
        ...

    def finished(self, task: Task) -> None:
        """All records of an input are written."""
        ...

    def skipped(self, given: Given) -> None:
        """An input was left out, because a good record of it is there already."""
        ...


def run_batch(found: Iterable[Found], plan: Plan, sink: Sink, tally: Tally, watcher: Watcher) -> None:
    """Reads all inputs and writes their records in input order; what happened stands in `tally`.

    The sink is closed in any case. Raises UsageError where walking the inputs finds the command line wrong, ReaderLeft
    where nobody reads our output any more. An output that cannot be written ends the run, and so does a fault of ours
    that belongs to no input: it is in the tally, like every other error.
    """
    with closing(Bell()) as bell, Stop(bell) as stop, closing(MemoryGuard(plan.memory * MEGABYTE)) as guard:
        feeder = Feeder(found, bell, find_service(plan.service).limits, plan.options.limits)
        batch = _Batch(plan, sink, tally, watcher, feeder, bell, stop, guard)
        try:
            finished = False
            try:
                batch.run()
                finished = True
            finally:
                batch.stop_workers()
                sink.close(stopped=not finished or stop.times > 0)
        except (UsageError, ReaderLeft):
            raise
        except Exception as fault:
            error = fault if isinstance(fault, OcrError) else internal_error(fault, "the run ends here")
            tally.errors[error.code] += 1
            watcher.failed("", error.message)
        finally:
            tally.signal = stop.exit


class _Batch:
    def __init__(
        self,
        plan: Plan,
        sink: Sink,
        tally: Tally,
        watcher: Watcher,
        feeder: Feeder,
        bell: Bell,
        stop: Stop,
        guard: MemoryGuard,
    ) -> None:
        self.plan, self.sink, self.tally, self.watcher = plan, sink, tally, watcher
        self.feeder, self.bell, self.stop = feeder, bell, stop
        self.watched = [bell.fileno()] if plan.out_pipe is None else [bell.fileno(), plan.out_pipe]
        self.fingerprint = plan.options.fingerprint(find_service(plan.service).name, __version__)
        self.slots = [Slot(plan, guard) for _ in range(plan.workers)]
        self.told = False
        self.tasks: deque[Task] = deque()  # begun and not yet written to the end, in input order

    def run(self) -> None:
        while self.stop.times < 2:
            if not self.stop.times:
                self._begin()
            elif self.tasks:
                self._say_how_to_end()
            self._write()
            if not self.tasks and (self.feeder.exhausted or self.stop.times):
                return
            self._listen()
            self._write()
        self._abandon()

    def _say_how_to_end(self) -> None:
        if not self.told:
            self.told = True
            self.watcher.note("finishing what is being read; Ctrl-C once more ends it at once")

    def stop_workers(self) -> None:
        """Ends all workers at once."""
        for slot in self.slots:
            slot.stop()

    def _abandon(self) -> None:
        """Leaves what is being read. Each of these inputs gets an error record, so that nobody takes the pages written
        so far for the whole; what was finished behind them is written."""
        self.stop_workers()
        for slot in self.slots:
            if slot.task:
                self._give_up(slot, OcrError("worker_died", "the run was stopped before this input was finished"))
        self._write()

    def _begin(self) -> None:
        """Gives every idle worker an input, as far as there are inputs, and room for their records."""
        idle = [slot for slot in self.slots if slot.task is None]
        while idle and self._room():
            found = self.feeder.take()
            if found is None:
                return
            if isinstance(found, Note):
                self.watcher.note(found.message)
                continue
            self.tally.inputs += 1
            if isinstance(found, Refused):
                record = encoded(error_record(found.error, self.plan.service, found.given))
                self.tasks.append(Task(found.given, deque([record]), done=True))
            elif self.plan.skip_existing and self._is_there(found) and self._judged(found):
                self.tally.skipped += 1
                self.watcher.skipped(found)
            else:
                self.tasks.append(Task(found))
                idle.pop(0).give(self.tasks[-1])

    def _is_there(self, given: Given) -> bool:
        sha256 = sha256_of(given)
        return sha256 is not None and self.sink.has(given, sha256, self.fingerprint)

    def _judged(self, given: Given) -> bool:
        """Judges the records of an input that is left out. False where they are to be judged and are not there."""
        kept = self.sink.kept(given)
        if kept is None:
            return not (self.tally.fails_on or self.tally.report)
        for record in kept:
            self.tally.judge(record)
        return True

    def _room(self) -> bool:
        held = [len(record) for task in self.tasks for record in task.records]
        return len(held) < MAX_HELD and sum(held) < MAX_HELD_BYTES

    def _listen(self) -> None:
        """Waits for the next thing to happen. The clock of an input runs only while its worker is listened to, be it in
        the middle of a message: whoever reads our output, or a slow neighbour, may take their time."""
        room = self._room()
        heard = [s for s in self.slots if s.task and (room or s.task is self.tasks[0])]
        with PollSelector() as selector:
            for descriptor in self.watched:
                selector.register(descriptor, EVENT_READ)
            for slot in heard:
                selector.register(slot.channel, EVENT_READ | EVENT_WRITE * slot.channel.has_more_to_send)
            before = time.monotonic()
            ready = {key.fd: events for key, events in selector.select(self._timeout(heard))}
            waited = time.monotonic() - before
        self.bell.silence()
        if self.plan.out_pipe in ready:  # nothing ever comes from this end but the news that the other is closed
            raise ReaderLeft
        for slot in heard:
            slot.patience -= waited
            events = ready.get(slot.channel.fileno(), 0)
            if events & EVENT_WRITE:
                slot.channel.push()
            if events & EVENT_READ:
                slot.channel.pull()
            if slot.channel.has_message:
                self._hear(slot, slot.channel.take())
            elif not slot.channel.is_open:
                self._give_up(slot, slot.death())
            elif slot.patience <= 0:
                self._time_out(slot)

    def _timeout(self, heard: Sequence[Slot]) -> float | None:
        """How long to wait: not at all where a message is here already."""
        if any(slot.channel.has_message for slot in heard):
            return 0.0
        return min((max(0.0, slot.patience) for slot in heard), default=None)

    def _hear(self, slot: Slot, message: bytes) -> None:
        assert slot.task is not None
        if message == READY:
            slot.is_ready()
        elif message.startswith(DONE):
            slot.task.seconds, slot.task.done = float(message.removeprefix(DONE)), True
            slot.task = None
        else:
            slot.task.records.append(message)

    def _time_out(self, slot: Slot) -> None:
        slot.stop()
        found = f"not finished after {self.plan.timeout:g} s and stopped"
        advice = "give it longer with --timeout, or fewer pages with --pages"
        self._give_up(slot, OcrError("timeout", f"{found}; {advice}"))

    def _give_up(self, slot: Slot, error: OcrError) -> None:
        task = slot.task
        assert task is not None
        task.records.append(self._error(task, error))
        task.done, slot.task = True, None

    def _error(self, task: Task, error: OcrError) -> bytes:
        return encoded(error_record(error, self.plan.service, task.given))

    def _write(self) -> None:
        """Writes what is there, in input order, and ends the inputs that are done."""
        while self.tasks:
            task = self.tasks[0]
            while task.records:
                with self._costs_one(task):
                    self._write_one(task, task.records.popleft())
            if not task.done:
                return
            self.tasks.popleft()
            if task.fault is None:
                with self._costs_one(task):
                    self.sink.end(task.given, task.failed)
            if task.fault is not None:
                self._write_one(task, self._error(task, task.fault))
                self.sink.end(task.given, True)
            self.tally.end(task)
            self.watcher.finished(task)

    @contextmanager
    def _costs_one(self, task: Task) -> Iterator[None]:
        """What goes wrong with an input's records, and is no fault of the output, is this input's own."""
        try:
            yield
        except OSError:
            raise
        except Exception as fault:
            error = fault if isinstance(fault, OcrError) else internal_error(fault)
            if error.code == "output_failed":
                raise
            task.fault = error

    def _write_one(self, task: Task, raw: bytes) -> None:
        record = json.loads(raw)
        self.sink.write(task.given, record)
        task.count(record)
        self.tally.count(record)
        if "error" in record:
            self.watcher.failed(record["input"], record["error"]["message"])
