"""The forms that documents share. A document's own ones stand in its service; templates use these by name (`FORMS`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ocrcli.checks import (
    amounts,
    citizen_id,
    dates,
    invoice_numbers,
    luhn,
    plate,
    registration_number,
    uscc,
    vin,
)
from ocrcli.engine import grammars
from ocrcli.engine.grammar import Row, Slot
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.forms.form import Form, compact, words

TEXT = Form("text")
COMPACT = Form("compact", normal=lambda text: compact(text) or None)
"""Text without blanks: names, addresses and authorities as Chinese documents print them."""
PERSON = Form("person", normal=lambda text: compact(text) if len(compact(text)) > 1 else None)
"""The name of a person, of two Chinese characters at least: detectors lose a character like 一."""
NAME = Form("name", normal=lambda text: words(text).strip("·•. ") or None, looks=r"[^\W\d]")


_TRAFFIC_POLICE = re.compile(r"公安[厅局](?:(?:公安)?交通(?:警察|巡逻警察|管理).*[局队所处]|.*车辆管理所)$")


def _police(text: str) -> str | None:
    bare = "".join(re.findall("[\u4e00-\u9fff]", text))
    return bare if _TRAFFIC_POLICE.search(bare) else None


AUTHORITY = Form(
    "authority",
    normal=_police,
    looks="公安|警",
    sample=lambda rng: f"样本{rng.choice('省市')}公安局交通警察{rng.choice(('支队', '总队'))}",
)
"""The traffic police of a place: what a stamp's frame adds to its words is left out."""


def _iso(numbers: Sequence[str]) -> str | None:
    """Printed numbers as YYYY-MM-DD, whether that day exists or not: a wrong date is given as it is printed."""
    if len(numbers) == 1 and len(numbers[0]) == 8:
        numbers = (numbers[0][:4], numbers[0][4:6], numbers[0][6:])
    return "{}-{:0>2}-{:0>2}".format(*numbers) if len(numbers) == 3 and len(numbers[0]) == 4 else None


def iso_date(text: str) -> str | None:
    """A printed date as YYYY-MM-DD, also one that is not in the calendar; None where the text is no date."""
    if re.search(r"月\d$", compact(text)):  # the day's second figure may be lost with its 日
        return None
    return dates.parse(text) or _iso(re.findall(r"\d+", text))


def date_fault(day: str) -> str | None:
    """What is wrong with YYYY-MM-DD, or 长期; None where nothing is."""
    return None if day == dates.LONG_TERM or dates.exists(day) else f"{day} is not in the calendar"


DATE = Form("date", grammars.DATE, iso_date, looks=r"\d{4}|\d[年月日]|[〇零○一二]年", rule=dates.REAL, fault=date_fault)


def _ends(text: str) -> tuple[str | None, str | None]:
    """First and last day of a printed period, each None where it is no date."""
    if whole := dates.period(text):
        return whole
    numbers = re.findall(rf"\d+|{dates.LONG_TERM}", text)
    start = len(numbers) - 1 if dates.LONG_TERM in numbers else len(numbers) // 2
    first, last = numbers[:start], numbers[start:]
    return _iso(first), dates.LONG_TERM if last == [dates.LONG_TERM] else _iso(last)


PERIOD_FIRST = Form(
    "period-first", grammars.PERIOD, lambda text: _ends(text)[0], looks=r"\d{4}", rule=dates.REAL, fault=date_fault
)
PERIOD_LAST = replace(PERIOD_FIRST, name="period-last", normal=lambda text: _ends(text)[1])


def _last_day(text: str) -> str | None:
    if dates.period(text):
        return _ends(text)[1]
    return dates.LONG_TERM if compact(text) == dates.LONG_TERM else iso_date(text)


LAST_DAY = Form(
    "last-day",
    grammar(
        "last_day",
        *(*grammars.PERIOD.rows, *grammars.DATE.rows),
        separators=grammars.BLANKS + "止",
        accepts=lambda text: (dates.period(text) or dates.parse(text)) is not None,
        fence=DIGITS,
    ),
    _last_day,
    looks=r"\d{4}",
    rule=dates.REAL,
    fault=date_fault,
)
"""The last day of validity, printed alone (2030年1月2日, 2030-01-02止) or behind the first."""

_CLOCK = grammar(
    "time",
    Row((Slot(DIGITS, 1, 2), Slot(":"), *fixed((DIGITS, 2)))),
    Row((Slot(DIGITS, 1, 2), Slot(":"), *fixed((DIGITS, 2)), Slot(":"), *fixed((DIGITS, 2)))),
    accepts=lambda text: all(int(n) < most for n, most in zip(text.split(":"), (24, 60, 60), strict=False)),
    fence=DIGITS + ":",
)


def _time(text: str) -> str | None:
    numbers = re.findall(r"\d+", text)
    return ":".join(f"{number:0>2}" for number in numbers) if len(numbers) in (2, 3) else None


TIME = Form("time", _CLOCK, _time, looks=r"\d{1,2}[:：;.]?\d{2}", strict=True)

_MOMENT = grammar(
    "moment",
    *(Row((*day.slots, *clock.slots)) for day in grammars.DATE.rows for clock in reversed(_CLOCK.rows)),
    accepts=lambda text: _moment(text) is not None,
    fence=DIGITS + ":",
)


def _moment(text: str) -> str | None:
    """A printed day with its time as YYYY-MM-DD HH:MM:SS; None where the text is none."""
    match = re.fullmatch(r"(.*?)(\d{1,2}:\d{2}(?::\d{2})?)", compact(text))
    day, clock = (iso_date(match[1]), _time(match[2])) if match else (None, None)
    return f"{day} {clock}" if day and clock else None


MOMENT = Form("moment", _MOMENT, _moment, looks=r"\d{4}.*\d:\d")

_MONEY = grammar(
    "money",
    Row((Slot("-", 0), Slot(DIGITS, 1, 12), Slot("."), Slot(DIGITS, 1, 2))),
    Row((Slot("-", 0), Slot(DIGITS, 1, 12))),
    separators=grammars.BLANKS + "¥￥,，",
    fence=DIGITS + ".-",
)


def _amount(text: str) -> str | None:
    value = amounts.figures(text)
    return None if value is None else amounts.normal(value)


# A time of day is no amount: it has a colon.
AMOUNT = Form("amount", _MONEY, _amount, looks=r"^[^:：]*\d[^:：]*$", strict=True)
NUMBER = Form(
    "number",
    grammar(
        "number",
        Row((Slot("-", 0), Slot(DIGITS, 1, 12), Slot("."), Slot(DIGITS, 1, 6))),
        Row((Slot("-", 0), Slot(DIGITS, 1, 12))),
        separators=grammars.BLANKS + ",，",
        fence=DIGITS + ".-",
    ),
    lambda text: text if amounts.number(text) is not None else None,
    looks=r"^[^:：]*\d[^:：]*$",
    strict=True,
)


_SAME_LOOK = str.maketrans("参圓", "叁圆")  # readers take one for the other


def _amount_words(text: str) -> str | None:
    bare = compact(text).lstrip("⊗ⓧ×*").translate(_SAME_LOOK)
    return bare if amounts.words(bare) is not None else None


AMOUNT_WORDS = Form("amount-words", normal=_amount_words, looks="[零壹贰叁肆伍陆柒捌玖拾佰仟元圆]")
CITIZEN_NUMBER = Form(
    "citizen-number",
    grammars.CITIZEN_ID,
    compact,
    looks=r"\d{6}",
    strict=True,  # words of a watermark are no number
    rule=citizen_id.RULE,
    fault=citizen_id.fault,
    fault_on=citizen_id.future_fault,
)
MASKED_CITIZEN_NUMBER = replace(
    CITIZEN_NUMBER,
    name="masked-citizen-number",
    grammar=replace(
        grammar(
            "masked_citizen_number",
            *(Row(fixed((DIGITS, n), ("*", 14 - n), (DIGITS, 3), (DIGITS + "X", 1))) for n in (6, 8, 10)),
            Row(fixed((DIGITS, 17), (DIGITS + "X", 1))),
            fence=DIGITS,
        )
    ),
    applies=lambda number: "*" not in number,
)
USCC = Form("uscc", grammars.USCC, compact, looks=r"[0-9A-Z]{10}", rule=uscc.RULE, fault=uscc.fault)
REGISTRATION_NUMBER = Form(
    "registration-number",
    grammars.REGISTRATION_NUMBER,
    compact,
    looks=r"\d{10}",
    rule=registration_number.RULE,
    fault=registration_number.fault,
    check_digit=True,
)
VIN = Form("vin", grammars.VIN, compact, looks=r"[0-9A-Z]{10}", rule=vin.RULE, fault=vin.fault, applies=vin.must_pass)
PLATE = Form("plate", grammars.PLATE, compact, looks=r"[A-Z][·•.]?[0-9A-Z]{3}", rule=plate.RULE, fault=plate.fault)
CARD_NUMBER = Form("card-number", grammars.BANK_PAN, compact, looks=r"\d{4}", rule=luhn.RULE, fault=luhn.fault)
MONTH_YEAR = Form(
    "month-year",
    grammar(
        "month_year",
        Row(fixed((DIGITS, 2), ("/", 1), (DIGITS, 2))),
        accepts=lambda text: 1 <= int(text[:2]) <= 12,
        fence=DIGITS + "/",
    ),
    lambda text: found[0] if (found := re.fullmatch(r"(?:0[1-9]|1[0-2])/\d{2}", compact(text))) else None,
    looks=r"^\D*\d{2}(?:\D\d{1,2}|\d)\D*$",  # of the raised figures one is lost easily
    strict=True,
)
INVOICE_CODE = Form(
    "invoice-code",
    grammars.INVOICE_CODE,
    compact,
    looks=r"\d{6}",
    strict=True,
    rule=invoice_numbers.CODE,
    fault=invoice_numbers.code_fault,
)
INVOICE_NUMBER = Form("invoice-number", grammars.INVOICE_NUMBER, compact, looks=r"\d{6}", strict=True)
PHONE = Form(
    "phone",
    grammar(
        "phone",
        Row((Slot("+", 0), Slot(DIGITS, 3, 4), Slot("-"), Slot(DIGITS, 7, 8))),
        Row((Slot("+", 0), Slot(DIGITS, 5, 14))),
        separators=grammars.BLANKS + "()（）",
        fence=DIGITS + "-+",
    ),
    compact,
    looks=r"\d{5}|\d-\d",
    strict=True,
)
MASKED_PHONE = Form("masked-phone", normal=compact, looks=r"[\d*]{5}", strict=True)
EMAIL = Form("e-mail", normal=lambda text: compact(text) if "@" in text else None, looks="@", strict=True)
POSTCODE = Form("postcode", grammar("postcode", Row(fixed((DIGITS, 6))), fence=DIGITS), compact, looks=r"\d{6}")
DIGITS_ONLY = Form(
    "digits", grammar("digits", Row((Slot(DIGITS, 1, 40),)), fence=DIGITS), compact, looks=r"\d", strict=True
)
CODE = Form("code", normal=lambda text: re.sub(r"[\s·•]", "", text).upper() or None, looks="[0-9A-Za-z]")

FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        TEXT, COMPACT, PERSON, NAME, DATE, PERIOD_FIRST, PERIOD_LAST, LAST_DAY, TIME, MOMENT, AMOUNT, NUMBER,
        AMOUNT_WORDS, AUTHORITY, CITIZEN_NUMBER, MASKED_CITIZEN_NUMBER, USCC, REGISTRATION_NUMBER, VIN, PLATE,
        CARD_NUMBER, MONTH_YEAR, INVOICE_CODE, INVOICE_NUMBER, PHONE, MASKED_PHONE, EMAIL, POSTCODE, DIGITS_ONLY, CODE,
    )
}  # fmt: skip
"""Every ready-made form by its name."""
