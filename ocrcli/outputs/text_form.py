"""A text of several inputs as a file that a later run goes on from (`--skip-existing`).

A text holds no hashes. What each input's part of it was made from stands in a file beside it, with no word of a
document: the same one that an output folder of texts has.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.files import replacing, telling
from ocrcli.outputs.folder import LEDGER
from ocrcli.outputs.single_file import FileForm
from ocrcli.outputs.text import WRITTEN, TextWriter, write_text

_OPTIONS_OF_FAILED = "failed"  # no fingerprint: the input is read again


class TextForm(FileForm):
    """`==> name <==` and the text of each input."""

    reads_back = True

    def __init__(self) -> None:
        super().__init__(partial(write_text, several=True))

    def records(self, path: Path) -> Iterable[PlainRecord]:
        """A record for each input, with its part of the text; none where the text is not as it was left."""
        content = path.read_bytes()
        of = hashlib.sha256(content).hexdigest()
        for told in _lines(path.with_name(LEDGER), path.name):
            if told.get("of") == of:
                yield {
                    **{key: told[key] for key in ("service", "input", "input_sha256")},
                    WRITTEN: content[told["start"] : told["end"]].decode("utf-8", "replace"),
                    "tool": {"options": told["options"]},
                }

    def written(self, path: Path, records: Iterable[PlainRecord]) -> None:
        """Notes what each input's part of the finished text was made from, in place of what was noted before."""
        with telling(path):
            content = path.read_bytes()
        ledger = path.with_name(LEDGER)
        others = [line for line in _raw(ledger) if _named(line) != path.name]
        of = hashlib.sha256(content).hexdigest()
        own = [{"file": path.name, "of": of, **part} for part in _parts(records)]
        with replacing(ledger) as stream:
            for line in (*others, *(json.dumps(part).encode() for part in own)):
                stream.write(line + b"\n")


def _parts(records: Iterable[PlainRecord]) -> list[dict[str, Any]]:
    """Where each input's part begins and ends in the text of the records, and what it was made from."""
    at = 0

    def put(text: str) -> None:
        nonlocal at
        at += len(text.encode())

    writer = TextWriter(put, several=True)
    parts: list[dict[str, Any]] = []
    for record in records:
        key = {name: record.get(name) for name in ("service", "input", "input_sha256")}
        if not parts or any(parts[-1][name] != key[name] for name in ("service", "input")):
            parts.append({**key, "options": None})
        part = parts[-1]
        before = at
        writer.add(record)
        if at > before or "start" in part:
            part.setdefault("start", before + len(writer.heading.encode()))
            part["end"] = at
        failed = "error" in record or part["options"] == _OPTIONS_OF_FAILED
        part["options"] = _OPTIONS_OF_FAILED if failed else record["tool"]["options"]
    return [part for part in parts if "start" in part]


def _lines(ledger: Path, name: str) -> Iterator[dict[str, Any]]:
    for raw in _raw(ledger):
        if _named(raw) == name:
            yield json.loads(raw)


def _named(raw: bytes) -> str | None:
    """The file that a line of the ledger is about."""
    try:
        told = json.loads(raw)
    except ValueError:
        return None
    return told.get("file") if isinstance(told, dict) and "of" in told else None


def _raw(ledger: Path) -> list[bytes]:
    if not ledger.exists():
        return []
    with telling(ledger):
        return ledger.read_bytes().splitlines()
