"""What an invented VAT invoice says: seller and buyer, goods with tax, sums, numbers, by seed.

Every value is text in the normal form of the service spec (`vat-invoice`). The sums hold: amount × rate = tax in each
row, the rows' sums are the totals, net and tax make the total, and the words say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from random import Random

from ocrcli.checks import amounts
from ocrcli.specimens import numbers, people

Row = dict[str, str]  # an item or a trip: the spec's keys; what is not printed is left out

EXEMPT = "免税"
STARS = "***"  # printed for the tax of what is exempt
CENT = Decimal("0.01")
_SHENZHEN = "44"  # its province


@dataclass(frozen=True)
class Kind:
    """A kind of invoice. `code` is the end of a 12-digit code, empty for one of 10 digits; `qr` its number there."""

    type: str
    title: str
    qr: str
    code: str = ""
    tag: str = ""
    years: tuple[int, int] = (2020, 2023)
    chained: bool = False  # on Shenzhen's block chain

    @property
    def digital(self) -> bool:
        """True for the fully digital ones, which have a number of 20 digits and no code."""
        return self.type.startswith("fully_digitalized")


_DIGITAL = (2023, 2026)
_SPECIAL, _NORMAL = "fully_digitalized_special_electronic", "fully_digitalized_normal_electronic"
KINDS: Mapping[str, Kind] = {
    "special": Kind("special", "{0}增值税专用发票", "01"),
    "normal": Kind("normal", "{0}增值税普通发票", "04"),
    "electronic": Kind("electronic", "{0}增值税电子普通发票", "10", "11"),
    "special-electronic": Kind("special_electronic", "{0}增值税电子专用发票", "08", "13"),
    "toll": Kind("toll", "{0}增值税电子普通发票", "10", "12", "通行费"),
    "block-chain": Kind("electronic", "深圳电子普通发票", "10", years=(2019, 2022), chained=True),
    "roll": Kind("roll", "{0}增值税普通发票（卷票）", "11", "07"),
    "digital-special": Kind(_SPECIAL, "电子发票（增值税专用发票）", "31", years=_DIGITAL),
    "digital-normal": Kind(_NORMAL, "电子发票（普通发票）", "32", years=_DIGITAL),
    "passenger": Kind(_NORMAL, "电子发票（普通发票）", "32", tag="旅客运输服务", years=_DIGITAL),
}

# Tax category, rate, goods, units; the categories are those of the tax authority's list, the goods are anything.
_GOODS = (
    ("纸制品", "13%", ("复印纸A4", "牛皮信封", "笔记本B5", "账册"), ("箱", "包", "本")),
    ("计算机外部设备", "13%", ("激光打印机LP-220", "无线鼠标", "扫描仪S30"), ("台", "个")),
    ("电线电缆", "13%", ("铜芯电缆YJV 3×4", "网线CAT6"), ("米", "箱")),
    ("家具", "13%", ("办公桌1.4m", "折叠椅", "五层书柜"), ("张", "把", "件")),
    ("日用杂品", "13%", ("陶瓷杯", "竹筷", "玻璃壶1.2L", "毛巾"), ("只", "双", "条")),
    ("谷物加工品", "9%", ("小米", "挂面", "燕麦片500g"), ("袋", "千克")),
    ("运输服务", "9%", ("货物运输费", "搬运运费"), ("次", "")),
    ("信息技术服务", "6%", ("软件维护费", "系统测试服务", "数据整理服务费"), ("项", "次", "")),
    ("住宿服务", "6%", ("住宿费",), ("天", "间")),
    ("餐饮服务", "6%", ("餐费", "会议用餐"), ("", "次")),
    ("蔬菜", EXEMPT, ("鲜萝卜", "鲜白菜", "鲜蘑菇"), ("千克", "箱")),
)
_SPECIFICATIONS = ("", "", "80g", "500张/包", "HX-20", "3m", "DN25", "2.5kg", "M8×30", "标准型")
_REMARKS = ("", "", "项目：旧仓库整理", "合同编号：HT-2023-0047", "样本，不作凭证", "订单号：31877204516")
_BANKS = ("样本银行", "渡口银行", "南坡农村商业银行")
_VEHICLES = ("客车", "货车")
_TRANSPORT = ("网约车", "出租汽车", "长途客运")


@dataclass(frozen=True)
class Party:
    """Buyer or seller; the address comes with the telephone, the bank with the account."""

    name: str
    id: str = ""
    address: str = ""
    bank: str = ""


@dataclass(frozen=True)
class Invoice:
    """An invoice: `values` by the spec's keys, rows of items and trips, the lines of its cipher."""

    kind: Kind
    province: people.Province
    values: Mapping[str, str]
    items: tuple[Row, ...]
    cipher: tuple[str, ...] = ()
    trips: tuple[Row, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")

    @property
    def qr_text(self) -> str:
        """What the QR code says: version, kind, code, number, amount, date, check code, a checksum.

        On a block-chain invoice the seller's number stands before the amount, and a hash at the end.
        """
        if self.kind.chained:
            told = [self["code"], self["number"], self["seller_id"], self["subtotal_amount"], self["issue_date"]]
            digest = sha256("".join(told).encode()).hexdigest()
            return ",".join(["01", self.kind.qr, *told[:-1], told[-1].replace("-", ""), digest])
        amount = self["total"] if self.kind.digital or self.kind.type == "roll" else self["subtotal_amount"]
        day = self["issue_date"].replace("-", "")
        told = ["01", self.kind.qr, self["code"], self["number"], amount, day, self["check_code"]]
        checksum = sum((place + 1) * ord(c) for place, c in enumerate(",".join(told))) % 65536
        return ",".join([*told, f"{checksum:04X}", ""])


def invoice(rng: Random, kind: Kind) -> Invoice:
    """An invoice of this kind whose every value is right."""
    province = rng.choice([p for p in people.PROVINCES if p.code == _SHENZHEN] if kind.chained else people.PROVINCES)
    items = _toll(rng, province) if kind.type == "toll" else _items(rng, kind)
    seller, buyer = _party(rng, kind), _party(rng, kind)
    if kind.type in ("normal", "electronic", "roll") and rng.random() < 0.2:
        buyer = Party("个人")
    told = {
        "type": kind.type,
        "title": kind.title.format(province.short),
        **({"invoice_tag": kind.tag} if kind.tag else {}),
        **_numbers(rng, kind, province),
        **_named("buyer", buyer, kind),
        **_named("seller", seller, kind),
        **_sums(items, kind),
        **_people(rng, kind),
    }
    if kind.type != "roll":
        told["remarks"] = rng.choice(_REMARKS)
    cipher = _cipher(rng) if not kind.digital and not kind.chained and kind.type != "roll" else ()
    trips = _trips(rng) if kind.tag == "旅客运输服务" else ()
    return Invoice(kind, province, told, items, cipher, trips)


def listed(rng: Random) -> Invoice:
    """What a sales list says: many goods, and the invoice on paper that they belong to."""
    whole = invoice(rng, KINDS["special"])
    items = tuple(row for _ in range(6) for row in _items(rng, whole.kind))
    sums = {key: value for key, value in _sums(items, whole.kind).items() if key.startswith("subtotal")}
    kept = ("code", "number", "issue_date", "buyer_name", "seller_name")
    return replace(whole, values={key: whole[key] for key in kept} | sums, items=items, cipher=())


def altered(rng: Random, right: Invoice) -> Invoice:
    """The invoice with one digit of an amount, a tax or a tax number misprinted."""
    keys = [k for k in ("subtotal_amount", "subtotal_tax", "total", "seller_id", "buyer_id") if _figures(right[k])]
    rows = [] if right.kind.type == "roll" else ["amount", "tax"]
    taxed = [n for n, item in enumerate(right.items) if _figures(item.get("tax", ""))]
    key = rng.choice([*keys, *(rows if taxed else [])])
    if key not in rows:
        wrong = _misprint(rng, right[key])
        return replace(right, values={**right.values, key: wrong}, notes=(f"{key} misprinted on purpose",))
    at = rng.choice(taxed)
    items = list(right.items)
    items[at] = {**items[at], key: _misprint(rng, items[at][key])}
    return replace(right, items=tuple(items), notes=(f"item_list/{at}/{key} misprinted on purpose",))


def _misprint(rng: Random, text: str) -> str:
    # Never the first digit: a zero there would be no normal form.
    first = next(at for at, character in enumerate(text) if character in numbers.DIGITS)
    return numbers.misprint(rng, text, range(first + 1, len(text)))


def _figures(text: str) -> bool:
    return any(character in numbers.DIGITS for character in text)


def _items(rng: Random, kind: Kind) -> tuple[Row, ...]:
    """One to six rows; some are followed by a discount, a negative row of the same name and rate."""
    if kind.tag:
        return _with_discount(rng, _row(rng, "*运输服务*客运服务费", "3%", "", ""), 0.5)
    rows: list[Row] = []
    for _ in range(rng.choice((1, 1, 2, 3, 4))):
        category, rate, goods, units = rng.choice(_GOODS)
        specification = rng.choice(_SPECIFICATIONS) if rate == "13%" else ""
        row = _row(rng, f"*{category}*{rng.choice(goods)}", rate, rng.choice(units), specification)
        rows += _with_discount(rng, row, 0.2)
    # A roll's amounts include the tax, of which it says nothing.
    return tuple(_without_tax(row) for row in rows) if kind.type == "roll" else tuple(rows)


def _without_tax(row: Row) -> Row:
    return {key: value for key, value in row.items() if key not in ("tax_rate", "tax", "specification", "unit")}


def _row(rng: Random, name: str, rate: str, unit: str, specification: str) -> Row:
    quantity = Decimal(rng.choice((1, 1, 2, 3, 5, 10, 24, 120)))
    price = (Decimal(rng.randint(300, 90_000)) / 100 / Decimal("1.13")).quantize(Decimal(1).scaleb(-rng.choice((2, 8))))
    amount = (quantity * price).quantize(CENT, ROUND_HALF_UP)
    row = {
        "name": name,
        "specification": specification,
        "unit": unit,
        "quantity": str(quantity),
        "unit_price": f"{price:f}",
        **_taxed(amount, rate),
    }
    return {key: value for key, value in row.items() if value}


def _taxed(amount: Decimal, rate: str) -> Row:
    tax = STARS
    if rate != EXEMPT:
        tax = amounts.normal((amount * Decimal(rate.rstrip("%")) / 100).quantize(CENT, ROUND_HALF_UP))
    return {"amount": amounts.normal(amount), "tax_rate": rate, "tax": tax}


def _with_discount(rng: Random, row: Row, share: float) -> tuple[Row, ...]:
    if rng.random() >= share:
        return (row,)
    off = (Decimal(row["amount"]) * rng.randint(2, 30) / 100).quantize(CENT, ROUND_HALF_UP)
    return row, {"name": row["name"], **_taxed(-off, row["tax_rate"])}


def _toll(rng: Random, province: people.Province) -> tuple[Row, ...]:
    """One to three passages."""
    rows = []
    for _ in range(rng.randint(1, 3)):
        start = people.day(rng, 2020, 2022)
        rows.append(
            {
                "name": "*经营租赁*通行费",
                "license_plate_number": f"{province.sign}{rng.choice('ABCDE')}{numbers.digits(rng, 5)}",
                "vehicle_type": rng.choice(_VEHICLES),
                "start_date": start.isoformat(),
                "end_date": (start + timedelta(days=rng.randint(0, 3))).isoformat(),
                **_taxed(Decimal(rng.randint(500, 60_000)) / 100, "3%"),
            }
        )
    return tuple(rows)


def _sums(items: tuple[Row, ...], kind: Kind) -> Row:
    amount = sum((Decimal(item["amount"]) for item in items), Decimal(0))
    taxes = [Decimal(item["tax"]) for item in items if item.get("tax", STARS) != STARS]
    total = amount + sum(taxes, Decimal(0))
    totals = {"total": amounts.normal(total), "total_in_words": amounts.in_words(total).replace("元", "圆")}
    if kind.type == "roll":
        return totals
    tax = amounts.normal(sum(taxes, Decimal(0))) if taxes else STARS
    return {"subtotal_amount": amounts.normal(amount), "subtotal_tax": tax, **totals}


def _numbers(rng: Random, kind: Kind, province: people.Province) -> Row:
    day = people.day(rng, *kind.years)
    if kind.digital:
        return {
            "number": numbers.digital_invoice_number(rng, province.code, day.year),
            "issue_date": day.isoformat(),
        }
    if kind.chained:
        return {
            "code": numbers.block_chain_code(day.year),
            "number": numbers.invoice_number(rng),
            "issue_date": day.isoformat(),
            "check_code": "".join(rng.choice("0123456789abcdef") for _ in range(5)),
        }
    told = {
        "code": numbers.invoice_code(rng, province.code, day.year, kind.code),
        "number": numbers.invoice_number(rng),
        "issue_date": day.isoformat(),
    }
    if kind.type != "special":
        told["check_code"] = numbers.digits(rng, 20)
    if kind.type != "special" and kind.type != "normal":
        told["machine_number"] = "999" + numbers.digits(rng, 9)
    if kind.type in ("special", "normal"):
        told |= {"print_code": told["code"]}
    if kind.type in ("special", "normal", "roll"):
        told |= {"print_number": told["number"]}
    return told


def _named(role: str, party: Party, kind: Kind) -> Row:
    told = {f"{role}_name": party.name, f"{role}_id": party.id}
    if kind.digital or kind.type == "roll":
        return told
    return {**told, f"{role}_address": party.address, f"{role}_bank": party.bank}


def _party(rng: Random, kind: Kind) -> Party:
    if kind.digital or kind.type == "roll":
        return Party(people.firm(rng), numbers.credit_code(rng))
    telephone = f"0{rng.randint(100, 999)}-{numbers.digits(rng, 8)}"
    branch = f"{rng.choice(_BANKS)}{people.firm(rng)[:2]}支行"
    return Party(
        people.firm(rng),
        numbers.credit_code(rng),
        f"{people.address(rng, rng.choice(people.PROVINCES))} {telephone}",
        f"{branch} {numbers.digits(rng, rng.choice((17, 19)))}",
    )


def _people(rng: Random, kind: Kind) -> Row:
    if kind.digital:
        return {"issuer": people.name(rng)}
    if kind.type == "roll":
        return {"receiver": people.name(rng)}
    return {role: people.name(rng) for role in ("receiver", "reviewer", "issuer")}


def _cipher(rng: Random) -> tuple[str, ...]:
    """Four lines of 27 signs, as tax control machines make them."""
    return tuple("".join(rng.choice("0123456789+-*/<>") for _ in range(27)) for _ in range(4))


def _trips(rng: Random) -> tuple[Row, ...]:
    if rng.random() < 0.3:
        return ()
    someone = people.person(rng)
    trips = []
    for _ in range(rng.randint(1, 2)):
        here, there = rng.sample(people.PROVINCES, 2)
        trips.append(
            {
                "traveler_name": someone.name,
                "id_number": someone.number,
                "travel_date": people.day(rng, 2023, 2026).isoformat(),
                "departure_location": here.short,
                "arrival_location": there.short,
                "transportation_type": rng.choice(_TRANSPORT),
            }
        )
    return tuple(trips)
