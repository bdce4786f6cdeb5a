"""Hong Kong identity card (香港身份證): the smart cards of 2003 and of 2018, permanent or not.

Result keys: hk-id-card of Huawei Cloud OCR. Months and two-digit years become YYYY-MM and YYYY-MM-DD: the first cards
were issued in 1949, the first of plastic in 1987.
"""

from __future__ import annotations

import re

from ocrcli.checks import dates, hk_id
from ocrcli.declaration import Field, LeftOut, Panel, Service, Side
from ocrcli.engine.grammar import Row, Slot, Sum
from ocrcli.engine.grammars import BLANKS, DIGITS, fixed, grammar
from ocrcli.forms.binds import date_order
from ocrcli.forms.find import Anywhere, Below, Direction, Near
from ocrcli.forms.form import Form, compact
from ocrcli.forms.ready import date_fault
from ocrcli.forms.results import CONFIDENCE, says
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.signs import Labels, Number, Shape, Title, titles_but_of

_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SEXES = {"男M": "男", "女F": "女"}


def _term(place: int, character: str) -> int:
    """The brackets (-1, -3) count nothing, the check character (-2) once, the digit before them twice, and so on."""
    return 0 if place in (-1, -3) else hk_id.value(character) * (1 if place == -2 else -place - 2)


def _number(letters: int, remainder: int) -> Row:
    slots = fixed((_CAPITALS, letters), (DIGITS, 6), ("(", 1), (DIGITS + "A", 1), (")", 1))
    return Row(slots, (Sum(11, remainder, _term),))


NUMBER = Form(
    "hk-number",
    grammar("hk_number", _number(1, -9 * hk_id.BLANK % 11), _number(2, 0), fence=DIGITS + _CAPITALS),
    compact,
    looks=r"[A-Z]\d{4}",
    rule=hk_id.RULE,
    fault=hk_id.fault,
)
SEX = Form(
    "hk-sex",
    grammar("hk_sex", *(Row(tuple(map(Slot, both))) for both in _SEXES), separators=BLANKS + "/", fence=_CAPITALS),
    lambda text: _SEXES.get(compact(text).replace("/", "")),
    looks="[男女]|[MF]$",
)


def _dashed(name: str, *digits: int, normal: str, bracketed: bool = False) -> Form:
    """Figures with strokes between, read as `normal` has them: d, m and y for day, month and year."""
    slots = [slot for count in digits for slot in (Slot("-"), Slot(DIGITS, count, count))][1:]
    slots = [Slot("("), *slots, Slot(")")] if bracketed else slots

    def value(text: str) -> str | None:
        numbers = re.findall(r"\d+", text)
        if [len(number) for number in numbers] != list(digits):
            return None
        told = dict(zip("dmy"[-len(digits) :], numbers, strict=True))
        if len(told["y"]) == 2:
            first = 49 if bracketed else 87
            told["y"] = ("19" if int(told["y"]) >= first else "20") + told["y"]
        return normal.format(**told)

    looks = r"\D{0,2}".join(rf"\d{{{count}}}" for count in digits)
    return Form(
        name,
        grammar(name.replace("-", "_"), Row(tuple(slots)), fence=DIGITS + "-"),
        value,
        looks=rf"\({looks}\)" if bracketed else rf"(?<!\d){looks}(?!\d)",
        strict=True,
        rule=dates.REAL,
        fault=lambda day: date_fault(f"{day}-01" if bracketed else day),
    )


BIRTH = _dashed("hk-birth", 2, 2, 4, normal="{y}-{m}-{d}")
FIRST_ISSUE = _dashed("hk-first-issue", 2, 2, normal="{y}-{m}", bracketed=True)
ISSUE = _dashed("hk-issue", 2, 2, 2, normal="{y}-{m}-{d}")
LATIN = Form(
    "hk-latin-name",
    normal=lambda text: re.sub(r"\s*,\s*", ", ", " ".join(text.split())),
    looks=r"^[A-Z][A-Z'\- ]*,\s*[A-Z][A-Za-z'\-, ]*$",
    strict=True,
)
CHINESE = Form("hk-name", normal=compact, looks=r"^[\u3400-\u9fff]{2,6}$", strict=True)
CODES = Form(
    "hk-telegraph-code",
    grammar("hk_codes", *(Row(fixed((DIGITS, 4 * count))) for count in range(2, 7)), fence=DIGITS),
    lambda text: " ".join(re.findall(r"\d{4}", compact(text))) if len(compact(text)) % 4 == 0 else None,
    looks=r"^(\d{4}){2,6}$",
    strict=True,
)
SYMBOLS = Form(
    "hk-symbols",
    normal=lambda text: found[0] if (found := re.fullmatch(r"(\*{3}|\*)?[A-Z]{1,4}", _stars(text))) else None,
    looks=r"^[*★☆＊]{0,3}[A-Z]{1,4}$",
    strict=True,
)


def _stars(text: str) -> str:
    return re.sub("[★☆＊]", "*", compact(text))


_TITLES = ("香港永久性居民身份證", "香港身份證", "HONG KONG PERMANENT IDENTITY CARD", "HONG KONG IDENTITY CARD")
_PORTRAIT = "ocrcli does not know exactly where these cards have the portrait"
SERVICE = Service(
    name="hk-id-card",
    spec="hk-id-card",
    type="hk_id_card",
    title="Hong Kong identity card",
    title_zh="香港身份证识别",
    panel=Panel.CARDS,
    help="Read the front of a Hong Kong identity card, permanent or not.",
    limits=Limits(formats=RASTER + PDF + OFD, min_side=15, max_side=8192),
    left_out=tuple(LeftOut(f"return_portrait_{what}", _PORTRAIT) for what in ("image", "location")),
    sides=(
        Side(
            "front", "the front", {"title": _TITLES, "issue": ("簽發日期", "签发日期", "Date of Issue")}, least=2,
            refuses=titles_but_of("hk-id-card"),
        ),
    ),
    fields=(
        Field("name", "name in Chinese characters", Near("name_en", Direction.ABOVE, 3.0), CHINESE, "front"),
        Field("name_en", "name in Latin letters", Anywhere(telling=True), LATIN, "front"),
        Field("sex", "男 or 女", Anywhere(telling=True), SEX, "front"),
        Field("birth_date", "date of birth, YYYY-MM-DD",
              (Below("出生日期", "Date of Birth"), Anywhere(telling=True)), BIRTH, "front"),
        Field("number", "number with its check character in brackets", Anywhere(), NUMBER, "front", required=True),
        Field("symbols", "symbols such as ***AZ", Near("birth_date", Direction.BELOW, 4.0), SYMBOLS, "front"),
        Field("name_telegraph_code", "the name's characters in the telegraph code",
              Near("name_en", Direction.BELOW, 3.0), CODES, "front"),
        Field("permanent", "true for a permanent resident's card", type="boolean",
              from_sheet=says("永久", "PERMANENT")),
        Field("initial_issue_date", "month of the first issue, YYYY-MM", Anywhere(telling=True), FIRST_ISSUE, "front"),
        Field("issue_date", "day of issue, YYYY-MM-DD", Anywhere(telling=True), ISSUE, "front"),
        CONFIDENCE,
    ),
    checks=(date_order("birth_date", "issue_date", side="front"),),
    signs=(
        Title(_TITLES),
        Labels(("出生日期", "Date of Birth", "簽發日期", "Date of Issue"), 3, 0.3),
        Number(r"(?<![A-Z0-9])[A-Z]{1,2}\d{6}\([0-9A]\)", hk_id.passes, 0.5),
        Shape(1.586),
    ),
)  # fmt: skip
