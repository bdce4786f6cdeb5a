"""`ocrcli config`: which defaults hold, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ocrcli.cli.config import Config, load, misspelt_variables
from ocrcli.cli.console import say, say_json, table, tell


def show(named: str | None, options: Mapping[str, Iterable[str]], as_json: bool) -> None:
    """Prints the defaults of each command that has some. Raises UsageError where the file is wrong."""
    config = load(named, options)
    for said in misspelt_variables(options):
        tell(said)
    if as_json:
        say_json({"file": str(config.path) if config.path else None, "defaults": _set(config)})
        return
    if not _set(config):
        say(f"{config.path or 'no file'}: no defaults are set")
        return
    say(f"{config.path}:")
    rows = [(command, f"--{name.replace('_', '-')}", str(value)) for command, own in _set(config).items()
            for name, value in own.items()]  # fmt: skip
    say(table(rows))


def _set(config: Config) -> dict[str, dict[str, object]]:
    return {command: own for command, own in config.defaults.items() if own}
