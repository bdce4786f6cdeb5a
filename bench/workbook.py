"""Memory and time of a workbook of many invoices: `python bench/workbook.py [COUNT]`."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from random import Random
from typing import Any

from ocrcli.outputs.declared_workbook import write_declared
from ocrcli.services.receipts.invoice.workbook import WORKBOOK
from ocrcli.specimens.invoice_content import KINDS, invoice


class Records:
    """Made-up records, made anew each time they are gone through."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for seed in range(self.count):
            told = invoice(Random(seed), KINDS["digital-normal"])
            yield {
                "input": f"{seed}.pdf",
                "page": 1,
                "fields": {**told.values, "item_list": list(told.items)},
                "checks": [],
                "warnings": [],
            }


def peak() -> float:
    """The most memory that the process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryFile() as stream:
        write_declared(stream, Records(10), WORKBOOK)  # loads everything
        before, started = peak(), time.process_time()
        write_declared(stream, Records(count), WORKBOOK)
        print(f"{count:,} invoices: {peak() - before:.1f} MB more than 10, {time.process_time() - started:.1f} s")
