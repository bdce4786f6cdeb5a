"""docs/architecture.md names every room of the package, in the order of the floors."""

from __future__ import annotations

import re
from pathlib import Path

import ocrcli
from tests.test_layers import FLOOR

PACKAGE = Path(ocrcli.__file__).parent
PAGE = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")


def rooms() -> list[list[str]]:
    """The rooms of each row of the table."""
    table = PAGE.split("\n## Rooms\n")[1].split("\n## ")[0]
    return [re.findall(r"`(\w+)(?:/|\.py)`", row.split("|")[1]) for row in table.splitlines() if row.startswith("| `")]


def test_every_room_is_described_once() -> None:
    there = {path.name.removesuffix(".py") for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    named = [room for row in rooms() for room in row]
    assert sorted(named) == sorted(there - {"__init__", "__main__", "__pycache__"})


def test_they_stand_from_the_top_down() -> None:
    floors = [FLOOR[room] for row in rooms() for room in row]
    assert floors == sorted(floors, reverse=True)


def test_files_that_the_page_names_are_there() -> None:
    for folder in ("forms", "layout", "engine", "vision", "specimens", "services"):
        for name in re.findall(rf"`{folder}/([\w/]+\.py)`", PAGE):
            assert (PACKAGE / folder / name).is_file(), name
