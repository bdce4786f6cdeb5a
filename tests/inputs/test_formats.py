from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ocrcli.inputs.formats import KNOWN_SUFFIXES, describe, format_of
from ocrcli.limits import OFD, PDF, RASTER
from tests.inputs.pictures import encoded, four_corners


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize("kind", [k for k in RASTER if k not in ("PSD", "TGA")])
def test_pictures_are_known_by_their_bytes_whatever_the_suffix(kind: str) -> None:
    data = encoded(four_corners(), kind)
    assert format_of(io.BytesIO(data)) == kind
    assert format_of(io.BytesIO(data), ".tga") == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"8BPS\0\1" + bytes(20), "PSD"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(20), "HEIF"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0heicmif1avif", "HEIF"),  # the last brand is not in the box any more
        (b"\0\0\0\x1cftypmif1\0\0\0\0heicmif1avif", "AVIF"),
        (b"\0\0\0\x18ftypavis\0\0\0\0avifmif1" + bytes(20), "AVIF"),
        (b"\xff\xff\xff\xffftypmif1", "HEIF"),
        (b"\0\0\0\x18ftypisom\0\0\0\0avifheic" + bytes(20), None),
        (b"%PDF-1.7\n", "PDF"),
        (b"junk before it\n%PDF-1.4\n", "PDF"),
        (b"II+\0" + bytes(12), "TIFF"),
        (packed("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (packed("ofd.XML"), "OFD"),
        (b"BM as in a text about BMW", None),
        (b"\n\5 text that begins with a line end", None),
        (packed("word/document.xml"), None),
        (b"PK\3\4 and then nothing", None),
        (b"", None),
    ],
)
def test_other_formats(data: bytes, kind: str | None) -> None:
    assert format_of(io.BytesIO(data)) == kind


def test_tga_goes_by_its_suffix() -> None:
    data = encoded(four_corners(), "TGA")
    assert format_of(io.BytesIO(data)) is None
    assert format_of(io.BytesIO(data), ".TGA") == "TGA"


@pytest.mark.parametrize(
    ("data", "what", "advice"),
    [
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "PostScript", "ps2pdf"),
        (b"\xc5\xd0\xd3\xc6" + bytes(30), "PostScript", "ps2pdf"),
        (b"\0\0\0\x18ftypmp42" + bytes(20), "video", "ffmpeg"),
        (b"\x1aE\xdf\xa3" + bytes(20), "video", "ffmpeg"),
        (b"RIFF\0\0\0\0AVI " + bytes(20), "video", "ffmpeg"),
        (packed("word/document.xml"), "Office", "soffice"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), "Office", "soffice"),
        (packed("a.png"), "archive", "unpack"),
        (b"\x1f\x8b\x08" + bytes(20), "archive", "unpack"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "SVG", "magick"),
        ("一段文字".encode(), "text", "picture itself"),
        (bytes(range(256)), "00 01 02", "magick"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_way_out(data: bytes, what: str, advice: str) -> None:
    named, way = describe(io.BytesIO(data))
    assert what in named
    assert advice in way


@given(st.binary(max_size=200))
def test_any_bytes_are_told_something_about(data: bytes) -> None:
    stream = io.BytesIO(data)
    assert format_of(stream, ".png") in (None, *RASTER, *PDF, *OFD)
    assert all(describe(stream))


def test_known_suffixes_hold_those_that_pillow_writes() -> None:
    Image.init()
    ours = {suffix for suffix, kind in Image.EXTENSION.items() if kind in ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP")}
    assert ours - {".jps", ".mpo"} <= KNOWN_SUFFIXES
