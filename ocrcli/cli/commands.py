"""All commands: one for each service, and those about ocrcli itself."""

from __future__ import annotations

from typing import Annotated

import typer

from ocrcli import __version__
from ocrcli.cli.help import Command, Group
from ocrcli.cli.service_command import make_command
from ocrcli.errors import Exit
from ocrcli.services import all_services
from ocrcli.services.base import Panel

EPILOG = (
    "Every option can be set by an environment variable: OCRCLI_JOBS for --jobs, OCRCLI_FILES_FROM for --files-from. "
    "Exit codes: 0 all read, 1 some inputs failed, 2 wrong command line, 3 all failed, 4 a model is missing, "
    "5 --strict found something, 6 the output cannot be written."
)
TOOLS = "About ocrcli"
HELP = {"help_option_names": ["--help", "-h"]}

app = typer.Typer(
    name="ocrcli",
    cls=Group,
    help="Offline OCR for documents, Chinese first. Pictures, PDF and OFD in; JSON, text or workbooks out.",
    epilog=EPILOG,
    add_completion=False,
    add_help_option=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        typer.echo(context.get_help())
        raise typer.Exit


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ocrcli {__version__}")
        raise typer.Exit


# The help option that Typer would add loads pydantic for every command; this one, with its default, does not.
@app.callback(invoke_without_command=True)
def ocrcli(
    context: typer.Context,
    _help: Annotated[
        bool, typer.Option("--help", "-h", callback=_show_help, is_eager=True, help="Show this message and exit.")
    ] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Without a command: the help, and exit 2."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(Exit.USAGE)


def _add_services() -> None:
    order = list(Panel)
    for service in sorted(all_services().values(), key=lambda s: order.index(s.panel)):
        command = make_command(service)
        help = f"{service.help}\n\n{service.title} ({service.title_zh})."
        about = f"{service.title} ({service.title_zh})"
        # The second name is that of the vendors' list; equal names are one command.
        for name, hidden in {service.spec or service.name: True, service.name: False}.items():
            app.command(
                name,
                cls=Command,
                help=help,
                short_help=about,
                epilog=EPILOG,
                context_settings=HELP,
                hidden=hidden,
                rich_help_panel=service.panel.value,
            )(command)


_add_services()
