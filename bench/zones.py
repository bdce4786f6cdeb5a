"""Machine-readable zones: ocrcli beside PassportEye 2.2.2, which reads them with Tesseract.

    apt install tesseract-ocr && python -m venv /tmp/pe && /tmp/pe/bin/pip install PassportEye
    python bench/zones.py MANIFEST --mrz /tmp/pe/bin/mrz

PassportEye has an environment of its own, its command `mrz` is run on each picture. Lines are right where every
character is.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from common import share, tell

from ocrcli.evaluate.manifest import Sample, load_manifest
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.pipeline import Session

Read = Callable[[Path], list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--mrz", default="mrz", help="PassportEye's command")
    given = parser.parse_args()
    samples = [s for s in load_manifest(given.manifest) if "mrz" in (s.truth.get("fields") or ())]
    readers: dict[str, Read] = {"**ocrcli**": ocrcli_reader(), "PassportEye 2.2.2": lambda p: passporteye(given.mrz, p)}
    rows = [row(name, read, samples) for name, read in readers.items()]
    tell("Machine-readable zones", ("reader", "lines right", "zones with all lines right"), rows)


def row(name: str, read: Read, samples: Sequence[Sample]) -> tuple[str, str, str]:
    right, whole, lines = 0, 0, 0
    for sample in samples:
        truth, found = sample.truth["fields"]["mrz"], read(sample.path)
        right += sum(line in found for line in truth)
        whole += found == truth
        lines += len(truth)
    return name, share(right, lines), f"{whole} of {len(samples)}"


def ocrcli_reader() -> Read:
    session = Session("passport", ReadOptions())

    def read(path: Path) -> list[str]:
        records = session.read(Given(path.name, str(path)))
        return next((record["fields"]["mrz"] or [] for record in records if "fields" in record), [])

    return read


def passporteye(command: str, path: Path) -> list[str]:
    """The lines that PassportEye found; none where it found no zone."""
    told = subprocess.run([command, "--json", str(path)], capture_output=True, text=True, check=True).stdout
    return str(json.loads(told).get("raw_text") or "").split()


if __name__ == "__main__":
    main()
