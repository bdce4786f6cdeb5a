"""Business licences (营业执照): lying and standing forms, those before the credit code, of sole traders and branches.

Limits and result keys: business-license of Huawei Cloud OCR. What Ctyun's service of that name calls union_id and
regist_no is `registration_number` here, addr `address`, legal_rep `legal_representative`; its license_type is the
error `not_this_document`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocrcli.checks import amounts, dates, org_code, registration_number, uscc
from ocrcli.declaration import Bind, Field, Panel, Service, Side
from ocrcli.engine.grammar import Grammar, Row, Slot
from ocrcli.engine.grammars import DIGITS, fixed
from ocrcli.engine.grammars import USCC as CREDIT_CODE
from ocrcli.forms.find import Anywhere, Beside, Where
from ocrcli.forms.form import Form, compact
from ocrcli.forms.ready import COMPACT, DATE, date_fault, iso_date
from ocrcli.forms.results import CONFIDENCE
from ocrcli.limits import OFD, PDF, RASTER, Limits


def _passes(number: str) -> bool:
    return uscc.passes(number) if len(number) == 18 else registration_number.passes(number)


NUMBER = Form(
    "credit-code-or-registration-number",
    Grammar(
        "credit_code_or_registration_number",
        (*CREDIT_CODE.rows, Row(fixed((DIGITS, 15)))),
        CREDIT_CODE.separators,
        CREDIT_CODE.variants,
        accepts=_passes,
        fence=uscc.ALPHABET,
    ),
    compact,
    looks=r"[0-9A-Z]{10}",
    strict=True,
    check_digit=True,
)
# The first letters of labels that are spread over one width get lost: 称, 型 and 所 are what is left of the short ones.
# Blank specimens have X or stars in the place of values.
PRINTED = replace(COMPACT, name="printed", looks="[\u4e00-\u9fff]", strict=True)
_TYPES = "^.*?(?:公司|企业|工商户|合作社|机构|所有制|法人)(?:分公司|分支机构|法人)?(?:[（(][^）)]*[）)])?"


def _type(text: str) -> str | None:
    """The kind of enterprise alone: where the label below got lost, what stands beside that may follow."""
    found = re.match(_TYPES, compact(text))
    return found[0] if found else None


TYPE = replace(PRINTED, name="enterprise-type", normal=_type)
# Notices that the scope is elsewhere (经营范围由章程确定) begin with the label's words.
SCOPE = replace(
    PRINTED,
    # The rest of the last row is filled with stars.
    normal=lambda text: re.sub("[★☆*＊]+$", lambda stars: "*" * len(stars[0]), compact(text)) or None,
    looks="^(?!.?(?:中属于|由|以章程|和许可)).*[\u4e00-\u9fff]",
    signs="；：;:、，",
)
TERM = Form("term", normal=lambda text: compact(text) or None, looks=r"\d{4}年|长期|永久|不约定|^[—-]+$", strict=True)
_NUMERALS = "〇零一二三四五六七八九十"
_IN_NUMERALS = tuple(
    slot
    for sign, least, most in (("年", 4, 4), ("月", 1, 2), ("日", 1, 3))
    for slot in (Slot(_NUMERALS, least, most), Slot(sign))
)
assert DATE.grammar is not None
ISSUED = replace(
    DATE,
    name="issued",
    looks=rf"\d{{4}}|\d[年月日]|[{_NUMERALS}]年",
    grammar=replace(
        DATE.grammar, name="issued", rows=(*DATE.grammar.rows, Row(_IN_NUMERALS)), fence=DIGITS + _NUMERALS
    ),
)


def _term_fault(term: str) -> str | None:
    """What is wrong with the days of a printed period."""
    days = [iso_date(day) or day for day in re.findall(r"\d{4}年\d{1,2}月\d{1,2}日", term)]
    return next(filter(None, map(date_fault, days)), None)


def _capital_fault(capital: str) -> str | None:
    """What is wrong with a sum in capital numerals."""
    bare = re.sub("[(（].*?[)）]", "", capital)
    return None if amounts.words(bare) is not None else f"{capital} is no amount in capital numerals"


SERVICE = Service(
    name="business-license",
    title="Business licence",
    title_zh="营业执照识别",
    panel=Panel.CARDS,
    help="Read Chinese business licences of every form: companies, branches, partnerships, sole traders.",
    limits=Limits((*RASTER, *PDF, *OFD), min_area_percent=70),
    ctyun="business-license",
    sides=(
        Side(
            "",
            "the licence",
            {"title": ("营业执照", "企业法人营业执照"), "paid": ("实收资本",)},
            least=3,
        ),
    ),
    fields=(
        Field(
            "registration_number",
            "credit code (18 characters), on older forms the registration number (15 digits)",
            (Beside("统一社会信用代码", "注册号", "统一社会信用代码/注册号", "营业执照注册号"), Anywhere(broken=True)),
            NUMBER,
            required=True,
        ),
        Field("name", "name", Beside("名称", "企业名称", "字号名称", "称", rows=2), PRINTED, required=True),
        Field(
            "type",
            "kind of enterprise",
            Beside("类型", "主体类型", "公司类型", "企业类型", "经济性质", "型", rows=2),
            TYPE,
        ),
        Field(
            "address",
            "registered place, or place of business",
            Beside("住所", "营业场所", "经营场所", "主要经营场所", "公司地址", "企业住所", "所", rows=3),
            PRINTED,
        ),
        Field(
            "legal_representative",
            "legal representative, head, executive partner, investor or operator",
            Beside(
                "法定代表人",
                "法定代表人姓名",
                "负责人",
                "负责人姓名",
                "执行事务合伙人",
                "投资人",
                "投资人姓名",
                "经营者",
                "经营者姓名",
                rows=2,
            ),
            PRINTED,
        ),
        Field(
            "registered_capital",
            "registered capital, as printed",
            Beside("注册资本", "注册资金", "出资额", "成员出资总额", "资金数额"),
            PRINTED,
        ),
        Field("organization_form", "form of composition (sole traders)", Beside("组成形式"), PRINTED),
        Field("found_date", "day of establishment or registration", Beside("成立日期", "注册日期", "成立时间"), DATE),
        Field(
            "business_term", "operating period, as printed", Beside("营业期限", "经营期限", "合伙期限", rows=2), TERM
        ),
        Field(
            "business_scope",
            "business scope",
            Beside("经营范围", "经营范围及方式", rows=40, stop=("重要提示", "国家企业信用信息公示系统网址")),
            SCOPE,
        ),
        Field(
            "issue_date",
            "day of issue, beside the seal",
            (
                Beside("登记机关", where=Where.BELOW, under_seal_em=6),
                Beside("发照日期", "发证日期", "核准日期"),
                Anywhere(broken=True, begins=rf"(?:\d{{4}}|[{_NUMERALS}]{{4}})年", under_seal_em=14),
            ),
            ISSUED,
        ),
        CONFIDENCE,
    ),
    checks=(
        Bind(uscc.RULE, ("registration_number",), uscc.fault, applies=lambda code: len(code) != 15),
        Bind(org_code.RULE, ("registration_number",), uscc.organisation_fault, applies=lambda code: len(code) == 18),
        Bind(
            registration_number.RULE,
            ("registration_number",),
            registration_number.fault,
            applies=lambda code: len(code) == 15,
        ),
        Bind(dates.REAL, ("business_term",), _term_fault),
        Bind(dates.ORDER, ("found_date", "issue_date"), dates.order_fault),
        Bind(
            amounts.RULE,
            ("registered_capital",),
            _capital_fault,
            applies=lambda capital: re.search("[壹贰叁肆伍陆柒捌玖]", capital) is not None,
        ),
    ),
    spread=True,
    repeats=True,
    ground=("SCJDGL", "市场监督管理"),  # on the forms since 2019
)
