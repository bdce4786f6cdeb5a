"""Invoices: how many are proven as a whole, and whether any of these has a wrong amount.

    python -m ocrcli.specimens invoice --count 200 --seed 7000 --pdf --out /tmp/right
    python -m ocrcli.specimens invoice --count 100 --seed 8000 --pdf --alter --out /tmp/altered
    python bench/invoice_proof.py /tmp/right/manifest.jsonl /tmp/altered/manifest.jsonl

A record is proven where every check passed; one whose checks lack a value is not. Amounts are those of the rows, their
sums, and the total. In a set with one digit misprinted on purpose (`--alter`) no record may be proven.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from common import tell

from ocrcli.evaluate.manifest import Sample, load_manifest
from ocrcli.evaluate.values import at, leaves
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.pipeline import Session

_AMOUNTS = ("amount", "tax", "subtotal_amount", "subtotal_tax", "total")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("manifests", nargs="+", type=Path)
    given = parser.parse_args()
    session = Session("invoice", ReadOptions())
    headers = ("set", "files", "proven", "a check failed", "proven, with a wrong amount")
    tell("Invoices proven as a whole", headers, [row(session, manifest) for manifest in given.manifests])


def row(session: Session, manifest: Path) -> tuple[str, ...]:
    samples = [sample for sample in load_manifest(manifest) if sample.service == "invoice"]
    read = [(sample, record) for sample in samples for record in records(session, sample)]
    proven = [(sample, record) for sample, record in read if is_proven(record)]
    failed = sum(any(check["passed"] is False for check in record.get("checks", ())) for _, record in read)
    wrong = sum(has_wrong_amount(sample, record) for sample, record in proven)
    return manifest.parent.name, str(len(samples)), str(len(proven)), str(failed), str(wrong)


def records(session: Session, sample: Sample) -> Iterator[dict[str, Any]]:
    return session.read(Given(sample.name, str(sample.path)))


def is_proven(record: dict[str, Any]) -> bool:
    checks = record.get("checks", ())
    return bool(checks) and all(check["passed"] for check in checks)


def has_wrong_amount(sample: Sample, record: dict[str, Any]) -> bool:
    told = leaves(sample.truth["fields"])
    return any(at(record["fields"], place) != value for key, place, value in told if key.split("/")[-1] in _AMOUNTS)


if __name__ == "__main__":
    main()
