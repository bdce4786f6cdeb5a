"""The samples are what their script draws, small, and described."""

import importlib.util
import json
from pathlib import Path

import cv2
import numpy as np
import pymupdf
import pytest

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory) -> Path:
    spec = importlib.util.spec_from_file_location("make", SAMPLES / "make.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    folder = tmp_path_factory.mktemp("samples")
    make.main(folder)
    return folder


def test_they_are_as_drawn(drawn):
    assert {p.name for p in drawn.iterdir()} == {p.name for p in SAMPLES.glob("*.*")} - {"make.py", "README.md"}
    assert (drawn / "manifest.jsonl").read_text() == (SAMPLES / "manifest.jsonl").read_text()
    for file in drawn.glob("*.[jp][pn]g"):
        new, old = cv2.imread(str(file)), cv2.imread(str(SAMPLES / file.name))
        assert new.shape == old.shape
        # Another version of FreeType or libjpeg may round otherwise.
        assert np.abs(new.astype(int) - old).mean() < 2


def test_they_are_small_and_described():
    entries = [json.loads(line) for line in (SAMPLES / "manifest.jsonl").read_text().splitlines()]
    readme = (SAMPLES / "README.md").read_text()
    assert all(f"`{entry['file']}`" in readme for entry in entries)
    assert all((SAMPLES / entry["file"]).stat().st_size < 300_000 for entry in entries)


def test_one_pdf_has_text_and_one_has_none():
    truth = {e["file"]: e["truth"] for e in map(json.loads, (SAMPLES / "manifest.jsonl").read_text().splitlines())}
    with pymupdf.open(SAMPLES / "columns.pdf") as columns, pymupdf.open(SAMPLES / "scan.pdf") as scan:
        assert columns[0].get_text().split("\n")[:-1] == truth["columns.pdf"]["lines"]
        assert scan[0].get_text() == "" and len(scan[0].get_images()) == 1


def test_the_invoice_says_what_its_truth_says():
    truth = {e["file"]: e["truth"] for e in map(json.loads, (SAMPLES / "manifest.jsonl").read_text().splitlines())}
    with pymupdf.open(SAMPLES / "invoice.pdf") as invoice:
        text = invoice[0].get_text()
    fields = truth["invoice.pdf"]["fields"]
    assert all(fields[key] in text for key in ("number", "seller_name", "total", "total_in_words"))
