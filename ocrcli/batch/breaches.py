"""What a run can be made to fail on (`--strict`, `--fail-on`): missing fields, failed checks, doubt, limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from ocrcli.declaration import Service
from ocrcli.errors import UsageError
from ocrcli.outputs.base import PlainRecord
from ocrcli.services import find_service
from ocrcli.wording import WARNINGS

Kind = Literal["missing", "checks", "doubt", "limits"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STRICT: frozenset[Kind] = frozenset({"missing", "checks", "doubt"})
"""What `--strict` watches. The vendors' limits on layout (margins, angle, characters a page) speak of no fault."""


@dataclass(frozen=True)
class Breach:
    """One fault of one record. `code` is `missing`, `check_failed` with its `rule`, or a warning's code; `message` may
    hold words of the document."""

    input: str
    page: int
    document: int
    field: str | None
    kind: Kind
    code: str
    rule: str | None = None
    message: str = ""

    @property
    def reason(self) -> str:
        """What is wrong and where, without a word of the document: `page 2: total: check amount-sum failed`."""
        what = f"check {self.rule} failed" if self.rule else self.code
        document = f", document {self.document}" if self.document > 1 else ""
        return ": ".join(filter(None, (f"page {self.page}{document}", self.field, what)))


def parse_kinds(text: str) -> frozenset[Kind]:
    """The kinds in a list with commas, or all. Raises UsageError."""
    asked = [part.strip() for part in text.split(",")]
    if asked == ["all"]:
        return frozenset(KINDS)
    known = {str(kind): kind for kind in KINDS}
    wrong = next((part for part in asked if part not in known), None)
    if wrong is not None:
        raise UsageError(f"--fail-on {text!r}: {wrong!r} is none of {', '.join(KINDS)}; all stands for them all")
    return frozenset(known[part] for part in asked)


def breaches(record: PlainRecord, service: Service) -> Iterator[Breach]:
    """Every fault of a record, each once."""
    yield from dict.fromkeys((*_missing(record, service), *_checks(record), *_warnings(record)))


def _missing(record: PlainRecord, service: Service) -> Iterator[Breach]:
    own = find_service(record["service"]) if service.calls_others else service
    objects = record["fields"] if isinstance(record["fields"], list) else [record["fields"]]
    # A key of an option that was not asked for is not there, and not missed.
    for name in (f.name for f in own.fields if f.required and f.option is None):
        for found in objects:
            if found.get(name) in (None, "", []):
                yield _breach(record, name, "missing", "missing", message=f"{name} was not found")


def _checks(record: PlainRecord) -> Iterator[Breach]:
    for check in record["checks"]:
        if check["passed"] is False:
            fields = ", ".join(check["fields"]) or None
            message = check["message"] or ""
            yield _breach(record, fields, "checks", "check_failed", rule=check["rule"], message=message)


def _warnings(record: PlainRecord) -> Iterator[Breach]:
    warned = set()
    for warning in record["warnings"]:
        concern = WARNINGS[warning["code"]].concern if warning["code"] in WARNINGS else None
        if concern in ("doubt", "limits"):
            warned.add(warning["field"])
            yield _breach(record, warning["field"], concern, warning["code"], message=warning["message"])
    doubted: Iterable[str] = (key for key, e in (record.get("evidence") or {}).items() if e["doubtful"])
    for key in doubted:
        if key not in warned:
            yield _breach(record, key, "doubt", "doubtful")


def _breach(
    record: PlainRecord, field: str | None, kind: Kind, code: str, *, rule: str | None = None, message: str = ""
) -> Breach:
    place = record["document"]["index"]
    return Breach(record["input"], record["page"], place, field, kind, code, rule, message)
