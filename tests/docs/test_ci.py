"""docs/ci.md: its workflows do what they say, step by step."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import parse

import pytest
import yaml

from ocrcli.cli.commands import option_names
from ocrcli.cli.config import load
from tests.contract.contract_rows import pdf
from tests.docs.blocks import Block, bash, blocks_of, shims

BLOCKS = {block.mark: block for block in blocks_of("docs/ci.md")}
needs_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="the recipes go through jq")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.pdf").write_bytes(pdf())
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    """Nothing is installed: what the machine of a CI system would be given is there already."""
    return shims(folder, sudo='exec "$@"', apt_get="exit 0", pip="exit 0")


def steps(block: Block) -> Iterator[tuple[bool, str]]:
    """The commands of a workflow, and whether each runs after a failure too."""
    workflow: dict[str, Any] = yaml.safe_load(block.text)
    if "jobs" in workflow:
        for job in workflow["jobs"].values():
            yield from ((step.get("if") == "always()", step["run"]) for step in job["steps"] if "run" in step)
    else:
        for job in workflow.values():
            yield from ((False, line) for line in (*job["before_script"], *job["script"]))


def passes(block: Block, folder: Path) -> bool:
    """Runs the steps as the CI system does; True where all passed."""
    green = True
    for always, command in steps(block):
        if green or always:
            done = bash(command, folder, environment(folder))
            assert done.returncode in (0, 1, 3, 5), done.stderr
            green = green and done.returncode == 0
    return green


@needs_jq
@pytest.mark.parametrize("mark", ["workflow: github", "workflow: gitlab"])
def test_a_workflow_is_green_and_red_and_stays_red(mark: str, folder: Path) -> None:
    assert passes(BLOCKS[mark], folder)
    assert json.loads((folder / "summary.json").read_text())["services"]["general"]["read"] == 1
    (folder / "documents" / "bad.png").write_bytes(b"no picture")
    for _ in range(2):
        assert not passes(BLOCKS[mark], folder)
        (suite,) = parse(folder / "junit.xml").getroot()
        assert (suite.get("tests"), suite.get("errors")) == ("2", "1")


@needs_jq
@pytest.mark.parametrize("mark", ["run: summary", "run: shapes"])
def test_a_recipe_runs(mark: str, folder: Path) -> None:
    done = bash(BLOCKS[mark].text, folder, environment(folder))
    assert done.returncode == 0, done.stderr
    if mark == "run: shapes":
        assert done.stdout == "documents/a.pdf\t1\n" * 2


@needs_jq
def test_the_recipe_for_the_summary_can_fail(folder: Path) -> None:
    (folder / "documents" / "bad.png").write_bytes(b"no picture")
    recipe = BLOCKS["run: summary"].text.replace("summary.json\n", "summary.json || true\n", 1)
    assert bash(recipe, folder, environment(folder)).returncode == 1


def test_the_defaults_are_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = BLOCKS["config"].text
    assert tomllib.loads(text)
    (folder / "ocrcli.toml").write_text(text)
    monkeypatch.chdir(folder)
    defaults = load(None, option_names()).defaults
    assert defaults["invoice"] == {"jobs": 2, "skip_existing": True, "fail_on": "missing,checks"}
