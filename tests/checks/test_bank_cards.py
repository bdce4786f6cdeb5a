from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.checks import bank_cards, luhn

ROWS = [
    row.split("\t")
    for row in files("ocrcli.checks").joinpath("bank_cards.tsv").read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]
KNOWN = [(bank, kind, int(digits), p) for bank, kind, digits, ps in ROWS if digits != "-" for p in ps.split()]
# What the networks publish for trying out payments.
TEST_NUMBERS = {
    "4111111111111111": "Visa",
    "4242424242424242": "Visa",
    "5555555555554444": "Mastercard",
    "2223003122003222": "Mastercard",
    "378282246310005": "American Express",
    "3530111333300000": "JCB",
    "30569309025904": "Diners Club",
    "6011111111111117": "Discover",
    "6200000000000005": "UnionPay",
    "6216261000000000018": "UnionPay",
}


@pytest.mark.parametrize(("number", "network"), TEST_NUMBERS.items())
def test_the_networks_own_test_numbers(number: str, network: str) -> None:
    assert bank_cards.network(number) == network
    assert bank_cards.fault(number) is None and luhn.passes(number)


def test_the_table_is_sound() -> None:
    assert len(KNOWN) > 1700 and len({bank for bank, *_ in ROWS}) > 200
    for bank, kind, digits, prefixes in ROWS:
        assert bank.strip() == bank != ""
        assert kind in (*bank_cards.KINDS_ZH, "-")
        assert digits == "-" or 14 <= int(digits) <= 19
        assert all(4 <= len(prefix) <= 10 and prefix.isdigit() for prefix in prefixes.split())
    pairs = [(prefix, digits) for _, _, digits, prefixes in ROWS for prefix in prefixes.split()]
    assert len(pairs) == len(set(pairs))


@given(st.sampled_from(KNOWN), st.data())
def test_every_number_of_a_row_is_of_its_bank(row: tuple[str, str, int, str], data: st.DataObject) -> None:
    bank, kind, digits, prefix = row
    rest = data.draw(st.from_regex(f"[0-9]{{{digits - len(prefix)}}}", fullmatch=True))
    found = bank_cards.issuer(prefix + rest)
    assert found is not None and len(found.prefix) >= len(prefix)
    if found.prefix == prefix:
        assert (found.bank, found.kind or "-") == (bank, kind)
    assert bank_cards.passes(prefix + rest, found.bank)


@given(st.text("0123456789", max_size=22))
def test_anything_may_be_asked(number: str) -> None:
    said = bank_cards.fault(number)
    assert (said is None) == bank_cards.passes(number)
    if not 12 <= len(number) <= 19:
        assert said == "a card number has 12 to 19 digits"


@pytest.mark.parametrize(
    ("number", "bank", "word"),
    [
        ("6222021234567890123", "中国建设银行", "622202 are of 中国工商银行"),
        ("622202123456789012", None, "622202 have 19 digits, not 18"),
        ("41111111111111", None, None),
        ("4111111111111111", "中国银行", None),  # its prefix is not in the table
        ("55555555555544449", None, "Mastercard has no numbers of 17 digits"),
        ("1234567890123456", None, "no network's numbers begin with 12"),
    ],
)
def test_faults_are_named(number: str, bank: str | None, word: str | None) -> None:
    said = bank_cards.fault(number, bank)
    assert said is None if word is None else word in (said or "")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("中国工商银行", "工商银行", True),
        ("中国银行", "中国农业银行", False),
        ("中国银行股份有限公司", "中国银行", True),
        ("浦发银行", "上海浦东发展银行", True),
        ("上海银行", "上海浦东发展银行", False),
        ("天津银行", "天津市商业银行", True),
        ("天津农村商业银行", "天津银行", False),
        ("江西银行", "南昌银行", True),
        ("中原银行", "洛阳银行", True),
        ("招商银行", "浙商银行", False),
        ("招商银行信用卡中心", "招商银行", True),
    ],
)
def test_names_of_one_bank(one: str, other: str, same: bool) -> None:
    assert bank_cards.same_bank(one, other) is bank_cards.same_bank(other, one) is same
