"""What all files of ocrcli/checks have in common."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

import ocrcli.checks
from ocrcli.checks import Kind, Rule, all_rules, is_check_digit

FILES = sorted(path for path in Path(ocrcli.checks.__file__).parent.glob("*.py") if path.stem != "__init__")


def test_no_two_rules_share_an_id() -> None:
    ids: dict[str, Rule] = {}
    for path in FILES:
        for value in vars(import_module(f"ocrcli.checks.{path.stem}")).values():
            if isinstance(value, Rule):
                assert ids.setdefault(value.id, value) == value
    assert ids == all_rules()
    assert {rule.kind for rule in ids.values()} == set(get_args(Kind))


@pytest.mark.parametrize(
    ("rule", "known"),
    [
        *((rule, True) for rule in ("gb11643", "gb32100", "gb11714", "gs15", "luhn", "vin", "mrz-td1", "mrz-mrvb")),
        *((rule, False) for rule in ("gb11643-consistency", "mrz-vs-print", "vin-year", "plate-cn", "no-such-rule")),
    ],
)
def test_which_rules_compute_a_check_digit(rule: str, known: bool) -> None:
    assert is_check_digit(rule) is known


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_shows_examples_that_hold(path: Path) -> None:
    """What is wrong with one is printed above the failed assertion."""
    result = doctest.testmod(import_module(f"ocrcli.checks.{path.stem}"))
    assert result.attempted > 0 and result.failed == 0
