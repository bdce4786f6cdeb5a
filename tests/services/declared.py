"""What the tests of declared services share: a page read, its values, its failed checks, saved readings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ocrcli.declaration import Service
from ocrcli.engine.replay import SUFFIX, load_reading
from ocrcli.finding import Finding
from ocrcli.forms.results import completed
from ocrcli.page import Reading
from tests.days import TODAY

HERE = Path(__file__).parent


def all_found(service: Service, reading: Reading, **options: Any) -> list[Finding]:
    """Every document on the page, as its record is made from it."""
    own = {**service.defaults(), **options}
    return [completed(finding, service.fields, own, reading) for finding in service.read(reading, own)]


def found(service: Service, reading: Reading, **options: Any) -> Finding:
    """The only document on the page."""
    [finding] = all_found(service, reading, **options)
    return finding


def fields(finding: Finding, *without: str) -> Mapping[str, Any]:
    """The values that were found, `confidence` and those named left out."""
    assert isinstance(finding.fields, dict)
    left = {"confidence", *without}
    return {key: value for key, value in finding.fields.items() if value not in (None, []) and key not in left}


def failed(finding: Finding) -> set[tuple[str, tuple[str, ...]]]:
    """The checks that failed: rule and fields."""
    return {(check.rule, check.fields) for check in finding.checks if check.passed is False}


def saved(folder: str) -> list[str]:
    """The names of the readings of drawn specimens that are kept in this folder."""
    return sorted(path.name.removesuffix(SUFFIX) for path in (HERE / folder).glob(f"*{SUFFIX}"))


def kept_reading(folder: str, case: str) -> Reading:
    """One of them."""
    return load_reading(HERE / folder / f"{case}{SUFFIX}", TODAY)


def drawn(folder: str, case: str) -> dict[str, Any]:
    """What was drawn there, not what was read."""
    truth: dict[str, Any] = json.loads((HERE / folder / f"{case}.expected.json").read_text(encoding="utf-8"))
    return truth
