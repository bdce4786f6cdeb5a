"""The ready-made forms: what they make of print, what they refuse, what proves them."""

from __future__ import annotations

import pytest

from ocrcli.forms import ready
from ocrcli.forms.form import Form, one_of, words
from ocrcli.forms.found import Found
from ocrcli.forms.reread import as_form
from ocrcli.page import Reading
from tests.days import TODAY
from tests.forms.cards import line

PAGE = Reading(2000.0, 1500.0, "px", 1, 1, "ocr", today=TODAY)


def read_as(form: Form, text: str) -> Found:
    found = as_form(PAGE, line(text, 500, 500), form)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("form", "print_", "normal"),
    [
        (ready.TEXT, "样本  省 Main   Street 5", "样本省Main Street 5"),
        (ready.COMPACT, "样 本 省", "样本省"),
        (ready.NAME, " SPECIMEN  ANNA ", "SPECIMEN ANNA"),
        (ready.DATE, "2024年1月2日", "2024-01-02"),
        (ready.DATE, "2024 . 01 . 02", "2024-01-02"),
        (ready.DATE, "二〇二四年一月二日", "2024-01-02"),
        (ready.DATE, "2024-02-30", "2024-02-30"),  # given as printed: its check says what is wrong
        (ready.PERIOD_FIRST, "2024.01.02-2034.01.02", "2024-01-02"),
        (ready.PERIOD_LAST, "2024.01.02-2034.01.02", "2034-01-02"),
        (ready.PERIOD_LAST, "2024.01.02-长期", "长期"),
        (ready.TIME, "9:05", "09:05"),
        (ready.TIME, "23:59:01", "23:59:01"),
        (ready.AMOUNT, "￥1,234.5元", "1234.50"),
        (ready.AMOUNT, "-3.00", "-3.00"),
        (ready.NUMBER, "12.345", "12.345"),
        (ready.AMOUNT_WORDS, "⊗伍佰叁拾元整", "伍佰叁拾元整"),
        (ready.CITIZEN_NUMBER, "11010519491231002x", "11010519491231002X"),  # GB 11643-1999, annex A
        (ready.MASKED_CITIZEN_NUMBER, "1101051949****002X", "1101051949****002X"),
        (ready.USCC, "91350100M000100Y43", "91350100M000100Y43"),  # GB 32100-2015
        (ready.CARD_NUMBER, "4111 1111 1111 1111", "4111111111111111"),
        (ready.MONTH_YEAR, "03/24", "03/24"),
        (ready.INVOICE_CODE, "144031909110", "144031909110"),
        (ready.PHONE, "010-12345678", "010-12345678"),
        (ready.EMAIL, "anna@example.com", "anna@example.com"),
        (ready.CODE, "ab 12·c", "AB12C"),
    ],
    ids=lambda value: value.name if isinstance(value, Form) else None,
)
def test_normal_forms(form: Form, print_: str, normal: str) -> None:
    found = read_as(form, print_)
    assert found.text == normal
    assert not found.evidence.doubtful or found.passed is False


@pytest.mark.parametrize(
    ("form", "print_"),
    [
        (ready.AMOUNT, "12:30"),
        (ready.AMOUNT, "样本"),
        (ready.TIME, "样本"),
        (ready.INVOICE_NUMBER, "12-3"),
        (ready.EMAIL, "example.com"),
        (ready.MONTH_YEAR, "2024"),
    ],
    ids=lambda value: value.name if isinstance(value, Form) else None,
)
def test_what_strict_forms_refuse(form: Form, print_: str) -> None:
    assert form.strict and not form.may_be(print_)


@pytest.mark.parametrize("print_", ["1O:3O", "l2:30"])
def test_digits_misread_as_letters_are_not_refused(print_: str) -> None:
    assert ready.TIME.may_be(print_)


@pytest.mark.parametrize("form", [ready.CITIZEN_NUMBER, ready.USCC, ready.CARD_NUMBER, ready.REGISTRATION_NUMBER])
def test_check_digits_prove(form: Form) -> None:
    assert form.proves


@pytest.mark.parametrize("form", [ready.DATE, ready.AMOUNT, ready.TEXT, ready.PHONE])
def test_what_has_no_check_digit_does_not(form: Form) -> None:
    assert not form.proves


def test_every_ready_form_has_a_name_of_its_own() -> None:
    named = [form for form in vars(ready).values() if isinstance(form, Form)]
    assert len(named) == len(ready.FORMS) == len({form.name for form in named})


COLOUR = one_of("colour", ("红", "深红", "蓝"))
CLASSES = one_of("classes", ("A1", "A2", "C1", "D"), most=3)


@pytest.mark.parametrize(("print_", "normal"), [("深 红", "深红"), ("蓝", "蓝")])
def test_one_of(print_: str, normal: str) -> None:
    found = read_as(COLOUR, print_)
    assert found.text == normal and not found.evidence.doubtful


def test_what_is_none_of_them_is_doubtful() -> None:
    found = read_as(COLOUR, "绿")
    assert found.text == "绿" and found.evidence.doubtful


@pytest.mark.parametrize(
    ("print_", "normal", "doubtful"), [("A1D", "A1D", False), ("c1", "C1", False), ("X9", "X9", True)]
)
def test_several_of(print_: str, normal: str, doubtful: bool) -> None:
    found = read_as(CLASSES, print_)
    assert (found.text, found.evidence.doubtful) == (normal, doubtful)


def test_blanks_beside_wide_characters_go() -> None:
    assert words(" 样  本 ABC  DEF 路 5 号 ") == "样本ABC DEF路5号"
