"""README.md says what is: its examples are run, its tables name every command and every exit code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ocrcli.errors import Exit
from ocrcli.services import all_services

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MORE = "…"  # the rest of an output is left out


def examples() -> list[tuple[str, list[str]]]:
    """Each command of the console blocks, and the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", README, re.M | re.S):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def section(heading: str) -> str:
    return README.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def test_the_table_of_commands_names_them_all() -> None:
    named = set(re.findall(r"^\| `ocrcli (\w[\w-]*)", section("Commands"), re.M))
    assert named == {
        *all_services(),
        "services",
        "schema",
        "config",
        "teach",
        "models",
        "doctor",
        "completion",
        "man",
        "eval",
    }


def test_the_table_of_exit_codes_names_them_all() -> None:
    named = re.findall(r"^\| ([0-9, ]+) \|", section("Exit codes"), re.M)
    assert [int(code) for row in named for code in row.split(", ")] == sorted(code.value for code in Exit)


def test_there_are_examples_with_output() -> None:
    assert sum(bool(said) for _, said in examples()) >= 5


@pytest.mark.engine
@pytest.mark.skipif(shutil.which("jq") is None, reason="the examples go through jq")
@pytest.mark.parametrize(("command", "said"), examples(), ids=lambda value: value if isinstance(value, str) else "")
def test_an_example_prints_what_is_said(command: str, said: list[str], tmp_path: Path) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "ocrcli").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ocrcli "$@"\n')
    (tmp_path / "ocrcli").chmod(0o755)
    paths = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=tmp_path,
        env=os.environ | paths,
        capture_output=True,
        text=True,
        check=True,
    )
    printed = ran.stdout.splitlines()
    if said and said[-1] == MORE:
        said = said[:-1]
        printed = printed[: len(said)]
    assert not said or printed == said
