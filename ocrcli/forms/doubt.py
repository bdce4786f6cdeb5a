"""When a value is doubtful, and how that is said: one notion, and one wording, for every service.

A value is doubtful where the picture supports it badly: a character is unclear, another reading is nearly as likely,
the print had to be bent to fit, it is cut off, a part is missing, or nothing but its own form says what it is. Checks
are another matter: one that fails stands beside its value, one that passes takes no doubt away that it made itself by
choosing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ocrcli.page import Char, Notice

if TYPE_CHECKING:
    from ocrcli.engine.decoding import Guided
    from ocrcli.finding import Evidence

CLEAR = 0.85  # probability below which a single character is unclear
BENT_NATS = 6.5  # a print that a grammar must bend by more is no such value: it is given as it stands

AT_EDGE = "it lies at the picture's edge"
ALONE = "nothing but its form says what it is"
NOT_LABELLED = "its label was not found"
NOT_OF_FORM = "it does not have the form it should have"
RIVAL = "another reading is nearly as likely"
CHOSEN = "its check digit chose between two readings"
DISAGREE = "several looks at it disagree"
TWICE = "its label stands there more than once, with different values"
CUT = "it reaches beyond its place"
MISPLACED = "the page's fixed print does not agree on where it stands"
LOOSE_ROW = "nothing else stands in its row: it may belong to the row above"


def unclear(chars: Iterable[Char]) -> str | None:
    """Why free text is doubtful: its least clear character, None where all are clear. Signs don't count."""
    worst = min((c for c in chars if c.text.isalnum()), key=lambda c: c.confidence, default=None)
    if worst is None or worst.confidence >= CLEAR:
        return None
    return f"{worst.text!r} in it is unclear"


def of_guided(guided: Guided) -> str | None:
    """Why a value read under a grammar is doubtful, None where it is not."""
    if guided.chose:
        return CHOSEN
    if guided.doubtful:
        return RIVAL
    return None


def notice(key: str, why: str, evidence: Evidence | None = None) -> Notice:
    """The warning for a doubtful value."""
    quad = evidence.quad if evidence else None
    return Notice("doubtful", f"the {key} may be misread ({why}): look at the picture", key, quad)


def notices(evidence: Mapping[str, Evidence]) -> Iterator[Notice]:
    """The warnings for all doubtful values, in order."""
    for key, seen in evidence.items():
        if seen.doubtful:
            yield notice(key, seen.why or RIVAL, seen)
