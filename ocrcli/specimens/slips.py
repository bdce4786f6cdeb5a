"""Receipts, tickets and licences that have no drawing of their own yet, as sheets show them: what names them and their
numbers, at their size and colour.

They are laid out after the official forms, but simpler; whoever they name is invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from ocrcli.checks import amounts
from ocrcli.geometry import quad_of_box
from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import BLACK, WHITE, Canvas, Colour
from ocrcli.specimens.documents.base import MM, Document, Order, Print, print_all
from ocrcli.specimens.ornament import mark, portrait, security_lines
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

RED: Colour = (176, 40, 44)
BLUE: Colour = (40, 70, 140)
GREEN: Colour = (40, 110, 70)


@dataclass(frozen=True)
class Slip:
    """A kind of slip: its class in the vendors' list, its size in mm, its paper, its print.

    `key` is the result key of its number, `value` the name under which the number stands in the prints. `portrait` is
    its box in mm, `lines` the colour of the fine lines that cover the paper.
    """

    type: str
    size: tuple[float, float]
    prints: tuple[Print, ...]
    paper: Colour = WHITE
    key: str = "number"
    value: str = "number"
    portrait: tuple[float, float, float, float] | None = None
    lines: Colour | None = None


def _list(labels: str, x: float, top: float, leading: float, size: float, colour: Colour) -> tuple[Print, ...]:
    """Rows of a label and its value each, told as `label=value`, set apart by `/`."""
    rows = [row.split("=") for row in labels.split("/")]
    return tuple(
        Print(text, at, top + i * leading, size, colour=ink, key="number" if text == "{number}" else None)
        for i, (label, value) in enumerate(rows)
        for text, at, ink in ((label, x, colour), (value, x + (len(label) + 1) * size, BLACK))
        if text
    )


def _licence(title: str, rows: str, latin: str, x: float = 6.0) -> tuple[Print, ...]:
    return (
        Print(title, 44.0, 4.5, 4.4, face="song", align="centre", weight=0.05),
        Print(latin, 44.0, 9.8, 2.2, align="centre"),
        *_list(rows, x, 14.6, 6.2, 2.8, RED),
    )


_LICENCE = (88.0, 60.0)
SLIPS: Mapping[str, Slip] = {
    "quota": Slip(
        "quota_invoice",
        (100.0, 58.0),
        (
            Print("{province}国家税务局通用定额发票", 50.0, 6.0, 4.6, colour=RED, align="centre", weight=0.04),
            Print("发 票 联", 50.0, 13.0, 3.6, colour=RED, align="centre"),
            *_list("发票代码={code}/发票号码={number}", 26.0, 20.0, 6.4, 3.8, RED),
            Print("{words}", 50.0, 34.0, 6.4, align="centre", weight=0.05),
            Print("收款单位（盖章有效）", 8.0, 46.0, 3.0),
            Print("开票日期    年  月  日", 62.0, 46.0, 3.0),
        ),
        paper=(252, 240, 240),
        lines=(244, 214, 214),
    ),
    "toll": Slip(
        "toll_invoice",
        (80.0, 66.0),
        (
            Print("{province}车辆通行费专用发票", 40.0, 5.0, 4.0, colour=GREEN, align="centre", weight=0.03),
            *_list("发票代码={code}/发票号码={number}", 8.0, 12.6, 5.6, 3.4, GREEN),
            *_list(
                "入口={station}/出口={station2}/车型=一型客车/金额={amount}元/收费员={digits6}/时间={day} {time}",
                *(8.0, 25.4, 6.0, 3.4, GREEN),
            ),
        ),
        paper=(244, 250, 243),
        lines=(214, 234, 214),
    ),
    "flight": Slip(
        "flight_itinerary",
        (200.0, 96.0),
        (
            Print("航空运输电子客票行程单", 100.0, 4.0, 5.0, colour=BLUE, align="centre", weight=0.04),
            Print("ITINERARY/RECEIPT OF E-TICKET FOR AIR TRANSPORT", 100.0, 10.4, 2.8, colour=BLUE, align="centre"),
            Print("印刷序号: {digits14}", 150.0, 4.4, 3.0),
            *_list("旅客姓名=/有效身份证件号码=", 8.0, 17.0, 6.0, 2.8, BLUE),
            Print("{name}", 40.0, 16.8, 3.2),
            Print("{idno}", 40.0, 22.8, 3.2),
            Print("签注 不得签转", 110.0, 17.0, 3.0),
            *(
                Print(label, 36.0 + 21.0 * i, 32.0, 2.6, colour=BLUE)
                for i, label in enumerate(("承运人", "航班号", "座位等级", "日期", "时间", "客票级别", "免费行李"))
            ),
            *(
                Print(value, 36.0 + 21.0 * i, 40.0, 2.8)
                for i, value in enumerate(("样本航空", "XY{digits4}", "Y", "{day}", "{time}", "YRT", "20K"))
            ),
            Print("自 FROM {station}", 8.0, 40.0, 2.8),
            Print("至 TO {station2}", 8.0, 48.0, 2.8),
            Print("票价 CNY{amount}", 20.0, 62.0, 3.0),
            Print("民航发展基金 CN50.00", 66.0, 62.0, 3.0),
            Print("合计 CNY{amount}", 124.0, 62.0, 3.0),
            Print("电子客票号码 {number}", 8.0, 74.0, 3.2, key="number"),
            Print("保险费 XXX", 110.0, 74.0, 3.0),
            Print("填开单位 样本航空票务", 8.0, 84.0, 3.0),
            Print("填开日期 {day}", 110.0, 84.0, 3.0),
        ),
        paper=(240, 246, 250),
        key="e_ticket_number",
        lines=(216, 228, 240),
    ),
    "bankcard": Slip(
        "bankcard",
        (85.6, 54.0),
        (
            Print("样本银行", 6.0, 6.0, 5.0, colour=WHITE),
            Print("借记卡", 70.0, 7.0, 3.6, colour=WHITE),
            Print("{card}", 42.8, 28.0, 5.4, colour=WHITE, face="ocr-b", align="centre", key="number"),
            Print("VALID", 40.0, 38.6, 2.4, colour=WHITE),
            Print("THRU", 40.0, 41.2, 2.4, colour=WHITE),
            Print("{month}", 49.0, 39.2, 3.8, colour=WHITE),
            Print("ATM", 8.0, 46.0, 3.2, colour=WHITE),
            Print("银联", 68.0, 43.0, 4.0, colour=WHITE),
            Print("UnionPay", 66.0, 47.6, 3.0, colour=WHITE),
        ),
        paper=(30, 70, 130),
        key="card_number",
        value="card",
    ),
    "driver": Slip(
        "driver_license",
        _LICENCE,
        (
            *_licence(
                "中华人民共和国机动车驾驶证",
                "证号={idno}/姓名={name}/性别=男 国籍 中国/住址=/出生日期={birth}/初次领证日期={day}/准驾车型=C1",
                "Driving License of the People's Republic of China",
                24.0,
            ),
            Print("有效期限 {day} 至 {later_day}", 24.0, 57.0 - 0.8, 2.4),
        ),
        paper=(238, 240, 232),
        value="idno",
        portrait=(4.0, 20.0, 21.0, 42.0),
        lines=(222, 230, 214),
    ),
    "driver-duplicate": Slip(
        "driver_license",
        _LICENCE,
        _licence(
            "中华人民共和国机动车驾驶证副页",
            "证号={idno}/姓名={name}/档案编号={number}/记录=请于{day}前提交身体条件证明",
            "",
        ),
        paper=(238, 240, 232),
        key="file_number",
        lines=(222, 230, 214),
    ),
    "vehicle": Slip(
        "vehicle_license",
        _LICENCE,
        _licence(
            "中华人民共和国机动车行驶证",
            "号牌号码={plate} 车辆类型 小型轿车/所有人={name}/住址=/使用性质=非营运/品牌型号=样本牌YB7180/"
            "车辆识别代号={vin}/发动机号码={number}",
            "Vehicle License of the People's Republic of China",
        ),
        paper=(236, 240, 244),
        key="engine_no",
        lines=(216, 226, 236),
    ),
    "vehicle-duplicate": Slip(
        "vehicle_license",
        _LICENCE,
        _licence(
            "中华人民共和国机动车行驶证副页",
            "号牌号码={plate}/档案编号={number}/核定载人数=5人/总质量=1650kg/整备质量=1230kg/外廓尺寸=4600×1800×1460mm/"
            "检验记录={day}",
            "",
        ),
        paper=(236, 240, 244),
        key="file_no",
        lines=(216, 226, 236),
    ),
    "car-sale": Slip(
        "mvs_invoice",
        (216.0, 140.0),
        (
            Print("机动车销售统一发票", 108.0, 8.0, 7.0, colour=RED, align="centre", weight=0.06),
            Print("发 票 联", 108.0, 17.0, 4.0, colour=RED, align="centre"),
            *_list("发票代码={code}/发票号码={number}", 146.0, 14.0, 6.0, 3.6, RED),
            *_list(
                "购买方名称={firm}/厂牌型号=样本牌YB7180/合格证号=WB{digits14}/发动机号码={digits6}/价税合计={words}/"
                "完税凭证号码={digits7}/主管税务机关=样本市税务局",
                *(16.0, 36.0, 12.0, 3.4, RED),
            ),
            *_list(
                "车辆类型=轿车/进口证明书号=/商检单号=/车辆识别代号={vin}/限乘人数=5/吨位=/开票日期={day}",
                *(124.0, 36.0, 12.0, 3.4, RED),
            ),
        ),
        paper=(253, 250, 246),
    ),
}


def slip_documents() -> dict[str, Document]:
    """The slips as documents, by their class. No service reads them: they lie on sheets."""
    types = dict.fromkeys(kind.type for kind in SLIPS.values())
    return {
        type: Document("classify", tuple(name for name, kind in SLIPS.items() if kind.type == type), slip, type=type)
        for type in types
    }


def slip(order: Order) -> Specimen:
    """A slip of the kind that the order names; its fields hold its number."""
    rng = Random(order.seed)
    kind = SLIPS[order.kind]
    values = _values(rng)
    wide, high = (round(side * MM) for side in kind.size)
    canvas = Canvas(wide, high, kind.paper)
    if kind.lines:
        security_lines(canvas, rng, (kind.lines,), spacing=14.0)
    if kind.portrait:
        x0, y0, x1, y1 = kind.portrait
        portrait(canvas, rng, (x0 * MM, y0 * MM, x1 * MM, y1 * MM), WHITE)
    print_all(canvas, kind.prints, values, order.typecase)
    mark(canvas, wide - 2 * MM, high - 3 * MM, 1.8 * MM)
    fields = {kind.key: values[kind.value].replace(" ", "")}
    return finished(canvas, fields=fields, documents=(quad_of_box(0, 0, wide, high),))


def _values(rng: Random) -> dict[str, Any]:
    """Everything that slips say."""
    someone = people.person(rng)
    province = rng.choice(people.PROVINCES)
    day = people.day(rng, 2016, 2025)
    hour, minute = rng.randint(6, 21), rng.randint(0, 49)
    card = numbers.bank_card(rng, 16)
    amount = rng.randint(10, 480)
    return {
        "province": province.name,
        "code": numbers.invoice_code(rng, province.code, day.year, ""),
        "number": numbers.invoice_number(rng),
        "card": " ".join(card[i : i + 4] for i in range(0, 16, 4)),
        "plate": f"{province.sign}{rng.choice('ABCDE')}·{rng.choice('TXYZ')}{numbers.digits(rng, 4)}",
        "vin": numbers.vehicle_id(rng),
        "name": someone.name,
        "idno": someone.number,
        "birth": someone.birth.isoformat(),
        "firm": people.firm(rng),
        "day": day.isoformat(),
        "later_day": day.replace(year=day.year + 6, day=min(day.day, 28)).isoformat(),
        "month": f"{day:%m/%y}",
        "time": f"{hour:02d}:{minute:02d}",
        "amount": f"{amount}.00",
        "words": amounts.in_words(Decimal(rng.choice((5, 10, 20, 50, 100)))),
        "station": rng.choice(("禾泽", "榆川", "澜岭", "砚湖")),
        "station2": rng.choice(("霜桥", "槐安", "鹭屿", "箬溪")),
        **{f"digits{count}": numbers.digits(rng, count) for count in (4, 6, 7, 14)},
    }
