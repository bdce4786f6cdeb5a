from __future__ import annotations

import base64
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.errors import OcrError
from ocrcli.inputs.base64_text import decode, is_base64
from tests.inputs.pictures import encoded, four_corners

PNG = encoded(four_corners())
ORDINARY = base64.b64encode(PNG)
URL_SAFE = base64.urlsafe_b64encode(PNG)


@pytest.mark.parametrize(
    "text",
    [
        ORDINARY,
        URL_SAFE,
        ORDINARY.rstrip(b"="),
        b"data:image/png;base64," + ORDINARY,
        b"data:image/png;charset=x;base64," + URL_SAFE.rstrip(b"="),
        b"\xef\xbb\xbf" + ORDINARY,
        b"\r\n  " + "\r\n".join(textwrap.wrap(ORDINARY.decode(), 64)).encode() + b"\r\n",
        b"data:image/png;base64,\n" + "\n".join(textwrap.wrap(ORDINARY.decode(), 76)).encode(),
    ],
)
def test_all_spellings_are_known_and_decoded(text: bytes) -> None:
    assert is_base64(text[:4096], "")
    assert decode(text) == PNG


@pytest.mark.parametrize("data", [PNG, b"plain words", b"YWJj", b"", b"Sehr geehrte Damen und Herren"])
def test_other_bytes_are_no_base64_unless_the_suffix_says_so(data: bytes) -> None:
    assert not is_base64(data, ".png")
    assert is_base64(data, ".b64")


@pytest.mark.parametrize("kind", ["JPEG", "BMP", "GIF", "TIFF", "WEBP", "PCX", "ICO"])
def test_every_format_with_a_signature_is_known_as_base64(kind: str) -> None:
    assert is_base64(base64.b64encode(encoded(four_corners(), kind))[:4096], "")


def test_pdf_and_ofd_are_known_as_base64() -> None:
    assert is_base64(base64.b64encode(b"%PDF-1.7\n" + bytes(100)), "")
    assert is_base64(base64.b64encode(b"PK\3\4" + bytes(100)), "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ORDINARY[:40] + b"!" + ORDINARY[40:], "character 41"),
        (ORDINARY[:41], "breaks off"),
        (ORDINARY[:20] + b"=" + ORDINARY[20:], "character 21"),
        (b"data:image/png," + ORDINARY, ";base64"),
    ],
)
def test_broken_text_is_refused_with_the_place(text: bytes, says: str) -> None:
    with pytest.raises(OcrError, match=says) as caught:
        decode(text)
    assert caught.value.code == "base64_invalid"


@given(st.binary(min_size=1, max_size=300), st.booleans(), st.booleans(), st.integers(1, 80))
def test_whatever_is_encoded_comes_back(data: bytes, url_safe: bool, padded: bool, width: int) -> None:
    text = (base64.urlsafe_b64encode if url_safe else base64.b64encode)(data)
    text = text if padded else text.rstrip(b"=")
    assert decode(b"\n".join(text[i : i + width] for i in range(0, len(text), width))) == data
