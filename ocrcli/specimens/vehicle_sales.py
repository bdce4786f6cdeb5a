"""Invoices for vehicles as ruled forms: cells with a label and a value, row by row.

Truth keys: `mvs-invoice` in the service spec. All people, firms, cars and offices are invented; codes are of the city
99, tax offices' codes begin with 199.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from ocrcli.checks import amounts
from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import BLACK, WHITE, Colour
from ocrcli.specimens.documents.base import Print
from ocrcli.specimens.paper import Hole, Paper, Part, QrCode, Rule, Seal
from ocrcli.specimens.receipts import Receipt

BROWN: Colour = (134, 72, 56)
NEW, USED = "机动车销售统一发票", "二手车销售统一发票"
_BANKS = ("样本银行望潮支行", "榆川银行营业部", "双枫银行石湖支行")
_CARS = (
    ("样本牌YB7180E5", "轿车"),
    ("望潮牌WC6470A3", "多用途乘用车"),
    ("双枫牌SF1020", "轻型普通货车"),
    ("青石牌QS7150", "轿车"),
)


@dataclass(frozen=True)
class Cell:
    """A cell of the form: its label (rows set apart by |), what is printed in it, by result keys, and their widths in
    mm. Without a label the value fills the cell."""

    label: str
    label_mm: float
    keys: tuple[str, ...]
    value_mm: float


@dataclass(frozen=True)
class Sale:
    """A sale: what the result keys say, the day, and the province."""

    fields: Mapping[str, str]
    day: date
    province: people.Province


def _phone(rng: Random) -> str:
    return rng.choice((numbers.mobile(rng), f"0{rng.randint(10, 99)}-0{numbers.digits(rng, 7)}"))


def _numbers(rng: Random, province: people.Province, day: date, electronic: bool) -> dict[str, str]:
    if electronic:
        return {"number": numbers.digital_invoice_number(rng, province.code, day.year), "issue_date": day.isoformat()}
    code, number = numbers.local_invoice_code(rng, province.code, day.year), numbers.invoice_number(rng)
    return {
        "code": code,
        "number": number,
        "machine_printed_code": code,
        "machine_printed_number": number,
        "issue_date": day.isoformat(),
        "machine_number": numbers.digits(rng, 12),
        "fiscal_code": "".join(rng.choice("0123456789+-*/<>") for _ in range(5 * 38)),
    }


def _car(rng: Random) -> dict[str, str]:
    model, kind = rng.choice(_CARS)
    return {"brand_model": model, "vehicle_type": kind, "vehicle_identification_number": numbers.vehicle_id(rng)}


def new_sale(rng: Random, electronic: bool) -> Sale:
    """A new vehicle sold by a dealer."""
    province = rng.choice(people.PROVINCES)
    day = people.day(rng, 2024, 2025) if electronic else people.day(rng, 2015, 2023)
    rate = rng.choice(("17%", "16%", "13%", "13%", "3%"))
    net = Decimal(rng.randint(3_000_000, 60_000_000)) / 100
    tax = (net * Decimal(rate[:-1]) / 100).quantize(Decimal("0.01"))
    buyer = people.person(rng)
    firm = rng.random() < 0.5
    number = numbers.credit_code(rng) if firm else buyer.number
    fields = {
        **_numbers(rng, province, day, electronic),
        **_car(rng),
        "buyer_name": people.firm(rng) if firm else buyer.name,
        ("buyer_id" if electronic else "buyer_organization_number"): number,
        "seller_name": people.firm(rng),
        "seller_phone": _phone(rng),
        "seller_id": numbers.credit_code(rng),
        "seller_account": numbers.digits(rng, rng.choice((16, 19, 20))),
        "seller_address": people.address(rng, province)[:22],
        "seller_bank": rng.choice(_BANKS),
        "manufacturing_location": rng.choice(("样本市", "榆川市", "石湖市")),
        "quality_certificate": f"W{rng.choice('ABCDEK')}{numbers.digits(rng, 13)}",
        "engine_number": f"{rng.choice('ABCGHK')}{numbers.digits(rng, 6)}",
        "seating_capacity": rng.choice(("5", "5", "7")),
        "tax_authority": f"国家税务总局样本市{rng.choice(('望潮', '青石', '石湖'))}区税务局",
        "tax_authority_code": f"199{numbers.digits(rng, 8)}",
        "tax_rate": rate,
        "tax": f"{tax:.2f}",
        "tax_exclusive_price": f"{net:.2f}",
        "total": f"{net + tax:.2f}",
        "total_chinese": amounts.in_words(net + tax).replace("元", rng.choice("元圆")),
        "remark": rng.choice(("一车一票", "")),
        "drawer_name": people.name(rng),
        "type": f"电子发票（{NEW}）" if electronic else NEW,
    }
    return Sale(fields, day, province)


def used_sale(rng: Random, electronic: bool) -> Sale:
    """A used car, from one person to another, over an auctioneer or a market."""
    province = rng.choice(people.PROVINCES)
    day = people.day(rng, 2024, 2025) if electronic else people.day(rng, 2015, 2023)
    price = Decimal(rng.randint(50, 3000)) * 100
    buyer, seller = people.person(rng), people.person(rng)
    fields = {
        **_numbers(rng, province, day, electronic),
        **_car(rng),
        "buyer_name": buyer.name,
        "buyer_id": buyer.number,
        "buyer_address": people.address(rng, province)[:22],
        "buyer_phone": _phone(rng),
        "seller_name": seller.name,
        "seller_id": seller.number,
        "seller_address": people.address(rng, province)[:22],
        "seller_phone": _phone(rng),
        "licence_plate_number": f"{province.sign}{rng.choice('ABCDE')}{rng.choice('TXYZ')}{numbers.digits(rng, 4)}",
        "registration_number": numbers.digits(rng, 12),
        "dept_motor_vehicles": rng.choice(("样本市车辆管理所", "榆川市车管所")),
        "total": f"{price:.2f}",
        "total_chinese": amounts.in_words(price).replace("元", rng.choice("元圆")),
        "drawer_name": people.name(rng),
        "type": f"电子发票（{USED}）" if electronic else USED,
    }
    sides = (("auction_org", rng.random() < 0.6), ("used_vehicle_market", rng.random() < 0.8))
    for side, there in sides:
        if there:
            fields |= {
                f"{side}_name": people.firm(rng),
                f"{side}_id": numbers.credit_code(rng),
                f"{side}_address": people.address(rng, province)[:20],
                f"{side}_bank_account": f"{rng.choice(_BANKS)}{numbers.digits(rng, 16)}",
                f"{side}_phone": _phone(rng),
            }
    return Sale(fields, day, province)


def _row(*cells: str) -> tuple[Cell, ...]:
    """Cells told as `label=mm key+key=mm`; labels may hold blanks, and rows set apart by |."""
    told = (re.fullmatch(r"(.*)=(\d+) ([\w+]*)=(\d+)", cell) for cell in cells)
    return tuple(Cell(m[1], float(m[2]), tuple(m[3].split("+")), float(m[4])) for m in told if m)


NEW_PAPER: Sequence[Sequence[Cell]] = (
    _row(
        "购买方名称及|身份证号码/|组织机构代码=26 buyer_name+buyer_organization_number=60",
        "纳税人识别号=40 buyer_id=54",
    ),
    _row("车 辆 类 型=26 vehicle_type=38", "厂牌型号=16 brand_model=60", "产 地=10 manufacturing_location=30"),
    _row(
        "合 格 证 号=26 quality_certificate=38",
        "进口证明书号=22 import_certificate=48",
        "商检单号=16 inspection_number=30",
    ),
    _row("发动机号码=26 engine_number=58", "车辆识别代号/车架号码=38 vehicle_identification_number=58"),
    _row("价 税 合 计=26 total_chinese=100", "小写=0 total=54"),
    _row("销货单位名称=26 seller_name=94", "电话=10 seller_phone=50"),
    _row("纳税人识别号=26 seller_id=94", "账号=10 seller_account=50"),
    _row("地      址=26 seller_address=70", "开户银行=16 seller_bank=68"),
    _row(
        "增值税税率|或征收率=26 tax_rate=22",
        "增值税|税  额=14 tax=38",
        "主管税务|机关及代码=20 tax_authority+tax_authority_code=60",
    ),
    _row(
        "不 含 税 价=26 tax_exclusive_price=44",
        "完税凭证号码=22 tax_payment_receipt=44",
        "吨位=9 tonnage=9",
        "限乘人数=16 seating_capacity=10",
    ),
)
NEW_ELECTRONIC: Sequence[Sequence[Cell]] = (
    _row("购买方名称=26 buyer_name=60", "统一社会信用代码/纳税人识别号/|身份证件号码=46 buyer_id=48"),
    *NEW_PAPER[1:5],
    _row("销货单位名称=26 seller_name=94", "电话=10 seller_phone=50"),
    _row("纳税人识别号=26 seller_id=94", "账号=10 seller_account=50"),
    *NEW_PAPER[7:],
)
USED_FORM: Sequence[Sequence[Cell]] = (
    _row("买方单位/个人=30 buyer_name=66", "单位代码/身份证号码=34 buyer_id=50"),
    _row("买方单位/个人住址=30 buyer_address=94", "电话=12 buyer_phone=44"),
    _row("卖方单位/个人=30 seller_name=66", "单位代码/身份证号码=34 seller_id=50"),
    _row("卖方单位/个人住址=30 seller_address=94", "电话=12 seller_phone=44"),
    _row(
        "车 牌 照 号=30 licence_plate_number=34", "登记证号=18 registration_number=40", "车 辆 类 型=20 vehicle_type=38"
    ),
    _row(
        "车架号/车辆识别代码=34 vehicle_identification_number=40",
        "厂牌型号=16 brand_model=34",
        "转入地车辆|管理所名称=20 dept_motor_vehicles=36",
    ),
    _row("车价合计（大写）=30 total_chinese=90", "小写=0 total=60"),
    _row("经营、拍卖单位=30 auction_org_name=150"),
    _row("经营、拍卖单位地址=34 auction_org_address=64", "纳税人识别号=24 auction_org_id=58"),
    _row("开户银行、账号=30 auction_org_bank_account=94", "电话=12 auction_org_phone=44"),
    _row("二 手 车 市 场=30 used_vehicle_market_name=68", "纳税人识别号=24 used_vehicle_market_id=58"),
    _row("=0 =98", "地 址=24 used_vehicle_market_address=58"),
    _row("开户银行、账号=30 used_vehicle_market_bank_account=94", "电话=12 used_vehicle_market_phone=44"),
)
_LEFT, _WIDTH = 16.0, 180.0


def _cells(
    rows: Sequence[Sequence[Cell]], said: Mapping[str, str], top: float, row_mm: float, ink: Colour
) -> tuple[list[Part], list[Print], float]:
    """The rules and labels of the form, its values, and where the last row ends."""
    form: list[Part] = []
    values: list[Print] = []
    y = top
    for row in rows:
        high = row_mm * max(1.0, 0.62 * max(cell.label.count("|") + 1 for cell in row))
        x = _LEFT
        for cell in row:
            form += list(_frame(x, y, cell, high, ink))
            values += list(_values(x + cell.label_mm, y, cell, high, said))
            x += cell.label_mm + cell.value_mm
        y += high
    return form, values, y


def _frame(x: float, y: float, cell: Cell, high: float, ink: Colour) -> Iterator[Part]:
    right = x + cell.label_mm + cell.value_mm
    for ends in ((x, y, right, y), (x, y + high, right, y + high), (x, y, x, y + high), (right, y, right, y + high)):
        yield Rule(*ends, 0.25, ink)
    if cell.label_mm:
        yield Rule(x + cell.label_mm, y, x + cell.label_mm, y + high, 0.25, ink)
    lines = cell.label.split("|")
    for number, line in enumerate(lines):
        top = y + high / 2 + (number - len(lines) / 2) * 3.4
        if line and cell.label_mm:
            yield Print(line, x + cell.label_mm / 2, top, 2.9, "kai", ink, align="centre")
        elif line:
            yield Print(line, x + 2, top, 2.9, "kai", ink)


def _values(x: float, y: float, cell: Cell, high: float, said: Mapping[str, str]) -> Iterator[Print]:
    there = [key for key in cell.keys if said.get(key)]
    for number, key in enumerate(there):
        text = said[key]
        size = min(3.1, (cell.value_mm - 3) / max(1.0, sum(1.0 if ord(c) > 255 else 0.56 for c in text)))
        top = y + high / 2 + (number - len(there) / 2) * 3.7
        if key in ("total", "tax", "tax_exclusive_price"):
            text = f"￥{text}"
        if key == "total_chinese":
            yield Print("⊗", x + 4, top, size, "song")
            yield Print(text, x + 9, top, size, "song", key=key)
        elif key == "tax_exclusive_price":
            yield Print("小写", x + 2, top, 2.9, "kai", BROWN)
            yield Print(text, x + 11, top, size, "song", key=key)
        else:
            yield Print(text, x + (12 if key == "total" else 3), top, size, "song", key=key)


def _machine(said: Mapping[str, str], ink: Colour) -> tuple[list[Part], list[Print]]:
    """The box with what the tax control machine prints."""
    form: list[Part] = []
    values: list[Print] = []
    for number, (label, key) in enumerate(
        (
            ("机 打 代 码", "machine_printed_code"),
            ("机 打 号 码", "machine_printed_number"),
            ("机 器 编 号", "machine_number"),
        )
    ):
        form.append(Print(label, _LEFT + 13, 31.0 + 5.4 * number, 2.9, "kai", ink, align="centre"))
        values.append(Print(said[key], _LEFT + 29, 30.6 + 5.4 * number, 3.1, "mono", key=key))
    for x0, x1 in ((_LEFT, 42.0), (42.0, 94.0), (94.0, 102.0), (102.0, _LEFT + _WIDTH)):
        ends = ((x0, 28, x1, 28), (x0, 48, x1, 48), (x0, 28, x0, 48), (x1, 28, x1, 48))
        form += [Rule(*end, 0.25, ink) for end in ends]
    form += [Print(c, 98.0, 31.0 + 5 * i, 2.9, "kai", ink, align="centre") for i, c in enumerate("税控码")]
    code = said["fiscal_code"]
    values += [
        Print(code[38 * i : 38 * i + 38], 105.0, 29.0 + 3.7 * i, 3.3, "mono", key="fiscal_code") for i in range(5)
    ]
    return form, values


def _foot(said: Mapping[str, str], y: float, ink: Colour, rng: Random) -> tuple[list[Part], list[Print]]:
    form: list[Part] = [
        Print("销货单位盖章" if "seller_bank" in said else "开票单位（盖章）", _LEFT + 1, y + 2, 2.9, "kai", ink),
        Print("开票人", _LEFT + 76, y + 2, 2.9, "kai", ink),
        Print("备注：", _LEFT + 134, y + 2, 2.9, "kai", ink),
    ]
    values = [Print(said["drawer_name"], _LEFT + 90, y + 1.8, 3.1, "song", key="drawer_name")]
    if said.get("remark"):
        values.append(Print(said["remark"], _LEFT + 143, y + 1.8, 3.1, "song", key="remark"))
    if rng.random() < 0.6:
        name = said["seller_name"] if len(said["seller_name"]) > 4 else people.firm(rng)
        form.append(
            Seal(
                _LEFT + 40, y - 4, 16, 11, name, numbers.credit_code(rng), "发票专用章", 2.0, curved=False, stamped=True
            )
        )
    return form, values


def paper(rng: Random, sale: Sale, rows: Sequence[Sequence[Cell]], row_mm: float) -> Receipt:
    """The paper form on tractor paper, printed into by needles."""
    said = sale.fields
    title = said["type"]
    machine, printed = _machine(said, BROWN)
    form, values, end = _cells(rows, said, 48.0, row_mm, BROWN)
    foot, names = _foot(said, end, BROWN, rng)
    head: list[Part] = [
        *(Hole(x, 6.0 + 11.0 * i, 1.8) for x in (6.0, 206.0) for i in range(int((end + 10) // 11))),
        Print(
            "　".join(title) if rng.random() < 0.3 else title,
            106,
            7.0,
            6.0,
            "kai",
            BROWN,
            "type",
            "centre",
            spacing=1.6,
        ),
        Print("发 票 联", 106, 15.0, 5.0, "kai", BROWN, align="centre", spacing=2.0),
        Seal(
            106, 14.4, 14.5, 9.4, "全国统一发票监制章", "国家税务总局", f"{sale.province.name}税务局", 2.4, curved=False
        ),
        Print("发票代码", 146.0, 14.6, 3.1, "kai", BROWN),
        Print("发票号码", 146.0, 19.6, 3.1, "kai", BROWN),
        Print(said["code"], 162.0, 14.2, 3.8, "sans", BLACK, "code"),
        Print(said["number"], 162.0, 19.2, 3.8, "sans", BLACK, "number"),
        Print("开票日期", _LEFT + 1, 22.6, 3.1, "kai", BROWN),
        Print("第一联 发票联（购货单位付款凭证）", 201.5, 52.0, 2.6, "kai", BROWN, width=2.7, leading=3.4),
    ]
    dated = Print(said["issue_date"], _LEFT + 20, 22.2, 3.4, "mono", key="issue_date")
    fields = {key: value for key, value in said.items() if value}
    everything = [dated, *printed, *values, *names]
    return Receipt(Paper(212, end + 15, [*head, *machine, *form, *foot], (244, 240, 232)), everything, fields, row_mm)


def electronic(rng: Random, sale: Sale, rows: Sequence[Sequence[Cell]], row_mm: float) -> Receipt:
    """The electronic form: number and day alone at its head, a QR code, no machine's box."""
    said = sale.fields
    form, values, end = _cells(rows, said, 34.0, row_mm, BROWN)
    foot, names = _foot(said, end, BROWN, rng)
    head: list[Part] = [
        Print(said["type"], 106, 9.0, 5.6, "kai", BROWN, "type", "centre"),
        Seal(
            106, 16.0, 14.5, 9.4, "全国统一发票监制章", "国家税务总局", f"{sale.province.name}税务局", 2.4, curved=False
        ),
        QrCode(f"01,32,,{said['number']},{said['total']},{sale.day:%Y%m%d},,", 18.0, 8.0, 20.0),
        Print("发票号码：", 150.0, 18.0, 3.1, "kai", BROWN),
        Print("开票日期：", 150.0, 24.0, 3.1, "kai", BROWN),
        Print(said["number"], 165.0, 18.0, 3.1, "song", BLACK, "number"),
        Print(f"{sale.day:%Y年%m月%d日}", 165.0, 24.0, 3.1, "song", BLACK, "issue_date"),
    ]
    fields = {key: value for key, value in said.items() if value}
    return Receipt(Paper(212, end + 15, [*head, *form, *foot], WHITE), [*values, *names], fields, row_mm)


LAYOUTS: Mapping[str, Callable[[Random], Receipt]] = {
    "new": lambda rng: paper(rng, new_sale(rng, False), NEW_PAPER, 8.4),
    "used": lambda rng: paper(rng, used_sale(rng, False), USED_FORM, 7.0),
    "new-electronic": lambda rng: electronic(rng, new_sale(rng, True), NEW_ELECTRONIC, 8.4),
    "used-electronic": lambda rng: electronic(rng, used_sale(rng, True), USED_FORM, 7.0),
}
