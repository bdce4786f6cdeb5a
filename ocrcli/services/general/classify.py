"""Smart classification (智能分类识别): which documents are in the picture, where, and what stands on each.

Limits and result keys: auto-classification of Huawei Cloud OCR, and `type_score` and `runner_up` besides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ocrcli.declaration import Declared, Field, Flag, Panel, Service, Text
from ocrcli.errors import OcrError, UsageError
from ocrcli.finding import Check, Evidence, Finding
from ocrcli.geometry import whole_px
from ocrcli.layout.documents import Document, documents_on
from ocrcli.limits import Limits
from ocrcli.page import Notice, Reading
from ocrcli.services.kinds import NONE, all_kinds, read_document, reader_of
from ocrcli.steps.own_documents import Template, documents_of
from ocrcli.steps.sorting import SortInto


@dataclass
class _Told:
    """What becomes of a page's one finding, document by document."""

    things: list[dict[str, Any]] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)

    def add(self, document: Document, content: Any, fault: OcrError | None = None) -> None:
        """Takes in a document, or one side of it."""
        name, number = document.name, len(self.things)
        self.things.append(
            {
                "type": name.type,
                "type_score": round(name.score, 4),
                "runner_up": name.second.kind.type if name.second else None,
                "location": whole_px(document.quad),
                "content": content,
                "status": {"error_code": fault.code if fault else None, "error_msg": fault.message if fault else None},
            }
        )
        self.evidence[f"{number}/type"] = Evidence(name.score, document.quad, "derived")

    def add_finding(self, document: Document, finding: Finding) -> None:
        """Takes in what the document's service found, its pointers made those of this page."""
        before = f"{len(self.things)}/content/"
        self.add(replace(document, quad=finding.document.quad or document.quad), finding.fields)
        self.checks += [replace(c, fields=tuple(before + name for name in c.fields)) for c in finding.checks]
        self.evidence |= {before + key: evidence for key, evidence in finding.evidence.items()}
        self.notices += [replace(n, field=before + n.field if n.field else None) for n in finding.notices]


def read(reading: Reading, options: Mapping[str, Any], own: Mapping[str, Declared] = NONE) -> Sequence[Finding]:
    """One finding per page: the list of its documents, each with its name, its place and its content."""
    told = _Told()
    for document in documents_on(reading, all_kinds(types_of(options["types"], own), own)):
        if not options["extract"]:
            told.add(document, None)
        elif reader_of(document, own) is None:
            told.add(document, {"text": _text(document.reading)})
        else:
            _extract(told, document, own)
    return [Finding(fields=told.things, checks=told.checks, evidence=told.evidence, notices=told.notices)]


def _extract(told: _Told, document: Document, own: Mapping[str, Declared]) -> None:
    """The document as its service reads it; one that cannot be read says why, and the others go on."""
    try:
        found = read_document(document, own=own)
    except OcrError as fault:
        told.add(document, None, fault)
        return
    for finding in found:
        told.add_finding(document, finding)


def _text(reading: Reading) -> str:
    from ocrcli.layout.text import page_text

    return page_text(reading)


def types_of(text: str | None, own: Mapping[str, Declared] = NONE) -> frozenset[str]:
    """The names in a list set apart by commas; `own` are documents of the user's own. Raises UsageError for one that is
    not known."""
    asked = frozenset(name.strip() for name in (text or "").split(",") if name.strip())
    known = sorted(kind.type for kind in all_kinds(own=own))
    for name in sorted(asked.difference(known)):
        raise UsageError(f"--types: {name!r} is not known; choose from {', '.join(known)}")
    return asked


def _check_types(text: str, options: Mapping[str, Any]) -> None:
    types_of(text, documents_of(options))


SERVICE = Service(
    name="classify",
    spec="auto-classification",
    title="Smart classification",
    title_zh="智能分类识别",
    panel=Panel.GENERAL,
    help="Find, name and read every card and receipt in a picture.",
    limits=Limits(formats=("PNG", "JPEG", "BMP", "TIFF", "PDF", "OFD"), min_side=15, max_side=8192),
    options=(
        Text("types", "Only these kinds, set apart by commas.", metavar="LIST", check=_check_types),
        Flag("extract", "Read each document with its service; without, they are only named.", default=True),
        Template(),
        SortInto(),
    ),
    fields=(
        Field("type", "the kind of document, `other` for an unknown one"),
        Field("type_score", "how sure the kind is, 0 to 1", type="number"),
        Field("runner_up", "the kind that is next likely"),
        Field("location", "its quad, whole numbers", type="list"),
        Field("content", "what its service found; the text, where there is no service", type="object"),
        Field(
            "status",
            "why the document could not be read; both keys null where it could",
            type="object",
            items=(Field("error_code", "the code of the error"), Field("error_msg", "the error in words")),
        ),
    ),
    list_result=True,
    read_with=read,
)
