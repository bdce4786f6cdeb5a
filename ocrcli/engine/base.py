"""What a reader must do, and which one a run gets."""

from __future__ import annotations

from typing import Protocol

from ocrcli.context import Context
from ocrcli.options import ReadOptions
from ocrcli.page import Page, Reading


class Reader(Protocol):
    """Finds and reads the text of a page. One reader per process: the engine is not thread-safe."""

    def read(self, page: Page, options: ReadOptions) -> Reading:
        """The page's lines, quads in the page's unit as given, in no particular order."""
        ...


def open_reader(options: ReadOptions, context: Context) -> Reader:
    """The reader for this engine and model size. Raises OcrError("model_missing")."""
    from ocrcli.engine.reader import PaddleReader

    return PaddleReader.open(options, context)


class LateReader:
    """The reader that `open_reader` gives, made when the first page needs it: digital pages never do.

    It is held by the run's context, and goes with it.
    """

    def __init__(self, options: ReadOptions, context: Context) -> None:
        self._options = options
        self._context = context

    def read(self, page: Page, options: ReadOptions) -> Reading:
        """As Reader.read. Raises OcrError("model_missing")."""
        return self._context.opened(self._open).read(page, options)

    def _open(self) -> Reader:
        return open_reader(self._options, self._context)
