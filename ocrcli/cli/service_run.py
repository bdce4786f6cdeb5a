"""One service, all inputs: what a service's command does. Loaded only when one is run."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ocrcli.batch.breaches import STRICT, Kind, parse_kinds
from ocrcli.batch.machine import available_cores, share_cores
from ocrcli.batch.run import run_batch
from ocrcli.batch.tally import Tally
from ocrcli.batch.task import Plan
from ocrcli.cli.commands import option_names
from ocrcli.cli.config import misspelt_variables
from ocrcli.cli.console import Reporter, leave_quietly, stdout_is_terminal
from ocrcli.cli.options import Asked
from ocrcli.cli.sources import find_inputs, known_beforehand, may_be_several
from ocrcli.cli.summary import Summary, account
from ocrcli.declaration import Service
from ocrcli.engine.languages import COVERED, OTHER_MODELS, WITHOUT_MODEL
from ocrcli.errors import Exit, OcrError, ReaderLeft, UsageError
from ocrcli.inputs.discover import Found, Note
from ocrcli.inputs.page_spec import parse_pages
from ocrcli.options import ReadOptions, day_of_run
from ocrcli.outputs.base import Sink
from ocrcli.outputs.copies import Copies
from ocrcli.outputs.destinations import open_sink
from ocrcli.outputs.junit import JUnit
from ocrcli.outputs.naming import Destination, destination


def run_service(service: Service, asked: Asked, own: dict[str, Any]) -> int:
    """Reads all inputs with the service and writes their records. Returns the exit code.

    Raises UsageError, and OcrError("output_failed") where the output cannot be begun.
    """
    if asked.quiet and asked.verbose:
        raise UsageError("-q and -v contradict each other")
    parse_pages(asked.pages)
    _check_language(asked.language)
    to = destination(asked.output, asked.format)
    if service.calls_others and asked.skip_existing and not to.folder:
        raise UsageError(
            f"{service.name} can skip what is there only where -o is a folder: its records are of several services"
        )
    service = service.prepared(own)
    copying = [(step, text) for step, text in service.steps(own) if step.copies]
    folders = {f"--{step.name}": folder for step, text in copying if (folder := step.folder(text))}
    found = find_inputs(asked, to, service.limits, folders)
    total = None
    if known_beforehand(asked):
        found = list(found)
        total = sum(not isinstance(one, Note) for one in found)
    cores = available_cores()
    jobs, threads = share_cores(asked.jobs, asked.threads, cores)
    plan = Plan(
        service=service.name,
        options=_read_options(asked, own, threads),
        workers=jobs,
        timeout=asked.timeout,
        memory=asked.memory,
        skip_existing=asked.skip_existing,
        out_pipe=_pipe(to),
    )
    tally = Tally(service, fails_on=_fails_on(asked), report=JUnit(service.name) if asked.report else None)
    summary = Summary(asked.summary)
    summary.begin(tally)
    report = Path(asked.report) if asked.report else None
    if report is not None and tally.report is not None:
        tally.report.write(report, 0.0)  # a place that cannot be written is known before any work
    made = _missing_folder(to)
    sink = _sink(asked, to, service)
    if copying:
        sink = copies = Copies(sink, copying)
        tally.copied = copies.copied
    with _reporter(asked, to, total) as reporter:
        for said in misspelt_variables(option_names()):
            reporter.note(said)
        if (asked.jobs or 1) * (asked.threads or 1) > cores:
            reporter.note(f"{cores} cores may be used here: taking --jobs {jobs} --threads {threads}")
        if made is not None:
            reporter.note(f"makes the folder {str(made)!r}")
        code = _run(found, plan, sink, tally, reporter, summary, report)
    if tally.copied:
        reporter.copied(tally.copied)
    if to.path is not None:
        reporter.note(account(tally, to.path))
    return code


def _missing_folder(to: Destination) -> Path | None:
    """The folder that has to be made for the output."""
    folder = to.path if to.folder or to.path is None else to.path.parent
    return folder if folder is not None and not folder.exists() else None


def _check_language(language: str) -> None:
    known = COVERED | OTHER_MODELS.keys() | WITHOUT_MODEL
    if language not in known:
        raise UsageError(f"--language {language!r} is not known; choose one of {', '.join(sorted(known))}")


def _fails_on(asked: Asked) -> frozenset[Kind]:
    if asked.fail_on is not None:
        return parse_kinds(asked.fail_on)
    return STRICT if asked.strict else frozenset()


def _run(
    found: Iterable[Found],
    plan: Plan,
    sink: Sink,
    tally: Tally,
    reporter: Reporter,
    summary: Summary,
    report: Path | None,
) -> int:
    closed_pipe = False
    try:
        run_batch(found, plan, sink, tally, reporter)
    except ReaderLeft:
        leave_quietly()
        closed_pipe = True
    if tally.fails_on:
        reporter.breached(tally)
    try:
        if report is not None and tally.report is not None:
            tally.report.write(report, tally.seconds)
        summary.end(tally)
    except OcrError as error:
        tally.errors[error.code] += 1
        reporter.failed("", error.message)
    return Exit.OK if closed_pipe else tally.exit


def _sink(asked: Asked, to: Destination, service: Service) -> Sink:
    if to.path is None and sys.stdout is None:
        raise OcrError("output_failed", "standard output is closed; name a file or folder with -o")
    return open_sink(
        to,
        service,
        stdout=sys.stdout.buffer if to.path is None else io.BytesIO(),
        tty=stdout_is_terminal(),
        resume=asked.skip_existing,
        several=may_be_several(asked),
        force=asked.force,
    )


def _pipe(to: Destination) -> int | None:
    """The descriptor of stdout, where data goes there and it is a pipe."""
    if to.path is None and sys.stdout is not None and stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode):
        return sys.stdout.fileno()
    return None


def _reporter(asked: Asked, to: Destination, total: int | None) -> Reporter:
    data_on_terminal = to.path is None and stdout_is_terminal()
    return Reporter(quiet=asked.quiet, verbose=asked.verbose, data_on_terminal=data_on_terminal, total=total)


def _read_options(asked: Asked, own: dict[str, Any], threads: int) -> ReadOptions:
    return ReadOptions(
        pages=asked.pages,
        pdf_text=asked.pdf_text,
        dpi=asked.dpi,
        limits=asked.limits,
        engine=asked.engine,
        models=asked.models,
        language=asked.language,
        details=asked.details,
        chars=asked.chars,
        own=own,
        today=asked.today or day_of_run(),
        today_given=asked.today is not None,
        threads=threads,
        annotate=asked.annotate,
        crops=asked.crops,
    )
