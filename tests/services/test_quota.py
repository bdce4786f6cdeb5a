"""Quota invoices from saved readings of drawn specimens and from boxes."""

from __future__ import annotations

import pytest

from ocrcli.errors import OcrError
from ocrcli.services.receipts.quota import SERVICE
from tests.services.boxes import Box, each, found, outcome, reading, saved, values

INVOICE: tuple[Box, ...] = (
    ("湖南省国家税务局通用定额发票", 100, 60),
    ("发 票 联", 240, 120),
    ("发票代码", 300, 180),
    ("143992280091", 440, 180),
    ("发票号码", 300, 230),
    ("81975356", 440, 230),
    ("壹 拾 元", 220, 320),
    ("（加盖发票专用章）", 220, 380),
    ("样本印务2022年05月印63000本@50×06917920", 100, 460),
)
SAYS = {"number": "81975356", "code": "143992280091", "location": "湖南省", "amount": "壹拾元"}


def told(*boxes: Box) -> dict[str, object]:
    says = values(found(SERVICE, reading(*boxes)))
    return {key: value for key, value in says.items() if value is not None and key != "confidence"}


def test_what_it_says() -> None:
    assert told(*INVOICE) == SAYS
    assert outcome(found(SERVICE, reading(*INVOICE)), "quota-face") == [True]


@pytest.mark.parametrize("name", ["lying", "coupon", "upright"])
def test_specimens(name: str) -> None:
    page, expected = saved("quota", name)
    says = values(found(SERVICE, page))
    assert {key: says[key] for key in expected} == expected


def test_a_coupon_that_repeats_its_number_is_no_second_invoice() -> None:
    coupon = (("发票代码", 1100, 180), ("143992280091", 1240, 180), ("发票号码", 1100, 230), ("81975356", 1240, 230))
    assert told(*INVOICE, *((text, float(x), float(y)) for text, x, y in coupon)) == SAYS


def test_figures_where_there_are_no_words() -> None:
    boxes = (*INVOICE[:6], ("￥50.00", 220.0, 320.0), *INVOICE[7:])
    page = found(SERVICE, reading(*boxes))
    assert values(page)["amount"] == "50.00"
    assert outcome(page, "amount-words") == [None]


def test_words_and_figures_that_differ() -> None:
    page = found(SERVICE, reading(*INVOICE, ("￥100.00", 240, 420)))
    assert outcome(page, "amount-words") == [False]


def test_an_amount_that_no_invoice_is_printed_for() -> None:
    page = found(SERVICE, reading(*INVOICE[:6], ("叁拾壹元", 220, 320), *INVOICE[7:]))
    assert values(page)["amount"] == "叁拾壹元"
    assert outcome(page, "quota-face") == [False]


def test_a_code_that_no_province_has() -> None:
    boxes = tuple((text.replace("143992280091", "199992280091"), x, y) for text, x, y in INVOICE)
    assert outcome(found(SERVICE, reading(*boxes)), "invoice-code") == [False]


def test_two_of_one_booklet() -> None:
    title, _, _, _, _, _, words, *_ = INVOICE
    first: tuple[Box, ...] = (
        title,
        ("发票代码 143992280091", 120, 110),
        ("发票号码 81975356", 120, 150),
        ("发 票 联", 160, 190),
        (words[0], 160, 230),
    )
    second = tuple((text.replace("81975356", "81975357"), x + 1200, y) for text, x, y in first)
    assert [values(one)["number"] for one in each(SERVICE, reading(*first, *second))] == ["81975356", "81975357"]


@pytest.mark.parametrize(
    "boxes",
    [
        (),
        (("浙江增值税电子普通发票", 100, 60), *INVOICE[2:6], ("壹拾元整", 100, 320)),
        INVOICE[2:6],
    ],
    ids=["empty", "VAT invoice", "half of it"],
)
def test_what_is_no_quota_invoice(boxes: tuple[Box, ...]) -> None:
    with pytest.raises(OcrError) as raised:
        SERVICE.read(reading(*boxes), SERVICE.defaults())
    assert raised.value.code == "not_this_document"
