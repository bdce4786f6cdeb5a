"""A room imports only what lies below it (docs/architecture.md), and nothing that the help touches is heavy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "ocrcli"

# From the ground up; rooms on one row may know each other.
FLOORS: list[tuple[str, ...]] = [
    ("context", "errors", "geometry", "key_names", "limits", "options", "safe_text", "sheets", "signs", "wording"),
    ("page",),
    ("finding",),
    ("checks",),
    ("inputs",),
    ("vision",),
    ("engine",),
    ("layout",),
    ("forms",),
    ("declaration",),
    ("extras",),
    ("steps",),
    ("services",),
    ("records",),
    ("specimens",),
    ("outputs",),
    ("pipeline",),
    ("library", "evaluate", "batch", "scaffold", "typed"),
    ("cli",),
]
FLOOR = {room: i for i, rooms in enumerate(FLOORS) for room in rooms}
# The package's own front door shows the library lazily; a service's declaration is read by records and outputs.
FRONT_DOOR = {"__init__", "__main__"}


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """The rooms that a file imports, wherever in it the import stands; those for type checkers only don't count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in ast.walk(block)
    }
    rooms = set()
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        rooms |= {name.split(".")[1] for name in names if name.startswith("ocrcli.")}
    return rooms & FLOOR.keys()


FILES = sorted(p for p in ROOT.rglob("*.py") if room_of(p) not in FRONT_DOOR)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_imports_only_what_lies_below(path: Path) -> None:
    room = room_of(path)
    assert room in FLOOR, f"{room} has no floor yet: give it one here and in docs/architecture.md"
    above = {other for other in imports_of(path) - {room} if FLOOR[other] > FLOOR[room]}
    assert not above, f"{path.relative_to(ROOT)} imports from above: {', '.join(sorted(above))}"


def test_only_services_know_a_step_by_name() -> None:
    knowing = {room_of(path) for path in FILES if "steps" in imports_of(path)}
    assert knowing == {"services"}


def test_the_check_can_fail(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def f():\n    from ocrcli.cli.app import main\n    from ocrcli import batch\n")
    assert imports_of(bad) == {"cli", "batch"}


HEAVY = ("pydantic", "cv2", "numpy", "paddle", "paddleocr", "paddlex", "PIL", "pymupdf", "openpyxl", "onnxruntime")


@pytest.mark.parametrize("words", [["--help"], ["general", "--help"], ["--version"]])
def test_the_help_loads_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys\n"
        "from ocrcli.cli.app import main\n"
        f"sys.argv = ['ocrcli', *{words!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        f"print('HEAVY', sorted(set({HEAVY!r}) & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "HEAVY []"
