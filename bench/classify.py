"""What finding and naming documents costs: `auto` beside the documents' own services, on pages with one document.

    python bench/classify.py [MANIFEST...] [--rounds 5] [--count N]

Both read the same pictures in turns with the same warm models; the figures are seconds of processor time, which other
work on the machine does not change much. Without manifests, identity cards, passports and invoices are drawn.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from common import tell

from ocrcli.context import Context
from ocrcli.engine.base import LateReader
from ocrcli.evaluate.manifest import Sample, load_manifest
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.pipeline import Session
from ocrcli.specimens.press import Run, press

DRAWN = ("idcard", "passport", "invoice")
ONE_DOCUMENT = (*DRAWN, "vin")


def seconds(session: Session, sample: Sample) -> float:
    start = time.process_time()
    list(session.read(Given(sample.name, str(sample.path))))
    return time.process_time() - start


def samples(manifests: list[Path], count: int, folder: Path) -> Iterator[Sample]:
    drawn = (press(Run(service, count, level=1, seed=61), folder / service) for service in DRAWN)
    for manifest in manifests or drawn:
        yield from (s for s in load_manifest(manifest) if s.service in ONE_DOCUMENT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=4, help="drawn pictures of each service")
    given = parser.parse_args()
    options = ReadOptions(limits="warn", threads=1)
    context = Context(options.threads)
    reader = LateReader(options, context)
    auto = Session("auto", options, reader, context)
    times: dict[str, list[tuple[float, float]]] = {}
    with TemporaryDirectory() as folder:
        for sample in samples(given.manifest, given.count, Path(folder)):
            own = Session(sample.service, options, reader, context)
            seconds(own, sample)  # the models are loaded, the picture's file is in memory
            rounds = [(seconds(own, sample), seconds(auto, sample)) for _ in range(given.rounds)]
            times.setdefault(sample.service, []).append((median(r[0] for r in rounds), median(r[1] for r in rounds)))
    rows = []
    for service, pairs in times.items():
        alone, both = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
        worst = max(pair[1] / pair[0] for pair in pairs)
        rows.append((service, str(len(pairs)), f"{alone:.2f}", f"{both:.2f}", f"{both / alone:.2f}", f"{worst:.2f}"))
    tell("auto beside the service", ("service", "pages", "alone, s", "auto, s", "ratio", "worst page"), rows)


if __name__ == "__main__":
    main()
