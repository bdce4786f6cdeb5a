from __future__ import annotations

import time
import zlib

import numpy as np
import pymupdf
import pytest

from ocrcli.errors import OcrError
from ocrcli.geometry import Box, angle, bounds
from ocrcli.page import Page
from tests.inputs.pdfs import ROWS, document, noise, only_page, pdf, texts, write, write_rows


def many_pages(count: int) -> bytes:
    """A PDF written by hand: making thousands of pages with a library takes long."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(count))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]/MediaBox[0 0 200 200]/Resources<</Font<</F 3 0 R>>>>>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number in range(1, count + 1):
        contents = f"BT /F 12 Tf 20 100 Td (sheet {number}) Tj ET"
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {4 + 2 * number - 1} 0 R>>")
        objects.append(f"<</Length {len(contents)}>>stream\n{contents}\nendstream")
    body, offsets = "%PDF-1.4\n", []
    for i, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{i} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    tail = f"trailer<</Root 1 0 R/Size {size}>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode()


def open_error(data: bytes, **options: object) -> OcrError:
    with pytest.raises(OcrError) as caught:
        document(data, **options)
    return caught.value


def ink_box(page: Page, box: Box) -> Box:
    """The box around the dark pixels inside a box in pt, in pt."""
    x0, y0, x1, y1 = (round(edge * page.scale) for edge in box)
    rows, columns = np.nonzero(page.pixels[y0:y1, x0:x1].min(axis=2) < 128)
    place = (columns.min() + x0, rows.min() + y0, columns.max() + x0 + 1, rows.max() + y0 + 1)
    return tuple(edge / page.scale for edge in place)


class TestPages:
    def test_a_page_is_in_points_and_drawn_when_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with document(pdf(lambda page: None), pdf_text="never") as opened:
            (page,) = opened.pages()
            assert isinstance(page, Page)
            assert (page.width, page.height, page.unit, page.number, page.count) == (400, 300, "pt", 1, 1)
            assert "pixels" not in vars(page)
            assert page.pixels.shape[:2] == (round(300 * page.scale), round(400 * page.scale))
            assert page.pixels.flags.c_contiguous
            assert page.pixels is page.pixels

    def test_pixels_are_blue_green_red(self) -> None:
        page = only_page(pdf(lambda page: page.draw_rect(page.rect, fill=(1, 0, 0))), pdf_text="never")
        assert page.pixels[50, 50].tolist() == [0, 0, 255]

    def test_lines_lie_where_the_ink_is(self) -> None:
        page = only_page(pdf(write_rows))
        for line in page.printed or ():
            found = ink_box(page, bounds(line.quad))
            place = bounds(line.quad)
            assert found[0] == pytest.approx(place[0], abs=3)
            assert found[2] == pytest.approx(place[2], abs=3)
            assert place[1] <= found[1] < found[3] <= place[3]
            assert (line.confidence, line.source) == (1.0, "text-layer")

    @pytest.mark.parametrize("rotation", [0, 90, 180, 270])
    def test_rotated_pages(self, rotation: int) -> None:
        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            page.set_rotation(rotation)

        page = only_page(pdf(draw))
        assert (page.width, page.height) == ((400, 300) if rotation % 180 == 0 else (300, 400))
        assert sorted(texts(page)) == sorted(ROWS)
        for line in page.printed or ():
            assert round(angle(line.quad)) % 360 == rotation
            assert np.subtract(ink_box(page, bounds(line.quad)), bounds(line.quad)) == pytest.approx(0, abs=4)

    def test_cropped_pages_begin_at_the_crop(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            write(page, 40, 280, "裁掉的一行")
            page.set_cropbox(pymupdf.Rect(30, 40, 330, 240))

        page = only_page(pdf(draw))
        assert (page.width, page.height) == (300, 200)
        assert texts(page) == list(ROWS)
        first = page.printed[0]
        assert first.quad[0] == pytest.approx((10, 60 - 40 - 0.88 * 12), abs=0.01)
        assert ink_box(page, bounds(first.quad))[0] == pytest.approx(10, abs=2)

    def test_turned_text_has_a_turned_quad(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            write(page, 300, 290, "竖着写的字", rotate=90)

        page = only_page(pdf(draw))
        (line,) = [line for line in page.printed or () if line.text == "竖着写的字"]
        assert round(angle(line.quad)) == -90
        assert bounds(line.quad) == pytest.approx((300 - 0.88 * 12, 230, 300 + 0.2 * 12, 290), abs=0.1)

    def test_vertical_writing_runs_down(self) -> None:
        vertical = pymupdf.open(stream=pdf(lambda page: write(page, 200, 40, "竖排的中文句子读起来是这样")))
        for xref in range(1, vertical.xref_length()):
            if vertical.xref_get_key(xref, "Encoding")[1] == "/Identity-H":
                vertical.xref_set_key(xref, "Encoding", "/Identity-V")
        page = only_page(bytes(vertical.tobytes()))
        (line,) = page.printed or ()
        assert line.text == "竖排的中文句子读起来是这样"
        assert line.vertical
        assert angle(line.quad) == 0
        assert bounds(line.char_quad(line.chars[1])) == pytest.approx((194, 52, 206, 64), abs=0.1)
        assert np.subtract(ink_box(page, (100, 0, 300, 300)), bounds(line.quad)) == pytest.approx(0, abs=1.5)

    def test_columns_of_a_ruled_table_are_lines_of_their_own(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            for x in (40, 96, 140):
                page.draw_line((x, 230), (x, 270))
            write(page, 44, 250, "数量12", size=14)
            write(page, 99, 250, "单价34", size=14)

        assert texts(only_page(pdf(draw)))[-2:] == ["数量12", "单价34"]

    def test_letters_as_wide_as_chinese_are_told_apart_by_their_ink(self) -> None:
        # Every letter is said to be 1 em wide, and each is placed by itself, as some typesetting systems do.
        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            x = 40.0
            for char in "GB T 3620":
                if char != " ":
                    write(page, x, 250, char, size=12)
                x += 12 * (0.35 if char == " " else 0.62)

        data = pymupdf.open(stream=pdf(draw))
        for xref in range(1, data.xref_length()):
            if data.xref_get_key(xref, "W")[0] != "null":
                data.xref_set_key(xref, "W", "[0 [1000]]")
                data.xref_set_key(xref, "DW", "1000")
        assert "GB T 3620" in texts(only_page(bytes(data.tobytes())))

    def test_a_full_stop_without_width_leaves_no_blank(self) -> None:
        # Tables are set so: the stop is drawn, and a blank of its width over it.
        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            for x, text in ((40, "11"), (52, "."), (55, "6")):
                write(page, x, 250, text, size=12)

        data = pymupdf.open(stream=pdf(draw))
        font = pymupdf.Font("cjk")
        widths = " ".join(f"{font.has_glyph(ord(char))} [{0 if char == '.' else 500}]" for char in ".16")
        for xref in range(1, data.xref_length()):
            if data.xref_get_key(xref, "W")[0] != "null":
                data.xref_set_key(xref, "W", f"[{widths}]")
        assert "11.6" in texts(only_page(bytes(data.tobytes())))

    def test_dpi(self) -> None:
        assert only_page(pdf(write_rows), dpi=144).pixels.shape == (600, 800, 3)

    def test_a_scan_is_drawn_as_it_was_scanned(self) -> None:
        picture = noise(1600, 1200)
        page = only_page(pdf(lambda page: page.insert_image(page.rect, stream=picture)))
        assert page.scale == pytest.approx(4.0)
        strips = only_page(pdf(_in_strips))
        assert strips.scale == pytest.approx(3.0)

    def test_a_coarse_background_is_no_scan(self) -> None:
        page = only_page(pdf(lambda page: page.insert_image(page.rect, stream=noise(40, 30))))
        assert page.scale == pytest.approx(3.0)  # 1,200 px for 400 pt


def _in_strips(page: pymupdf.Page) -> None:
    for top in range(0, 300, 30):
        page.insert_image(pymupdf.Rect(0, top, 400, top + 30), stream=noise(1200, 90))


class TestNumbers:
    def test_all_pages(self) -> None:
        with document(many_pages(3)) as opened:
            assert opened.count == 3
            assert opened.notices == ()
            assert [(p.number, texts(p)) for p in opened.pages() if isinstance(p, Page)] == [
                (n, [f"sheet {n}"]) for n in (1, 2, 3)
            ]

    def test_page_2999_of_3000_is_quick(self) -> None:
        data = many_pages(3000)
        begun = time.process_time()
        with document(data, pages="2999") as opened:
            (page,) = opened.pages()
        assert time.process_time() - begun < 3.0
        assert isinstance(page, Page)
        assert (page.number, page.count, texts(page)) == (2999, 3000, ["sheet 2999"])
        assert [notice.code for notice in opened.notices] == ["more_pages"]
        assert "2,999 of 3,000" in opened.notices[0].message

    def test_beyond_the_end(self) -> None:
        with document(many_pages(2), pages="2-4") as opened:
            page, missing = opened.pages()
        assert isinstance(page, Page)
        assert isinstance(missing, OcrError)
        assert (missing.code, missing.page) == ("page_out_of_range", 3)
        assert "pages 3-4" in missing.message

    def test_too_many_pages_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ocrcli.inputs.document.MOST_PAGES", 4)
        data = many_pages(5)
        assert open_error(data).code == "file_too_large"
        with document(data, pages="2-5") as opened:
            assert len(list(opened.pages())) == 4


class TestBadPdfs:
    def test_a_password(self) -> None:
        plain = pymupdf.open(stream=many_pages(1))
        data = plain.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="owner")
        found = open_error(bytes(data))
        assert found.code == "encrypted"
        assert "qpdf" in found.message

    def test_an_owners_password_only_keeps_nobody_from_reading(self) -> None:
        plain = pymupdf.open(stream=many_pages(1))
        data = plain.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="owner")
        assert texts(only_page(bytes(data))) == ["sheet 1"]

    def test_no_page(self) -> None:
        data = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
        found = open_error(data + b"trailer<</Root 1 0 R/Size 3>>\n%%EOF")
        assert found.code == "decode_failed"
        assert "no page" in found.message

    @pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(500), b"%PDF-1.4 and then words"])
    def test_rubbish(self, data: bytes) -> None:
        assert open_error(data).code == "decode_failed"

    def test_a_pdf_that_lost_its_end_is_repaired_and_says_so(self) -> None:
        data = many_pages(20)
        with document(data[: data.rindex(b"xref\n0")]) as opened:
            assert [notice.code for notice in opened.notices] == ["repaired"]
            assert [texts(page) for page in opened.pages() if isinstance(page, Page)][19] == ["sheet 20"]

    def test_a_pdf_cut_in_half_fails(self) -> None:
        data = many_pages(20)
        assert open_error(data[: len(data) // 2]).code == "decode_failed"

    def test_a_bad_page_leaves_the_others(self) -> None:
        pages = pymupdf.open(stream=many_pages(3))
        pages[1].set_mediabox(pymupdf.Rect(0, 0, 14_400, 14_400))
        with document(bytes(pages.tobytes()), dpi=300) as opened:
            first, second, third = opened.pages()
        assert isinstance(first, Page)
        assert isinstance(third, Page)
        assert isinstance(second, OcrError)
        assert (second.code, second.page) == ("too_many_pixels", 2)

    def test_a_picture_inside_that_no_memory_should_be_spent_on(self) -> None:
        bomb = pymupdf.open(stream=pdf(lambda page: page.insert_image(page.rect, stream=noise(40, 30))))
        image = bomb[0].get_images()[0][0]
        for side in ("Width", "Height"):
            bomb.xref_set_key(image, side, "40000")
        with document(bytes(bomb.tobytes())) as opened:
            (found,) = opened.pages()
        assert isinstance(found, OcrError)
        assert (found.code, found.page) == ("too_many_pixels", 1)

    def test_nothing_is_written_to_stdout_or_stderr(self, capfd: pytest.CaptureFixture[str]) -> None:
        data = many_pages(3)
        open_error(b"%PDF-1.7\n" + bytes(500))
        with document(data[: data.rindex(b"xref\n0")]) as opened:
            list(opened.pages())
        assert capfd.readouterr() == ("", "")


def test_attachments_are_at_hand() -> None:
    carrier = pymupdf.open(stream=many_pages(1))
    carrier.embfile_add("invoice.xml", b"<Invoice/>", filename="invoice.xml")
    carrier.embfile_add("发票.xml", "<发票/>".encode(), filename="发票.xml")
    with document(bytes(carrier.tobytes())) as opened:
        (page,) = opened.pages()
        assert isinstance(page, Page)
        assert page.attachments() == {"invoice.xml": b"<Invoice/>", "发票.xml": "<发票/>".encode()}


def test_attachments_that_are_large_or_inflate_without_end_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ocrcli.inputs.pdf.MOST_ATTACHED_BYTES", 1000)
    carrier = pymupdf.open(stream=many_pages(1))
    for name, content in (("good.xml", b"<Invoice/>"), ("large.xml", bytes(1001)), ("bomb.xml", b"x")):
        carrier.embfile_add(name, content, filename=name)
    bomb = max(xref for xref in range(1, carrier.xref_length()) if carrier.xref_get_key(xref, "Params")[0] != "null")
    carrier.update_stream(bomb, zlib.compress(bytes(250 << 20), 9), compress=False)
    carrier.xref_set_key(bomb, "Filter", "/FlateDecode")
    carrier.xref_set_key(bomb, "Params/Size", "10")
    with document(bytes(carrier.tobytes())) as opened:
        (page,) = opened.pages()
        assert isinstance(page, Page)
        assert page.attachments() == {"good.xml": b"<Invoice/>"}


def test_a_portfolio_names_the_documents_that_are_not_read() -> None:
    opened = pymupdf.open(stream=pdf(write_rows))
    opened.embfile_add("发票1.pdf", pdf(write_rows), filename="1.pdf", ufilename="发票1.pdf")
    opened.embfile_add("b", b"picture", filename="scan.jpg")
    assert [notice.code for notice in document(bytes(opened.tobytes())).notices] == []
    opened.xref_set_key(opened.pdf_catalog(), "Collection", "<</View/D>>")
    (notice,) = document(bytes(opened.tobytes())).notices
    assert notice.code == "documents_attached"
    assert "2 documents" in notice.message
    assert "发票1.pdf; scan.jpg" in notice.message


def test_a_picture_that_may_hold_words_is_told_apart() -> None:
    def draw(page: pymupdf.Page) -> None:
        write_rows(page)
        page.insert_image(pymupdf.Rect(40, 220, 200, 290), stream=noise(160, 70))

    assert [tuple(map(round, box)) for box in only_page(pdf(draw)).unread] == [(40, 220, 200, 290)]
    assert only_page(pdf(write_rows)).unread == ()
