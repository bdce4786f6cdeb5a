"""Tables as CSV that Excel opens as they are: UTF-8 with a byte order mark, and no cell that acts as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA_STARTS = ("=", "+", "-", "@")


def csv_bytes(rows: Iterable[Sequence[str]], *, first: bool = True) -> bytes:
    """The rows as CSV (RFC 4180). A cell that begins with = + - or @ gets an apostrophe in front (OWASP, "CSV
    Injection"), so that printed text is never run. `first`: they begin a file, with a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig" if first else "utf-8")
