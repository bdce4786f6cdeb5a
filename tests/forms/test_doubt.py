"""One notion of doubt: what speaks against a value, what speaks for it, and how that is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocrcli.engine.decoding import Guided
from ocrcli.finding import Evidence
from ocrcli.forms import doubt
from ocrcli.page import Char

GUIDED = Guided("2020", (), "2020", -0.1, 0.99, None, False, False, 9.0, 0.0, (("2026", 0.25), ("20 20", 0.125)))


def chars(*confidences: float) -> list[Char]:
    return [Char("a", confidence, 0.0, 1.0) for confidence in confidences]


def test_what_is_clear_is_not_doubtful() -> None:
    assert doubt.reason(chars(0.99, 0.95)) is None and doubt.reason(guided=GUIDED) is None


@pytest.mark.parametrize(
    ("guided", "why"),
    [
        (replace(GUIDED, chose=True), doubt.CHOSEN),
        (replace(GUIDED, doubtful=True), doubt.RIVAL),
        (replace(GUIDED, misfit=7.0), doubt.BENT),
    ],
)
def test_a_guided_value_is_doubtful_where_its_line_is(guided: Guided, why: str) -> None:
    assert doubt.reason(guided=guided) == why
    assert doubt.reason(guided=guided, near=False) is None, "a part of the line where its rivals do not differ"


def test_a_line_that_was_made_up_is_doubtful_all_along() -> None:
    assert doubt.reason(guided=replace(GUIDED, misfit=14.0), near=False) == doubt.BENT


def test_an_unclear_character_counts_unless_something_speaks_for_it() -> None:
    assert doubt.reason(chars(0.99, 0.6)) == "'a' in it is unclear"
    for speaks in (doubt.BY_CHECK, doubt.BY_SUMS, doubt.BY_LIST, doubt.BY_LOOKS):
        assert doubt.reason(chars(0.6), speaks=speaks) is None
    assert doubt.reason(chars(0.8), guided=GUIDED) is None and doubt.reason(chars(0.6), guided=GUIDED)
    assert doubt.reason(chars(0.95)) is None and doubt.reason(chars(0.95), strict=True)


def test_signs_count_where_they_are_named() -> None:
    sign = [Char("<", 0.4, 0.0, 1.0)]
    assert doubt.reason(sign) is None and doubt.reason(sign, signs="<") == "'<' in it is unclear"


def test_what_only_the_service_knows_comes_first() -> None:
    assert doubt.reason(chars(0.1), faults=(None, doubt.PART_MISSING)) == doubt.PART_MISSING
    assert doubt.reason(agreed=0.5) == doubt.DISAGREE and doubt.reason(share=0.8) == doubt.RIVAL


def test_alternatives_are_in_normal_form_and_each_once() -> None:
    told = doubt.alternatives(GUIDED, lambda text: text.replace(" ", ""))
    assert [(other.text, other.share) for other in told] == [("2026", 0.25)]


def test_the_notice_has_one_wording() -> None:
    quad = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    evidence = {"name": Evidence(0.5, quad, "ocr", why=doubt.AT_EDGE), "sex": Evidence(1.0, None, "ocr")}
    [told] = doubt.notices(evidence)
    assert (told.code, told.field, told.quad) == ("doubtful", "name", quad)
    assert told.message == "the name may be misread (it lies at the picture's edge): look at the picture"
