"""The layouts of air itineraries (航空运输电子客票行程单): the paper receipt and the electronic invoice.

Airlines, passengers, agents and towns are invented; ticket numbers begin with 000, which no airline has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import WHITE, Colour
from ocrcli.specimens.documents.base import Print
from ocrcli.specimens.paper import Hole, Paper, Part, QrCode, Rule, Seal
from ocrcli.specimens.receipts import Receipt, box

INK: Colour = (40, 52, 76)
BROWN: Colour = (134, 72, 56)
_TOWNS = (("QXA", "青石"), ("WCB", "望潮"), ("SFC", "双枫"), ("YCD", "榆川"), ("SHE", "石湖"), ("CQF", "长桥"))
_CARRIERS = (("样航", "XY"), ("青航", "QX"), ("望航", "W9"))
_KEYS = (
    "carrier", "flight", "cabin_class", "date", "time", "fare_basis", "effective_date", "expiry_date",
    "baggage_allowance",
)  # fmt: skip
_CHINESE = (
    "承运人",
    "航班号",
    "座位等级",
    "日期",
    "时间",
    "客票级别/客票类别",
    "客票生效日期",
    "有效截止日期",
    "免费行李",
)
_ENGLISH = ("CARRIER", "FLIGHT", "CLASS", "DATE", "TIME", "FARE BASIS", "NOT VALID BEFORE", "NOT VALID AFTER", "ALLOW")


@dataclass(frozen=True)
class Journey:
    """Its legs, as the list in the result has them, and everything else, by result key."""

    legs: Sequence[Mapping[str, str]]
    fields: Mapping[str, str]
    issued: date


def journey(rng: Random, electronic: bool) -> Journey:
    """One to three legs."""
    towns = rng.sample(_TOWNS, rng.choice((2, 2, 3, 3, 4)))
    day = people.day(rng, 2024, 2025) if electronic else people.day(rng, 2014, 2023)
    flights = []
    for number, (here, there) in enumerate(pairwise(towns)):
        carrier, code = rng.choice(_CARRIERS)
        leaves = day + timedelta(days=2 * number)
        flights.append({
            "departure_station": " ".join(here) if electronic else here[1],
            "destination_station": " ".join(there) if electronic else there[1],
            "carrier": carrier,
            "flight": f"{code}{numbers.digits(rng, 3)}{rng.randint(1, 9)}",
            "cabin_class": rng.choice("YVTKLMQZ"),
            "date": leaves.isoformat(),
            "time": f"{rng.randint(6, 22):02d}:{rng.choice((0, 5, 15, 25, 40, 55)):02d}",
            "fare_basis": rng.choice(("YRT", "VOX3D", "KSA00", "YID00R2", "QKVKAN")),
            "effective_date": leaves.isoformat(),
            "expiry_date": leaves.isoformat(),
            "baggage_allowance": rng.choice(("20K", "20K", "30K", "2PC")),
        })  # fmt: skip
    fare, fund, fuel = Decimal(rng.randint(20, 300) * 10), Decimal(50 * len(flights)), Decimal(rng.choice((0, 20, 60)))
    tax = (fare * Decimal("0.09")).quantize(Decimal("0.01")) if electronic else Decimal(0)
    total = fare + fund + fuel + tax
    someone = people.person(rng)
    issued = day - timedelta(days=rng.randint(0, 20))
    fields = {
        "passenger_name": someone.name,
        "id_number": someone.number[:6] + "*" * 8 + someone.number[14:] if electronic else someone.number,
        "endorsements_restrictions": rng.choice(("不得签转", "不得签转/改退收费", "Q/不得签转")),
        "fare": f"{fare:.2f}",
        "caac_development_fund": f"{fund:.2f}",
        "fuel_surcharge": f"{fuel:.2f}",
        "other_taxes": "0.00",
        "total": f"{total:.2f}",
        "e_ticket_number": f"000{numbers.digits(rng, 10)}",
        "check_code": numbers.digits(rng, 4),
        "insurance": rng.choice(("XXX", "20.00")) if not electronic else "0.00",
        "agent_code": f"{rng.choice(('QXA', 'WCB'))}{numbers.digits(rng, 3)}/{numbers.digits(rng, 8)}",
        "issue_organization": rng.choice(("样本航空票务有限公司", "望潮航空服务有限公司")),
        "issue_date": issued.isoformat(),
    }
    if electronic:
        fields |= {
            "tax": f"{tax:.2f}",
            "tax_rate": "9%",
            "buyer_name": people.firm(rng),
            "buyer_id": numbers.credit_code(rng),
            "number": numbers.digital_invoice_number(rng, rng.choice(people.PROVINCES).code, issued.year),
            "international_flag": "国内",
            "issue_status": "正常",
        }
    else:
        booking = "".join(rng.choice("ABCDEFGHJKLMNPRSTVWXYZ") for _ in range(6))
        fields |= {"order_number": booking, "serial_number": numbers.digits(rng, 11)}
    return Journey(flights, fields, issued)


def _legs(trip: Journey, columns: Sequence[float], top: float, leading: float, size: float) -> list[Print]:
    """The legs in their columns, `columns` are the middles in mm."""
    return [
        Print(leg[key], x, top + leading * i, size, "mono", key="itinerary_list", align="centre")
        for i, leg in enumerate(trip.legs)
        for key, x in zip(_KEYS, columns, strict=True)
    ]


def _stops(trip: Journey) -> list[str]:
    return [trip.legs[0]["departure_station"], *(leg["destination_station"] for leg in trip.legs)]


def _truth(trip: Journey) -> dict[str, Any]:
    return {**trip.fields, "itinerary_list": [dict(leg) for leg in trip.legs]}


def paper(rng: Random) -> Receipt:
    """The receipt on tractor paper: labels in two languages, print out of register."""
    trip = journey(rng, electronic=False)
    said = trip.fields
    edges = (52.0, 64.0, 78.0, 89.0, 104.0, 117.0, 152.0, 170.0, 188.0, 202.0)
    middles = [(a + b) / 2 for a, b in pairwise(edges)]
    labels = (
        ("旅客姓名 NAME OF PASSENGER", 13.0, 16.6), ("有效身份证件号码 ID.NO.", 58.0, 16.6),
        ("签注 ENDORSEMENTS/RESTRICTIONS(CARBON)", 120.0, 16.6),
        ("票价 FARE", 53.0, 65.0), ("民航发展基金 CAAC DEVELOPMENT FUND", 79.0, 65.0),
        ("燃油附加费 FUEL SURCHARGE", 105.5, 65.0), ("其他税费 OTHER TAXES", 131.0, 65.0), ("合计 TOTAL", 158.0, 65.0),
    )  # fmt: skip
    pairs = (
        ("电子客票号码", "E-TICKET NO.", 13.0, 73.6), ("验证码", "CK.", 66.0, 73.6),
        ("提示信息", "INFORMATION", 96.0, 73.6),
        ("保险费", "INSURANCE", 172.0, 73.6), ("销售单位代号", "AGENT CODE.", 13.0, 82.0),
        ("填开单位", "ISSUED BY", 66.0, 82.0), ("填开日期", "DATE OF ISSUE", 156.0, 82.0),
    )  # fmt: skip
    form: list[Part] = [
        *(Hole(x, 6.0 + 11.5 * i, 1.8) for x in (5.0, 209.0) for i in range(8)),
        Print("航空运输电子客票行程单", 107, 4.0, 4.4, "hei", INK, align="centre", weight=0.06),
        Print("ITINERARY/RECEIPT OF E-TICKET FOR AIR TRANSPORT", 107, 9.4, 2.2, "sans", INK, align="centre"),
        Seal(107, 10.0, 15.0, 9.0, "全国统一发票监制章", "国家税务总局", "样本税务局", 2.2, curved=False),
        Print("印刷序号：", 146.0, 4.6, 3.0, "hei", INK),
        Print("SERIAL NUMBER:", 141.0, 9.2, 2.5, "sans", INK),
        *box(12.0, 16.0, 202.0, 90.0, INK),
        *(Rule(12.0, y, 202.0, y, 0.25, INK) for y in (25.0, 31.4, 72.6, 81.0)),
        Rule(52.0, 64.4, 202.0, 64.4, 0.25, INK),
        *(Rule(x, 16.0, x, 25.0, 0.25, INK) for x in (56.0, 118.0)),
        *(Rule(x, 25.0, x, 64.4, 0.25, INK) for x in edges[:-1]),
        *(Rule(x, 64.4, x, 72.6, 0.25, INK) for x in (52.0, 78.0, 104.0, 129.0, 157.0)),
        *(Print(text, x, y, 2.2, "hei", INK) for text, x, y in labels),
        *(Print(text, x, 25.6, 2.3, "hei", INK, align="centre") for text, x in zip(_CHINESE, middles, strict=True)),
        *(Print(text, x, 28.4, 1.8, "sans", INK, align="centre") for text, x in zip(_ENGLISH, middles, strict=True)),
        *(Print(text, x, y, 2.6, "hei", INK) for text, _, x, y in pairs),
        *(Print(text, x, y + 3.6, 2.2, "sans", INK) for _, text, x, y in pairs),
        *(Print("自 FROM" if i == 0 else "至 TO", 13.5, 34.4 + 7.4 * i, 2.6, "hei", INK) for i in range(5)),
    ]
    values = [
        Print(said["serial_number"], 164.0, 8.0, 3.6, "mono", key="serial_number"),
        Print(said["passenger_name"], 20.0, 20.4, 3.4, "hei", key="passenger_name"),
        Print(said["id_number"], 60.0, 20.4, 3.4, "mono", key="id_number"),
        Print(said["endorsements_restrictions"], 122.0, 20.4, 3.4, "hei", key="endorsements_restrictions"),
        Print(said["order_number"], 22.0, 26.4, 3.4, "mono", key="order_number"),
        *(Print(stop, 28.0, 34.0 + 7.4 * i, 3.4, "hei", key="itinerary_list") for i, stop in enumerate(_stops(trip))),
        *([Print("VOID", 28.0, 34.0 + 7.4 * len(_stops(trip)), 3.4, "mono")] if rng.random() < 0.6 else []),
        *_legs(trip, middles, 34.0, 7.4, 2.9),
        Print(f"CNY {said['fare']}", 54.0, 68.4, 3.2, "mono", key="fare"),
        Print(f"CN {said['caac_development_fund']}", 80.0, 68.4, 3.2, "mono", key="caac_development_fund"),
        Print(f"YQ {said['fuel_surcharge']}", 106.0, 68.4, 3.2, "mono", key="fuel_surcharge"),
        Print(f"CNY {said['other_taxes']}", 132.0, 68.4, 3.2, "mono", key="other_taxes"),
        Print(f"CNY {said['total']}", 160.0, 68.4, 3.2, "mono", key="total"),
        Print(said["e_ticket_number"], 31.0, 74.4, 3.3, "mono", key="e_ticket_number"),
        Print(said["check_code"], 78.0, 74.4, 3.3, "mono", key="check_code"),
        Print(said["insurance"], 186.0, 74.4, 3.3, "mono", key="insurance"),
        Print(said["agent_code"], 31.0, 83.0, 3.1, "mono", key="agent_code"),
        Print(said["issue_organization"], 80.0, 83.0, 3.2, "hei", key="issue_organization"),
        Print(said["issue_date"], 176.0, 83.0, 3.2, "mono", key="issue_date"),
    ]
    return Receipt(Paper(214, 98, form, (226, 236, 244)), values, _truth(trip), 7.4)


def electronic(rng: Random) -> Receipt:
    """The invoice as a file: Chinese labels alone, stations with their codes, the tax beside the fare."""
    trip = journey(rng, electronic=True)
    said = trip.fields
    edges = (48.0, 60.0, 74.0, 85.0, 100.0, 112.0, 147.0, 164.0, 181.0, 196.0)
    middles = [(a + b) / 2 for a, b in pairwise(edges)]
    sums = ("fare", "fuel_surcharge", "tax_rate", "tax", "caac_development_fund", "other_taxes", "total")
    heads = ("票价", "燃油附加费", "增值税税率", "增值税税额", "民航发展基金", "其他税费", "合计")
    lefts = (48.0, 68.0, 88.0, 104.0, 124.0, 146.0, 168.0, 196.0)
    form: list[Part] = [
        Print("电子发票（航空运输电子客票行程单）", 102, 12.0, 5.0, "kai", BROWN, align="centre"),
        Seal(102, 15.0, 15.0, 9.6, "全国统一发票监制章", "国家税务总局", "样本税务局", 2.4, curved=False),
        QrCode(f"01,61,,{said['number']},{said['total']},{trip.issued:%Y%m%d},,", 134.0, 14.0, 11.0),
        *box(8.0, 27.0, 196.0, 107.0, BROWN),
        *(Rule(8.0, y, 196.0, y, 0.25, BROWN) for y in (37.0, 43.0, 83.0, 91.0, 99.0)),
        Rule(48.0, 75.0, 196.0, 75.0, 0.25, BROWN),
        *(Rule(x, 27.0, x, 37.0, 0.25, BROWN) for x in (54.0, 112.0)),
        *(Rule(x, 37.0, x, 75.0, 0.25, BROWN) for x in edges[:-1]),
        *(Rule(x, 75.0, x, 83.0, 0.25, BROWN) for x in lefts[:-1]),
        *(Print(text, x, 38.6, 2.5, "kai", BROWN, align="centre") for text, x in zip(_CHINESE, middles, strict=True)),
        *(Print(text, x + 1, 75.6, 2.5, "kai", BROWN) for text, x in zip(heads, lefts, strict=False)),
        *(
            Print(text, x, y, 2.6, "kai", BROWN)
            for text, x, y in (
                ("国内国际标识：", 9.0, 16.0), ("开具状态：", 148.0, 16.0), ("发票号码：", 148.0, 22.0),
                ("旅客姓名", 9.0, 28.0), ("有效身份证件号码", 55.0, 28.0), ("签注", 113.0, 28.0),
                ("电子客票号码：", 9.0, 85.6), ("验证码：", 64.0, 85.6), ("提示信息：", 88.0, 85.6),
                ("保险费：", 170.0, 85.6),
                ("销售网点代号：", 9.0, 93.6), ("填开单位：", 64.0, 93.6), ("填开日期：", 164.0, 93.6),
                ("购买方名称：", 9.0, 101.6), ("统一社会信用代码/纳税人识别号：", 106.0, 101.6),
            )
        ),
        *(Print("自：" if i == 0 else "至：", 9.0, 45.6 + 6.2 * i, 2.6, "kai", BROWN) for i in range(5)),
    ]  # fmt: skip
    places = {
        "international_flag": (27.0, 16.0), "issue_status": (161.0, 16.0), "number": (161.0, 22.0),
        "passenger_name": (9.0, 32.0), "id_number": (55.0, 32.0), "endorsements_restrictions": (113.0, 32.0),
        "e_ticket_number": (27.0, 85.6), "check_code": (74.0, 85.6), "insurance": (180.4, 85.6),
        "agent_code": (27.0, 93.6), "issue_organization": (77.0, 93.6), "issue_date": (177.0, 93.6),
        "buyer_name": (24.6, 101.6), "buyer_id": (146.0, 101.6),
    }  # fmt: skip
    values = [
        *(Print(said[key], x, y, 2.6, "song", key=key) for key, (x, y) in places.items()),
        *(
            Print(
                said[key] if key == "tax_rate" else f"CNY {said[key]}", x - 1, 79.2, 2.6, "song", key=key, align="right"
            )
            for key, x in zip(sums, lefts[1:], strict=True)
        ),
        *(Print(stop, 13.0, 45.6 + 6.2 * i, 2.6, "song", key="itinerary_list") for i, stop in enumerate(_stops(trip))),
        *_legs(trip, middles, 45.6, 6.2, 2.5),
    ]
    return Receipt(Paper(204, 118, form, WHITE), values, _truth(trip), 6.2)


LAYOUTS: Mapping[str, Callable[[Random], Receipt]] = {"paper": paper, "electronic": electronic}
