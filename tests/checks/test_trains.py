from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.checks import trains


@given(st.sampled_from(["", *trains.KINDS]), st.integers(1, 9999))
def test_train_numbers(kind: str, number: int) -> None:
    assert trains.passes(f"{kind}{number}")
    assert not trains.passes(f"{kind}0{number}")


@pytest.mark.parametrize("number", ["", "G", "H12", "G12345", "g12", "12G", "G1 2"])
def test_no_train_numbers(number: str) -> None:
    assert number in (trains.train_fault(number) or "")


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("05车12F号", trains.Seat("05", "12F", None)),
        ("05车 012 号", trains.Seat("05", "012", None)),
        ("加1车118号", trains.Seat("加1", "118", None)),
        ("08车015号下铺", trains.Seat("08", "015", "下铺")),
        ("3车无座", trains.Seat("3", None, None)),
        ("05车12E号", None),
        ("12F号", None),
        ("05车", None),
        ("", None),
    ],
)
def test_seats(text: str, seat: trains.Seat | None) -> None:
    assert trains.seat(text) == seat
    assert (trains.seat_fault(text) is None) is (seat is not None)


@pytest.mark.parametrize(
    ("text", "category", "train", "word"),
    [
        ("05车12F号", "二等座", "G102", None),
        ("05车12B号", "一等座", "G102", "一等座 has no seat B"),
        ("01车02D号", "商务座", "G102", "商务座 has no seat D"),
        ("08车015号下铺", "新空调硬卧", "Z85", None),
        ("08车015号下铺", "硬座", "Z85", "硬座 has no 下铺"),
        ("08车015号", "新空调硬座", "K1", None),
        ("08车15A号", "硬座", "K1", "seats of train K1 have no letter"),
        ("03车无座", "二等座", "D2", None),
        ("03车01A号", "三等座", "D2", "三等座 is no class"),
    ],
)
def test_seats_beside_class_and_train(text: str, category: str, train: str, word: str | None) -> None:
    said = trains.seat_fault(text, category, train)
    assert said is None if word is None else word in (said or "")


@pytest.mark.parametrize(
    ("log", "ticket", "word"),
    [
        ("10010301110607E024588", "E024588", None),
        ("10010301110607E024588", "37E024588", None),
        ("10010301110607E024588", None, None),
        ("10010301110607E024588", "E024589", "the ticket has the number E024589"),
        ("10010301111307E024588", None, "no day: 1307"),
        ("10010301110607I024588", None, "a log number has"),
        ("1001030111060E024588", None, "a log number has"),
    ],
)
def test_log_numbers(log: str, ticket: str | None, word: str | None) -> None:
    said = trains.log_fault(log, ticket)
    assert said is None if word is None else word in (said or "")


def test_ticket_numbers() -> None:
    assert trains.ticket_fault("Z012345") is None and trains.ticket_fault("37F012345") is None
    assert all(trains.ticket_fault(number) for number in ("O012345", "Z01234", "1234567", ""))


@given(st.integers(1, 40_000).map(lambda halves: Decimal(halves) / 2), st.sampled_from(["0.05", "0.1", "0.2"]))
def test_fees_are_halves_not_less_than_two_and_near_the_share(price: Decimal, share: str) -> None:
    fee = trains.refund_fee(price, Decimal(share))
    assert fee % Decimal("0.5") == 0
    assert fee == min(price, Decimal(2)) or abs(fee - price * Decimal(share)) <= Decimal("0.25")
    assert trains.fee_fault(f"{fee:.2f}", f"{price:.2f}") is None


@pytest.mark.parametrize(
    ("fee", "price", "word"),
    [
        ("4.00", None, None),
        ("4.20", None, "whole halves"),
        ("4.00", "79.50", None),
        ("8.00", "79.50", None),
        ("5.00", "79.50", "4.00 or 8.00 or 16.00"),
        ("x", None, "x is no amount"),
    ],
)
def test_fees(fee: str, price: str | None, word: str | None) -> None:
    said = trains.fee_fault(fee, price)
    assert said is None if word is None else word in (said or "")


@given(st.integers(100, 500_000))
def test_the_tax_inside_a_fare(cents: int) -> None:
    fare = Decimal(cents) / 100
    net = (fare / Decimal("1.09")).quantize(Decimal("0.01"))
    printed = (f"{fare:.2f}", f"{net:.2f}", f"{fare - net:.2f}")
    assert trains.tax_fault(*printed) is None
    assert trains.tax_fault(printed[0], f"{net + 1:.2f}", printed[2])
    assert "has a tax of" in (trains.tax_fault(printed[0], f"{net - 1:.2f}", f"{fare - net + 1:.2f}") or "")
