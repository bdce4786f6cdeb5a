"""VAT invoices of the Chinese mainland (增值税发票): paper, electronic, fully digital; pictures, PDF, OFD.

Limits and result keys: vat-invoice of Huawei Cloud OCR. A value comes from what people see on the page; what travels in
the file beside it (an OFD's tags and attached XML, the QR code) fills gaps and must agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ocrcli.checks import invoice_numbers
from ocrcli.declaration import Field, Flag, Panel, Service
from ocrcli.errors import OcrError
from ocrcli.finding import Check, DocumentPlace, Finding, numbered
from ocrcli.forms import doubt
from ocrcli.geometry import Affine, centre, inside, whole_px
from ocrcli.layout.documents import Document, documents_on
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.page import Notice, Reading
from ocrcli.services.kinds import all_kinds, read_document, reader_of
from ocrcli.services.receipts.invoice.choice import chosen
from ocrcli.services.receipts.invoice.join import join
from ocrcli.services.receipts.invoice.kinds import attribution_of, kind_of
from ocrcli.services.receipts.invoice.proof import proof
from ocrcli.services.receipts.invoice.seals import seals
from ocrcli.services.receipts.invoice.sources import accounts_of, compared, lying_on
from ocrcli.services.receipts.invoice.values import Value, doubt_of, misshapen, nested, normal
from ocrcli.services.receipts.invoice.workbook import WORKBOOK
from ocrcli.signs import Labels, Title
from ocrcli.steps.agreement import CheckAgainst
from ocrcli.steps.renaming import Rename

if TYPE_CHECKING:
    from ocrcli.inputs.invoice_data import Account
    from ocrcli.layout.invoice.places import Sheet
    from ocrcli.layout.invoice.rows import Print
    from ocrcli.layout.invoice.stamped import Cleared

_LIST_KEYS = {"code": "belong_vat_code", "total_pages": "belong_pages"}  # others: belong_ and the invoice's key
_GRAND = re.compile(r"价\s*税\s*合\s*计|合\s*计\s*金\s*额.{0,2}小")  # stands once on each invoice
_TOLL_COLUMNS = ("license_plate_number", "start_date")


def read(reading: Reading, options: Mapping[str, Any]) -> Sequence[Finding]:
    """A finding for each invoice, or page of a sales list, on the page. Raises OcrError("not_this_document")."""
    from ocrcli.layout.invoice.paper import on_paper
    from ocrcli.layout.invoice.places import sheets_of
    from ocrcli.layout.invoice.stamped import cleared

    several = _several(reading)
    if several:
        return list(numbered([finding for paper in several for finding in read_document(paper, options)]))
    seen = cleared(on_paper(reading))
    sheets = [sheet for sheet in sheets_of(seen.reading) if sheet.is_invoice]
    if not sheets:
        raise OcrError("not_this_document", "the page shows no VAT invoice (增值税发票, 电子发票)")
    told = accounts_of(reading)
    places = [DocumentPlace(i, len(sheets), sheet.quad) for i, sheet in enumerate(sheets, 1)]
    return [_finding(sheet, seen, told, options, place) for sheet, place in zip(sheets, places, strict=True)]


def _several(reading: Reading) -> list[Document]:
    """The invoices of a picture that shows more than one, each upright in a frame of its own; else none.

    Whole invoices that stand level below or beside each other, as printed two on a sheet, need no frame of their own.
    """
    from ocrcli.layout.invoice.rows import page_pieces
    from ocrcli.layout.invoice.splitting import stand_level

    totals = [line for line in reading.lines if _GRAND.search(line.text)]
    if reading.source != "ocr" or len(totals) < 2 or stand_level(page_pieces(reading), totals):
        return []
    found = [paper for paper in documents_on(reading, all_kinds((SERVICE.type,))) if reader_of(paper) is SERVICE]
    return found if len(found) > 1 else []


def _finding(
    sheet: Sheet, seen: Cleared, told: Sequence[Account], options: Mapping[str, Any], place: DocumentPlace
) -> Finding:
    values = dict(_values(sheet, seen.reading))
    differences: list[Notice] = []
    if not sheet.is_list:
        own = lying_on(told, place.quad)
        alone = place.count == 1 or (len(own) == 1 and own[0].quad is not None)
        values, differences = compared(values, own, alone=alone)
        values, changes = chosen(values)
        differences += changes
    fields: dict[str, Any] = {field.name: [] if field.type == "list" else None for field in _always()}
    fields.update(nested(values))
    _derive(fields, sheet)
    stamped, unread = seals(seen, values) if place.count == 1 else ({}, [])
    fields |= {key: [text for text, _ in texts] for key, texts in stamped.items()}
    if options["advanced_mode"]:
        fields["confidence"] = {key: round(value.confidence, 4) for key, value in values.items()}
    if options["return_text_location"]:
        quads = {key: value.quad for key, value in values.items()}
        fields["text_location"] = {k: whole_px(quad) for k, quad in quads.items() if quad}
    evidence = {key: value.evidence for key, value in values.items()}
    return Finding(
        fields,
        checks=_checks(fields, {n.field for n in differences if n.code == "chosen_by_proof"}),
        evidence=evidence
        | {f"{key}/{i}": shown for key, texts in stamped.items() for i, (_, shown) in enumerate(texts)},
        notices=[
            *doubt.notices(evidence),
            *_unread(sheet, seen.reading),
            *unread,
            *differences,
            *_read_again(values, seen),
        ],
        document=place,
    )


def _checks(fields: dict[str, Any], changed: set[str | None]) -> list[Check]:
    """The proof; a check that had a say in a value is no independent witness of it."""
    rows = {str(pointer).rpartition("/")[0] for pointer in changed} | {str(p).partition("/")[0] for p in changed}
    return [replace(c, chose=True) if rows & set(c.fields) and c.passed else c for c in proof(fields)]


def _always() -> Iterator[Field]:
    return (field for field in SERVICE.fields if field.option is None)


def _values(sheet: Sheet, reading: Reading) -> Iterator[tuple[str, Value]]:
    """The sheet's prints in their normal forms, by JSON Pointer."""
    for pointer, shown in _prints(sheet):
        if _is_unread(shown, reading):
            continue
        yield pointer, _value(pointer, shown, reading)
        if pointer.endswith("/license_plate_number"):  # the column of specifications, on these invoices
            yield pointer.replace("license_plate_number", "specification"), _value(pointer, shown, reading)


def _prints(sheet: Sheet) -> Iterator[tuple[str, Print]]:
    """The sheet's prints by JSON Pointer."""
    for key, shown in sheet.prints.items():
        name = _LIST_KEYS.get(key, f"belong_{key}") if sheet.is_list and key != "title" else key
        yield name, shown
    lists = {"belong_item_list" if sheet.is_list else "item_list": sheet.items}
    lists["passenger_travel_item_list"] = sheet.trips
    for name, rows in lists.items():
        yield from ((f"{name}/{i}/{key}", shown) for i, row in enumerate(rows) for key, shown in row.items())


def _is_unread(shown: Print, reading: Reading) -> bool:
    """True for a place on a picture where something is printed that was not read."""
    return not shown.text and reading.source == "ocr" and not (shown.confidence and _is_empty(shown, reading))


def _unread(sheet: Sheet, reading: Reading) -> Iterator[Notice]:
    for key, shown in _prints(sheet):
        if shown.quad and _is_unread(shown, reading):
            yield Notice("unread", "something is printed here that cannot be read", key, shown.quad)


def _is_empty(shown: Print, reading: Reading) -> bool:
    """True where the picture shows that nothing is printed."""
    from ocrcli.vision.cell_ink import is_blank

    if shown.quad is None or reading.page is None:
        return False
    scale = reading.page.scale
    return is_blank(reading.page.pixels, Affine.scaling(scale, scale).quad(shown.quad))


def _value(key: str, shown: Print, reading: Reading) -> Value:
    text, sound = normal(key, shown.text)
    read = reading.source == "ocr"
    faults = (None if sound else doubt.NOT_OF_FORM, misshapen(key, text) if read else None)
    why = doubt_of(key, shown.lines if read else (), *faults) if shown.text else ""
    return Value(text, shown.text, shown.confidence, shown.quad, reading.source, shown.line, why)


def _derive(fields: dict[str, Any], sheet: Sheet) -> None:
    """Kind, region and empty keys: what follows from what is printed."""
    fields["sales_mark"] = sheet.is_list
    code, number, title = fields["code"], fields["number"], fields["title"]
    for rows, keys in ((fields[f.name], [i.name for i in f.items]) for f in _always() if f.items):
        for i, row in enumerate(rows):
            rows[i] = {key: row.get(key) for key in keys}
    if sheet.is_list:
        return
    toll = any(row.get(key) for row in fields["item_list"] for key in _TOLL_COLUMNS)
    fields["type"] = kind_of(title, code, number, toll=toll)
    fields["attribution"] = attribution_of(title)
    digits = invoice_numbers.region(code, number)
    fields["province"] = invoice_numbers.PROVINCES.get((digits or "")[:2])
    fields["city"] = invoice_numbers.CITIES.get(digits or "")
    if number and len(number) == 20 and code is None:
        fields["code"] = fields["check_code"] = ""  # this kind has none


def _read_again(values: Mapping[str, Value], seen: Cleared) -> Iterator[Notice]:
    """Which values come from the picture without the red of a stamp."""
    for key, value in values.items():
        plain = next((p for q, p in seen.again.items() if value.quad and inside(centre(value.quad), q)), None)
        if plain is not None and value.text:
            message = f"a stamp lies over it: read without its red; the plain picture reads {plain!r}"
            yield Notice("stamp", message, key, value.quad)


def _strings(**meanings: str) -> tuple[Field, ...]:
    return tuple(Field(name, meaning) for name, meaning in meanings.items())


_ITEM = _strings(
    name="goods or service",
    specification="model; the plate number on a toll invoice",
    unit="unit",
    quantity="quantity",
    unit_price="price of one, without tax",
    license_plate_number="plate number (toll)",
    amount="amount without tax",
    tax_rate="rate, 免税, 不征税, or ***",
    tax="tax, or ***",
    end_date="last day of passage (toll), YYYY-MM-DD",
    start_date="first day of passage (toll), YYYY-MM-DD",
    vehicle_type="kind of vehicle (toll)",
)
_LIST_ITEM = _strings(
    name="goods or service",
    item_number="number of the line",
    specification="model",
    unit="unit",
    quantity="quantity",
    unit_price="price of one, without tax",
    amount="amount without tax",
    tax_rate="rate",
    tax="tax",
)
_TRIP = (
    *_strings(
        traveler_name="traveller",
        id_number="number of the identity document",
        travel_date="day of travel, YYYY-MM-DD",
        departure_location="from",
        arrival_location="to",
        transportation_type="means of transport",
    ),
    Field("class", "class"),
)

SERVICE = Service(
    name="invoice",
    spec="vat-invoice",
    title="VAT invoice",
    title_zh="增值税发票识别",
    panel=Panel.RECEIPTS,
    help="Read Chinese VAT invoices of every kind, on paper, in PDF and in OFD, and check their sums.",
    limits=Limits(formats=RASTER + PDF + OFD, min_side=100, max_side=8192, min_area_percent=80),
    options=(
        Flag("advanced_mode", "Put each field's confidence into fields.confidence."),
        Flag("return_text_location", "Put each field's quad into fields.text_location."),
        CheckAgainst(join=("number", "code"), headings=WORKBOOK.keys, others=WORKBOOK.other_headings),
        Rename(headings=WORKBOOK.keys),
    ),
    fields=(
        *_strings(
            title="the title as printed",
            type="special, normal, electronic, special_electronic, toll, roll, fully_digitalized_special_electronic or "
            "fully_digitalized_normal_electronic",
            invoice_tag="mark in the upper left corner (通行费, 代开, 成品油, 收购, 机动车, 旅客运输服务)",
            sum_amount="sub-total of a page, without tax",
            sum_tax="sub-total of a page, tax",
            serial_number="which copy (第…联)",
            attribution="region in the title",
        ),
        Field("supervision_seal", "texts of the tax supervision stamp", type="list"),
        Field("code", "invoice code, 10 or 12 digits; empty on fully digital invoices"),
        *_strings(
            print_code="machine-printed code",
            machine_number="machine number, 12 digits",
            print_number="machine-printed number",
            check_code="check code, 20 digits, or 5 characters; empty where the kind has none",
        ),
        Field("number", "invoice number, 8 digits, or 20 on fully digital invoices", required=True),
        Field("issue_date", "day of issue, YYYY-MM-DD", required=True),
        *_strings(
            encryption_block="cipher area, its rows as lines",
            buyer_name="buyer",
            buyer_id="buyer's taxpayer number",
            buyer_address="buyer's address and telephone",
            buyer_bank="buyer's bank and account",
            seller_name="seller",
            seller_id="seller's taxpayer number",
            seller_address="seller's address and telephone",
            seller_bank="seller's bank and account",
            subtotal_amount="sum without tax",
            subtotal_tax="sum of taxes, or ***",
        ),
        Field("total", "total with tax", required=True),
        *_strings(
            total_in_words="total with tax in capital numerals",
            remarks="remarks, its rows as lines",
            receiver="payee",
            reviewer="reviewer",
            issuer="drawer",
        ),
        Field("seller_seal", "texts of the seller's invoice stamp", type="list"),
        Field(
            "item_list",
            "the items; all lines of the sales list where it belongs to the input",
            type="list",
            items=_ITEM,
        ),
        *_strings(
            province="province of issue, from code or number",
            city="city of issue where it has a tax office of its own",
            total_pages="number of pages",
            current_page="number of this page",
        ),
        Field("confidence", "confidence of each found field", type="object", option="advanced_mode"),
        Field("text_location", "each found field's quad", type="object", option="return_text_location"),
        *_strings(
            belong_buyer_name="sales list: buyer",
            belong_seller_name="sales list: seller",
            belong_vat_code="sales list: code of its invoice",
            belong_number="sales list: number of its invoice",
            belong_pages="sales list: number of pages",
            belong_current_page="sales list: page",
            belong_remarks="sales list: remarks",
            belong_issue_date="sales list: day, YYYY-MM-DD",
        ),
        Field("sales_mark", "true for a sales list (销货清单)", type="boolean"),
        *_strings(
            belong_sum_amount="sales list: sub-total of the page, without tax",
            belong_sum_tax="sales list: sub-total of the page, tax",
            belong_subtotal_amount="sales list: sum without tax",
            belong_subtotal_tax="sales list: sum of taxes",
            belong_discount_amount="sales list: discount without tax",
            belong_discount_tax="sales list: discount, tax",
        ),
        Field("belong_item_list", "sales list: lines", type="list", items=_LIST_ITEM),
        Field("passenger_travel_item_list", "trips", type="list", items=_TRIP),
    ),
    own_read=read,
    type="vat_invoice",
    signs=(
        Title(
            (
                "增值税专用发票",
                "增值税普通发票",
                "增值税电子普通发票",
                "增值税电子专用发票",
                "增值税普通发票(卷票)",
                "电子发票(普通发票)",
                "电子发票(增值税专用发票)",
            ),
            0.8,
        ),
        Labels(
            (
                "购买方",
                "销售方",
                "价税合计",
                "规格型号",
                "货物或应税劳务",
                "密码区",
                "校验码",
                "机器编号",
                "开票人",
                "收款人",
                "税率/征收率",
                "统一社会信用代码/纳税人识别号",
            ),
            4,
        ),
    ),
    join=join,
    ordered=False,
    workbook=WORKBOOK,
)
