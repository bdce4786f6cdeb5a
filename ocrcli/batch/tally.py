"""What happened in a run: counts, the summary made from them, and the exit code."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from ocrcli.batch.task import Task
from ocrcli.declaration import Service
from ocrcli.errors import Exit, exit_code
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.copies import Copied
from ocrcli.sheets import identity_of
from ocrcli.wording import is_doubt

# Warnings that say that a limit known only after reading was passed, that a value is doubtful, or that what was asked
# for is not there (`--strict`).
STRICT_WARNINGS = frozenset({"over_limit", "doubtful", "sources_differ", "no_table"})


@dataclass
class Tally:
    """The counts of one run of one service. `inputs` were taken up; each was `read`, `failed` or
    `skipped`, or is left over where the run was stopped. `copied` is None where no copies were asked for."""

    service: Service
    strict: bool = False
    inputs: int = 0
    read: int = 0
    failed: int = 0
    skipped: int = 0
    pages: int = 0
    records: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    breaches: Counter[str] = field(default_factory=Counter)
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
        if "error" in record:
            self.errors[record["error"]["code"]] += 1
            return
        self.records += 1
        self.warnings.update(warning["code"] for warning in record["warnings"])
        self.breaches.update(breaches(record, self.service))
        doubted = any(is_doubt(warning["code"]) for warning in record["warnings"])
        unsound = any(check["passed"] is False for check in record["checks"])
        self._found |= {"doubtful"} if doubted else set()
        self._found |= {"unsound"} if unsound else set()
        self._note_identity(record)

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
    def exit(self) -> Exit:
        """The exit code of the run (contract, "Exit codes")."""
        return exit_code(
            inputs=self.inputs,
            failed=self.failed,
            codes=self.errors,
            strict_breach=self.strict and bool(self.breaches),
            signal=self.signal,
        )

    def summary(self) -> dict[str, Any]:
        """The counts as `--summary` writes them."""
        return {
            "exit_code": int(self.exit),
            "seconds": round(time.monotonic() - self.started, 3),
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
                    **({} if self.copied is None else {"copies": [asdict(copied) for copied in self.copied]}),
                }
            },
        }


def breaches(record: PlainRecord, service: Service) -> Iterator[str]:
    """What `--strict` does not let pass: missing required fields, failed checks, doubtful values, limits passed."""
    documents = record["fields"] if isinstance(record["fields"], list) else [record["fields"]]
    # A key of an option that was not asked for is not there, and not missed.
    for name in (f.name for f in service.fields if f.required and f.option is None):
        yield from ("missing" for document in documents if document.get(name) in (None, "", []))
    yield from ("check_failed" for check in record["checks"] if check["passed"] is False)
    yield from (w["code"] for w in record["warnings"] if w["code"] in STRICT_WARNINGS)
    yield from ("doubtful" for e in (record.get("evidence") or {}).values() if e["doubtful"])
