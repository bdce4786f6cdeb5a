"""docs/accuracy.md says what was measured: its table is the one that the kept figures make."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "accuracy.md"


def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_services", ROOT / "bench" / "services.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_has_the_figures_that_were_kept() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert bench().rendered(page) == page


def test_every_figure_names_its_commit_and_set() -> None:
    for line in (ROOT / "bench" / "figures.jsonl").read_text(encoding="utf-8").splitlines():
        figure = json.loads(line)
        assert figure["commit"] and figure["how"] and figure["fields"][0] <= figure["fields"][1]


def test_a_newer_figure_takes_the_place_of_the_older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = bench()
    monkeypatch.setattr(own, "FIGURES", tmp_path / "figures.jsonl")
    figure = {"service": "vin", "set": "level 1", "how": "x", "pictures": 1, "fields": [1, 2], "wrong_unmarked": [0, 2]}
    own.keep({**figure, "commit": "a"})
    own.keep({**figure, "commit": "b", "set": "real"})
    own.keep({**figure, "commit": "c", "fields": [200, 200]})
    assert [(f["set"], f["commit"]) for f in own.figures()] == [("level 1", "c"), ("real", "b")]
    rows = own.table(own.figures()).splitlines()
    assert "200 of 200 (100.0 %)" in rows[2] and "1 of 2 " in rows[3]
