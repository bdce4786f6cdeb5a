from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.errors import OcrError
from ocrcli.inputs.ofd import OfdDocument
from ocrcli.inputs.ofd_package import Package, box_of, matrix_of, numbers
from ocrcli.limits import Limits
from ocrcli.options import ReadOptions
from ocrcli.page import Page
from tests.inputs.ofds import XMLNS, content, document, media, packed, pages, parts_of, path, resources, text, texts
from tests.inputs.pictures import blank_png


def open_error(data: bytes) -> OcrError:
    with pytest.raises(OcrError) as caught:
        OfdDocument(data, Limits(formats=("OFD",)), ReadOptions())
    return caught.value


def page_error(objects: str, **parts: str | bytes) -> OcrError:
    (found,) = pages({**parts_of(objects), **parts})
    assert isinstance(found, OcrError)
    assert found.page == 1
    return found


class TestContainer:
    @pytest.mark.parametrize(
        "data", [b"", b"PK\3\4", b"PK\3\4" + bytes(200), packed({"OFD.xml": "x"})[:-30]], ids=range(4)
    )
    def test_what_is_no_archive(self, data: bytes) -> None:
        assert open_error(data).code == "decode_failed"

    @pytest.mark.parametrize(
        ("parts", "says"),
        [
            ({"other.xml": "<x/>"}, "OFD.xml"),
            ({"OFD.xml": "<x/>"}, "no page"),
            ({"OFD.xml": "<broken"}, "no sound XML"),
            ({"OFD.xml": b"\xff\xfe\x00"}, "no sound XML"),
            ({"OFD.xml": '<?xml version="1.0" encoding="nonsense"?><x/>'}, "no sound XML"),
            ({**parts_of(text("x")), "Doc_0/Document.xml": "<x/>"}, "no page"),
        ],
    )
    def test_what_is_no_document(self, parts: dict[str, str | bytes], says: str) -> None:
        found = open_error(packed(parts))
        assert found.code == "decode_failed"
        assert says in found.message

    def test_a_root_that_is_missing_is_named(self) -> None:
        parts = parts_of(text("x"))
        del parts["Doc_0/Document.xml"]
        assert "Doc_0/Document.xml" in open_error(packed(parts)).message

    @pytest.mark.parametrize(
        "climbing", ["../../etc/passwd", "/../../etc/passwd", "..\\..\\etc\\passwd", "Doc_0/../../x"]
    )
    def test_locations_that_climb_out(self, climbing: str) -> None:
        root = f"<ofd:OFD {XMLNS}><ofd:DocBody><ofd:DocRoot>{climbing}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        found = open_error(packed({"OFD.xml": root, "../../etc/passwd": "<x/>"}))
        assert found.code == "decode_failed"

    def test_entry_names_that_climb_out_are_never_looked_for_outside(self) -> None:
        package = Package(packed({"../x.xml": "<x/>", "a/../../y.xml": "<y/>"}))
        for location in ("x.xml", "y.xml"):
            assert package.find(location) is None
        with pytest.raises(OcrError):
            package.find("../x.xml")

    @pytest.mark.parametrize(
        "declared",
        [
            '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
            '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
        ],
    )
    def test_entities_and_document_types_are_refused(self, declared: str) -> None:
        parts = parts_of(text("x"))
        parts["OFD.xml"] = declared + str(parts["OFD.xml"])
        assert "no sound XML" in open_error(packed(parts)).message
        page = content(text("&b;" if "ENTITY b" in declared else "x"))
        assert page_error("", **{"Doc_0/Pages/Page_0/Content.xml": declared + page}).code == "decode_failed"

    def test_encrypted_packages(self) -> None:
        assert open_error(packed({**parts_of(text("x")), "Encryptions.xml": "<x/>"})).code == "encrypted"
        data = bytearray(packed(parts_of(text("x"))))
        for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
            at = data.find(signature)
            while at >= 0:
                data[at + flags] |= 1
                at = data.find(signature, at + 4)
        assert open_error(bytes(data)).code == "encrypted"

    def test_a_damaged_part(self) -> None:
        data = bytearray(packed(parts_of(text("一些文字" * 40))))
        at = data.index(b"Page_0/Content.xml") + 60
        data[at : at + 20] = bytes(20)
        with OfdDocument(bytes(data), Limits(), ReadOptions()) as opened:
            (found,) = opened.pages()
        assert isinstance(found, OcrError)
        assert found.code == "decode_failed"


class TestCaps:
    def test_a_part_that_inflates_without_end_is_left_early(self) -> None:
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts_of(text("x")).items():
                if "Page_0" not in name:
                    archive.writestr(name, part)
            with archive.open("Doc_0/Pages/Page_0/Content.xml", "w", force_zip64=True) as stream:
                for _ in range(40):
                    stream.write(b" " * (1 << 20))
        with OfdDocument(bomb.getvalue(), Limits(), ReadOptions()) as opened:
            (found,) = opened.pages()
        assert isinstance(found, OcrError)
        assert found.code == "file_too_large"
        assert "16 MB of a part" in found.message

    def test_all_parts_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ocrcli.inputs.ofd_package.MOST_BYTES", 1000)
        package = Package(packed({"a": b"x" * 600, "b": b"x" * 600}))
        package.read("a")
        package.read("a")  # the same part again takes no more
        with pytest.raises(OcrError) as caught:
            package.read("b")
        assert caught.value.code == "file_too_large"

    def test_the_count_of_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ocrcli.inputs.ofd_package.MOST_PARTS", 3)
        assert open_error(packed({str(i): b"" for i in range(4)})).code == "file_too_large"

    def test_objects_of_a_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ocrcli.inputs.ofd_content.MOST_OBJECTS", 50)
        assert page_error(text("x") * 60).code == "file_too_large"

    def test_composite_objects_in_a_circle_end(self) -> None:
        inside = '<ofd:CompositeObject ID="2" Boundary="0 0 9 9" ResourceID="40"/>'
        unit = (
            '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="40"><ofd:Content>'
            f"{inside}{inside}{text('圆')}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
        )
        parts = parts_of(inside, common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>")
        parts["Doc_0/Res.xml"] = resources(unit)
        (page,) = pages(parts)
        assert isinstance(page, Page)
        assert texts(page)

    def test_a_picture_inside_that_no_memory_should_be_spent_on(self) -> None:
        parts = parts_of(
            text("发票号码") + '<ofd:ImageObject ID="2" Boundary="0 0 9 9" ResourceID="30"/>',
            common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        )
        parts["Doc_0/Res.xml"] = resources(media(_30="a.png"))
        bomb = bytearray(blank_png(8, 8))
        bomb[16:24] = struct.pack(">II", 40_000, 40_000)
        bomb[29:33] = struct.pack(">I", zlib.crc32(bytes(bomb[12:29])))
        parts["Doc_0/Res/a.png"] = bytes(bomb)
        with document(parts) as opened:
            (page,) = opened.pages()
            assert isinstance(page, Page)
            assert texts(page) == ["发票号码"]
            with pytest.raises(OcrError) as caught:
                page.pixels  # noqa: B018
        assert caught.value.code == "too_many_pixels"


class TestValues:
    @pytest.mark.parametrize(
        "objects",
        [
            text("x", boundary="10 10 a b"),
            text("x", CTM="1 0 0 1 nan 0"),
            text("x", Size="inf"),
            text("xy", code='X="0" Y="4" DeltaX="g g g"'),
            text("x", Size="1e999"),
            path("M 0 0 L 5", "0 0 9 9"),
            path("M 0 0 Z", "0 0 9 9"),
            path("L 1 1 x 2", "0 0 9 9"),
            text("x", inside='<ofd:FillColor Value="#GG 0 0"/>'),
        ],
    )
    def test_what_are_no_numbers(self, objects: str) -> None:
        assert page_error(objects).code == "decode_failed"

    @pytest.mark.parametrize("box", ["0 0 0 50", "0 0 -5 50", "0 0 1e300 50"])
    def test_senseless_page_sizes(self, box: str) -> None:
        (found,) = pages(parts_of(text("x"), box=box))
        assert isinstance(found, OcrError)
        assert "no sensible size" in found.message

    @pytest.mark.parametrize(
        "objects",
        [
            text("x", boundary="1e300 1e300 5 5"),
            text("xyz", code='X="0" Y="4" DeltaX="1e300 1e300"'),
            text("x", CTM="1e200 0 0 1e200 0 0"),
            text("x", CTM="0 0 0 0 0 0"),
            text("xy", Size="0"),
            text("x", code='X="0" Y="4" DeltaX="g 1e300 5"'),
            text(""),
        ],
    )
    def test_numbers_out_of_bounds_put_nothing_on_the_page(self, objects: str) -> None:
        with document(parts_of(text("好的") + objects)) as opened:
            (page,) = opened.pages()
        assert isinstance(page, Page)
        assert "好的" in texts(page)
        for line in page.printed or ():
            assert all(-100 < x < 1000 and -100 < y < 1000 for x, y in line.quad)

    def test_arrays(self) -> None:
        assert numbers("1 -2.5 #FF") == [1.0, -2.5, 255.0]
        assert numbers(None) == []
        assert box_of("1 2 3 4") == (1, 2, 4, 6)
        assert box_of("1 2 3") is None
        assert matrix_of("1 2 3 4 5 6")((1.0, 1.0)) == (1 + 3 + 5, 2 + 4 + 6)
        assert matrix_of("") == matrix_of(None) == matrix_of("1 0 0 1 0 0")

    @given(st.text("0123456789 .-g#eMLQBAC", max_size=30), st.sampled_from(["boundary", "code", "CTM", "path"]))
    def test_any_attribute_gives_a_page_or_an_error_of_ours(self, value: str, where: str) -> None:
        if where == "path":
            objects = path(value, "0 0 9 9")
        elif where == "code":
            objects = text("字符", code=f'X="0" Y="4" DeltaX="{value}" DeltaY="{value}"')
        else:
            objects = text("字符", **{where: value})
        with document(parts_of(objects)) as opened:
            assert all(isinstance(page, Page | OcrError) for page in opened.pages())
