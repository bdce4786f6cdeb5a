"""Where output goes and in which form, decided from the command line before anything is read. Standard library only."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal, get_args

from ocrcli.errors import UsageError

TableForm = Literal["csv", "html", "md"]  # of services whose records have tables
Format = Literal["json", "jsonl", "txt", "xlsx", TableForm]
TABLE_FORMS: tuple[TableForm, ...] = get_args(TableForm)
FORMATS: tuple[Format, ...] = get_args(Format)

# What people take for the name of a format: .xls, .docx, .ods; not the .2025 of a folder.
_LIKE_A_SUFFIX = re.compile(r"\.(?=.*[A-Za-z])[A-Za-z0-9]{1,5}")

NAME_BYTES = 255  # NAME_MAX of the usual file systems, in bytes of UTF-8


@dataclass(frozen=True)
class Destination:
    """What is written where. `path` is None for stdout; `folder` says that each input gets a file under `path`."""

    format: Format
    path: Path | None = None
    folder: bool = False


def destination(output: str | None, form: str | None = None) -> Destination:
    """Decides from `-o` and `-f`. Raises UsageError where they contradict each other or cannot be.

    `-o` is a folder if it exists as one, ends in a slash, or has no suffix (contract, "`-o` is a folder if").
    """
    chosen = _known(form) if form is not None else None
    if output is None:
        if chosen == "xlsx":
            raise UsageError("a workbook cannot go to stdout; name a file or folder with -o, for example -o out.xlsx")
        return Destination(chosen or "json")
    if output in ("", "-"):
        raise UsageError(f"-o {output!r} names no file; leave -o out to write to stdout")
    path = Path(output)
    suffix = _suffix_format(path)
    exists = os.path.isdir(output)  # noqa: PTH112  (Path.is_dir raises where the name is too long)
    named_folder = exists or output.endswith(("/", os.sep))
    if not named_folder and suffix is None and _LIKE_A_SUFFIX.fullmatch(path.suffix):
        known = ", ".join(f".{known}" for known in FORMATS)
        raise UsageError(f"-o {output!r}: ocrcli writes {known}; for a folder of that name put a / behind it")
    if named_folder or suffix is None:
        return Destination(chosen or "json", path, folder=True)
    if chosen is not None and chosen != suffix:
        raise UsageError(f"-f {chosen} contradicts -o {output!r}, a {suffix} file; leave out one of the two")
    return Destination(suffix, path)


def file_under(relative: str, suffix: str) -> PurePosixPath:
    """The name under an output folder for the input at `relative`: `a.png` and `.json` give `a.png.json`.

    Never leads out of the folder. A part of more than 255 bytes is cut and gets a hash of the whole name.
    """
    parts = [part for part in PurePosixPath(relative).parts if part not in ("/", "..", "//")]
    *above, last = parts or ["input"]
    return PurePosixPath(*(_fit(part, "") for part in above), _fit(last, suffix))


def beside(path: Path, suffix: str) -> Path:
    """`path` with `suffix` added to its name, the name cut where it would be too long."""
    return path.with_name(_fit(path.name, suffix))


def refuse_collisions(relatives: Iterable[tuple[str, str]], form: Format) -> None:
    """Raises UsageError where two inputs, given as (name, relative path), would be written to one file."""
    taken: dict[PurePosixPath, str] = {}
    for name, relative in relatives:
        file = file_under(relative, f".{form}")
        if file in taken:
            raise UsageError(
                f"{taken[file]!r} and {name!r} would both be written to {str(file)!r}; "
                "read them in two runs with two output folders"
            )
        taken[file] = name


def refuse_overlap(output: Path, inputs: Iterable[Path], option: str = "-o") -> None:
    """Raises UsageError where the output that `option` names is an input, or lies inside an input folder."""
    real = Path(os.path.realpath(output))
    for given in inputs:
        source = Path(os.path.realpath(given))
        # A hard link has another path and is the same file.
        if real == source or (real.is_file() and source.is_file() and real.samefile(source)):
            raise UsageError(f"the output {str(output)!r} is also an input; choose another place with {option}")
        if source in real.parents:
            raise UsageError(
                f"the output {str(output)!r} lies inside the input {str(given)!r}; "
                f"choose a place outside it with {option}"
            )


def _known(form: str) -> Format:
    for known in FORMATS:
        if form == known:
            return known
    raise UsageError(f"-f {form!r} is not known; choose one of {', '.join(FORMATS)}")


def _suffix_format(path: Path) -> Format | None:
    suffix = path.suffix.lower().removeprefix(".")
    return next((known for known in FORMATS if suffix == known), None)


def _fit(name: str, suffix: str) -> str:
    whole = name + suffix
    if len(os.fsencode(whole)) <= NAME_BYTES:
        return whole
    # The input's own suffix stays: people look for it.
    stem, dot, own = name.rpartition(".")
    ending = f"{dot}{own}" if stem and len(os.fsencode(own)) <= 16 else ""
    tail = f"-{hashlib.sha256(os.fsencode(name)).hexdigest()[:10]}{ending}{suffix}"
    room = NAME_BYTES - len(os.fsencode(tail))
    return os.fsencode(name)[:room].decode("utf-8", "ignore") + tail
