"""Records to standard output, one by one as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from ocrcli.errors import ReaderLeft
from ocrcli.inputs.discover import Given
from ocrcli.outputs import json
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.files import telling
from ocrcli.outputs.naming import TABLE_FORMS, Format
from ocrcli.outputs.tables import TablesWriter
from ocrcli.outputs.text import TextWriter
from ocrcli.safe_text import visible


class Stdout:
    """JSON, a compact record a line or laid out for a terminal (`tty`), text, or tables. UTF-8 with `\\n` whatever the
    locale.

    A closed pipe is ReaderLeft, which is for the command to end on.
    """

    def __init__(self, stream: BinaryIO, form: Format, *, tty: bool, several: bool) -> None:
        self._stream = stream
        self._form = form
        self._tty = tty
        self._tables = TablesWriter(self._put, form) if form in TABLE_FORMS else None
        self._text = TextWriter(lambda text: self._put(text.encode()), several=several)

    def has(self, given: Given, sha256: str, fingerprint: str) -> bool:  # noqa: ARG002
        """Never: what went to stdout is gone."""
        return False

    def kept(self, given: Given) -> Iterable[PlainRecord] | None:  # noqa: ARG002
        """Nothing."""
        return None

    def write(self, given: Given, record: PlainRecord) -> None:  # noqa: ARG002
        """Prints the record."""
        with _telling():
            if self._tables is not None:
                self._tables.add(record)
            elif self._form == "txt":
                self._text.add(record)
            elif self._form == "json" and self._tty:
                self._stream.write(json.indented(record).encode() + b"\n")
            else:
                self._stream.write(json.line(record))
            self._stream.flush()

    def _put(self, piece: bytes) -> None:
        """Words that are no JSON: a terminal is not to be steered by them."""
        self._stream.write(visible(piece.decode(), keep="\n\t\f\r").encode() if self._tty else piece)

    def end(self, given: Given, failed: bool) -> None:
        """Nothing is left to do."""

    def close(self, *, stopped: bool = False) -> None:  # noqa: ARG002  (what was begun is ended in any case)
        """Ends the document."""
        if self._tables is not None:
            with _telling():
                self._tables.end()
                self._stream.flush()


@contextmanager
def _telling() -> Iterator[None]:
    with telling("stdout"):
        try:
            yield
        except BrokenPipeError:
            raise ReaderLeft from None
