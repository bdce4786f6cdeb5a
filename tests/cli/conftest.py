from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.cli_shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    folder = tmp_path / "work"
    folder.mkdir()
    return Shell(folder)


@pytest.fixture
def real(shell: Shell) -> Shell:
    """The command as it was installed, with the real services."""
    return replace(shell, script=Path(sys.executable).with_name("ocrcli"))
