from __future__ import annotations

import numpy as np
import pymupdf
import pytest
from PIL import Image

from ocrcli.errors import OcrError
from ocrcli.geometry import angle, bounds
from ocrcli.inputs.ofd import PT_PER_MM
from ocrcli.page import Page
from tests.inputs.ofds import XMLNS, content, document, media, only_page, pages, parts_of, path, resources, text, texts
from tests.inputs.pdfs import noise
from tests.inputs.pictures import encoded, four_corners

MM = PT_PER_MM


def box_mm(page: Page, index: int = 0) -> tuple[float, ...]:
    return tuple(edge / MM for edge in bounds((page.printed or ())[index].quad))


def colour_at(page: Page, x: float, y: float) -> list[int]:
    """Blue, green, red at a place in mm."""
    found: list[int] = page.pixels[round(y * MM * page.scale), round(x * MM * page.scale)].tolist()
    return found


class TestText:
    def test_place_and_size(self) -> None:
        page = only_page(parts_of(text("发票号码")))
        assert (page.width, page.height) == pytest.approx((100 * MM, 50 * MM))
        assert (page.unit, page.number, page.count) == ("pt", 1, 1)
        (line,) = page.printed or ()
        assert (line.text, line.source, line.confidence) == ("发票号码", "ofd", 1.0)
        assert box_mm(page) == pytest.approx((10, 14 - 0.88 * 4, 26, 14 + 0.2 * 4))
        assert [char.text for char in line.chars] == list("发票号码")

    @pytest.mark.parametrize(
        ("words", "delta"),
        [
            ("12345", "g 4 2"),
            ("12345", "2 g 2 2 2"),
            ("12345", "2 2 2 2"),
            ("年12月", "4 2 2"),
            ("12345", "g 99999999 2"),
        ],
    )
    def test_distances_in_their_short_form(self, words: str, delta: str) -> None:
        page = only_page(parts_of(text(words, code=f'X="0" Y="4" DeltaX="{delta}"')))
        assert texts(page) == [words]

    def test_a_large_distance_ends_a_line(self) -> None:
        assert texts(only_page(parts_of(text("甲乙丙丁", code='X="0" Y="4" DeltaX="4 20 4"')))) == ["甲乙", "丙丁"]

    def test_no_distance_means_the_usual_one(self) -> None:
        page = only_page(parts_of(text("共2页", code='X="0" Y="4" DeltaX=""')))
        assert texts(page) == ["共2页"]
        assert box_mm(page)[2] == pytest.approx(20)

    def test_several_lines_in_one_object(self) -> None:
        code = 'X="0" Y="4" DeltaX="4 -4 4" DeltaY="0 6 0"'
        assert texts(only_page(parts_of(text("甲乙丙丁", code=code)))) == ["甲乙", "丙丁"]

    def test_a_later_text_code_goes_on_where_it_says_nothing_else(self) -> None:
        body = '<ofd:TextCode X="2" Y="4">甲</ofd:TextCode><ofd:TextCode X="10">乙</ofd:TextCode>'
        page = only_page(
            parts_of(f'<ofd:TextObject ID="1" Boundary="0 0 9 9" Font="1" Size="4">{body}</ofd:TextObject>')
        )
        assert texts(page) == ["甲", "乙"]
        assert box_mm(page, 0)[0] == pytest.approx(2)
        assert box_mm(page, 1)[0] == pytest.approx(10)
        assert box_mm(page, 0)[1] == box_mm(page, 1)[1]

    def test_vertical_text_runs_down(self) -> None:
        page = only_page(parts_of(text("购买方", code='X="0" Y="4" DeltaY="4.2 4.2"')))
        (line,) = page.printed or ()
        assert line.text == "购买方"
        assert line.vertical
        assert angle(line.quad) == 0
        assert line.quad[0] == pytest.approx((10 * MM, 10.48 * MM), abs=0.1)
        assert box_mm(page) == pytest.approx((10, 10.48, 14, 10.48 + 12.4), abs=0.05)

    def test_characters_set_far_below_one_another_stay_single_and_upright(self) -> None:
        page = only_page(parts_of(text("购买方", code='X="0" Y="4" DeltaY="9 9"')))
        assert texts(page) == ["购", "买", "方"]
        assert all(angle(line.quad) == 0 for line in page.printed or ())

    @pytest.mark.parametrize(
        ("matrix", "degrees", "box"),
        [
            ("1 0 0 1 5 2", 0, (15, 16 - 3.52, 31, 16.8)),
            ("0.5 0 0 0.5 0 0", 0, (10, 12 - 1.76, 18, 12.4)),
            ("0 1 -1 0 4 0", 90, (10 - 0.8, 10, 10 + 3.52, 26)),
            ("-1 0 0 -1 20 8", 180, (14, 14 - 0.8, 30, 14 + 3.52)),
        ],
    )
    def test_matrices(self, matrix: str, degrees: int, box: tuple[float, ...]) -> None:
        page = only_page(parts_of(text("发票号码", CTM=matrix)))
        assert texts(page) == ["发票号码"]
        assert round(angle((page.printed or ())[0].quad)) % 360 == degrees
        assert box_mm(page) == pytest.approx(box, abs=0.01)

    def test_proportional_letters_make_no_spaces(self) -> None:
        code = 'X="0" Y="4" DeltaX="3.6 2 1.2 1.2 2.4"'
        assert texts(only_page(parts_of(text("Willem", code=code)))) == ["Willem"]

    def test_written_spaces_are_kept(self) -> None:
        assert texts(only_page(parts_of(text("16197 83356", code='X="0" Y="4" DeltaX="g 10 2"')))) == ["16197 83356"]

    def test_objects_side_by_side_are_joined_but_two_numbers_are_not(self) -> None:
        joined = text("名称：", "10 10 20 5") + text("某公司", "21 10 20 5")
        assert texts(only_page(parts_of(joined))) == ["名称：某公司"]
        numbers = text("1", "10 10 2 5") + text("97", "14 10 9 5", 'X="0" Y="4" DeltaX="2"')
        assert texts(only_page(parts_of(numbers))) == ["1", "97"]

    def test_ruling_lines_end_a_line(self) -> None:
        cells = text("数量", "10 10 20 5") + text("单价", "19 10 20 5")
        assert texts(only_page(parts_of(cells))) == ["数量单价"]
        rule = path("M 0 0 L 0 20", "18.5 5 0.2 20")
        assert texts(only_page(parts_of(cells + rule))) == ["数量", "单价"]

    @pytest.mark.parametrize(
        "hidden",
        [
            text("看不见", "10 30 30 5", Visible="false"),
            text("看不见", "10 30 30 5", Alpha="0"),
            text("看不见", "10 30 30 5", Fill="false"),
            text("看不见", "10 30 30 5", inside='<ofd:FillColor Value="0 0 0" Alpha="0"/>'),
            text("看不见", "10 90 30 5"),  # below the page
        ],
    )
    def test_what_is_not_to_be_seen_is_left_out(self, hidden: str) -> None:
        assert texts(only_page(parts_of(text("看得见的字") + hidden))) == ["看得见的字"]

    def test_letters_without_meaning_make_the_page_a_picture(self) -> None:
        assert only_page(parts_of(text("\ue001\ue002\ue003"))).printed is None


class TestStructure:
    def test_templates_annotations_and_layers(self) -> None:
        parts = parts_of(
            "",
            common='<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>',
            extra="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>",
        )
        parts["Doc_0/Pages/Page_0/Content.xml"] = content(text("正文"), '<ofd:Template TemplateID="7"/>')
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = content(text("模板", "10 20 20 5"))
        parts["Doc_0/Annots/Annotations.xml"] = (
            f'<ofd:Annotations {XMLNS}><ofd:Page PageID="0"><ofd:FileLoc>P0.xml</ofd:FileLoc></ofd:Page>'
            "</ofd:Annotations>"
        )
        parts["Doc_0/Annots/P0.xml"] = (
            f'<ofd:PageAnnot {XMLNS}><ofd:Annot Type="Stamp"><ofd:Appearance Boundary="40 20 30 20">{text("注释")}'
            f'</ofd:Appearance></ofd:Annot><ofd:Annot Visible="false"><ofd:Appearance Boundary="0 0 9 9">{text("隐藏")}'
            "</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
        )
        page = only_page(parts)
        assert texts(page) == ["正文", "模板", "注释"]
        assert box_mm(page, 2)[0] == pytest.approx(50)

    def test_names_of_folders_differ_in_case(self) -> None:
        parts = {name.upper(): data for name, data in parts_of(text("大小写")).items()}
        assert texts(only_page(parts)) == ["大小写"]

    def test_absolute_locations(self) -> None:
        parts = parts_of(text("绝对"))
        root = str(parts["Doc_0/Document.xml"])
        parts["Doc_0/Document.xml"] = root.replace('BaseLoc="Pages', 'BaseLoc="/Doc_0/Pages')
        assert texts(only_page(parts)) == ["绝对"]

    def test_other_namespaces(self) -> None:
        parts = {
            name: str(data).replace("http://www.ofdspec.org/2016", "urn:x")
            for name, data in parts_of(text("空间")).items()
        }
        assert texts(only_page(parts)) == ["空间"]

    def test_several_pages_and_several_documents(self) -> None:
        parts = parts_of(text("第一页"), text("第二页"))
        other = {name.replace("Doc_0", "Doc_1"): data for name, data in parts_of(text("第三页")).items()}
        body = "<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        parts = {**other, **parts, "OFD.xml": str(parts["OFD.xml"]).replace("</ofd:OFD>", body)}
        found = [page for page in pages(parts) if isinstance(page, Page)]
        assert [(page.number, page.count, texts(page)) for page in found] == [
            (1, 3, ["第一页"]),
            (2, 3, ["第二页"]),
            (3, 3, ["第三页"]),
        ]
        with document(parts, pages="2") as opened:
            assert [texts(page) for page in opened.pages() if isinstance(page, Page)] == [["第二页"]]
            assert [notice.code for notice in opened.notices] == ["more_pages"]

    def test_a_page_may_have_a_size_and_an_origin_of_its_own(self) -> None:
        area = "<ofd:Area><ofd:PhysicalBox>5 5 60 30</ofd:PhysicalBox></ofd:Area>"
        parts = parts_of("")
        parts["Doc_0/Pages/Page_0/Content.xml"] = content(text("原点"), area)
        page = only_page(parts)
        assert (page.width, page.height) == pytest.approx((60 * MM, 30 * MM))
        assert box_mm(page)[0] == pytest.approx(5)

    def test_a_bad_page_leaves_the_others(self) -> None:
        parts = parts_of(text("好的"), "", text("也好"))
        parts["Doc_0/Pages/Page_1/Content.xml"] = "<broken"
        first, second, third = pages(parts)
        assert isinstance(first, Page)
        assert isinstance(third, Page)
        assert isinstance(second, OcrError)
        assert (second.code, second.page) == ("decode_failed", 2)

    def test_the_parts_are_at_hand(self) -> None:
        parts = parts_of(text("附件"))
        parts["Doc_0/Attachs/original_invoice.xml"] = "<Invoice/>"
        with document(parts) as opened:
            (page,) = opened.pages()
            assert isinstance(page, Page)
            assert page.attachments()["Doc_0/Attachs/original_invoice.xml"] == b"<Invoice/>"


class TestDrawing:
    def test_text_is_drawn_where_its_line_is(self) -> None:
        page = only_page(parts_of(text("发票号码")))
        x0, y0, x1, y1 = (round(edge * page.scale) for edge in bounds((page.printed or ())[0].quad))
        dark = page.pixels.min(axis=2) < 128
        assert dark[y0:y1, x0:x1].mean() > 0.1
        dark[y0:y1, x0:x1] = False
        assert not dark.any()

    def test_letters_of_the_fallback_font_are_pressed_into_their_place(self) -> None:
        page = only_page(parts_of(text("WWWW", code='X="0" Y="4" DeltaX="g 3 2"')))
        dark = np.flatnonzero((page.pixels.min(axis=2) < 128).any(axis=0)) / page.scale / MM
        assert dark.max() < 18.1

    def test_colours_of_objects_layers_and_relatives(self) -> None:
        square = "M 0 0 L 5 0 L 5 5 L 0 5 C"
        styles = (
            '<ofd:DrawParams><ofd:DrawParam ID="20"><ofd:FillColor Value="0 255 0"/></ofd:DrawParam>'
            '<ofd:DrawParam ID="21" Relative="20" LineWidth="1"/>'
            '<ofd:DrawParam ID="22" Relative="22"/></ofd:DrawParams>'
        )
        objects = "".join(
            path(square, f"{x} 10 5 5", colour, Fill="true", Stroke="false", **style)
            for x, style, colour in (
                (10, {}, '<ofd:FillColor Value="255 0 0"/>'),
                (20, {"DrawParam": "21"}, ""),
                (30, {"DrawParam": "22"}, ""),
                (40, {}, '<ofd:FillColor Value="#0 #0 #FF"/>'),
                (50, {"Alpha": "0"}, '<ofd:FillColor Value="255 0 0"/>'),
            )
        )
        parts = parts_of(objects, common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>")
        parts["Doc_0/Res.xml"] = resources(styles)
        page = only_page(parts)
        colours = [colour_at(page, x + 2.5, 12.5) for x in (10, 20, 30, 40, 50)]
        assert colours == [[0, 0, 255], [0, 255, 0], [255, 255, 255], [255, 0, 0], [255, 255, 255]]

    def test_curves_and_strokes(self) -> None:
        line = "M 0 5 Q 5 0 10 5 B 12 8 18 8 20 5 L 30 5 A 1 1 0 0 0 40 5"
        page = only_page(parts_of(path(line, "10 10 40 10", LineWidth="0.6")))
        for x, y in ((35, 15), (45, 15), (15, 12.5), (25, 17.25)):
            assert colour_at(page, x, y) == [0, 0, 0]
        assert colour_at(page, 25, 15) == [255, 255, 255]

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
    @pytest.mark.parametrize("matrix", ['CTM="40 0 0 20 0 0"', ""])
    def test_pictures_stand_upright(self, kind: str, matrix: str) -> None:
        parts = parts_of(
            f'<ofd:ImageObject ID="2" Boundary="10 10 40 20" {matrix} ResourceID="30"/>',
            common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        )
        parts["Doc_0/Res.xml"] = resources(media(_30="a.img"))
        parts["Doc_0/Res/a.img"] = encoded(four_corners(80, 40), kind)
        page = only_page(parts)
        assert page.printed is None
        corners = [colour_at(page, x, y) for x, y in ((20, 15), (40, 15), (20, 25), (40, 25))]
        expected = [[0, 0, 255], [0, 255, 0], [255, 0, 0], [0, 0, 0]]
        assert np.abs(np.subtract(corners, expected)).max() < 40

    def test_a_seal_darkens_and_does_not_cover(self) -> None:
        white = encoded(Image.new("RGB", (20, 20), "white"))
        parts = parts_of(
            text("发票号码") + '<ofd:ImageObject ID="2" Boundary="5 5 40 20" BlendMode="Darken" ResourceID="30"/>',
            common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        )
        parts["Doc_0/Res.xml"] = resources(media(_30="seal.png"))
        parts["Doc_0/Res/seal.png"] = white
        page = only_page(parts)
        assert page.pixels.min() < 60

    def test_embedded_fonts_and_their_glyph_numbers(self) -> None:
        font = pymupdf.Font("helv")  # Latin only, so that nothing can come from the fallback
        glyphs = " ".join(str(font.has_glyph(ord(char))) for char in "Hxy")
        transform = (
            f'<ofd:CGTransform CodePosition="0" CodeCount="3" GlyphCount="3"><ofd:Glyphs>{glyphs}</ofd:Glyphs>'
            "</ofd:CGTransform>"
        )
        fonts = '<ofd:Fonts><ofd:Font ID="1" FontName="F"><ofd:FontFile>f.otf</ofd:FontFile></ofd:Font></ofd:Fonts>'

        def drawn(words: str, inside: str) -> np.ndarray:
            parts = parts_of(text(words, inside=inside), common="<ofd:PublicRes>Res.xml</ofd:PublicRes>")
            parts["Doc_0/Res.xml"] = resources(fonts)
            parts["Doc_0/Res/f.otf"] = font.buffer
            return only_page(parts).pixels

        assert np.array_equal(drawn("发票号", transform), drawn("Hxy", ""))
        assert not np.array_equal(drawn("发票号", transform), drawn("发票号", ""))

    def test_a_broken_font_and_a_missing_picture_are_done_without(self) -> None:
        parts = parts_of(
            text("发票号码") + '<ofd:ImageObject ID="2" Boundary="0 0 9 9" ResourceID="30"/>'
            '<ofd:ImageObject ID="3" Boundary="0 0 9 9" ResourceID="31"/>',
            common="<ofd:PublicRes>Res.xml</ofd:PublicRes><ofd:DocumentRes>Gone.xml</ofd:DocumentRes>",
        )
        parts["Doc_0/Res.xml"] = resources(
            '<ofd:Fonts><ofd:Font ID="1"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>'
            + media(_30="gone.png", _31="bad.png")
        )
        parts["Doc_0/Res/f.ttf"] = b"not a font"
        parts["Doc_0/Res/bad.png"] = b"not a picture"
        page = only_page(parts)
        assert texts(page) == ["发票号码"]
        assert page.pixels.min() < 60

    def test_a_scanned_page_is_drawn_as_it_was_scanned(self) -> None:
        parts = parts_of(
            '<ofd:ImageObject ID="2" Boundary="0 0 100 50" CTM="100 0 0 50 0 0" ResourceID="30"/>',
            common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        )
        parts["Doc_0/Res.xml"] = resources(media(_30="scan.png"))
        parts["Doc_0/Res/scan.png"] = noise(1100, 550)
        page = only_page(parts)
        assert page.printed is None
        assert page.scale == pytest.approx(1100 / (100 * MM))
        assert page.pixels.std() > 40

    def test_composite_objects(self) -> None:
        unit = (
            '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="40" Width="50" Height="20"><ofd:Content>'
            f"{text('组合')}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
        )
        parts = parts_of(
            '<ofd:CompositeObject ID="2" Boundary="20 20 50 20" CTM="0.5 0 0 0.5 0 0" ResourceID="40"/>',
            common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        )
        parts["Doc_0/Res.xml"] = resources(unit)
        page = only_page(parts)
        assert texts(page) == ["组合"]
        assert box_mm(page)[0] == pytest.approx(25)


class TestChoice:
    def test_never_and_only(self) -> None:
        parts = parts_of(text("发票号码"))
        assert only_page(parts, pdf_text="never").printed is None
        assert texts(only_page(parts, pdf_text="only")) == ["发票号码"]
        empty = only_page(parts_of(""), pdf_text="only")
        assert empty.printed == ()
        assert [notice.code for notice in empty.notices] == ["no_text_layer"]
