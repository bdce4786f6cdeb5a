"""What a run was asked for, as one plain value that can be sent to a worker and fingerprinted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

PdfText = Literal["auto", "never", "only"]
EngineName = Literal["onnx", "paddle"]
ModelSize = Literal["tiny", "small", "medium"]
LimitsMode = Literal["enforce", "warn"]


def day_of_run() -> date:
    """The calendar's day, here and now: the one place where the clock is asked for it."""
    return date.today()


@dataclass(frozen=True)
class ReadingHints:
    """What the reader is told about a page beforehand, or asked to do with it.

    `one_line`: the picture is one line of text, so no lines are looked for. `same_direction`: all text runs the same
    way, so no single line is tried upside down. `keep_watermark`: light text across the page is kept among the lines.
    """

    one_line: bool = False
    same_direction: bool = False
    keep_watermark: bool = False


@dataclass(frozen=True)
class ReadOptions:
    """Everything that decides what a record says. `own` are the service's own options by name.

    `hints` are what the service makes of its own options for the reader: the fingerprint has those. `threads`,
    `annotate` and `crops` change no record and are left out of the fingerprint. So is `today`, the day that
    two-digit years and periods of validity are judged by, unless it was `today_given`: records of yesterday need not be
    made again today.
    """

    pages: str = "all"
    pdf_text: PdfText = "auto"
    dpi: int | None = None
    limits: LimitsMode = "enforce"
    engine: EngineName = "onnx"
    models: ModelSize = "small"
    language: str = "zh"
    details: bool = False
    chars: bool = False
    own: Mapping[str, Any] = field(default_factory=dict)
    hints: ReadingHints = ReadingHints()
    today: date = field(default_factory=day_of_run)
    today_given: bool = False
    threads: int | None = None
    annotate: str | None = None
    crops: str | None = None

    def fingerprint(self, service: str, version: str) -> str:
        """A short hash over all that could change a record: 16 hexadecimal digits."""
        plain = asdict(self) | {"today": self.today.isoformat() if self.today_given else None}
        for silent in ("hints", "threads", "annotate", "crops", "today_given"):
            del plain[silent]
        text = json.dumps([service, version, plain], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
