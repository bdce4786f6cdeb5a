"""When a value is doubtful, and how that is said: one notion, and one wording, for every service.

A value is doubtful where the picture supports it badly: a character is unclear, another reading is nearly as likely,
the print had to be bent to fit, looks disagree, it is cut off, a part is missing, or nothing but its own form says what
it is. Checks are another matter: one that fails stands beside its value, one that passes takes no doubt away that it
made itself by choosing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ocrcli.finding import Alternative, Evidence
from ocrcli.page import Char, Notice

if TYPE_CHECKING:
    from ocrcli.engine.decoding import Guided

CLEAR = 0.9  # probability below which a single character is unclear
CLEAR_GUIDED = 0.7  # the same under a grammar: what else it may be is no such value, or counted among the rivals
CLEAR_STRICT = 0.98  # the same for print that readers are sure of too soon, and beside a rival (4 nats) somewhere
BENT_NATS = 6.5  # a print that a grammar must bend by more is hardly such a value …
LACKING_NATS = 13.0  # … and by this much, characters were made up, and others may stand in their places
AGREED = 0.5  # share of the looks that must say more than
SHARE = 0.9  # of the probability that several looks give to all their values

AT_EDGE = "it lies at the picture's edge"
ALONE = "nothing but its form says what it is"
NOT_LABELLED = "its label was not found"
DERIVED = "it is not printed, and follows only likely from other values"
NOT_OF_FORM = "it does not have the form it should have"
PART_MISSING = "a part of it is missing"
RIVAL = "another reading is nearly as likely"
CHOSEN = "its check digit chose between two readings"
DISAGREE = "several looks at it disagree"
TWICE = "its label stands there more than once, with different values"
CUT = "it reaches beyond its place"
MISPLACED = "the page's fixed print does not agree on where it stands"
LOOSE_ROW = "nothing else stands in its row: it may belong to the row above"
BENT = "the print hardly fits its form"

BY_CHECK = "its check digit passes"
BY_LIST = "it is one of a closed list"
BY_SUMS = "the sums that it stands in"
BY_LOOKS = "several looks that agree"


def reason(
    chars: Iterable[Char] = (),
    *,
    guided: Guided | None = None,
    near: bool = True,
    agreed: float = 1.0,
    share: float = 1.0,
    faults: Iterable[str | None] = (),
    speaks: str | None = None,
    signs: str = "",
    strict: bool = False,
) -> str | None:
    """Why a value is doubtful, in words; None where it is not.

    `chars` are the value's own characters (those of `signs` count like letters and digits), `guided` how its line was
    read under a grammar; `near`: False for a part of that line where its rivals do not differ. `agreed` is the share of
    several looks that say the same, `share` that of their probability. `faults` are the reasons that only its service
    can know, None for those that don't hold. `speaks` names what speaks for characters that are unclear (BY_CHECK,
    BY_LIST, BY_SUMS, BY_LOOKS). `strict`: print of a kind that readers are sure of too soon (around a stamp).
    """
    own = tuple(chars)
    known = [fault for fault in faults if fault]
    if known:
        return known[0]
    if guided is not None and (why := _of_guided(guided, near=near)):
        return why
    if agreed <= AGREED:
        return DISAGREE
    if share < SHARE:
        return RIVAL
    clear = CLEAR_STRICT if strict else CLEAR_GUIDED if guided is not None else CLEAR
    return None if speaks else unclear(own, signs, clear)


def unclear(chars: Iterable[Char], signs: str = "", clear: float = CLEAR) -> str | None:
    """Why text is doubtful: its least clear character, None where all are clear. Of signs only `signs` count."""
    counted = (c for c in chars if c.text.isalnum() or (c.text and c.text in signs))
    worst = min(counted, key=lambda c: c.confidence, default=None)
    if worst is None or worst.confidence >= clear:
        return None
    return f"{worst.text!r} in it is unclear"


def _of_guided(guided: Guided, *, near: bool) -> str | None:
    if guided.misfit > LACKING_NATS:
        return BENT
    if guided.chose and near:
        return CHOSEN
    if guided.doubtful and near:
        return RIVAL
    return BENT if guided.misfit > BENT_NATS and near else None


def alternatives(guided: Guided, normal: Callable[[str], str | None] = str, value: str = "") -> tuple[Alternative, ...]:
    """The rivals of a value in its normal form, each once, without the value itself."""
    shares: dict[str, float] = {}
    for text, share in guided.rivals:
        other = normal(text)
        if other is not None and other != (value or guided.text):
            shares[other] = shares.get(other, 0.0) + share
    return tuple(Alternative(text, share) for text, share in shares.items())


def notice(key: str, why: str, evidence: Evidence | None = None) -> Notice:
    """The warning for a doubtful value."""
    quad = evidence.quad if evidence else None
    return Notice("doubtful", f"the {key} may be misread ({why}): look at the picture", key, quad)


def notices(evidence: Mapping[str, Evidence]) -> Iterator[Notice]:
    """The warnings for all doubtful values, in order."""
    for key, seen in evidence.items():
        if seen.doubtful:
            yield notice(key, seen.why, seen)
