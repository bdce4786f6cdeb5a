"""The ready grammars: what they take from a clean line, and that their sums are those of the checks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.checks import citizen_id, luhn, mrz, plate, uscc, vin
from ocrcli.engine import grammars
from ocrcli.engine.decoding import Guided, lattice_of, read_as
from ocrcli.engine.grammar import Grammar
from ocrcli.geometry import quad_of_box
from ocrcli.page import Line
from tests.engine.lattices import lattice_with


def read(text: str, grammar: Grammar, *, inside: bool = False) -> Guided:
    line = Line(text, 1.0, quad_of_box(0, 0, 100, 10), source="text-layer")
    guided = read_as(lattice_of(line), grammar, inside=inside)
    assert guided is not None
    return guided


@pytest.mark.parametrize(
    ("grammar", "printed", "value", "passed"),
    [
        (grammars.CITIZEN_ID, "110105 19491231 002x", "11010519491231002X", True),
        (grammars.CITIZEN_ID, "110105194912310021", "110105194912310021", False),
        (grammars.CITIZEN_ID, "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", True),
        (grammars.USCC, "91350100M000100Y43", "91350100M000100Y43", True),
        (grammars.USCC, "91350100M000100Y44", "91350100M000100Y44", False),
        (grammars.REGISTRATION_NUMBER, "110108000000016", "110108000000016", True),
        (grammars.VIN, "*1M8GDM9AXKP042788*", "1M8GDM9AXKP042788", True),
        (grammars.VIN, "1M8GDM9A1KP042788", "1M8GDM9A1KP042788", False),
        (grammars.VIN, "1M8GDM9AZKP042788", "1M8GDM9AZKP042788", False),  # no check character at all
        (grammars.BANK_PAN, "4111 1111 1111 1111", "4111111111111111", True),
        (grammars.BANK_PAN, "4111 1111 1111 1112", "4111111111111112", False),
        (grammars.INVOICE_CODE, "011002300111", "011002300111", None),
        (grammars.INVOICE_NUMBER, "23992000000012345678", "23992000000012345678", None),
        (grammars.AMOUNT, "¥ 1,234,567.89", "1234567.89", None),
        (grammars.AMOUNT, "-￥12.00", "-12.00", None),
        (grammars.AMOUNT, "500", "500", None),
        (grammars.DATE, "2020年1月12日", "2020年1月12日", True),
        (grammars.DATE, "2020.01.12", "2020.01.12", True),
        (grammars.DATE, "20200112", "20200112", True),
        (grammars.DATE, "2020-02-30", "2020-02-30", False),
        (grammars.PERIOD, "2005.06.09-2015.06.08", "2005.06.09-2015.06.08", True),
        (grammars.PERIOD, "2005.06.09—2015.06.08", "2005.06.09-2015.06.08", True),
        (grammars.PERIOD, "2005.06.09-长期", "2005.06.09-长期", True),
        (grammars.PERIOD, "2005年6月9日至2015年6月8日", "2005年6月9日至2015年6月8日", True),
        (grammars.PLATE, "京A·12345", "京A12345", True),
        (grammars.PLATE, "沪A·DB1234", "沪ADB1234", True),
        (grammars.PLATE, "使224·578", "使224578", True),
    ],
)
def test_clean_lines(grammar: Grammar, printed: str, value: str, passed: bool | None) -> None:
    guided = read(printed, grammar)
    assert (guided.text, guided.passed, guided.chose, guided.doubtful) == (value, passed, False, False)
    assert guided.misfit < 0.1


@pytest.mark.parametrize(
    ("grammar", "printed", "value"),
    [
        (grammars.CITIZEN_ID, "公民身份号码 11010519491231002X", "11010519491231002X"),
        (grammars.USCC, "统一社会信用代码：91350100M000100Y43(1/1)", "91350100M000100Y43"),
        (grammars.DATE, "出生1990年1月2日", "1990年1月2日"),
        (grammars.DATE, "签发日期:2020.01.12 有效", "2020.01.12"),
        (grammars.PERIOD, "有效期限2005.06.09-2015.06.08", "2005.06.09-2015.06.08"),
        (grammars.AMOUNT, "合计：¥1,234.50元", "1234.50"),
        (grammars.INVOICE_NUMBER, "No12345678", "12345678"),
        (grammars.PLATE, "车牌号京A12345", "京A12345"),
        (grammars.BANK_PAN, "卡号 4111 1111 1111 1111 CHN", "4111111111111111"),
    ],
)
def test_values_inside_a_line(grammar: Grammar, printed: str, value: str) -> None:
    guided = read(printed, grammar, inside=True)
    assert guided.text == value and guided.misfit < 0.1


@pytest.mark.parametrize(
    ("grammar", "printed"),
    [
        (grammars.INVOICE_NUMBER, "电话 0123456789"),
        (grammars.INVOICE_NUMBER, "1234567890123456789"),
        (grammars.AMOUNT, "2020.01.12"),
        (grammars.CITIZEN_ID, "姓名张三"),
        (grammars.DATE, "12020年1月12日"),
    ],
)
def test_lines_without_the_value_do_not_fit(grammar: Grammar, printed: str) -> None:
    line = Line(printed, 1.0, quad_of_box(0, 0, 100, 10), source="text-layer")
    guided = read_as(lattice_of(line), grammar, inside=True)
    assert guided is None or guided.misfit > 10


@pytest.mark.parametrize("form", [form for kind, form in plate.FORMS if kind is not plate.Kind.ARMY])
@settings(deadline=None, max_examples=5)
@given(data=st.data())
def test_plates_of_every_form(form: plate.Form, data: st.DataObject) -> None:
    number = "".join(data.draw(st.text(alphabet, min_size=n, max_size=n)) for alphabet, n in form)
    guided = read(number[:2] + "·" + number[2:], grammars.PLATE)
    assert guided.text == number and guided.passed == plate.passes(number)


def holds(grammar: Grammar, text: str) -> bool:
    """True where the text satisfies the sums of the row that can hold it."""
    rows = [row for row in grammar.rows if sum(slot.least for slot in row.slots) == len(text)]
    return any(
        all(rule.holds(text) for rule in row.sums)
        and all(
            c in slot.alphabet for c, slot in zip(text, (s for s in row.slots for _ in range(s.least)), strict=True)
        )
        for row in rows
    )


@settings(deadline=None)
@given(st.from_regex("[0-9]{17}[0-9X]", fullmatch=True))
def test_the_sum_of_identity_numbers(number: str) -> None:
    assert holds(grammars.CITIZEN_ID, number) == (citizen_id.check_character(number[:17]) == number[17])


@settings(deadline=None)
@given(st.text(uscc.ALPHABET, min_size=2, max_size=2), st.from_regex("[0-9]{6}", fullmatch=True), st.data())
def test_the_sum_of_credit_codes(kind: str, region: str, data: st.DataObject) -> None:
    first = kind + region + data.draw(st.text(uscc.ALPHABET, min_size=9, max_size=9))
    last = data.draw(st.sampled_from([*uscc.ALPHABET, uscc.check_character(first)]))
    assert holds(grammars.USCC, first + last) == uscc.passes(first + last)


@settings(deadline=None)
@given(st.text("0123456789", min_size=11, max_size=18), st.sampled_from("0123456789"))
def test_the_sum_of_card_numbers(first: str, last: str) -> None:
    assert holds(grammars.BANK_PAN, first + last) == luhn.passes(first + last)


@settings(deadline=None)
@given(st.text(vin.ALPHABET, min_size=17, max_size=17), st.booleans())
def test_the_sum_of_vins(number: str, right: bool) -> None:
    if right:
        number = number[:8] + vin.check_character(number) + number[9:]
    assert holds(grammars.VIN, number) == vin.passes(number)


ZONES = {
    "TD3": ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"),
    "TD2": ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"),
    "TD1": ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"),
    "MRV-A": ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"),
    "MRV-B": ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"),
}


@pytest.mark.parametrize("name", ZONES)
def test_zones_are_read_and_their_misprints_kept(name: str) -> None:
    for line, grammar in zip(ZONES[name], grammars.MRZ_LINES[name], strict=True):
        guided = read(line, grammar)
        assert guided.text == line and guided.passed is not False and guided.misfit < 0.1
    line, grammar = ZONES[name][1], grammars.MRZ_LINES[name][1]
    place = next(i for i, c in enumerate(line) if c.isdigit())
    misprint = line[:place] + str((int(line[place]) + 1) % 10) + line[place + 1 :]
    guided = read(misprint, grammar)
    assert (guided.text, guided.passed, guided.chose) == (misprint, False, False)


@pytest.mark.parametrize(
    "names", ["ERIKSSON<<ANNA<MARIA", "ERIKSSON", "VAN<DER<KOK<<C", "GONZALEZ<MENDEZ<<CRISTINA<MARIAJOSEFAP", "A<<B"]
)
def test_names_of_every_kind_are_read(names: str) -> None:
    line = f"P<UTO{names:<<39}"
    assert read(line, grammars.MRZ_LINES["TD3"][0]).text == line


@pytest.mark.parametrize("places", [(19,), (19, 20, 26), (22, 30, 43)])
def test_fillers_read_as_letters_make_no_names(places: tuple[int, ...]) -> None:
    line = f"P<CZE{'VZOR<<CTIBOR':<<39}"
    misread = lattice_with(line, dict.fromkeys(places, ("C", 0.6)))
    guided = read_as(misread, grammars.MRZ_LINES["TD3"][0])
    assert guided is not None and guided.text == line


def test_letters_of_names_are_no_digits_but_what_looks_like_one_is_the_letter() -> None:
    guided = read("P<UT0ER1K550N<<ANNA<<<<<<<<<<<<<<<<<<<<<<<<<", grammars.MRZ_LINES["TD3"][0])
    assert guided.text == "P<UTOERIKSSON<<ANNA<<<<<<<<<<<<<<<<<<<<<<<<<" and guided.misfit < 0.1


@settings(deadline=None)
@given(st.data())
def test_the_sums_of_a_passport_line_are_its_check_digits(data: st.DataObject) -> None:
    line = ZONES["TD3"][1]
    for _ in range(data.draw(st.integers(0, 2))):
        place = data.draw(st.integers(0, 43))
        if line[place].isdigit():
            line = line[:place] + data.draw(st.sampled_from("0123456789")) + line[place + 1 :]
    grammar = grammars.MRZ_LINES["TD3"][1]
    assert holds(grammar, line) == mrz.passes((ZONES["TD3"][0], line))
