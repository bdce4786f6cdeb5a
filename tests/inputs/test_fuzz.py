"""Spoilt files through the input layer and the services that read digital pages: whatever is in them, what comes out
is pages or an OcrError. `python bench/fuzz.py` is the same for as long as one likes."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from random import Random

import pymupdf
import pytest
from PIL import Image, ImageDraw

from ocrcli.errors import OcrError
from ocrcli.inputs.discover import Given
from ocrcli.inputs.opening import load, open_document
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.options import ReadOptions
from ocrcli.page import Page
from ocrcli.pipeline import Session
from ocrcli.specimens.mutate import mutated
from tests.inputs import ofds
from tests.inputs.pictures import encoded

SPOILT = 25  # of each kind; all kinds together stay under a minute
LIMITS = Limits(formats=(*RASTER, *PDF, *OFD), min_side=1, max_pixels=1_000_000)
OPTIONS = ReadOptions(limits="warn", pages="1-3", dpi=36)


def picture() -> Image.Image:
    image = Image.new("RGB", (60, 40), "white")
    ImageDraw.Draw(image).line((5, 5, 50, 30), "black", 3)
    return image


def encoded_picture(kind: str) -> bytes:
    return encoded(picture(), kind)


def expanded_pdf() -> bytes:
    """Its streams as they are read, so that spoilt bytes are spoilt operators."""
    with pymupdf.open() as document:
        rows_and_rules(document.new_page(width=300, height=200))
        return bytes(document.tobytes(expand=255, garbage=3))


def rows_and_rules(page: pymupdf.Page) -> None:
    page.insert_text((40, 40), "PLAIN WORDS 123.45")
    for row in range(4):
        page.draw_line((40, 60 + 20 * row), (200, 60 + 20 * row))
    page.insert_image((220, 60, 280, 100), stream=encoded(picture()))


def ofd() -> bytes:
    lines = "".join(ofds.text(f"第{i}行 样张 {i}23.45", boundary=f"10 {6 * i} 80 5") for i in range(1, 5))
    parts = ofds.parts_of(lines + ofds.path("M 0 0 L 50 0 C", "10 2 80 5"), lines)
    parts["Doc_0/Tags/CustomTags.xml"] = "<a><FileLoc>Tag.xml</FileLoc></a>"
    parts["Doc_0/Tags/Tag.xml"] = "<eInvoice><InvoiceNo><ObjectRef>5</ObjectRef></InvoiceNo></eInvoice>"
    return ofds.packed(parts)


SOURCES: dict[str, Callable[[], bytes]] = {
    "pdf": expanded_pdf,
    "ofd": ofd,
    **{
        kind.lower(): partial(encoded_picture, kind)
        for kind in ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP", "PCX", "TGA", "ICO")
    },
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_spoilt_file_is_pages_or_an_error(name: str) -> None:
    data = SOURCES[name]()
    for seed in range(SPOILT):
        spoilt = mutated(data, Random(f"{name} {seed}"))
        given = Given(f"a.{name}", None, spoilt, f"a.{name}")
        try:
            with open_document(load(given, LIMITS, OPTIONS), LIMITS, OPTIONS) as document:
                for page in document.pages():
                    if isinstance(page, Page):
                        assert draws(page)
        except OcrError as error:
            assert len(error.message) < 600, seed


def draws(page: Page) -> bool:
    """True where the page has pixels, or says in our words why not."""
    try:
        return page.pixels.ndim == 3
    except OcrError:
        return True


@pytest.mark.parametrize("service", ["general", "invoice", "classify", "table"])
@pytest.mark.parametrize("name", ["pdf", "ofd"])
def test_a_spoilt_digital_page_gives_records_that_can_be_written(name: str, service: str) -> None:
    data = SOURCES[name]()
    session = Session(service, ReadOptions(limits="warn", pages="1-3", pdf_text="only"))
    for seed in range(SPOILT):
        spoilt = mutated(data, Random(f"{service} {name} {seed}"))
        for record in session.read(Given(f"a.{name}", None, spoilt, f"a.{name}")):
            io.StringIO().write(str(record).encode().decode())


def test_the_same_seed_spoils_the_same_way() -> None:
    data = ofd()
    assert mutated(data, Random(1)) == mutated(data, Random(1)) != mutated(data, Random(2))
