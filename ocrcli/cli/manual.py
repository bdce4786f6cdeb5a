"""`ocrcli man`: the help of all commands as a manual page (roff, man(7))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from ocrcli import __version__


def manual(group: Any) -> str:
    """The manual page of a group and its commands, each with its options under their headings."""
    parts = [
        f'.TH OCRCLI 1 "" "ocrcli {__version__}" "User Commands"',
        ".SH NAME",
        r"ocrcli \- offline OCR for documents",
    ]
    parts += [".SH SYNOPSIS", ".B ocrcli", ".I COMMAND", "[INPUT...] [OPTIONS]", ".SH DESCRIPTION", _text(group.help)]
    with typer.Context(group, info_name="ocrcli") as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if command is not None and not command.hidden:
                parts += _command(name, command, context)
    parts += [".SH EXIT STATUS AND ENVIRONMENT", _text(group.epilog)]
    return "\n".join(parts) + "\n"


def _command(name: str, command: Any, above: Any) -> Iterator[str]:
    yield f".SH OCRCLI {name.upper()}"
    yield _text(command.help or "")
    with typer.Context(command, info_name=name, parent=above) as context:
        for parameter in command.get_params(context):
            record = parameter.get_help_record(context)
            if record is not None:
                yield ".TP"
                yield f".B {_text(record[0])}"
                yield _text(record[1])


def _text(text: str) -> str:
    """A text in which nothing is a request or an escape of roff."""
    joined = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-")
    return re.sub(r"^([.'])", r"\\&\1", joined)
