"""What air itineraries print."""

from __future__ import annotations

import re
from dataclasses import replace

from ocrcli.checks import air, citizen_id
from ocrcli.engine.grammar import Row, Slot
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.forms.form import Form, compact
from ocrcli.forms.ready import AMOUNT, DATE, TIME

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def _blanks_kept(text: str) -> str | None:
    return " ".join(text.split()) or None


def _day(text: str) -> str | None:
    """A whole day as YYYY-MM-DD, else as printed: 05-16, 10MAY."""
    bare = compact(text).upper()
    return DATE.normal(bare) or (
        bare if re.fullmatch(rf"\d\d[-./]\d\d|\d\d?(?:{'|'.join(MONTHS)})(?:\d\d)?", bare) else None
    )


_SHORT = (Row(fixed((DIGITS, 2), ("-", 1), (DIGITS, 2))), *(Row((Slot(DIGITS, 1, 2), *map(Slot, m))) for m in MONTHS))
assert DATE.grammar is not None
DAY = replace(
    DATE,
    name="flight-day",
    grammar=grammar(
        "flight_day", *DATE.grammar.rows, *_SHORT, accepts=lambda text: _day(text) is not None, fence=DIGITS
    ),
    normal=_day,
    looks=r"\d{4}.?\d|\d\D[A-Z]{2}|\d[A-Z]{3}|^\W*\d\d?[-./]\d\d\W*$",
    strict=True,
    fault=lambda day: DATE.fault(day) if DATE.fault and re.match(r"\d{4}-", day) else None,
)
CLOCK = replace(TIME, name="flight-time", looks=r"^\W*\d{1,2}[:：;.]?\d{2}\W*$")
FLIGHT = Form(
    "flight-number",
    grammar(
        "flight_number",
        Row((Slot("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 2, 2), Slot(DIGITS, 3, 4))),
        accepts=lambda text: any(map(str.isalpha, text[:2])),
        fence=DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ),
    compact,
    looks=r"^\W*[A-Z0-9]{2}\d{3,4}\W*$",
    strict=True,
)
CABIN = Form("cabin", normal=compact, looks=r"^\W*[A-Z]\d?\W*$", strict=True)
BASIS = Form("fare-basis", normal=compact, looks=r"^\W*[A-Z][A-Z0-9/]*\W*$", strict=True)
BAGGAGE = Form("baggage", normal=compact, looks=r"^\W*(?:\d{1,2}(?:K[G]?|PC|P)?|[A-Z]{2,3})\W*$", strict=True)
CARRIER = Form("carrier", normal=compact, looks=r"^[^\W\d]{2,6}$|^[A-Z0-9]{2}$", strict=True)
STOP = Form("stop", normal=_blanks_kept, looks=r"^(?!.*V[O0][I1][D0])(?=.*[^\W\d])[^:：]{1,14}$", strict=True)
MONEY = replace(AMOUNT, name="fare", looks=r"\d+\.\d\d|^\D{0,5}\d+$")
TICKET = Form(
    "e-ticket",
    grammar(
        "e_ticket",
        Row(fixed((DIGITS, 13))),
        separators=" \u3000-—–",
        fence=DIGITS,
    ),
    lambda text: re.sub(r"[\s—–-]", "", text) or None,
    looks=r"\d{3}[\s—–-]*\d{6}",
    strict=True,
    rule=air.TICKET,
    fault=air.ticket_fault,
)
PAPERS = Form(
    "papers",
    normal=lambda text: compact(text).upper() or None,
    looks=r"[0-9A-Z*]{6}",
    strict=True,
    rule=citizen_id.RULE,
    fault=citizen_id.fault,
    applies=lambda number: re.fullmatch(r"\d{17}[\dX]", number) is not None,
)
SERIAL = Form("serial", normal=compact, looks=r"\d{4}.*\d|^\W*\d{10,11}\W*\d?\W*$", strict=True)
BOOKING = Form(
    "booking",
    normal=compact,
    looks=r"^(?![A-Z0-9]{2}\d{3,4}$)(?!FL|CARR|CLASS|ALLOW|TOTAL|TAX)(?=.*[A-Z])[A-Z0-9]{6}$",
    strict=True,
)
AS_PRINTED = Form("as-printed", normal=_blanks_kept)
CHECK = Form("check-code", normal=compact, looks=r"^\W*\d{4}\W*$", strict=True)
INSURANCE = Form(
    "insurance",
    normal=lambda text: compact(text) or None,
    looks=r"^\W*(?:[A-Z]{0,3}\d+(?:\.\d+)?|[xX]{2,4}|无)\W*$",
    strict=True,
)
INSIDE = Form("inside", normal=compact, looks="国内|国际")
STATUS = Form("status", normal=compact, looks=r"[^\W\d]{2}")
