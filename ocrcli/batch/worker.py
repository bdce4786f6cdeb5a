"""What runs in a worker process: it reads one input after another and sends the records back as plain data.

A worker's whole conversation is one pipe. It gets inputs; it answers READY once, then for each input its records as
JSON, page by page, and DONE with the seconds it took. Records are encoded here, so that one that cannot be is this
input's fault and nobody else's. When the pipe closes, the worker is gone: a stopped or killed parent leaves no process
behind.
"""

from __future__ import annotations

import json
import os
import pickle
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from multiprocessing.connection import Connection
from typing import Any, Protocol

from ocrcli.batch import channel
from ocrcli.errors import OcrError, internal_error
from ocrcli.inputs.discover import Given
from ocrcli.limits import MEGABYTE
from ocrcli.options import ReadOptions

READY = b"ready"
DONE = b"done "  # and the seconds
MOST_RECORD_BYTES = 128 * MEGABYTE


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
        _send(pipe, DONE + str(time.monotonic() - started).encode())


def _read(session: Callable[[], Reads], service: str, given: Given) -> Iterator[bytes]:
    """The records of an input, encoded. A fault of ours ends it with an error record; the next input is read all the
    same."""
    try:
        for record in session().read(given):
            yield encoded(record)
    except MemoryError:
        yield encoded(error_record(OcrError("out_of_memory", "there is not enough memory to read it"), service, given))
    except OcrError as error:
        yield encoded(error_record(error, service, given))
    except Exception as fault:
        yield encoded(error_record(internal_error(fault), service, given))


def encoded(record: dict[str, Any]) -> bytes:
    """A record as the pipe carries it. Raises OcrError("file_too_large") for one that is larger than any document."""
    message = json.dumps(record, allow_nan=False, separators=(",", ":")).encode()
    if len(message) > MOST_RECORD_BYTES:
        size = f"{len(message) / MEGABYTE:,.0f} MB"
        raise OcrError("file_too_large", f"what was read of a page takes {size}; at most {MOST_RECORD_BYTES >> 20} MB")
    return message


def error_record(error: OcrError, service: str, given: Given) -> dict[str, Any]:
    """The error record of an input that nobody could finish, as plain data."""
    from ocrcli.records import as_dict, error_record_of
    from ocrcli.services import find_service

    return as_dict(error_record_of(error, service=find_service(service), name=given.name))


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
            tasks.put(pickle.loads(channel.receive(pipe)))
        except (EOFError, OSError):
            os._exit(0)


def _send(pipe: Connection, message: bytes) -> None:
    try:
        channel.send(pipe, message)
    except OSError:  # nobody listens any more
        os._exit(0)
