from __future__ import annotations

import pytest

from ocrcli.checks import invoice_numbers as numbers


@pytest.mark.parametrize(
    ("code", "day", "fault"),
    [
        ("011002300111", "2023-05-06", None),
        ("2303103160", "2017-08-31", "year"),
        ("4403171320", "2017-08-31", None),
        ("4403171320", None, None),
        ("4403181320", "2017-08-31", "year"),  # printed after it was used
        ("1199171320", "2017-08-31", None),
        ("0990023001", None, "province"),
        ("01100230011", None, "10 or 12 digits"),
    ],
)
def test_codes(code: str, day: str | None, fault: str | None) -> None:
    found = numbers.code_fault(code, day)
    assert found is None if fault is None else fault in (found or "")


@pytest.mark.parametrize(
    ("number", "code", "day", "fault"),
    [
        ("12345678", "011002300111", "2023-05-06", None),
        ("12345678", None, None, "code"),
        ("24112000000000000018", "", "2024-05-28", None),
        ("24112000000000000018", "", "2025-05-28", "year"),
        ("24992000000000000018", "", None, "province"),
        ("1234567", "011002300111", None, "8 or 20 digits"),
    ],
)
def test_numbers(number: str, code: str | None, day: str | None, fault: str | None) -> None:
    found = numbers.number_fault(number, code, day)
    assert found is None if fault is None else fault in (found or "")


def test_kinds_and_regions() -> None:
    kinds = {"011002300111": "electronic", "042001700112": "toll", "011002300113": "special_electronic"}
    assert {code: numbers.kind(code) for code in kinds} == kinds
    assert numbers.kind("4403171320") == "normal" and numbers.kind("4403171130") == "special"
    assert numbers.kind("1") is None
    assert numbers.region("011002300111", None) == "1100" and numbers.region("4403171320", None) == "4403"
    assert numbers.region("", "24112000000000000018") == "11" and numbers.region(None, None) is None


@pytest.mark.parametrize(("code", "good"), [("12345678901234567890", True), ("a1B2c", True), ("1234", False)])
def test_check_codes(code: str, good: bool) -> None:
    assert (numbers.check_code_fault(code) is None) == good


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
        ("11010519491231002X", True),
        ("914201007483062", True),
        ("51510698733200993712", True),
        ("9142010074", False),
    ],
)
def test_taxpayers(number: str, good: bool) -> None:
    assert (numbers.taxpayer_fault(number) is None) == good


@pytest.mark.parametrize(
    ("code", "day", "word"),
    [
        ("131001725251", "2018-05-01", None),
        ("144031909110", None, None),
        ("031001900111", None, None),
        ("331001725251", None, "begins with 0, 1 or 2"),
        ("1310017252", None, "12 digits"),
        ("199001725251", None, "no province has the digits 99"),
        ("131001725251", "2016-05-01", "its year is 2017"),
    ],
)
def test_codes_of_general_invoices(code: str, day: str | None, word: str | None) -> None:
    said = numbers.general_code_fault(code, day)
    assert said is None if word is None else word in (said or "")


@pytest.mark.parametrize(
    ("code", "area"),
    [("131001725251", "上海市"), ("144031909110", "广东省深圳市"), ("133001725251", "浙江省"), ("199001725251", None)],
)
def test_areas(code: str, area: str | None) -> None:
    assert numbers.area(code) == area
