"""Two pages of one document that lie apart become one record, pages of two documents do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ocrcli.finding import Check, DocumentPlace, Evidence, Finding
from ocrcli.forms.fields import Declared, Field, Side
from ocrcli.forms.find import Beside
from ocrcli.forms.joining import joined
from ocrcli.geometry import quad_of_box

PAPER = Declared(
    name="paper",
    title="Paper",
    title_zh="证",
    fields=(
        Field("number", "number", Beside("号"), side="front"),
        Field("number", "number", Beside("号"), side="back"),
        Field("name", "name", Beside("名"), side="front"),
        Field("file", "file", Beside("档"), side="back"),
    ),
    sides=(Side("front", "the front"), Side("back", "the back")),
)


def page(side: str | None, x: float, **fields: Any) -> Finding:
    place = DocumentPlace(quad=quad_of_box(x, 0, x + 10, 10), side=side)
    every = dict.fromkeys(("number", "name", "file")) | fields
    evidence = {k: Evidence(0.9, quad_of_box(x, 0, x + 1, 1), "ocr") for k in fields}
    return Finding(every, [Check("luhn", "x", ("number",), "number" in fields or None)], evidence, document=place)


def test_both_pages_of_one_document_are_one_record() -> None:
    back, front = page("back", 20, number="7", file="f"), page("front", 0, number="7", name="n")
    [one] = joined(PAPER, [back, front])
    assert one.fields == {"number": "7", "name": "n", "file": "f"}
    assert one.document.side == "double_side" and one.document.quad == quad_of_box(0, 0, 30, 10)
    assert set(one.evidence) == {"number", "name", "file"}
    assert [(c.rule, c.fields, c.passed) for c in one.checks] == [
        ("luhn", ("number",), True),
        ("sides-agree", ("number",), True),
    ]


def test_a_check_that_one_page_could_not_run_is_that_of_the_other() -> None:
    front = replace(page("front", 0, number="7"), checks=[Check("dates", "x", ("file",), None)])
    back = replace(page("back", 20, number="7", file="f"), checks=[Check("dates", "x", ("file",), False)])
    [one] = joined(PAPER, [front, back])
    assert [c.passed for c in one.checks if c.rule == "dates"] == [False]


def test_pages_of_two_documents_stay_two() -> None:
    other_number = [page("front", 0, number="7"), page("back", 20, number="8")]
    nothing_shared = [page("front", 0, name="n"), page("back", 20, file="f")]
    same_side = [page("front", 0, number="7"), page("front", 20, number="7")]
    without_sides = [page(None, 0, number="7"), page(None, 20, number="7")]
    for pages in (other_number, nothing_shared, same_side, without_sides):
        assert joined(PAPER, pages) == pages


def test_a_document_takes_one_page_of_each_side() -> None:
    pages = [page("front", 0, number="7"), page("back", 20, number="7"), page("back", 40, number="7")]
    assert [f.document.side for f in joined(PAPER, pages)] == ["double_side", "back"]
