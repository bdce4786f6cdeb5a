"""What is to be done with the inputs of a run, and what is known of one input while it is read."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from ocrcli.batch import DEFAULT_MEMORY, DEFAULT_TIMEOUT
from ocrcli.batch.worker import Opener, open_session
from ocrcli.errors import OcrError
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.outputs.base import PlainRecord


@dataclass(frozen=True)
class Plan:
    """How a run goes. `options.threads` are the threads of one worker; `timeout` is in seconds an input, `memory` in MB
    a worker.

    `out_pipe` is the descriptor of the pipe that the output goes to, where it is one: a reader that leaves then ends
    the run at once, not only at the next record.
    """

    service: str
    options: ReadOptions
    workers: int = 1
    timeout: float = DEFAULT_TIMEOUT
    memory: int = DEFAULT_MEMORY
    skip_existing: bool = False
    out_pipe: int | None = None
    opener: Opener = open_session


@dataclass
class Task:
    """One input on its way. `records` came from the worker, encoded, and are not written yet."""

    given: Given
    records: deque[bytes] = field(default_factory=deque)
    done: bool = False
    fault: OcrError | None = None  # what went wrong when its records were written
    failed: bool = False
    seconds: float = 0.0
    pages: int = 0
    last_page: int = 0

    def count(self, record: PlainRecord) -> None:
        """Takes note of a record that is being written."""
        self.failed = self.failed or "error" in record
        page = record.get("page", 0)
        if "error" not in record and page != self.last_page:
            self.pages += 1
            self.last_page = page
