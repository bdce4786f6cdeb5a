"""The clerk's workbook of invoices: a row each, their items, what failed. Keys: `vat-invoice` in the service spec."""

from __future__ import annotations

from ocrcli.sheets import DeclaredWorkbook, ListSheet, SheetColumn

_ITEMS = (
    SheetColumn("货物或服务名称", "name", width=28),
    SheetColumn("规格型号", "specification", width=13),
    SheetColumn("单位", "unit", width=6),
    SheetColumn("数量", "quantity", "number", 9),
    SheetColumn("单价", "unit_price", "number", 13),
    SheetColumn("金额", "amount", "amount", 12, total=True),
    SheetColumn("税率", "tax_rate", "rate", 7),
    SheetColumn("税额", "tax", "amount", 11, total=True),
    SheetColumn("车牌号", "license_plate_number", width=10),
    SheetColumn("类型", "vehicle_type", width=8),
    SheetColumn("通行日期起", "start_date", "date", 11),
    SheetColumn("通行日期止", "end_date", "date", 11),
)

# The spec's values of `type`, as the invoices are called.
KINDS = {
    "special": "增值税专用发票",
    "normal": "增值税普通发票",
    "electronic": "增值税电子普通发票",
    "special_electronic": "增值税电子专用发票",
    "roll": "增值税普通发票（卷票）",
    "toll": "通行费电子发票",
    "fully_digitalized_special_electronic": "电子发票（增值税专用发票）",
    "fully_digitalized_normal_electronic": "电子发票（普通发票）",
}

WORKBOOK = DeclaredWorkbook(
    title="发票",
    columns=(
        SheetColumn("发票类型", "title", width=16, instead="type", words=KINDS),
        SheetColumn("发票号码", "number", width=22, instead="belong_number"),
        SheetColumn("开票日期", "issue_date", "date", 11, instead="belong_issue_date"),
        SheetColumn("购买方名称", "buyer_name", width=20, instead="belong_buyer_name"),
        SheetColumn("销售方名称", "seller_name", width=20, instead="belong_seller_name"),
        SheetColumn("金额", "subtotal_amount", "amount", 12, instead="belong_subtotal_amount", total=True),
        SheetColumn("税额", "subtotal_tax", "amount", 11, instead="belong_subtotal_tax", total=True),
        SheetColumn("价税合计", "total", "amount", 12, total=True),
    ),
    more=(
        SheetColumn("发票代码", "code", width=14, instead="belong_vat_code"),
        SheetColumn("校验码", "check_code", width=22),
        SheetColumn("购买方税号", "buyer_id", width=21),
        SheetColumn("销售方税号", "seller_id", width=21),
        SheetColumn("价税合计（大写）", "total_in_words", width=28),
        SheetColumn("备注", "remarks", width=30, instead="belong_remarks"),
        SheetColumn("收款人", "receiver", width=9),
        SheetColumn("复核", "reviewer", width=9),
        SheetColumn("开票人", "issuer", width=9),
    ),
    lists=(ListSheet("明细", "item_list", _ITEMS, instead="belong_item_list"),),
    identity=("number", "code"),
    shown_with_items=("number", "code", "issue_date", "seller_name"),
    sums=("amount-sum", "amount-items", "amount-words"),
    names={
        "print_code": "机打代码",
        "print_number": "机打号码",
        "encryption_block": "密码区",
        "supervision_seal": "发票监制章",
    },
)
