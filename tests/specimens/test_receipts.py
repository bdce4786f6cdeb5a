"""Taxi receipts and train tickets: what is printed is the truth, at every level, in register or not."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from random import Random

import numpy as np
import pymupdf
import pytest

from ocrcli.checks import amounts, invoice_numbers
from ocrcli.errors import UsageError
from ocrcli.geometry import bounds, centre
from ocrcli.layout.naming import name_of
from ocrcli.page import Line
from ocrcli.services.kinds import all_kinds
from ocrcli.specimens.canvas import Canvas, Style
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.overprint import Head, Register, overprint
from ocrcli.specimens.press import Run, press, specimens
from ocrcli.specimens.truth import Truth

TAXI = all_documents()["taxi-invoice"]
TRAIN = all_documents()["train-ticket"]
TAXI_KINDS = (*TAXI.kinds, *TAXI.odd_kinds)


def drawn(service: str, kind: str, seed: int = 3, altered: bool = False) -> Truth:
    return all_documents()[service].draw(Order(seed, kind, Typecase.carried(), altered)).truth


def values(truth: Truth) -> dict[str, str]:
    """What is printed of each key, without white space."""
    printed: dict[str, str] = {}
    for line in truth.lines:
        if line.key:
            printed[line.key] = printed.get(line.key, "") + "".join(line.text.split())
    return printed


@pytest.mark.parametrize("kind", TAXI_KINDS)
@pytest.mark.parametrize("seed", range(4))
def test_taxi_receipts_print_their_truth(kind: str, seed: int) -> None:
    truth = drawn("taxi-invoice", kind, seed)
    fields, printed = truth.fields, values(truth)
    assert isinstance(fields, dict)
    assert set(printed) <= set(fields) and {"code", "number", "date", "taxi_number", "distance"} <= set(printed)
    assert set(fields) - set(printed) <= {"location", "total"}
    for key, text in printed.items():
        bare = text.replace("/", "-").replace("年", "-").replace("月", "-") if key == "date" else text
        value = fields[key] if key != "taxi_number" else fields[key][-4:]
        assert value in bare, key
    assert any(fields["location"] in text for text in truth.texts())
    assert invoice_numbers.code_fault(fields["code"], fields["date"]) is None
    assert invoice_numbers.number_fault(fields["number"], fields["code"], fields["date"]) is None


@pytest.mark.parametrize("kind", TAXI.kinds)
def test_a_misprinted_total_is_no_sum(kind: str) -> None:
    right, wrong = drawn("taxi-invoice", kind), drawn("taxi-invoice", kind, altered=True)
    parts = ("fare", "fuel_oil_surcharge", "call_service_surcharge")
    assert isinstance(right.fields, dict) and isinstance(wrong.fields, dict)
    if not {*parts, "total"} <= set(right.fields):
        assert wrong == right and not wrong.notes
        return
    total = sum(Decimal(right.fields[key]) for key in parts)
    assert Decimal(right.fields["total"]) == total != Decimal(wrong.fields["total"])
    assert wrong.fields["total"] in values(wrong)["total"] and wrong.notes == ("total misprinted on purpose",)


def test_the_meter_s_print_can_stand_a_row_low() -> None:
    def tops(kind: str) -> list[float]:
        truth = drawn("taxi-invoice", kind)
        return [bounds(line.quad)[1] for key in ("date", "fare") for line in truth.lines if line.key == key]

    row = 5.12 * 300 / 25.4
    assert [low - usual for low, usual in zip(tops("row-low"), tops("shenzhen"), strict=True)] == pytest.approx(
        [row, row], abs=row * 0.7
    )


@pytest.mark.parametrize("kind", TRAIN.kinds)
@pytest.mark.parametrize("seed", range(6))
def test_train_tickets_print_their_truth(kind: str, seed: int) -> None:
    truth = drawn("train-ticket", kind, seed)
    fields, printed = truth.fields, values(truth)
    assert isinstance(fields, dict)
    assert set(fields) - set(printed) <= {"invoice_style", "seal_mark"}
    assert set(printed) - set(fields) <= {"sale_method"}  # a mark of discount alone stands in its place
    for key in set(fields) & set(printed):
        value, text = str(fields[key]), printed[key]
        if key in ("ticket_price", "amount_in_figures"):
            assert Decimal(value) == Decimal(text.strip("￥元"))
        elif key == "issue_date":
            assert value == text.replace("年", "-").replace("月", "-").strip("日")
        elif key == "departure_time":
            assert f"{value}开" == text
        else:
            assert value in text, key
    if "log_id" in fields:
        assert len(fields["log_id"]) == 21 and fields["log_id"][-7:] == fields["ticket_id"][-7:]
    assert not {"id_number"} & set(fields) or re.fullmatch(r"\d\d99\d{6}\*{4}\d{3}[\dX]", fields["id_number"])


@pytest.mark.parametrize("kind", TRAIN.kinds)
def test_misprinted_fees_and_taxes_do_not_agree(kind: str) -> None:
    right, wrong = drawn("train-ticket", kind), drawn("train-ticket", kind, altered=True)
    assert isinstance(right.fields, dict) and isinstance(wrong.fields, dict)
    if kind == "refund-old":
        pairs = [(t["amount_in_words"], t["amount_in_figures"]) for t in (right.fields, wrong.fields)]
        assert [amounts.passes(*pair) for pair in pairs] == [True, False] and pairs[0][0] == pairs[1][0]
    elif kind == "electronic-refund":
        for fields, agrees in ((right.fields, True), (wrong.fields, False)):
            price, net, tax = (
                Decimal(fields[key]) for key in ("ticket_price", "total_amount_excluding_tax", "tax_amount")
            )
            assert (net + tax == price) is agrees
            assert not agrees or tax == pytest.approx(net * Decimal("0.06"), abs=Decimal("0.01"))
    else:
        assert wrong == right
    assert bool(wrong.notes) is (wrong != right)


@pytest.mark.parametrize("kind", TRAIN.pdf_kinds)
def test_electronic_tickets_as_pdf_say_what_the_picture_says(kind: str) -> None:
    assert TRAIN.pdf is not None
    content, truth = TRAIN.pdf(Order(4, kind, Typecase.carried()))
    assert content == TRAIN.pdf(Order(4, kind, Typecase.carried()))[0]
    assert truth == drawn("train-ticket", kind, 4)
    with pymupdf.open(stream=content) as file:
        text = "".join(file[0].get_text().split())
    assert all("".join(line.text.split()) in text for line in truth.lines if line.key)


def test_only_electronic_tickets_are_made_as_pdf(tmp_path: Path) -> None:
    press(Run("train-ticket", 2, pdf=True), tmp_path)
    names = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert names == ["train-ticket_electronic-refund_0_0001.pdf", "train-ticket_electronic_0_0000.pdf"]
    with pytest.raises(UsageError, match="blue is never issued as digital PDF"):
        press(Run("train-ticket", 1, kind="blue", pdf=True), tmp_path)


RECEIPTS = [
    *(("taxi-invoice", kind) for kind in TAXI_KINDS),
    *(("train-ticket", kind) for kind in TRAIN.kinds),
    *((name, kind) for name in ("toll-invoice", "quota-invoice") for kind in all_documents()[name].kinds),
]


@pytest.mark.parametrize(
    ("service", "kind"),
    [(name, kind) for name in ("toll-invoice", "quota-invoice") for kind in all_documents()[name].kinds],
)
@pytest.mark.parametrize("seed", range(3))
def test_receipts_print_their_truth(service: str, kind: str, seed: int) -> None:
    truth = drawn(service, kind, seed)
    fields, printed = truth.fields, values(truth)
    assert isinstance(fields, dict)
    assert set(printed) <= set(fields) and set(fields) - set(printed) <= {"location", "time"}
    for key in set(printed) & set(fields) - {"amount", "date", "time"}:
        assert fields[key] in printed[key], key
    assert invoice_numbers.code_fault(fields["code"], fields.get("date")) is None


@pytest.mark.parametrize(("service", "kind"), RECEIPTS)
def test_receipts_are_named_by_their_print(service: str, kind: str) -> None:
    document = all_documents()[service]
    lines = [Line(line.text, 1.0, line.quad) for line in drawn(service, kind).lines if line.role == "text"]
    assert name_of(lines, all_kinds()).type == document.type


@pytest.mark.parametrize(("service", "kind"), RECEIPTS)
@pytest.mark.parametrize("seed", range(8))
def test_receipts_are_printed_inside_their_paper(service: str, kind: str, seed: int) -> None:
    specimen = all_documents()[service].draw(Order(seed, kind, Typecase.carried()))
    height, width = specimen.picture.shape[:2]
    for line in specimen.truth.lines:
        x0, y0, x1, y1 = (round(v) for v in bounds(line.quad))
        assert 0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height, line.text
        assert np.ptp(specimen.picture[y0:y1, x0:x1].astype(int)) > 40, line.text


@pytest.mark.parametrize(("service", "kind"), RECEIPTS)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_receipts_can_be_spoilt(service: str, kind: str, level: int) -> None:
    [(_, specimen)] = specimens(Run(service, 1, level=level, seed=2, kind=kind))
    height, width = specimen.picture.shape[:2]
    for line in specimen.truth.lines:
        x, y = centre(line.quad)
        assert 0 < x < width and 0 < y < height


def test_print_out_of_register_takes_its_lines_along() -> None:
    canvas, layer = Canvas(400, 300), Canvas(400, 300)
    line = layer.text(60, 150, "0123", Style(Typecase.carried().face("hei"), 40))
    overprint(canvas, layer, Head((60, 60, 140)), Register(5, -4, 3), Random(1), px_per_mm=4)
    moved = canvas.lines[0]
    shift = np.subtract(centre(moved.quad), centre(line.quad))
    assert shift == pytest.approx((20, -16), abs=6) and abs(shift[1] + 16) > 1  # turned about the sheet's middle
    x0, y0, x1, y1 = (round(v) for v in bounds(moved.quad))
    ink = canvas.picture().min(axis=2) < 200
    assert ink[y0 - 2 : y1 + 2, x0 - 2 : x1 + 2].sum() == ink.sum() > 200


def test_dots_leave_gaps_and_bad_ones_less_ink() -> None:
    def ink(head: Head) -> float:
        canvas, layer = Canvas(300, 100), Canvas(300, 100)
        layer.text(20, 20, "8888", Style(Typecase.carried().face("hei"), 60, weight=2))
        overprint(canvas, layer, head, Register(), Random(1), px_per_mm=4)
        return float((255 - canvas.picture()).sum())

    whole = ink(Head())
    dotted = ink(Head(dots_px=(4, 4), bad_dots=0))
    assert ink(Head(dots_px=(4, 4), bad_dots=0.5)) < 0.9 * dotted
    assert ink(Head(faintest=0.3, darkest=0.5)) < 0.6 * whole
    assert ink(Head(dead_bars=8)) < whole
