from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.checks import citizen_id, ethnicity, luhn, org_code, registration_number, uscc, vin
from ocrcli.specimens import numbers, people

SEEDS = st.integers(0, 1 << 32)


@settings(deadline=None, max_examples=50)
@given(seed=SEEDS, birth=st.dates(date(1900, 1, 1), date(2020, 1, 1)), female=st.booleans())
def test_citizens_numbers_are_right_and_of_no_city(seed, birth, female):
    number = numbers.citizen_id(Random(seed), "44", birth, female)
    assert citizen_id.fault(number) is None
    assert citizen_id.birth(number) == birth
    assert citizen_id.sex(number) == ("女" if female else "男")
    assert number[:4] == "4499"


@settings(deadline=None, max_examples=50)
@given(seed=SEEDS)
def test_other_numbers_are_right_and_nobody_s(seed):
    rng = Random(seed)
    assert uscc.fault(code := numbers.credit_code(rng)) is None and code[2:4] == "99"
    code = numbers.credit_code(rng, "92", numbers.organisation_code(rng))
    assert uscc.fault(code) is None and org_code.fault(uscc.organisation(code)) is None and code.startswith("9299")
    assert registration_number.fault(old := numbers.registration_number(rng, "44")) is None and old.startswith("4499")
    assert vin.fault(numbers.vehicle_id(rng)) is None
    assert vin.year_fault(numbers.vehicle_id(rng, 2019), 2019) is None and numbers.vehicle_id(rng, 2019)[9] == "K"
    card = numbers.bank_card(rng, rng.choice((16, 17, 18, 19)))
    assert luhn.fault(card) is None and card.startswith("6299")
    assert numbers.mobile(rng).startswith("12") and len(numbers.mobile(rng)) == 11


def test_invoice_codes_say_where_and_when():
    assert numbers.invoice_code(Random(1), "44", 2021, "")[:6] == "449921"
    assert len(numbers.invoice_code(Random(1), "44", 2021, "")) == 10
    local = numbers.local_invoice_code(Random(1), "44", 2021)
    assert local[:7] == "1449921" and len(local) == 12
    electronic = numbers.invoice_code(Random(1), "44", 2021, "11")
    assert len(electronic) == 12 and electronic.startswith("0449921") and electronic.endswith("11")
    assert len(numbers.invoice_number(Random(1))) == 8
    digital = numbers.digital_invoice_number(Random(1), "44", 2025)
    assert len(digital) == 20 and digital.startswith("25449")


@settings(deadline=None, max_examples=50)
@given(seed=SEEDS)
def test_a_misprint_is_one_other_digit_and_breaks_the_check(seed):
    rng = Random(seed)
    number = numbers.citizen_id(rng, "11", date(1990, 2, 3), True)
    wrong = numbers.misprint(rng, number)
    assert sum(a != b for a, b in zip(number, wrong, strict=True)) == 1
    assert all(b in numbers.DIGITS for a, b in zip(number, wrong, strict=True) if a != b)
    assert citizen_id.check_character(wrong[:17]) != wrong[17]


def test_a_misprint_stays_within():
    assert {numbers.misprint(Random(seed), "12345", [2])[:2] for seed in range(20)} == {"12"}
    assert all(numbers.misprint(Random(seed), "12345", [2])[2] != "3" for seed in range(20))


@settings(deadline=None, max_examples=50)
@given(seed=SEEDS)
def test_people_fit_together(seed):
    someone = people.person(Random(seed))
    assert citizen_id.birth(someone.number) == someone.birth
    assert citizen_id.sex(someone.number) == someone.sex
    assert ethnicity.fault(someone.ethnic_group) is None
    province = next(p for p in people.PROVINCES if p.code == someone.number[:2])
    assert someone.address.startswith(province.name)
    assert 2 <= len(someone.name) <= 4
    assert (someone.surname + someone.given).isascii() and someone.surname.isupper()


def test_there_are_all_provinces_of_the_mainland():
    assert len({p.sign for p in people.PROVINCES}) == len({p.code for p in people.PROVINCES}) == 31
    assert {p.short for p in people.PROVINCES} >= {"北京", "河北", "内蒙古", "广西", "西藏", "宁夏", "新疆"}


def test_form_entries_come_in_pairs():
    assert {len(people.form_entries(Random(seed))) % 2 for seed in range(30)} == {0}
