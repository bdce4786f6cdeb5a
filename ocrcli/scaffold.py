"""`python -m ocrcli.scaffold NAME …`: the files of a new service, in a checkout of ocrcli (docs/adding-a-service.md).

A declaration, a drawing of the document and tests: small, but whole. The service reads what the drawing shows, the
press draws it, the tests pass; from there on they are made like the real document.
"""

from __future__ import annotations

import argparse
import keyword
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from unicodedata import east_asian_width

from ocrcli.declaration import Panel
from ocrcli.errors import Exit, UsageError
from ocrcli.forms import ready
from ocrcli.forms.form import Form
from ocrcli.services import all_services

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_WIDTH = 120  # characters of a line, as the linter has it
_FORMS = {form.name: name for name, form in vars(ready).items() if isinstance(form, Form)}


@dataclass(frozen=True)
class NewField:
    """A result key, the printed label of its value, and the ready-made form of it."""

    key: str
    label: str
    form: str

    @staticmethod
    def parse(text: str) -> NewField:
        """From `key=label` or `key=label:form`. Raises UsageError."""
        key, _, rest = text.partition("=")
        label, _, form = rest.partition(":")
        if not key.isidentifier() or keyword.iskeyword(key) or not label:
            raise UsageError(f"--field {text!r}: give a result key and its printed label, like number=证号")
        form = form or ("date" if re.search(r"(^|_)(date|day|birth)$", key) else "compact")
        if form not in _FORMS:
            raise UsageError(f"--field {text!r}: there is no form {form!r}; choose one of {', '.join(_FORMS)}")
        return NewField(key, label, form)

    @property
    def meaning(self) -> str:
        """In words, to begin with."""
        return self.key.replace("_", " ")


@dataclass(frozen=True)
class NewService:
    """What the new files say. `title_zh` is the title as the document prints it."""

    name: str
    title: str
    title_zh: str
    panel: Panel
    fields: tuple[NewField, ...]

    @property
    def module(self) -> str:
        """The name of its files."""
        return self.name.replace("-", "_")

    @property
    def package(self) -> str:
        """The folder of `services` that its panel's services lie in."""
        return self.panel.name.lower()

    def check(self) -> None:
        """Raises UsageError where this cannot become a service."""
        if not _NAME.fullmatch(self.name) or keyword.iskeyword(self.module):
            raise UsageError(f"{self.name!r} is no name of a command: small letters and hyphens, like library-card")
        for service in all_services().values():
            if self.name in (service.name, service.spec):
                raise UsageError(f"there is a service {self.name!r} already")
        for what, given in (("key", [f.key for f in self.fields]), ("label", [f.label for f in self.fields])):
            if len(given) < 2 or len(set(given)) < len(given):
                raise UsageError(f"give --field at least twice, each with another {what}: labels name the document")

    def files(self) -> Iterator[tuple[str, str]]:
        """Each file's path in the checkout, and its text."""
        values = self._values()
        for path, template in (
            (f"ocrcli/services/{self.package}/{self.module}.py", _SERVICE),
            (f"ocrcli/specimens/documents/{self.module}.py", _DRAWING),
            (f"tests/services/test_{self.module}.py", _TESTS),
        ):
            yield path, template.substitute(values)

    def _values(self) -> dict[str, str]:
        article = "an" if self.title[0].lower() in "aeiou" else "a"
        forms = sorted({_FORMS[field.form] for field in self.fields})
        labels = ", ".join(f'"{field.label}"' for field in self.fields)
        return {
            "name": self.name,
            "module": self.module,
            "package": self.package,
            "panel": self.panel.name,
            "title": self.title,
            "title_zh": self.title_zh,
            "a_title": f"{article} {self.title[0].lower()}{self.title[1:]}",
            "forms": ", ".join(forms),
            "fields": "\n".join(_field(field, i == 0) for i, field in enumerate(self.fields)),
            "labels": _call("Labels", [f"({labels})", str(min(3, len(self.fields)))], 8),
            "type": self.module,
            "height": f"{34.0 + 8.0 * len(self.fields)}",
            "prints": "\n".join(_prints(field, i) for i, field in enumerate(self.fields)),
        }

    def row(self) -> str:
        """Its row in the README's table of commands."""
        keys = ", ".join(field.meaning for field in self.fields)
        return f"| `ocrcli {self.name} INPUT…` | {self.title.lower()}: {keys} ({self.title_zh}识别) |"


def _field(field: NewField, first: bool) -> str:
    parts = [f'"{field.key}"', f'"{field.meaning}"', f'Beside("{field.label}")', _FORMS[field.form]]
    return _call("Field", [*parts, *(["required=True"] if first else [])], 8)


def _prints(field: NewField, row: int) -> str:
    y = 22.0 + 8.0 * row
    label = _call("Print", [f'"{field.label}"', "9.0", f"{y}", "3.4"], 4)
    value = _call("Print", [f'"{{{field.key}}}"', "40.0", f"{y}", "3.4", f'key="{field.key}"'], 4)
    return f"{label}\n{value}"


def _call(name: str, parts: Sequence[str], indent: int) -> str:
    """A call with a comma behind it, on one line where it fits, as the formatter has it."""
    blank = " " * indent
    line = f"{blank}{name}({', '.join(parts)}),"
    if _columns(line) <= _WIDTH:
        return line
    return "\n".join((f"{blank}{name}(", *(f"{blank}    {part}," for part in parts), f"{blank}),"))


def _columns(line: str) -> int:
    """The width of a line as the formatter counts it: a Chinese character takes two columns."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in line)


def write(service: NewService, root: Path) -> list[Path]:
    """Writes the files into the checkout at `root`, none over another. Raises UsageError, OSError."""
    service.check()
    if not (root / "pyproject.toml").is_file() or not (root / "tests" / "services").is_dir():
        raise UsageError(f"{root} is no checkout of ocrcli: run this in one, or name one with --root")
    files = [(root / path, text) for path, text in service.files()]
    if there := [path for path, _ in files if path.exists()]:
        raise UsageError(f"{there[0]} is there already; nothing was written")
    for path, text in files:
        path.write_text(text, encoding="utf-8")
    return [path for path, _ in files]


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes what the command line asks for, and says what is left to do."""
    parser = argparse.ArgumentParser(prog="python -m ocrcli.scaffold", description=__doc__)
    parser.add_argument("name", help="the command, like library-card")
    parser.add_argument("--title", required=True, help="in English, like 'Library card'")
    parser.add_argument("--title-zh", required=True, help="as the document prints it")
    parser.add_argument("--panel", choices=[panel.name.lower() for panel in Panel], default="cards")
    parser.add_argument(
        "--field", action="append", default=[], metavar="KEY=LABEL[:FORM]", help="a value; the first is required"
    )
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the checkout (default: where you are)")
    given = parser.parse_args(arguments)
    try:
        fields = tuple(NewField.parse(text) for text in given.field)
        service = NewService(given.name, given.title, given.title_zh, Panel[given.panel.upper()], fields)
        for path in write(service, given.root):
            print(path)
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return Exit.USAGE
    print(f"the row for README.md, under Commands:\n{service.row()}")
    return Exit.OK


_SERVICE = Template('''"""$title ($title_zh)."""

from __future__ import annotations

from ocrcli.declaration import Field, Panel, Service, Side
from ocrcli.forms.find import Beside
from ocrcli.forms.ready import $forms
from ocrcli.limits import Limits
from ocrcli.signs import Labels, Title

SERVICE = Service(
    name="$name",
    title="$title",
    title_zh="$title_zh识别",
    panel=Panel.$panel,
    help="Read $a_title.",
    limits=Limits(),
    sides=(Side(least=2),),
    fields=(
$fields
    ),
    type="$type",
    signs=(
        Title(("$title_zh",)),
$labels
    ),
)
''')
_DRAWING = Template('''"""$title ($title_zh): whoever it names is invented."""

from __future__ import annotations

from random import Random

from ocrcli.geometry import quad_of_box
from ocrcli.services.$package.$module import SERVICE
from ocrcli.specimens.canvas import Canvas
from ocrcli.specimens.documents.base import MM, Document, Order, Print, numbered, print_all
from ocrcli.specimens.invented import misprint_of, print_of
from ocrcli.specimens.ornament import mark
from ocrcli.specimens.sheet import finished
from ocrcli.specimens.truth import Specimen

WIDTH, HEIGHT = round(120.0 * MM), round($height * MM)
PRINTS = (
    Print("$title_zh", 60.0, 8.0, 5.0, align="centre", weight=0.05),
$prints
)
PROVING = [field for field in SERVICE.fields if field.form.proves]  # with check digits: they can be misprinted


def draw(order: Order) -> Specimen:
    """The document with invented values; its truth has their normal forms."""
    rng = Random(order.seed)
    printed = {field.name: print_of(field.form, rng) for field in SERVICE.fields}
    if order.altered:
        wrong = rng.choice(PROVING)
        printed[wrong.name] = misprint_of(wrong.form, printed[wrong.name], rng)
    canvas = Canvas(WIDTH, HEIGHT)
    print_all(canvas, PRINTS, printed, order.typecase)
    mark(canvas, WIDTH - 2 * MM, HEIGHT - 3 * MM, 1.8 * MM)
    fields = {field.name: field.form.normal(printed[field.name]) for field in SERVICE.fields}
    outline = (quad_of_box(0, 0, WIDTH, HEIGHT),)
    return finished(canvas, fields=fields, documents=outline, **numbered(order, bool(PROVING)))


DOCUMENT = Document("$name", ("plain",), draw, numbered=bool(PROVING), type=SERVICE.type)
''')
_TESTS = Template('''"""The service `$name`: on its drawing, as a perfect reader sees it, and on saved readings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ocrcli.engine.replay import SUFFIX, load_reading
from ocrcli.errors import OcrError
from ocrcli.geometry import quad_of_box
from ocrcli.page import Line, Page, Reading
from ocrcli.services.$package.$module import SERVICE
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase
from tests.days import TODAY

DOCUMENT = all_documents()["$name"]
SAVED = Path(__file__).parent / "$module"


def found(reading: Reading) -> Any:
    [finding] = SERVICE.read(reading, SERVICE.defaults())
    return finding.fields


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", DOCUMENT.kinds)
def test_what_is_printed_is_read(kind: str, seed: int) -> None:
    specimen = DOCUMENT.draw(Order(seed, kind, Typecase.carried()))
    height, width = specimen.picture.shape[:2]
    lines = tuple(Line(line.text, 0.97, line.quad) for line in specimen.truth.lines)
    page = Page(width, height, "px", 1, 1, render=lambda: specimen.picture)
    assert found(Reading(width, height, "px", 1, 1, "ocr", lines, today=TODAY, page=page)) == specimen.truth.fields


def test_another_document_is_refused() -> None:
    line = Line("今天天气很好", 0.97, quad_of_box(20, 20, 260, 60))
    with pytest.raises(OcrError) as refused:
        found(Reading(400, 300, "px", 1, 1, "ocr", (line,), today=TODAY))
    assert refused.value.code == "not_this_document"


@pytest.mark.parametrize("case", sorted(path.name.removesuffix(SUFFIX) for path in SAVED.glob(f"*{SUFFIX}")))
def test_a_saved_reading(case: str) -> None:
    """What is expected is what was drawn, not what was read."""
    drawn = json.loads((SAVED / f"{case}.expected.json").read_text(encoding="utf-8"))
    assert found(load_reading(SAVED / f"{case}{SUFFIX}", TODAY)) == drawn["fields"]
''')

if __name__ == "__main__":
    sys.exit(main())
