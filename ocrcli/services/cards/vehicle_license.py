"""Vehicle licence of the Chinese mainland (机动车行驶证, GA 37): main page, duplicate page, both in one picture, and
the electronic licence on a telephone.

Limits, options and result keys: vehicle-license of Huawei Cloud OCR. What does not apply is printed, and given, as --.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocrcli.checks import dates, vehicle_types, vin
from ocrcli.declaration import Bind, Choice, Field, Flag, LeftOut, Panel, Service, Side
from ocrcli.engine.grammar import Row, Slot
from ocrcli.engine.grammars import BLANKS, DIGITS, grammar
from ocrcli.extras import BORDER_ALARM, TEXT_LOCATION, issuing_authority
from ocrcli.forms.find import Again, Anywhere, At, Beside, Says, Stamped
from ocrcli.forms.form import Form, compact, one_of
from ocrcli.forms.ready import COMPACT, DATE, DIGITS_ONLY, PERSON, PLATE, VIN
from ocrcli.forms.vehicles import DIMENSION, MASS, TYPE
from ocrcli.layout.face import Face
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.signs import Labels, Shape, Title, titles_but_of

USE = one_of("vehicle-use", sorted(vehicle_types.USES), rule=vehicle_types.USE, fault=vehicle_types.use_fault)
PERSONS = Form(
    "persons", normal=lambda text: None if vehicle_types.persons(text) is None else compact(text), looks=r"\d|人"
)
# Makers abroad need not use the check character: a number that it does not prove is doubtful.
VEHICLE = replace(VIN, normal=lambda text: compact(text) if vin.must_pass(text) or vin.passes(text) else None)
# Rows of the address that were taken for the owner's.
_ADDRESS = re.compile(r"(号|室|幢|栋|单元|组)\d*$|址")
OWNER = Form("owner", normal=lambda text: None if _ADDRESS.search(compact(text)) else PERSON.normal(text))
REMARKS = Form("remarks", normal=lambda text: compact(text).replace("：", ":") or None)
INSPECTION = Form("inspection", normal=compact, looks="检验|有效期|期至", strict=True)
CODE_NUMBER = Form(
    "code-number",
    grammar("code_number", Row((Slot(DIGITS, 10, 14),)), separators=BLANKS + "*★", fence=DIGITS),
    compact,
    looks=r"\d{8}",
    strict=True,
)
STATUS = one_of("status", vehicle_types.STATUSES, most=9, between=",，、;；", apart=" ")

_TITLE = "中华人民共和国机动车行驶证"
_ELECTRONIC = ("电子行驶证", "行驶证电子版", "车身颜色", "能源种类", "燃料种类", "生成时间", "当前时间")
_NUMBER, _FILE_NUMBER, _INSPECTION = Beside("号牌号码", "Plate No."), Beside("档案编号"), Beside("检验记录", rows=4)
_PERSONS = Beside("核定载人数", "核定载客")


def _has_to_pass(number: str, _: str) -> bool:
    return vin.must_pass(number)


_STAMP = (1.5, 36.8, 25.0, 59.5)
_APP = "recognize_electronic_license"

# Registration certificates share labels with the main page, certificates of conformity with the other one.
_FRONT_OWN = (
    frozenset({"use_character", "model"}),
    frozenset({"model", "register_date"}),
    *(frozenset({"title", key}) for key in ("vin", "model", "vehicle_type", "name")),
)
_MEASURES = ("gross_mass", "unladen_mass", "approved_load", "dimension", "traction_mass")
_BACK_OWN = tuple(
    frozenset({key, measure}) for key in ("number", "file_no", "inspection_record") for measure in _MEASURES
)

# Where labels are printed on the pages, in mm.
FRONT = Face(
    88.0,
    60.0,
    {"title": (16.8, 71.2, 5.5), "english": (16.8, 71.2, 8.0),
     "number": (3.4, 13.6, 12.7), "vehicle_type": (38.2, 48.4, 12.7),
     "name": (3.4, 13.6, 19.7), "address": (3.4, 13.8, 26.9), "use_character": (3.5, 13.9, 33.5),
     "model": (32.8, 43.0, 33.5), "vin": (24.4, 39.0, 40.5), "engine_no": (24.5, 36.9, 47.2),
     "register_date": (24.6, 34.4, 54.0), "issue_date": (55.6, 64.6, 54.0)},
)  # fmt: skip
BACK = Face(
    88.0,
    60.0,
    {"number": (3.8, 13.6, 5.2), "file_no": (38.6, 48.4, 5.2), "approved_passengers": (3.8, 14.8, 11.5),
     "gross_mass": (52.2, 63.2, 11.5), "unladen_mass": (3.8, 13.8, 18.2), "approved_load": (52.2, 63.8, 18.2),
     "dimension": (3.8, 13.8, 25.0), "traction_mass": (52.2, 64.8, 25.0), "remarks": (3.8, 13.8, 31.6),
     "inspection_record": (3.8, 13.8, 46.2)},
)  # fmt: skip

SERVICE = Service(
    name="vehicle-license",
    spec="vehicle-license",
    type="vehicle_license",
    title="Vehicle licence",
    title_zh="行驶证识别",
    panel=Panel.CARDS,
    help="Read a Chinese vehicle licence: main page, duplicate page, both in one picture, or the electronic licence.",
    limits=Limits(formats=RASTER + PDF + OFD, min_side=100, max_side=8000, min_area_percent=50),
    options=(
        Choice("side", ("auto", "front", "back", "double_side"), "Which page it shows; front is the main page."),
        Flag(_APP, "Give also what only electronic licences say: energy, colour, scrapping date, status."),
    ),
    extras=(issuing_authority(Stamped(_STAMP), At(_STAMP, 4)), TEXT_LOCATION, BORDER_ALARM),
    left_out=(
        LeftOut(
            "detect_blocking_within_border",
            "ocrcli cannot tell what is covered from what was not read; such values are null or doubtful"
        ),
    ),
    overprinted=True,
    sides=(
        Side(
            "front", "the main page",
            {"title": (_TITLE,), "english": ("Vehicle License of the People's Republic of China",)}, least=3,
            own=_FRONT_OWN, refuses=titles_but_of("vehicle-license"), face=FRONT
        ),
        Side(
            "back", "the duplicate page", {"title_of_duplicate": (f"{_TITLE}副页", "机动车行驶证副页", "行驶证副页")},
            least=3, own=_BACK_OWN, refuses=titles_but_of("vehicle-license"), face=BACK
        ),
    ),
    fields=(
        Field("type", "normal (paper) or electronic", Says(_ELECTRONIC, "electronic", "normal")),
        Field("number", "plate number", (_NUMBER, Again((14.0, 9.4, 37.5, 16.0))), PLATE, "front", required=True),
        Field("number", "plate number", (_NUMBER, Again((14.5, 1.6, 38.0, 8.0))), PLATE, "back", required=True),
        Field(
            "vehicle_type", "vehicle type", (Beside("车辆类型", "Vehicle Type"), Again((49.0, 9.4, 85.0, 16.0))), TYPE,
            "front"
        ),
        Field(
            "name", "owner",
            (Beside("所有人", "Owner", rows=2, close=True), At((13.0, 16.4, 87.0, 23.4), 2, alone=True)), OWNER, "front"
        ),
        Field(
            "address", "address",
            (Beside("住址", "址", "Address", rows=3), At((14.2, 23.0, 87.0, 30.6), 3, alone=True)), COMPACT, "front"
        ),
        Field(
            "use_character", "use, such as 非营运",
            (Beside("使用性质", "Use Character"), Again((14.2, 30.0, 32.5, 36.8))), USE, "front"
        ),
        Field(
            "model", "brand and model",
            (Beside("品牌型号", "厂牌型号", "Model"), Again((44.0, 30.0, 87.0, 36.8), alone=True)), COMPACT, "front"
        ),
        Field(
            "vin", "vehicle identification number",
            (Beside("车辆识别代号", "车辆识别代码", "车架号", "VIN"), Again((40.0, 36.8, 80.0, 43.4))), VEHICLE, "front"
        ),
        Field(
            "engine_no", "engine number",
            (Beside("发动机号码", "发动机号", "Engine No."), Again((38.0, 43.6, 80.0, 50.4), alone=True)), COMPACT,
            "front"
        ),
        Field(
            "register_date", "day of first registration, YYYY-MM-DD",
            (Beside("注册日期", "Register Date"), Again((34.6, 50.6, 56.0, 57.2))), DATE, "front"
        ),
        Field(
            "issue_date", "day of issue, YYYY-MM-DD",
            (Beside("发证日期", "Issue Date"), Again((64.6, 50.6, 86.5, 57.2))), DATE, "front"
        ),
        Field("file_no", "file number", _FILE_NUMBER, DIGITS_ONLY, "front"),
        Field("file_no", "file number", (_FILE_NUMBER, Again((49.5, 1.6, 86.0, 8.0))), DIGITS_ONLY, "back"),
        Field("approved_passengers", "approved number of persons", _PERSONS, PERSONS, "front"),
        Field(
            "approved_passengers", "approved number of persons", (_PERSONS, Again((15.0, 8.0, 50.0, 14.6))), PERSONS,
            "back"
        ),
        Field("gross_mass", "total mass, in kg", (Beside("总质量"), Again((64.5, 8.0, 85.0, 14.6))), MASS, "back"),
        Field("unladen_mass", "kerb mass, in kg", (Beside("整备质量"), Again((14.6, 14.8, 50.0, 21.2))), MASS, "back"),
        Field(
            "approved_load", "approved load, in kg, or --",
            (Beside("核定载质量"), Again((64.5, 14.8, 85.0, 21.2)), Again((64.5, 14.8, 74.0, 21.2))), MASS, "back"
        ),
        Field(
            "dimension", "length×width×height, in mm", (Beside("外廓尺寸"), Again((14.6, 21.4, 51.5, 28.2))), DIMENSION,
            "back"
        ),
        Field(
            "traction_mass", "total towed mass, in kg, or --",
            (Beside("准牵引总质量"), Again((65.4, 21.4, 86.0, 28.2)), Again((65.4, 21.4, 74.0, 28.2))), MASS, "back"
        ),
        Field("inspection_record", "inspections", _INSPECTION, INSPECTION, "front"),
        Field("inspection_record", "inspections", (At((14.0, 33.0, 88.0, 49.5), 4), _INSPECTION), INSPECTION, "back"),
        Field(
            "remarks", "remarks", (At((14.2, 28.2, 88.0, 39.6), 3), Beside("备注", rows=3)), REMARKS, "back",
            blank=True
        ),
        Field(
            "code_number", "number below the bar code", (At((36.0, 52.0, 88.0, 60.0)), Anywhere()), CODE_NUMBER, "back"
        ),
        Field(
            "energy_type", "energy, such as 汽油 or 纯电动", Beside("能源种类", "燃料种类", "能源类型", "燃料类型"),
            COMPACT, "front", option=_APP
        ),
        Field("color", "body colour", Beside("车身颜色", "颜色"), COMPACT, "front", option=_APP),
        Field(
            "mandatory_scrapping_date", "last day on the road, YYYY-MM-DD", Beside("强制报废期止", "强制报废期至"),
            DATE, "front", option=_APP
        ),
        Field("status", "status words", Beside("状态", "机动车状态"), STATUS, "front", type="list", option=_APP),
    ),
    checks=(
        Bind(vin.YEAR, ("vin", "register_date"), vin.registration_fault, "front", applies=_has_to_pass),
        Bind(dates.ORDER, ("register_date", "issue_date"), dates.order_fault, "front"),
        Bind(
            vehicle_types.MASS, ("gross_mass", "unladen_mass"), vehicle_types.masses_fault, "back",
            given=("approved_load", "approved_passengers")
        ),
    ),
    signs=(
        Title((_TITLE, "机动车行驶证", "Vehicle License", "机动车行驶证副页", "电子行驶证")),
        Labels(("号牌号码", "车辆类型", "所有人", "使用性质", "品牌型号", "车辆识别代号", "发动机号码", "注册日期"), 4),
        Labels(("档案编号", "核定载人数", "总质量", "整备质量", "外廓尺寸", "准牵引总质量", "检验记录"), 3),
        Shape(88 / 60),
    ),
)  # fmt: skip
