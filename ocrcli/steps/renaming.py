"""`--rename`: names for copies of the inputs, made from what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ocrcli.declaration import CopyFolder, Service, Step
from ocrcli.errors import UsageError

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
    help: str = "Copy each file to a name made of result keys, like sorted/{issue_date}_{seller_name}_{total}."
    metavar: str = "PATTERN"
    copies: ClassVar[bool] = True

    def validate(self, service: Service, text: str) -> None:
        """Raises UsageError for a pattern that names no key, or one that there is not."""
        keys = [field.name for field in service.fields if field.type == "string"]
        asked = _KEY.findall(text)
        unknown = [key for key in asked if key not in keys]
        if unknown or not asked or _KEY.sub("", text).strip("{}") != _KEY.sub("", text):
            what = f"{unknown[0]!r} is no key" if unknown else "it names no key in braces"
            raise UsageError(f"--{self.name} {text!r}: {what}; choose from: {', '.join(keys)}")

    def folder(self, text: str) -> CopyFolder:
        """The part of the pattern before its first key that is a folder; others' files may be in it."""
        return CopyFolder(text.partition("{")[0].rpartition("/")[0] or ".", only_copies=False)

    def names(self, text: str, given: Given, fields: Sequence[Any]) -> Iterable[str]:  # noqa: ARG002
        """The pattern, filled in for each record."""
        return [named(text, found) for found in fields]


def named(pattern: str, fields: Mapping[str, Any]) -> str:
    """The pattern with its keys' values in place, safe as parts of a path; `unknown` for what was not found."""
    return _KEY.sub(lambda found: _safe(fields.get(found[1])), pattern)


def _safe(value: Any) -> str:
    name = _UNSAFE.sub("_", str(value or "")).strip(" .")[:_MOST].rstrip(" .")
    return name or UNKNOWN
