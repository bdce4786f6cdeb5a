"""The result of a measurement: per file, and added up per service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ocrcli.evaluate.score import Score, Tally

# The figure that says most about a service, the first that is there; of these a high share is bad, or good.
_ERRORS = ("line_error_caseless",)
_SUCCESSES = ("fields", "document_f1", "exact", "teds", "cells_right", "tables_counted")
LOWER_IS_BETTER = frozenset(
    {"line_error", "line_error_nfkc", "line_error_caseless", "extra_text", "extra", "wrong_unmarked"}
)


@dataclass(frozen=True)
class FileResult:
    """One file: its figures, what was wrong, and the errors it gave instead of a record (code, message)."""

    service: str
    file: str
    score: Score
    errors: tuple[tuple[str, str], ...] = ()

    @property
    def badness(self) -> float:
        """0 (all right) to 1, by the figure that says most; an error record without a figure is 1."""
        for name in (*_ERRORS, *_SUCCESSES):
            tally = self.score.tallies.get(name)
            if tally is not None and tally.share is not None:
                return tally.share if name in _ERRORS else 1 - tally.share
        return 1.0 if self.errors else 0.0


@dataclass(frozen=True)
class ServiceResult:
    """A service: its files, and their figures together.

    `built` is False for a service that ocrcli does not have yet. `waiting` counts the files that were not measured:
    those of such a service, and those whose truth is only a transcription.
    """

    service: str
    files: tuple[FileResult, ...] = ()
    waiting: int = 0
    built: bool = True

    @property
    def tallies(self) -> dict[str, Tally]:
        """Each figure over all files."""
        total = Score()
        for file in self.files:
            total.merge(file.score)
        return total.tallies

    @property
    def failed(self) -> int:
        """Files that gave an error, wholly or on a page; what they lack counts as wrong in every figure."""
        return sum(bool(file.errors) for file in self.files)

    @property
    def worst(self) -> FileResult | None:
        """The file with the worst figure, None where all is right."""
        worst = max(self.files, key=lambda file: file.badness, default=None)
        return worst if worst and worst.badness > 0 else None


@dataclass(frozen=True)
class Report:
    """Everything measured with one manifest, services in the order of the manifest."""

    manifest: str
    services: tuple[ServiceResult, ...]

    def as_dict(self) -> dict[str, Any]:
        """For --json: the services with their figures, then every file with its own."""
        return {
            "manifest": self.manifest,
            "services": [_plain_service(service) for service in self.services],
            "files": [_plain_file(file) for service in self.services for file in service.files],
        }


def _plain_service(service: ServiceResult) -> dict[str, Any]:
    return {
        "service": service.service,
        "built": service.built,
        "files": len(service.files),
        "waiting": service.waiting,
        "failed": service.failed,
        "metrics": _plain_tallies(service.tallies),
        "worst": service.worst.file if service.worst else None,
    }


def _plain_file(file: FileResult) -> dict[str, Any]:
    return {
        "service": file.service,
        "file": file.file,
        "errors": [{"code": code, "message": message} for code, message in file.errors],
        "metrics": _plain_tallies(file.score.tallies),
        "mismatches": [asdict(mismatch) for mismatch in file.score.mismatches],
    }


def _plain_tallies(tallies: Mapping[str, Tally]) -> dict[str, dict[str, float | int | None]]:
    return {name: {"count": _short(t.count), "of": t.of, "share": _short(t.share)} for name, t in tallies.items()}


def _short(value: float | None) -> float | int | None:
    """Whole numbers as such, others to 4 decimals."""
    if value is None or value == int(value):
        return value if value is None else int(value)
    return round(value, 4)
