"""Receipts of taxis (出租车发票): a printed form, and the meter's print over it, a little off its labels.

Limits and result keys: taxi-invoice of Huawei Cloud OCR. Every city words its labels in its own way; what the meter may
print beside each is told by its form, so that print a row off goes to the right label. `total` is what was paid: where
the receipt prints no sum, what its parts make.
"""

from __future__ import annotations

from ocrcli.checks import invoice_numbers, taxi
from ocrcli.declaration import Bind, Field, Panel, Service, Side
from ocrcli.extras import TEXT_LOCATION
from ocrcli.forms.find import Anywhere, Beside, Derived, Direction, Near
from ocrcli.forms.ready import PHONE
from ocrcli.forms.results import CONFIDENCE
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.services.receipts.receipt_forms import CODE, CODE_FOUND, DAY, EIGHT, MONEY, NUMBER_FOUND, PLACE, REGION
from ocrcli.services.receipts.taxi_forms import CAR, CLOCK, FIRM, KM, LICENCE, PRICE, RANGE, WAITING
from ocrcli.signs import Labels, Title

_TITLES = (
    "出租汽车专用发票", "出租汽车发票", "出租车专用发票", "出租汽车统一发票", "客运出租汽车专用发票", "出租车机打发票",
    "出租车发票", "出租汽车客运发票",
)  # fmt: skip
# Printed beside values that nobody asks for.
_OTHERS = (
    "经营单位编号", "企业编号", "单位编号", "管理编号", "卡号", "卡余额", "卡原额", "原额", "余额", "状态", "车型",
    "密码", "税号", "次数", "机号", "流水号",
)  # fmt: skip
_ENGLISH = (
    "Supervisor Tel", "Management No", "Certificate No", "Taxi No", "Get on", "Get off", "Unit Price", "Mileage",
    "Wait", "Sum", "Tel", "Date", "Price", "Total", "Fare", "Distance", "Waiting", "Time on", "Time off", "Company",
    "Car No",
)  # fmt: skip
_EXTRAS = ("fuel_oil_surcharge", "call_service_surcharge")
_OWN = ("title", "distance", "boarding_time", "waiting_time", *_EXTRAS)


def _beside(labels: str) -> Beside:
    return Beside(*labels.split(), stop=_ENGLISH)


def _under(key: str) -> Near:
    """Below another value of the meter's, where the label was not read."""
    return Near(key, Direction.BELOW, 2, alone=True)


_PHONES = _beside("电话 单位电话 服务电话 监督电话 投诉电话 服务监督电话 监督投诉电话 咨询电话 举报电话 叫车电话")
_FIRM = _beside("单位 单位名称 公司名称 企业名称")
_CAR = _beside("车号 车牌号 车牌 车牌号码 车辆牌号 牌号 车牌照号")
_DRIVER = _beside(
    "证号 资格证号 从业资格证号 从业证号 服务证号 监督卡号 司机证号 驾驶员证号 司机号 司机编号 工号 准驾证号"
)
_ID = _beside("识别编号 识别号 纳税人识别号 编号")
_DAY = (_beside("日期 乘车日期 开票日期"), Anywhere())
_BOARDED = (_beside("上车 上车时间 起始时间 上客时间"), _under("date"))
_ALIGHTED = (_beside("下车 下车时间 结束时间 下客时间"), _under("boarding_time"))
_PRICE = (_beside("单价 运价 公里单价"), _under("alighting_time"))
_KM = (_beside("里程 计费里程 营运里程 行驶里程 计程里程 公里数 距离"), _under("unit_price"))
_WAITED = (_beside("等候 候时 等候时间 等时 等待时间 低速等候 低速"), _under("distance"))
_FARE = _beside("金额 计价金额 计费金额 车费 运费 车资 租价 票价")
_FUEL = _beside("燃油附加费 燃油附加 燃油费 附加费 另收附加费 燃附费 燃油税 附加燃油费 油附加费")
_CALL = _beside("电调费 电召费 另收电召费 预约叫车服务费 叫车服务费 预约费 约车费 电召服务费 电约费 叫车费")
_PAID = _beside("实收金额 实收 实付金额 应收金额 总金额 总额 总计 合计 合计金额 收款金额 总车费")

SERVICE = Service(
    name="taxi-invoice",
    title="Taxi receipt",
    title_zh="出租车发票识别",
    panel=Panel.RECEIPTS,
    help="Read Chinese taxi receipts: ride, price, surcharges, what was paid.",
    limits=Limits((*RASTER, *PDF, *OFD), max_side=4096, min_area_percent=25),
    extras=(TEXT_LOCATION,),
    sides=(
        Side(
            words="the receipt",
            least=4,
            marks={"title": _TITLES, **{text: (text,) for text in _OTHERS}},
            own=tuple(frozenset({key}) for key in _OWN),
        ),
    ),
    fields=(
        Field("location", "city or province of the form", PLACE, REGION),
        Field("code", "invoice code", CODE_FOUND, CODE, required=True),
        Field("number", "invoice number", NUMBER_FOUND, EIGHT, required=True),
        Field("phone_number", "telephone of the company, or for complaints", _PHONES, PHONE),
        Field("company", "taxi company", (_FIRM, Anywhere(telling=True)), FIRM),
        Field("taxi_number", "number plate, as far as it is printed", _CAR, CAR),
        Field("certificate_number", "driver's certificate number", _DRIVER, LICENCE),
        Field("identification_number", "identification number", _ID, LICENCE),
        Field("date", "day of the ride, YYYY-MM-DD", _DAY, DAY),
        Field("boarding_time", "when the ride began, HH:MM", _BOARDED, CLOCK, required=True),
        Field("alighting_time", "when it ended, HH:MM", _ALIGHTED, CLOCK),
        Field("time", "both, HH:MM-HH:MM, where they stand together", _beside("时间 乘车时间 起止时间"), RANGE),
        Field("unit_price", "price of a kilometre", _PRICE, PRICE),
        Field("distance", "kilometres", _KM, KM),
        Field("waiting_time", "waiting time, as printed", _WAITED, WAITING),
        Field("fare", "fare without surcharges", (_FARE, _under("waiting_time")), MONEY, required=True),
        Field("fuel_oil_surcharge", "fuel and other surcharges", _FUEL, MONEY),
        Field("call_service_surcharge", "fee for calling the taxi", _CALL, MONEY),
        Field("total", "what was paid", (_PAID, Derived(taxi.paid, ("fare",), _EXTRAS)), MONEY, required=True),
        CONFIDENCE,
    ),
    checks=(
        Bind(invoice_numbers.CODE, ("code",), invoice_numbers.code_fault, given=("date",)),
        Bind(invoice_numbers.NUMBER, ("number", "code"), invoice_numbers.number_fault),
        Bind(taxi.ORDER, ("boarding_time", "alighting_time"), taxi.order_fault),
        Bind(taxi.SUM, ("fare", "total"), taxi.sum_fault, given=_EXTRAS),
        Bind(taxi.FARE, ("fare", "unit_price", "distance"), taxi.fare_fault),
    ),
    overprinted=True,
    type="taxi_invoice",
    signs=(
        Title(_TITLES),
        Labels(
            ("上车", "下车", "单价", "里程", "等候", "车号", "证号", "燃油附加费", "候时", "另收附加费", "另收电召费",
             "电调费", "监督电话", "投诉电话", "实收金额"), 4),
    ),
)  # fmt: skip
