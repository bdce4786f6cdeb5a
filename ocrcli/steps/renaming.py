"""`--rename`: names for copies of the inputs, made from what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from ocrcli.declaration import CopyFolder, Service, Step
from ocrcli.errors import UsageError
from ocrcli.key_names import key_of, nearest

if TYPE_CHECKING:
    from ocrcli.inputs.discover import Given

UNKNOWN = "unknown"
_KEY = re.compile(r"\{([^{}]*)\}")
# What some file system does not allow in a name: controls, the signs of Windows, separators.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_MOST = 80  # characters of one value


@dataclass(frozen=True)
class Rename(Step):
    """The option of a service whose documents give good names for their files."""

    name: str = "rename"
    help: str = (
        "Copy each file to a name made of result keys, or of the workbook's headings, like "
        "sorted/{issue_date}_{seller_name}_{total}."
    )
    metavar: str = "PATTERN"
    copies: ClassVar[bool] = True
    headings: Mapping[str, str] = field(default_factory=dict, hash=False)  # keys by the workbook's headings

    def validate(self, service: Service, text: str) -> None:
        """Raises UsageError for a pattern that names no key, or one that there is not."""
        keys = [own.name for own in service.fields if own.type == "string"]
        asked = _KEY.findall(text)
        unknown = [key for key in asked if key_of(key, keys, self.headings) is None]
        if unknown:
            near = nearest(unknown[0], keys, self.headings)
            meant = f"did you mean {near!r}?" if near else f"`ocrcli schema {service.name}` lists them"
            raise UsageError(f"--{self.name} {text!r}: {unknown[0]!r} is no key; {meant}")
        if not asked or _KEY.sub("", text).strip("{}") != _KEY.sub("", text):
            example = "for example {issue_date}_{seller_name}"
            raise UsageError(f"--{self.name} {text!r}: it names no key in braces; {example}")

    def folder(self, text: str) -> CopyFolder:
        """The part of the pattern before its first key that is a folder; others' files may be in it."""
        return CopyFolder(text.partition("{")[0].rpartition("/")[0] or ".", only_copies=False)

    def names(self, text: str, given: Given, fields: Sequence[Any]) -> Iterable[str]:  # noqa: ARG002
        """The pattern, filled in for each record."""
        return [named(text, found, self.headings) for found in fields]


def named(pattern: str, fields: Mapping[str, Any], headings: Mapping[str, str] | None = None) -> str:
    """The pattern with its keys' values in place, safe as parts of a path; `unknown` for what was not found."""

    def value(name: str) -> Any:
        return fields.get(key_of(name, fields, headings or {}) or "")

    return _KEY.sub(lambda found: _safe(value(found[1])), pattern)


def _safe(value: Any) -> str:
    name = _UNSAFE.sub("_", str(value or "")).strip(" .")[:_MOST].rstrip(" .")
    return name or UNKNOWN
