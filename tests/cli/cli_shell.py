"""Runs the command in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FAKE = Path(__file__).with_name("fake_ocrcli.py")
SECONDS = 120  # patience with a busy machine


@dataclass
class Shell:
    """Runs `ocrcli` with the fake service `sample` in a folder of its own."""

    folder: Path
    script: Path = FAKE
    env: dict[str, str] = field(default_factory=dict)

    def write(self, name: str | bytes, text: str = "page") -> Path:
        path = self.folder / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.strip() + "\n")
        return path

    def scripts(self, count: int, text: str = "page") -> list[str]:
        """Files 00.png, 01.png, … with the same script, but not the same bytes."""
        return [self.write(f"{i:02}.png", f"text {i}\n{text}").name for i in range(count)]

    def start(self, *arguments: str | bytes, **more: Any) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, str(self.script), *arguments],
            cwd=self.folder,
            env={**clean_environment(), **self.env},
            **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more},
        )

    def __call__(self, *arguments: str | bytes, input: bytes | None = None, **more: Any) -> Ran:
        stdin = subprocess.DEVNULL if input is None else subprocess.PIPE
        with self.start(*arguments, **{"stdin": stdin, **more}) as process:
            out, err = process.communicate(input, timeout=SECONDS)
        return Ran(process.returncode, out or b"", (err or b"").decode())

    def wait_for(self, path: str, lines: int) -> None:
        """Until the file has so many lines."""
        self.wait(lambda: (self.folder / path).exists() and (self.folder / path).read_bytes().count(b"\n") >= lines)

    def wait(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + SECONDS
        while not holds():
            assert time.monotonic() < end, "waited too long"
            time.sleep(0.02)

    def read(self, path: str) -> list[dict[str, Any]]:
        text = (self.folder / path).read_text()
        return [json.loads(line) for line in text.splitlines()] if path.endswith(".jsonl") else json.loads(text)


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
        return [record["input"] for record in self.records]

    @property
    def codes(self) -> list[str]:
        return [record["error"]["code"] for record in self.records if "error" in record]


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("OCRCLI_")}
