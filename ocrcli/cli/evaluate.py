"""`ocrcli eval`: the services measured against pictures whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ocrcli.batch.machine import available_cores, share_cores
from ocrcli.cli.console import say_json, tell
from ocrcli.cli.guard import stdout_kept_clean
from ocrcli.evaluate.report import FileResult
from ocrcli.evaluate.run import run_eval
from ocrcli.options import ReadOptions


def measure(
    manifest: str,
    services: list[str] | None,
    readings: str | None,
    options: ReadOptions,
    *,
    jobs: int | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Measures and prints the report. Raises UsageError, OcrError("model_missing")."""
    workers, threads = share_cores(jobs, options.threads, available_cores())

    def show(result: FileResult) -> None:
        if verbose:
            tell(f"{100 * result.badness:.1f} % wrong", result.file)

    with stdout_kept_clean():
        report = run_eval(
            Path(manifest),
            services=set(services) if services else None,
            readings=Path(readings) if readings else None,
            options=replace(options, threads=threads),
            jobs=workers,
            on_file=show,
        )
    if as_json:
        say_json(report.as_dict())
        return
    from rich.console import Console

    from ocrcli.evaluate.render import render

    Console().print(render(report))
