from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.checks import countries, mrz

TODAY = date(2026, 1, 1)
# The specimens of ICAO Doc 9303 parts 4 to 7.
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
MRV_A = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
MRV_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
LONG_TD1 = ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<")
ALL = (TD3, TD2, TD1, MRV_A, MRV_B, LONG_TD1)


@pytest.mark.parametrize("lines", ALL)
def test_the_standards_own_specimens_pass(lines: tuple[str, ...]) -> None:
    assert mrz.fault(lines) is None


@pytest.mark.parametrize(
    ("lines", "name"), [(TD3, "TD3"), (TD2, "TD2"), (TD1, "TD1"), (MRV_A, "MRV-A"), (MRV_B, "MRV-B")]
)
def test_formats(lines: tuple[str, ...], name: str) -> None:
    zone = mrz.parse(lines, TODAY)
    assert zone is not None and zone.format.name == name
    assert (zone.issuing_state, zone.surname, zone.given_names) == ("UTO", "ERIKSSON", "ANNA MARIA")
    assert zone.sex == "F" and zone.lines == lines


def test_a_passport_taken_apart() -> None:
    zone = mrz.parse(TD3, TODAY)
    assert zone is not None
    assert (zone.document_code, zone.number, zone.nationality) == ("P", "L898902C3", "UTO")
    assert (zone.birth, zone.expiry, zone.optional) == ("1974-08-12", "2012-04-15", ("ZE184226B",))
    assert [d.name for d in zone.digits] == ["number", "birth", "expiry", "optional", "composite"]


def test_a_long_number_goes_on_in_the_optional_data() -> None:
    zone = mrz.parse(LONG_TD1, TODAY)
    assert zone is not None and zone.number == "D23145890734"
    assert next(d for d in zone.digits if d.name == "number").printed == "9"
    broken = (LONG_TD1[0].replace("7349", "7359"), *LONG_TD1[1:])
    assert "check digit of number is 9" in (mrz.fault(broken) or "")
    assert mrz.number_passes(mrz.TD1, LONG_TD1[0]) and not mrz.number_passes(mrz.TD1, broken[0])


def test_the_optional_digit_may_be_left_out_where_there_is_no_data() -> None:
    first = "L898902C36UTO7408122F1204159<<<<<<<<<<<<<<"
    for digit in ("0", "<"):
        composite = mrz.check_digit(first[:10] + first[13:20] + first[21:42] + digit)
        assert mrz.passes((TD3[0], f"{first}{digit}{composite}"))


@given(st.sampled_from(ALL), st.data())
def test_a_changed_digit_is_always_found_in_its_own_check(lines: tuple[str, ...], data: st.DataObject) -> None:
    """A digit for a digit in guarded places breaks at least its own check digit."""
    layout = mrz.format_of(lines)
    assert layout is not None
    rule = data.draw(st.sampled_from([d for d in layout.check_digits if d.name != "composite"]))
    places = [(line, i) for line, a, b in rule.over for i in range(a, b) if lines[line][i].isdigit()]
    line, place = data.draw(st.sampled_from(places or [(rule.line, rule.position)]))
    old = lines[line][place]
    if not old.isdigit():
        return
    new = data.draw(st.sampled_from([d for d in "0123456789" if d != old]))
    changed = [*lines]
    changed[line] = changed[line][:place] + new + changed[line][place + 1 :]
    zone = mrz.parse(changed, TODAY)
    assert zone is not None
    assert not next(d for d in zone.digits if d.name == rule.name).passed


CHARACTERS = st.sampled_from(mrz.DIGITS + mrz.CAPITALS + mrz.FILLER)


@given(st.lists(CHARACTERS, min_size=1, max_size=30), st.data())
def test_what_a_check_digit_finds(text: list[str], data: st.DataObject) -> None:
    """Any change between characters whose values differ modulo 10, and only those."""
    place, other = data.draw(st.integers(0, len(text) - 1)), data.draw(CHARACTERS)
    changed = [*text[:place], other, *text[place + 1 :]]
    old, new = mrz.value(text[place]), mrz.value(other)
    assert old is not None and new is not None
    assert (mrz.check_digit("".join(changed)) == mrz.check_digit("".join(text))) == ((old - new) % 10 == 0)


@pytest.mark.parametrize(
    ("birth", "expiry", "expected"),
    [
        ("251231", "301231", ("2025-12-31", "2030-12-31")),
        ("260102", "301231", ("1926-01-02", "2030-12-31")),  # tomorrow is a hundred years ago
        ("600101", "751231", ("1960-01-01", "2075-12-31")),
        ("600101", "770101", ("1960-01-01", "1977-01-01")),
        ("780101", "770101", ("1978-01-01", None)),  # expired before birth
        ("<<<<<<", "301231", (None, "2030-12-31")),
        ("740230", "301331", (None, None)),
        ("000229", "301231", ("2000-02-29", "2030-12-31")),
    ],
)
def test_two_digit_years(birth: str, expiry: str, expected: tuple[str | None, str | None]) -> None:
    line = f"{TD3[1][:13]}{birth}{TD3[1][19:21]}{expiry}{TD3[1][27:]}"
    zone = mrz.parse((TD3[0], line), TODAY)
    assert zone is not None and (zone.birth, zone.expiry) == expected


def test_lines_of_no_format() -> None:
    assert all(mrz.parse(lines, TODAY) is None for lines in ((TD3[0],), (TD3[0], TD2[1]), ()))
    assert mrz.fault((TD3[0],)) is not None


def test_letters_outside_the_alphabet_break_the_check_and_nothing_else() -> None:
    zone = mrz.parse((TD3[0].replace("S", "Ñ"), TD3[1].replace("Z", "Ñ")), TODAY)
    assert zone is not None and zone.surname == "ERIKÑÑON"
    assert [d.name for d in zone.digits if not d.passed] == ["optional", "composite"]


@pytest.mark.parametrize("code", ["CHN", "D", "GBD", "UNO", "XXA", "UTO", "DEU"])
def test_states(code: str) -> None:
    assert countries.passes(code)


@pytest.mark.parametrize("code", ["", "XYZ", "D<<", "chn"])
def test_no_states(code: str) -> None:
    assert not countries.passes(code)


def test_the_french_card_has_a_layout_of_its_own() -> None:
    # The specimen of the article "National identity card (France)" in Wikipedia: all three check digits are right.
    lines = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")
    zone = mrz.parse(lines, TODAY)
    assert zone is not None and zone.format is mrz.IDFRA and zone.passed
    assert (zone.surname, zone.given_names, zone.number) == ("BERTHIER", "CORINNE", "880692310285")
    assert (zone.birth, zone.sex, zone.expiry, zone.nationality) == ("1965-12-06", "F", None, "")


def test_names_stand_where_their_letters_do() -> None:
    zone = mrz.parse(TD3, TODAY)
    assert zone is not None
    places = mrz.places_of(zone)
    for name, text in (("surname", "ERIKSSON"), ("given", "ANNA<MARIA"), ("number", "L898902C3"), ("birth", "740812")):
        line, start, end = places[name]  # type: ignore[index]
        assert zone.lines[line][start:end] == text
