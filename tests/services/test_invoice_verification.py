"""The service `invoice-verification` on invented invoices: what it says of them, and what it says it cannot."""

from __future__ import annotations

import pytest

from ocrcli.declaration import checked
from ocrcli.errors import OcrError, UsageError
from ocrcli.finding import Finding, ReadPage
from ocrcli.services.receipts.invoice import SERVICE as INVOICE
from ocrcli.services.receipts.invoice_verification import NO_ANSWER, SERVICE
from tests.services.declared import all_found, failed, fields, found
from tests.services.invoice_sheets import DIGITAL, OLD, SELLER_ID, Placed, changed, reading
from tests.services.test_invoice import LIST

KNOWN = {
    "code": "011002300111",
    "number": "12345678",
    "issue_date": "2023-05-06",
    "check_code": "567890",
    "subtotal_amount": "23.89",
}


def result(finding: Finding) -> tuple[str, str]:
    told = fields(finding)
    return told["result_code"], told["result_message"]


def test_a_consistent_invoice_and_what_is_known_of_it() -> None:
    invoice = found(SERVICE, reading(*OLD), **KNOWN)
    told = fields(invoice)
    assert result(invoice) == ("local-consistent", f"it is consistent; {NO_ANSWER}")
    assert told["type"] == "vat_normal_electronic" and told["total"] == "27.00" and len(told["items"]) == 2
    assert [check.passed for check in invoice.checks if check.rule == "same-value"] == [True] * len(KNOWN)
    assert "items/1/amount" in invoice.evidence and "title" not in invoice.evidence


def test_a_digital_invoice_has_no_code_and_is_known_by_its_total() -> None:
    total = fields(found(INVOICE, reading(*DIGITAL)))["total"]
    invoice = found(SERVICE, reading(*DIGITAL), code="", subtotal_amount=total)
    assert result(invoice)[0] == "local-consistent"
    assert fields(invoice)["type"] == "fully_digitalized_special_electronic"
    other = found(SERVICE, reading(*DIGITAL), subtotal_amount="1.00")
    assert failed(other) == {("same-value", ("total",))}


@pytest.mark.parametrize(
    ("texts", "rule"),
    [
        ({"(小写)¥27.00": "(小写)¥27.10"}, "amount-sum"),
        ({"34.51": "34.61"}, "amount-items"),
        ({"发票代码：011002300111": "发票代码：099002300111"}, "invoice-code"),
        ({f"纳税人识别号：{SELLER_ID}": "纳税人识别号：91110108MA01TEXC4M"}, "taxpayer-id"),
    ],
)
def test_an_altered_invoice(texts: dict[str, str], rule: str) -> None:
    invoice = found(SERVICE, reading(*changed(OLD, texts)))
    code, message = result(invoice)
    assert rule in {rule for rule, _ in failed(invoice)}
    assert code == "local-inconsistent" and rule in message and message.endswith(NO_ANSWER)


@pytest.mark.parametrize(
    ("key", "typed"),
    [("code", "011002300112"), ("number", "12345679"), ("issue_date", "2023-05-07"), ("check_code", "567891")],
)
def test_another_value_than_the_printed_one(key: str, typed: str) -> None:
    invoice = found(SERVICE, reading(*OLD), **{**KNOWN, key: typed})
    assert failed(invoice) == {("same-value", (key,))}
    assert result(invoice)[0] == "local-inconsistent"


def test_what_is_not_printed_is_not_agreed_with() -> None:
    page = reading(*(placed for placed in OLD if not placed[2].startswith("开票日期")))
    invoice = found(SERVICE, page, issue_date="2023-05-06")
    [check] = [check for check in invoice.checks if check.rule == "same-value"]
    assert check.passed is None
    assert result(invoice)[0] == "local-incomplete"


@pytest.mark.parametrize(
    ("key", "typed"),
    [("code", "123"), ("number", "1"), ("issue_date", "2023-02-30"), ("issue_date", "20230506"),
     ("check_code", "1"), ("subtotal_amount", "88")],
)  # fmt: skip
def test_what_is_no_such_value_is_refused(key: str, typed: str) -> None:
    with pytest.raises(UsageError, match="--" + key.replace("_", "-")):
        checked(SERVICE, {**SERVICE.defaults(), key: typed})


def test_other_pages_are_refused() -> None:
    other: tuple[Placed, ...] = ((100, 40, "姓名 样张三"), (100, 90, "公民身份号码"))
    with pytest.raises(OcrError) as refused:
        all_found(SERVICE, reading(*other))
    assert refused.value.code == "not_this_document"


def test_an_invoice_and_its_sales_list_are_judged_together() -> None:
    row = {"*其他食品*样张牌": "(详见销货清单)", "34.51": "23.89", "4.49": "3.11", "17.255": "", "2": "", "食品": ""}
    row |= {"*其他食品*样张牌食品": "", "-10.62": "", "-1.38": "", "200g/袋": "", "袋": ""}
    first = [p for p in changed(OLD, row) if p[2] and not (p[2] == "13%" and p[1] == 184)]
    for amount, code in (("10.00", "local-consistent"), ("10.50", "local-inconsistent")):
        rows = reading(*changed(LIST, {"10.00": amount}), number=2, count=2, height=842)
        options = {**SERVICE.defaults(), "number": "12345678"}
        pages = [ReadPage(page, SERVICE.read(page, options)) for page in (reading(*first, count=2), rows)]
        assert SERVICE.join is not None
        [invoice], [] = (page.findings for page in SERVICE.join(pages, options))
        assert [item["name"] for item in fields(invoice)["items"]] == ["*谷物*稻谷", "*谷物*小麦"]
        assert result(invoice)[0] == code


def test_a_sales_list_alone_is_not_enough() -> None:
    code, message = result(found(SERVICE, reading(*LIST, height=842)))
    assert code == "local-incomplete" and "number" in message
