"""What happened in a run: counts, the summary made from them, and the exit code."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from ocrcli.batch.breaches import STRICT, Breach, Kind, breaches
from ocrcli.batch.task import Task
from ocrcli.declaration import Service
from ocrcli.errors import Exit, exit_code
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.copies import Copied
from ocrcli.outputs.junit import JUnit
from ocrcli.sheets import identity_of
from ocrcli.wording import is_doubt

MOST_LISTED = 10_000  # breaches that are kept with their places; all are counted


@dataclass
class Tally:
    """The counts of one run of one service. `inputs` were taken up; each was `read`, `failed` or
    `skipped`, or is left over where the run was stopped. `copied` is None where no copies were asked for.

    `fails_on` are the kinds of faults that make exit 5. `report` gets every record, and its faults of the kinds that
    are watched, whether they make that or not."""

    service: Service
    fails_on: frozenset[Kind] = frozenset()
    report: JUnit | None = None
    inputs: int = 0
    read: int = 0
    failed: int = 0
    skipped: int = 0
    pages: int = 0
    records: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    breaches: Counter[str] = field(default_factory=Counter)
    breached: list[Breach] = field(default_factory=list)
    doubtful: int = 0  # inputs with a value in doubt
    unsound: int = 0  # inputs with a failed check
    duplicates: int = 0  # documents that were there before
    signal: Exit | None = None
    copied: list[Copied] | None = None
    started: float = field(default_factory=time.monotonic)
    _found: set[str] = field(default_factory=set)  # of the input at hand
    _seen: set[tuple[str, ...]] = field(default_factory=set)  # identities of documents

    def count(self, record: PlainRecord) -> None:
        """Takes note of a record that was written."""
        self.judge(record)
        if "error" in record:
            self.errors[record["error"]["code"]] += 1
            return
        self.records += 1
        self.warnings.update(warning["code"] for warning in record["warnings"])
        doubted = any(is_doubt(warning["code"]) for warning in record["warnings"])
        unsound = any(check["passed"] is False for check in record["checks"])
        self._found |= {"doubtful"} if doubted else set()
        self._found |= {"unsound"} if unsound else set()
        self._note_identity(record)

    def judge(self, record: PlainRecord) -> None:
        """Takes note of what is wrong with a record, be it new or kept from an earlier run."""
        found: list[Breach] = []
        if "error" not in record:
            found = [breach for breach in breaches(record, self.service) if breach.kind in self.watched]
        self.breaches.update(breach.code for breach in found)
        self.breached += found[: MOST_LISTED - len(self.breached)]
        if self.report is not None:
            self.report.add(record, [(breach.code, f"{breach.reason}: {breach.message}") for breach in found])

    @property
    def watched(self) -> frozenset[Kind]:
        """The kinds of faults that are counted."""
        return self.fails_on or STRICT

    def end(self, task: Task) -> None:
        """Takes note of an input all of whose records were written."""
        self.failed += task.failed
        self.read += not task.failed
        self.pages += task.pages
        self.doubtful += "doubtful" in self._found
        self.unsound += "unsound" in self._found
        self._found.clear()

    def _note_identity(self, record: PlainRecord) -> None:
        if self.service.workbook is None:
            return
        identity = identity_of(record, self.service.workbook)
        if identity is not None:
            self.duplicates += identity in self._seen
            self._seen.add(identity)

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.started

    @property
    def exit(self) -> Exit:
        """The exit code of the run (contract, "Exit codes")."""
        return exit_code(
            inputs=self.inputs,
            failed=self.failed,
            codes=self.errors,
            strict_breach=bool(self.fails_on and self.breaches),
            signal=self.signal,
        )

    def summary(self) -> dict[str, Any]:
        """The counts as `--summary` writes them."""
        return {
            "exit_code": int(self.exit),
            "seconds": round(self.seconds, 3),
            "services": {
                self.service.name: {
                    "inputs": self.inputs,
                    "read": self.read,
                    "failed": self.failed,
                    "skipped": self.skipped,
                    "pages": self.pages,
                    "records": self.records,
                    "errors": dict(sorted(self.errors.items())),
                    "warnings": dict(sorted(self.warnings.items())),
                    "breaches": dict(sorted(self.breaches.items())),
                    "breached": [_told(breach) for breach in self.breached],
                    **({} if self.copied is None else {"copies": [asdict(copied) for copied in self.copied]}),
                }
            },
        }


def _told(breach: Breach) -> dict[str, Any]:
    """A breach as the summary has it, without a word of the document."""
    return {key: value for key, value in asdict(breach).items() if key != "message"}
