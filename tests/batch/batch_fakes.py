"""A session for workers whose inputs are small scripts: each line of a file says what happens while it is "read".

page            a record for the next page
pages 3         three of them
text WORDS      the text of the pages that follow
fail CODE       an error record
sleep SECONDS   as a hanging library would, deaf to everything
die SIGNAL      as a killed process
exit CODE       as a library that calls exit
raise WORDS     as a fault of ours
print WORDS     dirties standard output, from Python and from C
env NAME        the value of an environment variable as text
warn CODE       a warning on the pages that follow
code HEX        a character, however broken, as the text of the pages that follow
large MB        so much text on the pages that follow
fill MB         takes memory
stop SECONDS    stops the process after that time, wherever it is
"""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ocrcli import __version__, services
from ocrcli.declaration import Choice, Field, Flag, Panel, Service, Text
from ocrcli.inputs.discover import Given
from ocrcli.limits import Limits
from ocrcli.options import ReadOptions

SERVICE = Service(
    name="sample",
    spec="sample-document",
    title="Sample",
    title_zh="样张",
    panel=Panel.CARDS,
    help="Reads a sample.",
    limits=Limits(),
    fields=(Field("number", "its number", required=True),),
    own_read=lambda reading, own: (),
    options=(
        Flag("quick_mode", "Look once."),
        Choice("side", ("auto", "front", "back"), "The side."),
        Text("like", "What it looks like."),
    ),
)


def register() -> None:
    """Makes the sample the only service of this process."""
    services.all_services = lambda: {SERVICE.name: SERVICE}  # type: ignore[assignment]


def open_fake(service: str, options: ReadOptions) -> FakeSession:
    register()
    return FakeSession(service, options)


def record(name: str, sha256: str, page: int, pages: int, text: str, fingerprint: str, **more: Any) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "service": SERVICE.name,
        "input": name,
        "input_sha256": sha256,
        "page": page,
        "pages": pages,
        "width": 100,
        "height": 50,
        "unit": "px",
        "rotation": 0,
        "skew": 0.0,
        "document": {"index": 1, "count": 1, "quad": None, "side": None},
        "fields": {"number": "1"},
        "checks": [],
        "confidence": 1.0,
        "warnings": [],
        "text": text,
        "tool": {"version": "0", "engine": None, "models": {}, "options": fingerprint, "today": "2026-07-01"},
        **more,
    }


class FakeSession:
    def __init__(self, service: str, options: ReadOptions) -> None:
        self.fingerprint = options.fingerprint(service, __version__)
        self.text = ""
        self.warnings: list[dict[str, Any]] = []

    def read(self, given: Given) -> Iterator[dict[str, Any]]:
        data = given.data if given.data is not None else Path(given.path or "").read_bytes()
        steps = [line.partition(" ")[::2] for line in data.decode().splitlines()]
        steps = [s for verb, rest in steps for s in ([("page", "")] * int(rest) if verb == "pages" else [(verb, rest)])]
        self.pages, self.page, self.text, self.warnings = sum(verb == "page" for verb, _ in steps), 0, "", []
        sha256 = hashlib.sha256(data).hexdigest()
        for verb, rest in steps:
            yield from getattr(self, f"do_{verb}")(given, sha256, rest)

    def do_page(self, given: Given, sha256: str, _: str) -> Iterator[dict[str, Any]]:
        self.page += 1
        yield record(
            given.name, sha256, self.page, self.pages, self.text, self.fingerprint, warnings=list(self.warnings)
        )

    def do_text(self, given: Given, sha256: str, words: str) -> Iterator[dict[str, Any]]:
        self.text = words
        yield from ()

    def do_warn(self, given: Given, sha256: str, code: str) -> Iterator[dict[str, Any]]:
        self.warnings.append({"code": code, "message": "so", "field": None})
        yield from ()

    def do_fail(self, given: Given, sha256: str, code: str) -> Iterator[dict[str, Any]]:
        error = {"code": code, "message": "told to fail", "huawei": None, "ctyun": None}
        yield {
            "schema_version": 1,
            "service": SERVICE.name,
            "input": given.name,
            "input_sha256": sha256,
            "error": error,
        }

    def do_sleep(self, given: Given, sha256: str, seconds: str) -> Iterator[dict[str, Any]]:
        time.sleep(float(seconds))
        yield from ()

    def do_die(self, given: Given, sha256: str, number: str) -> Iterator[dict[str, Any]]:
        os.kill(os.getpid(), int(number))
        yield from ()

    def do_exit(self, given: Given, sha256: str, code: str) -> Iterator[dict[str, Any]]:
        os._exit(int(code))
        yield from ()

    def do_raise(self, given: Given, sha256: str, words: str) -> Iterator[dict[str, Any]]:
        raise ValueError(words)
        yield from ()

    def do_code(self, given: Given, sha256: str, number: str) -> Iterator[dict[str, Any]]:
        self.text = chr(int(number, 16))
        yield from ()

    def do_large(self, given: Given, sha256: str, size: str) -> Iterator[dict[str, Any]]:
        self.text = "x" * (int(size) << 20)
        yield from ()

    def do_fill(self, given: Given, sha256: str, size: str) -> Iterator[dict[str, Any]]:
        self.taken = [b"x" * (1 << 20) for _ in range(int(size))]
        yield from ()

    def do_stop(self, given: Given, sha256: str, seconds: str) -> Iterator[dict[str, Any]]:
        threading.Timer(float(seconds), os.kill, (os.getpid(), signal.SIGSTOP)).start()
        yield from ()

    def do_print(self, given: Given, sha256: str, words: str) -> Iterator[dict[str, Any]]:
        print(words, flush=True)
        os.write(1, words.encode())
        yield from ()

    def do_env(self, given: Given, sha256: str, name: str) -> Iterator[dict[str, Any]]:
        self.text = os.environ.get(name, "")
        yield from ()
