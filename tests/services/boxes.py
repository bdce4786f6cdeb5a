"""Pages made of boxes of text, for the tests of declared services, and what those find on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ocrcli.declaration import Service
from ocrcli.engine.replay import SUFFIX, load_reading
from ocrcli.finding import Finding
from ocrcli.forms.results import completed
from ocrcli.geometry import quad_of_box
from ocrcli.layout.upright import units
from ocrcli.page import Line, Reading
from tests.days import TODAY

EM = 24.0
Box = tuple[str, float, float]
HERE = Path(__file__).parent


def reading(*boxes: Box, em: float = EM) -> Reading:
    """A page with these texts: what each says, and its top left in px."""
    lines = tuple(Line(text, 0.99, quad_of_box(x, y, x + units(text) * em, y + 1.2 * em)) for text, x, y in boxes)
    return Reading(3000.0, 2500.0, "px", 1, 1, "ocr", lines, today=TODAY)


def each(service: Service, page: Reading) -> list[Finding]:
    """All that the service finds."""
    own = service.defaults()
    return [completed(finding, service.fields, own, page) for finding in service.read(page, own)]


def found(service: Service, page: Reading) -> Finding:
    """The only document."""
    [finding] = each(service, page)
    return finding


def values(finding: Finding) -> Mapping[str, Any]:
    """Its result keys."""
    assert isinstance(finding.fields, dict)
    return finding.fields


def saved(folder: str, name: str) -> tuple[Reading, dict[str, Any]]:
    """A saved reading of a drawn specimen, and its truth."""
    expected = json.loads((HERE / folder / f"{name}.expected.json").read_text(encoding="utf-8"))
    return load_reading(HERE / folder / f"{name}{SUFFIX}", TODAY), expected


def outcome(finding: Finding, rule: str) -> list[bool | None]:
    """What the checks with this rule say."""
    return [check.passed for check in finding.checks if check.rule == rule]
