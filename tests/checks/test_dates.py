from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.checks import dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020年1月2日", "2020-01-02"),
        ("2020 年 01 月 02 日", "2020-01-02"),
        ("２０２０年１月２日", "2020-01-02"),
        ("2020-01-02", "2020-01-02"),
        ("2020.1.2", "2020-01-02"),
        ("2020/01/02", "2020-01-02"),
        ("20200102", "2020-01-02"),
        ("二〇二〇年一月二日", "2020-01-02"),
        ("二零二零年十一月二十三日", "2020-11-23"),
        ("二○二○年十二月三十一日", "2020-12-31"),
        ("二O二O年十月十日", "2020-10-10"),
        ("贰零贰零年零壹拾月零贰拾日", "2020-10-20"),
        ("20 7月/JUL 2015", "2015-07-20"),
        ("16 10月/OCT 2022", "2022-10-16"),
        ("16 11月/NOV 2022", "2022-11-16"),
        ("07 JUL/JUIL 2015", "2015-07-07"),
        ("02 Jan 2020", "2020-01-02"),
        ("Jan 2, 2020", "2020-01-02"),
        ("01/02/2020", "2020-02-01"),
        ("2020.02.30", None),
        ("2020年13月1日", None),
        ("2020-01.02", None),
        ("2020年1月", None),
        ("二十二十年一月一日", None),
        ("长期", None),
        ("", None),
    ],
)
def test_printed_dates(text: str, day: str | None) -> None:
    assert dates.parse(text) == day


def test_the_month_may_stand_first() -> None:
    assert dates.parse("01/02/2020", month_first=True) == "2020-01-02"


NUMERALS = "〇一二三四五六七八九"


def in_chinese(number: int) -> str:
    tens, units = divmod(number, 10)
    return ("" if tens < 2 else NUMERALS[tens]) + ("十" if tens else "") + (NUMERALS[units] if units else "")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_date_comes_back_from_every_form(day: date) -> None:
    year = "".join(NUMERALS[int(c)] for c in str(day.year))
    forms = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{year}年{in_chinese(day.month)}月{in_chinese(day.day)}日",
        day.strftime("%d %b %Y"),
        day.strftime("%d/%m/%Y"),
    ]
    assert {dates.parse(form) for form in forms} == {day.isoformat()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2005.06.09-2015.06.08", ("2005-06-09", "2015-06-08")),
        ("2005年6月9日至2015年6月8日", ("2005-06-09", "2015-06-08")),
        ("自2005年6月9日起至2015年6月8日止", ("2005-06-09", "2015-06-08")),
        ("2005.06.09-长期", ("2005-06-09", "长期")),
        ("2005-06-09 至 永久", ("2005-06-09", "长期")),
        ("2005-06-09-2015-06-08", ("2005-06-09", "2015-06-08")),
        ("2005-06-09~2015-06-08", ("2005-06-09", "2015-06-08")),
        ("20050609-20150608", ("2005-06-09", "2015-06-08")),
        ("2005.06.09", None),
        ("长期", None),
        ("2005.06.31-2015.06.08", None),
    ],
)
def test_periods(text: str, expected: tuple[str, str] | None) -> None:
    assert dates.period(text) == expected


def test_order_and_future() -> None:
    assert dates.order_fault("1990-01-01", None, "2010-01-01", "2010-01-01", "长期") is None
    assert dates.order_fault("2010-01-01", None, "1990-01-01") == "1990-01-01 comes before 2010-01-01"
    assert dates.future_fault("2026-01-01", date(2026, 1, 1)) is None
    assert dates.future_fault("2026-01-02", date(2026, 1, 1)) is not None
    assert dates.exists("2020-02-29") and not dates.exists("2021-02-29") and not dates.exists("2020.02.29")
