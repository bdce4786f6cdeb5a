"""Reads drawn sets that nobody has looked at, and keeps the figures for the documents.

    python bench/services.py --seed 7301 --count 25 [--level 1 --level 2 --level 3] [SERVICE ...]
    python bench/services.py --real MANIFEST [SERVICE ...]
    python bench/services.py --render

Each set's figures go into bench/figures.jsonl, a line a set, with the commit that was measured; a set of the same
service and level takes the older one's place. `--render` writes the table into docs between its two marks; a
test holds that they agree. `--readings DIR` keeps pictures and readings, so that a stopped run goes on.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ocrcli.evaluate.report import ServiceResult
from ocrcli.evaluate.run import run_eval
from ocrcli.options import ReadOptions
from ocrcli.specimens.press import Run, press

ROOT = Path(__file__).parent.parent
FIGURES = Path(__file__).with_name("figures.jsonl")
PAGE = ROOT / "docs" / "accuracy.md"
MARKS = ("<!-- figures: services -->", "<!-- end -->")
SERVICES = ("train-ticket", "taxi-invoice", "driver-license", "vehicle-license", "bank-card", "business-license")
SETS = ("level 1", "level 2", "level 3", "real")
_ENOUGH = 100  # values, for a percentage

Figure = Mapping[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("services", nargs="*", default=SERVICES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=25)
    parser.add_argument("--level", type=int, action="append")
    parser.add_argument("--real", type=Path, help="a manifest of real pictures instead of drawn ones")
    parser.add_argument("--readings", type=Path)
    parser.add_argument("--render", action="store_true", help="only write the table into the document")
    options = parser.parse_args()
    if not options.render:
        with tempfile.TemporaryDirectory() as own:
            folder = options.readings or Path(own)
            for figure in _real(options) if options.real else _drawn(options, folder):
                keep(figure)
                print(json.dumps(figure, ensure_ascii=False), flush=True)
    write_page()


def _drawn(options: argparse.Namespace, folder: Path) -> Iterator[Figure]:
    for service in options.services:
        for level in options.level or (1, 2, 3):
            out = folder / f"{service}-{level}-{options.seed}"
            manifest = out / "manifest.jsonl"
            if not manifest.exists():
                manifest = press(Run(service, options.count, level, options.seed), out)
            report = run_eval(manifest, readings=out / "readings", options=ReadOptions(threads=1))
            how = f"--count {options.count} --level {level} --seed {options.seed}"
            yield _figure(report.services[0], f"level {level}", how)


def _real(options: argparse.Namespace) -> Iterator[Figure]:
    report = run_eval(options.real, services=set(options.services), options=ReadOptions(threads=1))
    yield from (_figure(service, "real", "real pictures") for service in report.services if service.files)


def _figure(result: ServiceResult, name: str, how: str) -> Figure:
    counted = {key: [int(t.count), t.of] for key, t in result.tallies.items() if "/" not in key}
    return {
        "service": result.service,
        "set": name,
        "how": how,
        "commit": commit(),
        "pictures": len(result.files),
        "failed": result.failed,
        **counted,
    }


def commit() -> str:
    """The commit that is measured, with a + where the tree has changes."""
    run = ["git", "describe", "--always", "--abbrev=7", "--dirty=+", "--exclude=*"]
    return subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def figures() -> list[Figure]:
    """All that was measured, in the order of the file."""
    return [json.loads(line) for line in FIGURES.read_text(encoding="utf-8").splitlines()] if FIGURES.exists() else []


def keep(figure: Figure) -> None:
    """Puts a figure into the file, in the place of the older one of its service and set."""
    others = [f for f in figures() if (f["service"], f["set"]) != (figure["service"], figure["set"])]
    rows = sorted([*others, figure], key=lambda f: (f["service"], SETS.index(f["set"])))
    FIGURES.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def table(rows: Sequence[Figure]) -> str:
    """The table in Markdown: values right, in brackets those wrong and not marked, a set a line."""
    lines = ["| service | set | values right | wrong and not marked | measured at |", "|---|---|---|---|---|"]
    for row in rows:
        name = f"{row['set']}, {row['pictures']} pictures" + ("" if row["set"] == "real" else f", `{row['how']}`")
        cells = [
            f"`{row['service']}`",
            name,
            _share(row["fields"]),
            _share(row["wrong_unmarked"]),
            f"`{row['commit']}`",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _share(counted: Sequence[int]) -> str:
    right, of = counted
    return f"{right:,} of {of:,}" + (f" ({100 * right / of:.1f} %)" if of >= _ENOUGH and right else "")


def write_page() -> None:
    """The document, with the table as the figures are now."""
    PAGE.write_text(rendered(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def rendered(page: str) -> str:
    """A page with the table between its marks."""
    start, end = MARKS
    if start not in page:
        sys.exit(f"{PAGE.name} has no {start}")
    before, _, rest = page.partition(start)
    return f"{before}{start}\n{table(figures())}\n{end}{rest.partition(end)[2]}"


if __name__ == "__main__":
    main()
