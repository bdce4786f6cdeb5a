"""The one way through the code for an input: bytes → pages → limits → reading → service → records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ocrcli import __version__, records
from ocrcli.errors import OcrError
from ocrcli.inputs.discover import Given
from ocrcli.inputs.opening import load, open_document
from ocrcli.layout.coverage import limit_notices
from ocrcli.options import ReadOptions
from ocrcli.page import Notice, Page, Reading
from ocrcli.services import find_service
from ocrcli.services.base import Service

if TYPE_CHECKING:
    from ocrcli.engine.base import Reader


class Session:
    """Reads inputs one after another with the same service and options.

    `reader` may be shared by several sessions; without one it is made when first needed.
    """

    def __init__(self, service: str, options: ReadOptions, reader: Reader | None = None) -> None:
        self.service = find_service(service)
        self.options = options
        self._reader = reader

    @property
    def reader(self) -> Reader:
        """The engine, loaded on first use. Raises OcrError("model_missing")."""
        if self._reader is None:
            from ocrcli.engine.base import open_reader

            self._reader = open_reader(self.options)
        return self._reader

    def read(self, given: Given) -> Iterator[dict[str, Any]]:
        """The records of one input as plain data, page by page; a failed page or input gives an error record."""
        sha256: str | None = None
        try:
            blob = load(given, self.service.limits, self.options)
            sha256 = blob.sha256
            with open_document(blob, self.service.limits, self.options) as document:
                notices = document.notices
                for page in document.pages():
                    if isinstance(page, OcrError):
                        yield self._failed(page, given, sha256)
                        continue
                    yield from self.read_page(page, given, sha256, notices)
                    notices = ()  # the input's own warnings stand on its first record
        except OcrError as error:
            yield self._failed(error, given, sha256)

    def reading_of(self, page: Page) -> Reading:
        """What stands on the page, in reading order. A page with words of its own needs no engine."""
        from ocrcli.layout.order import arrange

        if page.printed is None:
            return arrange(self.reader.read(page, self.options))
        return arrange(
            Reading(
                width=page.width,
                height=page.height,
                unit=page.unit,
                number=page.number,
                count=page.count,
                source=page.printed[0].source if page.printed else "text-layer",
                lines=page.printed,
                notices=page.notices,
                page=page,
            )
        )

    def read_page(
        self, page: Page, given: Given, sha256: str, notices: tuple[Notice, ...] = ()
    ) -> Iterator[dict[str, Any]]:
        """The records of one page, one for each document on it; `notices` are the input's own warnings."""
        try:
            reading = self.reading_of(page)
            reading = reading.noticing(*limit_notices(reading, self.service.limits))
            told = [self._record(f, reading, given, sha256, notices) for f in self._findings(reading)]
        except OcrError as error:
            error.page = page.number
            yield self._failed(error, given, sha256)
            return
        if self.options.annotate:
            self._annotate(reading, told, given)
        yield from told

    def _findings(self, reading: Reading) -> Any:
        return self.service.read(reading, {**self.service.defaults(), **self.options.own})

    def _record(
        self, finding: Any, reading: Reading, given: Given, sha256: str, notices: tuple[Notice, ...]
    ) -> dict[str, Any]:
        record = records.record_of(
            finding,
            reading,
            service=self.service,
            name=given.name,
            sha256=sha256,
            notices=notices,
            details=self.options.details,
            chars=self.options.chars,
            fingerprint=self.options.fingerprint(self.service.name, __version__),
        )
        return records.as_dict(record)

    def _annotate(self, reading: Reading, told: list[dict[str, Any]], given: Given) -> None:
        from ocrcli.outputs.annotate import write_annotated

        assert self.options.annotate is not None
        write_annotated(reading, told, given, self.options.annotate)

    def _failed(self, error: OcrError, given: Given, sha256: str | None) -> dict[str, Any]:
        service: Service = self.service
        return records.as_dict(records.error_record_of(error, service=service, name=given.name, sha256=sha256))
