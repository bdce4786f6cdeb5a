"""The counts of a run in a JSON file (`--summary`)."""

from __future__ import annotations

import json
from pathlib import Path

from ocrcli.batch.tally import Tally
from ocrcli.outputs.files import replacing, telling


class Summary:
    """Written when the run has ended, however it did; and once before it, so that a place that cannot be written is
    known before any work. There the exit code is null, and stays so where the run was killed."""

    def __init__(self, path: str | None) -> None:
        self._path = Path(path) if path is not None else None

    def begin(self, tally: Tally) -> None:
        """Writes that nothing is done yet. Raises OcrError("output_failed")."""
        self._write({**tally.summary(), "exit_code": None})

    def end(self, tally: Tally) -> None:
        """Writes what was done. Raises OcrError("output_failed")."""
        self._write(tally.summary())

    def _write(self, summary: dict[str, object]) -> None:
        if self._path is None:
            return
        text = json.dumps(summary, indent=2).encode() + b"\n"
        if self._path.exists() and not self._path.is_file():  # a pipe, or a device: nothing to rename over
            with telling(self._path):
                self._path.write_bytes(text)
            return
        with replacing(self._path) as stream:
            stream.write(text)


def account(tally: Tally, path: Path) -> str:
    """What a run did, in one line: `3 read (1 doubtful), 1 failed; written to 'all.xlsx'`."""
    aside = [
        f"{count} {what}"
        for count, what in (
            (tally.doubtful, "doubtful"),
            (tally.unsound, "with failed checks"),
            (tally.duplicates, "duplicate"),
        )
        if count
    ]
    read = f"{tally.read} read" + (f" ({', '.join(aside)})" if aside else "")
    more = [
        f"{count} {what}" for count, what in ((tally.failed, "failed"), (tally.skipped, "kept from before")) if count
    ]
    return f"{', '.join([read, *more])}; written to {str(path)!r}"
