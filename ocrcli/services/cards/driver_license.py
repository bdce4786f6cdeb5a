"""Driver's licence of the Chinese mainland (机动车驾驶证, GA 482): main page, duplicate page, both in one picture, and
the electronic licence on a telephone.

Limits, options and result keys: driver-license of Huawei Cloud OCR. Values are printed onto pages that were printed
before, out of register by a millimetre or two; pages of before 2009 print the years of validity for the last day.
"""

from __future__ import annotations

from dataclasses import replace

from ocrcli.checks import citizen_id, dates, driving_classes
from ocrcli.declaration import Bind, Choice, Field, Panel, Service, Side
from ocrcli.engine.grammar import Row, Slot
from ocrcli.engine.grammars import grammar
from ocrcli.extras import TEXT_LOCATION, issuing_authority
from ocrcli.forms.find import Again, Anywhere, At, Beside, Derived, Says, Stamped
from ocrcli.forms.form import Form, compact, one_of
from ocrcli.forms.ready import CITIZEN_NUMBER, COMPACT, DATE, DIGITS_ONLY, MOMENT, PERIOD_FIRST, PERIOD_LAST, PERSON
from ocrcli.layout.face import Face
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.signs import Labels, Shape, Title, titles_but_of

SEX = one_of("sex", ("男", "女"))
NUMBER = replace(
    CITIZEN_NUMBER,
    normal=lambda text: compact(text) if driving_classes.is_citizens(compact(text)) else None,
    applies=driving_classes.is_citizens,
)
CLASSES = Form(
    "driving-classes",
    grammar(
        "driving_classes",
        *(Row((Slot("ABCDEFMNP"), Slot("123456", 0)) * most) for most in (1, 2, 3)),
        accepts=driving_classes.passes,
        fence="ABCDEFMNP0123456789",
    ),
    lambda text: compact(text) if driving_classes.passes(compact(text)) else None,
    looks="[A-FMNPa-f][1-6]?",
    rule=driving_classes.RULE,
    fault=driving_classes.fault,
)
YEARS = Form("years", normal=compact, looks="[0-9六十]年|长期", strict=True)
FILE_NUMBER = replace(DIGITS_ONLY, rule=driving_classes.FILE_NUMBER, fault=driving_classes.file_number_fault)
STATUS = one_of("status", driving_classes.STATUSES, most=9, between=",，、;；", apart=" ")

_TITLE = "中华人民共和国机动车驾驶证"
_ELECTRONIC = ("电子驾驶证", "驾驶证电子版", "累积记分", "生成时间", "当前时间")
_NAME, _NUMBER, _FILE_NUMBER = Beside("姓名", "Name"), Beside("证号"), Beside("档案编号")
_PERIOD = (Beside("有效期限", "Valid Period", "Valid For"), Again((15.0, 50.5, 66.0, 57.0)))

_FRONT_ONLY = ("sex", "nationality", "address", "birth", "years")


def _is_citizens(number: str, _: str) -> bool:
    return driving_classes.is_citizens(number)


_STAMP = (1.5, 30.5, 25.0, 52.5)

# Where labels are printed on the pages, in mm.
FRONT = Face(
    88.0,
    60.0,
    {"title": (16.8, 71.2, 5.5), "english": (16.8, 71.2, 8.0),
     "number": (26.6, 33.4, 11.6), "name": (4.6, 9.8, 16.4), "sex": (42.4, 47.6, 16.4),
     "nationality": (57.8, 63.0, 16.4), "address": (4.6, 9.8, 22.4), "birth": (24.2, 35.0, 34.2),
     "issue_date": (24.2, 40.0, 40.5), "class": (24.2, 34.8, 46.9), "years": (4.6, 15.2, 54.0),
     "start": (4.6, 19.6, 54.0)},
    portrait=(66.4, 27.6, 87.0, 57.6),
)  # fmt: skip
BACK = Face(
    88.0,
    60.0,
    {"title_of_duplicate": (15.0, 73.0, 6.0), "number": (25.6, 32.4, 12.1), "name": (5.0, 10.2, 18.0),
     "file_number": (42.8, 53.0, 18.0), "record": (5.0, 10.2, 26.6)},
)  # fmt: skip


SERVICE = Service(
    name="driver-license",
    spec="driver-license",
    type="driver_license",
    title="Driver's licence",
    title_zh="驾驶证识别",
    panel=Panel.CARDS,
    help="Read a Chinese driver's licence: main page, duplicate page, both in one picture, or the electronic licence.",
    limits=Limits(formats=RASTER + PDF + OFD, min_side=100, max_side=8000, min_area_percent=50),
    options=(Choice("side", ("auto", "front", "back", "double_side"), "Which page it shows; front is the main page."),),
    extras=(
        issuing_authority(Stamped(_STAMP), At(_STAMP, 4)),
        TEXT_LOCATION,
    ),
    overprinted=True,
    sides=(
        Side(
            "front",
            "the main page",
            {"title": (_TITLE,), "english": ("Driving License of the People's Republic of China",)},
            least=3,
            own=tuple(map(frozenset, ({"class"}, {"issue_date"}, *({"title", key} for key in _FRONT_ONLY)))),
            refuses=titles_but_of("driver-license"),
            face=FRONT,
        ),
        Side(
            "back",
            "the duplicate page",
            {"title_of_duplicate": (f"{_TITLE}副页", "机动车驾驶证副页", "驾驶证副页")},
            least=1,
            own=(frozenset({"title_of_duplicate"}), frozenset({"record", "file_number"})),
            refuses=titles_but_of("driver-license"),
            face=BACK,
        ),
    ),
    inner=(
        Field("start", "first day of validity", Beside("有效起始日期", "Valid From"), DATE, "front"),
        Field("years", "years of validity", _PERIOD[0], YEARS, "front"),
    ),
    fields=(
        Field("type", "normal (paper) or electronic", Says(_ELECTRONIC, "electronic", "normal")),
        Field(
            "number", "licence number, of citizens the identity number",
            (_NUMBER, Anywhere(), Again((34.0, 8.5, 74.0, 14.5))), NUMBER, "front", required=True
        ),
        Field(
            "number", "licence number", (_NUMBER, Anywhere(), Again((34.0, 9.0, 74.0, 15.0))), NUMBER, "back",
            required=True
        ),
        Field("name", "holder's name", (_NAME, Again((12.0, 13.6, 41.0, 19.0), alone=True)), PERSON, "front"),
        Field("name", "holder's name", (_NAME, Again((11.5, 13.6, 41.0, 19.2), alone=True)), PERSON, "back"),
        Field("sex", "男 or 女", (Beside("性别", "Sex"), Again((48.5, 13.6, 57.0, 19.2))), SEX, "front"),
        Field(
            "nationality", "nationality", (Beside("国籍", "Nationality"), Again((64.5, 13.6, 84.0, 19.2), alone=True)),
            COMPACT, "front"
        ),
        Field(
            "address", "address", (Beside("住址", "Address", rows=3), At((11.5, 19.5, 87.0, 31.5), 3, alone=True)),
            COMPACT, "front"
        ),
        Field(
            "birth", "date of birth, YYYY-MM-DD",
            (Beside("出生日期", "Date of Birth"), Again((36.0, 31.0, 65.0, 37.2))), DATE, "front"
        ),
        Field(
            "issue_date", "day of the first licence, YYYY-MM-DD",
            (Beside("初次领证日期", "Date of First Issue"), Again((40.5, 37.2, 65.0, 43.4))), DATE, "front"
        ),
        Field(
            "class", "vehicle classes, such as C1 or A1A2D",
            (Beside("准驾车型", "Class"), Again((36.5, 43.6, 63.0, 50.2))), CLASSES, "front"
        ),
        Field(
            "valid_from", "first day of validity, YYYY-MM-DD", (*_PERIOD, Derived(str, ("start",))), PERIOD_FIRST,
            "front"
        ),
        Field(
            "valid_to", "last day of validity, YYYY-MM-DD, or 长期",
            (*_PERIOD, Derived(driving_classes.last_day, ("start", "years"))), PERIOD_LAST, "front"
        ),
        Field("file_number", "file number of 12 digits", _FILE_NUMBER, FILE_NUMBER, "front"),
        Field(
            "file_number", "file number of 12 digits", (_FILE_NUMBER, Again((53.5, 13.6, 86.0, 19.2))), FILE_NUMBER,
            "back"
        ),
        Field(
            "record", "remarks", (Beside("记录", rows=4), At((11.0, 21.0, 87.0, 57.0), 4, alone=True)), COMPACT, "back"
        ),
        Field(
            "accumulated_scores", "penalty points, on electronic licences", Beside("累积记分", "累计记分"), COMPACT,
            "front"
        ),
        Field(
            "status", "status words, on electronic licences", Beside("状态", "驾驶证状态"), STATUS, "front",
            type="list"
        ),
        Field("generation_date", "when the electronic licence was made", Beside("生成时间"), MOMENT, "front"),
        Field("current_time", "the time that the electronic licence shows", Beside("当前时间"), MOMENT, "front"),
    ),
    checks=(
        Bind(citizen_id.CONSISTENCY, ("number", "birth"), citizen_id.birth_fault, "front", applies=_is_citizens),
        Bind(citizen_id.CONSISTENCY, ("number", "sex"), citizen_id.sex_fault, "front", applies=_is_citizens),
        Bind(driving_classes.VALIDITY, ("valid_from", "valid_to"), driving_classes.period_fault, "front"),
        Bind(driving_classes.AGE, ("birth", "issue_date"), driving_classes.first_issue_fault, "front"),
        Bind(dates.ORDER, ("birth", "issue_date", "valid_from", "valid_to"), dates.order_fault, "front"),
    ),
    signs=(
        Title((_TITLE, "机动车驾驶证", "机动车驾驶证副页", "电子驾驶证")),
        Title(("Driving License",), 0.3),  # other countries' licences say that, too
        Labels(("证号", "初次领证日期", "准驾车型", "有效期限", "国籍", "Date of First Issue", "Class"), 4),
        Labels(("档案编号", "证号", "记录"), 3, 0.6),
        Shape(88 / 60),
    ),
)  # fmt: skip
