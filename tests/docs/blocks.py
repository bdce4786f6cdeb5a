"""The blocks of code in the pages people read, and how they are run: `ocrcli` is the program of this tree."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A comment above a block names what a test does with it.
_BLOCK = re.compile(r"^(?:<!-- (?P<mark>[^\n]*) -->\n)?```(?P<language>\w+)\n(?P<text>.*?)^```", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """A block of code: its page, its language, what the comment above says, and its text."""

    page: str
    language: str
    mark: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.mark or self.language}"


def blocks_of(page: str) -> list[Block]:
    """The blocks of a page, in order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [Block(page, m["language"], m["mark"] or "", m["text"]) for m in _BLOCK.finditer(text)]


def shims(folder: Path, **silent: str) -> dict[str, str]:
    """An environment in which `ocrcli` is this tree's, and each name of `silent` a command that does as it says."""
    programs = folder / "shims"
    programs.mkdir(exist_ok=True)
    for name, does in {"ocrcli": f'exec "{sys.executable}" -m ocrcli "$@"', **silent}.items():
        path = programs / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{does}\n")
        path.chmod(0o755)
    return {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}


def bash(script: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs a script as CI systems do: the first command that fails ends it."""
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        stdin=subprocess.DEVNULL,
    )
