"""The one way through the code: documents that run over several pages, and pages that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from ocrcli import pipeline
from ocrcli.finding import Finding, ReadPage
from ocrcli.geometry import quad_of_box
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.page import Line, Page, Pixels, Reading
from ocrcli.services import find_service

SEEN: list[ReadPage] = []


def words(reading: Reading, options: Mapping[str, Any]) -> list[Finding]:
    return [Finding({}, text=line.text) for line in reading.lines]


def in_pairs(pages: Sequence[ReadPage], options: Mapping[str, Any]) -> list[ReadPage]:
    SEEN.extend(pages)
    return [
        replace(
            first, findings=[Finding({}, text=" ".join(str(f.text) for page in (first, *rest) for f in page.findings))]
        )
        for first, *rest in (pages[i : i + 2] for i in range(0, len(pages), 2))
    ]


def no_pixels() -> Pixels:
    raise AssertionError("a page with words of its own is not rendered")


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> pipeline.Session:
    joining = replace(find_service("general"), own_read=words, join=in_pairs)
    monkeypatch.setattr(pipeline, "find_service", lambda name: joining)
    SEEN.clear()
    return pipeline.Session("general", ReadOptions(pdf_text="only"))


@pytest.fixture
def four_pages(tmp_path: Path) -> Given:
    with pymupdf.open() as document:
        for word in ("one", "two", None, "four"):
            page = document.new_page()
            if word:
                page.insert_text((72, 72), f"page {word} of this document", fontsize=20)
        document.save(tmp_path / "four.pdf")
    return Given("four.pdf", str(tmp_path / "four.pdf"))


def test_joined_findings_stand_on_their_first_page(session: pipeline.Session, four_pages: Given) -> None:
    told = [(record["page"], record.get("text")) for record in session.read(four_pages)]
    assert told[0] == (1, "page one of this document page two of this document")
    assert [page for page, _ in told] == sorted(page for page, _ in told)
    assert any("four" in (text or "") for _, text in told)


def test_pages_wait_without_their_pixels(session: pipeline.Session, four_pages: Given) -> None:
    list(session.read(four_pages))
    assert SEEN and all(page.reading.page is None for page in SEEN)


@pytest.mark.parametrize(("rotate", "rotation"), [(0, 0), (90, 90), (180, 180), (270, 270)])
def test_turned_text_says_how_its_page_lies(tmp_path: Path, rotate: int, rotation: int) -> None:
    with pymupdf.open() as document:
        document.new_page().insert_text((300, 300), "this text runs another way", fontsize=20, rotate=rotate)
        document.save(tmp_path / "turned.pdf")
    session = pipeline.Session("general", ReadOptions(pdf_text="only"))
    [told] = session.read(Given("turned.pdf", str(tmp_path / "turned.pdf")))
    assert told["rotation"] == rotation and told["text"] == "this text runs another way"


@pytest.mark.parametrize(
    ("service", "texts", "other", "advice"),
    [
        ("invoice", ("出租汽车统一发票", "上车 10:00 下车 10:20", "金额 23.00"), "taxi-invoice", ""),
        ("invoice", ("机动车销售统一发票", "发票号码：12345678"), "mvs-invoice", ""),
        ("invoice", ("通用定额发票", "面额 拾元整"), "quota-invoice", ""),
        ("invoice", ("VIN: 1M8GDM9AXKP042788", "车辆识别代号"), "vin", "try ocrcli vin"),
        ("invoice", ("今天天气很好",), None, ""),
        ("idcard", ("住址 砚台县芦花镇八组76号", "公民身份号码 119998194804218133"), None, "the whole document"),
    ],
)
def test_a_refused_page_says_what_it_looks_like(
    service: str, texts: tuple[str, ...], other: str | None, advice: str
) -> None:
    printed = tuple(
        Line(text, 1.0, quad_of_box(50, 40 + 30 * i, 50 + 20 * len(text), 60 + 30 * i), source="ofd")
        for i, text in enumerate(texts)
    )
    page = Page(600, 400, "pt", 1, 1, render=no_pixels, printed=printed)
    session = pipeline.Session(service, ReadOptions())
    [told] = session.read_page(page, Given("a.ofd", "a.ofd"), "0" * 64)
    assert told["error"]["code"] == "not_this_document"
    assert told["error"].get("looks_like") == other and advice in told["error"]["message"]


class _Sees:
    """A reader that sees one line in whatever it is given."""

    def read(self, page: Page, options: ReadOptions) -> Reading:
        line = Line("SN 4711", 0.9, quad_of_box(10, 10, 60, 20))
        return Reading(page.width, page.height, "pt", 1, 1, "ocr", (line,), today=options.today, engine="seen")


@pytest.fixture
def with_picture(tmp_path: Path) -> Given:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), "A picture of the plate stands below", fontsize=20)
        page.insert_image(
            pymupdf.Rect(72, 200, 372, 400), stream=pymupdf.Pixmap(pymupdf.csGRAY, (0, 0, 60, 40)).tobytes()
        )
        document.save(tmp_path / "plate.pdf")
    return Given("plate.pdf", str(tmp_path / "plate.pdf"))


def test_words_in_the_pictures_of_a_digital_page_are_read(with_picture: Given) -> None:
    (record,) = pipeline.Session("general", ReadOptions(details=True), _Sees()).read(with_picture)
    assert record["text"] == "A picture of the plate stands below\n\nSN 4711"
    assert record["lines"][1]["quad"][0] == [82.0, 210.0]
    assert record["tool"]["engine"] == "seen"


def test_a_picture_that_is_left_unread_is_told(with_picture: Given) -> None:
    (record,) = pipeline.Session("general", ReadOptions(pdf_text="only"), _Sees()).read(with_picture)
    assert record["text"] == "A picture of the plate stands below"
    assert [warning["code"] for warning in record["warnings"]] == ["picture_not_read"]
