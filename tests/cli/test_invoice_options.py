"""The options and the workbook that go with invoices, through the real command, on digital invoices of the press."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.invoice_content import KINDS, Invoice, invoice


def drawn(path: Path, seed: int) -> Invoice:
    """Draws a digital invoice and tells what it says."""
    order = Order(seed, "digital-normal", Typecase.carried())
    document = all_documents()["invoice"]
    assert document.pdf is not None
    path.write_bytes(document.pdf(order)[0])
    return invoice(Random(seed), KINDS[order.kind])


def test_a_folder_becomes_a_workbook_and_copies_that_agree_with_a_list(real: Any) -> None:
    (real.folder / "in").mkdir()
    first, second = (drawn(real.folder / "in" / f"{seed}.pdf", seed) for seed in (1, 2))
    real.write("list.csv", f"number,total\n{first['number']},{first['total']}\n{second['number']},0.01\n")
    ran = real(
        *("invoice", "in", "-o", "out/all.xlsx", "--check-against", "list.csv"),
        *("--rename", "sorted/{issue_date}_{seller_name}_{total}", "-q"),
    )
    assert (ran.code, ran.err) == (0, "")
    rows = list(load_workbook(real.folder / "out" / "all.xlsx")["发票"].iter_rows())
    told = [{head.value: cell for head, cell in zip(rows[0], row, strict=True)} for row in rows[1:]]
    assert str(told.pop()["价税合计"].value).startswith("=SUMIFS(")  # the row of sums
    assert [row["价税合计"].value for row in told] == [float(one["total"]) for one in (first, second)]
    assert [row["未通过的校验"].value for row in told] == [None, "与台账不符：list.csv 中为 0.01"]
    assert told[0]["文件"].hyperlink.target == "../in/1.pdf"
    names = {f"{one['issue_date']}_{one['seller_name']}_{one['total']}.pdf" for one in (first, second)}
    assert {path.name for path in (real.folder / "sorted").iterdir()} == names


def test_a_check_that_fails_is_a_breach_under_strict(real: Any) -> None:
    told = drawn(real.folder / "a.pdf", 1)
    for total, code in ((told["total"], 0), ("0.01", 5)):
        real.write("list.csv", f"number,total\n{told['number']},{total}\n")
        assert real("invoice", "a.pdf", "--strict", "--check-against", "list.csv").code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--check-against", "gone.csv"), "gone.csv"),
        (("--rename", "sorted"), "names no key"),
        (("--rename", "in/{total}"), "choose another place with --rename"),
        (("--rename", "in/deeper/{total}"), "choose a place outside it with --rename"),
    ],
)
def test_what_cannot_work_is_said_before_anything_is_read(real: Any, arguments: tuple[str, str], said: str) -> None:
    (real.folder / "in").mkdir()
    drawn(real.folder / "in" / "1.pdf", 1)
    ran = real("invoice", "in", *arguments)
    assert ran.code == 2 and ran.out == b"" and said in ran.err
