"""What a service finds on a page: values, where they come from, and what speaks for and against them. Plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ocrcli.geometry import Affine, Quad
from ocrcli.page import Notice, Reading, Source, Table


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of a check. `passed` is None when a value was missing; `chose`: the check picked the value."""

    rule: str
    standard: str
    fields: tuple[str, ...]
    passed: bool | None
    chose: bool = False
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another value that the same print may say, and its share (0..1) of the probability of all that were weighed."""

    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value comes from. `plain` is the reading before any grammar had its say.

    `why` says in words why the value is doubtful (forms.doubt), "" where it is not.
    `alternatives` are the likeliest other values, at most 3, that the reader's probabilities allow at this place.
    """

    confidence: float
    quad: Quad | None
    source: Source
    plain: str | None = None
    why: str = ""
    alternatives: tuple[Alternative, ...] = ()

    @property
    def doubtful(self) -> bool:
        """True where something speaks against the value."""
        return bool(self.why)


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """Which document of the page a record is about."""

    index: int = 1
    count: int = 1
    quad: Quad | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Crop:
    """A place that `--crops` cuts out, straightened: a quad of the page, and its width to height where it is known."""

    quad: Quad
    ratio: float | None = None


@dataclass
class Finding:
    """What a service found: one for each document. Evidence is keyed by JSON Pointer without the first slash.

    `text` and `tables` are for the services that have them; `crops` are places worth cutting out, by name (without any,
    it is the document); `shows_lines` puts the lines into the record without `--details`. `service` names the service
    whose finding this is, where another one called it.
    """

    fields: dict[str, Any] | list[dict[str, Any]]
    checks: Sequence[Check] = ()
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    notices: Sequence[Notice] = ()
    document: DocumentPlace = field(default_factory=DocumentPlace)
    text: str | None = None
    tables: Sequence[Table] | None = None
    shows_lines: bool = False
    crops: Mapping[str, Crop] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)  # used besides the reader's: name → SHA-256
    service: str | None = None

    @property
    def confidence(self) -> float | None:
        """The smallest confidence over the found fields, None where nothing was found."""
        return min((e.confidence for e in self.evidence.values()), default=None)


@dataclass(frozen=True)
class ReadPage:
    """A page of an input and what was found on it. The reading comes without its pixels: pages wait here for others."""

    reading: Reading
    findings: Sequence[Finding]


def placed(finding: Finding, outline: Quad, to_page: Affine, service: str) -> Finding:
    """A finding made in a document's own frame as one of the page's: its places mapped, its service named.

    `outline` is where the document lies on the page, for a finding that doesn't know it better.
    """
    quad = to_page.quad
    own = finding.document.quad
    return replace(
        finding,
        document=replace(finding.document, quad=quad(own) if own else outline),
        evidence={k: replace(e, quad=quad(e.quad) if e.quad else None) for k, e in finding.evidence.items()},
        notices=[replace(n, quad=quad(n.quad) if n.quad else None) for n in finding.notices],
        crops={k: replace(crop, quad=quad(crop.quad)) for k, crop in finding.crops.items()},
        service=service,
    )


def numbered(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of a page, each with its number among its documents."""
    for index, finding in enumerate(findings, 1):
        yield replace(finding, document=replace(finding.document, index=index, count=len(findings)))
