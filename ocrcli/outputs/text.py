"""Records as plain text: what was read, or `key: value` rows; pages split by a form feed, inputs by a heading."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from ocrcli.outputs.base import PlainRecord
from ocrcli.safe_text import visible

WRITTEN = "written"  # in place of a record's contents: its input's part of a text, as an earlier run wrote it


def text_of(record: PlainRecord) -> str:
    """The text of a record without error, with no line break at the end.

    `general` and `table` have their text as printed; the others give their fields, nested ones indented. A value
    that is null and one that is empty look the same here: JSON tells them apart.
    """
    text: str = record["text"] if "text" in record else "\n".join(field_rows(record["fields"]))
    # A form feed means a new page and nothing else.
    return text.replace("\f", "\n").rstrip("\n")


class TextWriter:
    """Writes the texts of a run in order: `\\f` between pages, `==> name <==` before each input of several.

    A page that failed among others stays as an empty one, so that pages keep their numbers; an input that failed
    altogether leaves nothing.
    """

    def __init__(self, put: Callable[[str], object], *, several: bool) -> None:
        self._put = put
        self._several = several
        self._input: str | None = None
        self._page: int | None = None
        self._breaks = 0  # page breaks not yet written, because nothing of this input is
        self._begun = False
        self._headings = 0
        self.heading = ""  # the last one written, with the empty line before it

    def add(self, record: PlainRecord) -> None:
        """Takes the next record, of either kind."""
        if record["input"] != self._input:
            self._input, self._page, self._breaks, self._begun = record["input"], None, 0, False
        if WRITTEN in record:
            self._begin()
            self._put(record[WRITTEN])
            return
        page = record.get("page")
        same_page = page == self._page
        if page is not None and not same_page:
            self._breaks += self._page is not None
            self._page = page
        failed = "error" in record
        if failed and not self._begun:
            return
        self._begin()
        self._put("\f" * self._breaks)
        self._breaks = 0
        text = "" if failed else text_of(record)
        if text:
            self._put(f"\n{text}\n" if same_page else f"{text}\n")

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        if self._several:
            gap = "\n" if self._headings else ""
            self._headings += 1
            self.heading = f"{gap}==> {visible(str(self._input))} <==\n"
            self._put(self.heading)


def write_text(stream: BinaryIO, records: Iterable[PlainRecord], *, several: bool) -> None:
    """The texts of all records, in UTF-8."""
    writer = TextWriter(lambda text: stream.write(text.encode()), several=several)
    for record in records:
        writer.add(record)


def field_rows(value: Any) -> Iterator[str]:
    """A nested value as rows: `key: value`, `- ` before the items of a list, what is nested two blanks further in."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _labelled(f"{key}:", inner)
    elif isinstance(value, list):
        for inner in value:
            rows = list(field_rows(inner)) or [""]
            yield f"- {rows[0]}".rstrip()
            yield from (f"  {row}" for row in rows[1:])
    elif isinstance(value, str):
        yield from value.splitlines()
    elif value is not None:
        yield json.dumps(value)


def _labelled(label: str, value: Any) -> Iterator[str]:
    rows = list(field_rows(value))
    if isinstance(value, (dict, list)) or len(rows) > 1:
        yield label
        yield from (f"  {row}" for row in rows)
    else:
        yield f"{label} {rows[0]}" if rows else label
