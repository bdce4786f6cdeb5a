"""ONE command, made from the declaration of each service: the options all have, the service's own, its help."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, Literal

import typer

from ocrcli.cli.options import OWN, Asked, envvar
from ocrcli.services.base import Choice, Flag, Option, Service, check_texts


def make_command(service: Service) -> Callable[..., int]:
    """The function that Typer makes the service's command of: one parameter for each option."""

    def command(**values: Any) -> int:
        from ocrcli.cli.service_run import run_service  # what --help can do without

        own = {option.name: values.pop(_identifier(option)) for option in service.options}
        check_texts(service, own)
        return run_service(service, Asked(**values), own)

    shared = inspect.signature(Asked, eval_str=True).parameters.values()
    command.__signature__ = inspect.Signature([*shared, *map(_parameter, service.options)])  # type: ignore[attr-defined]
    return command


def _identifier(option: Option) -> str:
    return option.name.replace("-", "_")


def _parameter(option: Option) -> inspect.Parameter:
    """An option of the service's own as a parameter that Typer understands."""
    spelling = f"--{option.name.replace('_', '-')}"
    kind: Any = str | None
    more: dict[str, Any] = {}
    if isinstance(option, Flag):
        kind = bool
        spelling += f"/--no-{option.name.replace('_', '-')}" if option.default else ""
    elif isinstance(option, Choice):
        kind = Literal[option.values]
    else:
        more["metavar"] = option.metavar
    declared = typer.Option(
        spelling, help=option.help, envvar=envvar(option.name), show_envvar=False, rich_help_panel=OWN, **more
    )
    return inspect.Parameter(
        _identifier(option),
        inspect.Parameter.KEYWORD_ONLY,
        default=option.default,
        annotation=Annotated[kind, declared],
    )
