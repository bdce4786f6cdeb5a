"""What the meters of taxis print, told by its look from what belongs to the labels above and below."""

from __future__ import annotations

import re
from dataclasses import replace

from ocrcli.checks import invoice_numbers, plate
from ocrcli.engine import grammars
from ocrcli.engine.grammar import Row, Slot
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.forms.form import Form, compact
from ocrcli.forms.ready import AMOUNT, DATE, INVOICE_CODE, INVOICE_NUMBER, NUMBER, TIME, iso_date

_CAPITALS = plate.LETTERS
_SHORT_DAY = tuple(Row(fixed((DIGITS, 2), (a, 1), (DIGITS, 2), (a, 1), (DIGITS, 2))) for a in "-/.")


def _day(text: str) -> str | None:
    """Meters also print the year with two digits."""
    bare = compact(text)
    day = iso_date(f"20{bare}" if re.match(r"\d\d\D", bare) else bare)
    return day if day and day.startswith("20") else None


DAY = replace(
    DATE,
    name="taxi-date",
    grammar=replace(
        grammars.DATE, name="taxi_date", rows=(*grammars.DATE.rows, *_SHORT_DAY), accepts=lambda t: _day(t) is not None
    ),
    normal=_day,
    looks=r"\d{2}[年./-]\d{1,2}|\d月|^\W*20[0-3]\d{5}\W*$",
    strict=True,
)
CLOCK = replace(TIME, name="taxi-time", looks=r"(?<![\d.:：])(?:/\d\d/)?[0-2]?\d[:：;=\-1-8]?[0-5]\d\W*$")
_RANGE = grammar(
    "time_range", Row(fixed((DIGITS, 2), (":", 1), (DIGITS, 2), ("-", 1), (DIGITS, 2), (":", 1), (DIGITS, 2)))
)
RANGE = Form("time-range", _RANGE, compact, looks=r"\d[:：;.]?\d{2}\D{1,3}\d{1,2}[:：;.]?\d{2}\W*$", strict=True)
WAITING = Form(
    "waiting-time",
    grammar(
        "waiting_time",
        *(Row((Slot(DIGITS, 1, 3), Slot(":"), Slot(DIGITS, 2, 2), Slot(s), Slot(DIGITS, 2, 2))) for s in ":."),
        accepts=lambda text: all(int(n) < 60 for n in re.split("[:.]", text)[1:]),
        fence=DIGITS + ":.",
    ),
    lambda text: t if re.fullmatch(r"\d{1,3}(?:[:.]\d\d){1,2}|[\d.]+[时分秒].*", t := compact(text)) else None,
    looks=r"^\W*\d{1,3}(?:\D\d{2,3}){1,2}\W*$|^\W*\d{2}\D?\d{2}\D?\d{2}\W*$|\d[分秒]|^\W*\d{1,2}[:=1]\d{2}\W*$",
    strict=True,
)
_SHORTEST_PLATE = 5  # without the sign of the province, and of the authority
_PLATES = (
    fixed((plate.LETTERS, 1), (plate.SERIAL, 5)),
    fixed((plate.LETTERS, 1), ("ABCDEFGHJK", 1), (plate.SERIAL, 1), (DIGITS, 4)),
    fixed((plate.LETTERS, 1), (DIGITS, 5), ("DF", 1)),
)
CAR = Form(
    "taxi-number",
    replace(
        grammar("taxi_number", *(Row((Slot(plate.PROVINCES, 0), *p)) for p in _PLATES)),
        separators=grammars.PLATE.separators,
    ),
    lambda text: bare if len(bare := re.sub(r"[\W_]", "", text)) >= _SHORTEST_PLATE else None,
    looks=rf"^\W*[{plate.PROVINCES}]\W*$|^\W*[^\W\d_a-zA-Z]?\W*[A-Z0-9][\W]*[A-Z0-9]{{3,7}}\W*$",
    strict=True,
)
LICENCE = Form(
    "driver-certificate",
    grammar("driver_certificate", Row((Slot(_CAPITALS, 0, 2), Slot(DIGITS, 4, 20))), fence=DIGITS + _CAPITALS),
    compact,
    looks=r"^\W*[A-Z]{0,2}\d{4,20}\W*$",
    strict=True,
)
PRICE = replace(AMOUNT, name="price", looks=r"^[^\d:：￥¥]{0,2}\d{1,2}(?:\D?\d{1,2})?[^公里千kK\d:：]?(?:/.*)?$")
KM = replace(
    NUMBER,
    name="distance",
    normal=lambda text: m[0] if (m := re.search(r"\d+(?:\.\d+)?", text)) else None,
    looks=r"^[^\d:：￥¥]{0,2}\d{1,3}\D{0,2}\d{0,2}(?:公?里|千米|[kK][mM]?|$)",
)
MONEY = replace(
    AMOUNT,
    name="taxi-amount",
    looks=r"^(?!.*[:：年日公里/kK])(?!(?:\D*\d){7})(?!(?:.*[一-龥]){3})[^\d一-龥]{0,3}\d",
)
CODE = replace(INVOICE_CODE, name="taxi-code", looks=r"\d{9}", rule=None)
EIGHT = replace(INVOICE_NUMBER, name="taxi-invoice-number", looks=r"(?<!\d)\d{7,8}(?!\d)")
FIRM = Form(
    "firm",
    normal=lambda text: compact(text) or None,
    looks=r"^[^\W\d]{3,}(?:出租|汽车|客运|公交|巴士|交通|运输|旅游)[^\W\d]*公司$",
)


def _region(text: str) -> str | None:
    """A city or municipality, or a province or region that there is."""
    name = compact(text)
    return name if name.endswith("市") or name in invoice_numbers.PROVINCES.values() else None


REGION = Form(
    "region",
    normal=_region,
    looks=r"^[^\W\d]{2,6}?[省市区](?=国家|地方|税务|出租|客运|汽车|通用|公共)",
)
