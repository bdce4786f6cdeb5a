"""Taxi receipts and train tickets: what is printed is the truth, at every level, in register or not."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import numpy as np
import pytest

from ocrcli.checks import invoice_numbers
from ocrcli.geometry import bounds, centre
from ocrcli.layout.naming import name_of
from ocrcli.page import Line
from ocrcli.services.kinds import all_kinds
from ocrcli.specimens.canvas import Canvas, Style
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.overprint import Head, Register, overprint
from ocrcli.specimens.press import Run, specimens
from ocrcli.specimens.truth import Truth

TAXI = all_documents()["taxi-invoice"]
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


RECEIPTS = [("taxi-invoice", kind) for kind in TAXI_KINDS]


@pytest.mark.parametrize(("service", "kind"), RECEIPTS)
def test_receipts_are_named_by_their_print(service: str, kind: str) -> None:
    document = all_documents()[service]
    lines = [Line(line.text, 1.0, line.quad) for line in drawn(service, kind).lines if line.role == "text"]
    assert name_of(lines, all_kinds()).type == document.type


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
