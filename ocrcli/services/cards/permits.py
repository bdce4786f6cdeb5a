"""What permits to travel between the mainland and Hong Kong, Macao and Taiwan share: their print, and the zone that
they and the identity cards of Macao have on the back (TD1 of ICAO Doc 9303-5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ocrcli.checks import dates, mrz
from ocrcli.declaration import Bind, Field
from ocrcli.engine import grammars
from ocrcli.finding import Evidence
from ocrcli.forms.find import Anywhere, Beside, By, Direction, Find, Near
from ocrcli.forms.form import Form, compact, one_of
from ocrcli.forms.found import Found
from ocrcli.forms.ready import COMPACT, DATE, PERSON
from ocrcli.geometry import around
from ocrcli.layout.where import Where

if TYPE_CHECKING:
    from ocrcli.forms.sheet import Sheet

SEX = one_of("sex", ("男", "女"))
LATIN = Form(
    "permit-latin-name",
    normal=lambda text: re.sub(r"\s*,\s*", ", ", " ".join(text.split())),
    looks=r"^[A-Z][A-Z'\- ]*,\s*[A-Z][A-Z'\-, ]*$",
    strict=True,
    sample=lambda rng: rng.choice(("YANG, ZHANGSAN", "YANG, BEN")),
)
CHINESE = Form(
    "permit-name",
    normal=PERSON.normal,
    looks=r"^[\u3400-\u9fff·]{2,12}$",
    strict=True,
    sample=lambda rng: rng.choice(("样张三", "样本四")),
)


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
    sample=lambda rng: rng.choice(("公安部出入境管理局", "样本省公安厅")),
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


def _zone(sheet: Sheet) -> Found | None:
    """The zone of the document; None where there is none, or more than one."""
    from ocrcli.layout.zones import find_zones
    from ocrcli.services.cards.passport.zone import evidence_of

    zones = [found for found in find_zones(sheet.reading) if found.zone.format is mrz.TD1]
    if len(zones) != 1:
        return None
    [found] = zones
    seen = evidence_of(found, sheet.reading.today)
    rows = [seen[f"mrz/{number}"] for number in range(mrz.TD1.lines)]
    plain = "\n".join(row.plain or "" for row in rows)
    why = next((row.why for row in rows if row.why), "")
    quad = around(row.quad for row in rows if row.quad)
    evidence = Evidence(min(row.confidence for row in rows), quad, "mrz", plain, why)
    chose = any(line.guided.chose for line in found.lines)
    return Found("\n".join(found.zone.lines), evidence, found.zone.passed, chose)


# The specimen of ICAO Doc 9303-5, appendix B.
_SAMPLE = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
ZONE_FORM = Form(
    "mrz-td1",
    normal=str,
    rule=mrz.TD1_RULE,
    fault=lambda zone: mrz.fault(zone.split("\n")),
    sample=lambda rng: _SAMPLE,  # noqa: ARG005
)
ZONE = Field("mrz", "the lines of the machine-readable zone", By(_zone), ZONE_FORM, type="list")


def in_zone(zone: str, name: mrz.FieldName) -> str:
    """What the zone (its lines, one below the other) says at a place, without fillers behind it."""
    line, start, end = mrz.TD1.fields[name]
    return zone.split("\n")[line][start:end].rstrip(mrz.FILLER)


def zone_number(zone: str) -> str | None:
    """The document number, None where a check digit of the zone is wrong."""
    return in_zone(zone, "number") if mrz.passes(zone.split("\n")) else None


def _days_fault(zone: str, birth: str, last: str) -> str | None:
    for name, day in (("birth", birth), ("expiry", last_day(last) or last)):
        told = in_zone(zone, name)  # type: ignore[arg-type]
        if told != day[2:].replace("-", ""):
            return f"the zone says {told} for the {name}, the print {day}"
    return None


def zone_agrees(birth: str, last: str) -> Bind:
    """The zone's days are those printed; `last` is the key of the last day, or of the period."""
    return Bind(mrz.PRINT, (ZONE.name, birth, last), _days_fault)
