"""What all benches share: pages of files, and tables with the command line that made them."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from ocrcli.errors import OcrError
from ocrcli.inputs.discover import Given
from ocrcli.inputs.opening import load, open_document
from ocrcli.options import ReadOptions
from ocrcli.page import Pixels
from ocrcli.services import find_service

# The command of the environment that runs the bench.
OCRCLI = str(Path(sys.executable).with_name("ocrcli"))


def pictures(path: Path, pages: str = "all") -> Iterator[Pixels]:
    """The pages of a file as pixels (H × W × 3, BGR), PDF pages rendered as ocrcli renders them."""
    options = ReadOptions(pages=pages, pdf_text="never", limits="warn")
    limits = find_service("general").limits
    with open_document(load(Given(path.name, str(path)), limits, options), limits, options) as document:
        for page in document.pages():
            if isinstance(page, OcrError):
                raise page
            if page.printed is None:
                yield page.pixels


def tell(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a Markdown table under the command line that made it and what it ran with."""
    print(f"\n## {title}\n\n{machine()}\n\n    {command_line()}\n")
    for cells in (headers, ["---"] * len(headers), *rows):
        print(f"| {' | '.join(cells)} |")


def command_line() -> str:
    """The command that is running, as it can be typed again."""
    return shlex.join(["python", *sys.argv])


def machine() -> str:
    """One line that says where and with what the figures were made."""
    packages = ("ocrcli", "paddleocr", "rapidocr", "onnxruntime")
    return f"{cores()} cores; " + ", ".join(f"{package} {version(package)}" for package in packages)


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share(count: float, of: int) -> str:
    """n of N and the percentage."""
    return f"{100 * count / of:.2f} % ({count:.0f} of {of})" if of else "none"
