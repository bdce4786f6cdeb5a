"""Classes of characters that a font's map to Unicode mixes up among each other: digits, letters, Chinese characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

_LEAD, _TRAIL = range(0xB0, 0xF8), range(0xA1, 0xFF)  # of GB 2312's Chinese characters, levels 1 and 2
_TWINS = ("Il1i|j", "O0oQ", "5Ss", "8B", "2Zz", "未末", "土士", "日曰", "己已巳", "人入", "壬王", "戊戌戍", "干千")


@dataclass(frozen=True, eq=False)
class Class:
    """Characters that stand for each other in a false map.

    One is printed as another where it is this much `alike` to it (0..1) and so much `ahead` of itself; fewer than
    `fewest` of a class may be a matter of the typeface. `telling`: one alone is worth a word.
    """

    members: str
    alike: float
    ahead: float
    fewest: int = 3
    telling: bool = True

    def __contains__(self, text: str) -> bool:
        return text in self._set

    @cached_property
    def _set(self) -> frozenset[str]:
        return frozenset(self.members)

    def are_twins(self, text: str, other: str) -> bool:
        """True for characters that typefaces draw alike: the two cases of a letter, l and I."""
        return text.casefold() == other.casefold() or any(text in twins and other in twins for twins in _TWINS)


def _national() -> str:
    codes = (bytes((lead, trail)) for lead in _LEAD for trail in _TRAIL)
    return b"".join(codes).decode("gb2312", errors="ignore")


DIGITS = Class("0123456789", alike=0.7, ahead=0.25)
LETTERS = Class("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", alike=0.75, ahead=0.3, fewest=6, telling=False)
HANZI = Class(_national(), alike=0.8, ahead=0.35)
CLASSES = (DIGITS, LETTERS, HANZI)
