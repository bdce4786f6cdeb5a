"""Credit codes, organisation codes, registration numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from ocrcli.checks import org_code, registration_number, uscc

DIGITS = st.text("0123456789", min_size=6, max_size=6)


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    first = draw(st.text(uscc.ALPHABET, min_size=2, max_size=2)) + draw(DIGITS)
    first += draw(st.text(uscc.ALPHABET, min_size=9, max_size=9))
    return first + uscc.check_character(first)


def test_vectors() -> None:
    assert uscc.passes("91350100M000100Y43")
    assert uscc.organisation("91350100M000100Y43") == "M000100Y4" and org_code.passes("M000100Y4")
    assert org_code.passes("M000100Y-4")
    assert registration_number.passes("110108000000016")


@given(credit_codes(), st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_every_changed_character_of_a_credit_code_is_found(code: str, place: int, other: str) -> None:
    changed = code[:place] + other + code[place + 1 :]
    assert uscc.passes(changed) == (changed == code)


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=8), st.integers(0, 7), st.data())
def test_a_changed_character_of_an_organisation_code_is_found_where_values_differ(
    first: str, place: int, data: st.DataObject
) -> None:
    code = first + org_code.check_character(first)
    other = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    changed = code[:place] + other + code[place + 1 :]
    alike = int(other, 36) % 11 == int(code[place], 36) % 11
    assert org_code.passes(code) and org_code.passes(changed) == alike


@given(st.text("0123456789", min_size=14, max_size=14), st.integers(0, 14), st.sampled_from("0123456789"))
def test_every_changed_digit_of_a_registration_number_is_found(first: str, place: int, other: str) -> None:
    number = first + registration_number.check_digit(first)
    changed = number[:place] + other + number[place + 1 :]
    assert registration_number.passes(changed) == (changed == number) == mod_11_10.is_valid(changed)


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (uscc.fault("91350100M000100Y4O"), "without I, O"),
        (uscc.fault("9135010OM000100Y43"), "digits at 3 to 8"),
        (uscc.fault("91350100M000100Y44"), "should be 3, not 4"),
        (org_code.fault("M000100Y"), "eight digits"),
        (org_code.fault("M000100Y5"), "should be 4, not 5"),
        (registration_number.fault("1101080000000"), "15 digits"),
        (registration_number.fault("110108000000017"), "should be 6, not 7"),
    ],
)
def test_faults_are_named(fault: str | None, word: str) -> None:
    assert word in (fault or "")


@pytest.mark.parametrize(
    ("code", "body", "fault", "in_trade"),
    [
        ("91350100M000100Y43", "企业", None, None),
        ("92", "个体工商户", None, None),
        ("12", "事业单位", None, "begins with 9, not with 1 (机构编制)"),
        ("N2", "村级集体经济组织", None, "not with N"),
        ("94", None, "the authority 9 (工商) has no kind 4", "has no kind 4"),
        ("F1", None, "no authority has the character F", "no authority"),
        ("", None, "no authority has the character", "no authority"),
    ],
)
def test_who_registered(code: str, body: str | None, fault: str | None, in_trade: str | None) -> None:
    assert uscc.body(code) == body
    for said, word in ((uscc.authority_fault(code), fault), (uscc.authority_fault(code, in_trade=True), in_trade)):
        assert said is None if word is None else word in (said or "")


def test_the_organisation_code_inside() -> None:
    assert uscc.organisation_fault("91350100M000100Y43") is None
    assert "M000100Y5 inside is wrong" in (uscc.organisation_fault("91350100M000100Y53") or "")
    assert uscc.organisation_fault("92350100M000100Y53") is None  # a sole trader's need not be one
