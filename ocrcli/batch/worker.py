"""What runs in a worker process: it reads one input after another and sends the records back as plain data.

A worker's whole conversation is one pipe. It gets inputs; it answers READY once, then for each input its records, page
by page, and a Done. When the pipe closes, the worker is gone: a stopped or killed parent leaves no process behind.
"""

from __future__ import annotations

import os
import queue
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

import ocrcli
from ocrcli.errors import OcrError
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions

READY = "ready"


@dataclass(frozen=True)
class Done:
    """The input is read; it took this many seconds."""

    seconds: float


class Reads(Protocol):
    """What a worker needs of a session (`pipeline.Session`)."""

    def read(self, given: Given) -> Iterator[dict[str, Any]]:
        """The records of one input, as plain data."""
        ...


class Opener(Protocol):
    """Makes the session a worker reads with. It is sent to the worker, so it must be a function of a module."""

    def __call__(self, service: str, options: ReadOptions) -> Reads:
        """The session for this service and these options."""
        ...


def open_session(service: str, options: ReadOptions) -> Reads:
    """The session of the real pipeline, imported here: it brings pydantic along."""
    from ocrcli.pipeline import Session

    return Session(service, options)


def work(pipe: Connection, service: str, options: ReadOptions, opener: Opener) -> None:
    """The worker process: reads what comes through the pipe until the pipe closes."""
    # Libraries print, C ones too: nothing but the parent may write to standard output.
    os.dup2(2, 1)
    _set_environment(options.threads or 1)
    tasks: queue.SimpleQueue[Given] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, tasks), daemon=True).start()
    session = cache(partial(opener, service, options))
    with suppress(Exception):  # told when an input asks for the session
        session()
    _send(pipe, READY)
    while True:
        given = tasks.get()
        started = time.monotonic()
        for record in _read(session, service, given):
            _send(pipe, record)
        _send(pipe, Done(time.monotonic() - started))


def _read(session: Callable[[], Reads], service: str, given: Given) -> Iterator[dict[str, Any]]:
    """The records of an input. A fault of ours ends it with an error record; the next input is read all the same."""
    try:
        yield from session().read(given)
    except OcrError as error:
        yield error_record(error, service, given)
    except Exception as fault:
        yield error_record(internal_error(fault), service, given)


def error_record(error: OcrError, service: str, given: Given) -> dict[str, Any]:
    """The error record of an input that nobody could finish, as plain data."""
    from ocrcli.records import as_dict, error_record_of
    from ocrcli.services import find_service

    return as_dict(error_record_of(error, service=find_service(service), name=given.name))


def internal_error(fault: Exception) -> OcrError:
    """What is told of a fault of ours: its type and place. Its text is left out: it may hold words of the document."""
    package = Path(ocrcli.__file__).parent
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(package)]
    # Where we were, and where it happened: the same place, or inside a library.
    places = dict.fromkeys(f"{Path(f.filename).name}:{f.lineno}" for f in (*ours[-1:], *frames[-1:]))
    return OcrError(
        "internal",
        f"a fault in ocrcli itself ({type(fault).__name__} at {', '.join(places)}); the other inputs are read all the "
        "same. Please report it with what `ocrcli doctor` prints",
    )


def _set_environment(threads: int) -> None:
    """Thread counts and no telemetry, set before any library is imported that would look."""
    for library in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
        os.environ[library] = str(threads)
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"


def _listen(pipe: Connection, tasks: queue.SimpleQueue[Given]) -> None:
    """Hears the parent even while a page is being read: when it closes the pipe, or dies, the worker ends at once."""
    while True:
        try:
            tasks.put(pipe.recv())
        except (EOFError, OSError):
            os._exit(0)


def _send(pipe: Connection, message: object) -> None:
    try:
        pipe.send(message)
    except OSError:  # nobody listens any more
        os._exit(0)
