"""Which kind of VAT invoice a page is."""

from __future__ import annotations

import re

from ocrcli.checks import invoice_numbers


def kind_of(title: str | None, code: str | None, number: str | None, *, toll: bool) -> str | None:
    """The spec's `type`: what the title says, else what code and number say; None where neither does.

    `toll`: the items have a toll invoice's columns.
    """
    bare = re.sub(r"\s+", "", title or "").replace("(", "（").replace(")", "）")
    digital = len(number or "") == 20
    if re.search("电子发票（", bare) or (digital and not code):
        if "专用" in bare:
            return "fully_digitalized_special_electronic"
        return "fully_digitalized_normal_electronic" if "普通" in bare else None
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
