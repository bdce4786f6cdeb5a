from __future__ import annotations

import random
from dataclasses import replace

import pymupdf
import pytest
from PIL import Image

from ocrcli.geometry import quad_of_box
from ocrcli.inputs.text_layer import Facts, bare_pictures, flaw, joined, worth_reading
from ocrcli.page import Line
from tests.inputs.pdfs import ROWS, noise, only_page, pdf, scan_of, texts, with_map, write, write_rows
from tests.inputs.pictures import encoded

SOUND = Facts(visible=500)


class TestDecision:
    @pytest.mark.parametrize(
        "facts",
        [
            SOUND,
            replace(SOUND, hidden=400),
            replace(SOUND, mapped=0.9, lost=0.02),
            replace(SOUND, bare_picture=0.3),
            replace(SOUND, covered=0.1, on_ink=0.9),
            replace(SOUND, stray=150),
            replace(SOUND, resembling=0.25),
            replace(SOUND, visible=3, stray=30),
        ],
    )
    def test_sound(self, facts: Facts) -> None:
        assert flaw(facts) is None

    @pytest.mark.parametrize(
        ("facts", "says"),
        [
            (Facts(visible=0), "no text"),
            (Facts(visible=0, hidden=90), "hidden"),
            (replace(SOUND, hidden=501), "501 of 1001"),
            (replace(SOUND, mapped=0.89), "11%"),
            (replace(SOUND, lost=0.03), "3%"),
            (replace(SOUND, bare_picture=0.31), "31%"),
            (replace(SOUND, covered=0.2), "lies over 20%"),
            (replace(SOUND, on_ink=0.5), "nothing is printed where 50%"),
            (replace(SOUND, stray=151), "151 marks"),
            (replace(SOUND, doubtful=0.2), "20%"),
            (replace(SOUND, wrong=0.25), "25% of its digits"),
            (replace(SOUND, resembling=0.24), "only 24%"),
        ],
    )
    def test_flaws_are_told_with_their_figure(self, facts: Facts, says: str) -> None:
        assert says in str(flaw(facts))


def row(x: float, y: float) -> Line:
    return Line("words", 1.0, quad_of_box(x, y, x + 80, y + 10), "text-layer")


class TestPictures:
    def test_touching_pictures_are_one(self) -> None:
        strips = [(0.0, y, 100.0, y + 20.0) for y in (0.0, 40.0, 20.0, 60.0)]
        assert joined(strips) == [(0.0, 0.0, 100.0, 80.0)]
        assert len(joined([(0, 0, 10, 10), (20, 0, 30, 10)])) == 2
        assert joined([(0, 0, 10, 10), (20, 0, 30, 10), (9, 0, 21, 10)]) == [(0, 0, 30, 10)]

    def test_words_inside_speak_for_a_picture_but_a_page_number_does_not(self) -> None:
        picture = [(0.0, 0.0, 100.0, 200.0)]
        assert bare_pictures([], picture) == picture
        assert bare_pictures([row(10, 180)], picture) == picture
        assert bare_pictures([row(10, 20 * i) for i in range(1, 9)], picture) == []
        assert bare_pictures([row(200, 20 * i) for i in range(1, 9)], picture) == picture

    def test_a_seal_or_a_rule_holds_no_words_to_be_read_apart(self) -> None:
        plate, seal, bar = (50.0, 100.0, 250.0, 220.0), (300.0, 100.0, 419.0, 219.0), (0.0, 0.0, 595.0, 30.0)
        assert worth_reading([plate, seal, bar], (595.0, 842.0)) == (plate,)


class TestPages:
    """Pages as they come, and whether their text is used (auto)."""

    def test_visible_text_is_used(self) -> None:
        assert texts(only_page(pdf(write_rows))) == list(ROWS)

    def test_a_page_number_alone_is_used(self) -> None:
        assert texts(only_page(pdf(lambda page: write(page, 200, 280, "7")))) == ["7"]

    def test_a_blank_page_is_read_as_a_picture(self) -> None:
        assert only_page(pdf(lambda page: None)).printed is None

    def test_hidden_text_over_a_scan_is_not_used(self) -> None:
        scan = scan_of(pdf(write_rows))

        def draw(page: pymupdf.Page) -> None:
            page.insert_image(page.rect, stream=scan)
            write_rows(page, render_mode=3)

        assert only_page(pdf(draw)).printed is None

    def test_visible_text_under_a_scan_is_not_used(self) -> None:
        scan = scan_of(pdf(write_rows))

        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            page.insert_image(page.rect, stream=scan)

        assert only_page(pdf(draw)).printed is None

    def test_a_stamp_over_a_word_does_no_harm(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            page.insert_image(pymupdf.Rect(300, 200, 350, 250), stream=noise(40, 40))

        assert texts(only_page(pdf(draw))) == list(ROWS)

    def test_a_transparent_picture_over_all_text_does_no_harm(self) -> None:
        veil = Image.new("RGBA", (400, 300), (255, 0, 0, 12))

        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            page.insert_image(page.rect, stream=encoded(veil))

        assert texts(only_page(pdf(draw))) == list(ROWS)

    @pytest.mark.parametrize("other", ["\ue123", "\ufffd", "\x07"])
    def test_a_map_to_nowhere_is_not_used(self, other: str) -> None:
        chars = {char: other for row in ROWS for char in row}
        assert only_page(with_map(pdf(write_rows), chars)).printed is None

    def test_a_map_that_swaps_characters_is_not_used(self) -> None:
        chars = sorted({char for row in ROWS for char in row if char != " "})
        shuffled = chars[:]
        random.Random(1).shuffle(shuffled)
        says = dict(zip(chars, shuffled, strict=True)) | {" ": " "}
        assert only_page(with_map(pdf(write_rows), says)).printed is None

    def test_a_few_wrong_characters_alone_are_not_used(self) -> None:
        says = dict(zip("通行费发票", "雪梅竹菊兰", strict=True))
        assert only_page(with_map(pdf(lambda page: write(page, 40, 60, "通行费发票")), says)).printed is None
        assert texts(only_page(pdf(lambda page: write(page, 40, 60, "通行费发票")))) == ["通行费发票"]

    def test_letters_that_say_signs_are_not_used(self) -> None:
        data = pdf(lambda page: write(page, 40, 60, "Phone"))
        assert only_page(with_map(data, dict(zip("Phone", '"7+%-', strict=True)))).printed is None
        assert texts(only_page(data)) == ["Phone"]

    def test_a_map_to_rare_ideographs_is_not_used(self) -> None:
        says = {char: chr(0x3400 + i) for i, char in enumerate({char for row in ROWS for char in row})}
        assert only_page(with_map(pdf(write_rows), says)).printed is None

    def test_a_map_that_shifts_the_digits_is_not_used(self) -> None:
        says = {char: char for row in ROWS for char in row} | dict(zip("0123456789", "3456789012", strict=True))
        assert only_page(with_map(pdf(write_rows), says)).printed is None

    def test_a_map_in_which_some_characters_are_wrong_is_not_used(self) -> None:
        wrong = dict(zip("检查可靠内容核对第二行写", "的一是在不了有和人这中大", strict=True))
        says = {char: char for row in ROWS for char in row} | wrong
        assert only_page(with_map(pdf(write_rows), says)).printed is None

    def test_one_wrong_character_is_told_and_unsure(self) -> None:
        says = {char: char for row in ROWS for char in row} | {"签": "芝"}
        page = only_page(with_map(pdf(write_rows), says))
        (notice,) = page.notices
        assert notice.code == "doubtful"
        assert "'签' seems printed" in notice.message
        assert page.printed is not None
        unsure = [char.text for line in page.printed for char in line.chars if char.confidence < 1]
        assert unsure == ["芝"]

    def test_one_row_in_a_wrongly_mapped_font_is_told(self) -> None:
        rows = [*ROWS, "本页末行请再次核对编号内容"] * 2
        says = {char: char for row in rows for char in row} | dict(zip("甲乙丙丁", "雪梅竹菊", strict=True))

        def draw(page: pymupdf.Page) -> None:
            for i, row in enumerate(rows):
                write(page, 40, 30 + 20 * i, row)
            write(page, 40, 280, "甲乙丙丁")

        page = only_page(with_map(pdf(draw), says))
        assert "雪梅竹菊" in texts(page)
        assert [(notice.code, "雪梅竹菊" in notice.message) for notice in page.notices] == [("doubtful", True)]
        assert page.notices[0].quad is not None

    def test_a_character_without_meaning_is_told(self) -> None:
        rows = [*ROWS, *ROWS]
        says = {char: char for row in rows for char in row} | {"囧": "\ufffd"}

        def draw(page: pymupdf.Page) -> None:
            for i, row in enumerate(rows):
                write(page, 40, 30 + 20 * i, row)
            write(page, 40, 280, "此处缺囧字")

        page = only_page(with_map(pdf(draw), says | {char: char for char in "此处缺字"}))
        assert "此处缺\ufffd字" in texts(page)
        assert [notice.code for notice in page.notices] == ["doubtful"]

    def test_white_text_is_left_out(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            write(page, 40, 250, "看不见", color=(1, 1, 1))

        assert texts(only_page(pdf(draw))) == list(ROWS)
        assert only_page(pdf(lambda page: write_rows(page, color=(1, 1, 1)))).printed is None

    def test_rules_beside_white_text_are_not_its_ink(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            write(page, 40, 250, "看不见", color=(1, 1, 1))
            for y in (240, 251.5):
                page.draw_line((30, y), (300, y))

        assert texts(only_page(pdf(draw))) == list(ROWS)

    def test_white_text_on_black_is_used(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            page.draw_rect(page.rect, fill=(0, 0, 0))
            write_rows(page, color=(1, 1, 1))

        assert texts(only_page(pdf(draw))) == list(ROWS)

    def test_text_under_a_black_bar_is_left_out(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            write(page, 40, 250, "秘密")
            page.draw_rect(pymupdf.Rect(35, 235, 90, 258), fill=(0, 0, 0))

        assert texts(only_page(pdf(draw))) == list(ROWS)

    def test_hidden_words_on_a_good_page_are_left_out(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            write(page, 40, 250, "藏起来", render_mode=3)
            write(page, 40, 270, "透明的", fill_opacity=0)

        assert texts(only_page(pdf(draw))) == list(ROWS)

    def test_a_scan_with_a_page_number_is_read_as_a_picture(self) -> None:
        scan = scan_of(pdf(write_rows))

        def draw(page: pymupdf.Page) -> None:
            page.insert_image(page.rect, stream=scan)
            write(page, 200, 290, "12")

        assert only_page(pdf(draw)).printed is None

    def test_a_scan_in_strips_is_read_as_a_picture(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            for top in range(0, 300, 30):
                page.insert_image(pymupdf.Rect(0, top, 400, top + 30), stream=noise(400, 30), keep_proportion=False)
            write(page, 200, 290, "12")

        assert only_page(pdf(draw)).printed is None

    def test_a_large_picture_without_words_beside_text_is_read_as_a_picture(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            write(page, 40, 40, ROWS[0])
            page.insert_image(pymupdf.Rect(0, 60, 400, 300), stream=noise(40, 24), keep_proportion=False)

        assert only_page(pdf(draw)).printed is None

    def test_a_background_under_text_does_no_harm(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            pale = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 30))
            pale.clear_with(240)
            page.insert_image(page.rect, pixmap=pale)
            write_rows(page)

        assert texts(only_page(pdf(draw))) == list(ROWS)

    def test_a_background_on_a_rotated_page_does_no_harm(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            pale = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 20))
            pale.clear_with(240)
            page.insert_image(pymupdf.Rect(0, 0, 400, 135), pixmap=pale, keep_proportion=False)
            write_rows(page)
            page.set_rotation(180)

        assert sorted(texts(only_page(pdf(draw)))) == sorted(ROWS)

    def test_outlines_are_read_as_a_picture(self) -> None:
        source = pymupdf.open(stream=pdf(write_rows))
        svg = source[0].get_svg_image(text_as_path=True)
        outlines = pymupdf.open(stream=pymupdf.open(stream=svg.encode(), filetype="svg").convert_to_pdf())
        assert not outlines[0].get_text().strip()
        assert only_page(outlines.tobytes()).printed is None

        page = outlines[0]  # a page number in real text changes nothing
        page.insert_text((200, 290), "12")
        assert only_page(outlines.tobytes()).printed is None

    def test_form_fields_and_notes_are_used(self) -> None:
        def draw(page: pymupdf.Page) -> None:
            write_rows(page)
            field = pymupdf.Widget()
            field.field_name, field.field_type, field.field_value = "a", pymupdf.PDF_WIDGET_TYPE_TEXT, "filled in"
            field.rect = pymupdf.Rect(40, 220, 200, 240)
            page.add_widget(field)
            page.add_freetext_annot(pymupdf.Rect(40, 250, 200, 270), "a remark")

        assert {"filled in", "a remark"} < set(texts(only_page(pdf(draw))))


class TestChoice:
    """--pdf-text."""

    def test_never(self) -> None:
        assert only_page(pdf(write_rows), pdf_text="never").printed is None

    def test_only_does_not_draw(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from tests.inputs.pdfs import document

        monkeypatch.setattr(pymupdf.Page, "get_pixmap", lambda *a, **k: pytest.fail("a page was drawn"))
        with document(pdf(write_rows), pdf_text="only") as opened:
            (page,) = opened.pages()
        assert [line.text for line in page.printed or ()] == list(ROWS)  # type: ignore[union-attr]
        assert page.notices == ()  # type: ignore[union-attr]

    def test_only_leaves_a_page_without_text_empty_and_says_so(self) -> None:
        page = only_page(pdf(lambda page: page.insert_image(page.rect, stream=noise(40, 30))), pdf_text="only")
        assert page.printed == ()
        assert [notice.code for notice in page.notices] == ["no_text_layer"]

    def test_only_takes_hidden_text_and_says_so(self) -> None:
        page = only_page(pdf(lambda page: write_rows(page, render_mode=3)), pdf_text="only")
        assert texts(page) == list(ROWS)
        assert [notice.code for notice in page.notices] == ["text_layer_doubtful"]
        assert "hidden" in page.notices[0].message

    def test_only_takes_bad_text_and_says_so(self) -> None:
        chars = {char: "\ue123" for row in ROWS for char in row}
        page = only_page(with_map(pdf(write_rows), chars), pdf_text="only")
        assert page.printed
        assert "Unicode" in page.notices[0].message
