"""The manifest: one JSON object a line, a file and its truth (docs/eval.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrcli.errors import UsageError

Truth = Mapping[str, Any]

# What a truth can hold, and the type it must have. Keys not listed here are notes for people.
_TRUTH_TYPES: dict[str, tuple[type, ...]] = {
    "lines": (list,),
    "partial": (bool,),
    "fields": (dict, list),
    "documents": (list,),
    "also": (list, type(None)),
    "side": (str, type(None)),
    "check_digits_ok": (bool,),
    "tables": (list,),
    "raw": (dict,),
}


@dataclass(frozen=True)
class Sample:
    """A file, the service that is to read it, and what is true. `name` is the file as the manifest has it."""

    service: str
    name: str
    path: Path
    truth: Truth

    @property
    def scored(self) -> bool:
        """False where the truth is only a transcription for people (`raw`)."""
        return any(key in self.truth for key in ("lines", "fields", "tables"))


def load_manifest(path: Path) -> list[Sample]:
    """The samples of a manifest, in its order; files are relative to its folder.

    Raises UsageError naming the line where the manifest is not as it should be.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the manifest {path} cannot be read: {error}") from error
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise UsageError(f"the manifest {path} is empty; it needs one JSON object a line (see docs/eval.md)")
    return [_sample(line, path.parent, f"{path}, line {number}") for number, line in lines]


def _sample(line: str, folder: Path, where: str) -> Sample:
    try:
        entry = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{where}: not JSON ({error})") from error
    if not isinstance(entry, dict):
        raise UsageError(f"{where}: not a JSON object")
    for key, kind in (("service", str), ("file", str), ("truth", dict)):
        if not isinstance(entry.get(key), kind):
            raise UsageError(f"{where}: the key {key!r} is missing or is not a {kind.__name__}")
    truth = entry["truth"]
    for key, kinds in _TRUTH_TYPES.items():
        if key in truth and not isinstance(truth[key], kinds):
            raise UsageError(f"{where}: truth.{key} must be a {kinds[0].__name__}")
    return Sample(entry["service"], entry["file"], folder / entry["file"], truth)
