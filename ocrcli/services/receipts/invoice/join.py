"""Pages that belong together: an invoice whose items run over several pages, and the sales list that goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ocrcli.finding import Evidence, Finding, ReadPage
from ocrcli.services.receipts.invoice.proof import proof, summary

_OF_A_PAGE = ("sum_amount", "sum_tax", "current_page", "belong_sum_amount", "belong_sum_tax", "belong_current_page")


def join(pages: Sequence[ReadPage], options: Mapping[str, Any]) -> Sequence[ReadPage]:  # noqa: ARG001
    """The pages with the findings of one invoice put together on its first page."""
    left: list[list[Finding]] = [[] for _ in pages]
    whole: list[Finding] = []
    for i, page in enumerate(pages):
        for finding in page.findings:
            first = next((f for f in whole if _belongs(finding.fields, f.fields)), None)
            if first is None:
                whole.append(finding)
                left[i].append(finding)
            else:
                _add(first, finding)
    return [replace(page, findings=findings) for page, findings in zip(pages, left, strict=True)]


def _belongs(later: Any, first: Any) -> bool:
    """True for the next page of the same invoice, of its sales list, or of the same sales list.

    The same invoice given twice is no next page: each copy has its own total.
    """
    if later["sales_mark"]:
        own = (later["belong_vat_code"], later["belong_number"])
        other = ("belong_vat_code", "belong_number") if first["sales_mark"] else ("code", "number")
        return own[1] is not None and own == (first[other[0]], first[other[1]])
    same = not first["sales_mark"] and later["number"] is not None and later["number"] == first["number"]
    return same and first["code"] == later["code"] and (first["total"] is None or later["total"] is None)


def _add(first: Finding, later: Finding) -> None:
    """Puts a later page's findings to those of the first."""
    assert isinstance(first.fields, dict)
    assert isinstance(later.fields, dict)
    evidence: dict[str, Evidence] = dict(first.evidence)
    lengths = {key: len(value) for key, value in first.fields.items() if isinstance(value, list)}
    lists = later.fields["sales_mark"] and not first.fields["sales_mark"]
    for key, value in later.fields.items():
        if key in ("sales_mark", "title", "confidence", "text_location"):
            continue
        if isinstance(value, list):
            first.fields[key] = [*first.fields[key], *value]
        elif first.fields[key] in (None, ""):
            first.fields[key] = first.fields[key] if value is None else value
    for pointer, told in later.evidence.items():
        key, *rest = pointer.split("/")
        moved = "/".join([key, str(lengths[key] + int(rest[0])), *rest[1:]]) if rest else pointer
        evidence.setdefault(moved, told)
    if lists:
        _take_lines(first.fields, evidence, lengths["belong_item_list"])
    for key in _OF_A_PAGE:
        first.fields[key] = None
        evidence.pop(key, None)
    first.evidence = evidence
    first.notices = [*first.notices, *later.notices]
    first.checks = proof(first.fields)


def _take_lines(fields: dict[str, Any], evidence: dict[str, Evidence], since: int) -> None:
    """The sales list's lines since `since` as the invoice's items, in place of the row that stood for them."""
    items = [item for item in fields["item_list"] if not summary(item)]
    if len(items) < len(fields["item_list"]):
        for pointer in [p for p in evidence if p.startswith("item_list/")]:
            del evidence[pointer]
    keys = fields["item_list"][0].keys() if fields["item_list"] else ()
    place = len(items)
    for i, line in enumerate(fields["belong_item_list"][since:], since):
        items.append({key: line.get(key) for key in keys})
        for key in keys:
            if told := evidence.get(f"belong_item_list/{i}/{key}"):
                evidence[f"item_list/{place + i - since}/{key}"] = told
    fields["item_list"] = items
