"""What a run holds open is opened once, and gone with the run."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

import ocrcli
from ocrcli.context import Context
from ocrcli.engine.structure import open_structure_model

ROOT = Path(ocrcli.__file__).parent


def test_what_is_asked_for_twice_is_opened_once() -> None:
    asked: list[tuple[object, ...]] = []

    def opener(*args: object) -> list[object]:
        asked.append(args)
        return list(args)

    context = Context()
    first = context.opened(opener, "province")
    assert context.opened(opener, "province") is first
    assert context.opened(opener, "end") == ["end"] and asked == [("province",), ("end",)]
    assert Context().opened(opener, "province") is not first  # each run has its own


def test_nothing_is_left_after_the_run() -> None:
    context = Context(threads=2)
    first: list[object] = context.opened(list)
    executor = context.executor
    assert executor is context.executor
    assert executor is not None and executor.submit(int, "7").result() == 7
    context.close()
    assert context.opened(list) is not first
    with pytest.raises(RuntimeError):
        executor.submit(int, "7")
    assert context.executor is not executor


def test_one_thread_needs_no_executor() -> None:
    assert Context(threads=1).executor is None


def test_an_opener_that_failed_is_tried_again() -> None:
    tries: list[int] = []

    def opener() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OSError
        return "open"

    context = Context()
    with pytest.raises(OSError):
        context.opened(opener)
    assert context.opened(opener) == "open"


@pytest.mark.engine
def test_a_model_goes_with_its_run() -> None:
    code = (
        "import gc, weakref\n"
        "from ocrcli.context import Context\n"
        "from ocrcli.engine.structure import open_structure_model\n"
        "context = Context()\n"
        "held = weakref.ref(context.opened(open_structure_model))\n"
        "assert held() is not None\n"
        "context.close(); gc.collect()\n"
        "assert held() is None\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_no_opener_keeps_what_it_opened() -> None:
    """A cache before an opener would be one of the whole process."""
    assert not hasattr(open_structure_model, "cache_info")
    for path in ROOT.rglob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for before, line in itertools.pairwise(lines):
            if line.startswith(("def open_", "    def open")):
                assert "cache" not in before, f"{path}: {line}"
