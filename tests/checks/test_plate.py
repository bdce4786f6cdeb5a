import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.checks import plate
from ocrcli.checks.plate import Kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("京A12345", Kind.ORDINARY),
        ("粤BD12345", Kind.NEW_ENERGY_SMALL),
        ("沪AF1234A", None),
        ("沪AK12345", Kind.NEW_ENERGY_SMALL),
        ("沪A12345F", Kind.NEW_ENERGY_LARGE),
        ("沪A12345A", None),
        ("京A1234挂", Kind.TRAILER),
        ("京A1234学", Kind.LEARNER),
        ("京A1234警", Kind.POLICE),
        ("粤Z1234港", Kind.HONG_KONG),
        ("粤ZAB34澳", Kind.MACAO),
        ("京Z1234港", None),
        ("沪A0023领", Kind.CONSULATE),
        ("使224578", Kind.EMBASSY),
        ("224578使", Kind.EMBASSY),
        ("WJ京1234X", Kind.ARMED_POLICE),
        ("WJ12345", Kind.ARMED_POLICE),
        ("VA12345", Kind.ARMY),
        ("京AAB345", Kind.ORDINARY),
        ("京AABC45", None),  # three letters in the serial
        ("京I12345", None),
        ("京A1234O", None),
        ("京A1234", None),
        ("A123456", None),
        ("", None),
    ],
)
def test_kinds(number: str, kind: Kind | None) -> None:
    assert plate.kind_of(number) == kind
    assert plate.passes(number) == (kind is not None)


def test_colour_tells_small_from_large() -> None:
    assert plate.kind_of("京A12345", "blue") is Kind.SMALL
    assert plate.kind_of("京A12345", "yellow") is Kind.LARGE
    assert plate.kind_of("京A1234学", "yellow") is Kind.LEARNER


@pytest.mark.parametrize(
    ("number", "colour", "right"),
    [
        ("京A12345", "blue", True),
        ("京A12345", "green", False),
        ("粤BD12345", "green", True),
        ("粤BD12345", "blue", False),
        ("沪A12345F", "yellow_green", True),
        ("京A1234警", "white", True),
        ("粤Z1234港", "black", True),
        ("使224578", "black", True),
        ("WJ12345", "white", True),
    ],
)
def test_colours(number: str, colour: plate.Colour, right: bool) -> None:
    assert plate.passes(number, colour) == right


@given(st.data())
def test_every_number_of_a_form_is_of_its_kind(data: st.DataObject) -> None:
    kind, form = data.draw(st.sampled_from(plate.FORMS))
    number = "".join(data.draw(st.text(alphabet, min_size=n, max_size=n)) for alphabet, n in form)
    letters = sum(c in plate.LETTERS for c in number[2:])
    assert plate.kind_of(number) == (None if kind is Kind.ORDINARY and letters > 2 else kind)
