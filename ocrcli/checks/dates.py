"""Printed dates and periods of validity → YYYY-MM-DD (ISO 8601, GB/T 7408); only dates that exist.

>>> parse("二〇二〇年一月二日"), parse("20 7月/JUL 2015"), parse("2021.02.29")
('2020-01-02', '2015-07-20', None)
>>> period("2005.06.09-长期")  # GA 461: how identity cards print it
('2005-06-09', '长期')
>>> order_fault("2015-06-09", "2005-06-09")
'2005-06-09 comes before 2015-06-09'
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from ocrcli.checks import Rule

REAL = Rule("date-real", "ISO 8601 / GB/T 7408", "date")
ORDER = Rule("date-order", "own", "date")

LONG_TERM = "长期"
_ENDLESS = ("长期", "永久", "长期有效", "永久有效")

_CHINESE_DIGITS = {c: str(k) for row in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖") for k, c in enumerate(row)} | {
    "○": "0",
    "O": "0",  # what people type for 〇
}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTH_NAME = "(?P<name>" + "|".join(_MONTHS) + ")[A-Z]*"
_YEAR, _MONTH, _DAY = r"(?P<y>\d{4})", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"

# Tried in order; blanks have been taken out.
_FORMS = tuple(
    re.compile(form)
    for form in (
        f"{_YEAR}年{_MONTH}月{_DAY}日?",
        rf"{_YEAR}([-./]){_MONTH}\2{_DAY}",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        # Passports: 20 7月/JUL 2015; 07 JUL/JUIL 2015.
        rf"{_DAY}[-./]?(\d{{1,2}}月/)?{_MONTH_NAME}(/[A-Z]+)?[-./,]?{_YEAR}",
        rf"{_MONTH_NAME}\.?{_DAY}(ST|ND|RD|TH)?,{_YEAR}",
    )
)
_DAY_FIRST = re.compile(rf"{_DAY}([-./]){_MONTH}\2{_YEAR}")
_MONTH_FIRST = re.compile(rf"{_MONTH}([-./]){_DAY}\2{_YEAR}")
# Between the two dates of a period. A hyphen also stands inside dates: it counts where a date ends on both sides.
_BETWEEN = re.compile("[至到~～—–－一]+|-{2,}")


def parse(text: str, *, month_first: bool = False) -> str | None:
    """The date that a text prints, as YYYY-MM-DD; None where it is none or does not exist.

    Chinese (2020年1月2日, 二〇二〇年一月二日), with points, strokes or hyphens, 8 digits, with English month names. In
    01/02/2020 the day stands first, unless `month_first`.
    """
    bare = re.sub(r"\s+", "", text).upper().translate(_FULL_WIDTH)
    if re.search("[年月日]", bare) and not re.search(_MONTH_NAME, bare):  # the O of OCT is no 〇
        bare = _without_chinese_numerals(bare)
    for form in (*_FORMS, _MONTH_FIRST if month_first else _DAY_FIRST):
        match = form.fullmatch(bare)
        if match:
            parts = match.groupdict()
            month = _MONTHS.index(parts["name"]) + 1 if "name" in parts else int(parts["m"])
            return _iso(int(parts["y"]), month, int(parts["d"]))
    return None


def period(text: str) -> tuple[str, str] | None:
    """First and last day of a printed period, the last may be 长期; None where the text is no period.

    2005.06.09-2015.06.08, 2005年6月9日至2015年6月8日, 2005.06.09-长期, with 自 in front or 止 behind.
    """
    bare = re.sub(r"\s+", "", text).removeprefix("自").removeprefix("从").removesuffix("止")
    for cut in _cuts(bare):
        start, rest = parse(bare[: cut[0]].removesuffix("起")), bare[cut[1] :]
        end = LONG_TERM if rest in _ENDLESS else parse(rest)
        if start and end:
            return start, end
    return None


def exists(text: str) -> bool:
    """True for YYYY-MM-DD that is in the calendar."""
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None and parse(text) is not None


def order_fault(*days: str | None) -> str | None:
    """What is wrong with dates (YYYY-MM-DD) that must not go backwards; those that are None or 长期 are passed over."""
    known = [day for day in days if day is not None and day != LONG_TERM]
    for earlier, later in pairwise(known):
        if earlier > later:
            return f"{later} comes before {earlier}"
    return None


def future_fault(day: str, today: date) -> str | None:
    """What is wrong with a day (YYYY-MM-DD) that must have come by `today`, None where nothing is."""
    return f"{day} is in the future" if day > today.isoformat() else None


def whole_years(start: date, end: date) -> int:
    """The years from one day to another that are over: somebody's age."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def term_years(start: date, end: date) -> int | None:
    """The whole years that a period has from its first to its last day, None where they are not whole.

    Documents name the same day of the year, or the day before it, as the last.
    """
    for last in (end, min(end, date.max - timedelta(days=1)) + timedelta(days=1)):
        if (last.month, last.day) == (start.month, start.day) or _leap_day(start, last):
            return last.year - start.year
    return None


def _leap_day(start: date, last: date) -> bool:
    """29 February has its anniversaries on 28 February or 1 March."""
    return (start.month, start.day) == (2, 29) and (last.month, last.day) in ((2, 28), (3, 1))


_FULL_WIDTH = str.maketrans("０１２３４５６７８９．／－，", "0123456789./-,")


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _without_chinese_numerals(text: str) -> str:
    """二〇二〇年十一月二十三日 → 2020年11月23日; 拾 counts as 十."""
    text = text.replace("拾", "十").replace("廿", "二十").replace("卅", "三十")
    return re.sub(f"[十{''.join(_CHINESE_DIGITS)}]+", lambda m: _digits(m.group()), text)


def _digits(numeral: str) -> str:
    before, ten, behind = numeral.partition("十")
    before = before.lstrip("〇零○")  # cheques print 零壹拾月
    if not ten:
        return "".join(_CHINESE_DIGITS[c] for c in numeral)
    tens = _CHINESE_DIGITS.get(before, "1") if len(before) < 2 else "x"
    units = _CHINESE_DIGITS.get(behind, "0") if len(behind) < 2 else "x"
    return tens + units


def _cuts(text: str) -> list[tuple[int, int]]:
    """Where a period can be cut in two: at words for "until", else at every hyphen."""
    found = [match.span() for match in _BETWEEN.finditer(text)]
    return found + [(i, i + 1) for i, c in enumerate(text) if c == "-"]
