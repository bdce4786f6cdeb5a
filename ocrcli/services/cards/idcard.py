"""Identity card of the Chinese mainland (居民身份证, GA 461): portrait side, emblem side, or both in one picture.

Limits, options and result keys: id-card of Huawei Cloud OCR, in whose sense the front is the portrait side.
"""

from __future__ import annotations

import re
from datetime import date

from ocrcli.checks import citizen_id, dates, ethnicity
from ocrcli.declaration import Bind, Choice, Field, Flag, LeftOut, Panel, Service, Side
from ocrcli.finding import Finding
from ocrcli.forms.find import Again, Anywhere, At, Beside
from ocrcli.forms.form import Form, compact, one_of
from ocrcli.forms.ready import CITIZEN_NUMBER, COMPACT, DATE, PERIOD_FIRST, PERIOD_LAST
from ocrcli.forms.results import TEXT_LOCATION, crop_location, crop_picture, noticed
from ocrcli.layout.face import Face
from ocrcli.limits import Limits
from ocrcli.page import Notice, Reading
from ocrcli.signs import Labels, Number, Shape, Title

SEX = one_of("sex", ("男", "女"))
ETHNICITY = one_of("ethnicity", (*ethnicity.GROUPS, *ethnicity.OTHERS), rule=ethnicity.RULE, fault=ethnicity.fault)
_A_DATE = re.compile(r"\d{4}[年.]\d{1,2}[月.]")  # no address or authority holds one: lines were joined wrongly
PLACE = Form("place", normal=lambda text: None if _A_DATE.search(compact(text)) else compact(text))
_PERIOD = (Beside("有效期限"), Anywhere(), Again((32.6, 43.0, 76.0, 48.4)))

# Where things are printed on the card, in mm (measured on pictures of cards; the layout is that of GA 461).
FRONT = Face(
    85.6,
    54.0,
    {
        "name": (5.7, 12.7, 8.5),
        "sex": (5.7, 12.7, 15.0),
        "ethnicity": (24.8, 31.6, 15.0),
        "birth": (5.7, 12.7, 21.3),
        "address": (5.7, 12.7, 28.0),
        "number": (5.6, 26.3, 46.0),
    },
    ends={"number": 70.3},
    portrait=(50.0, 6.8, 79.0, 39.0),
)
BACK = Face(85.6, 54.0, {"title": (25.5, 78.5, 18.2), "issue": (20.2, 31.6, 39.4), "valid_from": (20.2, 31.6, 45.7)})


def _birth_fault(number: str, birth: str) -> str | None:
    born = citizen_id.birth(number)
    return None if born and born.isoformat() == birth else f"the number says {born or 'no date'}, the card {birth}"


def _sex_fault(number: str, sex: str) -> str | None:
    meant = citizen_id.sex(number)
    return None if meant == sex else f"the number says {meant}, the card {sex}"


def _validity_fault(start: str, end: str, birth: str | None) -> str | None:
    """Article 5 of the law for the holder's age where the birth date is known, else for anybody's."""
    if not dates.exists(start) or not (end == dates.LONG_TERM or dates.exists(end)):
        return "the period has no such day"
    first = date.fromisoformat(start)
    last = None if end == dates.LONG_TERM else date.fromisoformat(end)
    if birth and dates.exists(birth):
        return citizen_id.validity_fault(date.fromisoformat(birth), first, last)
    anybody = (date(first.year - age, 1, 1) for age in (1, 16, 26, 46))
    if any(citizen_id.validity_fault(born, first, last) is None for born in anybody):
        return None
    return "cards are valid for 5, 10 or 20 years, or long-term"


def _verification(finding: Finding, page: Reading) -> dict[str, bool | None]:
    """The spec's names for the checks' outcomes, and whether the card is valid today."""
    passed = {(check.rule, *check.fields): check.passed for check in finding.checks}
    consistency, side = citizen_id.CONSISTENCY.id, finding.document.side
    result: dict[str, bool | None] = {}
    if side != "back":
        result["valid_number"] = passed[citizen_id.RULE.id, "number"]
        result["valid_birth"] = passed[consistency, "number", "birth"]
        result["valid_sex"] = passed[consistency, "number", "sex"]
    if side != "front":
        assert isinstance(finding.fields, dict)
        start, end, today = finding.fields["valid_from"], finding.fields["valid_to"], page.today.isoformat()
        known = start is not None and end is not None
        result["valid_date"] = start <= today and (end == dates.LONG_TERM or today <= end) if known else None
        result["valid_validity_period"] = passed[citizen_id.VALIDITY.id, "valid_from", "valid_to"]
    return result


def _detect(name: str, code: str, what: str, *, needs_place: bool = False) -> tuple[Flag, Field]:
    """An option that asks whether the picture has a fault, and the key with the answer."""
    answer = noticed(code, needs_place=needs_place)
    flag = Flag(name, f"Say in fields.{name}_result whether {what}.")
    return flag, Field(f"{name}_result", f"true where {what}", type="boolean", option=name, from_sheet=answer)


_DETECT = (
    _detect("detect_copy", "black_and_white", "it is a black-and-white copy", needs_place=True),
    _detect("detect_border_integrity", "incomplete_border", "a side is cut off", needs_place=True),
    _detect("detect_interim", "temporary_card", "it is a temporary card"),
    _detect("detect_blur", "blur", "the picture is blurred"),
    _detect("detect_glare", "glare", "there is glare on the card"),
)

SERVICE = Service(
    name="idcard",
    spec="id-card",
    title="Identity card",
    title_zh="身份证识别",
    panel=Panel.CARDS,
    help="Read a Chinese identity card: portrait side, emblem side, or both in one picture.",
    limits=Limits(min_side=15, max_side=8192, min_area_percent=25),
    ctyun="id-card",
    options=(
        Choice("side", ("auto", "front", "back", "double_side"), "Which side it shows; front is the portrait."),
        Flag("return_verification", "Put the outcome of the checks into fields.verification_result."),
        Flag("return_text_location", "Put each field's quad into fields.text_location."),
        Flag("return_portrait_location", "Put the portrait's quad into fields.portrait_location."),
        Flag("return_portrait_image", "Put the portrait into fields.portrait_image, as PNG in base64."),
        Flag("return_adjusted_image", "Put the straightened card into fields.adjusted_image, as PNG in base64."),
        *(flag for flag, _ in _DETECT),
    ),
    left_out=(
        LeftOut("detect_reproduce", "ocrcli cannot tell whether a card was photographed from a screen or a print"),
        LeftOut("detect_tampering", "ocrcli cannot tell whether a picture was edited; `checks` say what contradicts"),
        LeftOut(
            "detect_blocking_within_border",
            "ocrcli cannot tell what is covered from what was not read; such values are null or doubtful",
        ),
    ),
    several=False,
    sides=(
        Side(
            "front",
            "the portrait side",
            least=3,
            own=(frozenset({"number"}), frozenset({"ethnicity", "address"})),
            refuses={
                "驾驶证": "driver-license",
                "行驶证": "vehicle-license",
                "护照": "passport",
                "通行证": "id-document",
                "居住证": "id-document",
                "常住人口登记卡": "household-register",
            },
            notes={"临时居民身份证": Notice("temporary_card", "this is a temporary identity card (临时居民身份证)")},
            face=FRONT,
        ),
        Side(
            "back",
            "the emblem side",
            marks={"title": ("居民身份证",)},
            own=(frozenset({"issue"}), frozenset({"title"})),
            notes={"临时居民身份证": Notice("temporary_card", "this is a temporary identity card (临时居民身份证)")},
            face=BACK,
        ),
    ),
    fields=(
        Field("name", "full name", (Beside("姓名"), Again((14.0, 5.6, 48.0, 11.4), alone=True)), COMPACT, "front"),
        Field("sex", "男 or 女", (Beside("性别"), Again((14.0, 12.8, 20.5, 17.4))), SEX, "front"),
        Field("birth", "date of birth, YYYY-MM-DD", (Beside("出生"), Again((14.0, 19.0, 45.0, 23.7))), DATE, "front"),
        Field(
            "ethnicity",
            "ethnic group, one of GB/T 3304",
            (Beside("民族"), Again((32.6, 12.8, 47.0, 17.4))),
            ETHNICITY,
            "front",
        ),
        Field(
            "address", "registered address", (Beside("住址", rows=4), At((13.0, 24.5, 50.5, 42.3), 4)), PLACE, "front"
        ),
        Field(
            "number",
            "citizen identity number",
            (Beside("公民身份号码"), Anywhere(), Again((27.0, 42.8, 76.0, 49.0))),
            CITIZEN_NUMBER,
            "front",
        ),
        Field("issue", "issuing police authority", Beside("签发机关", rows=2), PLACE, "back"),
        Field("valid_from", "first day of validity, YYYY-MM-DD", _PERIOD, PERIOD_FIRST, "back"),
        Field("valid_to", "last day of validity, YYYY-MM-DD, or 长期", _PERIOD, PERIOD_LAST, "back"),
        Field(
            "verification_result",
            "valid_number, valid_birth, valid_sex, valid_date (today), valid_validity_period: true, false, or null",
            type="object",
            option="return_verification",
            from_finding=_verification,
        ),
        TEXT_LOCATION,
        Field(
            "portrait_location",
            "the portrait's quad, [] on the emblem side",
            type="list",
            option="return_portrait_location",
            from_finding=crop_location("portrait", "front"),
        ),
        Field(
            "portrait_image",
            "PNG in base64, empty for the emblem side",
            option="return_portrait_image",
            from_sheet=crop_picture("portrait", "front"),
        ),
        Field(
            "adjusted_image",
            "PNG in base64; of two sides the portrait's",
            option="return_adjusted_image",
            from_sheet=crop_picture("document"),
        ),
        *(field for _, field in _DETECT),
    ),
    checks=(
        Bind(citizen_id.CONSISTENCY, ("number", "birth"), _birth_fault, "front"),
        Bind(citizen_id.CONSISTENCY, ("number", "sex"), _sex_fault, "front"),
        Bind(citizen_id.VALIDITY, ("valid_from", "valid_to"), _validity_fault, "back", given=("birth",)),
    ),
    type="id_card",
    signs=(
        Title(("居民身份证",)),
        Labels(("姓名", "性别", "民族", "出生", "住址", "公民身份号码"), 5, 0.6),
        Labels(("住址", "公民身份号码"), 2, 0.6),
        Labels(("签发机关", "有效期限"), 2, 0.6),
        Number(r"(?<!\d)\d{17}[\dX](?![\dA-Z])", citizen_id.passes, 0.4),
        Shape(1.586),  # ISO/IEC 7810, ID-1
    ),
)
