"""Containerfile, and docs/ci.md about it. No image is built: steps are looked at, and run where that is cheap."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.contract.contract_rows import pdf
from tests.docs.blocks import ROOT, bash, blocks_of, shims

README = (ROOT / "README.md").read_text(encoding="utf-8")
# What `docker run` does with the arguments behind the image's name; reading a line for real is the doctor's own test.
DOCKER = """\
[ "$1" = run ] || exit 0
while [ "$1" != ocrcli ]; do shift; done
shift
[ "$1" = doctor ] || exec ocrcli "$@\""""


def steps() -> list[tuple[str, str]]:
    """Each step of the Containerfile: its word and what stands behind it."""
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines if line and line[0] != "#")]


def behind(word: str) -> list[str]:
    return [rest for found, rest in steps() if found == word]


def test_words_are_those_of_a_containerfile() -> None:
    assert {word for word, _ in steps()} == {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "ENTRYPOINT", "CMD"}


def test_it_does_not_run_as_root_and_is_examined_as_it_runs() -> None:
    words = [word for word, _ in steps()]
    assert behind("USER") == ["ocrcli"]
    last = words.index("USER")
    assert [rest for word, rest in steps()[last:] if word == "RUN"] == ["ocrcli doctor"]
    assert any(re.search(r"useradd .*\bocrcli$", rest) for rest in behind("RUN"))


def test_it_installs_what_the_readme_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (packages,) = re.findall(r"`apt install ([^`]*)`", README)
    assert any(f"--no-install-recommends {packages} " in rest for rest in behind("RUN"))
    (install,) = [rest for rest in behind("RUN") if "pip install" in rest]
    assert "-c requirements.lock" in install
    assert all(extra in project["optional-dependencies"] for extra in re.findall(r"\.\[(\w+)\]", install))
    for image in behind("FROM"):
        (version,) = re.findall(r"^python:(3\.\d+)-slim", image)
        assert f"Python :: {version}" in " ".join(project["classifiers"])


def test_what_is_copied_is_enough_to_start(tmp_path: Path) -> None:
    copies = [rest.split() for rest in behind("COPY") if not rest.startswith("--from")]
    for *sources, target in copies:
        for source in sources:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, tmp_path / target)
            else:
                shutil.copy(ROOT / source, tmp_path / target)
    project = tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for named in (project["readme"], *project["license-files"], "requirements.lock"):
        assert (tmp_path / named).is_file()
    [entry], [given] = (json.loads(behind(word)[0]) for word in ("ENTRYPOINT", "CMD"))
    assert entry in project["scripts"]
    done = subprocess.run(
        [sys.executable, "-c", "import ocrcli.cli.app as app; print(app.__file__); app.main()", given],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path / "ocrcli"))
    assert "invoice" in done.stdout


(BLOCK,) = (block for block in blocks_of("docs/ci.md") if block.mark == "run: container")


@pytest.mark.parametrize("line", BLOCK.text.splitlines())
def test_a_line_of_the_docs_runs(line: str, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.pdf").write_bytes(pdf())
    done = bash(line, tmp_path, shims(tmp_path, docker=DOCKER))
    assert done.returncode == 0, done.stderr
    if "general" in line:
        assert (tmp_path / "out" / "a.pdf.json").is_file()
