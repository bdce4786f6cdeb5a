"""Documents on drawn pages, read without mistakes: found, told apart and named, whatever lies around them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from ocrcli.geometry import Affine, Quad, quad_of_box
from ocrcli.layout import documents
from ocrcli.layout.documents import Document, documents_on
from ocrcli.page import Line, Page, Pixels, Reading
from ocrcli.services.general.classify import SERVICE
from ocrcli.services.kinds import all_kinds
from ocrcli.specimens.backdrop import clouds
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.pages import article
from ocrcli.specimens.truth import Specimen
from ocrcli.vision.documents import shared
from tests.days import TODAY


@cache
def drawn(service: str, kind: str, seed: int = 4) -> Specimen:
    return all_documents()[service].draw(Order(seed, kind, Typecase.carried()))


def reading(pixels: Pixels, lines: tuple[Line, ...]) -> Reading:
    height, width = pixels.shape[:2]
    page = Page(width, height, "px", 1, 1, render=lambda: pixels)
    blocks = tuple(((line,),) for line in lines)
    return Reading(width, height, "px", 1, 1, "ocr", lines=lines, blocks=blocks, page=page, today=TODAY)


def read(specimen: Specimen) -> Reading:
    """What a reader without mistakes sees of a specimen."""
    lines = tuple(Line(line.text, 0.95, line.quad) for line in specimen.truth.lines if line.role == "text")
    return reading(specimen.picture, lines)


def right(found: list[Document], places: tuple[Quad, ...]) -> int:
    """How many of some places hold a document that was found."""
    return sum(any(shared(place, document.quad) >= 0.8 for document in found) for place in places)


def test_twelve_equal_receipts_are_twelve() -> None:
    sheet = drawn("classify", "equal-receipts")
    found = documents_on(read(sheet), all_kinds())
    assert [document.name.type for document in found] == ["taxi_invoice"] * 12
    assert right(found, sheet.truth.documents) == 12


@pytest.mark.parametrize("kind", ["white", "coloured", "busy"])
def test_a_sheet_is_taken_apart_on_any_ground(kind: str) -> None:
    sheet = drawn("classify", kind)
    assert isinstance(sheet.truth.fields, list)
    found = documents_on(read(sheet), all_kinds())
    assert right(found, sheet.truth.documents) == len(found) == len(sheet.truth.documents)
    assert sorted(document.name.type for document in found) == sorted(told["type"] for told in sheet.truth.fields)


@pytest.mark.parametrize("seed", [2, 6, 8])
def test_documents_that_overlap_by_a_third_are_both_named(seed: int) -> None:
    sheet = drawn("classify", "lapping", seed)
    assert isinstance(sheet.truth.fields, list)
    found = documents_on(read(sheet), all_kinds())
    assert sorted(document.name.type for document in found) == sorted(told["type"] for told in sheet.truth.fields)


def test_a_card_on_a_newspaper_is_a_card() -> None:
    assert [document.name.type for document in documents_on(read(drawn("classify", "newspaper")), all_kinds())] == [
        "id_card"
    ]


def test_an_open_passport_is_one_document() -> None:
    sheet = drawn("classify", "open-passport")
    [found] = documents_on(read(sheet), all_kinds())
    assert found.name.type == "passport"
    assert right([found], sheet.truth.documents) == 1


@pytest.mark.parametrize(
    ("service", "kind", "type"),
    [("idcard", "front", "id_card"), ("passport", "chinese", "passport"), ("invoice", "electronic", "vat_invoice")],
)
def test_a_document_that_fills_the_picture_is_one(service: str, kind: str, type: str) -> None:
    [found] = documents_on(read(drawn(service, kind)), all_kinds())
    assert found.name.type == type


def test_a_page_of_plain_text_is_another_kind_and_an_empty_one_has_none() -> None:
    page = read(article(5, dpi=100))
    assert [document.name.type for document in documents_on(page, all_kinds())] == ["other"]
    assert documents_on(replace(page, lines=(), blocks=()), all_kinds()) == []


def test_fur_is_no_document() -> None:
    fur = np.clip(150 + 60 * clouds(3, 600, 400, 5)[:, :, None] * np.ones(3), 0, 255).astype(np.uint8)
    assert documents_on(reading(fur, ()), all_kinds()) == []
    scraps = tuple(Line(text, 0.6, quad_of_box(100, y, 140, y + 20)) for text, y in (("山", 50), ("Il", 200)))
    assert [document.name.type for document in documents_on(reading(fur, scraps), all_kinds())] == ["other"]


def test_a_large_scan_is_taken_apart_in_its_own_px() -> None:
    sheet = drawn("classify", "busy")
    large = np.kron(sheet.picture[:, :, :1], np.ones((1, 1, 3), np.uint8))  # three equal colours
    times = max(1, round(10_000 / max(large.shape)))
    lines = tuple(
        replace(line, quad=tuple((x * times, y * times) for x, y in line.quad))  # type: ignore[arg-type]  # four points
        for line in read(sheet).lines
    )
    scan = reading(large.repeat(times, axis=0).repeat(times, axis=1), lines)
    found = documents_on(scan, all_kinds())
    places = tuple(tuple((x * times, y * times) for x, y in quad) for quad in sheet.truth.documents)
    assert right(found, places) == len(places)  # type: ignore[arg-type]  # four points


def test_two_sides_of_a_card_turned_against_each_other_are_two_documents() -> None:
    """Without edges: only the text tells, that of the back runs down."""
    front, back = (read(drawn("idcard", kind)) for kind in ("front", "back"))
    down = [replace(line, quad=tuple((2600 - y, x) for x, y in line.quad)) for line in back.lines]  # type: ignore[arg-type]
    found = documents_on(reading(np.full((1200, 2700, 3), 255, np.uint8), (*front.lines, *down)), all_kinds())
    assert [document.name.type for document in found] == ["id_card", "id_card"]
    assert [len(document.reading.lines) for document in found] == [len(front.lines), len(down)]


def test_two_sides_of_a_card_within_another_frame_are_two_documents() -> None:
    """A frame is around both, seen as well as their own edges."""
    cards = [drawn("idcard", kind) for kind in ("front", "back")]
    high, wide = cards[0].picture.shape[:2]
    sheet = np.full((2 * high + 500, wide + 400, 3), 255, np.uint8)
    cv2.rectangle(sheet, (100, 100), (wide + 300, 2 * high + 400), (90, 90, 200), 6)
    lines: tuple[Line, ...] = ()
    for card, top in zip(cards, (200, high + 300), strict=True):
        sheet[top : top + high, 200 : 200 + wide] = card.picture
        moved = card.truth.through(Affine.shift(200, top).quad)
        lines += read(replace(card, truth=moved)).lines
    assert [document.name.type for document in documents_on(reading(sheet, lines), all_kinds())] == [
        "id_card",
        "id_card",
    ]


def test_one_bad_document_does_not_fail_the_page() -> None:
    bad = ("PASSPORT", "Place of birth", "Passport No", "国籍", "签发机关")
    good = ("样本市出租汽车专用发票", "上车 12:00", "下车 12:10", "单价 2.50", "里程 3.0")
    lines = tuple(
        Line(text, 0.95, quad_of_box(x, 40 * i + 20, x + 300, 40 * i + 50))
        for x, texts in ((20, bad), (600, good))
        for i, text in enumerate(texts)
    )
    blank = np.full((300, 1000, 3), 255, np.uint8)
    [finding] = SERVICE.read(reading(blank, lines), SERVICE.defaults())
    assert isinstance(finding.fields, list)
    told = {thing["type"]: thing["status"]["error_code"] for thing in finding.fields}
    assert told == {"passport": "not_this_document", "taxi_invoice": None}


@pytest.mark.parametrize(("beside", "count"), [(0, 1), (2000, 2)])
def test_a_title_set_apart_belongs_to_the_document_around_it(beside: int, count: int) -> None:
    texts = ("PASSPORT", "Type P", "Passport No", "Place of birth", "国籍", "签发机关", "Date of expiry")
    lines = [Line(text, 0.95, quad_of_box(20, 40 * i, 600, 40 * i + 30)) for i, text in enumerate(texts)]
    title = Line("PASSPORT", 0.95, quad_of_box(200 + beside, -80, 400 + beside, -50))
    kinds = all_kinds()
    places = [documents._of_text(part, kinds) for part in (lines, [title])]
    kept = documents._without_parts([place for place in places if place], kinds)
    assert [len(place.lines) for place in kept] == ([8] if count == 1 else [7, 1])


def test_receipts_without_edges_are_told_apart_by_their_text() -> None:
    """Round a free middle, each across the next: no straight gap goes between any of them."""
    texts = ("样本市出租汽车专用发票", "上车 12:00", "下车 12:10", "单价 2.50", "里程 3.0")
    lines = []
    for i, text in enumerate(texts):
        for x, y in ((0, 0), (220, 620)):
            lines.append(Line(text, 0.95, quad_of_box(x, y + 40 * i, x + 600, y + 40 * i + 30)))
        for x, y in ((820, 0), (200, 220)):
            right, left = x - 40.0 * i, x - 40.0 * i - 30
            lines.append(Line(text, 0.95, ((right, y), (right, y + 600.0), (left, y + 600.0), (left, y))))
    found = documents_on(reading(np.full((820, 820, 3), 255, np.uint8), tuple(lines)), all_kinds())
    assert [document.name.type for document in found] == ["taxi_invoice"] * 4


@pytest.mark.parametrize(
    ("texts", "type"),
    [
        (("DRIVING LICENCE", "UNITED KINGDOM", "1. MORGAN", "2. SARAH", "4b. 01.01.2030"), "other"),
        (("样本银行账户交易明细", "订单号 11111111111111111", "金额 20.00"), "other"),
        (("中国银行账户交易明细", "6217000010001234563", *(f"借记卡 消费 {i}.00" for i in range(1, 41))), "other"),
    ],
    ids=["a foreign driving licence", "a long number of an order", "a statement of account"],
)
def test_what_looks_like_a_document_is_another_kind(texts: tuple[str, ...], type: str) -> None:
    lines = tuple(Line(text, 0.95, quad_of_box(60, 20 + 16 * i, 400, 34 + 16 * i)) for i, text in enumerate(texts))
    (found,) = documents_on(reading(np.full((800, 600, 3), 255, np.uint8), lines), all_kinds())
    assert found.name.type == type


def test_a_page_whose_print_and_zone_lie_far_apart_is_one_document() -> None:
    texts = [
        ("PASSPORT / PASSEPORT", 60),
        ("Surname / Nom", 100),
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", 700),
    ]
    lines = tuple(Line(text, 0.95, quad_of_box(60, y, 60 + 16 * len(text), y + 30)) for text, y in texts)
    second = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    lines += (Line(second, 0.95, quad_of_box(60, 745, 60 + 16 * len(second), 775)),)
    found = documents_on(reading(np.full((800, 900, 3), 255, np.uint8), lines), all_kinds())
    assert [document.name.type for document in found] == ["passport"]
