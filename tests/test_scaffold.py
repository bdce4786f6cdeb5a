"""A new service from nothing: the scaffold's files are sound, and docs/adding-a-service.md does what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ocrcli.declaration import Panel
from ocrcli.errors import UsageError
from ocrcli.scaffold import NewField, NewService, main, write

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "adding-a-service.md").read_text(encoding="utf-8")
FIELDS = (NewField("number", "证号", "citizen-number"), NewField("name", "姓名", "name"))
CARRIED = ("pyproject.toml", "tests/__init__.py", "tests/days.py", "tests/services/__init__.py")


def service(name: str = "library-card", fields: tuple[NewField, ...] = FIELDS) -> NewService:
    return NewService(name, "Library card", "借书证", Panel.CARDS, fields)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the scaffold and its files need."""
    shutil.copytree(ROOT / "ocrcli", tmp_path / "ocrcli", ignore=shutil.ignore_patterns("__pycache__"))
    for name in (*CARRIED, *(str(p.relative_to(ROOT)) for p in (ROOT / "tests/services").glob("*.alphabet.txt"))):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(checkout: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Runs shell commands in the checkout; `ocrcli`, `python` and `pytest` are those of this environment."""
    tools = checkout / ".tools"
    tools.mkdir(exist_ok=True)
    for name, arguments in {"python": "", "ocrcli": "-m ocrcli", "pytest": "-m pytest -p no:cacheprovider"}.items():
        (tools / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
        (tools / name).chmod(0o755)
    paths = {"PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(checkout)}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    return subprocess.run(
        ["bash", "-ec", command], cwd=checkout, env={**environment, **paths}, capture_output=True, text=True
    )


@pytest.mark.slow
def test_the_files_pass_the_linters_and_their_own_tests(checkout: Path) -> None:
    long = NewField("a_key_of_many_words_that_makes_its_line_far_too_long_for_the_linter", "很长很长很长的标签", "text")
    fields = (*FIELDS, NewField("day", "日期", "date"), long)
    paths = write(service(fields=fields), checkout)
    for tool in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *tool, *map(str, paths)], cwd=checkout, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout
    done = run(checkout, "pytest tests/services/test_library_card.py")
    assert done.returncode == 0 and "6 passed" in done.stdout, done.stdout


@pytest.mark.engine
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("jq") is None, reason="the guide goes through jq")
def test_every_command_of_the_guide_works(checkout: Path) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE, re.M | re.S)
    assert len(blocks) == 6
    said = []
    for block in blocks:
        done = run(checkout, block)
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
        said.append(done.stdout)
    assert '"number":' in said[3].replace(" ", "") and "citizen" not in said[3]
    assert "7 passed" in said[4]  # with the saved reading
    assert said[5].count("check digits judged right") == 3


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("Library", FIELDS, "no name of a command"),
        ("a--b", FIELDS, "no name of a command"),
        ("class", FIELDS, "no name of a command"),
        ("idcard", FIELDS, "already"),
        ("id-card", FIELDS, "already"),
        ("library-card", FIELDS[:1], "at least twice"),
        ("library-card", (FIELDS[0], NewField("number", "姓名", "name")), "another key"),
        ("library-card", (FIELDS[0], NewField("name", "证号", "name")), "another label"),
    ],
)
def test_what_can_be_no_service_is_refused(name: str, fields: tuple[NewField, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        service(name, fields).check()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("证号", "like number=证号"),
        ("a b=证号", "like number=证号"),
        ("number=", "like"),
        ("n=证号:iban", "choose one of"),
    ],
)
def test_a_field_that_is_none_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        NewField.parse(text)


def test_a_field_s_form_follows_from_its_key_where_none_is_named() -> None:
    assert NewField.parse("issue_date=发证日期") == NewField("issue_date", "发证日期", "date")
    assert NewField.parse("unit=单位") == NewField("unit", "单位", "compact")
    assert NewField.parse("candidate=人:name") == NewField("candidate", "人", "name")


def test_nothing_is_written_over_and_only_into_a_checkout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="no checkout"):
        write(service(), tmp_path)
    for folder in ("ocrcli/services/cards", "ocrcli/specimens/documents", "tests/services"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    there = tmp_path / "tests/services/test_library_card.py"
    there.write_text("mine")
    with pytest.raises(UsageError, match="there already"):
        write(service(), tmp_path)
    assert there.read_text() == "mine" and not list(tmp_path.glob("ocrcli/**/*.py"))
    there.unlink()
    arguments = ["library-card", "--title", "Library card", "--title-zh", "借书证", "--root", str(tmp_path)]
    assert main([*arguments, "--field", "number=证号", "--field", "name=姓名"]) == 0
    said = capsys.readouterr().out
    assert str(there) in said and "| `ocrcli library-card INPUT…` | library card: number, name (借书证识别) |" in said
    assert main([*arguments, "--field", "number=证号"]) == 2
    assert "error:" in capsys.readouterr().err
