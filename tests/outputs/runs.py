"""Runs as the batch makes them: all records of all inputs in order, or as many as come before the process is killed."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ocrcli.outputs.base import Sink
from ocrcli.outputs.destinations import open_sink
from ocrcli.outputs.naming import destination
from tests.outputs import sample_records as sample

Records = Mapping[str, Sequence[dict[str, Any]]]

RECORDS: Records = {
    "a.png": [sample.text_record("a.png", "甲\n乙")],
    "b.pdf": [sample.text_record("b.pdf", f"page {n}", n, 3) for n in (1, 2, 3)],
    "c.png": [sample.error("c.png")],
    "d.pdf": [
        sample.text_record("d.pdf", "one", 1, 3),
        sample.error("d.pdf", 2),
        sample.text_record("d.pdf", "three", 3, 3),
    ],
    "e.pdf": [sample.text_record("e.pdf", "only the first was asked for", 1, 9)],
    "目录/f.png": [sample.text_record("目录/f.png", "U+2028 \u2028 and \x1f stay")],
}


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def sink_for(path: Path | str, form: str | None = None, *, resume: bool = False) -> Sink:
    to = destination(str(path), form)
    return open_sink(to, sample.service(), stdout=io.BytesIO(), resume=resume, several=True)


def feed(sink: Sink, records: Records = RECORDS, *, resume: bool = False, steps: int | None = None) -> list[str]:
    """Writes the records input by input and names those that were read; ends by SIGKILL after so many steps."""
    taken = 0
    read = []

    def step() -> None:
        nonlocal taken
        if taken == steps:
            os.kill(os.getpid(), signal.SIGKILL)
        taken += 1

    for name, told in records.items():
        given = sample.given(name)
        if resume and sink.has(given, sample.sha256_of(name), sample.FINGERPRINT):
            continue
        read.append(name)
        for record in told:
            step()
            sink.write(given, record)
        step()
        sink.end(given, any("error" in record for record in told))
    step()
    return read


def run(path: Path | str, form: str | None = None, records: Records = RECORDS, *, resume: bool = False) -> list[str]:
    """A whole run; gives the names of the inputs that were read."""
    sink = sink_for(path, form, resume=resume)
    read = feed(sink, records, resume=resume)
    sink.close()
    return read


def killed_run(path: Path | str, steps: int, form: str | None = None, *, resume: bool = False) -> None:
    """A run in a process of its own that is killed after so many steps."""
    child = os.fork()
    if child == 0:
        try:
            feed(sink_for(path, form, resume=resume), resume=resume, steps=steps)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


STEPS = sum(len(told) + 1 for told in RECORDS.values()) + 1
