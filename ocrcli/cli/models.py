"""`ocrcli models`: which models there are, whether they are sound, where they lie, fetching more."""

from __future__ import annotations

from typing import Annotated

import typer

from ocrcli.cli.console import say, say_json, table
from ocrcli.cli.help import Command, Group
from ocrcli.errors import Exit, UsageError

app = typer.Typer(
    name="models",
    cls=Group,
    help="List, check and fetch the models.",
    add_completion=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    rich_markup_mode=None,
)
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.command("list", cls=Command)
def list_models(as_json: Json = False) -> None:
    """Every model ocrcli knows, where it comes from, and its SHA-256."""
    from ocrcli.engine.models import catalogue, weights_hash

    rows = [
        {
            "name": model.name,
            "role": model.role,
            "engine": model.engine,
            "size": model.size,
            "from": model.package.replace("_", "-") or "hub",
            "sha256": weights_hash(model),
        }
        for model in catalogue()
    ]
    if as_json:
        say_json(rows)
        return
    say(table([("NAME", "ROLE", "ENGINE", "SIZE", "FROM", "SHA-256")] + [_cells(row) for row in rows]))


@app.command("verify", cls=Command)
def verify_models(as_json: Json = False) -> int:
    """Check the SHA-256 of every model. Exit 4 where a model that comes with ocrcli is missing or was changed."""
    from ocrcli.engine.models import verify

    states = verify()
    if as_json:
        rows = [
            {"name": s.model.name, "folder": str(s.folder) if s.folder else None, "problem": s.problem} for s in states
        ]
        say_json(rows)
    else:
        say(table([(s.model.name, s.problem or "sound") for s in states]))
    carried_and_broken = any(s.problem and s.model.package for s in states)
    return Exit.MODEL_MISSING if carried_and_broken else Exit.OK


@app.command("path", cls=Command)
def print_path() -> None:
    """The folder in which the models are staged."""
    from ocrcli.engine.models import cache_dir

    say(str(cache_dir()))


@app.command("pull", cls=Command)
def pull_models(
    what: Annotated[str, typer.Argument(metavar="SIZE|LANGUAGE", help="tiny, medium, or a language such as ko.")],
) -> None:
    """Fetch the models of a size or language from PaddleOCR's hub. The only command that uses the network."""
    from ocrcli.engine.models import catalogue
    from ocrcli.engine.pulling import pull

    words = {word for model in catalogue() if not model.package for word in (model.pull_word, *model.languages)}
    if what not in words:
        raise UsageError(f"there is nothing to fetch for {what!r}; there is for: {', '.join(sorted(words))}")
    for folder in pull(what):
        say(str(folder))


def _cells(row: dict[str, str | None]) -> tuple[str, ...]:
    return tuple(value or "-" for value in row.values())
