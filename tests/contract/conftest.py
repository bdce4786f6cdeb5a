from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.contract_rows import Ocrcli, Put


@pytest.fixture
def run(tmp_path: Path) -> Ocrcli:
    return Ocrcli(tmp_path)


@pytest.fixture
def put(tmp_path: Path) -> Put:
    return Put(tmp_path)
