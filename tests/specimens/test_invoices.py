"""Drawn invoices: their sums hold, what is printed is the truth, and the PDF says the same as the picture."""

import json
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pymupdf
import pytest
import zxingcpp

from ocrcli.checks import amounts, uscc
from ocrcli.errors import UsageError
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.invoice_content import KINDS, STARS, altered, invoice
from ocrcli.specimens.press import Run, press
from ocrcli.specimens.truth import Truth

DOCUMENT = all_documents()["invoice"]
SEEDS = range(30)


def fields_of(truth: Truth) -> dict[str, Any]:
    """An invoice's fields are one object."""
    assert isinstance(truth.fields, dict)
    return truth.fields


def order(kind, seed=5, wrong=False):
    return Order(seed, kind, Typecase.carried(), wrong)


def money(text):
    return Decimal("0") if text == STARS else Decimal(text)


def sums_hold(told):
    """True where rows, totals and words agree and the tax numbers pass."""
    rows = all(
        row["tax"] == STARS
        or abs(money(row["amount"]) * Decimal(row["tax_rate"].rstrip("%")) / 100 - money(row["tax"]))
        <= Decimal("0.005")
        for row in told.items
        if "tax" in row
    )
    if told.kind.type == "roll":
        added = sum(money(row["amount"]) for row in told.items) == money(told["total"])
    else:
        net, tax = (sum(money(row[key]) for row in told.items) for key in ("amount", "tax"))
        added = (net, tax) == (money(told["subtotal_amount"]), money(told["subtotal_tax"]))
        added = added and net + tax == money(told["total"])
    ids = all(uscc.passes(told[key]) for key in ("buyer_id", "seller_id") if told[key])
    return rows and added and ids and amounts.passes(told["total_in_words"], told["total"])


@pytest.mark.parametrize("name", KINDS)
def test_everything_adds_up_until_one_digit_is_misprinted(name):
    for seed in SEEDS:
        right = invoice(Random(seed), KINDS[name])
        assert sums_hold(right)
        wrong = altered(Random(seed), right)
        assert not sums_hold(wrong)
        (note,) = wrong.notes
        assert note.endswith("misprinted on purpose")
        before, after = (json.dumps([dict(t.values), t.items]) for t in (right, wrong))
        assert sum(a != b for a, b in zip(before, after, strict=True)) == 1
        told_there = ("total", "subtotal_amount", "seller_id" if right.kind.chained else "total")
        assert wrong.qr_text == right.qr_text or note.startswith(told_there)


def test_sets_have_discounts_exemptions_and_rates():
    told = [invoice(Random(seed), KINDS["digital-normal"]) for seed in range(120)]
    rows = [row for one in told for row in one.items]
    assert {"13%", "9%", "6%", "免税"} <= {row["tax_rate"] for row in rows}
    discounts = [row for row in rows if row["amount"].startswith("-")]
    assert discounts and all("quantity" not in row for row in discounts)
    assert any(row["tax"] == STARS for row in rows)


@pytest.mark.parametrize("name", KINDS)
def test_numbers_are_of_their_kind(name):
    told = invoice(Random(3), KINDS[name])
    year = told["issue_date"][2:4]
    if told.kind.digital:
        assert len(told["number"]) == 20 and told["number"].startswith(year) and told["code"] == ""
    else:
        assert len(told["number"]) == 8
        assert told["code"].lstrip("0")[:6].endswith(year) or told["code"][5:7] == year


@pytest.mark.parametrize("name", KINDS)
def test_what_the_truth_says_is_printed(name):
    truth = DOCUMENT.draw(order(name)).truth
    printed = "".join("".join(line.text.split()) for line in truth.lines)
    fields = fields_of(truth)
    for key, value in fields.items():
        if isinstance(value, str) and key not in ("type", "issue_date"):
            assert "".join(value.split()) in printed, key
    for row in fields["item_list"]:
        for key, value in row.items():
            shown = value.replace("-", "") if key.endswith("_date") else value
            assert "".join(shown.split()) in printed, key
    assert "SPECIMEN样本" in printed


@pytest.mark.parametrize("name", ["special", "electronic", "roll", "digital-special"])
def test_the_qr_code_says_what_the_issuers_put_there(name):
    specimen = DOCUMENT.draw(order(name))
    (code,) = zxingcpp.read_barcodes(np.ascontiguousarray(specimen.picture))
    version, kind, number_code, number, amount, day, check, checksum, end = code.text.split(",")
    fields = fields_of(specimen.truth)
    assert (version, kind, end) == ("01", KINDS[name].qr, "") and len(checksum) == 4
    assert (number_code, number) == (fields.get("code", ""), fields["number"])
    assert day == fields["issue_date"].replace("-", "") and check == fields.get("check_code", "")
    assert amount == fields["subtotal_amount" if name in ("special", "electronic") else "total"]


def test_the_qr_code_of_a_block_chain_invoice_names_the_seller():
    told = invoice(Random(3), KINDS["block-chain"])
    assert told.qr_text.split(",")[:5] == ["01", "10", told["code"], told["number"], told["seller_id"]]
    assert told["code"].startswith("14403") and not told.cipher and len(told["check_code"]) == 5


def test_a_misprint_is_printed_and_noted():
    for seed in range(4):
        right, wrong = (DOCUMENT.draw(order("electronic", seed, w)).truth for w in (False, True))
        assert right.fields != wrong.fields and right.notes == ()
        key = wrong.notes[0].split(" ")[0]
        if "/" not in key:
            assert any(fields_of(wrong)[key] in line.text for line in wrong.lines if line.key == key)


@pytest.mark.parametrize("name", KINDS)
def test_the_pdf_has_the_same_words_and_repeats(name):
    told = order(name, 8)
    content, truth = DOCUMENT.pdf(told)
    assert content == DOCUMENT.pdf(told)[0]
    with pymupdf.open(stream=content) as document:
        (page,) = document
        words = {"".join(word[4].split()) for word in page.get_text("words")}
        stamps = {"supervision_seal", "seller_seal"} - fields_of(truth).keys()
        assert len(page.get_images()) == 1 + (name != "roll")  # the QR code, and a stamp
        text = "".join(words)
    assert stamps == ({"supervision_seal", "seller_seal"} if KINDS[name].digital else {"seller_seal"})
    assert "发票专用章" not in text
    for key in ("number", "total", "subtotal_amount", "seller_name", "buyer_name", "seller_id", "total_in_words"):
        assert fields_of(truth).get(key, "") in text, key


def test_a_set_of_pdf_files_has_the_pictures_truth(tmp_path):
    picture, pdf = Run("invoice", 1, seed=4), Run("invoice", 1, seed=4, pdf=True)
    entries = [json.loads(press(run, tmp_path / str(run.pdf)).read_text()) for run in (picture, pdf)]
    assert entries[0]["truth"]["fields"].pop("seller_seal")  # in the PDF file it is a picture
    assert entries[0]["truth"] == entries[1]["truth"]
    assert [e["file"].rpartition(".")[2] for e in entries] == ["png", "pdf"]
    assert (tmp_path / "True" / entries[1]["file"]).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("run", [Run("invoice", 1, pdf=True, level=1), Run("vin", 1, pdf=True)])
def test_pdf_is_refused_where_there_is_none(run, tmp_path):
    with pytest.raises(UsageError, match="leave out --pdf"):
        press(run, tmp_path)
