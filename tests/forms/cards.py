"""A library card of a library that does not exist, declared and laid out as boxes."""

from __future__ import annotations

from ocrcli.checks import Rule
from ocrcli.engine.grammar import Row, Sum
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.forms.fields import Bind, Declared, Field, Side
from ocrcli.forms.find import Anywhere, Beside, Derived, Direction, Near, Titled
from ocrcli.forms.form import Form, compact
from ocrcli.forms.ready import AMOUNT, COMPACT, DATE, PERIOD_FIRST, PERIOD_LAST, TIME
from ocrcli.geometry import quad_of_box
from ocrcli.layout.upright import units
from ocrcli.page import Char, Line, Reading
from tests.days import TODAY

EM = 24.0
NUMBER_RULE = Rule("sample-number", "own", "check digit")


def number_fault(text: str) -> str | None:
    return None if sum(map(int, text)) % 10 == 0 else "the digits do not add up to tens"


NUMBER = Form(
    "sample-number",
    grammar("sample_number", Row(fixed((DIGITS, 8)), (Sum(10, 0, lambda place, c: int(c)),)), fence=DIGITS),
    compact,
    looks=r"\d{4}",
    rule=NUMBER_RULE,
    fault=number_fault,
)
ORDER = Rule("sample-order", "own", "date")


def order_fault(first: str, last: str) -> str | None:
    return None if first <= last else f"{last} comes before {first}"


CARD = Declared(
    name="library-card",
    title="Library card",
    title_zh="借书证",
    type="library_card",
    sides=(
        Side("front", "the front", least=2, refuses={"阅览证": "reading-card"}),
        Side("back", "the back", {"rules": ("借阅须知",)}, least=2),
    ),
    fields=(
        Field("title", "the title", Titled(("借书证",)), COMPACT, "front"),
        Field("number", "the number", (Beside("证号"), Anywhere()), NUMBER, "front", required=True),
        Field("name", "the holder", Beside("姓名"), COMPACT, "front"),
        Field("shelf", "under the number", Near("number", Direction.BELOW, 3), COMPACT, "front"),
        Field("initial", "the name's first character", Derived(lambda name: name[:1], ("name",)), COMPACT, "front"),
        Field("valid_from", "the first day", Beside("有效期"), PERIOD_FIRST, "front"),
        Field("valid_to", "the last day", Beside("有效期"), PERIOD_LAST, "front"),
        Field("number", "the number", Beside("证号"), NUMBER, "back"),
        Field("opens", "when it opens", Beside("开馆"), TIME, "back"),
        Field("deposit", "what was paid", Beside("押金"), AMOUNT, "back"),
        Field("issued", "the day of issue", Beside("办证日期"), DATE, "back"),
    ),
    checks=(Bind(ORDER, ("valid_from", "valid_to"), order_fault, "front"),),
)
FRONT = (
    ("借书证", 300, 40),
    ("证号", 100, 100),
    ("12345670", 180, 100),
    ("少儿馆", 180, 132),
    ("姓名", 100, 190),
    ("样张三", 180, 190),
    ("有效期", 100, 250),
    ("2024.01.02-2026.01.02", 200, 250),
)
BACK = (
    ("借阅须知", 300, 40),
    ("证号", 100, 100),
    ("12345678", 180, 100),
    ("开馆", 100, 150),
    ("9:00", 180, 150),
    ("押金", 100, 200),
    ("￥50.00元", 180, 200),
    ("办证日期", 100, 250),
    ("2024年1月2日", 220, 250),
)
Boxes = tuple[tuple[str, int, int], ...]


def line(text: str, x: float, y: float, confidence: float = 0.98, em: float = EM) -> Line:
    """A line as boxes have it, each character as sure as the others."""
    count = len(text)
    chars = tuple(Char(c, confidence, i / count, (i + 1) / count) for i, c in enumerate(text))
    return Line(text, confidence, quad_of_box(x, y, x + units(text) * em, y + 1.2 * em), chars=chars)


def page(*boxes: tuple[str, int, int], confidence: float = 0.98, unsure: str = "") -> Reading:
    """A page with these lines; those with the text `unsure` have characters of probability 0.5."""
    lines = tuple(line(t, x, y, 0.5 if t == unsure else confidence) for t, x, y in boxes)
    return Reading(2000.0, 1500.0, "px", 1, 1, "ocr", lines, today=TODAY)


def moved(boxes: Boxes, dx: int, dy: int) -> Boxes:
    return tuple((text, x + dx, y + dy) for text, x, y in boxes)


def swapped(boxes: Boxes, old: str, new: str) -> Boxes:
    assert any(text == old for text, _, _ in boxes)
    return tuple((new if text == old else text, x, y) for text, x, y in boxes)
