"""The progress bar, drawn by rich; loaded only where somebody looks."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


class ProgressBar:
    """A bar on stderr: inputs done of how many, failed, time, and the time left. `total` is None where names come
    through a pipe, one by one."""

    def __init__(self, total: int | None) -> None:
        counted = "{task.completed} done" if total is None else "{task.completed} of {task.total}"
        self._console = Console(file=sys.stderr)
        self._progress = Progress(
            TextColumn("ocrcli"),
            BarColumn(),
            TextColumn(counted + ", {task.fields[failed]} failed"),
            TimeElapsedColumn(),
            *([] if total is None else [TextColumn("left"), TimeRemainingColumn()]),
            console=self._console,
            transient=True,
            redirect_stdout=False,
        )
        self._failed = 0
        self._task = self._progress.add_task("", total=total, failed=0)

    def start(self) -> None:
        """Draws it, from now on; what others write to stderr appears above it."""
        self._progress.start()

    def stop(self) -> None:
        """Takes it away."""
        self._progress.stop()

    def advance(self, *, failed: bool) -> None:
        """One more input is done."""
        self._failed += failed
        self._progress.update(self._task, advance=1, failed=self._failed)
