"""Help: complete, under headings, and quick."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from ocrcli import __version__
from ocrcli.cli.commands import app
from ocrcli.services import all_services

HEAVY = {"pydantic", "cv2", "numpy", "paddle", "paddlex", "paddleocr", "onnxruntime", "PIL", "pymupdf", "openpyxl"}
COMMANDS = ["", "services", "schema", "doctor", "eval", "models", "models list", "models verify", "models pull"]


@pytest.mark.parametrize("command", [*COMMANDS, *all_services()])
def test_help_loads_nothing_heavy(command: str) -> None:
    program = (
        "import sys; from ocrcli.cli.app import run; code = run(sys.argv[1:]); "
        "print(*{m.partition('.')[0] for m in sys.modules}, file=sys.stderr); sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *command.split(), "--help"], capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("Usage: ocrcli")
    assert HEAVY & set(ran.stderr.split()) == set()
    assert {"typer", "ocrcli"} <= set(ran.stderr.split())  # the list is what it says


def test_services_stand_under_their_headings() -> None:
    shown = CliRunner().invoke(app, ["--help"]).output
    for service in all_services().values():
        section = shown.split(f"{service.panel.value}:\n")[1].split("\n\n")[0]
        assert f"  {service.name} " in section
        assert service.title_zh in section
    assert "About ocrcli:\n" in shown


@pytest.mark.parametrize("name", all_services())
def test_a_services_help_has_all_its_options(name: str) -> None:
    service = all_services()[name]
    shown = CliRunner().invoke(app, [name, "--help"]).output
    assert service.help in " ".join(shown.split())
    for option in service.options:
        assert f"--{option.name.replace('_', '-')}" in shown


@pytest.mark.parametrize("spelling", ["--help", "-h"])
def test_both_spellings(spelling: str) -> None:
    for command in ([], ["general"], ["models"], ["models", "list"]):
        result = CliRunner().invoke(app, [*command, spelling])
        assert result.exit_code == 0
        assert "Usage:" in result.output


def test_version() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert result.exit_code == 0
    assert result.output == f"ocrcli {__version__}\n"


def test_aliases_are_hidden_and_work() -> None:
    shown = CliRunner().invoke(app, ["--help"]).output
    aliases = [s.spec for s in all_services().values() if s.spec and s.spec != s.name]
    assert "general-text" in aliases
    for alias in aliases:
        assert f"  {alias} " not in shown
        assert CliRunner().invoke(app, [alias, "--help"]).exit_code == 0
