"""Spoils files and reads them, for as long as one likes: nothing but records and errors of the contract may come out.

    python bench/fuzz.py [FILE...] [--minutes 10] [--seed 0] [--keep DIR]

Without files, those in samples/. Each spoilt file goes through all services that read digital pages, and PDF and OFD
files only as far as their own words go (`--pdf-text only`); pictures go as far as their pixels. Whatever raises another
exception than OcrError, takes more than 30 s, or grows the process by more than a gigabyte is counted and kept.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from pathlib import Path
from random import Random

from common import tell

from ocrcli.errors import OcrError
from ocrcli.inputs.discover import Given
from ocrcli.inputs.opening import load, open_document
from ocrcli.options import ReadOptions
from ocrcli.page import Page
from ocrcli.pipeline import Session
from ocrcli.services import find_service
from ocrcli.specimens.mutate import mutated

SAMPLES = Path(__file__).parents[1] / "samples"
SERVICES = ("general", "invoice", "classify", "table")
OPTIONS = ReadOptions(limits="warn", pdf_text="only")
SLOW_S = 30.0
GROWN_KB = 1 << 20


def read(name: str, data: bytes, service: str) -> str:
    """What became of the file: "read", an error's code, or the type of an exception that should not be."""
    given = Given(name, None, data, name)
    try:
        if Path(name).suffix.lower() in (".pdf", ".ofd"):
            codes = [r["error"]["code"] for r in Session(service, OPTIONS).read(given) if "error" in r]
            return codes[0] if codes else "read"
        limits = find_service(service).limits
        with open_document(load(given, limits, OPTIONS), limits, OPTIONS) as document:
            for page in document.pages():
                if isinstance(page, Page):
                    page.pixels  # noqa: B018  # decoded when asked for
        return "read"
    except OcrError as error:
        return error.code
    except Exception as fault:
        return f"FAULT {type(fault).__name__}"


def grown_kb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="where to write what went wrong")
    asked = parser.parse_args()
    files = asked.files or [path for path in sorted(SAMPLES.iterdir()) if path.suffix in (".pdf", ".png", ".jpg")]
    outcomes: Counter[str] = Counter()
    end = time.monotonic() + 60 * asked.minutes
    seed = asked.seed
    while time.monotonic() < end:
        path, service = files[seed % len(files)], SERVICES[seed // len(files) % len(SERVICES)]
        data = mutated(path.read_bytes(), Random(seed))
        before, started = grown_kb(), time.monotonic()
        outcome = read(path.name, data, service)
        if time.monotonic() - started > SLOW_S:
            outcome = f"SLOW {outcome}"
        if grown_kb() - before > GROWN_KB:
            outcome = f"LARGE {outcome}"
        outcomes[outcome] += 1
        if outcome.startswith(("FAULT", "SLOW", "LARGE")):
            print(f"seed {seed}, {path.name}, {service}: {outcome}", flush=True)
            if asked.keep:
                asked.keep.mkdir(parents=True, exist_ok=True)
                (asked.keep / f"{seed}-{service}-{path.name}").write_bytes(data)
        seed += 1
    total = sum(outcomes.values())
    rows = [(what, f"{count} of {total}") for what, count in outcomes.most_common()]
    tell(f"Spoilt files, seeds {asked.seed} to {seed - 1}", ("what came out", "files"), rows)


if __name__ == "__main__":
    main()
