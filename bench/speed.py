"""How fast: warm per page, cold whole process, and a batch; everything that is compared runs in turns in one run.

    python bench/speed.py warm [MANIFEST...] [--rounds 5] [--count N]
    python bench/speed.py cold [--rounds 7]
    python bench/speed.py batch [--pages 200] [--rounds 1]

warm: pixels in, text out, models loaded. Real pages are the pictures with true lines of the manifests; a dense A4 page
at 300 dpi and a photo of 12 megapixels are drawn. The floor is bare ONNX Runtime on the very inputs that ocrcli gave
its detector and recogniser for that page, on the same sessions, the recogniser's called from as many threads.
cold: from the start of the process to its end, one small picture. batch: a folder of drawn pages through the command.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import groupby
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import cv2
from common import OCRCLI, cores, pictures, tell
from drawn import draw_pages, write
from peers import Ocrcli, PaddlePipeline, Peer, RapidOcr

from ocrcli.evaluate.manifest import load_manifest
from ocrcli.page import Pixels
from ocrcli.specimens.odd_pages import single_line
from ocrcli.specimens.pages import article, dense
from ocrcli.specimens.spoil import spoilt

PHOTO_PIXELS = 12_000_000
RAPID_SCRIPT = "import sys, json; from rapidocr import RapidOCR; print(json.dumps(RapidOCR()(sys.argv[1]).txts))"


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The median seconds of each piece of work, all of them run one after another in every round."""
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*times, strict=True)]


class Floor:
    """The model runs of one page, to be repeated without anything around them."""

    def __init__(self, ours: Ocrcli, picture: Pixels) -> None:
        import onnxruntime

        self._calls: list[tuple[Any, Any, Any]] = []
        run = onnxruntime.InferenceSession.run

        def noting(session: Any, names: Any, feeds: Any, options: Any = None) -> Any:
            self._calls.append((session, names, feeds))
            return run(session, names, feeds, options)

        with patch.object(onnxruntime.InferenceSession, "run", noting):
            ours.lines(picture)
        self._pool = ThreadPoolExecutor(cores())

    def run(self) -> None:
        for _, calls in groupby(self._calls, key=lambda call: id(call[0])):
            batch = list(calls)
            # A session with several threads inside is called once at a time; one with one thread from several.
            alone = batch[0][0].get_session_options().intra_op_num_threads != 1
            each = map if alone else self._pool.map
            list(each(lambda call: call[0].run(call[1], call[2]), batch))


def warm(asked: argparse.Namespace) -> None:
    ours = Ocrcli()
    peers: list[Peer] = [ours, RapidOcr(), PaddlePipeline()]
    names = [*(peer.name for peer in peers), "floor"]
    rows = []
    for title, pages in _warm_sets(asked):
        totals = [0.0] * len(names)
        count = 0
        for picture in pages:
            for peer in peers:
                peer.lines(picture)
            floor = Floor(ours, picture)
            works: list[Callable[[], object]] = [partial(peer.lines, picture) for peer in peers]
            works.append(floor.run)
            totals = [total + t for total, t in zip(totals, in_turns(works, asked.rounds), strict=True)]
            count += 1
        if count:
            ratios = [f"{totals[0] / total:.2f}" for total in totals[1:]]
            rows.append((title, str(count), *(f"{total / count:.3f}" for total in totals), *ratios))
    headers = ("set", "pages", *(f"{name}, s a page" for name in names), *(f"ocrcli / {name}" for name in names[1:]))
    tell(f"Warm, median of {asked.rounds} rounds in turns, mean over pages", headers, rows)


def _warm_sets(asked: argparse.Namespace) -> Iterator[tuple[str, Iterable[Pixels]]]:
    for manifest in asked.manifests:
        samples = [s for s in load_manifest(manifest) if "lines" in s.truth and s.path.suffix not in (".pdf", ".ofd")]
        yield f"{manifest} (real)", (page for s in samples[: asked.count] for page in pictures(s.path))
    seeds = range(min(3, asked.count or 3))
    yield "dense A4, 300 dpi (drawn)", (dense(seed).picture for seed in seeds)
    yield "photo, 12 megapixels (drawn)", (photo(seed) for seed in seeds)


def photo(seed: int) -> Pixels:
    """A printed page on a desk, photographed a little askew, as large as a phone makes it."""
    picture = spoilt(article(seed, dpi=300), 1, seed, background="desk").picture
    scale = (PHOTO_PIXELS / (picture.shape[0] * picture.shape[1])) ** 0.5
    large: Pixels = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return large


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def cold(asked: argparse.Namespace) -> None:
    with TemporaryDirectory() as folder:
        small = str(write(single_line(1).picture, Path(folder) / "small.png"))
        works = [partial(run, OCRCLI, "general", small), partial(run, sys.executable, "-c", RAPID_SCRIPT, small)]
        for work in works:
            work()  # the files of both come from the disk once
        ours, rapid = in_turns(works, asked.rounds)
    headers = ("one small picture", "s", "ocrcli / RapidOCR")
    rows = [("ocrcli general", f"{ours:.2f}", f"{ours / rapid:.2f}"), ("RapidOCR in a script", f"{rapid:.2f}", "")]
    tell(f"Cold, whole process, median of {asked.rounds} rounds in turns", headers, rows)


def batch(asked: argparse.Namespace) -> None:
    settings = [["--jobs", "1", "--threads", "1"], ["--jobs", "2", "--threads", "1"], []]
    with TemporaryDirectory() as folder:
        pages = Path(folder) / "pages"
        draw_pages(pages, asked.pages)
        works = [partial(_batch_run, pages, asked.pages, Path(folder) / "out.jsonl", s) for s in settings]
        times = in_turns(works, asked.rounds)
    rows = [
        (" ".join(s) or "default", f"{t:.1f}", f"{asked.pages / t:.2f}", f"{times[0] / t:.2f}")
        for s, t in zip(settings, times, strict=True)
    ]
    headers = ("ocrcli general FOLDER", "s", "pages a second", f"× {' '.join(settings[0])}")
    tell(f"Batch of {asked.pages} drawn pages, median of {asked.rounds} rounds in turns", headers, rows)


def _batch_run(pages: Path, count: int, out: Path, settings: Sequence[str]) -> None:
    out.unlink(missing_ok=True)
    run(OCRCLI, "general", str(pages), "-o", str(out), "-q", *settings)
    records = out.read_text(encoding="utf-8").count("\n")
    if records != count:
        raise SystemExit(f"{records} records for {count} pages")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(required=True)
    part = parts.add_parser("warm")
    part.add_argument("manifests", nargs="*", type=Path, metavar="MANIFEST")
    part.add_argument("--rounds", type=int, default=5)
    part.add_argument("--count", type=int, help="only COUNT pages of each set")
    part.set_defaults(run=warm)
    part = parts.add_parser("cold")
    part.add_argument("--rounds", type=int, default=7)
    part.set_defaults(run=cold)
    part = parts.add_parser("batch")
    part.add_argument("--pages", type=int, default=200)
    part.add_argument("--rounds", type=int, default=1)
    part.set_defaults(run=batch)
    asked = parser.parse_args()
    asked.run(asked)


if __name__ == "__main__":
    main()
