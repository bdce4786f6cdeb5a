"""Quota invoices (定额发票): a fixed amount in words, printed with the form; lying, upright, with a coupon or a scratch
field.

Truth keys: `quota-invoice` in the service spec. The amount is as it is printed in words; `location` is the place in the
title. Codes are of the city 99.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random

from ocrcli.checks import amounts
from ocrcli.specimens import numbers, people
from ocrcli.specimens.canvas import BLACK, Colour
from ocrcli.specimens.documents.base import Document, Order, Print
from ocrcli.specimens.overprint import Head, Register
from ocrcli.specimens.paper import Paper, Part, Rule, Seal
from ocrcli.specimens.receipts import Receipt, box, printed
from ocrcli.specimens.truth import Specimen

FACES = (1, 2, 5, 10, 20, 50, 100)
_BROWN: Colour = (96, 66, 52)
_BLUE: Colour = (44, 84, 150)
_GREEN: Colour = (40, 106, 70)
_RED: Colour = (206, 46, 48)

Made = tuple[people.Province, str, str, str, str]


def _made(rng: Random) -> Made:
    """Province, code, number, amount in words, the printer's line at the foot."""
    province, year = rng.choice(people.PROVINCES), rng.randint(2009, 2024)
    words = amounts.in_words(Decimal(rng.choice(FACES)))
    words = words if rng.random() < 0.5 else words.removesuffix("整")
    words = words.replace("元", "圆") if rng.random() < 0.3 else words
    imprint = f"样本印务{year}年{rng.randint(1, 12):02d}月印{rng.randint(10, 90)}000本@50×{numbers.digits(rng, 8)}"
    code = numbers.local_invoice_code(rng, province.code, year)
    return province, code, numbers.invoice_number(rng), words, imprint


def _receipt(size: tuple[float, float], parts: list[Part], ground: Colour, made: Made) -> Receipt:
    province, code, number, words, _ = made
    fields = {"location": province.name, "code": code, "number": number, "amount": words}
    return Receipt(Paper(*size, parts, ground), [], fields, 0.0)


def _seal(province: people.Province, x: float, y: float) -> Seal:
    return Seal(x, y, 14.0, 9.0, "全国统一发票监制章", "国家税务总局", f"{province.name}税务局", 2.4, curved=False)


def _stamp(rng: Random, x: float, y: float) -> list[Part]:
    """The firm's, on most."""
    if rng.random() < 0.3:
        return []
    code = numbers.credit_code(rng)
    return [Seal(x, y, 15.0, 10.5, people.firm(rng), code, "发票专用章", 2.0, curved=False, stamped=True)]


def lying(rng: Random) -> Receipt:
    """Code and number in red on the right, the amount large in the middle."""
    made = _made(rng)
    province, code, number, words, imprint = made
    parts: list[Part] = [
        Print(
            f"{province.name}国家税务局通用定额发票",
            50,
            7.0,
            min(5.0, 90 / (10 + len(province.name))),
            "song",
            _BROWN,
            align="centre",
            weight=0.04,
        ),
        Print("发  票  联", 50, 16.0, 5.0, "song", _BROWN, align="centre", weight=0.06),
        _seal(province, 50, 15.4),
        Print("发票代码", 44.0, 27.6, 3.4, "kai", _BROWN),
        Print(code, 60.0, 27.2, 3.8, "mono", _RED, "code"),
        Print("发票号码", 44.0, 32.6, 3.4, "kai", _BROWN),
        Print(number, 60.0, 32.2, 3.8, "mono", _RED, "number"),
        Print(" ".join(words), 50, 47.0, 6.4, "kai", BLACK, "amount", "centre", weight=0.1),
        Print("（加盖发票专用章）", 50, 55.6, 2.8, "kai", _BROWN, align="centre"),
        Print(imprint, 13.0, 64.4, 2.0, "song", _BROWN),
        *_stamp(rng, rng.uniform(74, 82), rng.uniform(46, 56)),
    ]
    return _receipt((100, 71), parts, (206, 216, 220), made)


def with_coupon(rng: Random) -> Receipt:
    """With a coupon on its left that repeats code, number and amount, and a field to scratch."""
    made = _made(rng)
    province, code, number, words, imprint = made
    parts: list[Part] = [
        Print("存 根 联", 22, 5.0, 3.2, "hei", _BLUE, align="centre"),
        Print(f"发票代码 {code}", 4.0, 14.0, 2.4, "hei", _BLUE),
        Print(f"发票号码 {number}", 4.0, 20.0, 2.4, "hei", _BLUE),
        Print(words, 22, 40.0, 4.0, "hei", BLACK, align="centre"),
        *(Rule(44.0, y, 44.0, y + 1.4, 0.2, _BLUE) for y in range(2, 60, 3)),
        Print(f"{province.name}地方税务局通用定额发票", 98, 4.6, 4.6, "hei", _BLUE, align="centre", weight=0.03),
        Print("发 票 联", 98, 11.6, 3.8, "hei", _BLUE, align="centre"),
        _seal(province, 98, 11.0),
        Print(f"发票代码 {code}", 98, 22.0, 3.4, "hei", _BLUE, "code", "centre"),
        Print(f"发票号码 {number}", 98, 27.6, 3.4, "hei", _RED, "number", "centre"),
        Print(words, 98, 36.0, 6.0, "song", BLACK, "amount", "centre", weight=0.12),
        *box(54.0, 48.0, 84.0, 55.0, _BLUE),
        Rule(54.0, 51.5, 84.0, 51.5, 7.0, (172, 172, 176)),
        Print("兑奖区：刮开有奖", 88.0, 49.0, 2.6, "hei", _BLUE),
        Print("收款单位（盖章）", 88.0, 53.4, 2.6, "hei", _BLUE),
        Print(imprint, 54.0, 58.0, 1.8, "hei", _BLUE),
        *_stamp(rng, rng.uniform(112, 126), rng.uniform(42, 50)),
    ]  # fmt: skip
    return _receipt((146, 62), parts, (232, 240, 250), made)


def upright(rng: Random) -> Receipt:
    """Small and upright; the amount follows its label, in words and figures."""
    made = _made(rng)
    province, code, number, words, imprint = made
    value = amounts.words(words) or Decimal(0)
    parts: list[Part] = [
        Print(
            f"{province.name}定额专用发票",
            31,
            7.0,
            min(4.0, 56 / (6 + len(province.name))),
            "hei",
            _GREEN,
            align="centre",
            weight=0.03,
        ),
        Print("发 票 联", 31, 17.0, 3.6, "hei", _GREEN, align="centre"),
        _seal(province, 31, 17.0),
        Print("发票代码：", 6.0, 28.0, 3.2, "hei", _GREEN),
        Print(code, 23.0, 27.8, 3.5, "sans", _RED, "code"),
        Print("发票号码：", 6.0, 34.0, 3.2, "hei", _GREEN),
        Print(number, 23.0, 33.8, 3.5, "sans", _RED, "number"),
        Print("人民币：", 6.0, 45.6, 3.6, "hei", _GREEN),
        Print(words, 20.0, 44.6, 5.0, "kai", BLACK, "amount", weight=0.06),
        *([Print(f"￥{value:.2f}", 31, 54.0, 4.4, "sans", BLACK, align="centre")] if rng.random() < 0.6 else []),
        Print("收款单位（盖章）", 6.0, 66.0, 2.8, "hei", _GREEN),
        Print("开票日期：      年   月   日", 6.0, 74.0, 2.8, "hei", _GREEN),
        Print(imprint, 31, 83.0, 1.7, "hei", _GREEN, align="centre"),
        *_stamp(rng, rng.uniform(32, 44), rng.uniform(62, 74)),
    ]
    return _receipt((62, 88), parts, (242, 250, 243), made)


LAYOUTS: Mapping[str, Callable[[Random], Receipt]] = {
    "lying": lying,
    "coupon": with_coupon,
    "upright": upright,
}


def draw(order: Order) -> Specimen:
    """One invoice by its layout."""
    rng = Random(order.seed)
    return printed(LAYOUTS[order.kind](rng), order, Head(), Register(), rng)


DOCUMENT = Document("quota-invoice", tuple(LAYOUTS), draw, type="quota_invoice")
