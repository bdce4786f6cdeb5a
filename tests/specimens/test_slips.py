"""Slips say what they are: each is named by the signs of its kind, and bears its number."""

from __future__ import annotations

import pytest

from ocrcli.layout.naming import name_of
from ocrcli.page import Line
from ocrcli.services.kinds import all_kinds
from ocrcli.specimens.documents import drawn_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.documents.classify import sheet_documents
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.slips import SLIPS, slip


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_named_by_its_print(kind: str) -> None:
    specimen = slip(Order(3, kind, Typecase.carried()))
    name = name_of([Line(line.text, 1.0, line.quad) for line in specimen.truth.lines], all_kinds())
    assert name.type == SLIPS[kind].type
    assert isinstance(specimen.truth.fields, dict)
    printed = "".join("".join(line.text.split()) for line in specimen.truth.lines)
    assert all(str(value) in printed for value in specimen.truth.fields.values())


def test_whole_drawings_lie_on_sheets_before_slips() -> None:
    drawn = {document.type: document for document in drawn_documents().values() if document.type}
    on_sheets = sheet_documents()
    assert all(on_sheets[type] is document for type, document in drawn.items())
    assert set(on_sheets) - set(drawn) >= {kind.type for kind in SLIPS.values()} - set(drawn)
    assert all(set(document.sheet_kinds) <= set(document.kinds) for document in on_sheets.values())
    assert set(on_sheets) <= {kind.type for kind in all_kinds()}
