"""Defaults of one's own: `ocrcli.toml`, or `[tool.ocrcli]` in pyproject.toml, of the folder that the command runs in.

Keys are options without their dashes; a table named after a command holds what is meant for that command alone. The
command line comes first, then the environment, then this file. An unknown name is refused: a misspelt `strict` must not
turn a check off.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ocrcli.errors import UsageError
from ocrcli.key_names import nearest

NAME = "ocrcli.toml"
PYPROJECT = "pyproject.toml"
NOT_FOR_FILES = ("inputs", "config")  # what is read is said on the command line

OTHER_VARIABLES = {"OCRCLI_CACHE", "OCRCLI_CONFIG"}

Defaults = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Config:
    """What a file says: defaults by command, and where from; None where there is no file."""

    path: Path | None = None
    defaults: Defaults = field(default_factory=dict)


def load(named: str | None, options: Mapping[str, Iterable[str]]) -> Config:
    """The defaults for each command; `options` are the names of its options, with underlines.

    `named` is a file to take, else one of the folder at hand is looked for. Raises UsageError.
    """
    path = Path(named) if named else _found()
    if path is None:
        return Config()
    told = _tables(path)
    if told is None:
        return Config()
    return Config(path, {command: _for(command, told, set(names), options, path) for command, names in options.items()})


def _found() -> Path | None:
    return next((path for path in (Path(NAME), Path(PYPROJECT)) if path.is_file()), None)


def _tables(path: Path) -> dict[str, Any] | None:
    """The whole of ocrcli.toml, or its part of pyproject.toml; None where that has none."""
    import tomllib

    try:
        with path.open("rb") as stream:
            told = tomllib.load(stream)
    except OSError as error:
        raise UsageError(f"--config {str(path)!r} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from None
    if path.name != PYPROJECT:
        return told
    own = told.get("tool", {}).get("ocrcli")
    return own if isinstance(own, dict) else None


def _for(
    command: str, told: Mapping[str, Any], names: set[str], options: Mapping[str, Iterable[str]], path: Path
) -> dict[str, Any]:
    known_anywhere = {name for own in options.values() for name in own}
    merged: dict[str, Any] = {}
    for key, value in told.items():
        name = key.replace("-", "_")
        if isinstance(value, dict):
            if key not in options:
                raise UsageError(f"{path}: [{key}] is no command{_meant(key, options)}")
            if key == command:
                for own, inner in value.items():
                    merged[_known(own, names, path, f"[{command}] ")] = _value(inner, own, path)
        elif name in names and name not in NOT_FOR_FILES:
            merged.setdefault(name, _value(value, key, path))
        else:
            _known(key, known_anywhere, path, "")
    return merged


def _known(key: str, names: set[str], path: Path, where: str) -> str:
    name = key.replace("-", "_")
    if name not in names or name in NOT_FOR_FILES:
        raise UsageError(f"{path}: {where}{key} is no option that a file may set{_meant(key, names)}")
    return name


def _meant(name: str, known: Iterable[str]) -> str:
    near = nearest(name.replace("-", "_"), known, {})
    return f"; did you mean {near.replace('_', '-')!r}?" if near else ""


def _value(value: Any, key: str, path: Path) -> Any:
    """As the command line would have it. Lists and tables stand for no option."""
    if isinstance(value, date) and not hasattr(value, "hour"):
        return value.isoformat()
    if isinstance(value, bool | str | int | float):
        return value
    raise UsageError(f"{path}: {key} must be a text, a number, true or false")


def misspelt_variables(options: Mapping[str, Iterable[str]]) -> list[str]:
    """What is to be said of variables of the environment that begin with OCRCLI_ and are none of ours."""
    known = {f"OCRCLI_{name.upper()}" for names in options.values() for name in names} | OTHER_VARIABLES
    said = []
    for name in sorted(os.environ):
        if name.startswith("OCRCLI_") and name not in known:
            near = nearest(name, known, {})
            said.append(f"{name} is no variable of ocrcli" + (f"; did you mean {near}?" if near else ""))
    return said
