"""Template files read and checked: what is wrong with one is said with its file, line and key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from ocrcli.errors import UsageError
from ocrcli.forms.fields import Declared
from ocrcli.forms.templates.declare import declared_of, nearest
from ocrcli.forms.templates.model import Amount, Check, Column, FieldPart, Match, Near, Product, SidePart, Sum, Template
from ocrcli.forms.templates.text import MOST_BYTES, Parsed, TemplateFault, parsed
from ocrcli.forms.templates.text import Path as Path_

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

SUFFIXES = (".yaml", ".yml")
MOST_TEMPLATES = 200  # of a folder


@dataclass(frozen=True)
class Loaded:
    """A template that was read: its file, what it says, and what the engine makes of it."""

    file: Path
    template: Template
    declared: Declared


def load(file: Path) -> Template:
    """The template of a file. Raises UsageError naming the file, the line and the key that is wrong."""
    return _loaded(file).template


def load_all(place: str | Path) -> tuple[Loaded, ...]:
    """The templates of a file, or of the files `*.yaml` and `*.yml` right in a folder, by name.

    Raises UsageError for one that is wrong, for a place without any, and for two of one name.
    """
    files = files_of(place)
    found = [_loaded(file) for file in files]
    names: dict[str, Path] = {}
    for loaded in found:
        name = loaded.template.template
        if name in names:
            raise UsageError(f"{loaded.file} and {names[name].name} are both named {name!r}; give one another name")
        names[name] = loaded.file
    return tuple(found)


def files_of(place: str | Path) -> list[Path]:
    """The template files at a place. Raises UsageError where there are none."""
    path = Path(place)
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and not file.name.startswith("."))
    if not files or len(files) > MOST_TEMPLATES:
        found = f"{len(files)} templates, {MOST_TEMPLATES} are allowed" if files else "no template (*.yaml, *.yml)"
        raise UsageError(f"--template {str(path)!r}: the folder holds {found}")
    return files


def contents_hash(place: str | Path) -> str:
    """A hash over all that the templates at a place say. Raises UsageError."""
    return hashlib.sha256(b"".join(hashlib.sha256(_content(file)).digest() for file in files_of(place))).hexdigest()


def from_text(content: bytes, name: str) -> tuple[Template, Declared]:
    """A template from its text; `name` is what it is called in messages. Raises UsageError."""
    lines: Parsed | None = None
    try:
        lines = parsed(content)
        try:
            template = Template.model_validate(lines.data)
        except ValidationError as error:
            raise _explained(error) from None
        return template, declared_of(template)
    except TemplateFault as fault:
        line = fault.line or (lines.line_of(fault.path) if lines else None)
        raise UsageError(f"{name}{f', line {line}' if line else ''}: {fault.message}") from None


def _loaded(file: Path) -> Loaded:
    return _from_bytes(file, _content(file))


@lru_cache(maxsize=MOST_TEMPLATES)
def _from_bytes(file: Path, content: bytes) -> Loaded:
    return Loaded(file, *from_text(content, str(file)))


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"--template {str(file)!r} cannot be read: {error.strerror}") from None


def _explained(error: ValidationError) -> TemplateFault:
    """The first thing that is wrong with the keys and values, and how many more there are."""
    faults = error.errors(include_url=False)
    path = tuple(part for part in faults[0]["loc"] if part != "[key]")
    more = f" (and {len(faults) - 1} more faults)" if len(faults) > 1 else ""
    return TemplateFault(_message(faults[0], path) + more, path=path)


def _message(fault: ErrorDetails, path: Path_) -> str:
    key = ".".join(map(str, path))
    match fault["type"]:
        case "extra_forbidden":
            model = _model_at(path[:-1])
            known = [field.alias or name for name, field in model.model_fields.items()]
            return f"{key}: {nearest(str(path[-1]), known, 'key')}"
        case "missing":
            return f"the key {key!r} is missing"
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"{key or 'the template'} must be a mapping (`key: value`, one a line)"
        case "value_error":
            return f"{key}: {fault['ctx']['error']}" if key else str(fault["ctx"]["error"])
        case _:
            shown = f", not {fault['input']!r:.60}" if isinstance(fault["input"], str) else ""
            return f"{key}: {fault['msg'][0].lower()}{fault['msg'][1:]}{shown}"


def _model_at(path: Path_) -> type[BaseModel]:
    """What may stand at a path of a template."""
    named: dict[str | int, type[BaseModel]] = {
        "sum-of": Sum,
        "product-of": Product,
        "words-equal-digits": Amount,
        "matches": Match,
        "near": Near,
    }
    held: dict[str | int, type[BaseModel]] = {
        "sides": SidePart,
        "fields": FieldPart,
        "columns": Column,
        "checks": Check,
    }
    if len(path) > 1 and path[-2] in held:
        return held[path[-2]]
    return named.get(path[-1], Template) if path else Template
