"""Wrong command lines: exit 2, one clear line, and nothing is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from ocrcli.cli.app import run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.png", "a.json", "x/a.png", "y/a.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("no picture")
    (tmp_path / "list").write_text("a.png\na.json\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["general"], "no input"),
        (["general", "a.png", "-f", "xlsx"], "-o"),
        (["general", "a.png", "-f", "txt", "-o", "x.json"], "contradicts"),
        (["general", "a.png", "-f", "pdf"], "--format"),
        (["general", "a.png", "--pages", "0"], "--pages"),
        (["general", "a.png", "--pages", "3-1"], "--pages"),
        (["general", "a.png", "--jobs", "0"], "--jobs"),
        (["general", "a.png", "--threads", "none"], "--threads"),
        (["general", "a.png", "--timeout", "0"], "--timeout"),
        (["general", "a.png", "--pdf-text", "sometimes"], "'auto', 'never', 'only'"),
        (["general", "a.png", "--limits", "ignore"], "'enforce', 'warn'"),
        (["general", "a.png", "--engine", "tesseract"], "'onnx', 'paddle'"),
        (["general", "a.png", "--models", "huge"], "'tiny', 'small', 'medium'"),
        (["general", "a.png", "--dpi", "1"], "--dpi"),
        (["general", "a.png", "--language", "klingon"], "zh"),
        (["general", "a.png", "--nonsense"], "--nonsense"),
        (["general", "a.png", "-q", "-v"], "-q and -v"),
        (["general", "--files-from", "missing"], "missing"),
        (["general", "-", "--files-from", "-"], "both"),
        (["general", "-", "-"], "once"),
        (["general", "a.json", "-o", "a.json"], "also an input"),
        (["general", "--files-from", "list", "-o", "a.json"], "also an input"),
        (["general", ".", "-o", "inside.json"], "inside"),
        (["general", "x/a.png", "y/a.png", "-o", "out/"], "both be written"),
        (["general", "a.png", "--summary", "./a.png"], "also an input"),
        (["general", "a.png", "-o", "x.json", "--summary", "x.json"], "also the output"),
        (["general", "a.png", "--report", "./a.png"], "also an input"),
        (["general", "a.png", "--summary", "x", "--report", "x"], "also the file of --summary"),
        (["general", "a.png", "--fail-on", "limit"], "'limit' is none of"),
        (["general", "a.png", "-o", "x.docx"], ".xlsx"),
        (["generl"], "Did you mean 'general'"),
        (["schema", "nothing"], "ocrcli services"),
        (["schema"], "SERVICE"),
        (["models", "pull", "huge"], "medium"),
        (["models", "burn"], "burn"),
        (["eval"], "MANIFEST"),
        (["eval", "missing.jsonl"], "missing.jsonl"),
    ],
)
def test_one_line_and_exit_2(arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]) -> None:
    before = sorted(Path().rglob("*"))
    assert run(arguments) == 2
    captured = capfd.readouterr()
    assert said in captured.err
    assert captured.err.startswith("ocrcli: ")
    assert captured.err.count("\n") == 1
    assert captured.out == ""
    assert sorted(Path().rglob("*")) == before


def test_no_command_shows_the_help_and_is_exit_2(capfd: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert "general" in captured.err
