"""Records as JSON: a list in a file, one compact record a line elsewhere, laid out for eyes on a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from ocrcli.outputs.base import PlainRecord
from ocrcli.records import to_json
from ocrcli.safe_text import visible_json

# An array of numbers (a quad, mostly) as json.dumps lays it out. No string is touched: JSON strings hold no raw line
# break, and the class has no quotation mark.
_NUMBERS = re.compile(r"\[\n[\s\d.,eE+\-\[\]]*\]")


def line(record: PlainRecord) -> bytes:
    """The record as one compact line of UTF-8, with its line break."""
    return to_json(record).encode() + b"\n"


def indented(record: PlainRecord) -> str:
    """The record over several lines, arrays of numbers on one, nothing in it that steers a terminal."""
    text = json.dumps(record, ensure_ascii=False, indent=2)
    return visible_json(_NUMBERS.sub(lambda found: "".join(found.group().split()).replace(",", ", "), text))


def write_lines(stream: BinaryIO, records: Iterable[PlainRecord]) -> None:
    """JSON Lines: a compact record a line."""
    for record in records:
        stream.write(line(record))


def write_list(stream: BinaryIO, records: Iterable[PlainRecord]) -> None:
    """A JSON list, a record a line."""
    before = b"[\n"
    for record in records:
        stream.write(before + line(record).rstrip(b"\n"))
        before = b",\n"
    stream.write(b"[]\n" if before == b"[\n" else b"\n]\n")


def list_items(text: str) -> Iterator[object]:
    """The items of a JSON list, decoded one after another, however it is laid out. Raises ValueError."""
    decoder = json.JSONDecoder()
    blank = re.compile(r"\s*")

    def skip(at: int) -> int:
        found = blank.match(text, at)
        return found.end() if found else at

    at = skip(0)
    opening = "["
    while text[at : at + 1] == opening:
        at = skip(at + 1)
        if opening == "[" and text[at : at + 1] == "]":
            break
        item, at = decoder.raw_decode(text, at)
        yield item
        at, opening = skip(at), ","
    if text[at : at + 1] != "]" or skip(at + 1) != len(text):
        raise ValueError("not a JSON list")
