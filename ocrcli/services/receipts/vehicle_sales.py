"""What invoices for vehicles say, new ones and used ones, on paper and electronic: their fields and checks.

Result keys: mvs-invoice of Huawei Cloud OCR. Buyer, seller, auctioneer and market have the same labels (电话, 地址,
纳税人识别号): whose each is, the nearest of the four before it says.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocrcli.checks import amounts, invoice_numbers, presence, vehicle_sales, vin
from ocrcli.declaration import Bind, Field
from ocrcli.errors import OcrError
from ocrcli.finding import Evidence
from ocrcli.forms import doubt
from ocrcli.forms.find import Anywhere, Beside, By, Direction, Near
from ocrcli.forms.form import Form, compact, one_of
from ocrcli.forms.found import Found
from ocrcli.forms.ready import (
    AMOUNT,
    AMOUNT_WORDS,
    COMPACT,
    DATE,
    DIGITS_ONLY,
    INVOICE_CODE,
    INVOICE_NUMBER,
    PHONE,
    PLATE,
    VIN,
)  # fmt: skip
from ocrcli.forms.sheet import Sheet
from ocrcli.forms.titles import title_on

NEW, USED = "机动车销售统一发票", "二手车销售统一发票"
TITLES = (f"电子发票（{NEW}）", f"电子发票（{USED}）", NEW, USED)
_RATES = (
    "17%",
    "16%",
    "13%",
    "11%",
    "10%",
    "9%",
    "6%",
    "5%",
    "4%",
    "3%",
    "2%",
    "1.5%",
    "1%",
    "0.5%",
    "0%",
    "免税",
    "***",
)

CODE = Form("code-of-form", INVOICE_CODE.grammar, compact, looks=r"\d{8}", strict=True)
TAXPAYER = Form(
    "taxpayer",
    normal=lambda text: compact(text).upper() or None,
    looks=r"^\W*[0-9A-Za-z*]{15,20}\W*$",
    strict=True,
    rule=invoice_numbers.TAXPAYER,
    fault=invoice_numbers.taxpayer_fault,
    applies=lambda number: "*" not in number,
)
PAPERS = Form(
    "papers", normal=lambda text: compact(text).upper() or None, looks=r"^\W*[0-9A-Za-z*-]{8,20}\W*$", strict=True
)
ACCOUNT = Form("account", normal=lambda text: compact(text) or None, looks=r"\d{6}", strict=True)
SIGN = Form("sign", normal=lambda text: compact(text) or None, looks=r"[0-9A-Za-z]")
SEATS = Form("seats", normal=lambda text: compact(text) or None, looks=r"^\W*\d{1,2}(?:\+\d)*人?\W*$", strict=True)
TONS = Form(
    "tonnage",
    normal=lambda text: compact(text) or None,
    looks=r"^\W*(?:\d+(?:\.\d+)?(?:吨|kg|千克)?|[-—/无]+)\W*$",
    strict=True,
)
FIRM = Form("party", normal=lambda text: compact(text) or None, looks=r"[^\W\d]")
OFFICE = Form("tax-office", normal=lambda text: re.sub(r"[\s\d]+$", "", compact(text)) or None, looks="税")
OFFICE_CODE = Form(
    "tax-office-code", DIGITS_ONLY.grammar, compact, looks=r"^\W*\d{7,11}\W*$|税.*\d{7,11}$", strict=True
)
RATE = one_of("vehicle-tax-rate", _RATES)


def _cipher(text: str) -> str | None:
    """The rows in one; None where one is much shorter than the others: a part of it was lost."""
    rows = text.translate(str.maketrans("±＋－＊／＜＞", "++-*/<>")).split()  # readers take one for the other
    whole = all(re.fullmatch(r"[0-9<>*+/-]+", row) and len(row) >= max(map(len, rows)) - 1 for row in rows)
    return "".join(rows) if whole else None


CIPHER = Form("tax-control-code", normal=_cipher, looks=r"(?:[0-9<>*+/±=＋－＊／＜＞＝-]\s*){90,}")


def _beside(labels: str, of: str = "", rows: int = 1) -> Beside:
    return Beside(*labels.split(), of=of, rows=rows)


_NUMBERS = (
    "纳税人识别号 单位代码/身份证号码 单位代码/身份证明号码 单位代码/身份证号 统一社会信用代码 "
    "统一社会信用代码/纳税人识别号 纳税人识别号/统一社会信用代码 "
    "纳税人识别号/统一社会信用代码/身份证明号码 统一社会信用代码/纳税人识别号/身份证明号码 "
    "统一社会信用代码/纳税人识别号/身份证件号码 身份证件号码 身份证明号码"
)
_BUYER = "购买方名称及 购买方名称 购货单位(人) 购货单位 购货人 买方单位/个人 买方单位"
_SELLER = "销货单位名称 销售方名称 销货单位 卖方单位/个人 卖方单位 销售单位"
_PHONES = "电话 联系电话"
_PLACES = "地址 卖方单位/个人住址"
_BANKS = "开户银行、账号 开户银行及账号 开户行及账号"


def _kind(sheet: Sheet) -> Found | None:
    """Which of the four forms it is, by its title. Raises OcrError where another one was asked for."""
    best = title_on(sheet.reading, TITLES)
    if best is None:
        return _likely_kind(sheet)
    line, title = best
    wanted = {"new": NEW, "used": USED}.get(str(sheet.options.get("type")))
    if wanted and wanted not in title:
        message = f"this is a {title}, not a {wanted}; use --type auto"
        raise OcrError("not_this_document", message, looks_like="mvs-invoice")
    return Found(title, Evidence(line.confidence, line.quad, line.source, line.text))


def _likely_kind(sheet: Sheet) -> Found | None:
    """Which form it is by its labels, where a seal hides the title: doubtful, as it is not printed."""
    used = any(sheet.has_label(key) for key in ("licence_plate_number", "used_vehicle_market_name"))
    number = sheet.value("number")
    if number is None or sheet.options.get("type") == ("new" if used else "used"):
        return None
    name = USED if used else NEW
    kind = f"电子发票（{name}）" if len(number.text) == 20 else name
    return Found(kind, Evidence(number.evidence.confidence, None, "derived", why=doubt.DERIVED))


_OFFICES = "转入地车辆管理所名称 转入地车辆车管所名称 转入地车管所名称 转入地车辆"
_TOTAL = _beside("小写 车价合计小写 价税合计小写 车价合计(小写) 价税合计(小写)")
_WORDS = _beside("价税合计 价税合计(大写) 车价合计(大写) 车价合计大写 车价合计 价税合计大写")
_NET = _beside("不含税价小写 不含税价 不含税价格 不含税价(小写)")

COMMON = (
    Field("code", "invoice code", _beside("发票代码"), CODE),
    Field("number", "invoice number", _beside("发票号码"), INVOICE_NUMBER, required=True),
    Field("machine_printed_code", "code as the machine printed it", _beside("机打代码"), CODE),
    Field("machine_printed_number", "number as the machine printed it", _beside("机打号码"), INVOICE_NUMBER),
    Field("issue_date", "date of issue, YYYY-MM-DD", _beside("开票日期"), DATE, required=True),
    Field("machine_number", "number of the tax control machine", _beside("机器编号"), DIGITS_ONLY),
    Field("buyer_name", "buyer", _beside(_BUYER), FIRM, required=True),
    Field("buyer_id", "buyer's taxpayer's or identity number", _beside(_NUMBERS, "buyer_name"), TAXPAYER),
    Field("seller_name", "seller", _beside(_SELLER), FIRM, required=True),
    Field("seller_phone", "seller's telephone", _beside(_PHONES, "seller_name"), PHONE),
    Field("seller_id", "seller's taxpayer's or identity number", _beside(_NUMBERS, "seller_name"), TAXPAYER),
    Field("seller_address", "seller's address", _beside(_PLACES, "seller_name"), COMPACT),
    Field("vehicle_type", "type of vehicle", _beside("车辆类型"), COMPACT),
    Field("brand_model", "make and model", _beside("厂牌型号"), COMPACT),
    Field(
        "vehicle_identification_number",
        "VIN",
        _beside(
            "车辆识别代号/车架号码 车辆识别代号 车架号/车辆识别代码 车架号码 车架号/车辆识别代号 "
            "车辆识别代码/车架号码 车架号"
        ),
        replace(VIN, normal=lambda text: number if vin.is_formed(number := compact(text)) else None),
        required=True,
    ),
    Field("total", "total with tax, or price of the car, in figures", _TOTAL, AMOUNT, required=True),
    Field("total_chinese", "the same in capital numerals", _WORDS, AMOUNT_WORDS),
    Field("fiscal_code", "tax control code, its rows in one", Anywhere(telling=True, broken=True), CIPHER),
    Field("remark", "remarks", _beside("备注"), COMPACT),
    Field("drawer_name", "who drew the invoice", _beside("开票人"), COMPACT),
    Field("type", "which of the four forms it is", By(_kind)),
)  # fmt: skip
"""On both."""
NEW_ONLY = (
    Field(
        "buyer_organization_number",
        "buyer's identity number or organisation code",
        _beside("身份证号码/ 身份证号码 身份证号码/组织机构代码 组织机构代码"),
        PAPERS,
    ),
    Field("seller_account", "seller's account", _beside("账号 帐号"), ACCOUNT),
    Field("seller_bank", "seller's bank", _beside("开户银行 开户行"), COMPACT),
    Field("manufacturing_location", "place of origin", _beside("产地"), COMPACT),
    Field("quality_certificate", "quality certificate number", _beside("合格证号"), SIGN),
    Field("import_certificate", "import certificate number", _beside("进口证明书号"), SIGN),
    Field("inspection_number", "commodity inspection number", _beside("商检单号"), SIGN),
    Field("engine_number", "engine number", _beside("发动机号码 发动机号"), SIGN),
    Field("tonnage", "tonnage", _beside("吨位"), TONS),
    Field("seating_capacity", "seats", _beside("限乘人数"), SEATS),
    Field(
        "tax_authority",
        "tax authority",
        _beside("主管税务机关 主管税务机关及代码 主管税务"),
        OFFICE,
    ),
    Field(
        "tax_authority_code",
        "its code",
        (
            _beside("主管税务机关代码 机关及代码 代码"),
            Near("tax_authority", Direction.BELOW, 3),
            Near("tax_authority", Direction.RIGHT, 4),
        ),
        OFFICE_CODE,
    ),
    Field("tax_payment_receipt", "tax payment receipt number", _beside("完税凭证号码"), SIGN),
    Field("tax_rate", "rate of tax", _beside("增值税税率或征收率 增值税税率 增值税税率/征收率 税率"), RATE),
    Field("tax", "tax", _beside("增值税税额 税额 增值税"), AMOUNT),
    Field("tax_exclusive_price", "price without tax", _NET, AMOUNT),
)  # fmt: skip
"""On invoices for new vehicles."""
USED_ONLY = (
    Field("buyer_address", "buyer's address", _beside("买方单位/个人住址"), COMPACT),
    Field("buyer_phone", "buyer's telephone", _beside(_PHONES, "buyer_name"), PHONE),
    Field("licence_plate_number", "plate", _beside("车牌照号 车牌号 车牌号码"), PLATE),
    Field("registration_number", "registration certificate number", _beside("登记证号"), SIGN),
    Field("dept_motor_vehicles", "office that the car moves to", _beside(_OFFICES), COMPACT),
    Field("auction_org_name", "trading or auction company", _beside("经营、拍卖单位 经营拍卖单位"), FIRM),
    Field("auction_org_address", "its address", _beside("经营、拍卖单位地址 经营拍卖单位地址"), COMPACT),
    Field("auction_org_id", "its taxpayer's number", _beside(_NUMBERS, "auction_org_name"), TAXPAYER),
    Field("auction_org_bank_account", "its bank and account", _beside(_BANKS, "auction_org_name"), COMPACT),
    Field("auction_org_phone", "its telephone", _beside(_PHONES, "auction_org_name"), PHONE),
    Field("used_vehicle_market_name", "market", _beside("二手车市场"), FIRM),
    Field("used_vehicle_market_id", "its taxpayer's number", _beside(_NUMBERS, "used_vehicle_market_name"), TAXPAYER),
    Field("used_vehicle_market_address", "its address", _beside(_PLACES, "used_vehicle_market_name"), COMPACT),
    Field(
        "used_vehicle_market_bank_account", "its bank and account", _beside(_BANKS, "used_vehicle_market_name"), COMPACT
    ),
    Field("used_vehicle_market_phone", "its telephone", _beside(_PHONES, "used_vehicle_market_name"), PHONE),
)  # fmt: skip
"""On invoices for used cars."""


def _reversed(sheet: Sheet) -> bool:
    """True for an invoice that the buyer drew for the seller."""
    return any("反向开具" in compact(line.text) for line in sheet.reading.lines)


REVERSE = Field("reverse_issue", "true for an invoice that the buyer drew", type="boolean", from_sheet=_reversed)
MARKS = {text: (text,) for text in ("销货单位盖章", "开票单位(盖章)", "销售单位盖章", "发票联", "(手开无效)")}
"""Printed on both, without a value."""
NEW_LABELS = ("合格证号", "进口证明书号", "商检单号", "完税凭证号码", "限乘人数", "不含税价", "主管税务机关")
USED_LABELS = ("买方单位/个人", "卖方单位/个人", "转入地车辆管理所名称", "二手车市场", "经营、拍卖单位", "登记证号")

CHECKS = (
    Bind(invoice_numbers.CODE, ("code",), invoice_numbers.code_fault, given=("issue_date",)),
    Bind(invoice_numbers.NUMBER, ("number",), invoice_numbers.number_fault, given=("code", "issue_date")),
    Bind(amounts.RULE, ("total_chinese", "total"), amounts.fault),
    Bind(vehicle_sales.PRINTED, ("code", "machine_printed_code"), presence.same_fault),
    Bind(vehicle_sales.PRINTED, ("number", "machine_printed_number"), presence.same_fault),
)
NEW_CHECKS = (
    Bind(vehicle_sales.TAX, ("total", "tax_exclusive_price", "tax"), vehicle_sales.tax_fault, given=("tax_rate",)),
)
