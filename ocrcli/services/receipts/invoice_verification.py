"""Verification of VAT invoices (发票验真), as far as it goes without the tax office: whether an invoice is consistent.

The invoice is read as `invoice` reads it; what is known of it may be typed besides and must be the same. Options and
result keys: invoice-verification of Huawei Cloud OCR, but for what only the tax office knows (`status`,
`deductible_toll`); `result_code` has values of our own. Invoices for vehicles have services of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ocrcli.checks import amounts, dates, presence
from ocrcli.declaration import Field, Panel, Service, Text
from ocrcli.errors import UsageError
from ocrcli.finding import Check, Finding, ReadPage
from ocrcli.page import Reading
from ocrcli.services.receipts.invoice import SERVICE as INVOICE
from ocrcli.wording.codes import is_doubt

NO_ANSWER = "this is no answer of the tax office"
_TYPES = {
    "special": "vat_special",
    "normal": "vat_normal",
    "roll": "vat_normal_roll",
    "special_electronic": "vat_special_electronic",
    "electronic": "vat_normal_electronic",
    "toll": "vat_normal_electronic_toll",
}  # the others are called the same by both services
_SAME = ("code", "number", "issue_date", "machine_number", "check_code", "subtotal_amount", "subtotal_tax", "total",
         "total_in_words", "remarks", "receiver", "issuer", "reviewer", "buyer_name", "buyer_id", "buyer_address",
         "buyer_bank", "seller_name", "seller_id", "seller_address", "seller_bank")  # fmt: skip
_ROWS = {"item_list": "items"}  # the rows are called differently


@dataclass
class Verified(Finding):
    """What was found out about an invoice, which is kept: more of its pages may follow."""

    invoice: Finding | None = None


def read(reading: Reading, options: Mapping[str, Any]) -> Sequence[Finding]:
    """A finding for each invoice on the page. Raises OcrError("not_this_document")."""
    return [_verified(invoice, options) for invoice in INVOICE.read(reading, INVOICE.defaults())]


def join(pages: Sequence[ReadPage], options: Mapping[str, Any]) -> Sequence[ReadPage]:
    """The pages with invoices put together from theirs, and judged as a whole."""
    assert INVOICE.join is not None
    told = [replace(page, findings=[invoice for f in page.findings if (invoice := _invoice(f))]) for page in pages]
    return [
        replace(page, findings=[_verified(invoice, options) for invoice in page.findings])
        for page in INVOICE.join(told, INVOICE.defaults())
    ]


def _invoice(finding: Finding) -> Finding | None:
    return finding.invoice if isinstance(finding, Verified) else None


def _verified(invoice: Finding, options: Mapping[str, Any]) -> Verified:
    printed = invoice.fields
    assert isinstance(printed, dict)
    fields: dict[str, Any] = {"type": _type(printed), **{key: printed[key] for key in _SAME}}
    fields["items"] = printed["item_list"]
    checks = [replace(check, fields=tuple(map(_pointer, check.fields))) for check in invoice.checks]
    checks += _typed(fields, options)
    notices = [replace(notice, field=notice.field and _pointer(notice.field)) for notice in invoice.notices]
    notices = [notice for notice in notices if notice.field is None or _key(notice.field) in fields]
    doubts = [notice.field or notice.code for notice in notices if is_doubt(notice.code)]
    missing = [field.name for field in SERVICE.fields if field.required and not fields[field.name]]
    fields["result_code"], fields["result_message"] = _result(checks, doubts, missing)
    evidence = {_pointer(pointer): seen for pointer, seen in invoice.evidence.items()}
    evidence = {pointer: seen for pointer, seen in evidence.items() if _key(pointer) in fields}
    return Verified(fields, checks, evidence, notices, invoice.document, invoice=invoice)


def _type(printed: Mapping[str, Any]) -> str | None:
    if "区块链" in (printed["title"] or ""):
        return "blockchain_electronic"
    kind: str | None = printed["type"]
    return _TYPES.get(kind or "", kind)


def _pointer(pointer: str) -> str:
    key, slash, rest = pointer.partition("/")
    return _ROWS.get(key, key) + slash + rest


def _key(pointer: str) -> str:
    return pointer.partition("/")[0]


def _typed(fields: Mapping[str, Any], options: Mapping[str, Any]) -> Iterator[Check]:
    """A check for each value that was typed: the invoice must say the same."""
    for key in (option.name for option in OPTIONS if options[option.name] is not None):
        typed: str = options[key]
        place = "total" if key == "subtotal_amount" and "fully_" in (fields["type"] or "") else key
        printed = fields[place]
        if key == "subtotal_amount":
            same = amounts.figures(typed) == amounts.figures(printed or "")
        else:  # of a check code the end is typed
            same = (printed or "").endswith(typed) if key == "check_code" and typed else printed == typed
        fault = None if same else f"typed is {typed!r}, the invoice says {printed!r}"
        known = printed is not None
        yield Check(presence.SAME.id, presence.SAME.standard, (place,), same if known else None,
                    message=fault if known else None)  # fmt: skip


def _result(checks: Sequence[Check], doubts: Sequence[str], missing: Sequence[str]) -> tuple[str, str]:
    """Code and message: what is worst about the invoice."""
    for code, words, about in (
        ("local-inconsistent", "it contradicts itself or what was typed", _of(checks, False)),
        ("local-doubtful", "it may have been misread", doubts),
        ("local-incomplete", "not everything that is checked was found", [*missing, *_of(checks, None)]),
    ):
        if about:
            return code, f"{words} ({', '.join(dict.fromkeys(about))}); {NO_ANSWER}"
    return "local-consistent", f"it is consistent; {NO_ANSWER}"


def _of(checks: Sequence[Check], outcome: bool | None) -> list[str]:
    return [check.rule for check in checks if check.passed is outcome]


def _shaped(name: str, pattern: str, form: str) -> Text:
    """An option for a value of this form. One of another form is no such value at all, and refused."""

    def check(text: str, own: Mapping[str, Any]) -> None:  # noqa: ARG001
        day = name == "issue_date" and not dates.exists(text)
        if day or re.fullmatch(pattern, text) is None:
            raise UsageError(f"--{name.replace('_', '-')} {text!r}: {form}")

    return Text(name, f"What is known of the invoice, to be compared: {form}.", check=check)


OPTIONS = (
    _shaped("code", r"|\d{10}|\d{12}", "the code, 10 or 12 digits; empty on a fully digital invoice"),
    _shaped("number", r"\d{8}|\d{20}", "the number, 8 or 20 digits"),
    _shaped("issue_date", r"\d{4}-\d\d-\d\d", "the day of issue, YYYY-MM-DD"),
    _shaped("check_code", r"[0-9A-Za-z]{5,6}|\d{20}", "the check code, or its last 6 characters"),
    _shaped("subtotal_amount", r"-?\d{1,12}\.\d\d", "the sum without tax, as 88.00; fully digital: the total"),
)
_MEANINGS = {field.name: field for field in INVOICE.fields}
SERVICE = Service(
    name="invoice-verification",
    spec="invoice-verification",
    title="Invoice verification, offline",
    title_zh="发票验真（本地）",
    panel=Panel.RECEIPTS,
    help="Say whether a VAT invoice is consistent, in itself and with typed values; no answer of the tax office.",
    limits=INVOICE.limits,
    options=OPTIONS,
    fields=(
        Field("type", "kind of invoice, as vat_special, vat_normal_electronic, fully_digitalized_normal_electronic"),
        *(_MEANINGS[key] for key in _SAME),
        replace(_MEANINGS["item_list"], name="items"),
        Field("result_code", "local-consistent, local-inconsistent, local-doubtful or local-incomplete"),
        Field("result_message", f"what the code goes by, and that {NO_ANSWER}"),
    ),
    own_read=read,
    join=join,
    ordered=INVOICE.ordered,
)
