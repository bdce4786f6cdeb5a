"""Receipts of taxis (出租车发票): a printed form, and the meter's print over it, a little off its labels.

Limits and result keys: taxi-invoice of Huawei Cloud OCR. Every city words its labels in its own way; what the meter may
print beside each is told by its form, so that print a row off goes to the right label. `total` is what was paid: where
the receipt prints no sum, what its parts make.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocrcli.checks import invoice_numbers, plate, taxi
from ocrcli.declaration import Bind, Field, Panel, Service, Side
from ocrcli.engine import grammars
from ocrcli.engine.grammar import Row, Slot
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.extras import TEXT_LOCATION
from ocrcli.forms.find import Anywhere, Beside, Derived, Direction, Near
from ocrcli.forms.form import Form, compact
from ocrcli.forms.ready import AMOUNT, DATE, INVOICE_CODE, INVOICE_NUMBER, NUMBER, PHONE, TIME, iso_date
from ocrcli.forms.results import CONFIDENCE
from ocrcli.layout.where import Where
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.signs import Labels, Title

_CAPITALS = plate.LETTERS
_SHORT_DAY = tuple(Row(fixed((DIGITS, 2), (a, 1), (DIGITS, 2), (a, 1), (DIGITS, 2))) for a in "-/.")


def _day(text: str) -> str | None:
    """Meters also print the year with two digits."""
    bare = compact(text)
    day = iso_date(f"20{bare}" if re.match(r"\d\d\D", bare) else bare)
    return day if day and day.startswith("20") else None


# What the meter prints, told by its look from what belongs to the labels above and below.
DAY = replace(
    DATE,
    name="taxi-date",
    grammar=replace(
        grammars.DATE, name="taxi_date", rows=(*grammars.DATE.rows, *_SHORT_DAY), accepts=lambda t: _day(t) is not None
    ),
    normal=_day,
    looks=r"\d{2}[年./-]\d{1,2}|\d月|^\W*20[0-3]\d{5}\W*$",
    strict=True,
)
CLOCK = replace(TIME, name="taxi-time", looks=r"(?<![\d.:：])(?:/\d\d/)?[0-2]?\d[:：;=\-1-8]?[0-5]\d\W*$")
_RANGE = grammar(
    "time_range", Row(fixed((DIGITS, 2), (":", 1), (DIGITS, 2), ("-", 1), (DIGITS, 2), (":", 1), (DIGITS, 2)))
)
RANGE = Form("time-range", _RANGE, compact, looks=r"\d[:：;.]?\d{2}\D{1,3}\d{1,2}[:：;.]?\d{2}\W*$", strict=True)
WAITING = Form(
    "waiting-time",
    grammar(
        "waiting_time",
        *(Row((Slot(DIGITS, 1, 3), Slot(":"), Slot(DIGITS, 2, 2), Slot(s), Slot(DIGITS, 2, 2))) for s in ":."),
        accepts=lambda text: max(map(int, re.split("[:.]", text)[1:])) < 60,
        fence=DIGITS + ":.",
    ),
    lambda text: t if re.fullmatch(r"\d{1,3}(?:[:.]\d\d){1,2}|[\d.]+[时分秒].*", t := compact(text)) else None,
    looks=r"^\W*\d{1,3}(?:\D\d{2,3}){1,2}\W*$|^\W*\d{2}\D?\d{2}\D?\d{2}\W*$|\d[分秒]|^\W*\d{1,2}[:=1]\d{2}\W*$",
    strict=True,
)
_PLATES = (
    fixed((plate.LETTERS, 1), (plate.SERIAL, 5)),
    fixed((plate.LETTERS, 1), ("ABCDEFGHJK", 1), (plate.SERIAL, 1), (DIGITS, 4)),
    fixed((plate.LETTERS, 1), (DIGITS, 5), ("DF", 1)),
)
CAR = Form(
    "taxi-number",
    replace(
        grammar("taxi_number", *(Row((Slot(plate.PROVINCES, 0), *p)) for p in _PLATES)),
        separators=grammars.PLATE.separators,
    ),
    lambda text: re.sub(r"[\W_]", "", text) or None,
    looks=rf"^\W*[{plate.PROVINCES}]\W*$|^\W*[^\W\d_a-zA-Z]?\W*[A-Z0-9][\W]*[A-Z0-9]{{3,7}}\W*$",
    strict=True,
)
LICENCE = Form(
    "driver-certificate",
    grammar("driver_certificate", Row((Slot(_CAPITALS, 0, 2), Slot(DIGITS, 4, 20))), fence=DIGITS + _CAPITALS),
    compact,
    looks=r"^\W*[A-Z]{0,2}\d{4,20}\W*$",
    strict=True,
)
PRICE = replace(AMOUNT, name="price", looks=r"^[^\d:：￥¥]{0,2}\d{1,2}(?:\D?\d{1,2})?[^公里千kK\d:：]?(?:/.*)?$")
KM = replace(
    NUMBER,
    name="distance",
    normal=lambda text: m[0] if (m := re.search(r"\d+(?:\.\d+)?", text)) else None,
    looks=r"^[^\d:：￥¥]{0,2}\d{1,3}\D{0,2}\d{0,2}(?:公?里|千米|[kK][mM]?|$)",
)
MONEY = replace(
    AMOUNT,
    name="taxi-amount",
    looks=r"^(?!.*[:：年日公里/kK])(?!(?:\D*\d){7})(?!(?:.*[一-龥]){3})[^\d一-龥]{0,3}\d",
)
CODE = replace(INVOICE_CODE, name="taxi-code", looks=r"\d{9}", rule=None)
EIGHT = replace(INVOICE_NUMBER, name="taxi-invoice-number", looks=r"(?<!\d)\d{7,8}(?!\d)")
FIRM = Form(
    "firm",
    normal=lambda text: compact(text) or None,
    looks=r"^[^\W\d]{3,}(?:出租|汽车|客运|公交|巴士|交通|运输|旅游)[^\W\d]*公司$",
)
REGION = Form(
    "region",
    normal=lambda text: compact(text) or None,
    looks=r"^[^\W\d]{2,6}?[省市区](?=国家|地方|税务|出租|客运|汽车|通用|公共)",
)


def _of_code(code: str) -> str | None:
    """The city or municipality that a code names; a province alone does not say which city's form it is."""
    digits = invoice_numbers.region(code, None) or ""
    name = invoice_numbers.PROVINCES.get(digits[:2], "")
    return invoice_numbers.CITIES.get(digits) or (name if name.endswith("市") else None)


def _on_form(*labels: str, where: Where = Where.RIGHT) -> Beside:
    return Beside(*labels, where=where, on_form=True)


_ENGLISH = (
    "Supervisor Tel", "Management No", "Certificate No", "Taxi No", "Get on", "Get off", "Unit Price", "Mileage",
    "Wait", "Sum", "Tel", "Date", "Price", "Total", "Fare", "Distance", "Waiting", "Time on", "Time off",
    "Company", "Car No",
)  # fmt: skip
# Printed beside values that nobody asks for.
_OTHERS = (
    "卡号",
    "卡余额",
    "卡原额",
    "原额",
    "余额",
    "状态",
    "车型",
    "密码",
    "税号",
    "次数",
    "机号",
    "流水号",
    "合计次数",
)
_EXTRAS = ("fuel_oil_surcharge", "call_service_surcharge")

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
            marks={
                "title": (
                    "出租汽车专用发票",
                    "出租汽车发票",
                    "出租车专用发票",
                    "出租汽车统一发票",
                    "出租车机打发票",
                    "出租车发票",
                ),
                "management": ("经营单位编号", "企业编号", "单位编号", "管理编号"),
                **{text: (text,) for text in _OTHERS},
            },
            own=tuple(map(frozenset, (["title"], ["distance"], ["boarding_time"], ["waiting_time"], _EXTRAS[:1]))),
        ),
    ),
    fields=(
        Field(
            "location", "city or province of the form", (Anywhere(telling=True), Derived(_of_code, ("code",))), REGION
        ),
        Field(
            "code", "invoice code", (_on_form("发票代码", "代码", where=Where.EITHER), Anywhere()), CODE, required=True
        ),
        Field(
            "number",
            "invoice number",
            (_on_form("发票号码", "号码", where=Where.EITHER), Near("code", Direction.BELOW, 3)),
            EIGHT,
            required=True,
        ),
        Field(
            "phone_number",
            "telephone of the company, or for complaints",
            Beside(
                "电话",
                "单位电话",
                "服务电话",
                "监督电话",
                "投诉电话",
                "服务监督电话",
                "监督投诉电话",
                "咨询电话",
                "举报电话",
                stop=_ENGLISH,
            ),
            PHONE,
        ),
        Field(
            "company",
            "taxi company",
            (
                Beside("单位", "单位名称", "公司名称", "企业名称"),
                Anywhere(telling=True),
            ),
            FIRM,
        ),
        Field(
            "taxi_number",
            "number plate, as far as it is printed",
            Beside("车号", "车牌号", "车牌", "车牌号码", "车辆牌号", "牌号"),
            CAR,
        ),
        Field(
            "certificate_number",
            "driver's certificate number",
            Beside(
                "证号",
                "资格证号",
                "从业资格证号",
                "从业证号",
                "服务证号",
                "监督卡号",
                "司机证号",
                "驾驶员证号",
                "司机号",
                "司机编号",
                "工号",
                "准驾证号",
            ),
            LICENCE,
        ),
        Field(
            "identification_number",
            "identification number",
            Beside("识别编号", "识别号", "纳税人识别号", "编号"),
            LICENCE,
        ),
        Field("date", "day of the ride, YYYY-MM-DD", (Beside("日期", "乘车日期", "开票日期"), Anywhere()), DAY),
        Field(
            "boarding_time",
            "when the ride began, HH:MM",
            Beside("上车", "上车时间", "起始时间", "上客时间"),
            CLOCK,
            required=True,
        ),
        Field("alighting_time", "when it ended, HH:MM", Beside("下车", "下车时间", "结束时间", "下客时间"), CLOCK),
        Field("time", "both, HH:MM-HH:MM, where they stand together", Beside("时间", "乘车时间", "起止时间"), RANGE),
        Field("unit_price", "price of a kilometre", Beside("单价", "运价", "公里单价"), PRICE),
        Field(
            "distance",
            "kilometres",
            Beside("里程", "计费里程", "营运里程", "行驶里程", "计程里程", "公里数", "距离"),
            KM,
        ),
        Field(
            "waiting_time",
            "waiting time, as printed",
            Beside("等候", "候时", "等候时间", "等时", "等待时间", "低速等候", "低速"),
            WAITING,
        ),
        Field(
            "fare",
            "fare without surcharges",
            Beside("金额", "计价金额", "计费金额", "车费", "运费", "车资", "租价", "票价"),
            MONEY,
            required=True,
        ),
        Field(
            "fuel_oil_surcharge",
            "fuel and other surcharges",
            Beside(
                "燃油附加费", "燃油附加", "燃油费", "附加费", "另收附加费", "燃附费", "燃油税", "附加燃油费", "油附加费"
            ),
            MONEY,
        ),
        Field(
            "call_service_surcharge",
            "fee for calling the taxi",
            Beside(
                "电调费",
                "电召费",
                "另收电召费",
                "预约叫车服务费",
                "叫车服务费",
                "预约费",
                "约车费",
                "电召服务费",
                "电约费",
                "叫车费",
            ),
            MONEY,
        ),
        Field(
            "total",
            "what was paid",
            (
                Beside(
                    "实收金额",
                    "实收",
                    "实付金额",
                    "应收金额",
                    "总金额",
                    "总额",
                    "总计",
                    "合计",
                    "合计金额",
                    "收款金额",
                    "总车费",
                ),
                Derived(taxi.paid, ("fare",), _EXTRAS),
            ),
            MONEY,
            required=True,
        ),
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
        Title(
            (
                "出租汽车专用发票",
                "出租汽车发票",
                "出租车专用发票",
                "出租汽车统一发票",
                "客运出租汽车专用发票",
                "出租车机打发票",
            )
        ),
        Labels(
            (
                "上车",
                "下车",
                "单价",
                "里程",
                "等候",
                "车号",
                "证号",
                "燃油附加费",
                "候时",
                "另收附加费",
                "另收电召费",
                "电调费",
                "监督电话",
                "投诉电话",
                "实收金额",
            ),
            4,
        ),
    ),
)
