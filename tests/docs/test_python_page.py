"""docs/python.md: its examples run, and its table names every attribute of a record."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ocrcli.records import Record
from tests.docs.blocks import ROOT, Block, blocks_of

PAGE = "docs/python.md"


@pytest.mark.parametrize("block", [block for block in blocks_of(PAGE) if block.language == "python"], ids=str)
def test_an_example_runs(block: Block, tmp_path: Path) -> None:
    if "pandas" in block.mark and importlib.util.find_spec("pandas") is None:
        pytest.skip("pandas is not installed")
    assert block.mark.startswith("run: python")
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    done = subprocess.run(
        [sys.executable, "-c", block.text],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr


def test_the_table_names_every_attribute() -> None:
    section = (ROOT / PAGE).read_text(encoding="utf-8").split("## What comes back")[1].split("## ")[0]
    named = {name for cell in re.findall(r"^\| ([^|]+) \|", section, re.M) for name in re.findall(r"`(\w+)`", cell)}
    assert named == set(Record.model_fields) - {"schema_version"}
