from __future__ import annotations

import base64
import hashlib
import io
import os
import socket
import threading
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from ocrcli.errors import OcrError, UsageError
from ocrcli.inputs.discover import Given
from ocrcli.inputs.opening import Blob, load, open_document, read_stream
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.options import ReadOptions
from ocrcli.page import Page
from tests.inputs.pictures import encoded, four_corners

ENFORCE = ReadOptions()
WARN = ReadOptions(limits="warn")
LIMITS = Limits(formats=RASTER + PDF + OFD, min_side=1)
SMALL = Limits(formats=RASTER, min_side=1, max_bytes=2000)
PNG = encoded(four_corners())


def file(path: Path, data: bytes, *, from_folder: bool = False) -> Given:
    path.write_bytes(data)
    return Given(path.name, str(path), None, path.name, from_folder)


def refusal(given: Given, limits: Limits = LIMITS, options: ReadOptions = ENFORCE) -> OcrError:
    with pytest.raises(OcrError) as caught, open_document(load(given, limits, options), limits, options) as document:
        for page in document.pages():
            if isinstance(page, OcrError):
                raise page
    return caught.value


def sizes(blob: Blob, limits: Limits = LIMITS, options: ReadOptions = ENFORCE) -> list[tuple[float, float]]:
    with open_document(blob, limits, options) as document:
        return [(page.width, page.height) for page in document.pages() if isinstance(page, Page)]


class TestLoading:
    def test_the_hash_is_that_of_the_bytes_as_given(self, tmp_path: Path) -> None:
        text = base64.b64encode(PNG)
        blob = load(file(tmp_path / "a.txt", text), LIMITS, ENFORCE)
        assert blob.data == PNG
        assert blob.sha256 == hashlib.sha256(text).hexdigest()

    def test_standard_input(self) -> None:
        assert load(Given("-", None, PNG, "stdin"), LIMITS, ENFORCE).data == PNG

    def test_a_fifo(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(PNG,))
        writer.start()
        assert load(Given("pipe", str(tmp_path / "pipe")), LIMITS, ENFORCE).data == PNG
        writer.join()

    @pytest.mark.parametrize("data", [b"", b" \n\t\n"])
    def test_nothing(self, tmp_path: Path, data: bytes) -> None:
        assert refusal(file(tmp_path / "a.png", data)).code == "empty_input"
        assert refusal(Given("-", None, data, "stdin")).code == "empty_input"

    def test_base64_of_nothing(self, tmp_path: Path) -> None:
        assert refusal(file(tmp_path / "a.png", b"data:image/png;base64,")).code == "empty_input"

    def test_what_cannot_be_opened(self, tmp_path: Path) -> None:
        assert refusal(Given("none", str(tmp_path / "none"))).code == "unreadable"
        assert refusal(Given("folder", str(tmp_path))).code == "unreadable"
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(tmp_path / "socket"))
            assert refusal(Given("socket", str(tmp_path / "socket"))).code == "unreadable"

    @pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
    def test_no_permission(self, tmp_path: Path) -> None:
        given = file(tmp_path / "a.png", PNG)
        (tmp_path / "a.png").chmod(0)
        found = refusal(given)
        assert found.code == "unreadable"
        assert "Permission denied" in found.message


class TestSize:
    def test_a_file_at_the_limit_is_read(self, tmp_path: Path) -> None:
        data = PNG + bytes(SMALL.max_bytes - len(PNG))
        assert len(load(file(tmp_path / "a.png", data), SMALL, ENFORCE).data) == 2000

    def test_a_larger_file_is_refused_by_its_size_alone(self, tmp_path: Path) -> None:
        given = file(tmp_path / "a.png", PNG)
        os.truncate(tmp_path / "a.png", 900 << 20)  # a hole: reading it would take long and much
        found = refusal(given, SMALL)
        assert found.code == "file_too_large"
        for words in ("943,718,400 bytes", "allowed: 2,000 bytes", "--limits warn"):
            assert words in found.message

    def test_warnings_instead(self, tmp_path: Path) -> None:
        given = file(tmp_path / "a.png", PNG + bytes(2000))
        blob = load(given, SMALL, WARN)
        assert [notice.code for notice in blob.notices] == ["over_limit"]
        with open_document(blob, SMALL, WARN) as document:
            assert document.notices == blob.notices

    def test_a_gigabyte_is_never_read(self, tmp_path: Path) -> None:
        given = file(tmp_path / "a.png", PNG)
        os.truncate(tmp_path / "a.png", (1 << 30) + 1)
        assert refusal(given, SMALL, WARN).code == "file_too_large"

    def test_an_endless_device_is_left_after_one_byte_too_many(self) -> None:
        assert refusal(Given("zero", "/dev/zero"), SMALL).code == "file_too_large"

    def test_standard_input_too(self) -> None:
        assert refusal(Given("-", None, PNG + bytes(2000), "stdin"), SMALL).code == "file_too_large"

    def test_for_base64_the_limit_holds_for_the_bytes_it_stands_for(self, tmp_path: Path) -> None:
        fits = PNG + bytes(SMALL.max_bytes - len(PNG))
        text = b"\r\n".join(base64.b64encode(fits)[i : i + 20] for i in range(0, 2668, 20))
        assert len(text) > SMALL.max_bytes
        assert load(file(tmp_path / "a.b64", text), SMALL, ENFORCE).data == fits
        too_much = base64.b64encode(fits + b"x")
        assert refusal(file(tmp_path / "b.b64", too_much), SMALL).code == "file_too_large"
        assert refusal(file(tmp_path / "c.b64", base64.b64encode(bytes(9000))), SMALL).code == "file_too_large"
        assert refusal(Given("-", None, too_much, "stdin"), SMALL).code == "file_too_large"


class TestBase64:
    def test_a_named_file_is_decoded_whatever_its_suffix(self, tmp_path: Path) -> None:
        blob = load(file(tmp_path / "a.png", base64.urlsafe_b64encode(PNG)), LIMITS, ENFORCE)
        assert sizes(blob) == [(40, 24)]

    def test_in_a_folder_only_its_own_suffixes_are(self, tmp_path: Path) -> None:
        text = base64.b64encode(PNG)
        assert sizes(load(file(tmp_path / "a.base64", text, from_folder=True), LIMITS, ENFORCE)) == [(40, 24)]
        assert refusal(file(tmp_path / "a.png", text, from_folder=True)).code == "format_not_supported"

    def test_broken_text_with_the_suffix(self, tmp_path: Path) -> None:
        assert refusal(file(tmp_path / "a.b64", b"not base64 at all!")).code == "base64_invalid"

    def test_sound_text_of_something_else(self, tmp_path: Path) -> None:
        assert refusal(file(tmp_path / "a.b64", base64.b64encode(b"just words"))).code == "format_not_supported"

    def test_tga_goes_by_the_suffix_before(self, tmp_path: Path) -> None:
        text = base64.b64encode(encoded(four_corners(), "TGA"))
        assert sizes(load(file(tmp_path / "a.tga.b64", text), LIMITS, ENFORCE)) == [(40, 24)]


class TestFormat:
    @pytest.mark.parametrize("kind", [k for k in RASTER if k not in ("PSD", "ICO", "TGA")])
    def test_the_name_says_nothing(self, tmp_path: Path, kind: str) -> None:
        blob = load(file(tmp_path / "a.pdf", encoded(four_corners(), kind)), LIMITS, ENFORCE)
        assert sizes(blob) == [(40, 24)]

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"only words\n", "text"),
            (b"%!PS-Adobe-3.0 EPSF-3.0\n", "ps2pdf"),
            (b"\0\0\0\x20ftypisom" + bytes(40), "ffmpeg"),
            (b"PK\3\4" + bytes(40), "archive"),
        ],
    )
    def test_what_is_no_picture_is_named_with_what_is_taken(self, tmp_path: Path, data: bytes, says: str) -> None:
        found = refusal(file(tmp_path / "a.png", data))
        assert found.code == "format_not_supported"
        assert says in found.message
        assert "PNG, JPEG" in found.message
        assert refusal(file(tmp_path / "a.png", data), options=WARN).code == "format_not_supported"

    def test_a_format_the_service_does_not_take(self, tmp_path: Path) -> None:
        cards = Limits(formats=("PNG", "JPEG"), min_side=1)
        given = file(tmp_path / "a.webp", encoded(four_corners(), "WEBP"))
        found = refusal(given, cards)
        assert found.code == "format_not_supported"
        assert "this is WEBP" in found.message
        with open_document(load(given, cards, WARN), cards, WARN) as document:
            assert [notice.code for notice in document.notices] == ["over_limit"]
            assert len(list(document.pages())) == 1

    def test_a_bad_page_spec_is_a_usage_error(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError):
            open_document(load(file(tmp_path / "a.png", PNG), LIMITS, ENFORCE), LIMITS, ReadOptions(pages="x"))

    def test_a_page_that_a_picture_does_not_have(self, tmp_path: Path) -> None:
        found = refusal(file(tmp_path / "a.png", PNG), options=ReadOptions(pages="2"))
        assert (found.code, found.page) == ("page_out_of_range", 2)
        assert "page 2" in found.message
        assert "has 1 page" in found.message


class Pipe(io.RawIOBase):
    """A stream that gives a little at a time, and knows how much was taken."""

    def __init__(self, size: int) -> None:
        self.left, self.taken = size, 0
        self._read_end, self._write_end = os.pipe()

    def read(self, size: int = -1) -> bytes:
        piece = bytes(min(size, 1000, self.left))
        self.left -= len(piece)
        self.taken += len(piece)
        return piece

    def fileno(self) -> int:
        return self._read_end


def test_a_stream_is_taken_up_to_the_service_s_limit() -> None:
    limits = Limits(max_bytes=50_000)
    given = Given("-", None, None, "stdin")
    assert len(read_stream(cast(BinaryIO, Pipe(50_000)), given, limits, "enforce")) == 50_000
    endless = Pipe(10**12)
    with pytest.raises(OcrError) as caught:
        read_stream(cast(BinaryIO, endless), given, limits, "enforce")
    assert caught.value.code == "file_too_large"
    assert endless.taken == 50_001
    assert len(read_stream(cast(BinaryIO, Pipe(60_000)), given, limits, "warn")) == 60_000
