"""Text that came from outside, made fit for where it goes: records, terminals, messages. Standard library only."""

from __future__ import annotations

import re
from typing import Any

QUOTED = 100  # characters of a document that a message quotes at most
LONGEST_MESSAGE = 600

# What steers a terminal (C0, DEL, C1: ECMA-48) or cannot be encoded (lone surrogates) stands for no printed character.
_STEERING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Marks that turn the direction of what follows (UAX #9, 2): print has none, and they can make a name look like another.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\r\v\f\u2028\u2029]")


def clean(text: str) -> str:
    """What a record keeps of a document's text: controls and lone surrogates as U+FFFD, marks of direction left out,
    every line break a `\\n`."""
    if text.isascii() and text.isprintable():
        return text
    return _BREAKS.sub("\n", _TURNING.sub("", _STEERING.sub("\ufffd", text)))


def cleaned(value: Any) -> Any:
    """The same for all texts in plain data."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [cleaned(inner) for inner in value]
    return value


def visible(text: str, keep: str = "") -> str:
    """The text with everything that is not to be seen, but blanks and what is in `keep`, as Python or JSON escape it:
    a name must not forge a line or a colour."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep or c in _SPACES else _escaped(c) for c in text)


def visible_json(text: str) -> str:
    """JSON of the same meaning in which nothing steers a terminal."""
    return _UNSEEN.sub(lambda found: _json_escaped(found.group()), text)


def quoted(text: str) -> str:
    """A document's own words for a message: in quotation marks, controls escaped, no more than QUOTED characters."""
    return repr(text if len(text) <= QUOTED else f"{text[:QUOTED]}…")


def message_of(text: str) -> str:
    """A message short enough for people, whatever was put into it."""
    return text if len(text) <= LONGEST_MESSAGE else f"{text[:LONGEST_MESSAGE]}…"


_SPACES = "\u3000\xa0\u2002\u2003\u2009"  # seen as what they are, though Python calls only the plain blank printable


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode()


def _json_escaped(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
