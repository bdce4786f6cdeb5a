from __future__ import annotations

import sys
from pathlib import Path

import pytest
from cli_shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    folder = tmp_path / "work"
    folder.mkdir()
    return Shell(folder)


@pytest.fixture
def real(tmp_path: Path) -> Shell:
    """The command as it is, with the real services."""
    folder = tmp_path / "work"
    folder.mkdir(exist_ok=True)
    return Shell(folder, Path(sys.prefix) / "bin" / "ocrcli")
