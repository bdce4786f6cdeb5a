"""Identity card of the Chinese mainland (居民身份证, GA 461): portrait side, emblem side, or both in one picture.

Limits, options and result keys: id-card of Huawei Cloud OCR, in whose sense the front is the portrait side.
"""

from __future__ import annotations

import re

from ocrcli.checks import citizen_id, dates, ethnicity
from ocrcli.declaration import Bind, Choice, Extra, Field, LeftOut, Panel, Service, Side
from ocrcli.extras import ADJUSTED_IMAGE, PORTRAIT_IMAGE, PORTRAIT_LOCATION, TEXT_LOCATION, detect
from ocrcli.finding import Finding
from ocrcli.forms.find import Again, Anywhere, At, Beside
from ocrcli.forms.form import Form, compact, one_of
from ocrcli.forms.ready import CITIZEN_NUMBER, COMPACT, DATE, PERIOD_FIRST, PERIOD_LAST
from ocrcli.layout.face import Face
from ocrcli.limits import Limits
from ocrcli.page import Notice, Reading
from ocrcli.signs import Labels, Number, Shape, Title, titles_but_of

SEX = one_of("sex", ("男", "女"))
ETHNICITY = one_of("ethnicity", (*ethnicity.GROUPS, *ethnicity.OTHERS), rule=ethnicity.RULE, fault=ethnicity.fault)
_A_DATE = re.compile(r"\d{4}[年.]\d{1,2}[月.]")  # no address or authority holds one: lines were joined wrongly
PLACE = Form("place", normal=lambda text: None if _A_DATE.search(compact(text)) else compact(text))
_PERIOD = (Beside("有效期限"), Anywhere(), Again((32.6, 43.0, 76.0, 48.4)))

# Where things are printed on the card, in mm (measured on pictures of cards; the layout is that of GA 461).
FRONT = Face(
    85.6,
    54.0,
    {"name": (5.7, 12.7, 8.5), "sex": (5.7, 12.7, 15.0), "ethnicity": (24.8, 31.6, 15.0), "birth": (5.7, 12.7, 21.3),
     "address": (5.7, 12.7, 28.0), "number": (5.6, 26.3, 46.0)},
    ends={"number": 70.3},
    portrait=(50.0, 6.8, 79.0, 39.0),
)  # fmt: skip
BACK = Face(85.6, 54.0, {"title": (25.5, 78.5, 18.2), "issue": (20.2, 31.6, 39.4), "valid_from": (20.2, 31.6, 45.7)})

# What others' documents with a name and a birth date lack, such as a curriculum vitae.
_FRONT_OWN = (frozenset({"number"}), frozenset({"ethnicity", "address"}))
_BACK_OWN = (frozenset({"issue"}), frozenset({"title"}))
_OTHERS = titles_but_of("id-card")
_NOTES = {"临时居民身份证": Notice("temporary_card", "this is a temporary identity card (临时居民身份证)")}


def _verification(finding: Finding, page: Reading) -> dict[str, bool | None]:
    """The spec's names for the checks' outcomes, and whether the card is valid today."""
    assert isinstance(finding.fields, dict)
    passed = {(check.rule, *check.fields): check.passed for check in finding.checks}
    start, end, today = finding.fields["valid_from"], finding.fields["valid_to"], page.today.isoformat()
    front = {
        "valid_number": passed.get((citizen_id.RULE.id, "number")),
        "valid_birth": passed.get((citizen_id.CONSISTENCY.id, "number", "birth")),
        "valid_sex": passed.get((citizen_id.CONSISTENCY.id, "number", "sex")),
    }
    back = {
        "valid_date": start <= today and (end == dates.LONG_TERM or today <= end) if start and end else None,
        "valid_validity_period": passed.get((citizen_id.VALIDITY.id, "valid_from", "valid_to")),
    }
    return {"front": front, "back": back}.get(finding.document.side or "", front | back)


SERVICE = Service(
    name="idcard",
    spec="id-card",
    title="Identity card",
    title_zh="身份证识别",
    panel=Panel.CARDS,
    help="Read a Chinese identity card: portrait side, emblem side, or both in one picture.",
    limits=Limits(min_side=15, max_side=8192, min_area_percent=25),
    ctyun="id-card",
    options=(Choice("side", ("auto", "front", "back", "double_side"), "Which side it shows; front is the portrait."),),
    extras=(
        Extra(
            "return_verification",
            "Put the outcome of the checks into fields.verification_result.",
            Field(
                "verification_result",
                "valid_number, valid_birth, valid_sex, valid_date (today), valid_validity_period: true, false, or null",
                type="object",
                from_finding=_verification,
            ),
        ),
        TEXT_LOCATION,
        PORTRAIT_LOCATION,
        PORTRAIT_IMAGE,
        ADJUSTED_IMAGE,
        detect("copy", "black_and_white", "it is a black-and-white copy", needs_place=True),
        detect("border_integrity", "incomplete_border", "a side is cut off", needs_place=True),
        detect("interim", "temporary_card", "it is a temporary card"),
        detect("blur", "blur", "the picture is blurred"),
        detect("glare", "glare", "there is glare on the card"),
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
        Side("front", "the portrait side", least=3, own=_FRONT_OWN, refuses=_OTHERS, notes=_NOTES, face=FRONT),
        Side("back", "the emblem side", {"title": ("居民身份证",)}, own=_BACK_OWN, notes=_NOTES, face=BACK),
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
    ),
    checks=(
        Bind(citizen_id.CONSISTENCY, ("number", "birth"), citizen_id.birth_fault, "front"),
        Bind(citizen_id.CONSISTENCY, ("number", "sex"), citizen_id.sex_fault, "front"),
        Bind(citizen_id.VALIDITY, ("valid_from", "valid_to"), citizen_id.period_fault, "back", given=("birth",)),
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
