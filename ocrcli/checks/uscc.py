"""The unified social credit code (统一社会信用代码), GB 32100-2015.

18 characters of 31 (no I, O, S, V, Z): registering authority, kind, six digits of region, the organisation code of
nine, and a check character modulo 31. As 31 is prime, every single changed character is found.

>>> fault("91350100M000100Y43")  # the example of GB 32100-2015
>>> [fault(code) for code in ("914403001922038216", "91440300708461136T")]  # Huawei, Tencent: the public register
[None, None]
>>> body("914403001922038216"), organisation("914403001922038216"), fault("91350100M000100Y44")
('企业', '192203821', 'the check character should be 3, not 4')
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ocrcli.checks import Rule, org_code

RULE = Rule("gb32100", "GB 32100-2015", "check digit")
AUTHORITY = Rule("gb32100-authority", "GB 32100-2015", "list")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Table 1 as since amended: who registers, and the kinds of body that it registers.
AUTHORITIES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "1": ("机构编制", {"1": "机关", "2": "事业单位", "3": "中央编办直接管理机构编制的群众团体", "9": "其他"}),
    "2": ("外交", {"1": "外国常驻新闻机构", "9": "其他"}),
    "3": (
        "司法行政",
        {
            "1": "律师执业机构",
            "2": "公证处",
            "3": "基层法律服务所",
            "4": "司法鉴定机构",
            "5": "仲裁委员会",
            "9": "其他",
        },
    ),
    "4": ("文化", {"1": "外国在华文化中心", "9": "其他"}),
    "5": ("民政", {"1": "社会团体", "2": "民办非企业单位", "3": "基金会", "9": "其他"}),
    "6": ("旅游", {"1": "外国旅游部门常驻代表机构", "2": "港澳台地区旅游部门常驻内地（大陆）代表机构", "9": "其他"}),
    "7": ("宗教", {"1": "宗教活动场所", "2": "宗教院校", "9": "其他"}),
    "8": ("工会", {"1": "基层工会", "9": "其他"}),
    "9": ("工商", {"1": "企业", "2": "个体工商户", "3": "农民专业合作社"}),
    "A": ("中央军委改革和编制办公室", {"1": "军队事业单位", "9": "其他"}),
    "N": ("农业", {"1": "组级集体经济组织", "2": "村级集体经济组织", "3": "乡镇级集体经济组织", "9": "其他"}),
    "Y": ("其他", {"1": "其他"}),
}
# Bodies whose licence is a business licence (营业执照).
_IN_TRADE = "9"


def check_character(first: str) -> str:
    """The character behind the first 17."""
    from stdnum.cn import uscc

    character: str = uscc.calc_check_digit(first)
    return character


def fault(code: str) -> str | None:
    """What is wrong with a code, None where nothing is."""
    if re.fullmatch(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}", code) is None:
        return "a credit code has 18 digits and capitals without I, O, S, V, Z, digits at 3 to 8"
    if code[17] != (expected := check_character(code[:17])):
        return f"the check character should be {expected}, not {code[17]}"
    return None


def passes(code: str) -> bool:
    """True where the code is well formed and its check character is right."""
    return fault(code) is None


def organisation(code: str) -> str:
    """The organisation code inside (GB 11714). Sole traders' codes need not carry a real one."""
    return code[8:17]


def organisation_fault(code: str) -> str | None:
    """What is wrong with the organisation code inside, None where nothing is or none is asked of it (sole traders)."""
    said = None if code[:2] == "92" else org_code.fault(organisation(code))
    return f"the organisation code {organisation(code)} inside is wrong: {said}" if said else None


def body(code: str) -> str | None:
    """The kind of body that the first two characters name, None where they name none: 企业, 个体工商户, 事业单位."""
    return AUTHORITIES.get(code[:1], ("", {}))[1].get(code[1:2])


def authority_fault(code: str, *, in_trade: bool = False) -> str | None:
    """What is wrong with the first two characters, None where nothing is.

    `in_trade`: the code stands on a business licence, which only the offices for trade (9) give out.
    """
    if code[:1] not in AUTHORITIES:
        return f"no authority has the character {code[:1]}"
    if body(code) is None:
        return f"the authority {code[0]} ({AUTHORITIES[code[0]][0]}) has no kind {code[1:2]}"
    if in_trade and code[0] != _IN_TRADE:
        return f"a business licence's code begins with 9, not with {code[0]} ({AUTHORITIES[code[0]][0]})"
    return None
