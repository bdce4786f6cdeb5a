"""Which kind of VAT invoice a page is, and what other receipts look like."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ocrcli.checks import invoice_numbers

# What other receipts print, first come first served → the service that reads them.
_OTHERS: tuple[tuple[str, str], ...] = (
    (r"机动车销售统一发票", "mvs-invoice"),
    (r"二手车销售统一发票", "used-car-invoice"),
    (r"航空运输电子客票|行程单.{0,12}航空|ITINERARY|旅客行李票", "flight-itinerary"),
    (r"铁路电子客票|中国铁路|检票[:：口]|仅供报销使用|12306", "train-ticket"),
    (r"出租.{0,6}发票|出租车|上车.{0,14}下车|(?:等候|候时|里程).{0,20}单价", "taxi-invoice"),
    (r"定额发票|面额", "quota-invoice"),
    (r"通行费.{0,12}(?:发票|收据|票据)|车型.{0,12}入口|收费站", "toll-invoice"),
    (r"医疗.{0,12}(?:收费|票据)|门诊|住院", "medical-invoice"),
)


def kind_of(title: str | None, code: str | None, number: str | None, *, toll: bool) -> str | None:
    """The spec's `type`: what the title says, else what code and number say; None where neither does.

    `toll`: the items have a toll invoice's columns.
    """
    bare = re.sub(r"\s+", "", title or "").replace("(", "（").replace(")", "）")
    digital = len(number or "") == 20
    if re.search("电子发票（", bare) or (digital and not code):
        special = "专用" in bare
        return "fully_digitalized_special_electronic" if special else "fully_digitalized_normal_electronic"
    by_code = invoice_numbers.kind(code) if code else None
    if toll or "通行费" in bare:
        return "toll"
    if "卷" in bare or (by_code == "roll" and "电子" not in bare):
        return "roll"
    if "电子" in bare or "区块链" in bare:
        return "special_electronic" if "专用" in bare else "electronic"
    if "专用" in bare:
        return "special"
    return "normal" if "普通" in bare else by_code


def attribution_of(title: str | None) -> str | None:
    """The region in front of an older title: 湖北增值税… → 湖北."""
    match = re.match(r"([\u4e00-\u9fff]{2,4}?)(?:省|市)?(?:增值税|电子)", re.sub(r"\s+", "", title or ""))
    return match[1] if match and match[1] not in ("所属", "国家") else None


def looks_like(texts: Iterable[str]) -> str | None:
    """The service for another receipt that these lines belong to, None where they say nothing."""
    whole = "\n".join(re.sub(r"\s+", "", text) for text in texts)
    return next((service for form, service in _OTHERS if re.search(form, whole)), None)
