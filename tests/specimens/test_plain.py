"""Documents drawn from their declaration alone: what is printed is what their service then reads."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from ocrcli.checks import citizen_id
from ocrcli.declaration import Field, Panel, Service, Side
from ocrcli.engine.grammar import Row
from ocrcli.engine.grammars import DIGITS, fixed, grammar
from ocrcli.forms.fields import Declared
from ocrcli.forms.find import Anywhere, Below, Beside, Derived, Titled
from ocrcli.forms.form import Form, compact, one_of
from ocrcli.forms.ready import CITIZEN_NUMBER, CODE, COMPACT, DATE, FORMS, NAME, PERIOD_FIRST, PERIOD_LAST
from ocrcli.limits import Limits
from ocrcli.page import Line, Page, Reading
from ocrcli.services import all_services
from ocrcli.services.cards.idcard import SERVICE as IDCARD
from ocrcli.specimens.documents import drawn_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.invented import misprint_of, print_of
from ocrcli.specimens.plain import ONE_SIDE, plain_document
from ocrcli.specimens.truth import Specimen
from tests.days import TODAY

CASE = Typecase.carried()
LIBRARY_CARD = Service(
    name="library-card",
    title="Library card",
    title_zh="借书证识别",
    panel=Panel.CARDS,
    help="Read a library card.",
    limits=Limits(),
    sides=(Side(least=2),),
    inner=(Field("seat", "the reading room's seat", Beside("座位"), CODE),),
    fields=(
        Field("library", "the library", Titled(("样本图书馆借书证",)), COMPACT),
        Field("name", "the reader's name", Beside("姓名"), NAME),
        Field("number", "the card's number", Beside("证号"), CITIZEN_NUMBER, required=True),
        Field("kind", "the kind of reader", Below("类别"), one_of("kind", ("成人", "少儿"))),
        Field("first_day", "first day of validity", Beside("有效期限"), PERIOD_FIRST),
        Field("last_day", "last day of validity", Beside("有效期限"), PERIOD_LAST),
        Field("sex", "as the number says", Derived(citizen_id.sex, ("number",)), COMPACT),
        Field("row", "the seat's letter", Derived(lambda seat: seat[0], ("seat",)), CODE),
        Field("remark", "made by the service", None),
    ),
)


def drawn(declared: Declared, kind: str = ONE_SIDE, seed: int = 3, altered: bool = False) -> Specimen:
    document = plain_document(declared)
    assert document is not None and kind in document.kinds
    return document.draw(Order(seed, kind, CASE, altered))


def read(service: Service, specimen: Specimen) -> dict[str, Any]:
    """What the service finds, given what a reader without mistakes sees."""
    lines = tuple(Line(line.text, 0.97, line.quad) for line in specimen.truth.lines)
    height, width = specimen.picture.shape[:2]
    page = Page(width, height, "px", 1, 1, render=lambda: specimen.picture)
    reading = Reading(width, height, "px", 1, 1, "ocr", lines, today=TODAY, page=page)
    [finding] = service.read(reading, service.defaults())
    assert isinstance(finding.fields, dict)
    return finding.fields


def printed(specimen: Specimen) -> dict[str, Any]:
    assert isinstance(specimen.truth.fields, dict)
    return specimen.truth.fields


@pytest.mark.parametrize("seed", range(4))
def test_a_document_in_rows_is_read_as_it_was_drawn(seed: int) -> None:
    specimen = drawn(LIBRARY_CARD, seed=seed)
    truth = printed(specimen)
    assert truth.keys() == {"library", "name", "number", "kind", "first_day", "last_day", "sex", "row"}
    assert truth["sex"] in ("男", "女") and truth["kind"] in ("成人", "少儿")
    assert truth["first_day"] < truth["last_day"]
    found = read(LIBRARY_CARD, specimen)
    assert {key: found[key] for key in truth} == truth


@pytest.mark.parametrize("kind", ["front", "back"])
@pytest.mark.parametrize("seed", range(3))
def test_a_side_whose_face_is_known_has_its_print_there(kind: str, seed: int) -> None:
    specimen = drawn(IDCARD, kind, seed)
    height, width = specimen.picture.shape[:2]
    assert abs(width / height - 85.6 / 54.0) < 0.01
    found = read(IDCARD, specimen)
    assert {key: found[key] for key in printed(specimen)} == printed(specimen)


def test_one_digit_is_misprinted_where_a_value_has_a_check_digit() -> None:
    document = plain_document(LIBRARY_CARD)
    assert document is not None and document.numbered
    right, wrong = (drawn(LIBRARY_CARD, altered=altered) for altered in (False, True))
    assert right.truth.check_digits_ok is True and wrong.truth.check_digits_ok is False
    assert citizen_id.fault(printed(right)["number"]) is None
    assert citizen_id.fault(printed(wrong)["number"]) is not None
    differ = [a != b for a, b in zip(printed(right)["number"], printed(wrong)["number"], strict=True)]
    assert sum(differ) == 1
    without = Declared(name="x", title="X", title_zh="样", fields=(Field("day", "a day", Beside("日期"), DATE),))
    plain = plain_document(without)
    assert plain is not None and not plain.numbered and drawn(without).truth.check_digits_ok is None


def test_the_same_seed_draws_the_same_document() -> None:
    first, again, other = drawn(LIBRARY_CARD), drawn(LIBRARY_CARD), drawn(LIBRARY_CARD, seed=4)
    assert np.array_equal(first.picture, again.picture) and first.truth == again.truth != other.truth


def test_print_stays_on_the_sheet_and_apart() -> None:
    for kind in ("front", "back"):
        specimen = drawn(IDCARD, kind)
        height, width = specimen.picture.shape[:2]
        points = [point for line in specimen.truth.lines for point in line.quad]
        assert all(0 <= x <= width and 0 <= y <= height for x, y in points)


def test_what_has_no_declared_place_cannot_be_drawn() -> None:
    assert plain_document(all_services()["general"]) is None


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_ready_form_has_a_print_that_it_takes(form: Form) -> None:
    for seed in range(5):
        text = print_of(form, Random(seed))
        value = form.normal(text)
        assert value and form.may_be(text)
        if form.fault and (form.applies is None or form.applies(value)):
            assert form.fault(value) is None
    if form.proves and form.fault:
        wrong = form.normal(misprint_of(form, text, Random(1)))
        assert wrong and form.fault(wrong)


def test_every_form_of_a_document_that_is_drawn_plainly_has_one() -> None:
    plain = [service for name, service in all_services().items() if name not in drawn_documents()]
    forms = {field.form.name: field.form for service in (*plain, IDCARD) for field in service.fields}
    assert "ethnicity" in forms
    for form in forms.values():
        assert form.normal(print_of(form, Random(7)))


def test_an_own_form_may_say_what_its_prints_are() -> None:
    by_grammar = Form("own", grammar("own", Row(fixed(("AB", 2), (DIGITS, 3)))), compact)
    assert {print_of(by_grammar, Random(seed))[:1] for seed in range(20)} == {"A", "B"}
    said = Form("own", normal=lambda text: text if text.startswith("样本") else None, sample=lambda rng: "样本七")
    assert print_of(said, Random(1)) == "样本七"
    with pytest.raises(ValueError, match="give it a `sample`"):
        print_of(Form("none", normal=lambda _: None), Random(1))


def test_a_value_that_only_its_form_finds_stands_alone_on_its_row() -> None:
    declared = Declared(name="x", title="X", title_zh="样", fields=(Field("id", "it", Anywhere(), CITIZEN_NUMBER),))
    [title, line] = [line for line in drawn(declared).truth.lines if "SPECIMEN" not in line.text]
    assert title.text == "样" and line.key == "id" and citizen_id.passes(line.text)
