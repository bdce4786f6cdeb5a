"""Small files that would take much memory or time, or hold numbers that no paper has."""

from __future__ import annotations

import io
import math
import tracemalloc
import zipfile
from xml.etree.ElementTree import Element

import pymupdf
import pytest
from defusedxml.ElementTree import fromstring

from ocrcli.errors import OcrError
from ocrcli.inputs import invoice_data
from ocrcli.inputs.discover import Given
from ocrcli.inputs.mupdf import attached
from ocrcli.inputs.ofd import OfdDocument
from ocrcli.inputs.page_weight import MOST_CHARACTERS, MOST_PATHS, weight_of
from ocrcli.inputs.pdf import MOST_ATTACHED_BYTES
from ocrcli.inputs.printed import Glyph, lines_of
from ocrcli.limits import Limits
from ocrcli.options import ReadOptions
from ocrcli.page import Page
from ocrcli.pipeline import Session
from tests.inputs import ofds, pdfs

TEMPLATE = '<ofd:TemplatePage ID="9" BaseLoc="T.xml"/>'


def code_of(parts: ofds.Parts) -> str:
    """The code of the error that the package, or its first page, gives."""
    return error_of(ofds.packed(parts)).code


def error_of(data: bytes) -> OcrError:
    try:
        with OfdDocument(data, Limits(formats=("OFD",)), ReadOptions()) as document:
            [found] = document.pages()
    except OcrError as error:
        return error
    assert isinstance(found, OcrError), "it was read"
    return found


class Peak:
    """Memory that Python takes inside the block, in MB."""

    def __enter__(self) -> Peak:
        tracemalloc.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.mb = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()


MANY_ATTRIBUTES = " ".join(f"b{i}=''" for i in range(780_000))


@pytest.mark.parametrize("body", ['<a b=""/>' * 900_000, "<a/>" * 1_600_000, f"<a {MANY_ATTRIBUTES}/>" * 2])
def test_a_part_of_many_elements_or_attributes_is_refused_before_it_is_parsed(body: str) -> None:
    parts = ofds.parts_of(body)
    data = ofds.packed(parts)
    with Peak() as peak:
        assert error_of(data).code == "file_too_large"
    assert peak.mb < 100


def test_parts_of_one_page_are_counted_together() -> None:
    parts = ofds.parts_of("", common="".join(f'<ofd:TemplatePage ID="{i}" BaseLoc="T{i}.xml"/>' for i in range(10)))
    used = "".join(f'<ofd:Template TemplateID="{i}"/>' for i in range(10))
    parts["Doc_0/Pages/Page_0/Content.xml"] = ofds.content("", before=used)
    for i in range(10):
        parts[f"Doc_0/T{i}.xml"] = ofds.content("<a/>" * 200_000)
    assert code_of(parts) == "file_too_large"


def test_a_template_used_often_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = ofds.parts_of("", "", common=TEMPLATE)
    for i in range(2):
        parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = ofds.content("", before='<ofd:Template TemplateID="9"/>' * 50)
    parts["Doc_0/T.xml"] = ofds.content(ofds.text("样张"))
    parsed: list[int] = []

    def counted(data: bytes, **more: bool) -> Element:
        parsed.append(1)
        return fromstring(data, **more)

    monkeypatch.setattr("ocrcli.inputs.ofd_package.fromstring", counted)
    assert all(isinstance(page, Page) for page in ofds.pages(parts))
    assert len(parsed) == 5  # OFD.xml, Document.xml, two pages, the template


def test_a_template_cannot_multiply_objects_without_end() -> None:
    parts = ofds.parts_of("", common=TEMPLATE)
    parts["Doc_0/Pages/Page_0/Content.xml"] = ofds.content("", before='<ofd:Template TemplateID="9"/>' * 1000)
    parts["Doc_0/T.xml"] = ofds.content(ofds.text("a" * 1000))
    assert code_of(parts) == "file_too_large"


@pytest.mark.parametrize(
    "objects",
    [
        ofds.text("a" * 2_000_000, code='X="0" Y="4" DeltaX="0"'),
        ofds.path("M 0 0 " + "L 1 1 " * 320_000, "0 0 9 9"),
        ofds.path("C " * 320_000, "0 0 9 9"),
    ],
)
def test_texts_and_paths_have_an_end(objects: str) -> None:
    data = ofds.packed(ofds.parts_of(objects))
    with Peak() as peak:
        assert error_of(data).code == "file_too_large"
    assert peak.mb < 300


def test_resources_named_often_are_taken_once() -> None:
    parts = ofds.parts_of(ofds.text("样张"), common="<ofd:PublicRes>R.xml</ofd:PublicRes>" * 20_000)
    parts["Doc_0/R.xml"] = ofds.resources("<ofd:Fonts>" + '<ofd:Font ID="1"/>' * 2_000 + "</ofd:Fonts>")
    assert ofds.texts(ofds.only_page(parts)) == ["样张"]


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_part_that_is_not_deflated(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in ofds.parts_of(ofds.text("样张")).items():
            archive.writestr(name, data)
    assert error_of(out.getvalue()).code == "decode_failed"


@pytest.mark.parametrize("box", ["0 0 1e-200 1e-200", "0 0 1e-9 50", "0 0 1e9 1e9", "0 0 1e300 1e300", "0 0 -5 5"])
def test_pages_of_no_sensible_size(box: str) -> None:
    error = error_of(ofds.packed(ofds.parts_of(ofds.text("样张"), box=box)))
    assert error.code == "decode_failed"
    assert len(error.message) < 200


@pytest.mark.parametrize("size", ["1e-300", "1e-9", "1e300", "0", "-4"])
@pytest.mark.parametrize("name", ["Size", "HScale"])
@pytest.mark.parametrize("service", ["general", "classify", "table"])
def test_texts_of_no_sensible_size_say_nothing(name: str, size: str, service: str) -> None:
    good = "".join(ofds.text(f"第{i}行样张文字", boundary=f"10 {8 * i} 80 5") for i in range(1, 4))
    slanted = ofds.text("样张样张", boundary="10 40 80 5", CTM="0.7 0.7 -0.7 0.7 0 0", **{name: size})
    data = ofds.packed(ofds.parts_of(good + slanted, box="0 0 100 80"))
    options = ReadOptions(limits="warn", pdf_text="only")
    for record in Session(service, options).read(Given("a.ofd", None, data, "a.ofd")):
        assert "error" not in record


def test_numbers_that_are_none_are_not_quoted() -> None:
    word = "x" * 5_000_000
    error = error_of(ofds.packed(ofds.parts_of(ofds.text("样张", Size=word))))
    assert error.code == "decode_failed"
    assert len(error.message) < 200
    for broken in ("secret words", "1 2 secret"):
        assert "secret" not in error_of(ofds.packed(ofds.parts_of(ofds.path(broken, "0 0 9 9")))).message


def test_tags_named_often_are_read_once() -> None:
    listed = "<FileLoc>Tag.xml</FileLoc>" * 100_000 + "".join(f"<FileLoc>T{i}.xml</FileLoc>" for i in range(100_000))
    texts = (ofds.text(f"{i}").replace('ID="5"', f'ID="{i}"') for i in range(2000))
    page = ofds.content("".join(texts))
    parts = {f"Doc_0/Pages/Page_{i}/Content.xml": page.encode() for i in range(3)}
    parts["Doc_0/Tags/CustomTags.xml"] = f"<a>{listed}</a>".encode()
    parts["Doc_0/Tags/Tag.xml"] = b"<eInvoice><InvoiceNo><ObjectRef>7</ObjectRef></InvoiceNo></eInvoice>"
    [account] = invoice_data.accounts(parts, "ofd")
    assert account.fields == {"number": "7"}


def test_attachments_are_capped_in_their_sum() -> None:
    document = pymupdf.open()
    document.new_page()
    for i in range(20):
        document.embfile_add(f"{i}.xml", b"<a>" + bytes([65 + i]) * (1 << 20))
    held = dict(attached(pymupdf.open(stream=document.tobytes(deflate=True)), 8 << 20))
    assert 6 <= len(held) <= 8
    assert sum(map(len, held.values())) <= 8 << 20
    assert MOST_ATTACHED_BYTES <= 32 << 20


def test_many_names_of_one_attachment_stand_for_it_once() -> None:
    document = pymupdf.open()
    document.new_page()
    stream, file = document.get_new_xref(), document.get_new_xref()
    document.update_object(stream, "<</Type/EmbeddedFile>>")
    document.update_stream(stream, b"<a>" + bytes(1 << 20))
    document.update_object(file, f"<</Type/Filespec/F(a.xml)/EF<</F {stream} 0 R>>>>")
    many = " ".join(f"(n{i:05}.xml) {file} 0 R" for i in range(5000))
    document.xref_set_key(document.pdf_catalog(), "Names", f"<</EmbeddedFiles<</Names[{many}]>>>>")
    held = list(attached(pymupdf.open(stream=document.tobytes()), 64 << 20))
    assert len(held) == 1


def drawing(operators: bytes) -> bytes:
    document = pymupdf.open()
    page = document.new_page(width=300, height=200)
    page.insert_text((20, 40), "words")
    contents = document.get_new_xref()
    document.update_object(contents, "<<>>")
    document.update_stream(contents, operators)
    page.set_contents(contents)
    return bytes(document.tobytes(deflate=True))


def test_a_page_of_very_many_lines_is_read_without_its_rules() -> None:
    data = drawing(b"10 10 20 20 re f\n" * (MOST_PATHS + 10))
    assert len(data) < 20_000
    with pymupdf.open(stream=data) as document:
        assert weight_of(document[0].get_displaylist()).has_too_many_paths
    with Peak() as peak:
        page = pdfs.only_page(data)
    assert (page.printed, page.rules) == (None, ())
    assert peak.mb < 150


def test_a_page_of_very_much_text_is_refused() -> None:
    text = b"BT /helv 1 Tf 20 40 Td " + (b"(" + b"a" * 1000 + b") Tj ") * (MOST_CHARACTERS // 1000 + 1) + b"ET"
    with pdfs.document(drawing(text)) as document:
        [error] = document.pages()
    assert isinstance(error, OcrError)
    assert error.code == "file_too_large"


def test_an_ordinary_page_weighs_what_is_on_it() -> None:
    with pymupdf.open(stream=pdfs.pdf(pdfs.write_rows)) as document:
        weight = weight_of(document[0].get_displaylist())
    assert weight.characters == sum(map(len, pdfs.ROWS))
    assert not weight.has_too_many_paths


def test_a_lone_surrogate_in_a_font_s_map_is_a_lost_character() -> None:
    data = surrogate_map(pdfs.pdf(pdfs.write_rows))
    page = pdfs.only_page(data, pdf_text="only")
    text = "".join(line.text for line in page.printed or ())
    text.encode()
    for record in Session("general", ReadOptions(pdf_text="only")).read(Given("a.pdf", None, data, "a.pdf")):
        str(record).encode()


def surrogate_map(data: bytes) -> bytes:
    document = pymupdf.open(stream=pdfs.with_map(data, {"本": "本"}))
    for xref in range(1, document.xref_length()):
        kind, value = document.xref_get_key(xref, "ToUnicode")
        if kind == "xref":
            stream = document.xref_stream(int(value.split()[0]))
            document.update_stream(
                int(value.split()[0]), stream.replace("本".encode("utf-16-be").hex().encode(), b"d800")
            )
    return bytes(document.tobytes())


@pytest.mark.parametrize("number", [0.0, 1e-300, 1e300, math.inf, math.nan, -1.0])
@pytest.mark.parametrize("name", ["size", "advance", "x", "y", "ascent"])
def test_a_glyph_of_any_numbers_makes_sound_lines_or_none(name: str, number: float) -> None:
    good = Glyph("a", 10.0, 10.0, 0.0, 5.0, 10.0, 8.8, 2.0)
    odd = Glyph(**{**good._asdict(), name: number})
    for line in lines_of([good, odd, good._replace(x=30.0)], "ofd"):
        assert all(math.isfinite(value) for point in line.quad for value in point)


def test_very_many_like_characters_in_a_row_take_little_time() -> None:
    glyphs = [Glyph("a", i / 100, 10.0, 0.0, 0.0, 0.2, 0.18, 0.04) for i in range(20_000)]
    assert lines_of(glyphs, "ofd")


def test_a_zip_bomb_inside_a_part() -> None:
    parts: ofds.Parts = {**ofds.parts_of(ofds.text("样张")), "Doc_0/R.xml": b" " * (17 << 20)}
    parts["Doc_0/Document.xml"] = str(parts["Doc_0/Document.xml"]).replace(
        "</ofd:CommonData>", "<ofd:PublicRes>R.xml</ofd:PublicRes></ofd:CommonData>"
    )
    assert code_of(parts) == "file_too_large"
