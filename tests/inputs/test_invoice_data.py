"""What OFD parts, attached XML and QR codes say, in packages made for it."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp

from ocrcli.inputs.invoice_data import Account, accounts, of_code
from ocrcli.inputs.qr import codes

XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def objects(*texts: tuple[int, str]) -> bytes:
    told = "".join(
        f'<ofd:TextObject ID="{i}"><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject>' for i, text in texts
    )
    return f"<ofd:Page {XMLNS}><ofd:Content>{told}</ofd:Content></ofd:Page>".encode()


def parts(tags: str, **more: bytes) -> dict[str, bytes]:
    return {
        "OFD.xml": f'<ofd:OFD {XMLNS}><ofd:CustomData Name="发票号码">12345678</ofd:CustomData></ofd:OFD>'.encode(),
        "Doc_0/TAGS/CustomTags.xml": b"<CustomTags><FileLoc>Tag.xml</FileLoc></CustomTags>",
        "Doc_0/tags/tag.xml": tags.encode(),
        "Doc_0/Pages/Page_0/Content.xml": objects((1, "12345678"), (2, "¥"), (3, "27.00"), (5, "*样张*食品")),
        "Doc_0/Tpls/Tpl_0/Content.xml": objects((4, "开票人：王样")),
        **more,
    }


def ref(*ids: int) -> str:
    return "".join(f"<ofd:ObjectRef>{i}</ofd:ObjectRef>" for i in ids)


TAGS = (
    f"<eInvoice><InvoiceNo>{ref(1)}</InvoiceNo><TaxInclusiveTotalAmount>{ref(2, 3)}</TaxInclusiveTotalAmount>"
    f"<InvoiceClerk>{ref(4)}</InvoiceClerk><GoodsInfo><Item>{ref(5)}</Item></GoodsInfo></eInvoice>"
)


@pytest.mark.parametrize("tags", [TAGS, TAGS.replace("eInvoice>", ":eInvoice>"), TAGS.replace("ofd:", "")])
def test_tags_name_the_text_that_is_seen(tags: str) -> None:
    """The root's namespace is often undeclared; folder names differ in case; labels stand in the template."""
    first, last = accounts(parts(tags), "ofd")
    assert first.shown and first.fields == {"number": "12345678", "total": "¥27.00", "issuer": "王样"}
    assert first.items == [{"name": "*样张*食品"}]
    assert last == Account("OFD.xml", "ofd", {"number": "12345678"})


def test_attached_xml() -> None:
    xml = "<eInvoice xmlns:fp='x'><fp:InvoiceCode>011002300111</fp:InvoiceCode><fp:Note></fp:Note></eInvoice>"
    found = list(accounts(parts("<broken", **{"Doc_0/Attachs/original_invoice.xml": xml.encode()}), "ofd"))
    assert [account.name for account in found] == ["the attached XML", "OFD.xml"]
    assert found[0].fields == {"code": "011002300111"}


def test_a_digital_invoices_own_xml_in_a_pdf() -> None:
    xml = "<EInvoice><BuyerName>样张公司</BuyerName><TotalTax-includedAmount>27.00</TotalTax-includedAmount></EInvoice>"
    [account] = accounts({"invoice.XML": xml.encode(), "logo.png": b"\x89PNG"}, "pdf-attachment")
    assert account.fields == {"buyer_name": "样张公司", "total": "27.00"} and account.source == "pdf-attachment"


def test_entities_are_not_opened() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "12345678">]><eInvoice><InvoiceNo>&b;</InvoiceNo></eInvoice>'
    assert not list(accounts({"original_invoice.xml": bomb}, "ofd"))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "01,10,011002300111,12345678,23.89,20230506,12345678901234567890,41FF,",
            {
                "code": "011002300111",
                "number": "12345678",
                "subtotal_amount": "23.89",
                "issue_date": "20230506",
                "check_code": "12345678901234567890",
            },
        ),
        (
            "01,32,,24112000000000000018,-54.30,2024-05-28,,",
            {"number": "24112000000000000018", "total": "-54.30", "issue_date": "2024-05-28"},
        ),
        (
            "01,10,144031909110,12345678,91350100M000100Y43,23.89,20190320,0053e0982be37e97",
            {
                "code": "144031909110",
                "number": "12345678",
                "seller_id": "91350100M000100Y43",
                "issue_date": "20190320",
            },
        ),
        (
            "https://bcfp.shenzhen.chinatax.gov.cn/verify/scan?hash=00ab&bill_num=12345678&total_amount=2700",
            {"number": "12345678", "total": "27.00"},
        ),
        ("https://example.com/01,10", None),
    ],
)
def test_qr_texts(text: str, fields: dict[str, str] | None) -> None:
    account = of_code(text)
    assert (account.fields if account else None) == fields


def test_qr_codes_in_a_picture() -> None:
    barcode = zxingcpp.create_barcode("01,32,,1", zxingcpp.BarcodeFormat.QRCode)
    code = np.repeat(np.repeat(np.array(barcode.to_image(scale=1)), 6, 0), 6, 1)
    picture = np.full((400, 500, 3), 255, np.uint8)
    picture[50 : 50 + code.shape[0], 100 : 100 + code.shape[1]] = code[:, :, None]
    [(text, quad)] = codes(picture)
    assert text == "01,32,,1" and quad[0][0] >= 100 and quad[2][1] <= 50 + code.shape[0]
    assert not codes(np.full((100, 100, 3), 255, np.uint8))


def test_the_items_and_addresses_of_a_digital_invoices_xml() -> None:
    xml = (
        "<EInvoice><EInvoiceData><SellerInformation><SellerAddr>样本街2号</SellerAddr><SellerTelNum>0000-11112222"
        "</SellerTelNum></SellerInformation><IssuItemInformation><ItemName>*样张*食品</ItemName><MeaUnits>袋</MeaUnits>"
        "<UnPrice>2.5</UnPrice><TaxRate>0.13</TaxRate><ComTaxAm>0.33</ComTaxAm></IssuItemInformation>"
        "<IssuItemInformation><ItemName>*样张*蔬菜</ItemName><TaxRate>免税</TaxRate></IssuItemInformation>"
        "</EInvoiceData></EInvoice>"
    )
    [account] = accounts({"invoice.xml": xml.encode()}, "pdf-attachment")
    assert account.fields == {"seller_address": "样本街2号 0000-11112222"}
    first = {"name": "*样张*食品", "unit": "袋", "unit_price": "2.5", "tax_rate": "13%", "tax": "0.33"}
    assert account.items == [first, {"name": "*样张*蔬菜", "tax_rate": "免税"}]
