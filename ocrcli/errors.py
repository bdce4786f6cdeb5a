"""Every error a user can meet: its code, its message, its exit code, and the vendors' code for the same fault.

The table of codes is part of the contract (docs/contract.md); the vendors' codes are those of the same fault in
the manuals of Huawei Cloud OCR and Ctyun OCR, or None where the vendor names none.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Literal

# Ctyun numbers its errors per service; these are the families its manual knows.
CtyunFamily = Literal["general-text", "id-card", "license-plate", "business-license"]
_CtyunCodes = tuple[tuple[CtyunFamily, str], ...]


class Exit(IntEnum):
    """Exit codes of the command (contract, "Exit codes")."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    ALL_FAILED = 3
    MODEL_MISSING = 4
    STRICT = 5
    OUTPUT = 6
    INTERNAL = 70
    INTERRUPTED = 130
    TERMINATED = 143


@dataclass(frozen=True)
class Fault:
    """What a code stands for: the exit code it forces (None: it just counts as a failed input), the vendors' codes."""

    exit: Exit | None = None
    huawei: str | None = None
    ctyun: _CtyunCodes = ()


_DECODE: _CtyunCodes = (("general-text", "AI_OP_410001"), ("business-license", "AI_OP_400014"))
_BASE64: _CtyunCodes = (
    ("general-text", "AI_OP_400011"),
    ("id-card", "AI_OP_4008"),
    ("license-plate", "AI_OP_4008"),
    ("business-license", "AI_OP_400011"),
)
_SIDES: _CtyunCodes = (
    ("general-text", "AI_OP_410002"),
    ("id-card", "AI_OP_4011"),
    ("license-plate", "AI_OP_4011"),
    ("business-license", "AI_OP_400015"),
)
_FORMATS: _CtyunCodes = (
    ("general-text", "AI_OP_400012"),
    ("id-card", "AI_OP_4009"),
    ("license-plate", "AI_OP_4009"),
    ("business-license", "AI_OP_400012"),
)
_SIZES: _CtyunCodes = (
    ("general-text", "AI_OP_400013"),
    ("id-card", "AI_OP_4010"),
    ("license-plate", "AI_OP_4010"),
    ("business-license", "AI_OP_400013"),
)
_EMPTY: _CtyunCodes = (("general-text", "AI_OP_400003"), ("business-license", "AI_OP_400003"))
_INTERNAL: _CtyunCodes = (
    ("general-text", "AI_OP_500001"),
    ("id-card", "AI_OP_5000"),
    ("license-plate", "AI_OP_5000"),
    ("business-license", "AI_OP_500001"),
)

FAULTS: dict[str, Fault] = {
    "format_not_supported": Fault(huawei="AIS.0102", ctyun=_FORMATS),
    "side_too_short": Fault(huawei="AIS.0103", ctyun=_SIDES),
    "side_too_long": Fault(huawei="AIS.0103", ctyun=_SIDES),
    "too_many_pixels": Fault(huawei="AIS.0103", ctyun=_SIDES),
    "file_too_large": Fault(ctyun=_SIZES),
    "empty_input": Fault(ctyun=_EMPTY),
    "decode_failed": Fault(ctyun=_DECODE),
    "base64_invalid": Fault(ctyun=_BASE64),
    "encrypted": Fault(),
    "page_out_of_range": Fault(),
    "not_this_document": Fault(huawei="AIS.0104"),
    "same_side_twice": Fault(),
    "no_input": Fault(),
    "unreadable": Fault(huawei="ModelArts.4704"),
    "url_refused": Fault(huawei="ModelArts.4603"),
    "timeout": Fault(huawei="APIG.0201"),
    "worker_died": Fault(ctyun=_INTERNAL),
    "out_of_memory": Fault(ctyun=_INTERNAL),
    "model_missing": Fault(exit=Exit.MODEL_MISSING),
    "output_failed": Fault(exit=Exit.OUTPUT),
    "internal": Fault(exit=Exit.INTERNAL, ctyun=_INTERNAL),
}


class OcrError(Exception):
    """A fault a user can meet. `code` is a key of FAULTS; `message` names the file's fault, the limit and what to do.

    The input's name is not in the message: whoever reports it (the error record, the line on stderr) puts it in front.
    """

    def __init__(self, code: str, message: str, *, page: int | None = None, looks_like: str | None = None) -> None:
        if code not in FAULTS:
            raise ValueError(f"unknown error code {code!r}")
        super().__init__(message)
        self.code = code
        self.message = message
        self.page = page
        self.looks_like = looks_like

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions pickle by their positional arguments; ours also has keywords.
        return _rebuild, (self.code, self.message, self.page, self.looks_like)

    @property
    def huawei(self) -> str | None:
        """Huawei Cloud's code for the same fault, or None."""
        return FAULTS[self.code].huawei

    def ctyun(self, family: CtyunFamily | None) -> str | None:
        """Ctyun's code for the same fault in the services of `family`, or None."""
        return dict(FAULTS[self.code].ctyun).get(family) if family else None


class _Unopened(OcrError):
    """A file that cannot be opened: what `open` raises, as an OcrError with the code "unreadable"."""

    def __init__(self, path: str, error: OSError) -> None:
        super().__init__("unreadable", f"it cannot be read: {error.strerror}")
        self.errno, self.strerror, self.filename = error.errno, error.strerror, path

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.filename, OSError(self.errno, self.strerror))

    def __str__(self) -> str:
        return f"{self.filename!r}: {self.message}"


class FileMissing(_Unopened, FileNotFoundError):
    """There is no such file."""


class FileForbidden(_Unopened, PermissionError):
    """The file may not be read."""


class FolderGiven(_Unopened, IsADirectoryError):
    """A folder stands there; only the command walks folders."""


UNOPENED = (FileMissing, FileForbidden, FolderGiven)


def _rebuild(code: str, message: str, page: int | None, looks_like: str | None) -> OcrError:
    return OcrError(code, message, page=page, looks_like=looks_like)


class UsageError(Exception):
    """The command line is wrong (exit 2). Found before any input is read."""


class ReaderLeft(BrokenPipeError):
    """Nobody reads our standard output any more (`| head`): the run ends, and that is no fault."""


def internal_error(fault: Exception, then: str = "the other inputs are read all the same") -> OcrError:
    """What is told of a fault of ours: its type and place. Its text is left out: it may hold words of the document."""
    package = Path(__file__).parent
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(package)]
    # Where we were, and where it happened: the same place, or inside a library.
    places = dict.fromkeys(f"{Path(f.filename).name}:{f.lineno}" for f in (*ours[-1:], *frames[-1:]))
    return OcrError(
        "internal",
        f"a fault in ocrcli itself ({type(fault).__name__} at {', '.join(places)}); {then}. Please report it with what "
        "`ocrcli doctor` prints",
    )


def exit_code(
    *,
    inputs: int,
    failed: int,
    codes: Iterable[str] = (),
    strict_breach: bool = False,
    signal: Exit | None = None,
) -> Exit:
    """The exit code of a finished run: the first that applies of 130/143, 70, 4, 6, 3, 1, 5, 0.

    `inputs` and `failed` count inputs; `codes` are the codes of all error records; `strict_breach` says that `--strict`
    was given and something it watches happened; `signal` is INTERRUPTED or TERMINATED where one stopped the run.
    """
    if signal is not None:
        return signal
    forced = {FAULTS[code].exit for code in codes}
    for exit_ in (Exit.INTERNAL, Exit.MODEL_MISSING, Exit.OUTPUT):
        if exit_ in forced:
            return exit_
    if inputs and failed >= inputs:
        return Exit.ALL_FAILED
    if failed:
        return Exit.SOME_FAILED
    return Exit.STRICT if strict_breach else Exit.OK
