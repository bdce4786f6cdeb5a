from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import fromstring

import numpy as np
import pytest

from ocrcli.checks import citizen_id, dates, mrz, plate, vin
from ocrcli.geometry import area, bounds, thickness
from ocrcli.specimens import documents
from ocrcli.specimens.documents.base import Order, years_later
from ocrcli.specimens.documents.table import Drawn, html
from ocrcli.specimens.fonts import Typecase
from tests.days import TODAY

ALL = documents.all_documents()
# Pages of general text have their own tests.
KINDS = [(s, kind) for s, d in ALL.items() if s not in ("general", "plate") for kind in d.kinds]
# One car's plate is drawn like another's: all kinds of plates have a test below.
KINDS += [("plate", kind) for kind in ("small", "large-two-lines", "crop", "none", "several")]
NUMBERED = [
    (s, kind) for s, kind in KINDS if s in ("idcard", "passport", "vin") and (s, kind) != ("idcard", "back")
]  # the card's back bears no number; documents with sums have tests of their own


def drawn(service, kind, seed=5, altered=False):
    return ALL[service].draw(Order(seed, kind, Typecase.carried(), altered))


def values(truth, key):
    return [line.text for line in truth.lines if line.key == key]


def check(service, fields):
    """What is wrong with the number, None where nothing is."""
    if service == "idcard":
        return citizen_id.fault(fields["number"])
    return mrz.fault(fields["mrz"]) if service == "passport" else vin.fault(fields["vin"])


def test_every_file_of_the_package_is_found():
    folder = Path(documents.__file__).parent
    assert len(documents.drawn_documents()) == len({p.stem for p in folder.glob("*.py")} - {"__init__", "base"})
    assert set(ALL) >= {"general", "idcard", "passport", "plate", "table", "vin"}


@pytest.mark.parametrize(("service", "kind"), KINDS)
def test_the_same_seed_draws_the_same_document(service, kind):
    first, again = drawn(service, kind), drawn(service, kind)
    assert np.array_equal(first.picture, again.picture) and first.truth == again.truth
    other = drawn(service, kind, seed=6)
    assert other.truth != first.truth


@pytest.mark.parametrize(("service", "kind"), KINDS)
def test_every_line_lies_on_print_inside_the_picture(service, kind):
    specimen = drawn(service, kind)
    height, width = specimen.picture.shape[:2]
    for line in specimen.truth.lines:
        x0, y0, x1, y1 = (round(v) for v in bounds(line.quad))
        assert 0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height
        assert np.ptp(specimen.picture[y0:y1, x0:x1].astype(int)) > 40
        assert len(line.chars) == len(line.text)


@pytest.mark.parametrize(("service", "kind"), [k for k in KINDS if k[0] in ("idcard", "passport", "vin")])
def test_every_value_is_printed(service, kind):
    truth = drawn(service, kind).truth
    fields = truth.fields
    printed = "".join(line.text for line in truth.lines if line.role == "text")
    for key, value in fields.items():
        if key == "mrz":
            assert values(truth, key) == value
        elif "date" in key or key in ("birth", "valid_from", "valid_to", "nationality", "sex", "passport_type"):
            continue  # printed in another form, which the tests below look at
        else:
            assert value.replace(" ", "") in printed.replace(" ", ""), key


@pytest.mark.parametrize("seed", range(40))
def test_identity_cards_agree_with_themselves(seed):
    truth = drawn("idcard", "both", seed).truth
    fields = truth.fields
    assert truth.side == "double_side" and len(truth.documents) == 2
    assert citizen_id.birth(fields["number"]).isoformat() == fields["birth"]
    assert citizen_id.sex(fields["number"]) == fields["sex"]
    assert "".join(values(truth, "address")) == fields["address"] and len(values(truth, "address")) <= 4
    assert values(truth, "birth") == [str(int(part)) for part in fields["birth"].split("-")]
    assert dates.period(values(truth, "valid_from")[0]) == (fields["valid_from"], fields["valid_to"])
    start = date.fromisoformat(fields["valid_from"])
    end = None if fields["valid_to"] == dates.LONG_TERM else date.fromisoformat(fields["valid_to"])
    assert citizen_id.validity_fault(date.fromisoformat(fields["birth"]), start, end) is None


@pytest.mark.parametrize("kind", ALL["passport"].kinds)
@pytest.mark.parametrize("seed", range(5))
def test_passports_say_the_same_twice(kind, seed):
    truth = drawn("passport", kind, seed).truth
    fields = truth.fields
    zone = mrz.parse(fields["mrz"], TODAY)
    assert zone.number == fields["passport_number"] and zone.issuing_state == fields["country_code"]
    assert (zone.surname, zone.given_names) == (fields["surname"], fields["given_name"])
    assert (zone.birth, zone.sex, zone.nationality) == (fields["date_of_birth"], fields["sex"], fields["nationality"])
    assert zone.expiry == fields["date_of_expiry"]
    printed = values(truth, "date_of_expiry")[0]
    year, month, day = fields["date_of_expiry"].split("-")
    assert year in printed and (f"{int(month)}月" in printed or month in printed) and day in printed


@pytest.mark.parametrize(("service", "kind"), NUMBERED)
@pytest.mark.parametrize("seed", range(3))
def test_numbers_pass_and_misprinted_ones_do_not(service, kind, seed):
    right, wrong = drawn(service, kind, seed).truth, drawn(service, kind, seed, altered=True).truth
    assert right.check_digits_ok is True and check(service, right.fields) is None
    assert wrong.check_digits_ok is False and check(service, wrong.fields) is not None
    key = {"idcard": "number", "passport": "passport_number", "vin": "vin"}[service]
    differing = [(a, b) for a, b in zip(right.fields[key], wrong.fields[key], strict=True) if a != b]
    assert len(differing) == 1 and "".join(differing[0]).isdigit()
    assert wrong.notes == ("number misprinted on purpose",)
    assert "".join(values(wrong, key)) == wrong.fields[key]  # the print is the truth


def test_a_card_s_back_has_no_number_to_misprint():
    truth = drawn("idcard", "back", altered=True).truth
    assert truth.check_digits_ok is None and truth.notes == ()
    assert truth == drawn("idcard", "back").truth


@pytest.mark.parametrize("kind", (*ALL["plate"].kinds, *ALL["plate"].odd_kinds))
def test_plates_are_of_their_kind_and_in_reading_order(kind):
    truth = drawn("plate", kind).truth
    count = {"none": 0, "several": 5, "fifty": 50}.get(kind, 1)
    assert len(truth.fields) == len(truth.documents) == count
    for entry in truth.fields:
        assert plate.fault(entry["plate_number"], entry["plate_color"]) is None
        assert plate.kind_of(entry["plate_number"], entry["plate_color"]) == entry["plate_kind"]
    assert "".join(values(truth, "plate_number")) == "".join(entry["plate_number"] for entry in truth.fields)
    tops = [bounds(quad)[1] for quad in truth.documents]
    assert all(b > a - 225 for a, b in pairwise(tops))  # rows, uneven by less than a car
    assert all(thickness(quad) > 15 for quad in truth.documents)


def test_a_street_without_plates_has_print():
    assert any(text.startswith("电话") for text in drawn("plate", "none").truth.texts())


def test_the_bar_code_holds_the_number():
    zxing = pytest.importorskip("zxingcpp")
    specimen = drawn("vin", "sticker")
    found = zxing.read_barcodes(np.ascontiguousarray(specimen.picture))
    assert [code.text for code in found] == [specimen.truth.fields["vin"]]


def test_documents_fill_their_outline():
    for kind in ALL["passport"].kinds:
        specimen = drawn("passport", kind)
        height, width = specimen.picture.shape[:2]
        assert area(specimen.truth.documents[0]) == width * height


@pytest.mark.parametrize("kind", ALL["table"].kinds)
@pytest.mark.parametrize("seed", range(4))
def test_tables_have_no_hole_and_no_overlap(kind, seed):
    truth = drawn("table", kind, seed).truth
    (table,) = truth.tables
    grid = np.zeros((table["rows"], table["cols"]), dtype=int)
    texts = []
    for number, row in enumerate(fromstring(table["html"])):
        for cell in row:
            column = int(np.flatnonzero(grid[number] == 0)[0])
            high, wide = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            grid[number : number + high, column : column + wide] += 1
            texts.append(cell.text or "")
    assert (grid == 1).all()
    assert [text for text in texts if text] == truth.texts()[1:-1]
    assert table["bordered"] is (kind in ("ruled", "merged"))


def test_html_escapes_and_spans():
    cells = [Drawn(0, 0, "a<b", column_span=2), Drawn(1, 0, "1"), Drawn(1, 1, "")]
    assert html(cells, 2) == '<table><tr><td colspan="2">a&lt;b</td></tr><tr><td>1</td><td></td></tr></table>'


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2015, 3, 4), 10, date(2025, 3, 4)),
        (date(2016, 2, 29), 10, date(2026, 2, 28)),
        (date(2016, 2, 29), 20, date(2036, 2, 29)),
    ],
)
def test_years_later(day, years, later):
    assert years_later(day, years) == later
