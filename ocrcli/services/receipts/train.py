"""Train tickets (火车票): blue card, red paper, what remains of one given back, and the electronic ticket.

Limits and result keys: train-ticket of Huawei Cloud OCR. Paper tickets have hardly a label: what a print is, its own
words say (14:50开, 05车12F号, ￥553.5元, 上海售), or what it stands beside.
"""

from __future__ import annotations

import re

from ocrcli.checks import amounts, invoice_numbers, trains
from ocrcli.declaration import Bind, Field, Panel, Service
from ocrcli.extras import TEXT_LOCATION
from ocrcli.forms.find import Abreast, Anywhere, Beside, Direction, Near, Titled
from ocrcli.forms.form import compact
from ocrcli.forms.ready import AMOUNT, AMOUNT_WORDS, COMPACT, DATE, INVOICE_NUMBER, MASKED_CITIZEN_NUMBER, USCC
from ocrcli.forms.results import CONFIDENCE, has_seal
from ocrcli.forms.sheet import Sheet
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.services.receipts.train_forms import (
    CHANGE,
    CLASS,
    COOLED,
    DEPARTURE,
    DISCOUNT,
    GATE,
    HOLDER,
    LOG,
    PRICE,
    RATE,
    SALE,
    SEAT,
    SOLD,
    SPELT,
    STATION,
    STATIONS,
    TICKET,
    TRAIN,
)  # fmt: skip
from ocrcli.signs import Labels, Number, Title


def _style(sheet: Sheet) -> str:
    """Which kind of ticket it is, in the vendors' words."""
    said = "".join(compact(line.text) for line in sheet.reading.lines)
    if re.search("电子客票|电子发票", said):
        return "refund_electronic" if "退票费" in said else "electronic"
    if "退票费" in said:
        return "refund_old" if "大写" in said else "refund_new"
    return "paper"


def _log_fault(log: str, ticket: str) -> str | None:
    """The number at the foot ends in the ticket's own."""
    return None if log.endswith(ticket[-7:]) else f"the number at the foot ends in {log[-7:]}, the ticket's is {ticket}"


_NUMBER = (Beside("电子客票号"),)

SERVICE = Service(
    name="train-ticket",
    title="Train ticket",
    title_zh="火车票识别",
    panel=Panel.RECEIPTS,
    help="Read Chinese train tickets: paper, refund slips, electronic ones as picture, PDF or OFD.",
    limits=Limits((*RASTER, *PDF, *OFD), min_area_percent=25),
    extras=(TEXT_LOCATION,),
    fields=(
        Field(
            "ticket_id",
            "number of the ticket: top left on paper, 电子客票号 on electronic ones",
            (Anywhere(telling=True), *_NUMBER),
            TICKET,
        ),
        Field("check_port", "gate, or waiting room", (Beside("检票口", "检票"), Anywhere(telling=True)), GATE),
        Field(
            "train_number",
            "train number",
            (
                Beside("车次"),
                Near("departure_station", Direction.RIGHT, 9),
                Near("destination_station", Direction.LEFT, 9),
                Anywhere(),
            ),
            TRAIN,
            required=True,
        ),
        Field(
            "departure_station",
            "from",
            (Beside("发站", "出发站"), Abreast(0, STATIONS), Near("departure_station_en", Direction.ABOVE, 2)),
            STATION,
            required=True,
        ),
        Field(
            "destination_station",
            "to",
            (Beside("到站", "到达站"), Abreast(1, STATIONS), Near("destination_station_en", Direction.ABOVE, 2)),
            STATION,
            required=True,
        ),
        Field(
            "departure_station_en", "from, as spelt", (Abreast(0), Near("departure_station", Direction.BELOW, 2)), SPELT
        ),
        Field(
            "destination_station_en",
            "to, as spelt",
            (Abreast(1), Near("destination_station", Direction.BELOW, 2)),
            SPELT,
        ),
        Field("departure_time", "YYYY年MM月DD日HH:MM", Anywhere(telling=True, broken=True), DEPARTURE, required=True),
        Field("seat_number", "coach and seat", Anywhere(telling=True, broken=True), SEAT, required=True),
        Field(
            "ticket_price",
            "price, or what giving it back cost",
            (Beside("票价", "退票费", "退票手续费"), Anywhere(telling=True)),
            PRICE,
        ),
        Field("sale_method", "mark of how it was sold", Anywhere(telling=True), SALE),
        Field("seat_category", "class of seat", Anywhere(telling=True), CLASS),
        Field("ticket_changing", "mark of a change, or of a ticket given back", Anywhere(telling=True), CHANGE),
        Field("id_number", "holder's identity number, partly masked", Anywhere(telling=True), MASKED_CITIZEN_NUMBER),
        Field("name", "holder", Near("id_number", Direction.RIGHT, 16), HOLDER),
        Field("log_id", "serial number at the foot", Anywhere(telling=True), LOG),
        Field("sale_location", "place of sale", Anywhere(telling=True), SOLD),
        Field("invoice_style", "paper, electronic, refund_old, refund_new or refund_electronic", from_sheet=_style),
        Field("issue_date", "date of issue, YYYY-MM-DD", Beside("开票日期"), DATE),
        Field("discount_mark", "mark of a discount", Anywhere(telling=True), DISCOUNT),
        Field("serial_number", "number of an electronic ticket", _NUMBER, TICKET),
        Field("tax_amount", "tax", Beside("税额"), AMOUNT),
        Field("tax_rate", "rate of tax", Beside("税率"), RATE),
        Field("air_conditioning", "mark of an air-conditioned coach", Anywhere(telling=True), COOLED),
        Field(
            "original_invoice_number", "number of the invoice that it replaces", Beside("原发票号码"), INVOICE_NUMBER
        ),
        Field(
            "unified_social_credit_code",
            "buyer's credit code",
            Beside("统一社会信用代码", "统一社会信用代码/纳税人识别号"),
            USCC,
        ),
        Field("buyer_name", "buyer", Beside("购买方名称", "购方名称"), COMPACT),
        Field("total_amount_excluding_tax", "amount without tax", Beside("金额"), AMOUNT),
        Field("invoice_number", "invoice number", Beside("发票号码"), INVOICE_NUMBER),
        Field("seal_mark", "true where there is a seal", type="boolean", from_sheet=has_seal),
        Field("title", "title", Titled(("电子发票（铁路电子客票）", "退票费报销凭证"))),
        Field("area", "region"),
        Field("receipt_number", "number of an old refund slip", Beside("凭证号", "收据号"), TICKET),
        Field("amount_in_figures", "amount of an old refund slip", Beside("小写"), AMOUNT),
        Field("amount_in_words", "the same in capital numerals", Beside("退票费(大写)", "大写"), AMOUNT_WORDS),
        CONFIDENCE,
    ),
    checks=(
        Bind(
            trains.TAX,
            ("ticket_price", "total_amount_excluding_tax", "tax_amount"),
            trains.tax_fault,
            given=("tax_rate",),
        ),
        Bind(amounts.RULE, ("amount_in_words", "amount_in_figures"), amounts.fault),
        Bind(
            invoice_numbers.NUMBER,
            ("invoice_number",),
            lambda number, day: invoice_numbers.number_fault(number, None, day),
            given=("issue_date",),
        ),
        Bind(trains.SEAT, ("seat_number",), trains.seat_fault, given=("seat_category", "train_number")),
        Bind(trains.LOG, ("log_id", "ticket_id"), _log_fault),
    ),
    enough=3,
    type="train_ticket",
    signs=(
        Title(("电子发票(铁路电子客票)", "铁路电子客票", "买票请到12306发货请到95306", "中国铁路祝您旅途愉快"), 0.8),
        Title(("限乘当日当次车", "仅供报销使用", "退票费报销凭证"), 0.7),
        Labels(
            ("检票", "二等座", "一等座", "商务座", "硬座", "软卧", "硬卧", "软座", "无座", "下铺", "上铺", "车号"),
            2,
            0.6,
        ),
        Number(r"(?<![A-Z0-9])[GDCZTKYLS]\d{1,4}(?!\d)", weight=0.2),
        Number(r"\d{4}年\d{2}月\d{2}日\d{2}:\d{2}开", weight=0.6),
        Number(r"\d{2}车\d{2,3}[A-F]?号", weight=0.4),
    ),
)
