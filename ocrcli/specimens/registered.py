"""What business licences say: firms, branches, partnerships, sole owners and sole traders, by seed.

Everybody and everything is invented; credit codes and registration numbers pass their checks and are of no place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from ocrcli.checks import amounts
from ocrcli.specimens import numbers, people
from ocrcli.specimens.documents.base import years_later

_TRADES = (
    *("纸制品销售", "茶叶零售", "机电设备安装", "五金产品批发", "园林绿化工程施工", "包装装潢印刷品印刷"),
    *("普通货物仓储服务", "软件开发", "食品销售（仅销售预包装食品）", "家具制造", "仪器仪表维修", "环保咨询服务"),
    *("国内贸易代理", "信息技术咨询服务", "日用百货销售", "建筑材料销售", "电子元器件零售", "服装服饰批发"),
    *("会议及展览服务", "广告设计、代理", "货物进出口", "汽车零配件零售", "农副产品销售", "企业管理咨询"),
    *("办公用品销售", "橡胶制品制造", "塑料制品销售", "劳务服务（不含劳务派遣）", "道路货物运输", "住宿服务"),
)
_PERMITTED = "（依法须经批准的项目，经相关部门批准后方可开展经营活动）"


@dataclass(frozen=True)
class Legal:
    """A legal form: its type as licences print it, and the labels of the places that forms name differently."""

    types: tuple[str, ...]
    head: str
    place: str
    capital: str = ""
    founded: str = "成立日期"
    term: bool = True


FORMS: Mapping[str, Legal] = {
    "company": Legal(
        (
            *("有限责任公司", "有限责任公司(自然人独资)", "有限责任公司（自然人投资或控股）", "其他有限责任公司"),
            *("股份有限公司(非上市、自然人投资或控股)", "有限责任公司(法人独资)"),
        ),
        "法定代表人",
        "住所",
        "注册资本",
    ),
    "branch": Legal(("有限责任公司分公司", "有限责任公司分公司(自然人投资或控股)"), "负责人", "营业场所"),
    "partnership": Legal(("有限合伙企业", "普通合伙企业"), "执行事务合伙人", "主要经营场所", "出资额"),
    "sole": Legal(("个人独资企业",), "投资人", "住所", "出资额", term=False),
    "individual": Legal(("个体工商户",), "经营者", "经营场所", founded="注册日期", term=False),
}


@dataclass(frozen=True)
class Registered:
    """A licence's holder. `fields` are the spec's keys in their normal form, `shown` the same as they are printed."""

    form: Legal
    fields: dict[str, str]
    shown: dict[str, str]
    issued: date
    authority: str


def registered(rng: Random, form: str, since: int, altered: int | None = None) -> Registered:
    """Somebody registered in this legal form, on a licence of the form used `since` 2007, 2015 or 2019: the credit code
    came in 2015. `altered` is the seed by which the number is misprinted."""
    former = since < 2015
    legal = FORMS[form]
    province = rng.choice(people.PROVINCES)
    founded = people.day(rng, since, 2013) if former else people.day(rng, 2008, 2024)
    last = 2014 if former else 2025
    issued = min(founded + timedelta(days=rng.choice((0, 1, rng.randint(20, 2500)))), date(last, 9, rng.randint(1, 30)))
    if not former:
        issued = max(issued, date(since, 10, rng.randint(1, 31)))
    if former:
        code = numbers.registration_number(rng, province.code)
    else:
        kind = "92" if form == "individual" else "91"
        code = numbers.credit_code(rng, kind, numbers.organisation_code(rng))
    if altered is not None:
        code = numbers.misprint(Random(altered), code, range(4, len(code)))
    shown = {
        "registration_number": code,
        "name": _name(rng, form),
        "type": rng.choice(legal.types),
        "address": people.address(rng, province),
        "legal_representative": people.name(rng),
        "found_date": _chinese(founded),
        "business_scope": _scope(rng, 16 if former else 24),
    }
    if legal.capital:
        shown["registered_capital"] = _capital(rng)
    if legal.term:
        shown["business_term"] = _term(rng, founded)
    if form == "individual":
        shown["organization_form"] = rng.choice(("个人经营", "个人经营", "家庭经营"))
    fields = shown | {"found_date": founded.isoformat(), "issue_date": issued.isoformat()}
    return Registered(legal, fields, shown, issued, people.registrar(rng, issued.year < 2018))


def numerals(day: date) -> tuple[str, str, str]:
    """Year, month and day in Chinese numerals: 二〇〇八, 十, 二十."""
    digits = "〇一二三四五六七八九"
    year = "".join(digits[int(d)] for d in str(day.year))

    def count(value: int) -> str:
        tens, units = divmod(value, 10)
        lead = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
        return lead + (digits[units] if units else "")

    return year, count(day.month), count(day.day)


def _chinese(day: date) -> str:
    return f"{day:%Y年%m月%d日}"


def _name(rng: Random, form: str) -> str:
    firm = people.firm(rng)
    if form == "branch":
        return f"{firm}{people.firm(rng)[:2]}分公司"
    if form == "partnership":
        return firm.removesuffix("有限公司") + rng.choice(("合伙企业（有限合伙）", "中心（普通合伙）"))
    if form == "sole":
        return firm.removesuffix("有限公司") + rng.choice(("厂", "工作室", "经营部"))
    return f"{people.firm(rng)[:3]}{people.shop(rng)}" if form == "individual" else firm


def _capital(rng: Random) -> str:
    figure = rng.choice((3, 10, 50, 100, 200, 500, 1000, 1280, 5000))
    words = amounts.in_words(Decimal(figure * 10000))
    return rng.choice((words, f"{figure}万元人民币", f"人民币{figure}万元整", f"{figure}.000000万人民币"))


def _term(rng: Random, founded: date) -> str:
    last = years_later(founded, rng.choice((10, 20, 30, 50))) - timedelta(days=1)
    spans = f"{_chinese(founded)}至{_chinese(last)}"
    return rng.choice((spans, spans, f"自{spans}止", "长期", f"{_chinese(founded)}至长期", "永久"))


def _scope(rng: Random, most: int) -> str:
    """The business scope, from a few words to nine rows of them."""
    trades = rng.sample(_TRADES, rng.choice((2, 4, 7, 11, most)))
    joint = rng.choice(("；", "；", "、"))
    if rng.random() < 0.5 and len(trades) > 3:
        cut = len(trades) - 2
        text = f"一般项目：{joint.join(trades[:cut])}。许可项目：{joint.join(trades[cut:])}。"
    else:
        text = f"{joint.join(trades)}。"
    return text + (_PERMITTED if rng.random() < 0.6 else "") + rng.choice(("", "", "＊＊＊", "#"))
