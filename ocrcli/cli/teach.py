"""`ocrcli teach`: a template from pictures and the values that stand on them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrcli.cli.console import say, tell
from ocrcli.cli.guard import stdout_kept_clean
from ocrcli.errors import Exit, OcrError, UsageError
from ocrcli.inputs.discover import Given
from ocrcli.inputs.opening import load, open_document
from ocrcli.options import ReadOptions
from ocrcli.outputs.files import replacing
from ocrcli.page import Reading
from ocrcli.pipeline import Session
from ocrcli.services import find_service

if TYPE_CHECKING:
    from ocrcli.forms.teaching.taught import Example

RESERVED = "template_id"
MOST_BYTES = 1 << 20  # of a file of values


def teach(pictures: Sequence[str], values: str, to: str, *, name: str, title: str, check: bool, force: bool) -> int:
    """Writes the template to `to`, says what it lacks, and with `check` what it reads.

    Exit code 0: every value is in it; 1: some are not, or are read otherwise; 3: none is, or a picture cannot be read,
    and nothing was written. Raises UsageError for arguments that make no sense, OcrError("output_failed").
    """
    from ocrcli.forms.teaching.taught import Example, taught
    from ocrcli.forms.templates.load import SUFFIXES
    from ocrcli.forms.templates.write import dump

    target = Path(to)
    if target.suffix not in SUFFIXES:
        raise UsageError(f"-o {to}: a template's name ends in {' or '.join(SUFFIXES)}")
    if target.exists() and not force:
        raise UsageError(f"-o {to}: it is there already; --force writes over it")
    given = _values(values, pictures)
    with stdout_kept_clean():
        readings = [_reading(picture) for picture in pictures]
        if None in readings:
            tell("not every picture can be read: nothing was written")
            return Exit.ALL_FAILED
        examples = [Example(page, own) for page, own in zip(readings, given, strict=True) if page]
        result = taught(examples, name or target.name.partition(".")[0], title)
    for key, why in result.missing.items():
        tell(f"{key}: not in the template: {why}")
    if result.template is None:
        tell("no value could be placed: nothing was written")
        return Exit.ALL_FAILED
    with replacing(target) as stream:
        stream.write(dump(result.template).encode())
    for key, said in result.different.items():
        tell(f"{key}: in the template, but {said}")
    tell(f"{to}: {len(result.template.fields)} fields")
    if check:
        _say_readings(result.template, pictures, examples)
    return Exit.SOME_FAILED if result.missing or result.different else Exit.OK


def _say_readings(template: Any, pictures: Sequence[str], examples: Sequence[Example]) -> None:
    """What the template reads on each picture, one JSON object a line."""
    from ocrcli.forms.reading import read
    from ocrcli.forms.templates.declare import declared_of

    for picture, example in zip(pictures, examples, strict=True):
        try:
            [finding, *_] = read(declared_of(template), example.reading, {})
            told: dict[str, Any] = {"input": picture, "fields": finding.fields}
        except OcrError as fault:
            told = {"input": picture, "error": {"code": fault.code, "message": fault.message}}
        say(json.dumps(told, ensure_ascii=False))


def _values(file: str, pictures: Sequence[str]) -> list[Mapping[str, Any]]:
    """The values of each picture: one object for one picture, else an object of such by the pictures' names.

    Raises UsageError.
    """
    try:
        with Path(file).open("rb") as stream:
            told = json.loads(stream.read(MOST_BYTES + 1))
    except OSError as error:
        raise UsageError(f"--values {file}: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise UsageError(f"--values {file}: it is no JSON, or larger than {MOST_BYTES >> 20} MB") from None
    if not isinstance(told, dict):
        raise UsageError(f"--values {file}: it must be an object: result keys and their values")
    if len(pictures) == 1 and not isinstance(told.get(pictures[0], told.get(Path(pictures[0]).name)), dict):
        return [_checked(file, told)]
    given: list[Mapping[str, Any]] = []
    for picture in pictures:
        own = told.get(picture, told.get(Path(picture).name))
        if not isinstance(own, dict):
            names = "an object with the values of each picture, by its name"
            raise UsageError(f"--values {file}: it has nothing for {picture}; several pictures need {names}")
        given.append(_checked(file, own))
    return given


def _checked(file: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as texts, and lists of objects with texts; what is null or empty is left out."""
    checked: dict[str, Any] = {}
    for key, value in values.items():
        if key == RESERVED:  # as records of `form` have it
            continue
        if isinstance(value, list) and all(isinstance(row, dict) for row in value):
            checked[key] = [{name: str(text) for name, text in row.items() if text is not None} for row in value]
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            checked[key] = str(value)
        elif value is not None:
            raise UsageError(f"--values {file}: {key} is neither a text, a number, nor a list of objects")
    return {key: value for key, value in checked.items() if value}


def _reading(picture: str) -> Reading | None:
    """The first page of a picture or document, as `general` reads it; None, and why on stderr, where it cannot be."""
    options = ReadOptions()
    limits = find_service("general").limits
    try:
        blob = load(Given(picture, picture), limits, options)
        with open_document(blob, limits, options) as document:
            page = next(iter(document.pages()))
            if isinstance(page, OcrError):
                raise page
            return Session("general", options).reading_of(page)
    except OcrError as error:
        tell(error.message, picture)
        return None
