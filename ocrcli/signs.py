"""What gives a kind of document away: declarations that a service, or a kind without a service, makes about itself.

Each sign has a weight: how sure a document is of this kind where the sign is seen and nothing else is. Signs add up as
independent witnesses do (`layout.naming`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """A heading that stands on a line of its own, any one of these (a place or an authority may stand before it)."""

    texts: tuple[str, ...]
    weight: float = 0.75


@dataclass(frozen=True)
class Labels:
    """Printed labels, each once on a document: `enough` of them give the whole weight, fewer a part of it."""

    texts: tuple[str, ...]
    enough: int
    weight: float = 0.85


@dataclass(frozen=True)
class Number:
    """A line that holds this regular expression (blanks left out, capitals), and whose match `passes`."""

    pattern: str
    passes: Callable[[str], bool] | None = None
    weight: float = 0.3


@dataclass(frozen=True)
class Shape:
    """How many times as long as wide it is, to within a tenth. It supports other signs, and says little alone.

    A document of `most_lines` has no more: a page with more is none, though it has the other signs.
    """

    aspect: float
    weight: float = 0.1
    most_lines: int | None = None


Sign = Title | Labels | Number | Shape


@dataclass(frozen=True)
class Kind:
    """A kind of document: its name in the vendors' list of classes, the service that reads it (`spec` is the
    service's id in the vendors' list, whether it is there or not), and its signs. `ruled`: it is a ruled form, whose
    blocks between rules look like papers of their own.
    """

    type: str
    title_zh: str
    spec: str
    signs: tuple[Sign, ...]
    ruled: bool = False


# How titles of cards end, and the services that read them: cards share many of their labels.
CARD_TITLES = {
    "居民身份证": "id-card",
    "驾驶证": "driver-license",
    "行驶证": "vehicle-license",
    "护照": "passport",
    "通行证": "id-document",
    "居住证": "id-document",
    "常住人口登记卡": "household-register",
    "道路运输证": "transportation-license",
    "永久性居民身份證": "hk-id-card",
}


def titles_but_of(service: str) -> dict[str, str]:
    """The titles of other services' cards, with those services."""
    return {title: name for title, name in CARD_TITLES.items() if name != service}
