"""Invoices on a roll: one entry below the other, on an invented till's strip."""

from __future__ import annotations

from ocrcli.layout.invoice.items import Row, item_columns
from ocrcli.layout.invoice.roll import is_roll, read_roll
from ocrcli.layout.invoice.rows import rows_of

from .pieces import Placed, pieces

STRIP: tuple[Placed, ...] = (
    (40, 0, "北京增值税普通发票（卷票）"),
    (10, 30, "发票代码 011002300107"),
    (10, 50, "发票号码 12345678"),
    (10, 70, "机打号码 12345678"),
    (10, 90, "机器编号 999123456789"),
    (10, 110, "销售方名称"),
    (90, 110, "样张餐饮"),
    (90, 130, "样本店"),
    (10, 150, "税号 91110108MA01TEXC3M"),
    (10, 170, "开票日期 2023-05-06"),
    (10, 190, "收款员 张样"),
    (10, 210, "购买方名称 测试样张有限公司"),
    (10, 230, "税号 91350100M000100Y43"),
    (10, 260, "项目"),
    (90, 260, "单价"),
    (130, 260, "数量"),
    (170, 260, "金额"),
    (10, 280, "*餐饮服务*餐费"),
    (90, 300, "9.00"),
    (135, 300, "3"),
    (170, 300, "27.00"),
    (10, 320, "*餐饮服务*茶"),
    (90, 340, "5.00"),
    (135, 340, "1"),
    (170, 340, "5.00"),
    (10, 370, "合计金额（小写） ¥32.00"),
    (10, 390, "合计金额（大写） 叁拾贰圆整"),
    (10, 410, "校验码 12345678901234567890"),
)


def read(*placed: Placed) -> tuple[dict[str, str], list[dict[str, str]]]:
    rows = rows_of(pieces(*placed))
    assert is_roll(rows)
    told, items = read_roll(rows, item_columns(rows))
    return _texts(told), [_texts(item) for item in items]


def _texts(prints: Row) -> dict[str, str]:
    return {key: shown.text for key, shown in prints.items()}


def test_entries_and_items() -> None:
    told, items = read(*STRIP)
    assert told == {
        "code": "011002300107",
        "number": "12345678",
        "print_number": "12345678",
        "machine_number": "999123456789",
        "seller_name": "样张餐饮样本店",
        "seller_id": "91110108MA01TEXC3M",
        "issue_date": "2023-05-06",
        "receiver": "张样",
        "buyer_name": "测试样张有限公司",
        "buyer_id": "91350100M000100Y43",
        "total": "¥32.00",
        "total_in_words": "叁拾贰圆整",
        "check_code": "12345678901234567890",
    }
    assert items == [
        {"name": "*餐饮服务*餐费", "unit_price": "9.00", "quantity": "3", "amount": "27.00"},
        {"name": "*餐饮服务*茶", "unit_price": "5.00", "quantity": "1", "amount": "5.00"},
    ]


def test_numbers_beside_their_name() -> None:
    short = (*STRIP[:17], (10, 280, "餐费"), (90, 280, "9.00"), (135, 280, "3"), (170, 280, "27.00"), *STRIP[-3:])
    _, items = read(*short)
    assert items == [{"name": "餐费", "unit_price": "9.00", "quantity": "3", "amount": "27.00"}]


def test_without_items() -> None:
    told, items = read(*STRIP[:13], *STRIP[-3:])
    assert not items and told["total"] == "¥32.00"


def test_other_invoices_are_none() -> None:
    assert not is_roll(rows_of(pieces((0, 0, "增值税普通发票"), (0, 30, "价税合计（小写）¥32.00"))))


def test_a_buyer_without_a_number() -> None:
    told, _ = read(*((x, y, "税号" if y == 230 else text) for x, y, text in STRIP))
    assert told["buyer_id"] == "" and told["seller_id"] == "91110108MA01TEXC3M"
