from __future__ import annotations

import json
from pathlib import Path

import pytest

from ocrcli.errors import UsageError
from ocrcli.evaluate.manifest import load_manifest

GOOD = {"service": "general", "file": "a/b.png", "truth": {"lines": ["x"], "partial": True}, "notes": "free words"}


def test_samples_in_order_with_files_beside_the_manifest(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    raw = {"service": "vin", "file": "c.png", "truth": {"raw": {"prefix": "W"}}}
    path.write_text(json.dumps(GOOD, ensure_ascii=False) + "\n\n" + json.dumps(raw) + "\n", encoding="utf-8")
    first, second = load_manifest(path)
    assert (first.service, first.name, first.path, first.scored) == ("general", "a/b.png", tmp_path / "a/b.png", True)
    assert not second.scored


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2: not JSON"),
        ("[]", "line 2: not a JSON object"),
        ('{"file": "a", "truth": {}}', "'service' is missing"),
        ('{"service": "general", "truth": {}}', "'file' is missing"),
        ('{"service": "general", "file": "a"}', "'truth' is missing"),
        ('{"service": "general", "file": "a", "truth": []}', "'truth' is missing or is not a dict"),
        ('{"service": "general", "file": "a", "truth": {"lines": "x"}}', "truth.lines must be a list"),
        ('{"service": "general", "file": "a", "truth": {"partial": 1}}', "truth.partial must be a bool"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(json.dumps(GOOD) + "\n" + line)
    with pytest.raises(UsageError, match=says):
        load_manifest(path)


def test_a_manifest_that_is_not_there_or_empty(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_manifest(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(UsageError, match="is empty"):
        load_manifest(tmp_path / "empty.jsonl")
