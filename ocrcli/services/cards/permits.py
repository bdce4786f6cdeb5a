"""What permits to travel between the mainland and Hong Kong, Macao and Taiwan share: their print."""

from __future__ import annotations

import re

from ocrcli.checks import dates
from ocrcli.declaration import Field
from ocrcli.engine import grammars
from ocrcli.forms.find import Anywhere, Beside, Direction, Find, Near
from ocrcli.forms.form import Form, compact, one_of
from ocrcli.forms.ready import COMPACT, DATE, PERSON
from ocrcli.layout.where import Where

SEX = one_of("sex", ("男", "女"))
LATIN = Form(
    "permit-latin-name",
    normal=lambda text: re.sub(r"\s*,\s*", ", ", " ".join(text.split())),
    looks=r"^[A-Z][A-Z'\- ]*,\s*[A-Z][A-Z'\-, ]*$",
    strict=True,
)
CHINESE = Form("permit-name", normal=PERSON.normal, looks=r"^[\u3400-\u9fff·]{2,12}$", strict=True)


def _period(text: str) -> str | None:
    """First and last day as YYYY-MM-DD, 至 between; None where the print is no period."""
    whole = dates.period(text)
    return "至".join(whole) if whole else None


def _period_fault(period: str) -> str | None:
    return dates.order_fault(*period.split("至")) if _period_days(period) else f"{period} is no period"


def _period_days(period: str) -> tuple[str, str] | None:
    first, _, last = period.partition("至")
    return (first, last) if dates.exists(first) and (last == dates.LONG_TERM or dates.exists(last)) else None


PERIOD = Form("permit-period", grammars.PERIOD, _period, looks=r"\d{4}", rule=dates.REAL, fault=_period_fault)
AUTHORITY = Form(
    "permit-authority",
    normal=lambda text: compact(text) if re.search("[局厅部队处署]$", compact(text)) else None,
    looks="公安|管理|局",
    strict=True,
)


def last_day(period: str) -> str:
    """The last day of a period in its normal form."""
    return period.partition("至")[2]


def beside(*labels: str) -> Beside:
    """The older forms have their values beside the labels, the plastic cards below them."""
    return Beside(*labels, where=Where.EITHER)


def printed(side: str, *name: Find) -> tuple[Field, ...]:
    """The holder's print on one side of a permit; `name`: where the Chinese name stands besides at its label."""
    return (
        Field("name", "name in Chinese characters",
              (beside("姓名", "Name"), *name, Near("name_en", Direction.ABOVE, 3.0)), CHINESE, side),
        Field("name_en", "name in Latin letters", Anywhere(telling=True), LATIN, side),
        Field("sex", "男 or 女", beside("性别", "Sex"), SEX, side),
        Field("birth_date", "date of birth, YYYY-MM-DD", beside("出生日期", "Date of Birth"), DATE, side),
        Field("valid_period", "first and last day of validity: YYYY-MM-DD至YYYY-MM-DD",
              (beside("有效期限", "有效期", "Period of Validity", "Date of Expiry"), Anywhere()), PERIOD, side),
        Field("issuing_authority", "issuing authority", beside("签发机关", "Issuing Authority", "Authority"), AUTHORITY,
              side),
        Field("issue_place", "place of issue", beside("签发地点", "签发地", "Place of Issue"), COMPACT, side),
    )  # fmt: skip
