from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.checks import amounts
from ocrcli.checks.invoice_sums import Item, item_fault, rate_of, rows_fault, total_fault

AMOUNTS = st.decimals(Decimal(0), Decimal("99999999999999.99"), places=2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("¥1,234.50", "1234.50"),
        ("￥ 12", "12"),
        ("人民币12.5元", "12.5"),
        ("-3.00", "-3"),
        ("(3.00)", "-3"),
        ("¥-12.00", "-12"),
        ("-¥12.00", "-12"),
        ("１２．５０", "12.50"),
        ("1,23", None),
        ("12.345", None),
        ("--12", None),
        ("(-3)", None),
        ("(3", None),
        ("12.", None),
        ("", None),
    ],
)
def test_figures(text: str, value: str | None) -> None:
    assert amounts.figures(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("digits", [17, 29, 400, 4400, 100_000])
@pytest.mark.parametrize("form", ["{}", "-{}.00", "0.{}", "¥{}.1"])
def test_what_has_more_digits_than_documents_print_is_no_number(digits: int, form: str) -> None:
    text = form.format("9" * digits)
    if form == "0.{}" and digits == 17:
        assert amounts.number(text) == Decimal(text)
    else:
        assert amounts.number(text) is None
    assert amounts.figures(text) is None
    assert amounts.fault("伍佰元整", text)


@given(st.from_regex(r"-?[0-9]{1,16}(\.[0-9]{1,24})?", fullmatch=True), st.from_regex(r"[0-9]{1,16}", fullmatch=True))
def test_any_two_numbers_can_be_reckoned_with(one: str, other: str) -> None:
    first, second = amounts.number(one), amounts.number(other)
    assert first is not None and second is not None
    amounts.figures(one)
    amounts.normal(first * second)
    item_fault(Item(other, "13%", one, one, other))
    rows_fault([Item(one, tax=other)] * 3, other, one)
    total_fault(one, other, other)


def test_numbers_may_have_more_places() -> None:
    assert amounts.number("1,234.56789") == Decimal("1234.56789")
    assert amounts.normal(Decimal("1234.5")) == "1234.50"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("贰万玖仟贰佰零玖元整", "29209"),
        ("捌万元整", "80000"),
        ("人民币（大写）：壹佰圆正", "100"),
        # The examples of the rules themselves, annex 1, with and without the optional 零.
        ("人民币壹仟肆佰零玖元伍角", "1409.50"),
        ("人民币陆仟零柒元壹角肆分", "6007.14"),
        ("人民币壹仟陆佰捌拾元零叁角贰分", "1680.32"),
        ("人民币壹仟陆佰捌拾元叁角贰分", "1680.32"),
        ("人民币壹拾万柒仟元零伍角叁分", "107000.53"),
        ("人民币壹拾万零柒仟元伍角叁分", "107000.53"),
        ("人民币壹万陆仟肆佰零玖元零贰分", "16409.02"),
        ("伍角", "0.50"),
        ("伍分", "0.05"),
        ("零元整", "0"),
        ("拾元整", "10"),
        ("壹佰元", "100"),
        ("壹萬貳仟圓整", "12000"),
        ("一百二十三元四角", "123.40"),
        ("壹万亿元整", "1000000000000"),
        ("负叁佰元整", "-300"),
        ("(负)叁佰元整", "-300"),
        ("（负数）叁佰元整", "-300"),
        ("⊗壹佰零拾零元零角零分", "100"),
        ("⊗拾⊗万⊗仟伍佰元整", "500"),
        ("壹贰元整", None),
        ("壹佰贰佰元整", None),
        ("壹拾贰仟元整", None),
        ("亿元整", None),
        ("万元整", None),
        ("壹亿亿元", None),
        ("贰佰拾元整", None),  # a numeral has been lost
        ("叁元角整", None),
        ("壹元整整", None),
        ("整", None),
        ("元", None),
        ("", None),
    ],
)
def test_words(text: str, value: str | None) -> None:
    assert amounts.words(text) == (None if value is None else Decimal(value))


@given(AMOUNTS, st.booleans())
def test_words_come_back(value: Decimal, negative: bool) -> None:
    value = -value if negative and value else value
    assert amounts.words(amounts.in_words(value)) == value


@given(AMOUNTS, st.data())
def test_a_lost_or_changed_numeral_never_goes_unseen(value: Decimal, data: st.DataObject) -> None:
    """What is left is no amount, or another one, except where the rules call the character optional."""
    said = amounts.in_words(value)
    place = data.draw(st.integers(0, len(said) - 1))
    if said[place] in "壹贰叁肆伍陆柒捌玖":
        other = data.draw(st.sampled_from([c for c in "壹贰叁肆伍陆柒捌玖" if c != said[place]]))
        assert amounts.words(said[:place] + other + said[place + 1 :]) not in (None, value)
    lost = amounts.words(said[:place] + said[place + 1 :])
    assert (lost == value) <= (said[place] in "零整" or said.startswith("壹拾"))


@pytest.mark.parametrize("value", ["0.001", "10000000000000000"])
def test_what_has_no_words(value: str) -> None:
    with pytest.raises(ValueError, match="capital numerals"):
        amounts.in_words(Decimal(value))


def test_words_against_figures() -> None:
    assert amounts.passes("壹拾万零柒仟元伍角叁分", "¥107,000.53")
    assert amounts.fault("壹佰元整", "100.01") == "the numerals say 100.00, the figures 100.01"
    assert "no amount in capital numerals" in (amounts.fault("壹贰元", "12") or "")
    assert "no amount" in (amounts.fault("壹佰元整", "1oo") or "")


def test_a_rate_of_many_digits_is_none() -> None:
    assert rate_of("13%") == Decimal("0.13")
    assert rate_of("9" * 5000 + "%") is None
    assert rate_of("0." + "9" * 2_000_000 + "%") is None
