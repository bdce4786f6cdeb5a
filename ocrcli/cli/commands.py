"""All commands: one for each service, and those about ocrcli itself."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal

import typer

from ocrcli import __version__
from ocrcli.cli import models
from ocrcli.cli.help import Command, Group, LateCommand
from ocrcli.cli.options import Asked, parse_day
from ocrcli.cli.service_command import make_command
from ocrcli.declaration import Panel, Service
from ocrcli.errors import Exit
from ocrcli.options import EngineName, ModelSize, ReadOptions, day_of_run
from ocrcli.services import all_services

EPILOG = (
    "Every option can be set by an environment variable: OCRCLI_JOBS for --jobs, OCRCLI_FILES_FROM for --files-from. "
    "Exit codes: 0 all read, 1 some inputs failed, 2 wrong command line, 3 all failed, 4 a model is missing, "
    "5 --strict or --fail-on found something, 6 the output cannot be written."
)
TOOLS = "About ocrcli"
COMPLETE = "_OCRCLI_COMPLETE"  # the variable by which a shell asks
HELP = {"help_option_names": ["--help", "-h"]}


class Commands(Group):
    """All commands, those of the services first."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = {**_of_services(), **self.commands}


app = typer.Typer(
    name="ocrcli",
    cls=Commands,
    help="Offline OCR for documents, Chinese first. Pictures, PDF and OFD in; JSON, text or workbooks out.",
    epilog=EPILOG,
    add_completion=False,
    context_settings=HELP,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ocrcli {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def ocrcli(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    config: Annotated[
        str | None,
        typer.Option(
            help="Take defaults from this file, not from ocrcli.toml or pyproject.toml of this folder.",
            metavar="FILE",
            envvar="OCRCLI_CONFIG",
            show_envvar=False,
        ),
    ] = None,
) -> None:
    """Without a command: the help, and exit 2."""
    context.obj = config
    if context.invoked_subcommand in option_names():
        from ocrcli.cli.config import load

        context.default_map = dict(load(config, option_names()).defaults)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(Exit.USAGE)


def _of_services() -> dict[str, LateCommand]:
    """The command of each service under both its names: its own, and, not shown, that of the vendors' list."""
    order = list(Panel)
    services = sorted(all_services().values(), key=lambda s: order.index(s.panel))
    return {name: _late(name, s) for s in services for name in {s.spec or s.name: True, s.name: False}}


def _late(name: str, service: Service) -> LateCommand:
    about = f"{service.title} ({service.title_zh})"
    told: dict[str, Any] = {
        "help": f"{service.help}\n\n{about}.",
        "short_help": about,
        "epilog": EPILOG,
        "context_settings": HELP,
        "hidden": name != service.name,
        "rich_help_panel": service.panel.value,
    }

    def make() -> Any:
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(name, cls=Command, **told)(make_command(service))
        return typer.main.get_command(alone)

    return LateCommand(name, make, **told)


@cache
def option_names() -> dict[str, tuple[str, ...]]:
    """The options of each command that reads documents, by all its names, with underlines."""
    shared = tuple(field.name for field in fields(Asked))
    names: dict[str, tuple[str, ...]] = {}
    for service in all_services().values():
        own = tuple(option.name.replace("-", "_") for option in service.options)
        for name in {service.name, service.spec or service.name}:
            names[name] = (*shared, *own)
    return names


Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


def _add_tools() -> None:
    for tool in (services, schema, config, teach, doctor, evaluate, completion, man):
        name = "eval" if tool is evaluate else tool.__name__
        app.command(name, cls=Command, context_settings=HELP, rich_help_panel=TOOLS)(tool)
    app.add_typer(models.app, rich_help_panel=TOOLS)


def services(
    as_json: Json = False,
    template: Annotated[
        str | None,
        typer.Option(help="List the documents of your own, too: a template, or a folder.", metavar="FILE_OR_DIR"),
    ] = None,
) -> None:
    """List the services."""
    from ocrcli.cli.services import list_services

    list_services(as_json, template)


def schema(
    service: Annotated[str | None, typer.Argument(metavar="SERVICE", help="A service's name.")] = None,
    template: Annotated[bool, typer.Option("--template", help="Print the JSON Schema of templates.")] = False,
) -> None:
    """Print the JSON Schema of a service's records, or of the templates of `form`."""
    from ocrcli.cli.services import print_schema

    print_schema(service, of_template=template)


def config(context: typer.Context, as_json: Json = False) -> None:
    """Show the defaults that ocrcli.toml or pyproject.toml sets, and misspelt variables of the environment."""
    from ocrcli.cli.configured import show

    show(context.obj, option_names(), as_json)


def man(context: typer.Context) -> None:
    """Print a manual page of all commands: ocrcli man > ocrcli.1."""
    from ocrcli.cli.manual import manual

    assert context.parent is not None
    typer.echo(manual(context.parent.command), nl=False)


def completion(
    shell: Annotated[Literal["bash", "zsh", "fish"], typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
) -> None:
    """Print what makes a shell complete commands and options: eval "$(ocrcli completion bash)"."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # it re-exports

    typer.echo(get_completion_script(prog_name="ocrcli", complete_var=COMPLETE, shell=shell))


def teach(
    pictures: Annotated[list[str], typer.Argument(metavar="PICTURE...", help="Pictures, PDF or OFD of one document.")],
    values: Annotated[
        str, typer.Option(help="What stands on it, JSON: result keys and values; of several by name.", metavar="FILE")
    ],
    to: Annotated[str, typer.Option("--output", "-o", help="Where the template goes.", metavar="FILE.yaml")],
    name: Annotated[str, typer.Option(help="The template's name; else that of its file.", metavar="NAME")] = "",
    title: Annotated[str, typer.Option(help="What people call the document.", metavar="TEXT")] = "",
    check: Annotated[bool, typer.Option("--check", help="Print what the template reads on each picture.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a template that is there.")] = False,
) -> int:
    """Make a template for `ocrcli form` from a picture, or several, and the values on it (docs/templates.md)."""
    from ocrcli.cli.teach import teach as make_template

    return make_template(pictures, values, to, name=name, title=title, check=check, force=force)


def doctor(as_json: Json = False) -> int:
    """Check the installation: packages, models, machine, one real reading. Exit 4 where something needed is missing."""
    from ocrcli.cli.doctor import examine

    return examine(as_json)


def evaluate(
    manifest: Annotated[str, typer.Argument(metavar="MANIFEST", parser=str, help="One JSON object a line.")],
    service: Annotated[
        list[str] | None, typer.Option(help="Only this service; can be given again.", metavar="NAME")
    ] = None,
    readings: Annotated[
        str | None,
        typer.Option(help="Keep each page's reading here, and read no page twice.", metavar="DIR", parser=str),
    ] = None,
    engine: Annotated[EngineName, typer.Option(help="ONNX Runtime, or PaddlePaddle.")] = "onnx",
    size: Annotated[ModelSize, typer.Option("--models", help="Size of the models.")] = "small",
    jobs: Annotated[int | None, typer.Option(help="Read this many files at once.", metavar="N", min=1)] = None,
    threads: Annotated[int | None, typer.Option(help="Threads for each of them.", metavar="N", min=1)] = None,
    today: Annotated[
        date | None,
        typer.Option(
            help="Judge two-digit years and periods of validity as of this day, YYYY-MM-DD.",
            metavar="DAY",
            parser=parse_day,
            show_default="the day of the run",
        ),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(help="The templates for documents of your own: a file, or a folder.", metavar="FILE_OR_DIR"),
    ] = None,
    as_json: Json = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Each file's figure on stderr.")] = False,
) -> None:
    """Measure the services on pictures whose truth is known (docs/eval.md)."""
    from ocrcli.cli.evaluate import measure

    options = ReadOptions(
        engine=engine,
        models=size,
        threads=threads,
        today=today or day_of_run(),
        own={"template": template} if template else {},
    )
    measure(manifest, service, readings, options, jobs=jobs, as_json=as_json, verbose=verbose)


_add_tools()
