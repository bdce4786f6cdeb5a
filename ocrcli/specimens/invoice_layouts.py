"""The layouts of VAT invoices, after the forms that the State Taxation Administration prescribes: the classic form on
paper and as electronic file, the fully digital one, the roll."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from ocrcli.specimens.canvas import BLACK, Colour
from ocrcli.specimens.documents.base import Print
from ocrcli.specimens.invoice_content import Invoice
from ocrcli.specimens.invoice_parts import (
    SIZE,
    STRUCK,
    YUAN,
    ColumnOf,
    Ink,
    ems,
    headings,
    rows,
    spoken_date,
    totals,
)
from ocrcli.specimens.paper import Hole, Paper, Part, QrCode, Rule, Seal
from ocrcli.specimens.words import wrap

BROWN: Colour = (146, 84, 44)
DARK_RED: Colour = (128, 20, 24)
_PRINTER_INKS: tuple[Colour, ...] = ((40, 52, 140), (30, 30, 36), (96, 104, 168))  # the last of a worn ribbon
_STRIP = 12.5  # mm of punched strip on each side of tractor paper

_GOODS = (
    ColumnOf("货物或应税劳务、服务名称", "name", 7.6, 55, "left"),
    ColumnOf("规格型号", "specification", 55, 77, "left"),
    ColumnOf("单位", "unit", 77, 87, "centre"),
    ColumnOf("数 量", "quantity", 87, 106),
    ColumnOf("单 价", "unit_price", 106, 130),
    ColumnOf("金 额", "amount", 130, 161),
    ColumnOf("税率", "tax_rate", 161, 173, "centre"),
    ColumnOf("税 额", "tax", 173, 207.4),
)
_PASSAGES = (
    ColumnOf("项目名称", "name", 7.6, 51, "left"),
    ColumnOf("车牌号", "license_plate_number", 51, 84, "left"),
    ColumnOf("类型", "vehicle_type", 84, 97, "centre"),
    ColumnOf("通行日期起", "start_date", 97, 117, "centre"),
    ColumnOf("通行日期止", "end_date", 117, 137, "centre"),
    ColumnOf("金 额", "amount", 137, 166),
    ColumnOf("税率", "tax_rate", 166, 177, "centre"),
    ColumnOf("税 额", "tax", 177, 207.4),
)
_DIGITAL_GOODS = (
    ColumnOf("项目名称", "name", 5, 48, "left"),
    ColumnOf("规格型号", "specification", 48, 73, "centre"),
    ColumnOf("单 位", "unit", 73, 87, "centre"),
    ColumnOf("数 量", "quantity", 87, 106),
    ColumnOf("单 价", "unit_price", 106, 131),
    ColumnOf("金 额", "amount", 131, 156),
    ColumnOf("税率/征收率", "tax_rate", 156, 179, "centre"),
    ColumnOf("税 额", "tax", 179, 205),
)
_RIDES = (
    ColumnOf("项目名称", "name", 5, 62, "left"),
    ColumnOf("单 价", "unit_price", 62, 92, "centre"),
    ColumnOf("数 量", "quantity", 92, 124, "centre"),
    ColumnOf("金 额", "amount", 124, 154),
    ColumnOf("税率/征收率", "tax_rate", 154, 179, "centre"),
    ColumnOf("税 额", "tax", 179, 205),
)
_TRIPS = (
    ColumnOf("出行人", "traveler_name", 5, 26, "centre"),
    ColumnOf("有效身份证件号", "id_number", 26, 65, "centre"),
    ColumnOf("出行日期", "travel_date", 65, 91, "centre"),
    ColumnOf("出发地", "departure_location", 91, 123, "centre"),
    ColumnOf("到达地", "arrival_location", 123, 155, "centre"),
    ColumnOf("等级", "class", 155, 174, "centre"),
    ColumnOf("交通工具类型", "transportation_type", 174, 205, "centre"),
)


def paper_of(invoice: Invoice, rng: Random) -> Paper:
    """The invoice in the layout of its kind."""
    if invoice.kind.type == "roll":
        return _roll(invoice)
    if invoice.kind.digital:
        return Paper(210, 144, [*_digital(invoice, Ink(DARK_RED))])
    if invoice.kind.type in ("special", "normal"):
        return _on_tractor_paper(invoice, rng)
    return Paper(215, 139, [*_classic(invoice, Ink(BROWN))])


def seals_of(invoice: Invoice) -> tuple[Seal, Seal]:
    """The tax authority's seal and the seller's, where the classic form has them."""
    authority = _authority_seal(invoice, 107.5, 16.5)
    words = (invoice["seller_name"], invoice["seller_id"], "发票专用章")
    return authority, Seal(183, 117, 19, 13.5, *words, 2.9, curved=False, stamped=True)


def _authority_seal(invoice: Invoice, x: float, y: float) -> Seal:
    words = ("全国统一发票监制章", invoice.province.short, "国家税务总局监制")
    return Seal(x, y, 14.5, 9.5, *words, 2.4, curved=True, stamped=invoice.kind.digital)


def _mark() -> Print:
    return Print("SPECIMEN 样本", 3, 1.2, 2.4, colour=(150, 150, 150))


def _on_tractor_paper(invoice: Invoice, rng: Random) -> Paper:
    """The classic form between two punched strips, filled in by a dot-matrix printer that misses its place a bit."""
    ink = Ink(BROWN, rng.choice(_PRINTER_INKS), 0.03, rng.uniform(-0.9, 0.9), rng.uniform(-0.5, 0.5))
    parts = [_shifted(part) for part in _classic(invoice, ink)]
    holes = [Hole(x, y, 2.0) for x in (6, 234) for y in range(8, 140, 13)]
    edges = [Rule(x, 0, x, 140, 0.1, (190, 186, 178)) for x in (_STRIP, 240 - _STRIP)]
    return Paper(240, 140, [*holes, *edges, *parts], ground=(250, 248, 242))


def _shifted(part: Part) -> Part:
    if isinstance(part, Rule):
        return replace(part, x0=part.x0 + _STRIP, x1=part.x1 + _STRIP)
    return replace(part, x=part.x + _STRIP)


def _classic(invoice: Invoice, ink: Ink) -> Iterator[Part]:
    columns = _PASSAGES if invoice.kind.type == "toll" else _GOODS
    yield _mark()
    yield from _classic_head(invoice, ink)
    yield from ink.box(7.6, 29, 207.4, 124)
    for y in (51.5, 95, 103):
        yield ink.rule(7.6, y, 207.4, y)
    for column in columns[1:]:
        yield ink.rule(column.left, 51.5, column.left, 95)
    yield from _party(invoice, ink, "buyer", "购买方", 29)
    yield from _party(invoice, ink, "seller", "销售方", 103)
    if invoice.cipher:
        yield from ink.upright("密码区", 125.5, 30, 50.5)
    for number, line in enumerate(invoice.cipher):
        yield from ink.put(line, 131, 30.6 + 5.1 * number, key="encryption_block", face="mono", size=3.6, spacing=0.5)
    yield from headings(columns, 52.6, ink)
    yield from rows(invoice.items, columns, 57.2, 4.2, ink)
    yield from totals(invoice, columns, 90.6, ink)
    yield from _words(invoice, ink, 97.4, 12)
    yield ink.rule(columns[1].left, 95, columns[1].left, 103)
    yield from ink.upright("备注", 125.5, 105, 122)
    yield from ink.put(invoice["remarks"], 129.5, 105.5, key="remarks", within=50)
    roles = (("收 款 人:", "receiver", 11), ("复 核:", "reviewer", 70), ("开 票 人:", "issuer", 112))
    for label, role, x in roles:
        yield ink.label(label, x, 125.4)
        yield from ink.put(invoice[role], x + 1 + ems(label) * SIZE, 125.4, key=role)
    yield ink.label("销 售 方:（章）", 157, 125.4)
    yield from seals_of(invoice)


def _classic_head(invoice: Invoice, ink: Ink) -> Iterator[Part]:
    yield ink.label(invoice["title"], 107.5, 7.5, 6.4, "centre")
    for y in (17.2, 18.2):
        yield ink.rule(71, y, 144, y)
    yield QrCode(invoice.qr_text, 11.5, 4.2, 19 if not invoice["print_code"] else 16, ink.value)
    yield from ink.put(invoice["invoice_tag"], 33, 17, key="invoice_tag", size=5)
    if invoice["machine_number"]:
        yield ink.label("机器编号:", 8.4, 24.6)
        yield from ink.put(invoice["machine_number"], 24, 24.6, key="machine_number")
    if invoice["print_code"]:
        yield from _paper_numbers(invoice, ink)
        return
    entries = (
        ("发票代码:", "code", invoice["code"]),
        ("发票号码:", "number", invoice["number"]),
        ("开票日期:", "issue_date", spoken_date(invoice["issue_date"])),
        ("校 验 码:", "check_code", _grouped(invoice["check_code"])),
    )
    for number, (label, key, text) in enumerate(entries):
        yield ink.label(label, 152, 7.5 + 5 * number)
        yield from ink.put(text, 167.5, 7.5 + 5 * number, key=key)


def _paper_numbers(invoice: Invoice, ink: Ink) -> Iterator[Part]:
    """On paper code and number are printed with the form, large, and once more, small, by the issuer's program."""
    yield Print(invoice["code"], 31, 8, 5.6, "mono", BLACK, "code")
    yield Print("№", 147, 7.6, 6, "serif", BLACK)
    yield Print(invoice["number"], 156, 7.4, 6.4, "mono", (40, 60, 150), "number", weight=0.06)
    yield from ink.put(invoice["print_code"], 189.5, 8.2, key="print_code", size=2.7, face="mono")
    yield from ink.put(invoice["print_number"], 189.5, 12.4, key="print_number", size=2.7, face="mono")
    yield ink.label("发 票 联", 107.5, 20.6, 4.6, "centre")
    yield ink.label("开票日期:", 157, 22.6)
    yield from ink.put(spoken_date(invoice["issue_date"]), 172.5, 22.6, key="issue_date")
    if invoice["check_code"]:
        yield from ink.put(f"校验码 {_grouped(invoice['check_code'])}", 11, 22.6, key="check_code")
    yield from ink.upright("第二联：发票联购买方记账凭证", 210.4, 40, 110)


def _grouped(digits: str) -> str:
    return " ".join(digits[at : at + 5] for at in range(0, len(digits), 5))


_PARTY = (
    ("名        称:", "name"),
    ("纳税人识别号:", "id"),
    ("地 址、电 话:", "address"),
    ("开户行及账号:", "bank"),
)


def _party(invoice: Invoice, ink: Ink, role: str, title: str, top: float) -> Iterator[Part]:
    bottom = 51.5 if role == "buyer" else 124
    for x in (15.4, 123, 128):
        yield ink.rule(x, top, x, bottom)
    yield from ink.upright(title, 11.5, top + 1, bottom - 1)
    entries = (
        ("名        称:", "name"),
        ("纳税人识别号:", "id"),
        ("地 址、电 话:", "address"),
        ("开户行及账号:", "bank"),
    )
    for number, (label, key) in enumerate(entries):
        y = top + 1.6 + 5.0 * number
        yield ink.label(label, 17, y)
        name = f"{role}_{key}"
        yield from ink.put(invoice[name], 38.5, y, key=name, within=82)


def _words(invoice: Invoice, ink: Ink, y: float, indent: float) -> Iterator[Part]:
    """The row of the total, in words and in figures."""
    yield ink.label("价税合计（大写）", 31.3, y, align="centre")
    yield from ink.put(STRUCK, 45 + indent, y - 0.6, size=4.4)
    yield from ink.put(invoice["total_in_words"], 50 + indent, y, key="total_in_words", size=3.4)
    yield ink.label("（小写）", 149, y)
    yield from ink.put(f"{YUAN}{invoice['total']}", 163, y, key="total", size=3.4)


def _digital(invoice: Invoice, ink: Ink) -> Iterator[Part]:
    passenger = invoice.kind.tag == "旅客运输服务"
    columns = _RIDES if passenger else _DIGITAL_GOODS
    yield _mark()
    yield ink.label(invoice["title"], 105, 9, 6.6, "centre")
    for y in (18.0, 19.0):
        yield ink.rule(69, y, 141, y)
    yield _authority_seal(invoice, 105, 18)
    yield QrCode(invoice.qr_text, 6.5, 5, 20)
    yield from ink.put(invoice["invoice_tag"], 33, 14, key="invoice_tag")
    for label, key, text, y in (
        ("发票号码：", "number", invoice["number"], 12.0),
        ("开票日期：", "issue_date", spoken_date(invoice["issue_date"]), 18.2),
    ):
        yield ink.label(label, 155, y)
        yield from ink.put(text, 170.5, y, key=key)
    yield from _digital_parties(invoice, ink)
    foot = 108 if passenger else 100
    yield from ink.box(5, 30, 205, foot + 28)
    for y in (52, foot, foot + 8):
        yield ink.rule(5, y, 205, y)
    yield from headings(columns, 53.2, ink)
    yield from rows(invoice.items, columns, 57.4, 4.2, ink)
    yield from totals(invoice, columns, 78 if passenger else 94.5, ink)
    if passenger:
        yield ink.rule(5, 82.5, 205, 82.5)
        yield ink.rule(5, 87.5, 205, 87.5)
        yield from headings(_TRIPS, 83.4, ink)
        yield from _trips(invoice, ink)
    yield from _words(invoice, ink, foot + 2.4, 8)
    yield ink.rule(51, foot, 51, foot + 8)
    yield ink.rule(11, foot + 8, 11, foot + 28)
    yield from ink.upright("备注", 8, foot + 9, foot + 27)
    yield from ink.put(invoice["remarks"], 12.5, foot + 9.5, key="remarks")
    yield ink.label("开票人：", 20, foot + 30.5)
    yield from ink.put(invoice["issuer"], 33.5, foot + 30.5, key="issuer")


def _digital_parties(invoice: Invoice, ink: Ink) -> Iterator[Part]:
    for role, title, left in (("buyer", "购买方信息", 5.0), ("seller", "销售方信息", 105.0)):
        yield ink.rule(left, 30, left, 52)
        yield ink.rule(left + 6, 30, left + 6, 52)
        yield from ink.upright(title, left + 3, 30.8, 51.2)
        yield ink.label("名称：", left + 7, 33.4)
        yield from ink.put(invoice[f"{role}_name"], left + 16.5, 33.4, key=f"{role}_name", within=76)
        label = "统一社会信用代码/纳税人识别号："
        yield ink.label(label, left + 7, 44)
        x = left + 7.5 + ems(label) * SIZE
        yield from ink.put(invoice[f"{role}_id"], x, 44, key=f"{role}_id", face="mono", size=3.3)


def _trips(invoice: Invoice, ink: Ink) -> Iterator[Part]:
    for number, trip in enumerate(invoice.trips):
        for column in _TRIPS:
            key = f"passenger_travel_item_list/{number}/{column.key}"
            place = (column.place, 89.0 + 4.4 * number)
            room = column.right - column.left - 1
            yield from ink.put(trip.get(column.key, ""), *place, key=key, align=column.align, within=room)


def _roll(invoice: Invoice) -> Paper:
    """The strip of a till: one entry below the other."""
    ink = Ink(BROWN, (40, 40, 60), 0.02)
    parts: list[Part] = [
        _mark(),
        ink.label(invoice["title"], 38, 8, 4.0, "centre"),
        ink.label("发 票 联", 38, 16, 4.6, "centre"),
    ]
    parts.append(Seal(38, 13.5, 12, 7.5, "全国统一发票监制章", invoice.province.short, "国家税务总局监制", 2.0, True))
    y = 25.0
    for label, key in _ROLL_HEAD:
        parts.append(ink.label(label, 4, y))
        text = spoken_date(invoice[key]) if key == "issue_date" else invoice[key]
        for line in wrap(text, 44 / SIZE, ems):
            parts += ink.put(line, 25, y, key=key)
            y += 4.6
    for x, heading in zip((4, 32, 46, 60), ("项目", "单价", "数量", "金额"), strict=True):
        parts.append(ink.label(heading, x, y + 1))
    y += 6
    for number, item in enumerate(invoice.items):
        key = f"item_list/{number}"
        for line in wrap(item["name"], 66 / SIZE, ems):
            parts += ink.put(line, 4, y, key=f"{key}/name")
            y += 4.4
        for name, right in (("unit_price", 42), ("quantity", 54), ("amount", 72)):
            parts += ink.put(item.get(name, ""), right, y, key=f"{key}/{name}", align="right")
        y += 4.8
    y += 2
    foot = (
        ("合计金额（小写）", "total", f"{YUAN}{invoice['total']}"),
        ("合计金额（大写）", "total_in_words", invoice["total_in_words"]),
        ("校验码", "check_code", invoice["check_code"]),
    )
    for label, key, text in foot:
        parts.append(ink.label(label, 4, y))
        parts += ink.put(text, 31, y, key=key, within=42)
        y += 5
    parts.append(QrCode(invoice.qr_text, 27, y + 2, 22))
    return Paper(76, y + 30, parts, ground=(252, 250, 244))


_ROLL_HEAD = (
    ("发票代码", "code"),
    ("发票号码", "number"),
    ("机打号码", "print_number"),
    ("机器编号", "machine_number"),
    ("销售方名称", "seller_name"),
    ("纳税人识别号", "seller_id"),
    ("开票日期", "issue_date"),
    ("收款员", "receiver"),
    ("购买方名称", "buyer_name"),
    ("纳税人识别号", "buyer_id"),
)
