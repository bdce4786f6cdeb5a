"""`classify --sort-into`, through the real command, on a digital invoice of the press."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase


def test_a_file_goes_into_the_folder_of_its_kind(real: Any) -> None:
    document = all_documents()["invoice"]
    assert document.pdf is not None
    invoice: Path = real.folder / "[scan].pdf"  # no markup
    invoice.write_bytes(document.pdf(Order(1, "digital-normal", Typecase.carried()))[0])
    ran = real("classify", "[scan].pdf", "--sort-into", "sorted", "-o", "all.jsonl")
    assert ran.code == 0
    assert (real.folder / "sorted" / "vat_invoice" / "[scan].pdf").read_bytes() == invoice.read_bytes()
    assert "sorted/vat_invoice/[scan].pdf" in ran.err
