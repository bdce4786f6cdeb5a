"""The ethnic groups of China (民族), GB/T 3304-1991: a closed list, as identity cards print them, without 族.

>>> normal("汉族"), GROUPS[0], GROUPS[55], fault("汗")  # 01 and 56 of GB/T 3304
('汉', '汉', '基诺', '汗 is none of the 56 ethnic groups')
"""

from __future__ import annotations

from ocrcli.checks import Rule

RULE = Rule("gb3304", "GB/T 3304-1991", "list")

# In the order of the standard's codes 01 to 56.
_GROUPS = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
GROUPS = tuple(_GROUPS.split())
# Codes 97 and 98.
OTHERS = ("其他", "外国血统")


def normal(text: str) -> str | None:
    """The group's name as the standard writes it, None for a text that names none. 汉族 is 汉."""
    for name in (text, text.removesuffix("族")):
        if name in GROUPS or name in OTHERS:
            return name
    return None


def fault(text: str) -> str | None:
    """What is wrong with a printed group, None where nothing is."""
    return None if normal(text) else f"{text} is none of the 56 ethnic groups"


def passes(text: str) -> bool:
    """True for a group of the list."""
    return fault(text) is None
