"""Resident identity card of Macao (澳門居民身份證, Bilhete de Identidade de Residente): the front, and the zone that is
on the back where the picture shows both.

Result keys: macao-id-card of Huawei Cloud OCR, but for the symbols; the zone's lines are in `mrz`. The layout is as the
cards are described: no picture of a real one was at hand to hold it against. How the digit in brackets behind the
number is made is not published, so it is not checked.
"""

from __future__ import annotations

import re

from ocrcli.checks import dates
from ocrcli.declaration import Field, LeftOut, Panel, Service, Side
from ocrcli.engine.grammar import Row
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.forms.binds import date_order
from ocrcli.forms.find import Anywhere, Direction, Near, Says
from ocrcli.forms.form import Form, compact
from ocrcli.forms.ready import date_fault
from ocrcli.forms.results import CONFIDENCE
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.services.cards import permits
from ocrcli.services.cards.hk_id_card import SEX
from ocrcli.services.cards.permits import beside
from ocrcli.signs import Labels, Shape, Title

NUMBER = Form(
    "macao-number",
    grammar("macao_number", Row(fixed(("157", 1), (DIGITS, 6), ("(", 1), (DIGITS, 1), (")", 1))), fence=DIGITS),
    compact,
    looks=r"(?<!\d)[157]\d{6}\(\d\)",
    strict=True,
)


def _day(text: str) -> str | None:
    """03-08-1981 → 1981-08-03."""
    numbers = re.findall(r"\d+", text)
    return "-".join(reversed(numbers)) if [len(number) for number in numbers] == [2, 2, 4] else None


DAY = Form(
    "macao-date",
    grammar("macao_date", Row(fixed((DIGITS, 2), ("-", 1), (DIGITS, 2), ("-", 1), (DIGITS, 4))), fence=DIGITS + "-"),
    _day,
    looks=r"(?<!\d)\d\d\D\d\d\D\d{4}(?!\d)",
    strict=True,
    rule=dates.REAL,
    fault=date_fault,
    sample=lambda rng: f"{rng.randrange(1, 29):02}-{rng.randrange(1, 13):02}-{rng.randrange(1960, 2024)}",
)
HEIGHT = Form(
    "height",
    normal=lambda text: found[0].replace(",", ".") if (found := re.search(r"[12][.,]\d\d|1\d\d", text)) else None,
    looks=r"^([12][.,]\d\d|1\d\d)(c?m)?$",
    strict=True,
    sample=lambda rng: f"1.{rng.randrange(50, 99)}",
)
_PERMANENT = ("澳門特別行政區永久性居民身份證", "BILHETE DE IDENTIDADE DE RESIDENTE PERMANENTE")
_OTHER = ("澳門特別行政區非永久性居民身份證", "BILHETE DE IDENTIDADE DE RESIDENTE NÃO PERMANENTE")
_TITLES = (*_PERMANENT, *_OTHER, "澳門居民身份證", "BILHETE DE IDENTIDADE DE RESIDENTE")


_PORTRAIT = "ocrcli does not know exactly where these cards have the portrait"
SERVICE = Service(
    name="macao-id-card",
    spec="macao-id-card",
    type="macao_id_card",
    title="Macao identity card",
    title_zh="澳门身份证识别",
    panel=Panel.CARDS,
    help="Read the front of a Macao resident identity card, and the zone of its back where it is in the picture.",
    limits=Limits(formats=RASTER + PDF + OFD, min_side=15, max_side=8192),
    left_out=(LeftOut("return_portrait_image", _PORTRAIT),),
    sides=(
        Side("front", "the front", {"title": _TITLES}, least=3, own=(frozenset({"title"}),)),
    ),
    fields=(
        Field("side", "front", Says((), "front", "front"), side="front"),
        Field("name", "name in Chinese characters",
              (beside("姓名", "Apelido, Nome"), Near("name_en", Direction.ABOVE, 3.0)), permits.CHINESE, "front"),
        Field("name_en", "name in Latin letters", Anywhere(telling=True), permits.LATIN, "front"),
        Field("sex", "男 or 女", beside("性別", "Sexo"), SEX, "front"),
        Field("birth_date", "date of birth, YYYY-MM-DD", beside("出生日期", "Data de nascimento"), DAY, "front"),
        Field("height", "height as printed, such as 1.70", beside("身高", "Altura"), HEIGHT, "front"),
        Field("initial_issue_date", "day of the first issue, YYYY-MM-DD",
              beside("首次發證日期", "首次發出日期", "Data da 1ª emissão"), DAY, "front"),
        Field("issue_date", "day of issue, YYYY-MM-DD",
              beside("本次發證日期", "發證日期", "發出日期", "Data de emissão"), DAY, "front"),
        Field("expiry_date", "last day of validity, YYYY-MM-DD", beside("有效期至", "有效日期", "Válido até"), DAY,
              "front"),
        Field("number", "number with the digit in brackets", (beside("編號", "證件編號", "N.º"), Anywhere()), NUMBER,
              "front", required=True),
        permits.ZONE,
        CONFIDENCE,
    ),
    checks=(
        date_order("birth_date", "initial_issue_date", "issue_date", "expiry_date", side="front"),
        permits.zone_agrees("birth_date", "expiry_date"),
    ),
    signs=(
        Title(_TITLES),
        Labels(("出生日期", "性別", "身高", "首次發證日期", "有效期至", "Data de nascimento"), 4, 0.4),
        Shape(1.586),
    ),
)  # fmt: skip
