"""What is declared of a document: its fields, its sides, and what must hold between its values. Plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ocrcli.checks import Rule
from ocrcli.forms.find import Find
from ocrcli.forms.form import Form
from ocrcli.forms.ready import TEXT
from ocrcli.layout.face import Face

if TYPE_CHECKING:
    from ocrcli.finding import Finding
    from ocrcli.forms.sheet import Sheet
    from ocrcli.page import Notice, Reading
    from ocrcli.signs import Sign


@dataclass(frozen=True)
class Field:
    """A result key: the spec's name, what it means, where its value stands, what form it has, and its JSON form.

    `find` may be several places, tried in order until one gives a sure value. `side` is the side it is printed on; a
    key that is printed on both has two fields of the same name. `from_sheet` makes it from the document as it was read,
    while there are pixels (pictures, faults); `from_finding` from the whole finding, after its places have become those
    of the page. A field with none of them is filled by the service's own `read`.
    """

    name: str
    meaning: str
    find: Find | tuple[Find, ...] | None = None
    form: Form = TEXT
    side: str = ""
    type: str = "string"  # string | number | integer | boolean | list | object
    required: bool = False
    blank: bool = False  # its place may be left blank: where its label stands alone it is ""
    option: str | None = None  # present only where this option of the service was asked for
    items: tuple[Field, ...] = ()  # keys of the objects in a list
    from_sheet: Callable[[Sheet], Any] | None = None
    from_finding: Callable[[Finding, Reading], Any] | None = None

    @property
    def finds(self) -> tuple[Find, ...]:
        """The places to look in, in order."""
        return self.find if isinstance(self.find, tuple) else (self.find,) if self.find else ()


@dataclass(frozen=True)
class Side:
    """One side, or page, of a document: what shows that it is there.

    `name` is the value of `document.side` ("" for a document with one side), `words` what people call it. `marks` are
    printed texts without a value, by name, that count like the fields' labels, and so does a line that says one of the
    `titles`, as the mark `title`. `least`: how many labels and marks are seen at least. `own`: one of these sets of
    fields and marks must be among them, where others' documents have the rest of the labels too. `refuses`: titles of
    other documents that share the labels, and the services that read those (a note such as 仅供办理居住证使用 is no
    title: a title ends its line). `notes`: printed texts, blanks left out, that give a warning.
    """

    name: str = ""
    words: str = "the document"
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    least: int = 2
    own: tuple[frozenset[str], ...] = ()
    refuses: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, Notice] = field(default_factory=dict)
    face: Face | None = None


@dataclass(frozen=True)
class Bind:
    """A check over several values: `fault` gets them in order and says what is wrong.

    It is not run where one of them is missing, nor where `side` is not in the picture. `given` are more fields whose
    values `fault` gets behind those, None for one that was not found; `today` among them is the day that the page is
    read as of (YYYY-MM-DD). `applies`: the check is for such values of `keys` only (a foreigner's number has no birth
    date in it).

    `items/amount` is a value of a list: of each of its objects in turn with `each` the list's name, else all of them
    as one tuple.
    """

    rule: Rule
    keys: tuple[str, ...]
    fault: Callable[..., str | None]
    side: str = ""
    given: tuple[str, ...] = ()
    each: str = ""
    applies: Callable[..., bool] | None = None


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What is declared of a document; services and templates add what is theirs.

    `name` is the command or the template's name, `spec` the id in the vendors' list of services, `type` the name in
    the vendors' list of classes. `overprinted`: values are printed onto a form, and may lie off their labels by one
    common shift. `spread`: labels of several lengths are spread over one width. `several`: each document in a picture
    is read; without, two of one side are refused. `apart`: each side is a document of its own, such as the pages of a
    booklet, which one of its values names. `ruled`: it is a ruled form. `enough`: how many of the required fields are
    found at least. `repeats`: one document may have the same label twice (on its coupon), so that only what lies apart
    is a second one. `page`: the page of an input that it stands on, where that is always the same. `inner` are values
    that are printed but are no result keys: others are derived from them. `signs` are what gives its documents away;
    without any, they follow from the rest (`forms.signs`).
    """

    name: str
    title: str
    title_zh: str
    fields: tuple[Field, ...]
    inner: tuple[Field, ...] = ()
    sides: tuple[Side, ...] = ()
    checks: tuple[Bind, ...] = ()
    overprinted: bool = False
    spread: bool = False
    several: bool = True
    apart: bool = False
    ruled: bool = False
    enough: int = 1
    repeats: bool = False
    page: int | None = None
    ground: tuple[str, ...] = ()
    spec: str = ""
    type: str = ""
    signs: tuple[Sign, ...] = ()

    @property
    def result_keys(self) -> tuple[Field, ...]:
        """The fields of the record; of a key that is printed on both sides the first."""
        first: dict[str, Field] = {}
        for declared in self.fields:
            first.setdefault(declared.name, declared)
        return tuple(first.values())

    @property
    def printed(self) -> tuple[Field, ...]:
        """All fields whose values are looked for, those first that others are derived from."""
        return (*self.inner, *self.fields)
