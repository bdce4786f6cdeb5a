from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process loses nothing that the kernel has: only a power cut needs fsync, and no test cuts the power."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
