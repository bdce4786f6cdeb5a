"""Bank cards (银行卡), their front: flat or raised print, lying or upright, debit and credit.

Limits, options and result keys: bank-card of Huawei Cloud OCR; `holder_name`, promised by its documents, is an own key.
Cards have no labels but those of their months: a number is found by its form and check digit (ISO/IEC 7812-1), whether
in one piece, in groups or in rows, and says who issued it where the card's print does not.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocrcli.checks import bank_cards, luhn
from ocrcli.declaration import Bind, Field, Panel, Service, Side
from ocrcli.engine.grammar import Row, Slot
from ocrcli.engine.grammars import grammar
from ocrcli.extras import TEXT_LOCATION
from ocrcli.forms.find import Anywhere, Beside, Derived, Direction, Near, Where
from ocrcli.forms.form import Form, compact, words
from ocrcli.forms.ready import CARD_NUMBER, COMPACT, MONTH_YEAR
from ocrcli.forms.results import CONFIDENCE
from ocrcli.limits import PDF, RASTER, Limits
from ocrcli.signs import Labels, Number, Shape, Title, titles_but_of

_HAN = "[\u4e00-\u9fff]"
_DEBIT, _CREDIT = "借记卡|储蓄卡|DEBIT", "准?贷记卡|信用卡|CREDIT"
# What is printed in capitals and is no name.
_NO_NAMES = (
    "BANK|CARD|CREDIT|DEBIT|VALID|THRU|FROM|MONTH|YEAR|GOLD|PLATINUM|CLASSIC|UNIONPAY|VISA|MASTER|CHINA|SPECIMEN"
)

BANK = replace(COMPACT, name="bank", looks=f"{_HAN}{{2,14}}银行|{_HAN}{{2,12}}信用(?:合作)?社")


def _kind(text: str) -> str | None:
    """The kind of card by its printed word."""
    said = compact(text).upper()
    credit, debit = re.search(_CREDIT, said), re.search(_DEBIT, said)
    if bool(credit) == bool(debit):
        return None
    return "debit" if debit else "semi-credit" if credit and credit[0].startswith("准") else "credit"


KIND = Form("card-kind", normal=_kind, looks=f"(?i){_DEBIT}|{_CREDIT}")
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# A name's words have a vowel or are such as NG; without the blank between them they are long. What is left of a misread
# VALID or THRU is neither.
_NAME, _JOINED = "(?=[A-Z]*(?:[AEIOUY]|NG))[A-Z]{2,}", "[A-Z]{6,}"
_WORD, _INITIAL, _BLANK = Slot(_CAPITALS, 2, 16), Slot(_CAPITALS, 1, 16), Slot(" /")
# Two words or three: readers drop blanks between capitals that are set apart.
HOLDER = Form(
    "holder",
    grammar(
        "holder",
        Row((_WORD, _BLANK, _WORD)),
        Row((_WORD, _BLANK, _INITIAL, _BLANK, _WORD)),
        separators=".",
        fence=_CAPITALS,
    ),
    lambda text: words(text) if re.search("[A-Z]{2,}.*[^A-Z][A-Z]{2,}", text) else None,
    looks=rf"^(?!.*(?:{_NO_NAMES}))(?:{_NAME}(?:[ /.·-]+(?:{_NAME}|[A-Z](?=[ .])))*[ /.·-]+{_NAME}|{_JOINED})\.?$",
    strict=True,
)


def _bank(number: str) -> str | None:
    found = bank_cards.issuer(number)
    return found.bank if found else None


def _issued_as(number: str) -> str | None:
    found = bank_cards.issuer(number)
    return found.kind if found else None


_OTHERS = titles_but_of("bank-card") | {"发票": "invoice", "营业执照": "business-license", "回单": "bank-receipt"}

SERVICE = Service(
    name="bank-card",
    title="Bank card",
    title_zh="银行卡识别",
    panel=Panel.CARDS,
    help="Read the front of a bank card: number, months, bank, kind, holder.",
    limits=Limits((*RASTER, *PDF)),
    extras=(TEXT_LOCATION,),
    sides=(Side("", "the front", least=0, refuses=_OTHERS),),
    fields=(
        Field(
            "bank_name",
            "bank as printed, else by the number's first digits",
            (Anywhere(telling=True), Derived(_bank, ("card_number",))),
            BANK,
            required=True,
        ),
        Field("card_number", "card number, digits only", Anywhere(broken=True), CARD_NUMBER, required=True),
        Field("issue_date", "first month of validity, MM/YY", Beside("FROM", "MEMBER SINCE", "发卡日期"), MONTH_YEAR),
        Field(
            "expiry_date",
            "last month of validity, MM/YY",
            (
                Beside("VALID THRU", "THRU", "GOOD THRU", "VALID TO", "EXPIRES END", "有效期至", "有效期"),
                Beside("MONTH/YEAR", "月/年", where=Where.BELOW),
                Anywhere(),
            ),
            MONTH_YEAR,
            required=True,
        ),
        Field(
            "type",
            "debit, credit, semi-credit or prepaid, as printed, else by the number's first digits",
            (Anywhere(telling=True), Derived(_issued_as, ("card_number",))),
            KIND,
            required=True,
        ),
        Field("holder_name", "holder, in capitals", Near("card_number", Direction.BELOW, 8), HOLDER),
        CONFIDENCE,
    ),
    checks=(Bind(bank_cards.RULE, ("card_number",), bank_cards.fault, given=("bank_name",)),),
    enough=2,
    type="bankcard",
    signs=(
        Title(
            ("UnionPay", "银联", "VISA", "MasterCard", "借记卡", "信用卡", "储蓄卡", "Debit Card", "Credit Card"), 0.35
        ),
        Labels(("VALID", "THRU", "GOOD", "MONTH/YEAR", "ATM"), 2, 0.6),
        Title(
            ("中国银行", "工商银行", "建设银行", "农业银行", "交通银行", "招商银行", "邮政储蓄银行", "浦发银行"), 0.2
        ),
        Number(r"^\d{16,19}$", lambda number: luhn.passes(number) and bank_cards.passes(number), 0.4),
        Shape(1.586, 0.2, most_lines=40),  # ISO/IEC 7810, ID-1; a statement of account bears the same number
    ),
)
