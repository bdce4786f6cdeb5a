"""How well text is read: ocrcli, RapidOCR with the same weights, and PaddleOCR's own pipeline, on the same pixels.

    python bench/text.py MANIFEST...            (the form of a manifest: docs/eval.md)

Every picture with true lines is read by each reader; PDF pages are rendered first. The figures are those of
`ocrcli eval` (docs/eval.md), with full width as half width and capitals as small letters.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from common import pictures, share, tell
from peers import PEERS, Peer
from rich.console import Console
from rich.progress import track

from ocrcli.evaluate.lines import score_text
from ocrcli.evaluate.manifest import Sample, load_manifest
from ocrcli.evaluate.score import Score, Tally

ERROR = "line_error_caseless"
EXTRA = "extra_text"
HEADERS = (
    "reader",
    "pages",
    "wrong characters",
    "… width and case counted",
    "extra",
    "lines right",
    "order",
    "worst file",
)


@dataclass
class Standing:
    """A reader's figures on one set."""

    total: Score = field(default_factory=Score)
    files: int = 0
    worst: tuple[float, str] = (0.0, "none")

    def take(self, name: str, score: Score) -> None:
        self.total.merge(score)
        self.files += 1
        bad = score.tallies[ERROR].share or 0.0
        self.worst = max(self.worst, (bad, name), key=lambda worst: worst[0])

    def row(self, reader: str) -> tuple[str, ...]:
        figures = [
            self.total.tallies.get(name, Tally()) for name in (ERROR, "line_error", EXTRA, "lines_right", "order")
        ]
        worst = f"{self.worst[1]} ({100 * self.worst[0]:.1f} %)"
        return reader, str(self.files), *(share(tally.count, tally.of) for tally in figures), worst


def measure(samples: Sequence[Sample], peers: Sequence[Peer], pages: str) -> list[Standing]:
    standings = [Standing() for _ in peers]
    for sample in track(samples, description="reading", console=Console(stderr=True)):
        pixels = list(pictures(sample.path, pages))
        for peer, standing in zip(peers, standings, strict=True):
            read = [line for picture in pixels for line in peer.lines(picture)]
            score = score_text(sample.truth["lines"], read, partial=sample.truth.get("partial", False))
            standing.take(sample.name, score)
    return standings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifests", nargs="+", type=Path, metavar="MANIFEST")
    parser.add_argument("--readers", nargs="+", choices=list(PEERS), default=list(PEERS))
    parser.add_argument(
        "--pages", default="1", help="pages of a PDF (default 1: true lines are mostly those of page 1)"
    )
    parser.add_argument("--count", type=int, help="only the first COUNT pictures of each manifest")
    asked = parser.parse_args()
    peers = [PEERS[name]() for name in asked.readers]
    for manifest in asked.manifests:
        samples = [s for s in load_manifest(manifest) if "lines" in s.truth and s.path.suffix != ".ofd"][: asked.count]
        standings = measure(samples, peers, asked.pages)
        rows = [standing.row(peer.name) for peer, standing in zip(peers, standings, strict=True)]
        tell(f"Text: {manifest}", HEADERS, rows)


if __name__ == "__main__":
    main()
