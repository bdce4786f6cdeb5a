"""Slips say what they are: each is named by the signs of its kind, and bears its number."""

from __future__ import annotations

import pytest

from ocrcli.layout.naming import name_of
from ocrcli.page import Line
from ocrcli.services.kinds import all_kinds
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.slips import SLIPS, slip


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_named_by_its_print(kind: str) -> None:
    type, specimen = slip(Order(3, kind, Typecase.carried()))
    name = name_of([Line(line.text, 1.0, line.quad) for line in specimen.truth.lines], all_kinds())
    assert name.type == type == SLIPS[kind].type
    assert isinstance(specimen.truth.fields, dict)
    printed = "".join("".join(line.text.split()) for line in specimen.truth.lines)
    assert all(str(value) in printed for value in specimen.truth.fields.values())
