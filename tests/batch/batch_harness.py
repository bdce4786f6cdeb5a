"""What tests of the batch runner share: a sink and a watcher that remember, and a run over scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocrcli.batch.run import run_batch
from ocrcli.batch.tally import Tally
from ocrcli.batch.task import Plan, Task
from ocrcli.inputs.discover import Found, Given
from ocrcli.options import ReadOptions
from tests.batch import batch_fakes as fakes


@dataclass
class ListSink:
    """Keeps what it is given; `fails_at` makes it fail as a full disk, or as a closed pipe, does."""

    records: list[dict[str, Any]] = field(default_factory=list)
    ended: list[tuple[str, bool]] = field(default_factory=list)
    there: set[tuple[str, str]] = field(default_factory=set)
    closed: bool = False
    stopped: bool | None = None
    error: Exception | None = None
    on_write: Callable[[dict[str, Any]], None] = lambda record: None

    def has(self, given: Given, sha256: str, fingerprint: str) -> bool:
        return (given.name, sha256) in self.there

    def kept(self, given: Given) -> list[dict[str, Any]] | None:
        return None

    def write(self, given: Given, record: dict[str, Any]) -> None:
        if self.error is not None:
            raise self.error
        self.records.append(record)
        self.on_write(record)

    def end(self, given: Given, failed: bool) -> None:
        self.ended.append((given.name, failed))

    def close(self, *, stopped: bool = False) -> None:
        self.closed = True
        self.stopped = stopped


@dataclass
class Heard:
    """A watcher that remembers."""

    notes: list[str] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def note(self, message: str) -> None:
        self.notes.append(message)

    def failed(self, name: str, message: str) -> None:
        self.errors.append((name, message))

    def finished(self, task: Task) -> None:
        self.done.append(task.given.name)

    def skipped(self, given: Given) -> None:
        self.done.append(f"skipped {given.name}")


@dataclass
class Run:
    """A batch over scripts, with everything it left behind."""

    folder: Path
    sink: ListSink = field(default_factory=ListSink)
    heard: Heard = field(default_factory=Heard)
    tally: Tally = field(default_factory=lambda: Tally(fakes.SERVICE))

    def script(self, name: str, text: str) -> Given:
        path = self.folder / name
        path.write_text(text.strip() + "\n")
        return Given(name, str(path), None, name)

    def __call__(self, found: Iterable[Found], **plan: Any) -> Run:
        options = plan.pop("options", ReadOptions(threads=1))
        run_batch(found, Plan("sample", options, opener=fakes.open_fake, **plan), self.sink, self.tally, self.heard)
        return self

    @property
    def codes(self) -> dict[str, str]:
        return {r["input"]: r["error"]["code"] for r in self.sink.records if "error" in r}

    @property
    def good(self) -> list[tuple[str, int]]:
        return [(r["input"], r["page"]) for r in self.sink.records if "error" not in r]
