from __future__ import annotations

from pathlib import Path

import pytest

from ocrcli import services
from tests.batch import batch_fakes
from tests.batch.batch_harness import Run


@pytest.fixture(autouse=True)
def sample_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "all_services", lambda: {batch_fakes.SERVICE.name: batch_fakes.SERVICE})


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)
