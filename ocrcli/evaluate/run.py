"""A manifest, read and measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from ocrcli.context import Context
from ocrcli.declaration import Service
from ocrcli.engine.base import LateReader, Reader
from ocrcli.engine.replay import SavedReader
from ocrcli.errors import OcrError, UsageError
from ocrcli.evaluate.alone import score_alone
from ocrcli.evaluate.documents import score_documents
from ocrcli.evaluate.lines import score_lines
from ocrcli.evaluate.manifest import Sample, Truth, load_manifest
from ocrcli.evaluate.report import FileResult, Report, ServiceResult
from ocrcli.evaluate.score import PlainRecord, Score
from ocrcli.evaluate.tables import score_tables
from ocrcli.evaluate.things import score_things
from ocrcli.evaluate.values import score_fields
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.pipeline import Session
from ocrcli.services import find_service

OnFile = Callable[[FileResult], None]


def run_eval(
    manifest: Path,
    *,
    services: set[str] | None = None,
    readings: Path | None = None,
    options: ReadOptions | None = None,
    jobs: int = 1,
    on_file: OnFile | None = None,
) -> Report:
    """Reads every file of the manifest with its service and measures the records against the truth.

    `services` limits it to some. `readings` is a folder in which each page's reading is kept: what was read before is
    not read again, and no engine is loaded (`engine.replay.SavedReader`). `jobs` processes share the files. `on_file`
    hears of each result, in the order of the manifest. Raises UsageError where the manifest is wrong or has none of the
    services, OcrError("model_missing") where the models, or the package that compares tables, are not there.
    """
    samples = [s for s in load_manifest(manifest) if services is None or s.service in services]
    if not samples:
        raise UsageError(f"the manifest {manifest} has no file for {', '.join(sorted(services or ()))}")
    examiner = Examiner(options or ReadOptions(), readings)
    built = [sample for sample in samples if sample.scored and _service(sample.service)]
    results = []
    with closing(examiner):
        for result in _measured(examiner, built, jobs):
            results.append(result)
            if on_file:
                on_file(result)
    names = dict.fromkeys(sample.service for sample in samples)
    return Report(str(manifest), tuple(_service_result(name, samples, results) for name in names))


def _service_result(name: str, samples: Sequence[Sample], results: Sequence[FileResult]) -> ServiceResult:
    service = _service(name)
    return ServiceResult(
        name,
        files=tuple(result for result in results if result.service == name),
        waiting=sum(s.service == name and not (s.scored and service) for s in samples),
        built=service is not None,
    )


def _service(name: str) -> Service | None:
    try:
        return find_service(name)
    except KeyError:
        return None


class Examiner:
    """Reads samples and measures what comes. One reader serves all services."""

    def __init__(self, options: ReadOptions, readings: Path | None = None) -> None:
        # The evidence says which values are doubtful.
        self._options = replace(options, details=True)
        self._context = Context(self._options.threads)
        self._reader: Reader = LateReader(self._options, self._context)
        if readings is not None:
            self._reader = SavedReader(self._reader, readings)

    def close(self) -> None:
        """Lets go of the models."""
        self._context.close()

    def measure(self, sample: Sample) -> FileResult:
        """The figures of one file."""
        own = {**self._options.own, **options_for(find_service(sample.service), sample.truth)}
        session = Session(sample.service, replace(self._options, own=own), self._reader, self._context)
        records: list[PlainRecord] = []
        errors: list[tuple[str, str]] = []
        alone = Score()
        try:
            given = Given(sample.name, str(sample.path))
            records += session.read(given)
            if sample.truth.get("documents"):
                alone = score_alone(sample.truth, given, self._options, self._reader, self._context)
        except Exception as error:  # a fault of ours in one file must not hide the figures of the others
            errors.append(("internal", f"{type(error).__name__}: {error}"))
        errors += [(r["error"]["code"], r["error"]["message"]) for r in records if "error" in r]
        for code, message in errors:
            if code == "model_missing":  # says nothing about the file
                raise OcrError(code, message)
        score = score_sample(sample.truth, records)
        score.merge(alone)
        return FileResult(sample.service, sample.name, score, tuple(errors))


def options_for(service: Service, truth: Truth) -> dict[str, bool]:
    """The service's options that must be on for the keys in the truth to be in the record at all."""
    fields = truth.get("fields") or {}
    keys = set(fields) if isinstance(fields, Mapping) else {key for thing in fields for key in thing}
    return {field.option: True for field in service.fields if field.option and field.name in keys}


def score_sample(truth: Truth, records: Sequence[PlainRecord]) -> Score:
    """All figures that the truth allows."""
    score = Score()
    if "lines" in truth:
        score.merge(score_lines(truth["lines"], records, partial=truth.get("partial", False)))
    if "fields" in truth:
        score.merge(_score_of(truth["fields"])(truth, records))
    if "tables" in truth:
        score.merge(score_tables(truth["tables"], records))
    return score


def _score_of(fields: Any) -> Callable[[Truth, Sequence[PlainRecord]], Score]:
    """How these fields are compared: those of one document, documents on a sheet, or other things in a picture."""
    if isinstance(fields, Mapping):
        return score_fields
    return score_documents if fields and "content" in fields[0] else score_things


# Several processes: each has an examiner of its own, made when it starts.

_examiner: Any = None


def _start(examiner: Examiner) -> None:
    global _examiner
    _examiner = examiner


def _measure(sample: Sample) -> FileResult:
    result: FileResult = _examiner.measure(sample)
    return result


def _measured(examiner: Examiner, samples: Iterable[Sample], jobs: int) -> Iterator[FileResult]:
    if jobs == 1:
        yield from map(examiner.measure, samples)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # spawn: a forked child would inherit threads of the engine that do not run in it.
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start, (examiner,)) as pool:
        yield from pool.map(_measure, samples)
