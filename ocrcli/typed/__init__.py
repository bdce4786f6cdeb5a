"""The result keys and options of each service, for checkers of types: nothing here is needed to read.

All but this file and `making.py` is made from the declarations by `python -m ocrcli.typed`; a test says when to make it
anew.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from ocrcli.options import LimitsMode, PdfText


class SharedOptions(TypedDict, total=False):
    """The options that every service has (see `ReadOptions`)."""

    pages: str
    pdf_text: PdfText
    dpi: int | None
    limits: LimitsMode
    language: str
    details: bool
    chars: bool
    today: date
