"""The typed view of the services is what the declarations say, and checkers of types make of it what is meant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import ocrcli
from ocrcli.options import ReadOptions
from ocrcli.records import Record
from ocrcli.services import all_services
from ocrcli.typed import SharedOptions
from ocrcli.typed.cards import IdcardFields
from ocrcli.typed.making import files
from tests.docs.blocks import blocks_of

FOLDER = Path(ocrcli.__file__).parent / "typed"
BY_HAND = {"__init__.py", "__main__.py", "making.py"}

USE = """\
import ocrcli
ocrcli.read("a.png", "idcrad")
ocrcli.read("a.png", "idcard", side="fornt")
ocrcli.read("a.png", "idcard", sied="front")
[card] = ocrcli.read("a.png", "idcard", side="front", details=True, engine="onnx")
card.fields["nmae"]
reveal_type(card.fields["number"])
with ocrcli.Reader() as reader:
    reader.read("a.png", "idcard", engine="onnx")
    reveal_type(reader.read("a.png", "plate")[0].fields[0]["plate_number"])
    reveal_type(reader.read("a.png", "invoice")[0].fields["item_list"][0]["amount"])
    reveal_type(reader.read("a.png")[0].fields["direction"])
    reveal_type(reader.records("a.png", "auto", {}))
ocrcli.to_frame(ocrcli.read("a.png", "vin"))
"""
WRONG = {2, 3, 4, 6, 9}
REVEALED = [
    (7, "str | None"),
    (10, "str | None"),
    (11, "str | None"),
    (12, "float | None"),
    (13, "list[ocrcli.records.Record[dict[str, Any] | list[dict[str, Any]]]]"),
]


def test_the_files_are_those_that_the_declarations_make() -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py") if path.name not in BY_HAND}
    assert there == files(), "make them anew with: python -m ocrcli.typed"


def test_shared_options_are_those_of_a_reading() -> None:
    known = get_type_hints(ReadOptions)
    assert {name: known[name] for name in get_type_hints(SharedOptions)} == get_type_hints(SharedOptions)


def test_every_service_has_an_overload() -> None:
    for text in (files()["read.py"], files()["reader_read.py"]):
        assert all(f'Literal["{name}"' in text for name in all_services())
        assert text.count("@overload") == len(all_services())


def test_a_record_may_be_named_with_its_keys_when_the_program_runs() -> None:
    assert issubclass(Record[IdcardFields], Record)
    assert Record.model_fields["fields"].annotation is not Any


@pytest.mark.slow
def test_a_checker_of_types_knows_keys_and_options(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    (tmp_path / "use.py").write_text(USE)
    example = next(block.text for block in blocks_of("docs/python.md") if "ocrcli.typed" in block.text)
    (tmp_path / "example.py").write_text(example)
    root = FOLDER.parents[1]
    settings = ["--config-file", str(root / "pyproject.toml"), "--cache-dir", str(root / ".mypy_cache")]
    settings += ["--hide-error-context", "--no-color-output", "--no-error-summary"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *settings, str(tmp_path / "use.py"), str(tmp_path / "example.py")],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=600,
    )
    lines = [line.split("use.py:")[1].split(":", 1) for line in done.stdout.splitlines() if "use.py:" in line]
    assert "example.py:" not in done.stdout
    assert {int(number) for number, said in lines if " error: " in said} == WRONG, done.stdout
    revealed = [(int(number), said.split('"')[1]) for number, said in lines if "Revealed" in said]
    assert revealed == REVEALED
