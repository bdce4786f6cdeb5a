"""Help in plain text, options and commands under headings.

Typer's own headings come with rich, which doubles the time `--help` takes; these come with nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from typer.core import TyperCommand, TyperGroup

Rows = list[tuple[str, str]]


class Command(TyperCommand):
    """A command whose help has its options under the headings of their `rich_help_panel`."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Writes the options."""
        _write_options(self, ctx, formatter)


class LateCommand(Command):
    """A command whose options are made when somebody asks for them: there are many, and a run calls one.

    `make` gives the command itself; what is told of it in the help of the group is known beforehand.
    """

    def __init__(self, name: str, make: Callable[[], Any], **told: Any) -> None:
        super().__init__(name, **told)
        self._make = make

    @cached_property
    def whole(self) -> Any:
        """The command with its options."""
        return self._make()

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """The context in which the whole command runs."""
        return self.whole.make_context(info_name, args, parent, **extra)

    def get_params(self, ctx: Any) -> Any:
        """The whole command's options."""
        return self.whole.get_params(ctx)


class Group(TyperGroup):
    """A group of commands under the headings of their `rich_help_panel`."""

    def get_help_option(self, ctx: Any) -> Any:
        """The --help option, with a default: where it has none, Typer loads pydantic to look at the missing value."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.default = False
        return option

    def get_params(self, ctx: Any) -> Any:
        """The group's own options. A text is taken as it is: to check it, Typer would load pydantic for any help."""
        params: Any = super().get_params(ctx)
        for param in params:
            if param.type_descriptor.annotation is str:
                param.process_value = lambda ctx, value: value  # noqa: ARG005
        return params

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Writes the commands, then the group's own options."""
        self.format_commands(ctx, formatter)
        _write_options(self, ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes the commands that are not hidden."""
        panels: dict[str, Rows] = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                heading = getattr(command, "rich_help_panel", None) or "Commands"
                panels.setdefault(heading, []).append((name, command.get_short_help_str(limit=100)))
        _write(panels, formatter)


def _write_options(command: Any, ctx: Any, formatter: Any) -> None:
    panels: dict[str, Rows] = {}
    for parameter in command.get_params(ctx):
        is_argument = parameter.param_type_name == "argument"
        row = (parameter.metavar, parameter.help) if is_argument else parameter.get_help_record(ctx)
        if row is not None:
            panels.setdefault(getattr(parameter, "rich_help_panel", None) or "Options", []).append(row)
    _write(panels, formatter)


def _write(panels: dict[str, Rows], formatter: Any) -> None:
    for heading, rows in panels.items():
        with formatter.section(heading):
            formatter.write_dl(rows)
