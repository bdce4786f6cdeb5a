"""Exit-entry permits of residents of the mainland (往来港澳通行证, 往来台湾通行证): the front of the plastic cards.

Result keys: exit-entry-permit of Huawei Cloud OCR, but for the endorsements, which are printed on the back and are not
read. The number is taken from the line at the foot, where its check digit is right.
"""

from __future__ import annotations

from ocrcli.checks import exit_entry, mrz
from ocrcli.declaration import Bind, Field, LeftOut, Panel, Service, Side
from ocrcli.engine.grammar import Row, Sum
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.forms.find import Anywhere, Beside, Derived, Says, Titled
from ocrcli.forms.form import Form, compact
from ocrcli.forms.results import CONFIDENCE
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.services.cards import permits
from ocrcli.signs import Labels, Number, Shape, Title

_TITLES = ("往来港澳通行证", "往来台湾通行证", "因公往来香港澳门特别行政区通行证")
_ENGLISH = ("EXIT-ENTRY PERMIT FOR TRAVELLING TO AND FROM HONG KONG AND MACAO", "EXIT-ENTRY PERMIT")


def _sum(start: int, end: int, check: int) -> Sum:
    """The check digit at `check` of the characters from `start` to `end` (ICAO Doc 9303-3, 4.9)."""

    def term(place: int, character: str) -> int:
        index = place + exit_entry.LENGTH
        counted = mrz.value(character) or 0
        return -counted if index == check else counted * (7, 3, 1)[(index - start) % 3] if start <= index < end else 0

    return Sum(10, 0, term)


_DAY = ((DIGITS, 7), ("<", 1))
CODE = Form(
    "exit-entry-line",
    grammar(
        "exit_entry_line",
        Row(
            fixed(
                ("C", 1),
                (mrz.CAPITALS, 2),
                (mrz.CAPITALS + DIGITS, 1),
                (DIGITS, 8),
                ("<", 1),
                *_DAY,
                *_DAY,
                (DIGITS + "<", 1),
            ),
            tuple(_sum(*span) for span in exit_entry.SPANS.values()),
        ),
        fence=mrz.CAPITALS + DIGITS + "<",
    ),
    compact,
    looks=r"C[A-Z][A-Z0-9]{5}.*\d{5}",
    rule=exit_entry.RULE,
    fault=exit_entry.fault,
)
NUMBER = Form(
    "permit-number",
    grammar(
        "exit_entry_number",
        Row(fixed((mrz.CAPITALS, 1), (mrz.CAPITALS + DIGITS, 1), (DIGITS, 7))),
        fence=mrz.CAPITALS + DIGITS + "<",
    ),
    compact,
    looks=r"[A-Z][A-Z0-9]\d{7}",
    strict=True,
)

_PORTRAIT = "ocrcli does not know exactly where these cards have the portrait"
SERVICE = Service(
    name="exit-entry-permit",
    spec="exit-entry-permit",
    type="exit_entry_permit",
    title="Exit-entry permit",
    title_zh="往来港澳台通行证识别",
    panel=Panel.CARDS,
    help="Read the front of a Chinese exit-entry permit for Hong Kong and Macao, or for Taiwan.",
    limits=Limits(formats=RASTER + PDF + OFD, min_side=15, max_side=8192),
    left_out=tuple(LeftOut(f"return_portrait_{what}", _PORTRAIT) for what in ("image", "location")),
    sides=(
        Side("front", "the front", {"title": _TITLES, "english": _ENGLISH}, least=3,
             own=(frozenset({"title"}), frozenset({"english"}))),
    ),
    fields=(
        Field("type", "the permit's title", Titled(_TITLES), side="front"),
        Field("side", "front", Says((), "front", "front"), side="front"),
        *permits.printed("front"),
        Field("machine_code", "the line at the foot", Anywhere(), CODE, "front"),
        Field("number", "number of the permit",
              (Beside("证件号码", "通行证号码", "Document No."), Derived(exit_entry.number, ("machine_code",)),
               Anywhere()), NUMBER, "front", required=True),
        CONFIDENCE,
    ),
    checks=(
        Bind(mrz.PRINT, ("machine_code", "birth_date", "valid_period"),
             lambda line, birth, period: exit_entry.days_fault(line, birth, permits.last_day(period)), "front"),
    ),
    signs=(
        Title((*_TITLES, *_ENGLISH)),
        Labels(("出生日期", "有效期限", "签发机关", "签发地点"), 4, 0.4),
        Number(r"^C[A-Z][A-Z0-9]{9}\d<\d{7}<\d{7}<.$", lambda line: exit_entry.fault(line) is None, 0.7),
        Shape(1.586),
    ),
)  # fmt: skip
