"""From the names on the command line to the inputs, and what has to be right about them before any work."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ocrcli.cli.options import Asked
from ocrcli.declaration import CopyFolder
from ocrcli.errors import UsageError
from ocrcli.inputs.discover import Found, Given, discover, listed_names
from ocrcli.inputs.opening import read_stream
from ocrcli.limits import Limits
from ocrcli.options import LimitsMode
from ocrcli.outputs.naming import Destination, refuse_collisions, refuse_overlap


def find_inputs(
    asked: Asked, to: Destination, limits: Limits, copies: Mapping[str, CopyFolder] | None = None
) -> Iterable[Found]:
    """The inputs asked for, in order; none lies where only copies go. `limits` hold for standard input, which is read
    here.

    `copies` are the folders of copies, by the option that names them. Raises UsageError where the inputs cannot be
    read, or would be written over.
    """
    names = list(asked.inputs or ())
    if not names and asked.files_from is None:
        raise UsageError("no input: give files, folders, patterns, - for standard input, or --files-from LIST")
    _check_stdin(names, asked.files_from)
    _check_summary(asked)
    listed = _open_list(asked.files_from)
    known = [Path(name) for name in (*names, *_known_names(listed)) if os.path.lexists(name)]
    if to.path is not None:
        refuse_overlap(to.path, known)
    folders = dict(copies or {})
    if asked.crops is not None:
        folders["--crops"] = CopyFolder(asked.crops, only_copies=True)
    for option, folder in folders.items():
        refuse_overlap(Path(folder.path), known, option)
        if folder.only_copies:
            _refuse_inside(Path(folder.path), known, option)
    ours = (to.folder and to.path, asked.annotate)
    found = discover(
        names,
        recursive=asked.recursive,
        files_from=listed,
        stdin=partial(_read_stdin, limits, asked.limits),
        exclude=[str(folder) for folder in (*ours, *(f.path for f in folders.values() if f.only_copies)) if folder],
    )
    if to.folder and (listed is None or _is_file(listed)):
        return _without_collisions(list(found), to)
    return found


def known_beforehand(asked: Asked) -> bool:
    """True where all inputs can be counted before the first is read: none comes through a pipe."""
    listed = asked.files_from is None or (asked.files_from != "-" and Path(asked.files_from).is_file())
    return listed and "-" not in (asked.inputs or ())


def may_be_several(asked: Asked) -> bool:
    """True unless the command line names just one file."""
    names = asked.inputs or ()
    if len(names) != 1 or asked.files_from is not None:
        return True
    return names[0] != "-" and (not os.path.lexists(names[0]) or Path(names[0]).is_dir())


def _check_stdin(names: Sequence[str], files_from: str | None) -> None:
    wanted = [what for what, here in (("the input -", "-" in names), ("--files-from -", files_from == "-")) if here]
    if len(wanted) == 2:
        raise UsageError("- and --files-from - both want standard input; put the list into a file")
    if wanted and (sys.stdin is None or sys.stdin.isatty()):
        raise UsageError(f"{wanted[0]} reads standard input, and nothing is sent there; use for example: … < FILE")


def _check_summary(asked: Asked) -> None:
    """Raises UsageError where a file about the run is also something else."""
    taken = [*(("an input", name) for name in asked.inputs or ()), ("the output", asked.output)]
    for option, file in (("--summary", asked.summary), ("--report", asked.report)):
        if file is None:
            continue
        for what, other in taken:
            if other is not None and os.path.realpath(other) == os.path.realpath(file):
                raise UsageError(f"{option} {file!r} is also {what}; choose another file")
        taken.append((f"the file of {option}", file))


def _refuse_inside(output: Path, inputs: Iterable[Path], option: str) -> None:
    """Raises UsageError where an input lies in a folder that files are written into."""
    folder = Path(os.path.realpath(output))
    for name in inputs:
        if folder in Path(os.path.realpath(name)).parents:
            fault = f"the input {str(name)!r} lies inside {str(output)!r}"
            raise UsageError(f"{fault}; choose another folder with {option}")


def _open_list(files_from: str | None) -> BinaryIO | None:
    if files_from is None:
        return None
    try:
        # Unbuffered: names are taken as they come, and a read that is still waiting at the end holds no lock.
        return open(0 if files_from == "-" else files_from, "rb", buffering=0, closefd=files_from != "-")
    except OSError as error:
        raise UsageError(f"--files-from {files_from!r} cannot be read: {error.strerror}") from error


def _is_file(stream: BinaryIO) -> bool:
    return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)


def _known_names(listed: BinaryIO | None) -> Iterator[str]:
    """The names in a list that lies in a file; those a pipe will bring are not known before they come."""
    if listed is not None and _is_file(listed):
        yield from listed_names(listed)
        listed.seek(0)


def _read_stdin(limits: Limits, mode: LimitsMode) -> bytes:
    with open(0, "rb", buffering=0, closefd=False) as stream:
        return read_stream(stream, Given("-", None, None, "stdin"), limits, mode)


def _without_collisions(found: list[Found], to: Destination) -> list[Found]:
    refuse_collisions(((g.name, g.relative) for g in found if isinstance(g, Given)), to.format)
    return found
