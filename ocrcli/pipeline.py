"""The one way through the code for an input: bytes → pages → limits → reading → service → records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from ocrcli import __version__, records
from ocrcli.context import Context
from ocrcli.declaration import Service
from ocrcli.engine.base import LateReader, Reader
from ocrcli.errors import OcrError
from ocrcli.finding import Finding, ReadPage
from ocrcli.forms.results import completed
from ocrcli.geometry import Affine, Quad, quad_of_box
from ocrcli.inputs.discover import Given
from ocrcli.inputs.opening import load, open_document
from ocrcli.layout.coverage import limit_notices
from ocrcli.options import ReadOptions
from ocrcli.page import Notice, Page, Pixels, Reading
from ocrcli.services import find_service

_PICTURE_NOT_READ = "a picture here may hold words: it is read with --pdf-text auto and with models (ocrcli doctor)"


class Session:
    """Reads inputs one after another with the same service and options.

    Several sessions may share a `context`, and a `reader`; whoever made them closes the context. A session without one
    makes its own, and its reader when first needed, and holds them until `close`.
    """

    def __init__(
        self, service: str, options: ReadOptions, reader: Reader | None = None, context: Context | None = None
    ) -> None:
        self.service = find_service(service).prepared(options.own)
        self._own = {**self.service.defaults(), **options.own}
        self.options = replace(options, hints=self.service.hints(self._own))
        self._context = context or Context(options.threads)
        self._reader = reader or LateReader(options, self._context)

    def close(self) -> None:
        """Lets go of the models; the next input loads them again."""
        self._context.close()

    def read(self, given: Given) -> Iterator[dict[str, Any]]:
        """The records of one input as plain data, page by page; a failed page or input gives an error record."""
        sha256: str | None = None
        try:
            blob = load(given, self.service.limits, self.options)
            sha256 = blob.sha256
            with open_document(blob, self.service.limits, self.options) as document:
                pages = (self._read(page, given, sha256) for page in document.pages())
                yield from self._records(self._joined(pages), given, sha256, document.notices)
        except OcrError as error:
            yield self._failed(error, given, sha256)

    def reading_of(self, page: Page) -> Reading:
        """What stands on the page, in reading order if that matters. A page with words of its own needs no engine."""
        from ocrcli.layout.order import arrange
        from ocrcli.layout.upright import rotation_of

        if page.printed is None:
            reading = arrange(self._reader.read(page, self.options))
            return replace(reading, part=partial(self._reading_of_part, page), context=self._context)
        reading = Reading(
            width=page.width,
            height=page.height,
            unit=page.unit,
            number=page.number,
            count=page.count,
            source=page.printed[0].source if page.printed else "text-layer",
            lines=page.printed,
            rotation=rotation_of(page.printed),
            notices=page.notices,
            today=self.options.today,
            page=page,
            context=self._context,
        )
        reading = self._with_pictures_read(reading) if page.unread and self.service.ordered else reading
        return arrange(reading) if self._is_ordered else reading

    def _with_pictures_read(self, reading: Reading) -> Reading:
        """A digital page with the words of the pictures on it, each read by itself; without models a warning."""
        page, lines, notices = reading.page, list(reading.lines), list(reading.notices)
        assert page is not None
        for box in page.unread:
            seen = self._read_picture(page, quad_of_box(*box))
            if seen is None:
                notices.append(Notice("picture_not_read", _PICTURE_NOT_READ, quad=quad_of_box(*box)))
                continue
            corner = Affine.shift(*box[:2])
            lines += [replace(line, quad=corner.quad(line.quad)) for line in seen.lines]
            notices += [replace(n, quad=corner.quad(n.quad) if n.quad else None) for n in seen.notices if n.quad]
            reading = replace(reading, engine=seen.engine, models=seen.models)
        return replace(reading, lines=tuple(lines), notices=tuple(notices))

    @property
    def _is_ordered(self) -> bool:
        """True where somebody asks for the lines of a digital page in reading order."""
        return self.service.ordered or self.options.details or self.options.annotate is not None

    def _read_picture(self, page: Page, quad: Quad) -> Reading | None:
        """What stands on a picture of a digital page; None where that is not asked for, or the models are missing:
        digital pages need none.
        """
        if self.options.pdf_text == "only":
            return None
        try:
            return self._reading_of_part(page, quad)
        except OcrError as error:
            if error.code != "model_missing":
                raise
            return None

    def _reading_of_part(self, page: Page, quad: Quad, prepare: Callable[[Pixels], Pixels] | None = None) -> Reading:
        """What stands in a quad of the page, cut out and straightened: a page of its own, in the same unit."""
        from ocrcli.engine.crops import cut

        scale = page.scale
        crop = cut(page.pixels, Affine.scaling(scale, scale).quad(quad))
        crop = prepare(crop) if prepare else crop
        height, width = crop.shape[:2]
        size = (width / scale, height / scale)
        return self.reading_of(Page(*size, page.unit, page.number, page.count, render=lambda: crop, scale=scale))

    def read_page(self, page: Page, given: Given, sha256: str) -> Iterator[dict[str, Any]]:
        """The records of one page, one for each document on it."""
        return self._records([self._read(page, given, sha256)], given, sha256)

    def _read(self, page: Page | OcrError, given: Given, sha256: str) -> ReadPage | OcrError:
        """What the service finds on the page, without the pixels, or why nothing."""
        if isinstance(page, OcrError):
            return page
        try:
            reading = self.reading_of(page)
            reading = reading.noticing(*limit_notices(reading, self.service.limits))
            found = self._found(reading)
        except OcrError as error:
            error.page = page.number
            return error
        if self.options.annotate:
            self._annotate(found, given, sha256)
        if self.options.crops:
            from ocrcli.outputs.crops import write_crops

            write_crops(reading, found.findings, given, self.options.crops)
        return ReadPage(reading.without_pixels(), found.findings)

    def _found(self, reading: Reading) -> ReadPage:
        """What the service finds. A page that it refuses gets the name of what it looks like instead."""
        try:
            return ReadPage(reading, self.service.read(reading, self._own))
        except OcrError as error:
            if error.code == "not_this_document" and error.looks_like is None:
                raise _with_hint(error, reading, self.service) from None
            raise

    def _joined(self, pages: Iterable[ReadPage | OcrError]) -> Iterable[ReadPage | OcrError]:
        """The pages as they come; all at once from a service whose documents may run over several."""
        if self.service.join is None:
            return pages
        every = list(pages)
        joined = self.service.join([page for page in every if isinstance(page, ReadPage)], self._own)
        return sorted([*joined, *(page for page in every if isinstance(page, OcrError))], key=_number)

    def _records(
        self,
        pages: Iterable[ReadPage | OcrError],
        given: Given,
        sha256: str,
        notices: tuple[Notice, ...] = (),
        *,
        details: bool = False,
    ) -> Iterator[dict[str, Any]]:
        """The record of each finding; `notices` are the input's own warnings and stand on its first page's. `details`
        asks for the evidence where the run does not."""
        for page in pages:
            if isinstance(page, OcrError):
                yield self._failed(page, given, sha256)
                continue
            for finding in self._completed(page):
                yield self._record(self._stepped(finding), page.reading, given, sha256, notices, details)
            notices = ()

    def _stepped(self, finding: Finding) -> Finding:
        """The finding after the steps that were asked for."""
        for step, text in self.service.steps(self._own):
            finding = step.changed(finding, self.service, text, self._context)
        return finding

    def _completed(self, page: ReadPage) -> list[Finding]:
        """The findings with what is made from their places; those of other services are whole."""
        whole = (completed(found, self.service.fields, self._own, page.reading) for found in page.findings)
        return [found if found.service else own for found, own in zip(page.findings, whole, strict=True)]

    def _record(
        self, finding: Any, reading: Reading, given: Given, sha256: str, notices: tuple[Notice, ...], details: bool
    ) -> dict[str, Any]:
        record = records.record_of(
            finding,
            reading,
            service=self.service,
            name=given.name,
            sha256=sha256,
            notices=notices,
            details=self.options.details or details,
            chars=self.options.chars,
            fingerprint=self.options.fingerprint(self.service.name, __version__),
        )
        return records.as_dict(record)

    def _annotate(self, found: ReadPage, given: Given, sha256: str) -> None:
        from ocrcli.outputs.annotate import write_annotated

        assert self.options.annotate is not None
        emitted = list(self._records([found], given, sha256, details=True))
        write_annotated(found.reading, emitted, given, self.options.annotate)

    def _failed(self, error: OcrError, given: Given, sha256: str | None) -> dict[str, Any]:
        service: Service = self.service
        return records.as_dict(records.error_record_of(error, service=service, name=given.name, sha256=sha256))


def _number(page: ReadPage | OcrError) -> int:
    return (page.page or 0) if isinstance(page, OcrError) else page.reading.number


def _with_hint(error: OcrError, reading: Reading, asked: Service) -> OcrError:
    from ocrcli.services.kinds import looks_like, service_of

    kind = looks_like(reading.lines)
    if kind is None:
        return error
    service = service_of(kind)
    if service is asked:
        message = f"{error.message}, though a part of one is seen: take the picture again with the whole document in it"
        return OcrError(error.code, message)
    advice = f": try ocrcli {service.name}" if service else ""
    message = f"{error.message}; it looks like {kind.title_zh} ({kind.spec}){advice}"
    return OcrError(error.code, message, looks_like=service.name if service else kind.spec)
