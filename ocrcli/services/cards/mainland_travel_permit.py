"""Permits of residents of Hong Kong, Macao and Taiwan to travel to the mainland (港澳居民来往内地通行证,
台湾居民来往大陆通行证): both sides of the plastic cards.

Result keys: mainland-travel-permit of Huawei Cloud OCR; the zone's lines are in `mrz`. The layout is as the cards are
described: no picture of a real one was at hand to hold it against.
"""

from __future__ import annotations

import re

from ocrcli.declaration import Field, LeftOut, Panel, Service, Side
from ocrcli.engine.grammar import Row
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.forms.find import Anywhere, Beside, Derived, Titled
from ocrcli.forms.form import Form, compact
from ocrcli.forms.results import CONFIDENCE
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.services.cards import permits
from ocrcli.signs import Labels, Title

_TITLES = ("港澳居民来往内地通行证", "港澳居民来往内地通行证(非中国籍)", "台湾居民来往大陆通行证")
_ENGLISH = (
    "MAINLAND TRAVEL PERMIT FOR HONG KONG AND MACAO RESIDENTS",
    "MAINLAND TRAVEL PERMIT FOR TAIWAN RESIDENTS",
    "MAINLAND TRAVEL PERMIT",
)
# A letter for Hong Kong or Macao; the older cards have the times of issue behind the number.
NUMBER = Form(
    "mainland-permit-number",
    grammar(
        "mainland_permit_number",
        Row(fixed(("HM", 1), (DIGITS, 8))),
        Row(fixed(("HM", 1), (DIGITS, 10))),
        Row(fixed((DIGITS, 8))),
        fence=DIGITS + "HM",
    ),
    compact,
    looks=r"(?<![A-Z0-9])([HM]\d{8}(\d\d)?|\d{8})(?!\d)",
    strict=True,
)
TIMES = Form(
    "issue-times",
    grammar("issue_times", Row(fixed((DIGITS, 1))), Row(fixed((DIGITS, 2))), fence=DIGITS),
    compact,
    looks=r"^\d{1,2}$",
    strict=True,
)
ID_NUMBER = Form(
    "resident-number",
    normal=lambda text: compact(text).upper(),
    looks=r"^[A-Z]{0,2}\d{6,9}(\([0-9A]\))?$",
    strict=True,
    sample=lambda rng: f"X{rng.randrange(10**6):06}(0)",
)
ID_NAME = Form(
    "resident-name",
    normal=lambda text: re.sub(r"\s*,\s*", ", ", " ".join(text.split())),
    looks=r"^[A-Z][A-Z'\-, ]+$|^[\u3400-\u9fff·]{2,12}$",
    strict=True,
    sample=lambda rng: rng.choice(("YANG, ZHANGSAN", "样张三")),
)

_PORTRAIT = "ocrcli does not know exactly where these cards have the portrait"
SERVICE = Service(
    name="mainland-travel-permit",
    spec="mainland-travel-permit",
    type="mainland_travel_permit",
    title="Mainland travel permit",
    title_zh="港澳台居民来往内地通行证识别",
    panel=Panel.CARDS,
    help="Read permits of residents of Hong Kong, Macao and Taiwan to travel to the mainland.",
    limits=Limits(formats=RASTER + PDF + OFD, min_side=15, max_side=8192),
    left_out=tuple(LeftOut(f"return_portrait_{what}", _PORTRAIT) for what in ("image", "location")),
    sides=(
        Side("front", "the front", {"title": _TITLES, "english": _ENGLISH}, least=3,
             own=(frozenset({"title"}), frozenset({"english"}))),
        Side("back", "the back", least=2, own=(frozenset({"id_name", "id_number"}),)),
    ),
    fields=(
        Field("type", "the permit's title", Titled(_TITLES), side="front"),
        *permits.printed("front"),
        permits.ZONE,
        Field("number", "number of the permit",
              (Beside("证件号码", "通行证号码", "Document No."), Anywhere()), NUMBER, "front", required=True),
        Field("number", "number of the permit", Derived(permits.zone_number, ("mrz",)), NUMBER, "back"),
        Field("issue_times", "how many times it was issued", permits.beside("换证次数", "签发次数", "Issue times"),
              TIMES, "front"),
        Field("id_name", "name on the holder's identity card", permits.beside("身份证件姓名", "证件姓名"), ID_NAME,
              "back"),
        Field("id_number", "number of that card", permits.beside("身份证件号码", "居民身份证号码"), ID_NUMBER, "back"),
        CONFIDENCE,
    ),
    checks=(permits.zone_agrees("birth_date", "valid_period"),),
    signs=(
        Title((*_TITLES, *_ENGLISH)),
        Labels(("出生日期", "有效期限", "签发机关", "换证次数", "签发次数"), 4, 0.4),
        Labels(("身份证件姓名", "身份证件号码"), 2, 0.4),
    ),
)  # fmt: skip
