"""What the tests of docs/contract.md share: its rows, and the command as users run it.

Digital PDFs stand for documents wherever no picture is needed: they load no engine.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf

CONTRACT = (Path(__file__).parents[2] / "docs" / "contract.md").read_text(encoding="utf-8")
Test = Callable[..., None]


class Rows:
    """The rows of the table under a heading, and which of them have a test."""

    def __init__(self, heading: str) -> None:
        section = CONTRACT.split(f"## {heading}\n")[1].split("\n## ")[0]
        self.answers = dict(re.findall(r"^\| (.+?) \| (.+) \|$", section, re.M)[1:])
        self.tested: list[str] = []

    def __call__(self, name: str) -> Callable[[Test], Test]:
        """Marks the test of a row."""
        self.tested.append(name)
        return lambda test: test


COMMANDS = Rows("Commands")  # its tests stand in several files


@dataclass
class Ran:
    code: int
    out: bytes
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def inputs(self) -> list[str]:
        return list(dict.fromkeys(record["input"] for record in self.records))

    @property
    def codes(self) -> list[str]:
        return [record["error"]["code"] for record in self.records if "error" in record]


@dataclass
class Ocrcli:
    """Runs the command in a folder: with arguments, or as a line of the shell."""

    folder: Path

    def __call__(self, *arguments: str, input: bytes = b"") -> Ran:
        return self._run([sys.executable, "-m", "ocrcli", *arguments], input)

    def shell(self, line: str) -> Ran:
        return self._run(["bash", "-c", line.replace("ocrcli ", f"{shlex.quote(sys.executable)} -m ocrcli ")], b"")

    def _run(self, command: list[str], input: bytes) -> Ran:
        done = subprocess.run(command, cwd=self.folder, input=input, capture_output=True, timeout=180)
        return Ran(done.returncode, done.stdout, done.stderr.decode())


@dataclass
class Put:
    """Writes files into the folder: the given bytes, or a PDF of so many pages that say the file's name."""

    folder: Path

    def __call__(self, name: str, content: bytes | None = None, pages: int = 1) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pdf(path.stem, pages) if content is None else content)
        return path


def pdf(words: str = "words", pages: int = 1, width: int = 300, height: int = 200) -> bytes:
    document = pymupdf.open()
    for number in range(1, pages + 1):
        document.new_page(width=width, height=height).insert_text((40, 60), f"{words} {number}", fontsize=20)
    return document.tobytes()
