"""An opened input: pages one after another, and what every kind of document has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from ocrcli.errors import OcrError
from ocrcli.inputs.limits import MOST_PAGES
from ocrcli.inputs.page_spec import parse_pages
from ocrcli.options import ReadOptions
from ocrcli.page import Notice, Page


class Document(ABC):
    """A context manager over an input's pages. `count` is how many it has, `notices` what to know about the whole.

    Pages draw their pixels from the open document: they are of use until it is closed.
    """

    def __init__(self, count: int, options: ReadOptions, notices: tuple[Notice, ...] = ()) -> None:
        """Raises OcrError("file_too_large") where more than MOST_PAGES pages are wanted."""
        wanted = parse_pages(options.pages)
        self.count = count
        self._numbers = wanted.select(count)
        self._beyond = wanted.beyond(count)
        if len(self._numbers) > MOST_PAGES:
            raise OcrError(
                "file_too_large",
                f"{len(self._numbers):,} pages are wanted; at most {MOST_PAGES:,} are read: choose some with --pages",
            )
        left_out = count - len(self._numbers)
        if left_out and self._numbers:
            notices += (
                Notice("more_pages", f"{left_out:,} of {count:,} pages were left out by --pages {options.pages}"),
            )
        self.notices = notices

    def pages(self) -> Iterator[Page | OcrError]:
        """The wanted pages in ascending order; a page that fails gives an OcrError with `page` set."""
        for number in self._numbers:
            yield self._page_or_error(number)  # no name holds the page: its pixels go when the reader is done
        if self._beyond:
            first, last = self._beyond
            asked = f"page {first}" if last == first else f"pages {first}-{last or ''}"
            has = f"{self.count:,} page{'' if self.count == 1 else 's'}"
            yield OcrError("page_out_of_range", f"--pages asks for {asked}; the input has {has}", page=first)

    def _page_or_error(self, number: int) -> Page | OcrError:
        try:
            return self._page(number)
        except OcrError as error:
            error.page = number
            return error

    @abstractmethod
    def _page(self, number: int) -> Page:
        """The page with this 1-based number. Raises OcrError."""

    @abstractmethod
    def close(self) -> None:
        """Lets go of the input."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
