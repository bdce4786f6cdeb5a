"""Amounts that the picture leaves open are chosen by the sums; what is clearly printed stays, right or wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ocrcli.checks.invoice_constraints import constraints
from ocrcli.engine.lattice import make_lattice
from ocrcli.geometry import quad_of_box
from ocrcli.page import Alphabet, Line
from ocrcli.services.base import Finding
from ocrcli.services.invoice import SERVICE
from ocrcli.services.invoice_proof import item_of

from .invoice_sheets import OLD, Placed, changed, reading

ALPHABET = Alphabet.of(["", *"0123456789.,-¥"])


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
