"""Receipts of road tolls (车辆通行费发票): a printed form, and the booth's print over it, a little off its labels.

Limits and result keys: toll-invoice of Huawei Cloud OCR. Provinces word their labels in their own ways; a bridge has
one booth, so neither a way in nor one out. Electronic toll invoices (通行费电子发票) are VAT invoices: `invoice`.
"""

from __future__ import annotations

from ocrcli.checks import invoice_numbers
from ocrcli.declaration import Bind, Field, Panel, Service, Side
from ocrcli.extras import TEXT_LOCATION
from ocrcli.forms.find import Anywhere, Beside
from ocrcli.forms.form import Form, compact
from ocrcli.forms.results import CONFIDENCE
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.services.receipts.receipt_forms import CODE, CODE_FOUND, DAY_OF, EIGHT, MONEY, NUMBER_FOUND, TIME_OF
from ocrcli.signs import Labels, Title

_TITLES = (
    "车辆通行费", "车辆通行费专用发票", "通行费专用发票", "车辆通行费发票", "高速公路通行费发票",
    "过路(过桥)费专用发票",
    "过路过桥费统一发票", "公路通行费", "通行费票据", "车辆通行费定额发票", "过路费", "过桥费", "通行费统一发票",
)  # fmt: skip
# Printed beside values that nobody asks for.
_OTHERS = (
    "入口时间", "收费站", "密码", "车牌号", "车牌号码", "车牌", "车道", "总重", "轴数", "里程", "付款方式", "支付方式",
    "交易号", "流水号", "卡号", "班次", "监督电话", "客服电话", "路段", "收费单位",
)  # fmt: skip
_COLLECTOR = r"^\W*(?:[A-Z]{0,2}\d{2,12}|[^\W\d]{2,4})\W*$"
_BOOTH = r"^\W*(?=.*[^\W\d])(?!.*[出入]口.)[^\W_]{1,12}\W*$"
_CLASSES = "1-9一二三四五六七八九"
_VEHICLE = (
    rf"^\W*(?:[客货专]?[{_CLASSES}A-E][型类]?|[{_CLASSES}][型类][客货专项]*[车作业]*|[客货]车[{_CLASSES}]?[型类]?|"
    r"[小中大微轻重]?型?[普通出租客货轿卡]*车[（(]?.{0,6})\W*$"
)
STATION = Form("station", normal=lambda text: compact(text) or None, looks=_BOOTH, strict=True)
CASHIER = Form("cashier", normal=lambda text: compact(text) or None, looks=_COLLECTOR, strict=True)
VEHICLE = Form("vehicle", normal=lambda text: compact(text) or None, looks=_VEHICLE, strict=True)

_WHEN = Beside(
    "日期", "时间", "收费日期", "收费时间", "出口时间", "交易时间", "通行时间", "交费时间", "打印时间", "日期时间",
    "出口日期", "交易日期", "通行日期", "出站时间", "年月日",
)  # fmt: skip


def _beside(labels: str) -> Beside:
    return Beside(*labels.split())


_IN = _beside("入口 入口站 入口站名 入口名称 入口收费站 入站口 入站 驶入站 进站 起点 入口站点")
_OUT = _beside("出口 出口站 出口站名 出口名称 出口收费站 出站口 出站 驶出站 交费站 终点 出口站点 收费站名")
_PAID = _beside(
    "金额 收费金额 实收金额 交费金额 缴费金额 应收金额 通行费金额 金额(元) 收费额 实收 票价 通行费 小写 合计金额"
)
_BY = _beside("收费员 收费员号 收费员工号 收费员代码 收款员 收款员工号 收款人 工号 员工号 操作员 收费员编号")
_CAR = _beside("车型 车类 车种 车辆类型 车辆类别 车型车类 车型种类 车类车型 收费车型")

SERVICE = Service(
    name="toll-invoice",
    title="Toll receipt",
    title_zh="车辆通行费发票识别",
    panel=Panel.RECEIPTS,
    help="Read Chinese road toll receipts: booths, day and time, class of vehicle, amount.",
    limits=Limits((*RASTER, *PDF, *OFD), max_side=8192, min_area_percent=25),
    extras=(TEXT_LOCATION,),
    sides=(
        Side(
            words="the receipt",
            least=4,
            titles=_TITLES,
            marks={text: (text,) for text in _OTHERS},
            own=tuple(frozenset({key}) for key in ("title", "entry", "exit", "cashier")),
        ),
    ),
    fields=(
        Field("code", "invoice code", CODE_FOUND, CODE, required=True),
        Field("number", "invoice number", NUMBER_FOUND, EIGHT, required=True),
        Field("entry", "station where the road was entered", _IN, STATION),
        Field("exit", "station where it was left", _OUT, STATION),
        Field("amount", "what was paid", _PAID, MONEY, required=True),
        Field("cashier", "toll collector: name or number", _BY, CASHIER),
        Field("vehicle_type", "class of vehicle, as printed", _CAR, VEHICLE),
        Field("date", "day, YYYY-MM-DD", (_WHEN, Anywhere()), DAY_OF),
        Field("time", "time, HH:MM:SS or HH:MM", (_WHEN, Anywhere()), TIME_OF),
        CONFIDENCE,
    ),
    checks=(
        Bind(invoice_numbers.CODE, ("code",), invoice_numbers.code_fault, given=("date",)),
        Bind(invoice_numbers.NUMBER, ("number", "code"), invoice_numbers.number_fault),
    ),
    overprinted=True,
    type="toll_invoice",
    signs=(
        Title(_TITLES),
        Labels(
            ("入口", "出口", "入口站", "出口站", "车型", "车类", "收费员", "收费站", "车次", "车种", "收费金额"), 3, 0.7
        ),
    ),
)  # fmt: skip
