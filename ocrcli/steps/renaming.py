"""`--rename`: names for copies of the inputs, made from what was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ocrcli.declaration import Service, Text
from ocrcli.errors import UsageError

UNKNOWN = "unknown"
_KEY = re.compile(r"\{([^{}]*)\}")
# What some file system does not allow in a name: controls, the signs of Windows, separators.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_MOST = 80  # characters of one value


@dataclass(frozen=True)
class Rename(Text):
    """The option of a service whose documents give good names for their files."""

    name: str = "rename"
    help: str = "Copy each file to a name made of result keys, like sorted/{issue_date}_{seller_name}_{total}."
    metavar: str = "PATTERN"


def pattern_of(service: Service, own: Mapping[str, Any]) -> str | None:
    """The pattern that was asked for. Raises UsageError for one that names no key, or one that there is not."""
    for option in service.options:
        if isinstance(option, Rename) and own.get(option.name):
            pattern: str = own[option.name]
            keys = [field.name for field in service.fields if field.type == "string"]
            asked = _KEY.findall(pattern)
            unknown = [key for key in asked if key not in keys]
            if unknown or not asked or _KEY.sub("", pattern).strip("{}") != _KEY.sub("", pattern):
                what = f"{unknown[0]!r} is no key" if unknown else "it names no key in braces"
                raise UsageError(f"--rename {pattern!r}: {what}; choose from: {', '.join(keys)}")
            return pattern
    return None


def folder_of(pattern: str) -> str:
    """The part of the pattern before its first key that is a folder."""
    return pattern[: _KEY.search(pattern).start()].rpartition("/")[0] or "."  # type: ignore[union-attr]  # see pattern_of


def named(pattern: str, fields: Mapping[str, Any]) -> str:
    """The pattern with its keys' values in place, safe as parts of a path; `unknown` for what was not found."""
    return _KEY.sub(lambda found: _safe(fields.get(found[1])), pattern)


def _safe(value: Any) -> str:
    name = _UNSAFE.sub("_", str(value or "")).strip(" .")[:_MOST].rstrip(" .")
    return name or UNKNOWN
