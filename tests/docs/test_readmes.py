"""Both READMEs: every line of the English one runs, every option of the Chinese one is there; figures agree."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from ocrcli.cli.app import run
from ocrcli.errors import Exit
from tests.contract.contract_rows import pdf
from tests.docs.blocks import ROOT, bash, blocks_of, shims

NOT_HERE = ("python3 -m venv",)  # what the tests themselves run in
FILES = ("contract.pdf", "photo.jpg", "wide.png", "page.png", "scans/a.pdf", "scans/deep/b.pdf", "found.jpg")
DIGITAL = ("invoices/a.pdf", "invoices/deep/b.pdf", "x.pdf", "y.ofd")
LEDGER = "number,total\n23629393328711587148,63122.42\n"


def lines_of(page: str) -> list[str]:
    blocks = (block.text for block in blocks_of(page) if block.language == "sh")
    lines = (line for text in blocks for line in text.splitlines() if line and not line.startswith("#"))
    return [line for line in lines if not line.startswith(NOT_HERE)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the lines read. Formats are known from bytes: a digital page stands for pictures, so no engine is loaded."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(pdf())
    for name in DIGITAL:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "samples" / "invoice.pdf", tmp_path / name)
    (tmp_path / "contract.pdf").write_bytes(pdf(pages=3))
    (tmp_path / "ledger.csv").write_text(LEDGER)
    (tmp_path / "documents").mkdir()
    shutil.copy(tmp_path / "x.pdf", tmp_path / "documents")
    return tmp_path


@pytest.mark.skipif(shutil.which("jq") is None, reason="some lines go through jq")
@pytest.mark.parametrize("line", lines_of("README.md"))
def test_a_line_runs(line: str, folder: Path) -> None:
    (folder / "page.pdf").write_bytes(pdf())
    if "*.pdf *.ofd" in line:
        for name in ("contract.pdf", "page.pdf"):
            (folder / name).unlink()
    if "--check-against" in line:  # it reads a folder's own files only
        (folder / "sorted").mkdir()
    done = bash(line, folder, shims(folder, curl=f"cat '{folder / 'page.pdf'}'"))
    assert done.returncode == 0, done.stderr


def command(line: str) -> str:
    """The line without the remark behind it."""
    return re.split(r"\s{2,}#", line)[0].rstrip()


PROVEN = {command(line) for line in lines_of("README.md")}
CHINESE = [line for line in lines_of("README.zh-CN.md") if command(line) not in PROVEN]


def test_pipes_of_the_chinese_one_run_in_the_english_one() -> None:
    assert all(line.startswith("ocrcli ") and "|" not in command(line) for line in CHINESE)


def test_examples_of_the_chinese_one_are_those_of_the_english_one() -> None:
    english, chinese = (
        [block.text for block in blocks_of(page) if block.language == "console"]
        for page in ("README.md", "README.zh-CN.md")
    )
    assert len(chinese) >= 5
    assert set(chinese) <= set(english)


@pytest.mark.parametrize(("english", "chinese"), [("Limits", "限制"), ("Accuracy and speed", "准确率与速度")])
def test_both_give_the_same_figures(english: str, chinese: str) -> None:
    """Row by row; the two languages put them in another order."""
    figures = [
        [sorted(re.findall(r"\d[\d,.]*", row)) for row in section(page, heading).splitlines() if row.startswith("| ")]
        for page, heading in (("README.md", english), ("README.zh-CN.md", chinese))
    ]
    assert [set(row) for row in figures[0]] == [set(row) for row in figures[1]]


def section(page: str, heading: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("line", CHINESE)
def test_a_line_in_chinese_is_a_command_line(line: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    shutil.copytree(ROOT / "samples" / "templates", folder / "模板")
    words = shlex.split(line, comments=True)[1:]
    if words[0] == "teach":
        pytest.skip("reads pictures")
    assert run(words) == Exit.ALL_FAILED or (folder / words[1]).exists()


def test_both_name_the_same_pages() -> None:
    english, chinese = (
        set(re.findall(r"\]\((docs/[\w-]+\.md)", (ROOT / page).read_text(encoding="utf-8")))
        for page in ("README.md", "README.zh-CN.md")
    )
    assert english - chinese <= {"docs/eval.md", "docs/adding-a-service.md", "docs/templates.md"}
