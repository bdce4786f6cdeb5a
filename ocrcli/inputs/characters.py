"""What the characters of digital text are worth: which say something, and which spell another one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Fonts often map a Chinese character to the radical that looks the same. Unicode's compatibility mapping undoes this
# for the Kangxi radicals; these of the supplement have no mapping there (EquivalentUnifiedIdeograph.txt, UCD 15).
_RADICALS = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民西见角贝车长门青韦页风飞食马鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
_NATIONAL_SETS = ("gb2312", "big5", "shift_jis")
# Symbol fonts have codes of their own (or U+F000 and the code). Those that forms and lists use, from "Proposal to add
# Wingdings and Webdings symbols" (Unicode L2/11-052R), each as the plainest character that looks the same.
_SYMBOL_FONTS = {
    "wingdings": {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "□"}
    | {0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": {0x50: "✓", 0x52: "☑", 0x53: "☒", 0xA3: "□"},
    "symbol": {0xB7: "•"},
    # Adobe's zdingbat.txt: code 0x20 + n is U+2700 + n, but for signs that Unicode had before.
    "zapfdingbats": {code: chr(0x26E0 + code) for code in range(0x21, 0x7F)}
    | {0x25: "☎", 0x2A: "☛", 0x2B: "☞", 0x48: "★", 0x6C: "●", 0x6E: "■", 0x73: "▲", 0x74: "▼", 0x75: "◆", 0x77: "◗"},
}


@cache
def normal(text: str) -> str:
    """The text as one would type it: radicals as characters, every space a plain one, invisible characters gone."""
    return "".join(_normal_char(char) for char in text)


def _normal_char(char: str) -> str:
    if "\u2e80" <= char <= "\u2fd5" or "\uf900" <= char <= "\ufaff":
        return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    category = unicodedata.category(char)
    if char == "\u00ad":  # a soft hyphen that is printed is a hyphen
        return "-"
    if category in ("Cc", "Cs") and char not in "\t\n\r":  # a control, half a surrogate pair: no character at all
        return "\ufffd"
    if category == "Cf":
        return ""
    return " " if category in ("Zs", "Zl", "Zp") or char in "\t\n\r" else char


@cache
def from_symbol_font(char: str, font: str) -> str:
    """The character that a symbol font shows for this code; the code itself in other fonts, or where none is known."""
    name = re.sub(r"[^a-z0-9]+", " ", font.lower()).replace("wingdings2", "wingdings 2").replace("zapf d", "zapfd")
    for known, table in reversed(_SYMBOL_FONTS.items()):
        if known in name:
            return table.get(ord(char) & 0xFF, char) if ord(char) < 0x100 or 0xF000 <= ord(char) <= 0xF0FF else char
    return char


@cache
def is_wide(char: str) -> bool:
    """True for characters as wide as the font is high: Chinese, Japanese, Korean, and their punctuation."""
    return unicodedata.east_asian_width(char) in "WF"


@cache
def is_lost(char: str) -> bool:
    """True for U+FFFD and the private use areas: the file does not say which character this is."""
    return char == "\ufffd" or unicodedata.category(char) == "Co"


@cache
def is_mapped(char: str) -> bool:
    """True for characters that text is made of. Controls, unassigned codes and ideographs that none of the national
    character sets has (GB 2312, Big5, JIS X 0208) come from broken maps far more often than from print."""
    if is_lost(char) or unicodedata.category(char) in ("Cc", "Cn", "Cs"):
        return False
    if "\u3400" <= char <= "\u9fff" or char >= "\U00020000":
        return any(_encodes(char, name) for name in _NATIONAL_SETS)
    return True


def _encodes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
