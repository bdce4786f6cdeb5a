"""Road transport permit of a vehicle (道路运输证): the plastic card, the paper page, provisional permits (待理证).

Limits, options and result keys: transportation-license of Huawei Cloud OCR. Values are printed onto pages that were
printed before, out of register by a millimetre or two. What is in the seal on paper pages is not read.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocrcli.checks import dates, plate, regions, vehicle_types
from ocrcli.declaration import Bind, Field, Panel, Service, Side
from ocrcli.engine.grammar import Row, Slot
from ocrcli.engine.grammars import BLANKS, DIGITS, fixed, grammar
from ocrcli.extras import ADJUSTED_IMAGE, IMAGE_LOCATION
from ocrcli.forms.find import Anywhere, Beside
from ocrcli.forms.form import Form, compact
from ocrcli.forms.ready import COMPACT, DATE, LAST_DAY, PERSON, PLATE
from ocrcli.forms.results import CONFIDENCE, says
from ocrcli.forms.vehicles import DIMENSION, TIMES
from ocrcli.layout.face import Face
from ocrcli.layout.where import Where
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.signs import Labels, Title, titles_but_of

_TITLE = "中华人民共和国道路运输证"
_NUMBER = re.compile(r"(..?)交运管(\D{0,4})字(?:第)?(\d{6,14})")


def _number(text: str) -> str | None:
    """晋交运管货字140882001234号, whatever blanks are in it and whether its last sign was read or not."""
    match = _NUMBER.search(compact(text))
    return "{}交运管{}字{}号".format(*match.groups()) if match else None


def _size(text: str) -> str | None:
    """Length, width and height in mm: printed with a sign between, or behind 长, 宽 and 高."""
    digits = re.sub(r"\D", "", text)
    if len(digits) in (12, 13):
        text = f"{digits[:-8]}×{digits[-8:-4]}×{digits[-4:]}"
    return vehicle_types.dimension(text)


_METRES = (*(Row(fixed((DIGITS, n), (DIGITS, 4), (DIGITS, 4))) for n in (4, 5)),)
assert DIMENSION.grammar is not None
SIZE = replace(
    DIMENSION,
    name="permit-size",
    grammar=grammar(
        "permit_size",
        *DIMENSION.grammar.rows,
        *_METRES,
        separators=BLANKS + "长宽高毫米:：()（）",
        fence=DIGITS,
        alike={TIMES.alphabet: "xX*"},
    ),
    normal=_size,
    looks=r"\d{4}",
)
NUMBER = Form(
    "permit-number",
    grammar(
        "permit_number",
        *(
            Row((Slot("".join(plate.PROVINCES)), *map(Slot, "交运管"), Slot("货客危普险出租教旅", 0, 3), *end))
            for end in (
                (Slot("字"), Slot(DIGITS, 12, 12), Slot("号", 0, 1)),
                (Slot("字"), Slot(DIGITS, 9, 9), Slot("号", 0, 1)),
            )
        ),
        separators=BLANKS + "()（）第:：",
        fence=DIGITS,
    ),
    _number,
    looks=r"交运.*\d{6}",
    strict=True,
)
CAPACITY = Form("capacity", normal=lambda text: compact(text) or None, looks=r"\d|--", strict=True)
AUTHORITY = Form("permit-authority", normal=compact, looks="运输|交通|管理|审批", strict=True)
CERTIFICATE = Form(
    "certificate",
    normal=lambda text: compact(text).strip("：:"),
    looks=r"(?<!\d)(1[1-5]|2[123]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}",
    strict=True,
)
# Rows of the address, or the label before it, that were taken for the name's.
_MORE = re.compile(r"公司(?!.*(?:公司|部|处|厂|站)$).+|(?:号|室|幢|栋|单元|组)\d*$|址")
OPERATOR = replace(
    PERSON,
    name="operator",
    normal=lambda text: None if _MORE.search(compact(text)) else PERSON.normal(text),
    looks=r"[^\W\d]{2}",
    strict=True,
)
VEHICLE = Form("permitted-vehicle", normal=lambda text: compact(text) if re.search("车|挂|--", text) else None)
SCOPE = Form("permitted-scope", normal=compact, looks="[运货客租教]", strict=True)


def _region_fault(number: str) -> str | None:
    return regions.fault(re.sub(r"\D", "", number)[:6])


_VALID = ("有效期", "有效期至", "有效期限")
# Where labels are printed on the plastic card, in mm.
CARD = Face(
    85.6,
    54.0,
    {"owner_name": (5.2, 19.6, 4.6), "vehicle_number": (5.2, 19.6, 8.6), "vehicle_type": (5.2, 19.6, 13.3),
     "maximum_capacity": (5.2, 19.6, 23.1), "vehicle_size": (5.2, 19.6, 28.0), "issuing_authority": (5.2, 22.6, 38.8),
     "license_number": (5.2, 22.8, 44.2), "issue_date": (5.2, 22.6, 49.4)},
)  # fmt: skip

SERVICE = Service(
    name="transportation-license",
    spec="transportation-license",
    type="transportation_license",
    title="Road transport permit",
    title_zh="道路运输证识别",
    panel=Panel.CARDS,
    help="Read a Chinese road transport permit: the plastic card or the paper page, provisional ones too.",
    limits=Limits(formats=RASTER + PDF + OFD, min_side=15, max_side=8192),
    extras=(
        IMAGE_LOCATION,
        ADJUSTED_IMAGE,
    ),
    overprinted=True,
    sides=(
        Side(
            "", "the permit", {"title": (_TITLE, "道路运输证")}, least=4,
            own=tuple(map(frozenset, ({"license_number"}, {"title"}, {"maximum_capacity", "issuing_authority"}))),
            refuses=titles_but_of("transportation-license"), face=CARD,
        ),
    ),
    fields=(
        Field("owner_name", "operator", Beside("业户名称", rows=2), OPERATOR, required=True),
        Field("license_number", "number of the permit, such as 晋交运管货字140882001234号",
              (Beside("道路运输证号"), Anywhere(telling=True, broken=True)), NUMBER),
        Field("vehicle_number", "plate number", Beside("车辆号牌", "车牌号码"), PLATE, required=True),
        Field("vehicle_type", "vehicle type", Beside("车辆类型", rows=2), VEHICLE),
        Field("maximum_capacity", "tonnage or seats, as printed", Beside("吨(座)位", "核定载质量", "吨座位"), CAPACITY),
        Field("vehicle_size", "length×width×height, in mm",
              Beside("车辆尺寸", "车辆(毫米)", "外廓尺寸", where=Where.EITHER), SIZE),
        Field("issuing_authority", "issuing authority, where it is printed", Beside("核发机关"), AUTHORITY),
        Field("issue_date", "day of issue, YYYY-MM-DD", Beside("发证日期", under_seal_em=8), DATE),
        Field("owner_address", "address of the operator", Beside("地址", "业户地址", rows=2), COMPACT),
        Field("economic_type", "economic type", Beside("经济类型"), COMPACT),
        Field("business_certificate", "number of the business permit", Beside("经营许可证号"), CERTIFICATE),
        Field("business_scope", "what may be carried", Beside("经营范围", rows=3), SCOPE),
        Field("expiry_date", "last day of validity, YYYY-MM-DD", Beside(*_VALID), LAST_DAY),
        Field("review_expiry_date", "the annual review is valid until, YYYY-MM-DD",
              Beside("审验有效期", "审验有效期至"), DATE),
        Field("assessed_technical_level", "technical grade of the vehicle", Beside("技术等级评定", "技术等级"),
              COMPACT),
        Field("is_temporary_certificate", "true for a provisional permit (待理证)", type="boolean",
              from_sheet=says("待理证")),
        CONFIDENCE,
    ),
    checks=(
        Bind(regions.RULE, ("license_number",), _region_fault),
        Bind(dates.ORDER, ("issue_date", "expiry_date"), dates.order_fault),
    ),
    signs=(
        Title((_TITLE, "道路运输证", "道路运输证待理证")),
        Labels(("业户名称", "车辆号牌", "经营许可证号", "吨(座)位", "车辆尺寸", "核发机关", "经营范围", "道路运输证号",
                "车辆毫米"), 3),
    ),
)  # fmt: skip
