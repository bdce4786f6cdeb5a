"""Defaults of one's own: files, the environment, and what is misspelt in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ocrcli.cli.commands import option_names
from ocrcli.cli.config import load, misspelt_variables
from ocrcli.errors import UsageError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_file_nothing_is_set() -> None:
    assert load(None, option_names()).defaults == {}


def test_tables_are_for_their_command_and_come_before_the_rest(folder: Path) -> None:
    (folder / "ocrcli.toml").write_text(
        'jobs = 2\nmodels = "tiny"\nreturn-text-location = true\ntoday = 2026-01-31\n'
        '[invoice]\nfail-on = "checks"\njobs = 1\n'
    )
    defaults = load(None, option_names()).defaults
    assert defaults["general"] == {"jobs": 2, "models": "tiny", "today": "2026-01-31"}
    assert defaults["invoice"] == {**defaults["general"], "return_text_location": True, "fail_on": "checks", "jobs": 1}
    assert defaults["vat-invoice"]["jobs"] == 2  # the table is named as the command that is given


def test_pyproject_has_a_part_for_it(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert load(None, option_names()).defaults == {}
    (folder / "pyproject.toml").write_text("[tool.ocrcli]\nstrict = true\n")
    assert load(None, option_names()).defaults["plate"] == {"strict": True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stict = true", r"stict is no option that a file may set; did you mean 'strict'\?"),
        ("[invoce]\nstrict = true", r"\[invoce\] is no command; did you mean 'invoice'?"),
        ("[general]\nrename = 'x'", r"\[general\] rename is no option"),
        ("inputs = 'a'", "inputs is no option that a file may set"),
        ("jobs = [1]", r"jobs must be a text, a number"),
        ("jobs =", r"ocrcli\.toml: "),
    ],
)
def test_what_is_wrong_is_named_with_the_nearest(folder: Path, text: str, said: str) -> None:
    (folder / "ocrcli.toml").write_text(text)
    with pytest.raises(UsageError, match=said):
        load(None, option_names())


def test_a_named_file_must_be_there() -> None:
    with pytest.raises(UsageError, match=r"'gone\.toml' cannot be read"):
        load("gone.toml", option_names())


def test_misspelt_variables_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCRCLI_STICT", "1")
    monkeypatch.setenv("OCRCLI_JOBS", "1")
    assert misspelt_variables(option_names()) == ["OCRCLI_STICT is no variable of ocrcli; did you mean OCRCLI_STRICT?"]


def test_the_command_line_wins_over_the_environment_over_the_file(shell, folder: Path) -> None:
    names = shell.scripts(1, "warn doubtful\npage")
    (shell.folder / "ocrcli.toml").write_text("strict = true\n[sample]\nformat = 'txt'\n")
    ran = shell("sample", *names)
    assert (ran.code, ran.out) == (5, b"0\n")
    assert shell("sample", *names, "-f", "jsonl").records[0]["text"] == "0"
    shell.env["OCRCLI_FORMAT"] = "json"
    assert shell("sample", *names).records[0]["text"] == "0"
    (shell.folder / "other.toml").write_text("strict = false")
    assert shell("--config", "other.toml", "sample", *names).code == 0
    told = json.loads(shell("config", "--json").out)
    assert told["file"] == "ocrcli.toml"
    assert told["defaults"]["sample"] == {"strict": True, "format": "txt"}
    shell.env["OCRCLI_FROMAT"] = "txt"
    assert "did you mean OCRCLI_FORMAT?" in shell("sample", *names).err
