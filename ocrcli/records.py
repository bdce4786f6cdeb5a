"""What is emitted: one JSON object per page or document, or one per failed input (contract, "The record").

Keys that a run did not ask for are left unset and so left out; everything else is always there. The JSON Schema that
`ocrcli schema` prints comes from these models.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Generic, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypeVar

from ocrcli import __version__
from ocrcli.declaration import Service
from ocrcli.errors import OcrError
from ocrcli.finding import Check, Evidence, Finding
from ocrcli.geometry import Quad
from ocrcli.page import Align, Line, Notice, Reading, Structure, Table, Unit
from ocrcli.safe_text import cleaned, message_of, visible_json

SCHEMA_VERSION: Literal[1] = 1
Number = int | float
# What `fields` holds: the result keys, or a list of such. Checkers of types are given the service's own (`typed/`).
Fields = TypeVar("Fields", default=dict[str, Any] | list[dict[str, Any]])


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DocumentOut(_Model):
    """Which document of the page this record is about."""

    index: int = Field(ge=1)
    count: int = Field(ge=1)
    quad: list[list[Number]] | None
    side: Literal["front", "back", "double_side"] | None


class CheckOut(_Model):
    """A check that was run; `chose` is true where it picked the value and so is no independent witness."""

    rule: str
    standard: str
    fields: list[str]
    passed: bool | None
    chose: bool
    message: str | None


class WarningOut(_Model):
    """Something the reader should know; `code` is stable, `message` is for people."""

    code: str
    message: str
    field: str | None
    quad: list[list[Number]] | None


class AlternativeOut(_Model):
    """Another value that the same print may say; `share` is its part of the probability of all that were weighed."""

    text: str
    share: float = Field(ge=0, le=1)


class EvidenceOut(_Model):
    """Where a value comes from (with --details)."""

    confidence: float = Field(ge=0, le=1)
    quad: list[list[Number]] | None
    source: Literal["ocr", "text-layer", "pdf-attachment", "ofd", "qr", "mrz", "derived"]
    plain: str | None
    doubtful: bool
    alternatives: list[AlternativeOut]


class CharOut(_Model):
    """One character (with --chars)."""

    text: str
    confidence: float = Field(ge=0, le=1)
    quad: list[list[Number]]


class LineOut(_Model):
    """A line of text with its place."""

    text: str
    confidence: float = Field(ge=0, le=1)
    quad: list[list[Number]]
    chars: list[CharOut] | None = None


class CellOut(_Model):
    """A table cell; row and column count from 0."""

    row: int = Field(ge=0)
    column: int = Field(ge=0)
    row_span: int = Field(ge=1)
    column_span: int = Field(ge=1)
    text: str
    quad: list[list[Number]]
    confidence: float = Field(ge=0, le=1)
    align: Align


class TableOut(_Model):
    """A grid without hole or overlap; `structure` says what its rows and columns come from."""

    rows: int = Field(ge=1)
    columns: int = Field(ge=1)
    quad: list[list[Number]]
    structure: Structure
    cells: list[CellOut]


class ToolOut(_Model):
    """What made the record, as of which day. `options` is a fingerprint of everything else that could change it."""

    version: str
    engine: str | None
    models: dict[str, str]
    options: str
    today: str


class Record(_Model, Generic[Fields]):
    """One page, or one document."""

    schema_version: Literal[1]
    service: str
    input: str
    input_sha256: str
    page: int = Field(ge=1)
    pages: int = Field(ge=1)
    width: Number
    height: Number
    unit: Unit
    rotation: Literal[0, 90, 180, 270]
    skew: float
    document: DocumentOut
    fields: Fields
    checks: list[CheckOut]
    confidence: float | None
    warnings: list[WarningOut]
    evidence: dict[str, EvidenceOut] | None = None
    text: str | None = None
    lines: list[LineOut] | None = None
    tables: list[TableOut] | None = None
    tool: ToolOut


class ErrorOut(_Model):
    """Why an input failed; the vendors' code is that of the same fault, else null."""

    code: str
    message: str
    huawei: str | None
    ctyun: str | None
    looks_like: str | None = None


class ErrorRecord(_Model):
    """An input, or a page of it, that gave no record."""

    schema_version: Literal[1]
    service: str
    input: str
    input_sha256: str | None = None
    page: int | None = None
    error: ErrorOut


def to_json(record: BaseModel | dict[str, Any]) -> str:
    """One compact line; keys in the contract's order, unset keys left out."""
    plain = as_dict(record) if isinstance(record, BaseModel) else record
    return visible_json(json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def as_dict(record: BaseModel) -> dict[str, Any]:
    """The record as plain data, unset keys left out; all texts but the input's name are clean (`safe_text.clean`)."""
    plain: dict[str, Any] = record.model_dump(mode="json", exclude_unset=True)
    return {key: value if key == "input" else cleaned(value) for key, value in plain.items()}


def round_quad(quad: Quad, unit: Unit) -> list[list[Number]]:
    """Integers in px, one decimal in pt."""
    if unit == "px":
        return [[round(x), round(y)] for x, y in quad]
    return [[round(x, 1), round(y, 1)] for x, y in quad]


def _check(check: Check) -> CheckOut:
    return CheckOut(
        rule=check.rule,
        standard=check.standard,
        fields=list(check.fields),
        passed=check.passed,
        chose=check.chose,
        message=None if check.message is None else message_of(check.message),
    )


def _warning(notice: Notice, unit: Unit) -> WarningOut:
    quad = round_quad(notice.quad, unit) if notice.quad else None
    return WarningOut(code=notice.code, message=message_of(notice.message), field=notice.field, quad=quad)


def _evidence(evidence: Evidence, unit: Unit) -> EvidenceOut:
    return EvidenceOut(
        confidence=round(evidence.confidence, 4),
        quad=round_quad(evidence.quad, unit) if evidence.quad else None,
        source=evidence.source,
        plain=evidence.plain,
        doubtful=evidence.doubtful,
        alternatives=[AlternativeOut(text=a.text, share=round(a.share, 4)) for a in evidence.alternatives],
    )


def char_records(line: Line, unit: Unit) -> list[CharOut]:
    """The characters of a line, each with its part of the line's quad."""
    return [
        CharOut(
            text=char.text,
            confidence=round(char.confidence, 4),
            quad=round_quad(line.char_quad(char), unit),
        )
        for char in line.chars
    ]


def _line(line: Line, unit: Unit, chars: bool) -> LineOut:
    told: dict[str, Any] = {
        "text": line.text,
        "confidence": round(line.confidence, 4),
        "quad": round_quad(line.quad, unit),
    }
    if chars:
        told["chars"] = char_records(line, unit)
    return LineOut(**told)


def _table(table: Table, unit: Unit) -> TableOut:
    return TableOut(
        rows=table.rows,
        columns=table.columns,
        quad=round_quad(table.quad, unit),
        structure=table.structure,
        cells=[
            CellOut(
                row=c.row,
                column=c.column,
                row_span=c.row_span,
                column_span=c.column_span,
                text=c.text,
                quad=round_quad(c.quad, unit),
                confidence=round(c.confidence, 4),
                align=c.align,
            )
            for c in table.cells
        ],
    )


def _size(value: float, unit: Unit) -> Number:
    return round(value) if unit == "px" else round(value, 1)


def record_of(
    finding: Finding,
    reading: Reading,
    *,
    service: Service,
    name: str,
    sha256: str,
    notices: Iterable[Notice] = (),
    details: bool = False,
    chars: bool = False,
    fingerprint: str = "",
) -> Record:
    """The record of one finding on one page. `notices` are the input's own warnings (more_pages, …)."""
    unit = reading.unit
    place = finding.document
    told: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "service": finding.service or service.name,
        "input": name,
        "input_sha256": sha256,
        "page": reading.number,
        "pages": reading.count,
        "width": _size(reading.width, unit),
        "height": _size(reading.height, unit),
        "unit": unit,
        "rotation": reading.rotation,
        # + 0.0 turns a rounded -0.0 into 0.0: the same page must not print two ways.
        "skew": round(reading.skew, 1) + 0.0,
        "document": DocumentOut(
            index=place.index,
            count=place.count,
            quad=round_quad(place.quad, unit) if place.quad else None,
            side=place.side,  # type: ignore[arg-type]  # pydantic checks it
        ),
        "fields": finding.fields,
        "checks": [_check(c) for c in finding.checks],
        "confidence": None if finding.confidence is None else round(finding.confidence, 4),
        "warnings": [_warning(n, unit) for n in (*notices, *reading.notices, *finding.notices)],
    }
    if details:
        told["evidence"] = {k: _evidence(e, unit) for k, e in finding.evidence.items()}
    if finding.text is not None:
        told["text"] = finding.text
    if finding.shows_lines or details:
        told["lines"] = [_line(line, unit, chars) for line in reading.lines]
    if finding.tables is not None:
        told["tables"] = [_table(t, unit) for t in finding.tables]
    told["tool"] = ToolOut(
        version=__version__,
        engine=reading.engine,
        models={**reading.models, **finding.models},
        options=fingerprint,
        today=reading.today.isoformat(),
    )
    return Record(**told)


def error_record_of(error: OcrError, *, service: Service, name: str, sha256: str | None = None) -> ErrorRecord:
    """The record of an input, or page, that failed."""
    fault: dict[str, Any] = {
        "code": error.code,
        "message": message_of(error.message),
        "huawei": error.huawei,
        "ctyun": error.ctyun(service.ctyun),
    }
    if error.looks_like is not None:
        fault["looks_like"] = error.looks_like
    told: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "service": service.name,
        "input": name,
    }
    if sha256 is not None:
        told["input_sha256"] = sha256
    if error.page is not None:
        told["page"] = error.page
    told["error"] = ErrorOut(**fault)
    return ErrorRecord(**told)
