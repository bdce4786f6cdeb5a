"""`--sort-into`: copies of the inputs in one folder per kind of document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from ocrcli.declaration import CopyFolder, Step

if TYPE_CHECKING:
    from ocrcli.inputs.discover import Given

OTHER = "other"


@dataclass(frozen=True)
class SortInto(Step):
    """The option of a service whose records name the kinds of documents."""

    name: str = "sort-into"
    help: str = "Copy each file into a folder under DIR for every kind of document in it."
    metavar: str = "DIR"
    copies: ClassVar[bool] = True

    def folder(self, text: str) -> CopyFolder:
        """The folder that was asked for."""
        return CopyFolder(text, only_copies=True)

    def names(self, text: str, given: Given, fields: Sequence[Any]) -> Iterable[str]:
        """The input's own name, in the folder of each kind on its pages; `other` alone where there is no document."""
        kinds = dict.fromkeys(str(thing["type"]) for things in fields for thing in things)
        return [str(Path(text, kind, PurePath(given.relative).stem)) for kind in kinds or (OTHER,)]
