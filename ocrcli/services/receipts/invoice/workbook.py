"""The clerk's workbook of invoices: a row each, their items, what failed. Keys: `vat-invoice` in the service spec."""

from __future__ import annotations

from ocrcli.sheets import DeclaredWorkbook, ListSheet, SheetColumn

_ITEMS = (
    SheetColumn("货物或服务名称", "name", width=36),
    SheetColumn("规格型号", "specification"),
    SheetColumn("单位", "unit", width=8),
    SheetColumn("数量", "quantity", "number", 10),
    SheetColumn("单价", "unit_price", "number", 14),
    SheetColumn("金额", "amount", "amount", 14),
    SheetColumn("税率", "tax_rate", width=9),
    SheetColumn("税额", "tax", "amount", 14),
    SheetColumn("车牌号", "license_plate_number", width=12),
    SheetColumn("类型", "vehicle_type", width=10),
    SheetColumn("通行日期起", "start_date", width=13),
    SheetColumn("通行日期止", "end_date", width=13),
)

WORKBOOK = DeclaredWorkbook(
    title="发票",
    columns=(
        SheetColumn("发票类型", "title", width=28),
        SheetColumn("发票代码", "code", instead="belong_vat_code"),
        SheetColumn("发票号码", "number", width=24, instead="belong_number"),
        SheetColumn("开票日期", "issue_date", width=13, instead="belong_issue_date"),
        SheetColumn("校验码", "check_code", width=24),
        SheetColumn("购买方名称", "buyer_name", width=30, instead="belong_buyer_name"),
        SheetColumn("购买方税号", "buyer_id", width=24),
        SheetColumn("销售方名称", "seller_name", width=30, instead="belong_seller_name"),
        SheetColumn("销售方税号", "seller_id", width=24),
        SheetColumn("金额", "subtotal_amount", "amount", 14, instead="belong_subtotal_amount"),
        SheetColumn("税额", "subtotal_tax", "amount", 14, instead="belong_subtotal_tax"),
        SheetColumn("价税合计", "total", "amount", 14),
        SheetColumn("价税合计（大写）", "total_in_words", width=34),
        SheetColumn("备注", "remarks", width=30, instead="belong_remarks"),
        SheetColumn("收款人", "receiver", width=10),
        SheetColumn("复核", "reviewer", width=10),
        SheetColumn("开票人", "issuer", width=10),
    ),
    lists=(ListSheet("明细", "item_list", _ITEMS, instead="belong_item_list"),),
    identity=("number", "code"),
)
