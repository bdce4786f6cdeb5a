"""What a service declares about itself.

The declarations are frozen dataclasses and cheap to import: the command, its help, its limits, its JSON Schema, its
documentation and its workbook columns are all made from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from ocrcli.errors import CtyunFamily, UsageError
from ocrcli.finding import Finding, ReadPage
from ocrcli.forms.fields import Bind as Bind
from ocrcli.forms.fields import Declared as Declared
from ocrcli.forms.fields import Field as Field
from ocrcli.forms.fields import Side as Side
from ocrcli.limits import Limits
from ocrcli.options import ReadingHints
from ocrcli.page import Reading

if TYPE_CHECKING:
    from ocrcli.context import Context
    from ocrcli.inputs.discover import Given
    from ocrcli.sheets import DeclaredWorkbook


class Panel(Enum):
    """The heading a service stands under in `ocrcli --help`."""

    GENERAL = "Text and tables"
    CARDS = "Cards and certificates"
    RECEIPTS = "Invoices and receipts"


@dataclass(frozen=True)
class Flag:
    """An option that is on or off."""

    name: str
    help: str
    default: bool = False


@dataclass(frozen=True)
class Choice:
    """An option with a closed list of values; the first is the default."""

    name: str
    values: tuple[str, ...]
    help: str

    @property
    def default(self) -> str:
        """The value where none is given."""
        return self.values[0]


@dataclass(frozen=True)
class Text:
    """An option with free text. `check` gets it and all own options, and raises UsageError for one that it does not
    take. `required`: the service can do nothing without it."""

    name: str
    help: str
    default: str | None = None
    metavar: str = "TEXT"
    check: Callable[[str, Mapping[str, Any]], object] | None = None
    required: bool = False


@dataclass(frozen=True)
class CopyFolder:
    """A folder that files made of the inputs go into. `only_copies`: nothing else is in there, so no input may be."""

    path: str
    only_copies: bool


@dataclass(frozen=True)
class Step(Text):
    """An option that also acts on what was read, where its text is given. What a step does not do stays as here.

    A step either changes findings, and so the records, or says where copies of the inputs go. Only the command copies:
    the library does not have such options.
    """

    copies: ClassVar[bool] = False

    def validate(self, service: Service, text: str) -> None:
        """Raises UsageError where the service cannot do this step as the text asks."""

    def contents(self, service: Service, text: str) -> str | None:  # noqa: ARG002
        """A hash of what the text names, where that changes records, for the fingerprint of a run."""
        return None

    def prepared(self, service: Service, text: str, contents: str | None) -> Service:  # noqa: ARG002
        """The service as it is to read; `contents` is the hash that the run began with, None where it is not known.

        Raises UsageError, and OcrError where what the text names has changed since.
        """
        return service

    def changed(self, finding: Finding, service: Service, text: str, context: Context) -> Finding:  # noqa: ARG002
        """The finding as its record is to be made from it."""
        return finding

    def folder(self, text: str) -> CopyFolder | None:  # noqa: ARG002
        """Where all copies go."""
        return None

    def names(self, text: str, given: Given, fields: Sequence[Any]) -> Iterable[str]:  # noqa: ARG002
        """The paths, without suffix, of an input's copies; `fields` are those of its records, in order."""
        return ()


Option = Flag | Choice | Text


@dataclass(frozen=True)
class Extra:
    """A result key that is there where it is asked for, and the option (off, or on) that asks for it."""

    option: str
    help: str
    field: Field


@dataclass(frozen=True)
class LeftOut:
    """An option of the vendors' that ocrcli does not have; whoever asks for it is told why."""

    name: str
    why: str


def _no_hints(options: Mapping[str, Any]) -> ReadingHints:  # noqa: ARG001
    """The hints of a service none of whose options is the reader's business."""
    return ReadingHints()


@dataclass(frozen=True, kw_only=True)
class Service(Declared):
    """One kind of document, or of content, and how it is read.

    `name` is the command; `spec` is a hidden alias of it where it differs. Documents are read by what is declared
    (`fields`, `sides`, `checks`); a service with a geometry of its own has `own_read`, one that knows documents of the
    user's own as well `read_with`, which gets them, too (`own_documents`, by name). `join`, where a document may run
    over several pages, puts the findings of an input's pages together; a joined finding stands on its first page.
    `extras` become the last of its options and of its fields (ready-made ones are in `ocrcli.extras`).
    `hints` says what the service's own options mean to the reader.
    """

    panel: Panel
    help: str
    limits: Limits
    own_read: Callable[[Reading, Mapping[str, Any]], Sequence[Finding]] | None = None
    read_with: Callable[[Reading, Mapping[str, Any], Mapping[str, Declared]], Sequence[Finding]] | None = None
    own_documents: Mapping[str, Declared] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    extras: tuple[Extra, ...] = ()
    hints: Callable[[Mapping[str, Any]], ReadingHints] = _no_hints
    left_out: tuple[LeftOut, ...] = ()
    list_result: bool = False  # `fields` is a list of objects (plate, classify, seal)
    has_tables: bool = False  # its records hold tables: they can be written as CSV, HTML and Markdown
    ctyun: CtyunFamily | None = None
    join: Callable[[Sequence[ReadPage], Mapping[str, Any]], Sequence[ReadPage]] | None = None
    workbook: DeclaredWorkbook | None = None  # where people want another one than that of the plain result keys
    ordered: bool = True  # `read` goes by reading order; False where it only asks what stands where
    calls_others: bool = False  # its records are those of other services, each named in `Finding.service`

    def __post_init__(self) -> None:
        flags = tuple(Flag(extra.option, extra.help) for extra in self.extras)
        fields = tuple(replace(extra.field, option=extra.option) for extra in self.extras)
        # `replace` makes a service again from one that has them already.
        if not {flag.name for flag in flags} & {option.name for option in self.options}:
            object.__setattr__(self, "options", (*self.options, *flags))
            object.__setattr__(self, "fields", (*self.fields, *fields))

    def read(self, reading: Reading, options: Mapping[str, Any]) -> Sequence[Finding]:
        """What stands on the page: a finding for each document. Raises OcrError("not_this_document")."""
        if self.own_read is not None:
            return self.own_read(reading, options)
        if self.read_with is not None:
            return self.read_with(reading, options, self.own_documents)
        from ocrcli.forms.reading import read

        return read(self, reading, options)

    def defaults(self) -> dict[str, Any]:
        """The value of each own option where none is given."""
        return {option.name: option.default for option in self.options}

    def steps(self, own: Mapping[str, Any]) -> list[tuple[Step, str]]:
        """The steps that these values of its own options ask for, each with its text."""
        asked = ((step, own.get(step.name)) for step in self.options if isinstance(step, Step))
        return [(step, text) for step, text in asked if text]

    def prepared(self, own: Mapping[str, Any]) -> Service:
        """The service as its steps want it to read. Raises UsageError and OcrError (see Step)."""
        service = self
        for step, text in self.steps(own):
            service = step.prepared(service, text, own.get(f"{step.name} contents"))
        return service


def checked(service: Service, own: Mapping[str, Any]) -> dict[str, Any]:
    """The service's own options, and the hashes of what their steps go by, for the fingerprint.

    Raises UsageError where a free text among them is missing, or none that the service takes.
    """
    for option in service.options:
        if not isinstance(option, Text):
            continue
        if own[option.name] is not None and option.check:
            option.check(own[option.name], own)
        elif option.required and not own[option.name]:
            raise UsageError(f"--{option.name} {option.metavar} is missing: {option.help[0].lower()}{option.help[1:]}")
    for step, text in service.steps(own):
        step.validate(service, text)
    hashes = ((step.name, step.contents(service, text)) for step, text in service.steps(own))
    return {**own, **{f"{name} contents": found for name, found in hashes if found is not None}}
