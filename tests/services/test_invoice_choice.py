"""Amounts that the picture leaves open are chosen by the sums; what is clearly printed stays, right or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.checks.invoice_constraints import constraints
from ocrcli.engine.lattice import make_lattice
from ocrcli.finding import Finding
from ocrcli.geometry import quad_of_box
from ocrcli.page import Alphabet, Line
from ocrcli.services.receipts.invoice.choice import chosen
from ocrcli.services.receipts.invoice.proof import item_of
from ocrcli.services.receipts.invoice.reading import SERVICE
from ocrcli.services.receipts.invoice.values import Value, nested

from .invoice_sheets import OLD, Placed, changed, reading

ALPHABET = Alphabet.of(["", *"0123456789.,-¥%"])


def blurred(text: str, **others: str) -> Line:
    """A line whose characters at `at` may as well be `other`: a little less likely than what the text says."""
    place, other = int(others.get("at", -1)), others.get("other", "")
    dense = np.full((2 * len(text) + 1, len(ALPHABET.characters)), 1e-7, np.float32)
    dense[:, 0] = 0.99999
    for i, char in enumerate(text):
        step = dense[2 * i + 1]
        step[0] = 1e-6
        step[ALPHABET.index[char]] = 0.6 if i == place else 0.99999
        if i == place:
            step[ALPHABET.index[other]] = 0.39
    return Line(text, 0.9, quad_of_box(0, 0, 1, 1), lattice=make_lattice(dense, ALPHABET))


def read(placed: tuple[Placed, ...], texts: dict[str, Line]) -> Finding:
    """The sheet as a picture in which the given texts were read as these lines."""
    page = reading(*placed)
    lines = tuple(
        replace(texts.get(line.text, line), quad=line.quad, source="ocr") if line.text in texts else line
        for line in page.lines
    )
    [finding] = SERVICE.read(replace(page, lines=lines, source="ocr"), SERVICE.defaults())
    return finding


def told(finding: Finding, key: str) -> Any:
    assert isinstance(finding.fields, dict)
    return finding.fields[key]


def net(finding: Finding) -> Any:
    return told(finding, "subtotal_amount")


def test_two_sums_choose_what_the_picture_leaves_open() -> None:
    finding = read(OLD, {"¥23.89": blurred("¥28.89", at="2", other="3")})
    assert net(finding) == "23.89" and finding.evidence["subtotal_amount"].plain == "¥28.89"
    [notice] = [n for n in finding.notices if n.code == "chosen_by_proof"]
    assert notice.field == "subtotal_amount" and "28.89" in notice.message and "total" in notice.message
    passed = {c.rule: c.chose for c in finding.checks if "subtotal_amount" in c.fields and c.passed}
    assert passed == {"amount-sum": True, "amount-items": True}


def test_a_clear_misprint_is_not_healed() -> None:
    finding = read(OLD, {"¥23.89": blurred("¥28.89")})
    assert net(finding) == "28.89" and not [n for n in finding.notices if n.code == "chosen_by_proof"]
    assert {c.rule for c in finding.checks if c.passed is False} == {"amount-sum", "amount-items"}


def test_one_constraint_alone_decides_nothing() -> None:
    rest = tuple(p for p in changed(OLD, {}) if p[2] not in ("贰拾柒圆整", "¥3.11"))
    finding = read(rest, {"(小写)¥27.00": blurred("¥21.00", at="2", other="7")})
    assert told(finding, "total") == "21.00"


@pytest.mark.parametrize(
    ("total", "broken"), [("27.00", set()), ("27.01", {"amount + tax = total", "words = figures"})]
)
def test_constraints_name_what_is_broken(total: str, broken: set[str]) -> None:
    rows = [
        {"amount": "34.51", "tax_rate": "13%", "tax": "4.49"},
        {"amount": "-10.62", "tax_rate": "13%", "tax": "-1.38"},
    ]
    sums = {"subtotal_amount": "23.89", "subtotal_tax": "3.11", "total": total, "total_in_words": "贰拾柒圆整"}
    found = list(constraints({**sums, "item_list": rows}, [item_of(row) for row in rows]))
    assert len(found) == 6 and {c.name for c in found if not c.holds} == broken


def value(text: str, line: Line | None = None) -> Value:
    return Value(text, line.text if line else text, 0.9, None, "ocr", line=line or blurred(text))


@st.composite
def invoices(draw: st.DrawFn) -> dict[str, str]:
    """The amounts of an invoice that are right, by JSON Pointer; each row has a quantity and a price."""
    told: dict[str, str] = {}
    net = tax = Decimal("0.00")
    for i in range(draw(st.integers(1, 4))):
        price, quantity = Decimal(draw(st.integers(100, 999_999))).scaleb(-2), draw(st.integers(1, 9))
        rate = draw(st.sampled_from((3, 6, 9, 13)))
        amount = price * quantity
        taxed = (amount * rate / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        row = {"quantity": quantity, "unit_price": price, "amount": amount, "tax_rate": f"{rate}%", "tax": taxed}
        told |= {f"item_list/{i}/{key}": str(cell) for key, cell in row.items()}
        net, tax = net + amount, tax + taxed
    return told | {"subtotal_amount": str(net), "subtotal_tax": str(tax), "total": str(net + tax)}


def misread(draw: st.DrawFn, text: str) -> Line:
    """A line that says another digit somewhere, and nearly as likely the right one."""
    at = draw(st.sampled_from([i for i, char in enumerate(text) if char.isdigit()]))
    digit = draw(st.sampled_from([d for d in "0123456789" if d != text[at]]))
    return blurred(text[:at] + digit + text[at + 1 :], at=str(at), other=text[at])


AMOUNTS = ("amount", "tax", "subtotal_amount", "subtotal_tax", "total")


@settings(max_examples=60, deadline=None)
@given(st.data(), invoices())
def test_what_the_sums_change_is_what_is_printed(data: st.DataObject, truth: dict[str, str]) -> None:
    pointers = sorted(p for p in truth if p.rpartition("/")[2] in AMOUNTS)
    wrong = data.draw(st.lists(st.sampled_from(pointers), min_size=1, max_size=3, unique=True))
    draw: st.DrawFn = data.draw  # type: ignore[assignment]
    read = {p: value(text) for p, text in truth.items()}
    for pointer in wrong:
        line = misread(draw, truth[pointer])
        read[pointer] = value(line.text, line)
    found, notices = chosen(read)
    assert all(found[p].text in (truth[p], read[p].text) for p in truth)
    assert {n.field for n in notices} == {p for p in truth if found[p].text != read[p].text} <= set(wrong)
    if len(wrong) == 1 and wrong != ["total"]:  # of the total only one constraint is left: the words are not read
        assert found[wrong[0]].text == truth[wrong[0]]


@settings(max_examples=60, deadline=None)
@given(st.data(), invoices())
def test_an_altered_amount_is_reported_and_not_healed(data: st.DataObject, truth: dict[str, str]) -> None:
    pointers = sorted(p for p in truth if p.rpartition("/")[2] in AMOUNTS)
    altered = data.draw(st.sampled_from(pointers))
    unsure = data.draw(st.sampled_from([p for p in pointers if p != altered]))
    draw: st.DrawFn = data.draw  # type: ignore[assignment]
    clear = misread(draw, truth[altered]).text
    read = {p: value(text) for p, text in truth.items()} | {altered: value(clear)}
    line = misread(draw, truth[unsure])
    read[unsure] = value(line.text, line)
    found, _ = chosen(read)
    assert found[altered].text == clear
    # A cent altered and a cent misread may make up for each other: then nothing is chosen.
    assert found == read if all_hold(read) else not all_hold(found)


def all_hold(values: Mapping[str, Value]) -> bool:
    fields = nested(values)
    return all(c.holds for c in constraints(fields, [item_of(row) for row in fields["item_list"]]))


def test_amounts_that_only_agree_together_are_chosen_together() -> None:
    truth = {"quantity": "3", "unit_price": "120.50", "amount": "361.50", "tax_rate": "13%", "tax": "47.00"}
    read = {f"item_list/0/{key}": value(text) for key, text in truth.items()}
    read |= {"subtotal_amount": value("361.50"), "subtotal_tax": value("47.00"), "total": value("408.50")}
    read["item_list/0/amount"] = value("861.50", blurred("861.50", at="0", other="3"))
    read["item_list/0/tax"] = value("41.00", blurred("41.00", at="1", other="7"))
    found, notices = chosen(read)
    assert (found["item_list/0/amount"].text, found["item_list/0/tax"].text) == ("361.50", "47.00")
    assert all(" and " in notice.message for notice in notices) and len(notices) == 2
