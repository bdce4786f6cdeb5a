"""The printed part of a Chinese passport, declared: which label each value stands at, and what form it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ocrcli.checks import countries, dates, mrz
from ocrcli.engine.grammar import Row, Slot
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.forms import doubt
from ocrcli.forms.fields import Declared, Field
from ocrcli.forms.find import Beside, By
from ocrcli.forms.form import Form, compact, one_of
from ocrcli.forms.found import Found
from ocrcli.forms.reading import values_of
from ocrcli.forms.reread import as_form
from ocrcli.forms.sheet import Sheet, laid_out
from ocrcli.layout.where import Where
from ocrcli.page import Line, Reading

_STOP = ("持照人签名", "Bearer's signature")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,}/[A-Z][A-Z ]+")  # 浙江/ZHEJIANG
_OFFICE = re.compile(r"administration|department|ministry|embassy|consulate|office", re.IGNORECASE)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def _latin(text: str) -> str | None:
    """The part in Latin letters: 浙江/ZHEJIANG → ZHEJIANG."""
    return " ".join(re.sub(r"[^\x20-\x7e]+", " ", text).strip(" /").split()) or None


def _local(text: str) -> str | None:
    """The part in Chinese characters."""
    return "".join(re.findall(r"[\u3400-\u9fff]+", text)) or None


def _number(text: str) -> str | None:
    bare = re.sub(r"[^A-Z0-9]", "", text.upper())
    return bare if re.fullmatch(r"[A-Z]{0,2}\d{6,9}", bare) else None


def _sex(text: str) -> str | None:
    return {"男": "M", "女": "F"}.get(text[:1], text[-1:] if text[-1:] in ("M", "F", "X") else None)


def _nationality(text: str) -> str | None:
    code = re.sub(r"[^A-Z]", "", text.upper())
    return "CHN" if "中国" in text or code == "CHINESE" else code if countries.passes(code) else None


def _authority(text: str) -> str | None:
    """A single word is what is left of a label."""
    name = re.sub(r"\bP\.? ?R\.? ?(of )?C(hina)?\b\.?", "P.R.China", _latin(text) or "", flags=re.IGNORECASE)
    return name if " " in name or name == "P.R.China" else None


def _spoken(number: int, month: str) -> tuple[Slot, ...]:
    """20 7月/JUL 2015: a day, the month by number and by name, a year."""
    return (*fixed((DIGITS, 2)), *map(Slot, f"{number}月/{month}"), *fixed((DIGITS, 4)))


DATE = Form(
    "passport-date",
    grammar(
        "passport_date",
        *(Row(_spoken(number, month)) for number, month in enumerate(_MONTHS, 1)),
        *(Row((*fixed((DIGITS, 2)), *map(Slot, month), *fixed((DIGITS, 4)))) for month in _MONTHS),
        accepts=lambda text: dates.parse(text) is not None,
        fence=DIGITS,
    ),
    dates.parse,
    looks=r"\d{4}$",
)
NUMBER = Form(
    "passport-number",
    grammar("passport_number", *(Row(fixed(*((mrz.CAPITALS, n),) * bool(n), (DIGITS, 9 - n))) for n in (0, 1, 2))),
    _number,
    looks=r"\d{6}",
)
LATIN, LOCAL = Form("latin", normal=_latin), Form("local", normal=_local)
SEX = replace(one_of("passport-sex", ("M", "F", "X")), normal=lambda text: _sex(compact(text)))


def _of_name(part: Callable[[str], str | None]) -> By:
    """A part of the whole name, which is printed in one place: LI, SIMING."""

    def find(sheet: Sheet) -> Found | None:
        name = sheet.value("name")
        text = part(name.text) if name is not None else None
        return replace(name, text=text) if name is not None and text else None

    return By(find)


def _unlabelled(choose: Callable[[Sheet, mrz.Zone], Line | None], form: Form) -> By:
    """A value that needs no label where a zone says what else is printed."""

    def find(sheet: Sheet) -> Found | None:
        zone = sheet.options.get("zone")
        line = choose(sheet, zone) if zone else None
        return as_form(sheet.reading, line, form) if line is not None else None

    return By(find)


def _issued(sheet: Sheet, zone: mrz.Zone) -> Line | None:
    """The only line with a day that is neither birth nor expiry."""
    days = ((line, dates.parse(line.text)) for line in sheet.reading.lines)
    return _only([line for line, day in days if day and day not in (zone.birth, zone.expiry)])


def _place(index: int) -> Callable[[Sheet, mrz.Zone], Line | None]:
    """The first or second of two places: the reading's order is the print's, and birth stands above issue."""

    def choose(sheet: Sheet, zone: mrz.Zone) -> Line | None:  # noqa: ARG001
        places = [line for line in sheet.reading.lines if _PLACE.fullmatch(line.text) and "中国" not in line.text]
        return places[index] if len(places) == 2 else None

    return choose


def _office(sheet: Sheet, zone: mrz.Zone) -> Line | None:  # noqa: ARG001
    return _only([line for line in sheet.reading.lines if _OFFICE.search(line.text)])


def _only(lines: list[Line]) -> Line | None:
    return lines[0] if len(lines) == 1 else None


def _beside(*labels: str, rows: int = 1) -> Beside:
    return Beside(*labels, rows=rows, stop=_STOP, where=Where.EITHER)


_NAME = _beside("姓名", "Name", rows=2)
_BIRTHPLACE = (_beside("出生地点", "Place of birth"), _place(0))
_ISSUEPLACE = (_beside("签发地点", "Place of issue"), _place(1))
_AUTHORITY = (_beside("签发机关", "Authority", rows=2), _office)


def _in_two_scripts(
    key: str, place: tuple[Beside, Callable[[Sheet, mrz.Zone], Line | None]], form: Form
) -> list[Field]:
    label, choose = place
    return [
        Field(key, "", (label, _unlabelled(choose, form)), form),
        Field(f"{key}/local", "", (label, _unlabelled(choose, LOCAL)), LOCAL),
    ]


PRINTED = Declared(
    name="passport",
    title="Passport",
    title_zh="护照",
    fields=(
        Field("passport_type", "", _beside("类型", "Type"), one_of("passport-type", ("P", "W", "G"))),
        Field("country_code", "", _beside("国家码", "Country Code", "Code"), one_of("state", countries.CODES)),
        Field("passport_number", "", _beside("护照号码", "护照号", "Passport No.", "Document No."), NUMBER),
        Field("name", "", _NAME, LATIN),
        Field("name/local", "", _NAME, LOCAL),
        Field(
            "surname",
            "",
            (_beside("姓", "Surname"), _of_name(lambda name: name.partition(",")[0].strip() if "," in name else None)),
            LATIN,
        ),
        Field(
            "given_name",
            "",
            (_beside("名", "Given names"), _of_name(lambda name: name.partition(",")[2].strip())),
            LATIN,
        ),
        Field("sex", "", _beside("性别", "Sex"), SEX),
        Field("nationality", "", _beside("国籍", "Nationality"), Form("nationality", normal=_nationality)),
        Field("date_of_birth", "", _beside("出生日期", "Date of birth"), DATE),
        *_in_two_scripts("place_of_birth", _BIRTHPLACE, LATIN),
        Field("date_of_issue", "", (_beside("签发日期", "Date of issue"), _unlabelled(_issued, DATE)), DATE),
        *_in_two_scripts("place_of_issue", _ISSUEPLACE, LATIN),
        Field("date_of_expiry", "", _beside("有效期至", "Date of expiry"), DATE),
        *_in_two_scripts("issuing_authority", _AUTHORITY, Form("authority", normal=_authority)),
    ),
)


def print_of(reading: Reading, zone: mrz.Zone | None) -> tuple[Sheet, dict[str, Found]]:
    """What is printed beside a zone, or without one, by result key; `KEY/local` in the local script.

    Print that does not have the form of its field is left out.
    """
    sheet = laid_out(PRINTED, reading, {"zone": zone})
    found: Mapping[str, Any] = values_of(sheet)
    return sheet, {key: value for key, value in found.items() if value.evidence.why != doubt.NOT_OF_FORM}
