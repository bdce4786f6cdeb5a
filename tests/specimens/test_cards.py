"""Licences and cards: what is printed is the truth, and the truth agrees with itself."""

from datetime import date
from functools import cache
from random import Random

import pytest

from ocrcli.checks import bank_cards, citizen_id, dates, driving_classes, luhn, plate, registration_number, uscc, vin
from ocrcli.checks import vehicle_types as vehicles
from ocrcli.geometry import bounds
from ocrcli.specimens import plastic
from ocrcli.specimens.canvas import Canvas
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order, Print, years_later
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.press import Run, specimens
from ocrcli.specimens.registered import numerals, registered


def business_fault(code):
    """What is wrong with a business licence's number, None where nothing is."""
    return registration_number.fault(code) if len(code) == 15 else uscc.fault(code)


def keys(text):
    return set(text.split())


ALL = all_documents()
CARDS = ("driver-license", "vehicle-license", "bank-card", "business-license")
KINDS = [(s, kind) for s in CARDS for kind in ALL[s].kinds]
# Keys of the vendors' results, and where each stands.
DRIVER_MAIN = keys("number name sex nationality address birth issue_date class valid_from valid_to")
DRIVER_MAIN |= {"type", "issuing_authority"}
VEHICLE_MAIN = keys("type number vehicle_type name address use_character model vin engine_no register_date")
VEHICLE_MAIN |= {"issue_date", "issuing_authority"}
VEHICLE_DUPLICATE = keys("type number file_no approved_passengers gross_mass unladen_mass approved_load")
VEHICLE_DUPLICATE |= keys("dimension traction_mass remarks inspection_record code_number")
KEYS = {
    ("driver-license", "main"): DRIVER_MAIN,
    ("driver-license", "duplicate"): {"type", "number", "name", "file_number", "record"},
    ("driver-license", "both"): DRIVER_MAIN | {"file_number", "record"},
    ("driver-license", "electronic"): DRIVER_MAIN
    | {"file_number", "accumulated_scores", "status", "generation_date", "current_time"},
    ("vehicle-license", "main"): VEHICLE_MAIN,
    ("vehicle-license", "duplicate"): VEHICLE_DUPLICATE,
    ("vehicle-license", "both"): VEHICLE_MAIN | VEHICLE_DUPLICATE,
    ("vehicle-license", "electronic"): VEHICLE_MAIN
    | keys("file_no approved_passengers energy_type color mandatory_scrapping_date inspection_record status"),
}
SIDES = {"main": "front", "electronic": "front", "duplicate": "back", "both": "double_side"}
DERIVED = ("type", "status")  # not printed as they stand in the truth


@cache
def drawn(service, kind, seed=5, altered=False):
    return ALL[service].draw(Order(seed, kind, Typecase.carried(), altered)).truth


def printed(truth, key):
    return "".join("".join(line.text.split()) for line in truth.lines if line.key == key)


@pytest.mark.parametrize(("service", "kind"), KINDS)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_kind_draws_at_every_level(service, kind, level):
    ((_, specimen),) = specimens(Run(service, 1, level, seed=2, kind=kind))
    height, width = specimen.picture.shape[:2]
    assert min(height, width) > 200
    for quad in specimen.truth.documents:
        assert all(-1 <= x <= width + 1 and -1 <= y <= height + 1 for x, y in quad)


@pytest.mark.parametrize(("service", "kind"), KEYS)
@pytest.mark.parametrize("seed", range(4))
def test_licences_have_every_key_of_their_side(service, kind, seed):
    truth = drawn(service, kind, seed)
    assert set(truth.fields) == KEYS[service, kind] and truth.side == SIDES[kind]
    assert len(truth.documents) == (2 if kind == "both" else 1)


@pytest.mark.parametrize(("service", "kind"), KEYS)
@pytest.mark.parametrize("seed", range(4))
def test_the_print_of_licences_is_the_truth(service, kind, seed):
    truth = drawn(service, kind, seed)
    for key, value in truth.fields.items():
        if key in DERIVED or value == "--":
            continue
        if key == "valid_to" and printed(truth, key).endswith("年"):  # older pages print how long they are valid
            years = int(printed(truth, key).removesuffix("年"))
            assert value == years_later(date.fromisoformat(truth.fields["valid_from"]), years).isoformat()
        elif kind == "both" and key in ("number", "name"):
            assert printed(truth, key) == 2 * value or (key, service) == ("name", "vehicle-license")
        elif key == "code_number":
            assert printed(truth, key) == f"*{value}*"
        else:
            assert printed(truth, key) == "".join(value.split()), key


@pytest.mark.parametrize("seed", range(14))
def test_driver_licences_agree_with_themselves(seed):
    fields = drawn("driver-license", "main", seed).fields
    assert citizen_id.fault(fields["number"]) is None and fields["number"][2:4] == "99"
    assert citizen_id.birth(fields["number"]).isoformat() == fields["birth"]
    assert citizen_id.sex(fields["number"]) == fields["sex"]
    assert dates.order_fault(fields["birth"], fields["issue_date"], fields["valid_from"], fields["valid_to"]) is None
    assert driving_classes.fault(fields["class"]) is None
    born, first = (date.fromisoformat(fields[key]) for key in ("birth", "issue_date"))
    assert driving_classes.age_fault(born, first) is None
    end = None if fields["valid_to"] == dates.LONG_TERM else date.fromisoformat(fields["valid_to"])
    assert driving_classes.validity_fault(date.fromisoformat(fields["valid_from"]), end) is None
    file_number = drawn("driver-license", "duplicate", seed).fields["file_number"]
    assert driving_classes.file_number_fault(file_number) is None


@pytest.mark.parametrize("seed", range(14))
def test_vehicle_licences_agree_with_themselves(seed):
    fields = drawn("vehicle-license", "both", seed).fields
    assert plate.fault(fields["number"]) is None and vin.fault(fields["vin"]) is None
    assert vin.year_fault(fields["vin"], int(fields["register_date"][:4])) is None
    assert dates.order_fault(fields["register_date"], fields["issue_date"]) is None
    assert vehicles.fault(fields["vehicle_type"]) is None and vehicles.use_fault(fields["use_character"]) is None
    unladen, gross, load = (vehicles.kilograms(fields[k]) for k in ("unladen_mass", "gross_mass", "approved_load"))
    persons = int(fields["approved_passengers"].removesuffix("人"))
    assert vehicles.mass_fault(unladen, gross, load, persons) is None
    assert vehicles.size_fault(*vehicles.dimensions(fields["dimension"])) is None


@pytest.mark.parametrize(
    ("service", "kind", "key", "fault"),
    [
        ("driver-license", "main", "number", citizen_id.fault),
        ("driver-license", "duplicate", "number", citizen_id.fault),
        ("driver-license", "electronic", "number", citizen_id.fault),
        ("vehicle-license", "main", "vin", vin.fault),
        ("vehicle-license", "electronic", "vin", vin.fault),
        ("bank-card", "flat", "card_number", luhn.fault),
        ("bank-card", "embossed", "card_number", luhn.fault),
        ("bank-card", "portrait", "card_number", luhn.fault),
        ("bank-card", "credit", "card_number", luhn.fault),
        ("business-license", "landscape", "registration_number", business_fault),
        ("business-license", "old", "registration_number", business_fault),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_misprinted_numbers_fail_and_say_so(service, kind, key, fault, seed):
    right, wrong = drawn(service, kind, seed), drawn(service, kind, seed, altered=True)
    assert right.check_digits_ok is True and fault(right.fields[key]) is None
    assert wrong.check_digits_ok is False and fault(wrong.fields[key]) is not None
    assert sum(a != b for a, b in zip(right.fields[key], wrong.fields[key], strict=True)) == 1
    assert wrong.notes == ("number misprinted on purpose",)
    assert printed(wrong, key) == wrong.fields[key]


def test_a_vehicle_s_duplicate_page_has_no_number_to_misprint():
    truth = drawn("vehicle-license", "duplicate", altered=True)
    assert truth.check_digits_ok is None and truth == drawn("vehicle-license", "duplicate")


def test_addresses_run_over_one_to_three_rows():
    rows = {sum(line.key == "address" for line in drawn("driver-license", "main", seed).lines) for seed in range(14)}
    assert rows == {1, 2, 3}


def test_print_is_out_of_register_by_up_to_about_a_millimetre():
    """Where the value of one key stands, over many seeds: its places differ, but not by more than two registers do."""
    lefts = [
        next(line.quad[0] for line in drawn("vehicle-license", "main", seed).lines if line.key == "register_date")
        for seed in range(14)
    ]
    for axis in (0, 1):
        places = [point[axis] / (300 / 25.4) for point in lefts]
        assert 1.0 < max(places) - min(places) < 11.0


BANK_KEYS = keys("bank_name card_number issue_date expiry_date type holder_name")


@pytest.mark.parametrize("kind", ALL["bank-card"].kinds)
@pytest.mark.parametrize("seed", range(6))
def test_bank_cards_say_what_is_printed_and_no_more(kind, seed):
    truth = drawn("bank-card", kind, seed)
    fields = truth.fields
    assert {"bank_name", "card_number"} <= set(fields) <= BANK_KEYS and truth.side is None
    assert {line.key for line in truth.lines if line.key} == set(fields)
    assert luhn.fault(fields["card_number"]) is None and fields["card_number"].startswith("6299")
    assert fields.get("type") in (None, "debit", "credit")
    assert bank_cards.issuer(fields["card_number"]) is None
    for key in set(fields) - {"type"}:
        assert printed(truth, key) == fields[key].replace(" ", ""), key
    if kind == "credit":
        assert {"expiry_date", "holder_name"} <= set(fields) and fields["holder_name"].isupper()


def test_bank_cards_are_of_the_size_of_the_standard_and_numbers_of_16_and_19_digits():
    lengths = set()
    for seed in range(12):
        specimen = ALL["bank-card"].draw(Order(seed, "flat", Typecase.carried()))
        height, width = specimen.picture.shape[:2]
        assert width / height == pytest.approx(85.6 / 53.98, rel=0.01)
        lengths.add(len(printed(specimen.truth, "card_number")))
    assert lengths == {16, 19}


def test_raised_figures_are_lit_from_the_upper_left():
    """Along a stem from left to right there is light first, then shadow."""
    canvas = Canvas(400, 200, (120, 120, 120))
    plastic.emboss(canvas, Random(1), Print("1", 10, 3, 8, "hei", key="card_number"), Typecase.carried(), None)
    (line,) = canvas.lines
    x0, y0, x1, y1 = (round(v) for v in bounds(line.quad))
    row = canvas.picture()[(y0 + y1) // 2, x0 - 6 : x1 + 6].mean(axis=1)
    assert row.max() > 150 and row.min() < 90 and row.argmax() < row.argmin()


BUSINESS_KEYS = keys("registration_number name type address legal_representative registered_capital found_date")
BUSINESS_KEYS |= keys("organization_form business_term business_scope issue_date")
ALWAYS = keys("registration_number name type address legal_representative found_date issue_date")


@pytest.mark.parametrize("kind", ALL["business-license"].kinds)
@pytest.mark.parametrize("seed", range(4))
def test_business_licences_say_what_is_printed_and_no_more(kind, seed):
    truth = drawn("business-license", kind, seed)
    fields = truth.fields
    assert ALWAYS <= set(fields) <= BUSINESS_KEYS and truth.side is None
    assert {line.key for line in truth.lines if line.key} == set(fields)
    for key in set(fields) - {"found_date", "issue_date"}:
        assert printed(truth, key) == fields[key], key
    assert dates.parse(printed(truth, "found_date")) == fields["found_date"]
    code = fields["registration_number"]
    assert business_fault(code) is None and code[2:4] == "99"
    assert len(code) == 15 or (uscc.organisation_fault(code) or uscc.authority_fault(code, in_trade=True)) is None
    assert (kind == "old") <= (len(code) == 15) and (kind == "individual") == ("organization_form" in fields)
    assert dates.order_fault(fields["found_date"], fields["issue_date"]) is None
    assert next(line.text for line in truth.lines if line.role == "stamp").endswith("管理局")


@pytest.mark.parametrize("seed", range(4))
def test_the_day_of_issue_stands_in_figures_or_in_numerals(seed):
    figures = drawn("business-license", "portrait", seed)
    assert printed(figures, "issue_date") == figures.fields["issue_date"].replace("-", "")
    old = drawn("business-license", "old", seed)
    year, month, day = (line.text for line in old.lines if line.key == "issue_date")
    assert dates.parse(f"{year}年{month}月{day}日") == old.fields["issue_date"]


def test_business_scopes_run_over_few_and_many_rows():
    scopes = [registered(Random(seed), "company", 2015).shown["business_scope"] for seed in range(60)]
    assert min(map(len, scopes)) < 25 and max(map(len, scopes)) > 180


@pytest.mark.parametrize(("kind", "below"), [("old", "成立日期"), ("portrait", "登记机关")])
def test_the_fullest_scope_ends_above_what_stands_below(kind, below):
    truth = drawn("business-license", kind, {"old": 24, "portrait": 199}[kind])  # long ones
    assert len(truth.fields["business_scope"]) > 160
    foot = max(bounds(line.quad)[3] for line in truth.lines if line.key == "business_scope")
    assert foot <= next(bounds(line.quad)[1] for line in truth.lines if line.text == below) + 12  # out of register


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2008, 10, 20), ("二〇〇八", "十", "二十")),
        (date(2011, 1, 31), ("二〇一一", "一", "三十一")),
        (date(2013, 12, 11), ("二〇一三", "十二", "十一")),
    ],
)
def test_numerals(day, words):
    assert numerals(day) == words
