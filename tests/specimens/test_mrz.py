"""The zones of ICAO's own specimens (Doc 9303 part 4 appendix B, part 5 appendix B, part 6 appendix B)."""

from datetime import date

import pytest

from ocrcli.checks import mrz
from ocrcli.specimens.mrz import Holder, zone
from tests.days import TODAY

ANNA = Holder("P", "UTO", "L898902C3", "ERIKSSON", "ANNA MARIA", "UTO", date(1974, 8, 12), True, date(2012, 4, 15))


def test_td3():
    assert zone(mrz.TD3, Holder(**{**vars(ANNA), "optional": "ZE184226B"})) == [
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ]


def test_td1_and_td2():
    card = Holder(**{**vars(ANNA), "code": "I", "number": "D23145890"})
    assert zone(mrz.TD1, card) == [
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ]
    assert zone(mrz.TD2, card) == [
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
        "D231458907UTO7408122F1204159<<<<<<<6",
    ]


@pytest.mark.parametrize("layout", mrz.FORMATS, ids=lambda layout: layout.name)
def test_every_format_passes_and_says_what_it_was_given(layout):
    holder = Holder(**{**vars(ANNA), "code": "V" if layout.name.startswith("MRV") else "P", "state": "D"})
    lines = zone(layout, holder)
    found = mrz.parse(lines, TODAY)
    assert found is not None and found.format is layout and mrz.fault(lines) is None
    assert (found.issuing_state, found.surname, found.given_names) == ("D", "ERIKSSON", "ANNA MARIA")
    assert (found.number, found.sex, found.birth) == ("L898902C3", "F", "1974-08-12")


def test_a_long_name_is_cut_off_and_a_wrong_letter_refused():
    long = Holder(**{**vars(ANNA), "given": "ANNA " * 20})
    assert {len(line) for line in zone(mrz.TD3, long)} == {44}
    with pytest.raises(ValueError, match="cannot hold"):
        zone(mrz.TD3, Holder(**{**vars(ANNA), "number": "ÄÖÜ"}))
