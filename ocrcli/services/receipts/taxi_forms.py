"""What the meters of taxis print, told by its look from what belongs to the labels above and below."""

from __future__ import annotations

import re
from dataclasses import replace

from ocrcli.checks import plate
from ocrcli.engine import grammars
from ocrcli.engine.grammar import Row, Slot
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.forms.form import Form, compact
from ocrcli.forms.ready import AMOUNT, NUMBER, TIME

_CAPITALS = plate.LETTERS
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
FIRM = Form(
    "firm",
    normal=lambda text: compact(text) or None,
    looks=r"^[^\W\d]{3,}(?:出租|汽车|客运|公交|巴士|交通|运输|旅游)[^\W\d]*公司$",
)
