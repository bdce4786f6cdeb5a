"""The counts of a run in a JSON file (`--summary`)."""

from __future__ import annotations

import json
from pathlib import Path

from ocrcli.batch.tally import Tally
from ocrcli.outputs.files import replacing, telling


class Summary:
    """Written when the run ends, however it ends; and once before it, so that a place that cannot be written is known
    before any work. After a run that was killed the exit code is null."""

    def __init__(self, path: str | None, tally: Tally) -> None:
        self._path = Path(path) if path is not None else None
        self._tally = tally

    def __enter__(self) -> None:
        self._write({**self._tally.summary(), "exit_code": None})

    def __exit__(self, *_: object) -> None:
        self._write(self._tally.summary())

    def _write(self, summary: dict[str, object]) -> None:
        """Raises OcrError("output_failed")."""
        if self._path is None:
            return
        text = json.dumps(summary, indent=2).encode() + b"\n"
        if self._path.exists() and not self._path.is_file():  # a pipe, or a device: nothing to rename over
            with telling(self._path):
                self._path.write_bytes(text)
            return
        with replacing(self._path) as stream:
            stream.write(text)
