"""What an invoice's file says beside its pages: an OFD's tags and attached XML, a PDF's attached XML, a QR code.

OFD invoices carry up to three accounts of themselves: `CustomTag.xml` (found through CustomTags.xml), whose ObjectRefs
name the text objects that people see; an attached `original_invoice.xml`; `CustomData` in OFD.xml. Fully digital
invoices are also issued as XML (EInvoice), which may travel in a PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ocrcli.geometry import Quad
from ocrcli.inputs.ofd_package import MOST_NODES, MOST_XML_BYTES, most_nodes_in, tag, text_of
from ocrcli.page import Source

_FIELDS = {
    # GB/T 36609-type element names of e-invoices in OFD, used by tags and the attached XML alike.
    "InvoiceCode": "code",
    "InvoiceNo": "number",
    "IssueDate": "issue_date",
    "InvoiceCheckCode": "check_code",
    "MachineNo": "machine_number",
    "TaxControlCode": "encryption_block",
    "BuyerName": "buyer_name",
    "BuyerTaxID": "buyer_id",
    "BuyerAddrTel": "buyer_address",
    "BuyerFinancialAccount": "buyer_bank",
    "SellerName": "seller_name",
    "SellerTaxID": "seller_id",
    "SellerAddrTel": "seller_address",
    "SellerFinancialAccount": "seller_bank",
    "TaxInclusiveTotalAmount": "total",
    "TaxInclusiveTotalAmountWithWords": "total_in_words",
    "TaxExclusiveTotalAmount": "subtotal_amount",
    "TaxTotalAmount": "subtotal_tax",
    "Note": "remarks",
    "InvoiceClerk": "issuer",
    "Payee": "receiver",
    "Checker": "reviewer",
    # EInvoice, the XML of fully digital invoices.
    "InvoiceNumber": "number",
    "IssueTime": "issue_date",
    "BuyerIdNum": "buyer_id",
    "SellerIdNum": "seller_id",
    "TotalAmWithoutTax": "subtotal_amount",
    "TotalTaxAm": "subtotal_tax",
    "TotalTax-includedAmount": "total",
    "TotalTax-includedAmountInChinese": "total_in_words",
    "Drawer": "issuer",
    "Remark": "remarks",
}
_ITEM_FIELDS = {
    "Item": "name",
    "Specification": "specification",
    "MeasurementDimension": "unit",
    "Price": "unit_price",
    "Quantity": "quantity",
    "Amount": "amount",
    "TaxScheme": "tax_rate",
    "TaxAmount": "tax",
    # EInvoice.
    "ItemName": "name",
    "SpecMod": "specification",
    "MeaUnits": "unit",
    "UnPrice": "unit_price",
    "TaxRate": "tax_rate",
    "ComTaxAm": "tax",
}
_ROWS = ("GoodsInfo", "IssuItemInformation")
_PAIRS = {  # what EInvoice says in two elements and invoices print as one
    "buyer_address": ("BuyerAddr", "BuyerTelNum"),
    "buyer_bank": ("BuyerBankName", "BuyerBankAccNum"),
    "seller_address": ("SellerAddr", "SellerTelNum"),
    "seller_bank": ("SellerBankName", "SellerBankAccNum"),
}
_SHARE = re.compile(r"0\.\d{1,12}")  # a rate as EInvoice has it: 0.13
_CUSTOM_DATA = {
    "发票代码": "code",
    "发票号码": "number",
    "开票日期": "issue_date",
    "校验码": "check_code",
    "购买方名称": "buyer_name",
    "购买方纳税人识别号": "buyer_id",
    "销售方名称": "seller_name",
    "销售方纳税人识别号": "seller_id",
    "合计金额": "subtotal_amount",
    "合计税额": "subtotal_tax",
    "价税合计": "total",
    "开票人": "issuer",
}
_MOST_TAG_FILES = 16  # of an OFD; issuers write one for each document
_PERSONS = ("issuer", "receiver", "reviewer")
_LABEL = re.compile(r"^[^\d:：]{2,8}[:：]\s*")
# An invoice's QR code: version, kind, code, number, amount (of fully digital ones the total, else without tax), day.
_QR = re.compile(
    r"\s*01,\d{2},(?P<code>\d{10}|\d{12})?,(?P<number>\d{8}|\d{20}),(?P<amount>-?\d+(?:\.\d+)?),"
    r"(?P<issue_date>\d{4}-?\d{2}-?\d{2}),(?P<check_code>\d*)"
)
# Shenzhen's block-chain invoices: the seller's number before the amount; or a link with number and cents.
_CHAIN_QR = re.compile(
    r"\s*01,\d{2},(?P<code>\d{12}),(?P<number>\d{8}),(?P<seller_id>[0-9A-Z]{15,20}),-?[\d.]+,(?P<issue_date>\d{8}),"
)
_CHAIN_LINK = re.compile(r"https://bcfp\.\S+[?&]bill_num=(?P<number>\d{8})&total_amount=(?P<cents>\d{1,18})(?!\d)")


@dataclass(frozen=True)
class Account:
    """What one source says, as it says it: keys of the service. `shown`: it names text that is seen on the page; `quad`
    is where it stands there, if that is known, in the page's unit.
    """

    name: str
    source: Source
    fields: dict[str, str] = field(default_factory=dict)
    items: list[dict[str, str]] = field(default_factory=list)
    shown: bool = False
    quad: Quad | None = None


def accounts(parts: Mapping[str, bytes], source: Source) -> Sequence[Account]:
    """The accounts in an OFD's XML parts (source "ofd") or a PDF's attachments ("pdf-attachment"), best first.

    A part that is no sound XML says nothing: an invoice is read from its page all the same.
    """
    return _accounts(tuple(parts.items()), source)


@lru_cache(maxsize=1)  # the pages of a file share its parts
def _accounts(named: tuple[tuple[str, bytes], ...], source: Source) -> tuple[Account, ...]:
    return tuple(_told(dict(named), source))


def _told(parts: Mapping[str, bytes], source: Source) -> Iterator[Account]:
    if source == "ofd":
        yield from _tagged(parts)
    for name, data in parts.items():
        wanted = "original_invoice" in name.lower() if source == "ofd" else name.lower().endswith(".xml")
        root = _xml(data) if wanted else None
        if root is not None:
            yield Account("the attached XML", source, *_said(root))
    for name, data in parts.items():
        root = _xml(data) if source == "ofd" and name.lower() == "ofd.xml" else None
        if root is not None:
            told = {e.get("Name", "").replace(" ", ""): text_of(e) for e in root.iter() if tag(e) == "CustomData"}
            fields = {key: told[name] for name, key in _CUSTOM_DATA.items() if told.get(name)}
            if fields:
                yield Account("OFD.xml", source, fields)


def of_code(text: str) -> Account | None:
    """What an invoice's QR code says; None for any other code's text."""
    match = _QR.match(text) or _CHAIN_QR.match(text) or _CHAIN_LINK.match(text)
    if match is None:
        return None
    told = {key: value for key, value in match.groupdict().items() if value}
    if "cents" in told:
        told["total"] = f"{Decimal(told.pop('cents')) / 100:.2f}"
    if "amount" in told:
        told["total" if len(told["number"]) == 20 else "subtotal_amount"] = told.pop("amount")
    return Account("the QR code", "qr", told)


def _tagged(parts: Mapping[str, bytes]) -> Iterator[Account]:
    """The account of the tags: each names the text objects that make up a value."""
    by_name = {name.lower(): data for name, data in parts.items()}
    files: dict[str, None] = {}  # each once, however often it is named
    for name, data in by_name.items():
        root = _xml(data) if name.endswith("customtags.xml") else None
        for location in (text_of(e) for e in root.iter() if tag(e) == "FileLoc") if root is not None else ():
            files.setdefault(f"{name.rpartition('/')[0]}/{location.rpartition('/')[2].lower()}")
    texts: dict[str, dict[str, str]] = {}  # of the pages in a document's folder
    for file in islice((file for file in files if file in by_name), _MOST_TAG_FILES):
        root = _xml(by_name[file])
        if root is not None:
            top = file.partition("/")[0] + "/"
            if top not in texts:
                texts[top] = dict(_texts(data for name, data in by_name.items() if name.startswith(top)))
            yield Account("the OFD's tags", "ofd", *_said(root, texts[top]), shown=True)


def _texts(parts: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """The text objects of pages and templates: ID → text, its pieces as lines."""
    for data in parts:
        root = _xml(data) if b"TextObject" in data else None
        for element in root.iter() if root is not None else ():
            if tag(element) == "TextObject":
                yield element.get("ID", ""), "\n".join(e.text or "" for e in element if tag(e) == "TextCode")


def _said(root: Element, objects: Mapping[str, str] | None = None) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Fields and items below an element: its own texts, or those of the objects that it refers to."""
    fields: dict[str, str] = {}
    for element in root.iter():
        key = _FIELDS.get(tag(element))
        value = _value(element, objects) if key else ""
        if key in _PERSONS:  # some issuers tag the label, too
            value = _LABEL.sub("", value)
        if key and value:
            fields.setdefault(key, value)
    for key, names in _PAIRS.items():
        pair = " ".join(text for name in names if (text := text_of(root.find(f".//{name}"))))
        if pair:
            fields.setdefault(key, pair)
    rows = [e for e in root.iter() if tag(e) in _ROWS]
    items = [{k: v for e in row if (k := _ITEM_FIELDS.get(tag(e))) and (v := _value(e, objects))} for row in rows]
    for item in items:
        if _SHARE.fullmatch(item.get("tax_rate", "")):
            item["tax_rate"] = f"{(100 * Decimal(item['tax_rate'])).normalize():f}%"
    return fields, items


def _value(element: Element, objects: Mapping[str, str] | None) -> str:
    if objects is None:
        return text_of(element)
    return "".join(objects.get(text_of(e), "") for e in element if tag(e) == "ObjectRef").strip()


def _xml(data: bytes) -> Element | None:
    """XML whose prefixes need not be declared, as some issuers leave them; None where it is none, or has entities."""
    if len(data) > MOST_XML_BYTES or most_nodes_in(data) > MOST_NODES:
        return None
    root = _parsed(data)
    if root is not None:
        return root
    bare = re.sub(rb"(</?)\w*:(?=\w)", rb"\1", data)
    return _parsed(re.sub(rb"""\sxmlns(:\w*)?=("[^"]*"|'[^']*')""", b"", bare))


def _parsed(data: bytes) -> Element | None:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    return root
