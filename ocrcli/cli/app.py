"""`ocrcli`: from the command line to an exit code.

Nothing is imported here that costs anything: worker processes import this module again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper


def main() -> None:
    """The console script."""
    _set_up_streams()
    sys.exit(run(sys.argv[1:]))


def _set_up_streams() -> None:
    """UTF-8 on stdout whatever the locale. Descriptors that whoever started us has closed are opened to nowhere, lest
    a file gets their number and a worker writes its complaints into it."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # takes the lowest free number
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", closefd=False)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def run(arguments: Sequence[str]) -> int:
    """Does what the arguments ask, and returns the exit code. Faults are one line on stderr."""
    from typer import Abort, TyperException

    from ocrcli.cli.commands import COMPLETE, app
    from ocrcli.cli.console import leave_quietly, tell, usage_fault
    from ocrcli.errors import Exit, OcrError, UsageError, exit_code, internal_error

    if COMPLETE in os.environ:
        from typer.completion import completion_init  # type: ignore[attr-defined]  # it re-exports

        completion_init()
    try:
        code = app(list(arguments), prog_name="ocrcli", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return int(code or Exit.OK)
    except BrokenPipeError:
        leave_quietly()
        return Exit.OK
    except UsageError as error:
        tell(str(error))
        return Exit.USAGE
    except TyperException as error:
        tell(usage_fault(error))
        return Exit.USAGE
    except OcrError as error:
        tell(error.message)
        return exit_code(inputs=0, failed=0, codes=[error.code])
    except (Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    except Exception as fault:
        tell(internal_error(fault, "the run ends here").message)
        return Exit.INTERNAL


if __name__ == "__main__":
    main()
