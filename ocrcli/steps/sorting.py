"""`--sort-into`: copies of the inputs in one folder per kind of document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ocrcli.declaration import Service, Text

OTHER = "other"


@dataclass(frozen=True)
class SortInto(Text):
    """The option of a service whose records name the kinds of documents."""

    name: str = "sort-into"
    help: str = "Copy each file into a folder under DIR for every kind of document in it."
    metavar: str = "DIR"


def folder_asked(service: Service, own: Mapping[str, Any]) -> str | None:
    """The folder that was asked for."""
    for option in service.options:
        if isinstance(option, SortInto) and own.get(option.name):
            folder: str = own[option.name]
            return folder
    return None


def kinds_in(pages: Iterable[Sequence[Mapping[str, Any]]]) -> list[str]:
    """The kinds on an input's pages, each once, in reading order; `other` alone where there is no document."""
    return list(dict.fromkeys(str(thing["type"]) for things in pages for thing in things)) or [OTHER]
