"""Where a printed line ends because it was full, and where because the writer ended it."""

from __future__ import annotations

from ocrcli.layout.upright import Piece, is_wide, units

# A line of Chinese is full when less than this many em are left: a sign that may not begin a line goes to the
# next one with the character before it.
_KINSOKU_EM = 2.2
# Blank between two words.
_BLANK_EM = 0.3
# Detectors pad their boxes and writers' margins are ragged by this much.
_SLACK_EM = 0.6


def wraps(upper: Piece, lower: Piece, right_edge: float) -> bool:
    """True where `upper` ended for want of room: the first word of `lower` would have crossed `right_edge`."""
    em = upper.em
    room = right_edge - upper.x1
    word = first_word(lower.text)
    if not word or not upper.text:
        return False
    need = _KINSOKU_EM if is_wide(word[0]) else units(word) + _BLANK_EM
    return room < (need + _SLACK_EM) * em


def first_word(text: str) -> str:
    """What cannot be torn apart at the head of a text: one wide character, or all up to a blank or a wide one."""
    text = text.lstrip()
    for index, char in enumerate(text):
        if char.isspace() or is_wide(char):
            return text[: max(index, 1)]
    return text
