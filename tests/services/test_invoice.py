"""The service `invoice` on digital pages made for it: every key, every check, what belongs together, what is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import zxingcpp

from ocrcli.errors import OcrError
from ocrcli.finding import Check, Finding, ReadPage
from ocrcli.page import Page, Reading, Source
from ocrcli.services.receipts.invoice.reading import SERVICE

from .invoice_sheets import BUYER, BUYER_ID, DIGITAL, OLD, SELLER, SELLER_ID, Placed, changed, reading


def found(page: Reading, **options: Any) -> Finding:
    [finding] = SERVICE.read(page, {**SERVICE.defaults(), **options})
    return finding


def fields(finding: Finding) -> dict[str, Any]:
    assert isinstance(finding.fields, dict)
    return finding.fields


def failed(finding: Finding) -> list[Check]:
    return [check for check in finding.checks if check.passed is False]


def test_an_older_layout() -> None:
    finding = found(reading(*OLD))
    expected = {
        "title": "北京增值税电子普通发票",
        "type": "electronic",
        "attribution": "北京",
        "code": "011002300111",
        "number": "12345678",
        "check_code": "12345678901234567890",
        "machine_number": "499098892081",
        "issue_date": "2023-05-06",
        "encryption_block": "037+143*5*753+6+<+<-37<76986\n0-+>53/<-3+384<82511/54*+3-4",
        "buyer_name": BUYER,
        "buyer_id": BUYER_ID,
        "buyer_address": "样本路1号 010-00000000",
        "buyer_bank": "样张银行样本支行 000011112222",
        "seller_name": SELLER,
        "seller_id": SELLER_ID,
        "seller_address": "样本街2号 0000-11112222",
        "seller_bank": "样张银行 333344445555",
        "subtotal_amount": "23.89",
        "subtotal_tax": "3.11",
        "total": "27.00",
        "total_in_words": "贰拾柒圆整",
        "remarks": "订单号:SPECIMEN",
        "receiver": "张样",
        "reviewer": "李样",
        "issuer": "王样",
        "province": "北京市",
        "sales_mark": False,
    }
    assert {key: fields(finding)[key] for key in expected} == expected
    assert finding.checks and all(check.passed for check in finding.checks)
    assert finding.evidence["item_list/1/amount"].plain == "-10.62"


def test_items_over_two_rows_and_a_discount() -> None:
    first, second = fields(found(reading(*OLD)))["item_list"]
    assert first["name"] == "*其他食品*样张牌食品" and first["unit_price"] == "17.255" and first["quantity"] == "2"
    assert first["specification"] == "200g/袋" and first["unit"] == "袋"
    assert (second["amount"], second["tax_rate"], second["tax"]) == ("-10.62", "13%", "-1.38")
    assert second["quantity"] is None


def test_a_fully_digital_layout() -> None:
    finding = found(reading(*DIGITAL))
    told = fields(finding)
    assert told["type"] == "fully_digitalized_special_electronic" and told["code"] == "" and told["check_code"] == ""
    assert (told["buyer_name"], told["seller_name"]) == (BUYER, SELLER)
    assert (told["buyer_id"], told["seller_id"]) == (BUYER_ID, SELLER_ID)
    assert told["remarks"] == "收款人:张样;" and told["issuer"] == "王样" and told["receiver"] is None
    assert told["item_list"][0]["name"] == "*信息技术服务*技术服务费"
    assert all(check.passed for check in finding.checks)


@pytest.mark.parametrize(
    ("texts", "rules"),
    [
        ({"(小写)¥27.00": "(小写)¥27.10"}, "amount-sum amount-words"),
        ({"贰拾柒圆整": "贰拾捌圆整"}, "amount-words"),
        ({"34.51": "34.61"}, "amount-items"),
        ({"4.49": "4.99"}, "amount-items"),
        ({"17.255": "17.355"}, "amount-items"),
        ({"发票代码：011002300111": "发票代码：099002300111"}, "invoice-code"),
        ({"发票代码：011002300111": "发票代码：011003300111"}, "invoice-code"),
        ({f"纳税人识别号：{SELLER_ID}": "纳税人识别号：91110108MA01TEXC4M"}, "taxpayer-id"),
    ],
)
def test_an_altered_invoice_is_reported_as_printed(texts: dict[str, str], rules: str) -> None:
    finding = found(reading(*changed(OLD, texts)))
    assert {check.rule for check in failed(finding)} == set(rules.split()) and all(
        check.message for check in failed(finding)
    )


def test_issuers_set_the_same_words_in_other_pieces() -> None:
    pieces: dict[str, tuple[Placed, ...]] = {
        "发票号码：24112000000000000018": ((438, 31, "发票号码："), (488, 31, "24112000000000000018")),
        f"名称：{BUYER}": ((33, 96, "名"), (45, 96, "称"), (57, 96, "："), (69, 96, BUYER)),
        f"名称：{SELLER}": ((318, 96, "名"), (330, 96, "称"), (342, 96, "："), (354, 96, SELLER)),
        "税率/征收率": ((447, 146, "税率/"), (447, 156, "征收率")),
        "金 额": ((407, 151, "金"), (430, 151, "额")),
        "（小写）¥4449.00": ((407, 280, "（小写）"), (450, 280, "￥"), (466, 280, "4,449.00")),
        "肆仟肆佰肆拾玖圆整": ((164, 280, "⊗"), (178, 280, "肆仟肆佰肆拾玖圆整")),
        "开票人：王样": ((55, 368, "开票人："), (110, 368, "王样")),
    }
    apart = tuple(part for placed in DIGITAL for part in pieces.get(placed[2], (placed,)))
    assert fields(found(reading(*apart))) == fields(found(reading(*DIGITAL)))


def test_no_tax() -> None:
    texts = {"251.83": "***", "¥251.83": "***", "6%": "免税", "（小写）¥4449.00": "（小写）¥4197.17"}
    finding = found(reading(*changed(DIGITAL, {**texts, "肆仟肆佰肆拾玖圆整": "肆仟壹佰玖拾柒圆壹角柒分"})))
    assert fields(finding)["subtotal_tax"] == "***" and fields(finding)["item_list"][0]["tax_rate"] == "免税"
    assert not failed(finding)


def test_a_red_letter_invoice() -> None:
    texts = {
        "4197.17": "-4197.17",
        "1": "-1",
        "251.83": "-251.83",
        "¥4197.17": "¥-4197.17",
        "¥251.83": "-¥251.83",
        "肆仟肆佰肆拾玖圆整": "（负数）肆仟肆佰肆拾玖圆整",
        "（小写）¥4449.00": "（小写）¥-4449.00",
    }
    finding = found(reading(*changed(DIGITAL, texts)))
    assert fields(finding)["total"] == "-4449.00" and fields(finding)["subtotal_tax"] == "-251.83"
    assert not failed(finding)


def test_options_add_their_keys() -> None:
    told = fields(found(reading(*DIGITAL), advanced_mode=True, return_text_location=True))
    assert told["confidence"]["total"] == 1.0 and len(told["text_location"]["item_list/0/amount"]) == 4
    assert "confidence" not in fields(found(reading(*DIGITAL)))


def test_other_papers() -> None:
    with pytest.raises(OcrError) as error:
        found(reading((50, 40, "今天天气很好")))
    assert error.value.code == "not_this_document"


LIST: tuple[Placed, ...] = (
    (128, 40, "销售货物或者提供应税劳务、服务清单"),
    (30, 105, f"购买方名称：{BUYER}"),
    (30, 127, f"销售方名称：{SELLER}"),
    (30, 147, "所属增值税电子普通发票代码：011002300111"),
    (271, 147, "号码：12345678"),
    (469, 147, "共"),
    (491, 147, "1"),
    (512, 147, "页第"),
    (550, 147, "1"),
    (571, 147, "页"),
    (14, 172, "序号"),
    (72, 172, "项目名称"),
    (180, 172, "规格型号"),
    (242, 172, "单位"),
    (285, 172, "数量"),
    (339, 172, "单"),
    (359, 172, "价"),
    (410, 172, "金"),
    (429, 172, "额"),
    (473, 172, "税率"),
    (519, 172, "税"),
    (544, 172, "额"),
    (20, 192, "1"),
    (35, 192, "*谷物*稻谷"),
    (441, 192, "13.89"),
    (486, 192, "13%"),
    (562, 192, "1.81"),
    (20, 212, "2"),
    (35, 212, "*谷物*小麦"),
    (441, 212, "10.00"),
    (486, 212, "13%"),
    (562, 212, "1.30"),
    (14, 722, "小计"),
    (420, 722, "¥23.89"),
    (547, 722, "¥3.11"),
    (14, 742, "总计"),
    (420, 742, "¥23.89"),
    (547, 742, "¥3.11"),
    (418, 784, "开票日期：2023年05月06日"),
)


def test_a_sales_list_alone() -> None:
    told = fields(found(reading(*LIST, height=842)))
    assert told["sales_mark"] and told["belong_number"] == "12345678" and told["belong_vat_code"] == "011002300111"
    assert told["belong_subtotal_amount"] == "23.89" and told["belong_sum_tax"] == "3.11"
    assert (told["belong_pages"], told["belong_current_page"]) == ("1", "1")
    assert [row["item_number"] for row in told["belong_item_list"]] == ["1", "2"]


def test_a_short_second_line_of_a_name_belongs_to_it() -> None:
    told = fields(found(reading(*LIST, (36, 202, "A-2"), height=842)))
    assert [row["name"] for row in told["belong_item_list"]] == ["*谷物*稻谷A-2", "*谷物*小麦"]
    assert [row["item_number"] for row in told["belong_item_list"]] == ["1", "2"]


@pytest.mark.parametrize(("amount", "passed"), [("10.00", True), ("10.50", False)])
def test_a_sales_list_proves_its_sums(amount: str, passed: bool) -> None:
    finding = found(reading(*changed(LIST, {"10.00": amount}), height=842))
    assert [check.passed for check in finding.checks if "belong_item_list" in check.fields] == [passed]


def test_an_invoice_with_its_sales_list() -> None:
    row = {"*其他食品*样张牌": "(详见销货清单)", "34.51": "23.89", "4.49": "3.11", "17.255": "", "2": "", "食品": ""}
    row |= {"*其他食品*样张牌食品": "", "-10.62": "", "-1.38": "", "200g/袋": "", "袋": ""}
    first = [p for p in changed(OLD, row) if p[2] and not (p[2] == "13%" and p[1] == 184)]
    one, two = reading(*first, count=2), reading(*LIST, number=2, count=2, height=842)
    pages = [ReadPage(page, SERVICE.read(page, SERVICE.defaults())) for page in (one, two)]
    assert SERVICE.join is not None
    [finding], [] = (page.findings for page in SERVICE.join(pages, SERVICE.defaults()))
    assert [item["name"] for item in fields(finding)["item_list"]] == ["*谷物*稻谷", "*谷物*小麦"]
    assert len(fields(finding)["belong_item_list"]) == 2 and not failed(finding)
    assert finding.evidence["item_list/1/amount"].plain == "10.00"


def test_two_invoices_of_one_file_stay_two() -> None:
    other = changed(DIGITAL, {"发票号码：24112000000000000018": "发票号码：24112000000000000026"})
    pages = [ReadPage(page, SERVICE.read(page, SERVICE.defaults())) for page in (reading(*DIGITAL), reading(*other))]
    assert SERVICE.join is not None
    assert [len(page.findings) for page in SERVICE.join(pages, SERVICE.defaults())] == [1, 1]


def page_with(parts: dict[str, bytes], source: Source, placed: tuple[Placed, ...]) -> Reading:
    own = reading(*placed)
    page = Page(
        own.width, own.height, "pt", 1, 1, render=lambda: np.zeros((9, 9, 3), np.uint8), attachments=lambda: parts
    )
    return replace(own, page=page, source=source)


def xml(**values: str) -> bytes:
    return ("<eInvoice>" + "".join(f"<{k}>{v}</{k}>" for k, v in values.items()) + "</eInvoice>").encode()


def test_sources_that_agree_fill_gaps() -> None:
    parts = {"original_invoice.xml": xml(InvoiceNo="12345678", TaxTotalAmount="3.11", BuyerName=BUYER)}
    finding = found(page_with(parts, "ofd", tuple(p for p in OLD if p[2] != "¥3.11")))
    assert fields(finding)["subtotal_tax"] == "3.11" and finding.evidence["subtotal_tax"].source == "ofd"
    assert not finding.notices and not failed(finding)


def test_sources_that_disagree_are_both_told() -> None:
    parts = {"original_invoice.xml": xml(InvoiceNo="12345678", TaxInclusiveTotalAmount="72.00")}
    finding = found(page_with(parts, "ofd", OLD))
    [notice] = finding.notices
    assert fields(finding)["total"] == "27.00" and notice.code == "sources_differ" and notice.field == "total"
    assert "27.00" in notice.message and "72.00" in notice.message


def test_an_account_of_another_invoice_says_nothing() -> None:
    parts = {"a.xml": xml(InvoiceNo="87654321", TaxInclusiveTotalAmount="72.00")}
    finding = found(page_with(parts, "text-layer", OLD))
    assert not finding.notices and fields(finding)["total"] == "27.00"


def with_code(text: str, *placed: Placed) -> Reading:
    """A digital page with a QR code drawn on it at (20, 20)."""
    own = reading(*placed)
    code = np.asarray(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=2), np.uint8)
    pixels = np.full((int(own.height), int(own.width), 3), 255, np.uint8)
    high, wide = code.shape[:2]
    pixels[20 : 20 + high, 20 : 20 + wide] = code.reshape(high, wide, 1)
    return replace(own, page=Page(own.width, own.height, "pt", 1, 1, render=lambda: pixels))


def test_a_code_that_names_another_number_is_told() -> None:
    number = "24112000000000000018"
    [notice] = found(with_code("01,32,,24112000000000000017,4449.00,20240528,,A1B2,", *DIGITAL)).notices
    assert (notice.code, notice.field) == ("sources_differ", "number")
    assert number in notice.message and "24112000000000000017" in notice.message
    assert not found(with_code(f"01,32,,{number},4449.00,20240528,,A1B2,", *DIGITAL)).notices


CONSTRUCTION = (
    (45, 151, "项目名称"),
    (140, 151, "建筑服务发生地"),
    (265, 151, "建筑项目名称"),
    (407, 151, "金 额"),
    (447, 151, "税率/征收率"),
    (551, 151, "税 额"),
    (13, 161, "*建筑服务*工程款"),
    (130, 161, "样张市样本路1号"),
    (260, 161, "样张大厦修缮"),
    (402, 161, "4197.17"),
    (467, 161, "6%"),
    (556, 161, "251.83"),
)


def test_columns_of_construction_are_no_part_of_name_and_amount() -> None:
    head = [p for p in DIGITAL if p[1] < 150 or p[1] > 180]
    finding = found(reading(*head, *CONSTRUCTION))
    [item] = fields(finding)["item_list"]
    assert (item["name"], item["amount"], item["tax"]) == ("*建筑服务*工程款", "4197.17", "251.83")
    assert not failed(finding)


def test_the_sellers_stamp_place_is_no_drawer() -> None:
    finding = found(reading(*changed(OLD, {"销售方：(章)": "销货单位：(章)", "开票人：王样": "开票人："})))
    assert not fields(finding)["issuer"]
    assert fields(finding)["reviewer"] == "李样"
