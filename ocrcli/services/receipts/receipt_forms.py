"""What receipts of all kinds have: the code and number of the form, the place in its title, days, times and amounts."""

from __future__ import annotations

import re
from dataclasses import replace

from ocrcli.checks import invoice_numbers
from ocrcli.engine import grammars
from ocrcli.engine.grammar import Row
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.forms.find import Anywhere, Beside, Derived, Near
from ocrcli.forms.find import Direction as To
from ocrcli.forms.form import Form, compact
from ocrcli.forms.ready import AMOUNT, DATE, INVOICE_CODE, INVOICE_NUMBER, MOMENT, TIME, iso_date
from ocrcli.layout.where import Where

CODE = replace(INVOICE_CODE, name="receipt-code", looks=r"\d{9}", rule=None)
EIGHT = replace(INVOICE_NUMBER, name="receipt-number", looks=r"(?<!\d)\d{7,8}(?!\d)")
MONEY = replace(
    AMOUNT,
    name="receipt-amount",
    looks=r"^(?!.*[:：年日公里/kK])(?!(?:\D*\d){7})(?!(?:.*[一-龥]){3})[^\d一-龥]{0,3}\d",
)

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_SHORT_DAY = tuple(Row(fixed((DIGITS, 2), (a, 1), (DIGITS, 2), (a, 1), (DIGITS, 2))) for a in "-/.")


def day_of(text: str) -> str | None:
    """The day alone or before a time as YYYY-MM-DD; machines also print the year with two digits."""
    bare = re.sub(f"{_CLOCK}$", "", compact(text))
    day = iso_date(f"20{bare}" if re.match(r"\d\d\D", bare) else bare)
    return day if day and day.startswith("20") else None


def time_of(text: str) -> str | None:
    """The time alone or behind a day as HH:MM or HH:MM:SS."""
    match = re.search(f"{_CLOCK}$", compact(text))
    return TIME.normal(match[0]) if match else None


DAY = replace(
    DATE,
    name="receipt-day",
    grammar=replace(
        grammars.DATE,
        name="receipt_day",
        rows=(*grammars.DATE.rows, *_SHORT_DAY),
        accepts=lambda text: day_of(text) is not None,
    ),
    normal=day_of,
    looks=r"\d{2}[年./-]\d{1,2}|\d月|^\W*20[0-3]\d{5}\W*$",
    strict=True,
)
"""The day that a machine has printed."""
assert MOMENT.grammar is not None and TIME.grammar is not None and DAY.grammar is not None
DAY_OF = replace(DAY, name="day-of", grammar=replace(DAY.grammar, rows=(*MOMENT.grammar.rows, *DAY.grammar.rows)))
"""The same, or that of a day and time that stand together."""
TIME_OF = Form(
    "time-of",
    grammar(
        "time_of",
        *MOMENT.grammar.rows,
        *TIME.grammar.rows,
        accepts=lambda text: (clock := time_of(text)) is not None and clock < "24",
        fence=DIGITS + ":",
    ),
    time_of,
    looks=r"\d[:：;]\d{2}",
    strict=True,
)
"""The time, alone or behind a day."""


def _region(text: str) -> str | None:
    """A city or municipality, or a province or region that there is."""
    name = compact(text)
    return name if name.endswith("市") or name in invoice_numbers.PROVINCES.values() else None


REGION = Form(
    "region",
    normal=_region,
    looks=r"^[^\W\d]{2,6}?[省市区](?=国家|地方|税务|出租|客运|汽车|通用|公共|定额)|"
    rf"^(?:{'|'.join(invoice_numbers.PROVINCES.values())})$",
)


def _of_code(code: str) -> str | None:
    """The city or province that a code names."""
    digits = invoice_numbers.region(code, None) or ""
    return invoice_numbers.CITIES.get(digits) or invoice_numbers.PROVINCES.get(digits[:2])


def on_form(labels: str) -> Beside:
    """Beside or below one of these labels, and printed with it."""
    return Beside(*labels.split(), where=Where.EITHER, on_form=True)


# The code names a province, where the form may be of one of its cities.
PLACE = (Anywhere(telling=True), Derived(_of_code, ("code",), alone=True))
CODE_FOUND = (on_form("发票代码 代码"), Anywhere())
NUMBER_FOUND = (on_form("发票号码 号码"), Near("code", To.BELOW, 3))
