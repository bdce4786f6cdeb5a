"""Quota invoices (定额发票): printed by tax offices for a fixed amount, which stands there in words, large, unlabelled.

Limits and result keys: quota-invoice of Huawei Cloud OCR. `amount` is as printed in words; where there are only
figures, it is these. A coupon that repeats the number is the same invoice's.
"""

from __future__ import annotations

from ocrcli.checks import amounts, invoice_numbers, quota
from ocrcli.declaration import Bind, Field, Panel, Service, Side
from ocrcli.forms.find import Anywhere, Derived
from ocrcli.forms.form import Form, compact
from ocrcli.forms.ready import AMOUNT_WORDS
from ocrcli.forms.results import CONFIDENCE
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.services.receipts.receipt_forms import CODE, CODE_FOUND, EIGHT, PLACE, REGION, on_form
from ocrcli.signs import Labels, Title

_TITLES = (
    "定额发票", "通用定额发票", "税务局通用定额发票", "定额专用发票", "餐饮业定额发票", "服务业定额发票",
    "停车费定额发票", "统一定额发票", "停车场定额发票", "娱乐业定额发票", "定额统一发票",
)  # fmt: skip
_NUMERALS = "零壹贰貳叁肆伍陆柒捌玖拾佰仟万"
WORDS = Form(
    "face-in-words",
    normal=AMOUNT_WORDS.normal,
    looks=rf"(?<![^\W\d])[{_NUMERALS}][\s{_NUMERALS}]*[元圆圓](?:\s*[{_NUMERALS}]\s*角)?(?:\s*[整正])?",
    rule=quota.FACE,
    fault=quota.fault,
)
FIGURES = Form(
    "face-in-figures",
    normal=lambda text: amounts.normal(value) if (value := amounts.figures(compact(text))) is not None else None,
    looks=r"^\W*[￥¥]\s*\d+(?:\.\d+)?|^\d+(?:\.\d+)?\s*元",
    rule=quota.FACE,
    fault=quota.fault,
)

_AMOUNT = (Anywhere(telling=True, broken=True), Derived(str, ("figures",)))

SERVICE = Service(
    name="quota-invoice",
    title="Quota invoice",
    title_zh="定额发票识别",
    panel=Panel.RECEIPTS,
    help="Read Chinese invoices of a fixed amount: code, number, place, amount.",
    limits=Limits((*RASTER, *PDF, *OFD), max_side=8192, min_area_percent=25),
    sides=(
        Side(
            words="the invoice",
            least=3,
            titles=_TITLES,
            marks={"copy": ("发票联", "存根联", "抵扣联")},
            own=(frozenset({"title"}),),
        ),
    ),
    inner=(Field("figures", "the amount in figures", Anywhere(telling=True), FIGURES),),
    fields=(
        Field("number", "invoice number", on_form("发票号码 号码"), EIGHT, required=True),
        Field("code", "invoice code", CODE_FOUND, CODE, required=True),
        Field("location", "city or province of the form", PLACE, REGION),
        Field("amount", "face value, as printed", _AMOUNT, WORDS, required=True),
        CONFIDENCE,
    ),
    checks=(
        Bind(invoice_numbers.CODE, ("code",), invoice_numbers.general_code_fault),
        Bind(invoice_numbers.NUMBER, ("number", "code"), invoice_numbers.number_fault),
        Bind(amounts.RULE, ("amount", "figures"), amounts.fault),
    ),
    repeats=True,
    type="quota_invoice",
    signs=(Title(_TITLES, 0.85), Labels(("发票代码", "发票号码", "定额"), 2, 0.3)),
)  # fmt: skip
