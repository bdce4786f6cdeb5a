"""What train tickets print: there is hardly a label, so that each form says what it is."""

from __future__ import annotations

import re
from dataclasses import replace

from ocrcli.checks import dates, trains
from ocrcli.engine.grammar import Row, Slot
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.forms.form import Form, compact, one_of
from ocrcli.forms.ready import AMOUNT, COMPACT, NAME

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I, no O
_ALNUM = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HAN = r"[\u4e00-\u9fff]"

TICKET = Form(
    "rail-ticket-number",
    grammar(
        "rail_ticket",
        *(Row(fixed(*before, (_LETTERS, 1), (DIGITS, 6))) for before in ((), (("Z", 1), (DIGITS, 2)), ((DIGITS, 2),))),
        Row(fixed((DIGITS, 6), (_LETTERS, 1), (DIGITS, 18))),  # of an electronic ticket
        fence=_ALNUM,
    ),
    compact,
    looks=r"^\W*(?:Z\d\d|\d\d)?[A-Z]\d{6}\W*$|^\d{6}[A-Z]\d{18}$",
)
TRAIN = Form(
    "train-number",
    grammar("train_number", Row((Slot(trains.KINDS), Slot(DIGITS, 1, 4))), Row(fixed((DIGITS, 4))), fence=_ALNUM),
    compact,
    looks=rf"(?<![A-Z\d])[{trains.KINDS}]\d{{1,4}}(?!\d)|^\W*\d{{4}}次?\W*$",
    strict=True,
    rule=trains.TRAIN,
    fault=trains.train_fault,
)
STATIONS = rf"(?!站){_HAN}(?: ?(?!站){_HAN}){{1,6}} ?站"


def _station(text: str) -> str | None:
    """The name with 站, which is small print and may be lost."""
    found = re.match(rf"(?!站){_HAN}(?:(?!站){_HAN}){{1,6}}", compact(text))
    return f"{found[0]}站" if found else None


STATION = Form("station", normal=_station, looks=rf"^\W*{_HAN}{{2,7}}\W*$")
SPELT = Form(
    "station-spelt",
    normal=lambda text: compact(text).replace("’", "'") or None,
    looks=r"(?<![A-Za-z])[A-Z][a-z]+(?:['’]?[a-z]+)*(?![A-Za-z])",
)


def _departure(text: str) -> str | None:
    """YYYY年MM月DD日HH:MM."""
    numbers = re.findall(r"\d+", text)
    return "{}年{:0>2}月{:0>2}日{:0>2}:{:0>2}".format(*numbers) if len(numbers) == 5 else None


def _departure_fault(text: str) -> str | None:
    day, hours, minutes = text[:11], int(text[11:13]), int(text[14:16])
    return None if dates.parse(day) and hours < 24 and minutes < 60 else f"{text} is no day and time"


DEPARTURE = Form(
    "departure",
    grammar(
        "departure",
        Row(
            (
                *fixed((DIGITS, 4), ("年", 1)),
                *(s for mark in "月日:" for s in (Slot(DIGITS, 1, 2), Slot(mark))),
                *fixed((DIGITS, 2)),
            )
        ),
        accepts=lambda text: _departure_fault(_departure(text) or "") is None,
        fence=DIGITS,
    ),
    _departure,
    looks=r"年.*月.*日.*\d",
    rule=dates.REAL,
    fault=_departure_fault,
)
_PLACES = (
    fixed((DIGITS, 2), ("ABCDF", 1), ("号", 1)),
    fixed((DIGITS, 2), ("ABCDF", 1)),
    *(fixed((DIGITS, n), ("号", 1)) for n in (2, 3)),
    *(fixed((DIGITS, n), ("号", 1), ("上中下", 1), ("铺", 1)) for n in (2, 3)),
    *(fixed((DIGITS, n), ("上中下", 1), ("铺", 1)) for n in (2, 3)),
    fixed(("无", 1), ("座", 1)),
)
SEAT = Form(
    "rail-seat",
    grammar(
        "rail_seat",
        *(Row((Slot("加", 0), Slot(DIGITS, 1, 2), Slot("车"), *place)) for place in _PLACES),
        fence=DIGITS + "ABCDEF号上中下铺加",
    ),
    lambda text: re.sub(r"(?<=车)(\d{2,3}[A-F]?)(?=$|[上中下])", r"\1号", compact(text)) or None,
    looks=r"\d车",
)
_CLASSES = (*sorted(trains.CLASSES), *(f"新空调{name}" for name in ("硬座", "软座", "硬卧", "软卧", "高级软卧")))
_CLASS = one_of("rail-class", _CLASSES)
assert _CLASS.grammar is not None
CLASS = replace(
    _CLASS, grammar=replace(_CLASS.grammar, fence="".join({c for name in _CLASSES for c in name})), looks="[座卧]"
)
GATE = Form(
    "gate",
    normal=lambda text: compact(text).strip(":：") or None,
    looks=r"(?<=检票口)[:：]?\w+|(?<=检票)[:：]\w+|候车室\w*$",
)
PRICE = replace(AMOUNT, name="ticket-price", looks=r"[￥¥]\W?\d|^\W{0,2}\d+\.\d{1,2}\D?$")
SALE = Form(
    "sale-mark",
    normal=lambda text: next((c for c in text if c in "网支微"), None),
    looks="^(?=.*[网支微])[网支微折学孩惠残军优]{1,4}$",
)
DISCOUNT = replace(COMPACT, name="discount-mark", looks="^[折学孩惠残军优]{1,2}$")
COOLED = replace(COMPACT, name="air-conditioning", looks="^新?空调$")
CHANGE = replace(COMPACT, name="change-mark", looks="^(?:始发改签|始发变更到站|变更到站|差额退票|退票|改签)(?=换开|$)")
HOLDER = replace(NAME, looks=rf"^{_HAN}[\u4e00-\u9fff·]{{1,7}}$|^[A-Za-z][A-Za-z ]{{3,}}$", strict=True)
LOG = Form(
    "rail-log-number",
    grammar(
        "rail_log",
        Row(fixed((DIGITS, 14), (_LETTERS, 1), (DIGITS, 6))),
        Row(fixed((DIGITS, 5), (_ALNUM, 2), (DIGITS, 7), (_LETTERS, 1), (DIGITS, 6))),
        Row(fixed((DIGITS, 21))),
        fence=_ALNUM,
    ),
    compact,
    looks=r"[0-9A-Z]{16}",
)
SOLD = replace(COMPACT, name="sale-location", looks=rf"{_HAN}{{2,12}}(?=售)")
RATE = Form(
    "tax-rate",
    normal=lambda text: m[0] if (m := re.search(r"\d+(?:\.\d+)?%|免税|不征税|\*+", text)) else None,
    looks=r"\d[%％]|税|\*",
)
