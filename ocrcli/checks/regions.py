"""Administrative divisions of China (行政区划代码), GB/T 2260: six digits for province, prefecture and county.

Names and the years for which codes were given out come from python-stdnum's list, which goes back to 1980: codes of
counties that are no more still stand in documents. Documents of today may know newer ones, and specimens have regions
that never were: a check may report what it finds here, and never refuse a document for it.

>>> province("110105"), name("110105"), name("440300")
('北京市', '北京市朝阳区', '广东省深圳市')
>>> fault("999981"), fault("110199")
('no province has the digits 99', '110199 was never the code of a county in 北京市')
>>> fault("110103", 2005), fault("110103", 2020)  # 崇文区, until 2010
(None, '110103 (崇文区) was a code until 2010, not in 2020')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ocrcli.checks import Rule

RULE = Rule("gb2260", "GB/T 2260", "list")

# The first two digits.
PROVINCES: Mapping[str, str] = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip
_NO_NAMES = ("", "市辖区", "县")  # what stands for prefectures that are none
MAINLAND = frozenset(PROVINCES) - {"71", "81", "82"}


@dataclass(frozen=True, slots=True)
class Division:
    """A name that a code has had, and the years of it: None where it began before 1980, or goes on."""

    name: str
    since: int | None
    until: int | None


def province(code: str) -> str | None:
    """The province's name for a code of two digits or more, None for digits that none has."""
    return PROVINCES.get(code[:2])


def divisions(code: str) -> tuple[Division, ...]:
    """The names that a code of six digits has had, empty where it was never given out."""
    from stdnum import numdb

    if re.fullmatch("[0-9]{6}", code) is None or province(code) is None:
        return ()
    said = {key: text for _, found in numdb.get("cn/loc").info(code) for key, text in found.items()}
    return tuple(_division(text) for text in said.get("county", "").split(",") if text)


def name(code: str) -> str | None:
    """Province, prefecture and county by their last names, as far as the code says them; None where it says none."""
    first = province(code)
    if first is None or (code[2:] != "0000" and not divisions(code)):
        return None
    names = [first]
    for part in (code[:4] + "00", code):
        last = divisions(part)[-1].name if divisions(part) else ""
        if last not in (*names, *_NO_NAMES) and "直辖县级" not in last:
            names.append(last)
    return "".join(names)


def fault(code: str, year: int | None = None) -> str | None:
    """What is wrong with a code, and with a year in which it was given out; None where nothing is."""
    if re.fullmatch("[0-9]{6}", code) is None:
        return "a region has six digits"
    first = province(code)
    if first is None:
        return f"no province has the digits {code[:2]}"
    known = divisions(code)
    if not known:
        return f"{code} was never the code of a county in {first}"
    if year is None or any((d.since or year) <= year <= (d.until or year) for d in known):
        return None
    last = known[-1]
    when = f"until {last.until}" if last.until and year > last.until else f"from {last.since} on"
    return f"{code} ({last.name}) was a code {when}, not in {year}"


def passes(code: str, year: int | None = None) -> bool:
    """True for a code that is, or was in that year, given out."""
    return fault(code, year) is None


def _division(text: str) -> Division:
    """`[1998-2004]顺义区`, `[-2010]崇文区`, `东城区`."""
    match = re.fullmatch(r"(?:\[(\d*)-(\d*)\])?(.+)", text)
    assert match is not None
    since, until, name = match.groups()
    return Division(name, int(since) if since else None, int(until) if until else None)
