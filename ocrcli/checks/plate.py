"""Vehicle number plates of the Chinese mainland, GA 36-2018: which numbers there are, by kind, and on which colour.

Numbers are written without dot or blank: 京A12345, 粤BD12345, 粤Z1234港. The embassies' 使 stands in front of the
digits on older plates and behind them on newer ones. Plates of the armed police and the army follow their own rules,
known here only by their look.

>>> kind_of("京A12345", "blue").value, kind_of("粤BD12345").value, kind_of("粤Z1234港").value
('small', 'new_energy_small', 'hong_kong')
>>> fault("京I12345"), fault("京AD12345", "blue")  # clause 5: no I, no O; new energy is green
('京I12345 has the form of no plate', 'a plate of the kind new_energy_small is green, not blue')
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from ocrcli.checks import Rule

RULE = Rule("plate-cn", "GA 36-2018", "form")

Colour = Literal["blue", "green", "black", "white", "yellow", "yellow_green"]

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I, no O
DIGITS = "0123456789"
SERIAL = DIGITS + LETTERS
_MOST_LETTERS = 2  # in the five characters of an ordinary serial
_ARMY = "ABCEGHJKLNSVZ"  # first letters in use: commands, services, regions


class Kind(StrEnum):
    """What a plate's number says about the vehicle; ordinary plates are small or large by their colour."""

    ORDINARY = "ordinary"
    SMALL = "small"
    LARGE = "large"
    NEW_ENERGY_SMALL = "new_energy_small"
    NEW_ENERGY_LARGE = "new_energy_large"
    TRAILER = "trailer"
    LEARNER = "learner"
    POLICE = "police"
    HONG_KONG = "hong_kong"
    MACAO = "macao"
    CONSULATE = "consulate"
    EMBASSY = "embassy"
    ARMED_POLICE = "armed_police"
    ARMY = "army"


Form = tuple[tuple[str, int], ...]  # alphabets and how many characters of each, from left to right


def _ending(last: str) -> Form:
    return ((PROVINCES, 1), (LETTERS, 1), (SERIAL, 4), (last, 1))


# Which of several forms a number has is clear: no two kinds share a number.
FORMS: tuple[tuple[Kind, Form], ...] = (
    (Kind.ORDINARY, ((PROVINCES, 1), (LETTERS, 1), (SERIAL, 5))),
    (Kind.NEW_ENERGY_SMALL, ((PROVINCES, 1), (LETTERS, 1), ("ABCDEFGHJK", 1), (SERIAL, 1), (DIGITS, 4))),
    (Kind.NEW_ENERGY_LARGE, ((PROVINCES, 1), (LETTERS, 1), (DIGITS, 5), ("DF", 1))),
    (Kind.TRAILER, _ending("挂")),
    (Kind.LEARNER, _ending("学")),
    (Kind.POLICE, _ending("警")),
    (Kind.HONG_KONG, (("粤", 1), ("Z", 1), (SERIAL, 4), ("港", 1))),
    (Kind.MACAO, (("粤", 1), ("Z", 1), (SERIAL, 4), ("澳", 1))),
    (Kind.CONSULATE, _ending("领")),
    (Kind.EMBASSY, (("使", 1), (DIGITS, 6))),
    (Kind.EMBASSY, ((DIGITS, 6), ("使", 1))),
    (Kind.ARMED_POLICE, (("W", 1), ("J", 1), (PROVINCES, 1), (DIGITS, 4), (SERIAL, 1))),
    (Kind.ARMED_POLICE, (("W", 1), ("J", 1), (DIGITS, 4), (SERIAL, 1))),
    (Kind.ARMY, ((_ARMY, 1), (LETTERS, 1), (DIGITS, 5))),
)

_COLOURS: dict[Kind, tuple[Colour, ...]] = {
    Kind.ORDINARY: ("blue", "yellow", "black"),  # black: foreigners' plates before 2007
    Kind.NEW_ENERGY_SMALL: ("green",),
    Kind.NEW_ENERGY_LARGE: ("yellow_green",),
    Kind.TRAILER: ("yellow",),
    Kind.LEARNER: ("yellow",),
    Kind.POLICE: ("white",),
    Kind.HONG_KONG: ("black",),
    Kind.MACAO: ("black",),
    Kind.CONSULATE: ("black",),
    Kind.EMBASSY: ("black",),
    Kind.ARMED_POLICE: ("white",),
    Kind.ARMY: ("white",),
}


def is_green(colour: str | None) -> bool:
    """True for the grounds of new energy, on which nothing but its numbers of eight characters stands."""
    return colour in ("green", "yellow_green")


def kind_of(number: str, colour: Colour | None = None) -> Kind | None:
    """The kind of a plate with this number, None for a number that no plate has."""
    for kind, form in FORMS:
        if _has_form(number, form) and (kind is not Kind.ORDINARY or _letters(number[2:]) <= _MOST_LETTERS):
            if kind is Kind.ORDINARY:
                return {"blue": Kind.SMALL, "yellow": Kind.LARGE}.get(colour or "", kind)
            return kind
    return None


def fault(number: str, colour: Colour | None = None) -> str | None:
    """What is wrong with a number, or with its colour where that is known; None where nothing is."""
    kind = kind_of(number)
    if kind is None:
        return f"{number} has the form of no plate"
    if colour is not None and colour not in _COLOURS[kind]:
        return f"a plate of the kind {kind.value} is {' or '.join(_COLOURS[kind])}, not {colour}"
    return None


def passes(number: str, colour: Colour | None = None) -> bool:
    """True where a plate can have this number, on this colour where that is known."""
    return fault(number, colour) is None


def _has_form(number: str, form: Form) -> bool:
    alphabets = [alphabet for alphabet, count in form for _ in range(count)]
    return len(number) == len(alphabets) and all(c in a for c, a in zip(number, alphabets, strict=True))


def _letters(serial: str) -> int:
    return sum(c in LETTERS for c in serial)
