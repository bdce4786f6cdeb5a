"""`ocrcli man` and `ocrcli completion`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from ocrcli.cli.commands import app
from ocrcli.services import all_services


@pytest.fixture(scope="module")
def page() -> str:
    return CliRunner().invoke(app, ["man"]).output


def test_the_page_has_every_command_and_option(page: str) -> None:
    for service in all_services().values():
        section = page.split(f".SH OCRCLI {service.name.upper()}\n")[1].split(".SH ")[0]
        for name in ("skip-existing", "fail-on", *(option.name.replace("_", "-") for option in service.options)):
            assert "\\-\\-" + name.replace("-", "\\-") in section


def test_only_known_requests_stand_at_the_beginning_of_lines(page: str) -> None:
    requests = {line.split(" ")[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests == {".TH", ".SH", ".TP", ".B", ".I"}


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_it_is_sound_roff(page: str) -> None:
    asked = ["groff", "-man", "-Tutf8", "-Kutf8", "-ww"]
    done = subprocess.run(asked, input=page.encode(), capture_output=True, check=True)
    assert b"error" not in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell: str) -> None:
    assert "_OCRCLI_COMPLETE" in CliRunner().invoke(app, ["completion", shell]).output


@pytest.mark.parametrize(
    ("words", "at", "found"), [("ocrcli quot", 1, "quota-invoice"), ("ocrcli general --skip", 2, "--skip-existing")]
)
def test_commands_and_options_are_completed(words: str, at: int, found: str) -> None:
    asked = {"_OCRCLI_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(at)}
    ran = subprocess.run([sys.executable, "-m", "ocrcli"], env={**os.environ, **asked}, capture_output=True, text=True)
    assert ran.stdout.split() == [found]
