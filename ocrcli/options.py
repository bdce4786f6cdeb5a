"""What a run was asked for, as one plain value that can be sent to a worker and fingerprinted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

PdfText = Literal["auto", "never", "only"]
EngineName = Literal["onnx", "paddle"]
ModelSize = Literal["tiny", "small", "medium"]
LimitsMode = Literal["enforce", "warn"]


@dataclass(frozen=True)
class ReadOptions:
    """Everything that decides what a record says. `own` are the service's own options by name.

    `threads`, `annotate` and `crops` change no record and are left out of the fingerprint.
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
    threads: int | None = None
    annotate: str | None = None
    crops: str | None = None

    def fingerprint(self, service: str, version: str) -> str:
        """A short hash over all that could change a record: 16 hexadecimal digits."""
        told = asdict(self)
        for silent in ("threads", "annotate", "crops"):
            del told[silent]
        text = json.dumps([service, version, told], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
