"""Household register of the Chinese mainland (居民户口簿): its first page, and its members' pages (常住人口登记卡).

Limits and result keys: household-register of Huawei Cloud OCR, but flat: each page in a picture is a record of its own,
and `type` says which page it is. Places that are blank on the page are "".
"""

from __future__ import annotations

import re

from ocrcli.checks import citizen_id, ethnicity
from ocrcli.declaration import Bind, Field, Panel, Service, Side
from ocrcli.forms.find import Anywhere, Beside, Says
from ocrcli.forms.form import Form, compact, one_of
from ocrcli.forms.ready import CITIZEN_NUMBER, COMPACT, DATE, PERSON
from ocrcli.forms.results import CONFIDENCE, document_location
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.signs import Labels, Title, titles_but_of

HOME, MEMBER = "首页", "登记页"
SEX = one_of("sex", ("男", "女"))
_NAMES = (*ethnicity.GROUPS, *ethnicity.OTHERS)
ETHNICITY = one_of(
    "ethnicity", (*_NAMES, *(f"{name}族" for name in _NAMES)), rule=ethnicity.RULE, fault=ethnicity.fault
)
RELATION = Form("relation", normal=compact, looks=r"^[^\W\d]{1,8}$")
HEIGHT = Form("height", normal=compact, looks=r"^1?\d{2}(厘米|cm|CM|公分)?$", strict=True)
BLOOD = Form(
    "blood-type",
    normal=lambda text: compact(text).upper().replace("0", "O"),
    looks=r"^(A|B|O|AB|0)型?$|不明|未知",
    strict=True,
)
SHORT = Form("short", normal=compact, looks=r"^[^\W\d]{1,12}$", strict=True)
NUMBER = Form("household-number", normal=compact, looks=r"^[0-9A-Za-z\-]{3,}$", strict=True)
# Where it begins within a date, the seal over it hid the rest.
MOVED = Form(
    "moved",
    normal=lambda text: None if re.match(r"\d{0,3}年|\d{0,2}[月日]", compact(text)) else compact(text),
    looks="[年月日由迁]",
    strict=True,
)
POLICE = Form("police-station", normal=compact, looks="公安|派出所", strict=True)
_NAME = r"^[\u3400-\u9fff·]{2,4}(?<![章局所])$"
SIGNER = Form(
    "signer",
    normal=lambda text: compact(text) if re.fullmatch(_NAME, compact(text)) else None,
    looks=_NAME,
    strict=True,
)
_SIGNER = Beside("承办人签章")
# Of labels on two rows that begin alike, the upper one.
_UPPER_ROWS = ("何时由何地", "何时由何地迁")


def _of(name: str, meaning: str, *labels: str, form: Form = SHORT, rows: int = 1) -> Field:
    """A place on a member's page, which may be blank."""
    return Field(
        name,
        meaning,
        Beside(*labels, rows=rows, stop=_UPPER_ROWS, under_seal_em=2 * (form is MOVED)),
        form,
        MEMBER,
        blank=True,
    )


SERVICE = Service(
    name="household-register",
    spec="household-register",
    type="household_register",
    title="Household register",
    title_zh="户口本识别",
    panel=Panel.CARDS,
    help="Read pages of a Chinese household register: the first page, members' pages, several in a picture.",
    limits=Limits(formats=RASTER + PDF + OFD, min_side=15, max_side=8192),
    apart=True,
    ruled=True,
    sides=(
        Side(
            HOME,
            "the first page",
            {"title": ("居民户口簿",), "province": ("省级公安机关", "户口专用章")},
            least=3,
            own=tuple(map(frozenset, ({"householder_name"}, {"household_type", "household_number"}))),
            refuses=titles_but_of("household-register"),
        ),
        Side(
            MEMBER,
            "a member's page",
            {"title": ("常住人口登记卡",)},
            least=4,
            own=tuple(map(frozenset, ({"title"}, {"householder_relationship"}, {"religious_belief", "origin_place"}))),
            refuses=titles_but_of("household-register"),
        ),
    ),
    fields=(
        Field("type", "首页 or 登记页", Says((), HOME, HOME), side=HOME),
        Field("type", "首页 or 登记页", Says((), MEMBER, MEMBER), side=MEMBER),
        Field("location", "the page's quad, null where it is not known", type="list", from_finding=document_location),
        Field("name", "name of the member", Beside("姓名"), PERSON, MEMBER),
        Field(
            "householder_relationship",
            "户主, or what the member is to the head of the household",
            Beside("户主或与户主关系", "与户主关系", "户主或与", "户主关系"),
            RELATION,
            MEMBER,
        ),
        _of("former_name", "former name", "曾用名"),
        Field("sex", "男 or 女", Beside("性别"), SEX, MEMBER),
        _of("birthplace", "place of birth", "出生地", form=COMPACT, rows=2),
        Field("ethnicity", "ethnic group, one of GB/T 3304", Beside("民族"), ETHNICITY, MEMBER),
        _of("origin_place", "ancestral home", "籍贯", form=COMPACT, rows=2),
        Field("birth_date", "date of birth, YYYY-MM-DD", Beside("出生日期"), DATE, MEMBER),
        _of("other_address", "other address in the same city or county", "本市(县)其他住址", "本市(县)", "其他住址",
            form=COMPACT, rows=2),
        _of("religious_belief", "religion", "宗教信仰"),
        Field(
            "id_card_number",
            "citizen identity number",
            (Beside("公民身份证件编号", "公民身份证编号", "公民身份号码", "公民身份", "证件编号"), Anywhere()),
            CITIZEN_NUMBER,
            MEMBER,
        ),
        _of("height", "height, as printed", "身高", form=HEIGHT),
        _of("blood_type", "blood type", "血型", form=BLOOD),
        _of("education", "level of education", "文化程度"),
        _of("marital_status", "marital status", "婚姻状况"),
        _of("military_service_status", "military service", "兵役状况"),
        _of("work_place", "place of work", "服务处所", form=COMPACT, rows=2),
        _of("occupation", "occupation", "职业"),
        _of("migrated_to_city", "when and from where moved to this city or county",
            "何时由何地迁来本市(县)", "何时由何地迁来", "迁来本市(县)", "来本市(县)", form=MOVED, rows=2),
        _of("migrated_to_address", "when and from where moved to this address",
            "何时由何地迁往本址", "何时由何地迁来本址", "何时由何地迁往", "迁往本址", "往本址", form=MOVED, rows=2),
        Field("registrar_signature_seal", "name in the registrar's seal, where it is read", _SIGNER, SIGNER, MEMBER,
              blank=True),
        Field("registration_date", "day of registration, YYYY-MM-DD", Beside("登记日期", under_seal_em=8), DATE,
              MEMBER),
        Field("household_type", "kind of household", Beside("户别"), SHORT, HOME),
        Field("household_number", "household number", Beside("户号"), NUMBER, HOME, blank=True),
        Field("householder_name", "name of the head of household", Beside("户主姓名"), PERSON, HOME),
        Field("community", "community or neighbourhood", Beside("社区", "社区(村)", "居(村)委会"), COMPACT, HOME),
        Field("address", "address of the household", Beside("住址", "户口住址", rows=3), COMPACT, HOME),
        Field("registrar_signature_seal", "name in the registrar's seal, where it is read", _SIGNER,
              SIGNER, HOME, blank=True),
        Field("issue_date", "day of issue, YYYY-MM-DD", Beside("签发日期", under_seal_em=8), DATE, HOME),
        Field("police_station", "registering police station, where it is printed", Beside("户口登记机关"), POLICE,
              HOME),
        CONFIDENCE,
    ),
    checks=(
        Bind(citizen_id.CONSISTENCY, ("id_card_number", "birth_date"), citizen_id.birth_fault, MEMBER),
        Bind(citizen_id.CONSISTENCY, ("id_card_number", "sex"), citizen_id.sex_fault, MEMBER),
    ),
    signs=(
        Title(("常住人口登记卡", "居民户口簿")),
        Labels(("户主或与户主关系", "与户主关系", "曾用名", "籍贯", "宗教信仰", "文化程度", "婚姻状况", "兵役状况",
                "服务处所", "登记日期"), 4),
        Labels(("户别", "户主姓名", "户号", "户口专用章", "签发日期", "承办人签章"), 4),
    ),
)  # fmt: skip
