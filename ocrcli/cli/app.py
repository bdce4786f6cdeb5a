"""`ocrcli`: from the command line to an exit code.

Nothing is imported here that costs anything: worker processes import this module again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Does what the arguments ask, and returns the exit code. Faults are one line on stderr."""
    from typer import Abort, TyperException

    from ocrcli.cli.commands import app
    from ocrcli.cli.console import leave_quietly, tell, usage_fault
    from ocrcli.errors import Exit, OcrError, UsageError, exit_code

    try:
        code = app(list(arguments), prog_name="ocrcli", standalone_mode=False)
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
        from ocrcli.batch.worker import internal_error

        tell(internal_error(fault).message)
        return Exit.INTERNAL


if __name__ == "__main__":
    main()
