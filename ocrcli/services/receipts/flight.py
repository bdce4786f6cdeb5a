"""Air itineraries (航空运输电子客票行程单): the paper receipt, and the electronic invoice of the same name.

Limits and result keys: flight-itinerary of Huawei Cloud OCR. Legs are rows of a table; the stations stand before and
behind each, one below the other (自, 至, 至). Days and amounts are without currency; a day without a year stays so.
"""

from __future__ import annotations

from ocrcli.checks import air, invoice_numbers
from ocrcli.declaration import Bind, Field, Panel, Service, Side
from ocrcli.forms.find import Below, Beside, Direction, Near, Rows
from ocrcli.forms.ready import COMPACT, DATE, INVOICE_NUMBER, NAME
from ocrcli.forms.results import CONFIDENCE
from ocrcli.layout.where import Where
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.services.receipts.flight_forms import (
    AS_PRINTED,
    BAGGAGE,
    BASIS,
    BOOKING,
    CABIN,
    CARRIER,
    CHECK,
    CLOCK,
    DAY,
    FLIGHT,
    INSIDE,
    INSURANCE,
    MONEY,
    PAPERS,
    SERIAL,
    STATUS,
    STOP,
    TICKET,
)  # fmt: skip
from ocrcli.services.receipts.train_forms import RATE
from ocrcli.services.receipts.vehicle_sales import TAXPAYER
from ocrcli.signs import Labels, Title

_TITLES = ("航空运输电子客票行程单", "电子发票(航空运输电子客票行程单)", "ITINERARY/RECEIPT OF E-TICKET")
_STOPS = ("自FROM", "白FROM", "自", "至TO", "至T0", "至10", "至1O", "至70", "至", "FROM")


def _either(*labels: str) -> Beside:
    return Beside(*labels, where=Where.EITHER)


_LEGS = (
    Field("departure_station", "from", form=STOP),
    Field("destination_station", "to", form=STOP),
    Field("carrier", "carrier", Below("承运人", "CARRIER"), CARRIER),
    Field("flight", "flight number", Below("航班号", "FLIGHT"), FLIGHT),
    Field("cabin_class", "booking class", Below("座位等级", "CLASS"), CABIN),
    Field("date", "day, YYYY-MM-DD, or as printed without a year", Below("日期", "DATE"), DAY),
    Field("time", "time", Below("时间", "TIME"), CLOCK),
    Field("fare_basis", "fare basis", Below("客票级别/客票类别", "FARE BASIS", "客票级别"), BASIS),
    Field("effective_date", "not valid before", Below("客票生效日期", "NOT VALID BEFORE", "生效日期"), DAY),
    Field("expiry_date", "not valid after", Below("有效截止日期", "NOT VALID AFTER", "截止日期"), DAY),
    Field("baggage_allowance", "free baggage", Below("免费行李", "ALLOW", "免费行李额"), BAGGAGE),
)
_FUND = ("民航发展基金", "CAAC DEVELOPMENT FUND", "CIVIL AVIATION DEVELOPMENT FUND", "机场建设费", "AIRPORT TAX")
_FUEL = ("燃油附加费", "FUEL SURCHARGE", "燃油附加费FUELSURCHARGE")
_ROWS = Rows(between=("stop", "departure_station", "destination_station"))
_AMOUNTS = ("caac_development_fund", "fuel_surcharge", "other_taxes", "tax")

SERVICE = Service(
    name="flight-itinerary",
    title="Air itinerary",
    title_zh="飞机行程单识别",
    panel=Panel.RECEIPTS,
    help="Read Chinese air itineraries, paper and electronic: passenger, legs, fares, ticket.",
    limits=Limits((*RASTER, *PDF, *OFD), max_side=8192),
    sides=(
        Side(
            words="the itinerary",
            least=5,
            titles=_TITLES,
            own=tuple(frozenset({key}) for key in ("title", "caac_development_fund", "e_ticket_number")),
        ),
    ),
    inner=(Field("stop", "a station", Beside(*_STOPS), STOP),),
    fields=(
        Field("serial_number", "printed serial number", _either("印刷序号", "SERIAL NUMBER"), SERIAL),
        Field("passenger_name", "passenger", _either("旅客姓名", "NAME OF PASSENGER"), NAME, required=True),
        Field("id_number", "identity document", _either("有效身份证件号码", "有效身份证件号码IDNO", "ID.NO."), PAPERS),
        Field(
            "endorsements_restrictions",
            "endorsements",
            _either("签注", "ENDORSEMENTS/RESTRICTIONS(CARBON)", "签注ENDORSEMENTS/RESTRICTIONS(CARBON)"),
            AS_PRINTED,
        ),
        Field("order_number", "booking reference", Near("stop", Direction.ABOVE, 12), BOOKING),
        Field("fare", "fare", _either("票价", "FARE", "票价FARE"), MONEY, required=True),
        Field(
            "caac_development_fund",
            "civil aviation development fund",
            _either(*_FUND),
            MONEY,
        ),
        Field("fuel_surcharge", "fuel surcharge", _either(*_FUEL), MONEY),
        Field("other_taxes", "other taxes", _either("其他税费", "OTHER TAXES", "其它税费"), MONEY),
        Field("total", "total", _either("合计", "TOTAL", "合计TOTAL"), MONEY, required=True),
        Field("e_ticket_number", "ticket number", Beside("电子客票号码", "E-TICKET NO."), TICKET, required=True),
        Field("check_code", "check code", Beside("验证码", "CK."), CHECK),
        Field("reference_information", "notice", Beside("提示信息", "INFORMATION"), AS_PRINTED),
        Field("insurance", "insurance, as printed", Beside("保险费", "INSURANCE"), INSURANCE),
        Field("agent_code", "agent's code", Beside("销售单位代号", "销售网点代号", "AGENT CODE", rows=2), AS_PRINTED),
        Field("issue_organization", "issuing office", Beside("填开单位", "ISSUED BY"), COMPACT),
        Field("issue_date", "date of issue, YYYY-MM-DD", Beside("填开日期", "DATE OF ISSUE"), DATE),
        Field("tax", "VAT", _either("增值税税额"), MONEY),
        Field("tax_rate", "rate of VAT", _either("增值税税率"), RATE),
        Field("buyer_name", "buyer", Beside("购买方名称"), COMPACT),
        Field(
            "buyer_id",
            "buyer's taxpayer's number",
            Beside("统一社会信用代码/纳税人识别号", "纳税人识别号", "统一社会信用代码"),
            TAXPAYER,
        ),
        Field("number", "invoice number", Beside("发票号码"), INVOICE_NUMBER),
        Field("international_flag", "国内 or 国际", Beside("国内国际标识"), INSIDE),
        Field("issue_status", "status", Beside("开具状态"), STATUS),
        Field("gp_number", "government purchase order", Beside("GP单号"), COMPACT),
        Field("itinerary_list", "legs", _ROWS, type="list", items=_LEGS),
        CONFIDENCE,
    ),
    checks=(
        Bind(air.SUM, ("fare", "total"), air.sum_fault, given=_AMOUNTS),
        Bind(
            invoice_numbers.NUMBER,
            ("number",),
            lambda number, day: invoice_numbers.number_fault(number, None, day),
            given=("issue_date",),
        ),
    ),
    enough=2,
    type="flight_itinerary",
    signs=(
        Title(_TITLES),
        Labels(
            ("旅客姓名", "有效身份证件号码", "签注", "承运人", "航班号", "座位等级", "客票级别", "票价", "民航发展基金",
             "电子客票号码", "保险费", "填开单位", "填开日期", "免费行李", "NAME OF PASSENGER", "CARRIER"), 4),
    ),
)  # fmt: skip
