"""The service `invoice` on whole files, from the bytes to the records: issuers' PDF and OFD files, and bad ones.

All are drawn by the press or written here. A page that has to be read as a picture goes to a reader that sees nothing.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import pymupdf
import pytest

from ocrcli.engine.base import Reader
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.page import Page, Reading
from ocrcli.pipeline import Session
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase

from .invoice_sheets import DIGITAL, OLD, Placed, changed

DRAWN = all_documents()["invoice"]
XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
ROOT = f"<ofd:OFD {XMLNS}><ofd:DocBody><ofd:DocRoot>{{}}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"


class Blind(Reader):
    """Stands where the engine would, sees nothing, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def read(self, page: Page, options: ReadOptions) -> Reading:
        self.asked += 1
        return Reading(
            page.width, page.height, page.unit, page.number, page.count, "ocr", page=page, today=options.today
        )


def records(data: bytes, reader: Reader | None = None) -> list[dict[str, Any]]:
    session = Session("invoice", ReadOptions(threads=1), reader or Blind())
    return list(session.read(Given(name="an invoice", path=None, data=data)))


@cache
def drawn(kind: str, seed: int = 3) -> tuple[bytes, dict[str, Any]]:
    """An invoice of this kind as its issuer's PDF, and its truth."""
    assert DRAWN.pdf is not None
    data, truth = DRAWN.pdf(Order(seed, kind, Typecase.carried()))
    assert isinstance(truth.fields, dict)
    return data, truth.fields


def merged(*files: bytes) -> bytes:
    whole = pymupdf.open()
    for file in files:
        with pymupdf.open(stream=file) as part:
            whole.insert_pdf(part)
    return bytes(whole.tobytes())


@pytest.mark.parametrize("kind", DRAWN.kinds)
def test_every_kind_in_pdf_says_all_that_is_printed(kind: str) -> None:
    data, truth = drawn(kind)
    blind = Blind()
    [record] = records(data, blind)
    told = record["fields"]
    assert not blind.asked and {key: told[key] for key in truth if isinstance(truth[key], str)} == {
        key: value for key, value in truth.items() if isinstance(value, str)
    }
    assert [{k: v for k, v in row.items() if v} for row in told["item_list"]] == _rows(truth["item_list"])
    assert all(check["passed"] is not False for check in record["checks"]) and not record["warnings"]


def _rows(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """A toll invoice's plate number stands in the column of specifications: results have it under both keys."""
    return [row | ({"specification": p} if (p := row.get("license_plate_number")) else {}) for row in rows]


def test_a_sales_list_in_pdf_says_all_that_is_printed() -> None:
    data, truth = drawn("sales-list")
    [record] = records(data)
    told = record["fields"]
    assert told["sales_mark"] and {key: told[key] for key in truth if key != "belong_item_list"} == {
        key: value for key, value in truth.items() if key != "belong_item_list"
    }
    rows = [{key: value for key, value in row.items() if value} for row in told["belong_item_list"]]
    assert rows == truth["belong_item_list"] and [check["passed"] for check in record["checks"]] == [True]


def test_thirty_invoices_in_one_pdf_are_thirty_records() -> None:
    kinds = ("digital-normal", "special-electronic", "toll")
    files = [drawn(kinds[seed % 3], seed) for seed in range(30)]
    found = records(merged(*(data for data, _ in files)))
    assert [record["fields"]["number"] for record in found] == [truth["number"] for _, truth in files]
    assert [record["page"] for record in found] == list(range(1, 31))


def test_outlines_are_read_as_a_picture() -> None:
    with pymupdf.open(stream=drawn("digital-normal")[0]) as source:
        svg = source[0].get_svg_image(text_as_path=True)
    blind = Blind()
    with pymupdf.open(stream=svg.encode(), filetype="svg") as outlines:
        [record] = records(outlines.convert_to_pdf(), blind)
    assert blind.asked == 1 and record["error"]["code"] == "not_this_document"


def test_a_layer_with_the_right_look_and_wrong_words_is_not_believed() -> None:
    source = pymupdf.open(stream=drawn("digital-normal")[0])
    for xref in range(1, source.xref_length()):
        if source.xref_get_key(xref, "ToUnicode")[0] == "xref":
            at = int(source.xref_get_key(xref, "ToUnicode")[1].split()[0])
            source.update_stream(at, _shifted(source.xref_stream(at)))
    blind = Blind()
    records(bytes(source.tobytes()), blind)
    assert blind.asked == 1


def _shifted(cmap: bytes) -> bytes:
    """A map to Unicode whose characters are each the next one."""
    lines = []
    for line in cmap.decode().splitlines():
        codes = line.replace(">", " ").replace("<", " ").split()
        if line.startswith("<") and len(codes) == 2:
            line = f"<{codes[0]}><{int(codes[1], 16) + 1:04x}>"
        elif line.startswith("<") and len(codes) == 3:
            line = f"<{codes[0]}><{codes[1]}><{int(codes[2], 16) + 1:04x}>"
        lines.append(line)
    return "\n".join(lines).encode()


def test_an_encrypted_pdf_is_named() -> None:
    with pymupdf.open(stream=drawn("digital-normal")[0]) as source:
        locked = source.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="a", owner_pw="b")
    [record] = records(bytes(locked))
    assert record["error"]["code"] == "encrypted"


def test_a_receipt_that_is_none_says_what_it_looks_like() -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=400, height=200)
        page.insert_font(fontname="F0", fontbuffer=pymupdf.Font("cjk").buffer)
        for row, text in enumerate(
            ("样本市出租汽车专用发票", "发票代码 111001700211", "上车 12:01 下车 12:20", "里程 3.1")
        ):
            page.insert_text((40, 40 + 20 * row), text, fontname="F0", fontsize=10)
        [record] = records(bytes(document.tobytes()))
    assert record["error"]["code"] == "not_this_document" and "VAT invoice" in record["error"]["message"]


def test_nine_pages_of_items_are_one_invoice() -> None:
    pages = list(_nine_pages())
    found = records(_pdf(*pages))
    assert len(found) == 1
    fields = found[0]["fields"]
    assert len(fields["item_list"]) == 9 and fields["total"] == "37774.53" and fields["subtotal_amount"] == "37774.53"
    assert not [check for check in found[0]["checks"] if check["passed"] is False]


def _nine_pages() -> Iterator[tuple[Placed, ...]]:
    """A fully digital invoice, untaxed. Every page has a row and its sub-total; the last one has the sums of all."""
    head = tuple(p for p in DIGITAL if p[1] < 155)
    row = tuple(p for p in DIGITAL if 155 < p[1] < 200 and p[2] not in ("4197.16981132075", "1"))
    foot = tuple(p for p in DIGITAL if p[1] > 300)
    sums: tuple[Placed, ...] = ((58, 245, "小"), (104, 245, "计"), (397, 245, "¥4197.17"), (549, 245, "***"))
    last: tuple[Placed, ...] = (
        (58, 261, "合"),
        (104, 261, "计"),
        (397, 261, "¥37774.53"),
        (549, 261, "***"),
        (48, 280, "价税合计（大写）"),
        (178, 280, "叁万柒仟柒佰柒拾肆圆伍角叁分"),
        (407, 280, "（小写）¥37774.53"),
    )
    for number in range(1, 10):
        cells = changed(row, {"6%": "免税", "251.83": "***"})
        yield (*head, (440, 70, f"共9页 第{number}页"), *cells, *sums, *(last if number == 9 else ()), *foot)


def _pdf(*pages: tuple[Placed, ...]) -> bytes:
    with pymupdf.open() as document:
        for placed in pages:
            page = document.new_page(width=610, height=400)
            page.insert_font(fontname="F0", fontbuffer=pymupdf.Font("cjk").buffer)
            for x, y, text in placed:
                page.insert_text((x, y + 8), text, fontname="F0", fontsize=9)
        document.subset_fonts()
        return bytes(document.tobytes())


def ofd(placed: tuple[Placed, ...] = OLD, **parts: str) -> bytes:
    """The invoice as an OFD package (mm); `parts` come instead of its own or beside them, `__` standing for a slash."""
    scale = 25.4 / 72
    objects = "".join(
        f'<ofd:TextObject ID="{i}" Boundary="{x * scale:.2f} {y * scale:.2f} 200 5" Font="1" Size="3.175">'
        f'<ofd:TextCode X="0" Y="2.8">{text.replace("<", "&lt;")}</ofd:TextCode></ofd:TextObject>'
        for i, (x, y, text) in enumerate(placed, 10)
    )
    whole = {
        "OFD.xml": ROOT.format("Doc_0/Document.xml"),
        "Doc_0/Document.xml": f"<ofd:Document {XMLNS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 215.2 141.1"
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Pages/Page_0/Content.xml": f'<ofd:Page {XMLNS}><ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer>'
        "</ofd:Content></ofd:Page>",
    } | {name.replace("__", "/") + ".xml": text for name, text in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in whole.items():
            archive.writestr(name, text)
    return stream.getvalue()


def test_an_ofd_invoice_and_its_accounts() -> None:
    account = "<eInvoice><InvoiceNo>12345678</InvoiceNo><TaxTotalAmount>3.12</TaxTotalAmount></eInvoice>"
    [record] = records(ofd(Doc_0__Attachs__original_invoice=account))
    assert record["fields"]["total"] == "27.00" and all(check["passed"] for check in record["checks"])
    [warning] = record["warnings"]
    assert warning["code"] == "sources_differ" and warning["field"] == "subtotal_tax"


@pytest.mark.parametrize(
    "account",
    [
        "<eInvoice><InvoiceNo>1234",
        '<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/hostname">]><eInvoice><InvoiceNo>&x;</InvoiceNo></eInvoice>',
    ],
)
def test_a_bad_account_takes_nothing_from_the_page(account: str) -> None:
    [record] = records(ofd(Doc_0__Attachs__original_invoice=account))
    assert record["fields"]["number"] == "12345678" and not record["warnings"]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("Doc_0__Document", "<ofd:Document"),
        ("Doc_0__Document", '<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/hostname">]><Document>&x;</Document>'),
        ("OFD", ROOT.format("../../Document.xml")),
    ],
)
def test_a_broken_ofd_is_an_error_of_its_own(part: str, text: str) -> None:
    [record] = records(ofd(**{part: text}))  # type: ignore[arg-type]
    assert record["error"]["code"] == "decode_failed"


def test_an_ofd_that_inflates_without_end_is_left_early() -> None:
    [record] = records(ofd(Doc_0__Document=" " * (200 << 20)))
    assert record["error"]["code"] == "file_too_large"
