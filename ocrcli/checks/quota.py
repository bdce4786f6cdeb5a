"""Face values of quota invoices (定额发票): tax offices print them for round amounts.

>>> fault("壹拾元整"), fault("贰拾元"), fault("￥50.00"), fault("0.50")
(None, None, None, None)
>>> fault("叁拾壹元"), fault("拾圆伍")
('no quota invoice is printed for 31.00: they are for 1, 2 or 5 and tens of these', '拾圆伍 is no amount')
"""

from __future__ import annotations

from decimal import Decimal

from ocrcli.checks import Rule, amounts

FACE = Rule("quota-face", "own", "list")
_FACES = frozenset(Decimal(first).scaleb(place) for first in (1, 2, 5) for place in range(-1, 5))


def fault(text: str) -> str | None:
    """What is wrong with a face value in capital numerals or figures, None where nothing is."""
    value = amounts.words(text)
    value = amounts.figures(text) if value is None else value
    if value is None:
        return f"{text} is no amount"
    if value in _FACES:
        return None
    return f"no quota invoice is printed for {amounts.normal(value)}: they are for 1, 2 or 5 and tens of these"
