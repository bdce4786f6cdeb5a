"""ONE command, made from the declaration of each service: the options all have, the service's own, its help."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Literal

import typer

from ocrcli.cli.options import OWN, Asked, envvar
from ocrcli.declaration import Choice, Flag, LeftOut, Option, Service, checked
from ocrcli.errors import UsageError


def make_command(service: Service) -> Callable[..., int]:
    """The function that Typer makes the service's command of: one parameter for each option."""

    def command(**values: Any) -> int:
        from ocrcli.cli.service_run import run_service  # what --help can do without

        own = {option.name: values.pop(_identifier(option)) for option in service.options}
        for option in service.left_out:
            if values.pop(option.name):
                raise UsageError(f"{_spelling(option.name)}: {option.why}")
        return run_service(service, Asked(**values), checked(service, own))

    own_ones = [*map(_parameter, service.options), *map(_hidden, service.left_out)]
    command.__signature__ = inspect.Signature([*_shared(), *own_ones])  # type: ignore[attr-defined]
    return command


@cache
def _shared() -> tuple[inspect.Parameter, ...]:
    """The options that all services have. Their annotations are read once: there is a command for each service."""
    return tuple(inspect.signature(Asked, eval_str=True).parameters.values())


def _identifier(option: Option) -> str:
    return option.name.replace("-", "_")


def _spelling(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _hidden(option: LeftOut) -> inspect.Parameter:
    """An option that is known only to be refused."""
    declared = Annotated[bool, typer.Option(_spelling(option.name), hidden=True)]
    return inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=declared)


def _parameter(option: Option) -> inspect.Parameter:
    """An option of the service's own as a parameter that Typer understands."""
    spelling = _spelling(option.name)
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
