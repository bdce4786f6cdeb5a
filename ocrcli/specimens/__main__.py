"""`python -m ocrcli.specimens SERVICE --count N --level L --seed S --out DIR`: drawn pictures with their truth."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ocrcli.errors import Exit, UsageError
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.press import Run, press


def main(arguments: list[str] | None = None) -> int:
    """Draws what the command line asks for and prints the manifest's path."""
    parser = argparse.ArgumentParser(prog="python -m ocrcli.specimens", description=__doc__)
    parser.add_argument("service", choices=sorted(all_documents()))
    parser.add_argument("--count", type=int, default=10, help="how many pictures")
    parser.add_argument("--level", type=int, default=0, help="how badly spoilt: 0 not at all, 1, 2, 3")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same set")
    parser.add_argument("--kind", help="only this kind of the document")
    parser.add_argument("--any-turn", action="store_true", help="turn each picture by any angle (with --level)")
    parser.add_argument("--alter", action="store_true", help="misprint one digit of a number or an amount on purpose")
    parser.add_argument("--wide", action="store_true", help="use every font that is found, not only carried ones")
    parser.add_argument("--pdf", action="store_true", help="digital PDF files with a text layer, not pictures")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")
    given = parser.parse_args(arguments)
    run = Run(
        service=given.service,
        count=given.count,
        level=given.level,
        seed=given.seed,
        kind=given.kind,
        any_turn=given.any_turn,
        altered=given.alter,
        wide=given.wide,
        pdf=given.pdf,
    )
    try:
        print(press(run, given.out))
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return Exit.USAGE
    return Exit.OK


if __name__ == "__main__":
    sys.exit(main())
