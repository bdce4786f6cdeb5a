"""Digital invoices: how many a second one core reads, and how much of that PyMuPDF needs for the words alone.

    python -m ocrcli.specimens invoice --count 90 --pdf --out /tmp/invoices
    python bench/invoices.py /tmp/invoices/*.pdf

Nothing is read from pictures: a file whose text layer is not sound is named and left out.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import pymupdf
from common import tell

from ocrcli.errors import OcrError
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.page import Reading
from ocrcli.pipeline import Session


class NoReader:
    """Stands where the engine would: whoever asks it to read has no digital page."""

    def read(self, *_: object) -> Reading:
        raise OcrError("unreadable", "not digital")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+", help="PDF and OFD invoices")
    parser.add_argument("--rounds", type=int, default=3, help="how often all files are read; the first is not counted")
    given = parser.parse_args()
    session = Session("invoice", ReadOptions(threads=1), NoReader())
    digital = [file for file in given.files if is_digital(session, file)]
    rows = []
    for suffix in (".pdf", ".ofd"):
        files = [file for file in digital if file.endswith(suffix)]
        if files:
            ours = [timed(read, session, files) for _ in range(given.rounds)][1:]
            words = [timed(read_words, files) for _ in range(given.rounds)][1:] if suffix == ".pdf" else []
            rows.append(row(suffix, len(files), ours, words))
    headers = ("files", "n", "a second and core", "ms each", "PyMuPDF's words, ms", "ratio")
    tell(f"Digital invoices, {len(digital)} of {len(given.files)} files", headers, rows)


def row(suffix: str, count: int, ours: Sequence[float], words: Sequence[float]) -> tuple[str, ...]:
    mine, theirs = median(ours) / count, median(words) / count if words else None
    peer = (f"{1000 * theirs:.1f}", f"{mine / theirs:.1f}") if theirs else ("", "")
    return suffix[1:].upper(), str(count), f"{1 / mine:.0f}", f"{1000 * mine:.1f}", *peer


def is_digital(session: Session, file: str) -> bool:
    return all("error" not in record for record in session.read(Given(name=file, path=file)))


def read(session: Session, files: Sequence[str]) -> None:
    for file in files:
        for _ in session.read(Given(name=file, path=file)):
            pass


def read_words(files: Sequence[str]) -> None:
    for file in files:
        with pymupdf.open(stream=Path(file).read_bytes()) as document:
            for page in document:
                page.get_text("words")


def timed(work: Callable[..., None], *given: object) -> float:
    start = time.process_time()
    work(*given)
    return time.process_time() - start


if __name__ == "__main__":
    main()
