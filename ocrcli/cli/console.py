"""What people see: data on stdout, everything else on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any

from typer import TyperException

from ocrcli.cli.pulse import Pulse
from ocrcli.safe_text import visible

if TYPE_CHECKING:
    from ocrcli.batch.tally import Tally
    from ocrcli.batch.task import Task
    from ocrcli.inputs.discover import Given
    from ocrcli.outputs.copies import Copied


def tell(message: str, name: str = "") -> None:
    """A line on stderr: `ocrcli: NAME: message`. Where nobody reads stderr, the run goes on without words."""
    with suppress(OSError):
        print(": ".join(filter(None, ("ocrcli", visible(name), visible(message)))), file=sys.stderr)


def usage_fault(error: TyperException) -> str:
    """What is wrong with the command line, in one line: where the value came from, and where help is."""
    message = " ".join(error.format_message().replace("Value error, ", "").split())
    context, parameter = getattr(error, "ctx", None), getattr(error, "param", None)
    if context is None:
        return message
    if parameter is not None:
        source = context.get_parameter_source(parameter.name)
        message += f" (from {parameter.envvar})" if source and source.name == "ENVIRONMENT" else ""
    return f"{message.rstrip('.')}; see {context.command_path} --help"


def say(text: str) -> None:
    """Text on stdout."""
    print(text)


def say_json(value: Any) -> None:
    """Data on stdout as JSON, laid out for eyes on a terminal."""
    say(json.dumps(value, ensure_ascii=False, indent=2 if stdout_is_terminal() else None))


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows as columns that stand under one another; the last column is not padded."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    lines = ("  ".join([*(f"{c:<{w}}" for c, w in zip(row, widths, strict=False)), row[-1]]) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def stdout_is_terminal() -> bool:
    """True where a person reads stdout. It may be closed."""
    return sys.stdout is not None and sys.stdout.isatty()


def leave_quietly() -> None:
    """Nobody reads stdout any more: what is left in its buffer goes nowhere, and nobody complains at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


class Reporter:
    """Tells people how a run goes (`batch.Watcher`). As a context it draws a progress bar, where somebody looks."""

    def __init__(self, *, quiet: bool, verbose: bool, data_on_terminal: bool, total: int | None = None) -> None:
        self._verbose = verbose
        self._quiet = quiet
        # A bar between the records of the same terminal would garble both.
        self._drawn = sys.stderr.isatty() and not quiet and not data_on_terminal
        self._total = total
        self._bar: Any = None
        self._pulse = Pulse(total)

    def __enter__(self) -> Reporter:
        if self._drawn:
            from ocrcli.cli.progress import ProgressBar

            self._bar = ProgressBar(self._total)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def note(self, message: str, name: str = "") -> None:
        """Something worth knowing that is no fault; not with -q."""
        if not self._quiet:
            tell(message, name)

    def failed(self, name: str, message: str) -> None:
        """An error line."""
        tell(message, name)

    def finished(self, task: Task) -> None:
        """An input is done."""
        if self._verbose:
            pages = "1 page" if task.pages == 1 else f"{task.pages} pages"
            tell(f"{pages}, {task.seconds:.2f} s", task.given.name)
        self._advance(failed=task.failed)

    def breached(self, tally: Tally) -> None:
        """A line for each fault that makes exit 5, with -q too: it is why the run fails."""
        for breach in tally.breached:
            tell(breach.reason, breach.input)
        left = sum(tally.breaches.values()) - len(tally.breached)
        if left > 0:
            tell(f"{left} more faults")

    def copied(self, copies: Sequence[Copied]) -> None:
        """A table of what went where; not with -q."""
        if self._quiet:
            return
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        told = Table("input", "copy", "note")
        for copied in copies:
            # Text, not str: a name in square brackets is no markup.
            told.add_row(Text(visible(copied.input)), Text(visible(copied.copy)), "" if copied.new else "was there")
        with suppress(OSError):
            Console(stderr=True).print(told)

    def skipped(self, given: Given) -> None:
        """An input was there already."""
        if self._verbose:
            tell("skipped, its record is there", given.name)
        self._advance(kept=True)

    def _advance(self, *, failed: bool = False, kept: bool = False) -> None:
        if self._bar is not None:
            self._bar.advance(failed=failed)
        elif (said := self._pulse.advance(failed=failed, kept=kept)) and not self._quiet:
            tell(said)
