"""Pages of one document that lie apart in a picture: what both of them print says that they belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ocrcli.finding import Check, Finding
from ocrcli.forms.fields import Declared
from ocrcli.forms.proof import AGREE
from ocrcli.forms.results import BOTH_SIDES
from ocrcli.geometry import around


def joined(declared: Declared, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a picture, those of the sides of one document made one.

    Sides are of one document where every value that both print is the same. Sides without such a value stay apart:
    nothing says whose they are.
    """
    whole: list[Finding] = []
    for finding in findings:
        partner = next((other for other in whole if _belong_together(declared, other, finding)), None)
        if partner is None:
            whole.append(finding)
        else:
            whole[whole.index(partner)] = _one(declared, partner, finding)
    return whole


def _belong_together(declared: Declared, first: Finding, second: Finding) -> bool:
    sides = {first.document.side, second.document.side}
    if len(sides) < 2 or sides & {None, BOTH_SIDES}:
        return False
    return bool(keys := _shared(declared, first, second)) and all(_value(first, k) == _value(second, k) for k in keys)


def _shared(declared: Declared, first: Finding, second: Finding) -> list[str]:
    """The keys that are printed on several sides and were found on both."""
    printed = Counter(field.name for field in declared.fields if field.finds)
    return [key for key, times in printed.items() if times > 1 and _value(first, key) and _value(second, key)]


def _value(finding: Finding, key: str) -> object:
    assert isinstance(finding.fields, dict)
    return finding.fields.get(key)


def _one(declared: Declared, first: Finding, second: Finding) -> Finding:
    """Both sides as one finding, in the order in which they are declared."""
    order = [side.name for side in declared.sides]
    front, back = sorted((first, second), key=lambda finding: order.index(str(finding.document.side)))
    assert isinstance(front.fields, dict) and isinstance(back.fields, dict)
    agree = [Check(AGREE.id, AGREE.standard, (key,), True) for key in _shared(declared, front, back)]
    known = {(check.rule, check.fields) for check in front.checks if check.passed is not None}
    others = [check for check in back.checks if (check.rule, check.fields) not in known]
    redone = {(check.rule, check.fields) for check in others if check.passed is not None}
    quads = [finding.document.quad for finding in (front, back) if finding.document.quad]
    return replace(
        front,
        fields=back.fields | {key: value for key, value in front.fields.items() if value not in (None, [])},
        checks=[*(c for c in front.checks if (c.rule, c.fields) not in redone), *others, *agree],
        evidence={**back.evidence, **front.evidence},
        notices=[*front.notices, *back.notices],
        document=replace(front.document, quad=around(quads) if len(quads) == 2 else None, side=BOTH_SIDES),
        crops={**front.crops, **back.crops},
    )
