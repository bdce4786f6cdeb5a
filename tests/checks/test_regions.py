from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.checks import regions


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("110000", "北京市"),
        ("110105", "北京市朝阳区"),
        ("330200", "浙江省宁波市"),
        ("330203", "浙江省宁波市海曙区"),
        ("429004", "湖北省仙桃市"),  # right below its province
        ("500101", "重庆市万州区"),  # had another name in 1997
        ("810000", "香港特别行政区"),
        ("710000", "台湾省"),
        ("110199", None),
        ("999900", None),
        ("11", None),
    ],
)
def test_names(code: str, name: str | None) -> None:
    assert regions.name(code) == name


def test_provinces_are_those_of_today() -> None:
    assert len(regions.PROVINCES) == 34 and len(regions.MAINLAND) == 31
    for digits in regions.MAINLAND:
        assert regions.divisions(digits + "0000")[-1].name == regions.PROVINCES[digits]


@given(st.text("0123456789", min_size=6, max_size=6))
def test_a_code_has_a_name_or_a_fault(code: str) -> None:
    said = regions.fault(code)
    assert (said is None) == regions.passes(code) == bool(regions.divisions(code))
    if code[:2] not in regions.PROVINCES:
        assert said == f"no province has the digits {code[:2]}"


@pytest.mark.parametrize(
    ("code", "year", "word"),
    [
        ("110103", 2009, None),
        ("110103", 2011, "until 2010"),
        ("440300", 1970, None),
        ("310115", 1991, "from 1992 on"),
        ("500101", 1997, None),
        ("11010", None, "six digits"),
    ],
)
def test_codes_have_their_years(code: str, year: int | None, word: str | None) -> None:
    said = regions.fault(code, year)
    assert said is None if word is None else word in (said or "")
