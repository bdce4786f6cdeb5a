"""Where records go. A Sink takes the records of each input in order and sees to it that nothing finished is lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from ocrcli.inputs.discover import Given

PlainRecord = dict[str, Any]  # a Record or ErrorRecord as plain data, ready for JSON


class Sink(Protocol):
    """A destination: stdout, one file, or a folder. Raises OcrError("output_failed") when it cannot be written."""

    def has(self, given: Given, sha256: str, fingerprint: str) -> bool:
        """True where a good record of this input, these bytes and these options is already there (--skip-existing)."""
        ...

    def kept(self, given: Given) -> Iterable[PlainRecord] | None:
        """The records of an input that `has` knows; None where the output holds no records to judge."""
        ...

    def write(self, given: Given, record: PlainRecord) -> None:
        """Takes one record, in input order, and keeps it safe at once."""
        ...

    def end(self, given: Given, failed: bool) -> None:
        """The input is done; no more records of it will come.

        An OcrError of another code than "output_failed" is this input's own: it is ended once more, as failed, after
        an error record.
        """
        ...

    def close(self, *, stopped: bool = False) -> None:
        """The run is over, or was `stopped`: whole inputs are put in their place, half ones are forgotten."""
        ...
