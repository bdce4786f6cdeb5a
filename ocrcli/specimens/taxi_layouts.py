"""The layouts of taxi receipts, a city each: the printed form, and what the meter prints over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

from ocrcli.specimens.canvas import BLACK, WHITE, Colour
from ocrcli.specimens.documents.base import Print
from ocrcli.specimens.paper import Paper, Part, Rule, Seal
from ocrcli.specimens.receipts import Column, Receipt, Row, black_block, box
from ocrcli.specimens.taxi_trips import Trip

BROWN: Colour = (120, 62, 40)
CRIMSON: Colour = (178, 44, 50)
RED: Colour = (214, 50, 52)
ORANGE: Colour = (196, 120, 62)
TEAL: Colour = (40, 96, 104)
SUPERVISION = "全国统一发票监制章"


def _fields(rows: Sequence[Row], trip: Trip, **more: str) -> dict[str, str]:
    """The normal forms of what the rows print."""
    began, ended = f"{trip.began:%H:%M}", f"{trip.ended:%H:%M}"
    known = {
        "taxi_number": trip.city.sign[0] + trip.car,
        "date": f"{trip.began:%Y-%m-%d}",
        "time": f"{began}-{ended}",
        "boarding_time": began,
        "alighting_time": ended,
        "unit_price": trip.per_km,
        "distance": trip.distance,
        "fare": f"{trip.fare:.2f}",
        "fuel_oil_surcharge": f"{trip.fuel:.2f}",
        "call_service_surcharge": f"{trip.call:.2f}",
        "total": f"{trip.total:.2f}",
    }
    said = {row.key: known.get(row.key, row.value) for row in rows if row.key is not None}
    return {"location": trip.city.name, "code": trip.code, "number": trip.number, **said, **more}


def _waited(trip: Trip) -> str:
    minutes, seconds = divmod(trip.waited.seconds, 60)
    return f"00:{minutes:02d}:{seconds:02d}"


def _seal(trip: Trip, x: float, y: float, rx: float, ry: float, size: float = 2.9) -> Seal:
    """The tax authority's, printed with the form."""
    return Seal(x, y, rx, ry, SUPERVISION, "国家税务总局", f"{trip.city.name}税务局", size, curved=False)


def _stamp(trip: Trip, x: float, y: float) -> Seal:
    """The company's."""
    return Seal(x, y, 12.0, 8.6, trip.company, trip.company_id, "发票专用章", 2.0, curved=False)


def _imprint(rng: Random, trip: Trip) -> str:
    return f"样税 票通 [{trip.began:%Y}] {rng.randint(1, 40)}号 {rng.randint(1, 9)}仟卷 样本票证印务有限公司印"


def shenzhen(rng: Random, trip: Trip) -> Receipt:
    """Long, labels in brown, the number in another red, the meter's print on the right edge."""
    without_sign = f"{trip.began:%Y年%m月%d日}"
    rows = [
        Row("车号：", trip.car, "taxi_number"),
        Row("证号：", trip.driver, "certificate_number"),
        Row("日期：", without_sign, "date"),
        Row("上车：", f"{trip.began:%H:%M}", "boarding_time"),
        Row("下车：", f"{trip.ended:%H:%M}", "alighting_time"),
        Row("单价：", f"{trip.per_km}元", "unit_price"),
        Row("里程：", f"{trip.distance}KM", "distance"),
        Row("等候：", _waited(trip), "waiting_time"),
        Row("金额：", f"￥{trip.fare:.2f}元", "fare"),
        Row("另收附加费：", f"￥ {trip.fuel:.2f}元", "fuel_oil_surcharge"),
        Row("另收电召费：", f"￥ {trip.call:.2f}元", "call_service_surcharge"),
        Row("卡号："),
        Row("卡余额："),
    ]
    form, meter = Column(11.6, 52.4, 83.0, 5.12, 3.1, 4.1, BROWN).parts(rows)
    head: list[Part] = [
        black_block(42, 9, 56, 15.5),
        Print("深圳市出租汽车专用发票", 29, 17.0, 4.35, "kai", BROWN, align="centre"),
        Rule(4.6, 22.2, 53.4, 22.2, 0.35, BROWN),
        *(
            Print(c, x, 27.0, 4.9, "hei", BROWN, align="centre")
            for c, x in zip("发票联", (10.2, 28.8, 47.2), strict=True)
        ),
        _seal(trip, 28.6, 24.8, 18.4, 11.6),
        Print("发票代码", 6.0, 39.0, 3.5, "kai", BROWN, spacing=0.3),
        Print(trip.code, 22.4, 38.8, 4.0, "sans", BROWN, "code", pitch=2.5),
        Print("发票号码", 6.0, 45.4, 3.5, "kai", BROWN, spacing=0.3),
        Print(trip.number, 23.0, 44.6, 5.2, "sans", RED, "number", pitch=3.45),
        Print("投诉电话：12328", 6.4, 53.2, 3.0, "hei", BROWN, "phone_number"),
        Print(f"单位名称：{trip.company}", 6.4, 58.4, min(2.6, 47 / (5 + len(trip.company))), "hei", BROWN, "company"),
        Print("发票信息查询请登录税务局网站：tax.example.cn", 6.4, 63.2, 1.9, "hei", BROWN),
        Print(_imprint(rng, trip), 6.4, 67.4, 1.65, "hei", BROWN),
        black_block(2.6, 71.6, 17, 77.8),
        *box(19.4, 72.4, 50.8, 77.4, BROWN),
        Print("机打发票  手写无效", 35.1, 73.1, 3.2, "kai", BROWN, align="centre"),
    ]
    tail: list[Part] = [_stamp(trip, rng.uniform(36, 46), rng.uniform(134, 144))] if rng.random() < 0.8 else []
    paper = Paper(57.5, 157, [*head, *form, *tail], (250, 250, 248))
    fields = _fields(rows, trip, phone_number="12328", company=trip.company) | {"taxi_number": trip.car}
    return Receipt(paper, meter, fields, 5.12)


def xian(rng: Random, trip: Trip) -> Receipt:
    """Narrow, labels in orange with English below, code and number in the meter's ink, the plate's sign on the form."""
    minutes, seconds = divmod(trip.waited.seconds, 60)
    rows = [
        Row("监督电话：", f"029-0{trip.number[:5]}", None, "Supervisor Tel"),
        Row("经营单位编号：", trip.number[2:6], None, "Management No."),
        Row("电话：", trip.phone, None, "Tel"),
        Row("证号：", trip.driver, "certificate_number", "Certificate No."),
        Row("车号：  陕", f"{trip.car[0]}-{trip.car[1:]}", "taxi_number", "Taxi No."),
        Row("日期：", f"{trip.began:%Y年%m月%d日}", "date", "Date"),
        Row("上车：", f"{trip.began:%H:%M}", "boarding_time", "Get on"),
        Row("下车：", f"{trip.ended:%H:%M}", "alighting_time", "Get off"),
        Row("单价：", f"{trip.per_km}元/公里", "unit_price", "Unit Price"),
        Row("里程：", f"{trip.distance}公里", "distance", "Mileage"),
        Row("等候：", f"00:{minutes:02d}.{seconds:02d}", "waiting_time", "Wait"),
        Row("金额：", f"{trip.fare:.2f}元", "fare", "Sum"),
    ]
    form, meter = Column(12.0, 49.0, 68.4, 7.6, 3.0, 4.0, ORANGE).parts(rows)
    meter += [
        Print(trip.code, 30, 54.0, 4.4, "hei", key="code", align="centre", pitch=2.9),
        Print(trip.number, 28.0, 59.6, 4.2, "hei", key="number", spacing=0.3),
    ]
    head: list[Part] = [
        black_block(46.5, 3.5, 57, 10.5),
        Print("陕西省国家税务局", 29, 14.0, 4.0, "hei", ORANGE, align="centre", spacing=0.6),
        Print("出租车机打发票", 29, 20.4, 4.2, "hei", ORANGE, align="centre", spacing=1.0),
        Print("TAXI  RECEIPT", 29, 26.4, 3.2, "serif", ORANGE, align="centre", weight=0.04),
        _seal(trip, 28.6, 22.6, 19.6, 11.8),
        Print("发  票  联", 29, 32.4, 3.4, "hei", ORANGE, align="centre"),
        Print("INVOICE", 29, 37.0, 2.8, "sans", ORANGE, align="centre"),
        Print("发票代码：", 3.0, 48.4, 3.3, "kai", ORANGE),
        Print("发票号码：", 3.0, 59.8, 3.3, "kai", ORANGE),
        black_block(0, 65.8, 9.5, 72.4),
        *(Print(c, 53.6, 120 + 3.3 * i, 2.6, "kai", ORANGE) for i, c in enumerate("机打发票手写无效")),
    ]
    tail: list[Part] = [_stamp(trip, rng.uniform(36, 44), rng.uniform(74, 84))] if rng.random() < 0.7 else []
    fields = _fields(rows, trip, total=f"{trip.fare:.2f}")
    return Receipt(Paper(57, 163, [*head, *form, *tail], (248, 247, 243)), meter, fields, 7.6)


def beijing(rng: Random, trip: Trip) -> Receipt:
    """The time is one range; the surcharges and what was paid stand below the fare."""
    rows = [
        Row("单位", trip.short, "company"),
        Row("电话", trip.phone, "phone_number"),
        Row("车号", f"{trip.car[0]}.{trip.car[1:]}", "taxi_number"),
        Row("证号", trip.driver, "certificate_number"),
        Row("日期", f"{trip.began:%Y-%m-%d}", "date"),
        Row("时间", f"{trip.began:%H:%M}-{trip.ended:%H:%M}", "time"),
        Row("单价", f"{trip.per_km}元/km", "unit_price"),
        Row("里程", f"{trip.distance}km", "distance"),
        Row("等候", _waited(trip), "waiting_time"),
        Row("状态", rng.choice(("正常", "00", "往返"))),
        Row("金额", f"{trip.fare:.2f}元", "fare"),
        Row("燃油附加费", f"{trip.fuel:.2f}元", "fuel_oil_surcharge"),
        Row("预约叫车服务费", f"{trip.call:.2f}元", "call_service_surcharge"),
        Row("实收金额", f"{trip.total:.2f}元", "total"),
    ]
    form, meter = Column(5.0, 24.0, 54.0, 5.6, 3.3, 3.7, CRIMSON, "left", "sans").parts(rows)
    meter = [replace(p, x=36.0) if p.key in ("fuel_oil_surcharge", "call_service_surcharge") else p for p in meter]
    head: list[Part] = [
        Print("北京市出租汽车专用发票", 28, 12.0, 4.3, "song", CRIMSON, align="centre", weight=0.03),
        Print("BEIJING TAXI SPECIAL INVOICE", 28, 17.2, 2.1, "serif", CRIMSON, align="centre"),
        Print("发 票 联", 28, 22.6, 4.2, "song", CRIMSON, align="centre", spacing=1.4),
        _seal(trip, 28, 21.0, 15.4, 10.0, 2.4),
        Print("发票代码", 5.0, 36.4, 3.3, "song", CRIMSON),
        Print(trip.code, 20.0, 36.0, 3.9, "sans", CRIMSON, "code", pitch=2.4),
        Print("发票号码", 5.0, 42.6, 3.3, "song", CRIMSON),
        Print(trip.number, 20.0, 42.0, 4.4, "sans", RED, "number", pitch=2.9),
        Print("密    码", 5.0, 48.4, 2.8, "song", CRIMSON),
        *box(19.6, 48.0, 50.0, 51.8, CRIMSON),
        Print("（手写无效）", 28, 134.0, 3.0, "song", CRIMSON, align="centre"),
        Print(_imprint(rng, trip), 28, 139.0, 1.6, "song", CRIMSON, align="centre"),
    ]
    tail: list[Part] = [_stamp(trip, rng.uniform(36, 43), rng.uniform(120, 132))] if rng.random() < 0.6 else []
    fields = _fields(rows, trip) | {"taxi_number": trip.car}
    return Receipt(Paper(56, 145, [*head, *form, *tail], (252, 248, 244)), meter, fields, 5.6, summed=True)


def shanghai(rng: Random, trip: Trip) -> Receipt:
    """Labels set wide, in crimson; one sum that holds the surcharges; places for a card that stay empty."""
    rows = [
        Row("电 话", trip.phone, "phone_number"),
        Row("车 号", f"{trip.city.sign}-{trip.car[1:]}", "taxi_number"),
        Row("证 号", trip.driver, "certificate_number"),
        Row("日 期", f"{trip.began:%Y年%m月%d日}", "date"),
        Row("上 车", f"{trip.began:%H:%M}", "boarding_time"),
        Row("下 车", f"{trip.ended:%H:%M}", "alighting_time"),
        Row("单 价", f"{trip.per_km}元", "unit_price"),
        Row("里 程", f"{trip.distance}公里", "distance"),
        Row("候 时", _waited(trip), "waiting_time"),
        Row("状 态", rng.choice(("1", "2", "3"))),
        Row("电调费", f"{trip.call:.2f}元", "call_service_surcharge"),
        Row("总 额", f"{trip.total:.2f}元", "total"),
        Row("卡 号"),
        Row("卡原额"),
        Row("余 额"),
    ]
    if rng.random() < 0.4:
        rows[12:] = [
            Row("卡 号", trip.number[::-1] + trip.driver[:4]),
            Row("卡原额", f"{trip.total + 57.3:.2f}元"),
            Row("余 额", "57.30元"),
        ]
    form, meter = Column(6.5, 51.0, 53.0, 5.3, 3.4, 3.9, CRIMSON, face="mono").parts(rows)
    head: list[Part] = [
        Print("上海市出租汽车统一发票", 29, 9.4, 4.5, "kai", CRIMSON, align="centre"),
        Print("发  票  联", 29, 17.0, 4.6, "kai", CRIMSON, align="centre", weight=0.03),
        _seal(trip, 29, 15.6, 15.0, 9.8, 2.4),
        Print(f"发票代码 {trip.code}", 29, 28.6, 3.7, "hei", CRIMSON, "code", align="centre"),
        Print(f"发票号码 {trip.number}", 29, 34.8, 3.7, "hei", RED, "number", align="centre", weight=0.03),
        Print(trip.company, 29, 41.0, 3.0, "hei", CRIMSON, "company", align="centre"),
        Print("车费发票 · 涂改无效", 29, 46.0, 2.5, "hei", CRIMSON, align="centre"),
        Print(_imprint(rng, trip), 29, 135.4, 1.7, "hei", CRIMSON, align="centre"),
    ]
    tail: list[Part] = [_stamp(trip, rng.uniform(36, 44), rng.uniform(108, 124))] if rng.random() < 0.5 else []
    # The fare is not printed: the sum holds what was paid for ordering the car.
    fields = _fields(rows, trip) | {"taxi_number": trip.city.sign + trip.car[1:], "company": trip.company}
    return Receipt(Paper(58, 140, [*head, *form, *tail], (253, 247, 246)), meter, fields, 5.3)


def guangzhou(rng: Random, trip: Trip) -> Receipt:
    """Units stand in the labels; date and the company's short name have no label."""
    rows = [
        Row("", f"{trip.began:%Y-%m-%d}", "date"),
        Row("车牌号", trip.city.sign[0] + trip.car, "taxi_number"),
        Row("证号", trip.driver, "certificate_number"),
        Row("上车", f"{trip.began:%H:%M}", "boarding_time"),
        Row("下车", f"{trip.ended:%H:%M}", "alighting_time"),
        Row("单价(元/公里)", trip.per_km, "unit_price"),
        Row("里程(公里)", trip.distance, "distance"),
        Row("候时", _waited(trip), "waiting_time"),
        Row("金额(元)", f"{trip.fare:.2f}", "fare"),
        Row("燃油附加费(元)", f"{trip.fuel:.2f}", "fuel_oil_surcharge"),
        Row("电召费(元)", f"{trip.call:.2f}", "call_service_surcharge"),
        Row("实收金额(元)", f"{trip.total:.2f}", "total"),
    ]
    form, meter = Column(8.0, 54.0, 50.0, 6.0, 3.2, 3.8, TEAL, face="hei").parts(rows)
    head: list[Part] = [
        Print("广州市出租汽车专用发票", 31, 8.0, 4.6, "hei", TEAL, align="centre"),
        Print("发 票 联", 31, 15.0, 4.0, "hei", TEAL, align="centre", spacing=2.0),
        _seal(trip, 31, 14.6, 16.0, 10.0, 2.5),
        Print("发票代码：", 8.0, 27.6, 3.3, "hei", TEAL),
        Print(trip.code, 25.0, 27.4, 3.8, "hei", RED, "code"),
        Print("发票号码：", 8.0, 33.2, 3.3, "hei", TEAL),
        Print(trip.number, 25.0, 33.0, 3.8, "hei", RED, "number"),
        Print(f"单位：{trip.company}", 8.0, 39.0, min(2.7, 46 / (3 + len(trip.company))), "hei", TEAL, "company"),
        Print("监督电话：12328", 8.0, 43.4, 2.7, "hei", TEAL, "phone_number"),
        *box(5.0, 48.4, 57.0, 123.0, TEAL),
        Print("此发票手写无效", 31, 125.0, 2.8, "hei", TEAL, align="centre"),
        Print(_imprint(rng, trip), 31, 130.0, 1.7, "hei", TEAL, align="centre"),
    ]
    tail: list[Part] = [_stamp(trip, rng.uniform(30, 46), rng.uniform(106, 116))] if rng.random() < 0.6 else []
    fields = _fields(rows, trip, phone_number="12328", company=trip.company)
    return Receipt(Paper(62, 134, [*head, *form, *tail], (246, 250, 250)), meter, fields, 6.0, summed=True)


def chengdu(rng: Random, trip: Trip) -> Receipt:
    """On a roll: the form has only a head, the meter prints the labels too."""
    rows = [
        Row("识别编号:", f"{trip.number[:4]}{trip.driver[:4]}", "identification_number"),
        Row("单位:", trip.short, "company"),
        Row("电话:", trip.phone, "phone_number"),
        Row("车牌号:", f"{trip.city.sign}·{trip.car[1:]}", "taxi_number"),
        Row("证号:", trip.driver, "certificate_number"),
        Row("日期:", f"{trip.began:%Y/%m/%d}", "date"),
        Row("时间:", f"{trip.began:%H:%M}-{trip.ended:%H:%M}", "time"),
        Row("单价:", f"{trip.per_km}元/公里", "unit_price"),
        Row("里程:", f"{trip.distance}公里", "distance"),
        Row("等候:", _waited(trip), "waiting_time"),
        Row("金额:", f"{trip.fare:.2f}元", "fare"),
        Row("燃油附加费:", f"{trip.fuel:.2f}元", "fuel_oil_surcharge"),
        Row("电调费:", f"{trip.call:.2f}元", "call_service_surcharge"),
        Row("实收金额:", f"{trip.total:.2f}元", "total"),
    ]
    _, meter = Column(5.0, 25.0, 46.0, 5.0, 3.4, 3.4, BLACK, "left", printed=False).parts(rows)
    head: list[Part] = [
        Print("成都市出租汽车发票", 29, 10.0, 5.0, "song", RED, align="centre"),
        Print("发票联", 29, 17.6, 3.8, "song", RED, align="centre", spacing=3.0),
        _seal(trip, 29, 16.0, 15.6, 10.0, 2.4),
        Print("发票代码", 5.0, 29.4, 3.3, "song", RED),
        Print(trip.code, 20.0, 29.0, 3.9, "mono", RED, "code", weight=0.03),
        Print("发票号码", 5.0, 35.4, 3.3, "song", RED),
        Print(trip.number, 20.0, 35.0, 3.9, "mono", RED, "number", weight=0.03),
        Print("- " * 26, 29, 41.0, 2.0, "sans", RED, align="centre"),
    ]
    tail: list[Part] = [_stamp(trip, rng.uniform(34, 44), rng.uniform(100, 118))] if rng.random() < 0.4 else []
    fields = _fields(rows, trip) | {"taxi_number": trip.city.sign + trip.car[1:]}
    return Receipt(Paper(58, 128, [*head, *tail], WHITE), meter, fields, 5.0, summed=True)


LAYOUTS: Mapping[str, Callable[[Random, Trip], Receipt]] = {
    "beijing": beijing,
    "shanghai": shanghai,
    "guangzhou": guangzhou,
    "shenzhen": shenzhen,
    "xian": xian,
    "chengdu": chengdu,
}
