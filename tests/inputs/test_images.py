from __future__ import annotations

import io
import struct
import sys
import tracemalloc
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile, ImageOps

from ocrcli.errors import OcrError
from ocrcli.inputs.images import PictureDocument, to_bgr
from ocrcli.limits import RASTER, Limits
from ocrcli.options import ReadOptions
from ocrcli.page import Page
from tests.inputs.opened import document, error, only_page, pages
from tests.inputs.pictures import bgr, blank_png, chunk, encoded, four_corners, rgba


@pytest.mark.parametrize(("compression", "name"), [(50001, "WEBP"), (34712, "JPEG 2000")])
def test_a_tiff_of_unusual_compression_is_not_called_damaged(
    compression: int, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    data = encoded(four_corners(), "TIFF", compression="tiff_lzw")
    tag = struct.pack("<HHI", 259, 3, 1)
    assert data.count(tag + struct.pack("<H", 5)) == 1
    found = error(data.replace(tag + struct.pack("<H", 5), tag + struct.pack("<H", compression)), "TIFF")
    assert found.code == "format_not_supported"
    assert f"compressed with {name}" in found.message
    assert capfd.readouterr().err == ""


class TestFormats:
    @pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "PCX", "TGA", "ICO"])
    def test_lossless_formats_keep_every_pixel(self, kind: str) -> None:
        picture = four_corners(40, 40)
        page = only_page(encoded(picture, kind, **({"sizes": [(40, 40)]} if kind == "ICO" else {})), kind)
        assert (page.width, page.height, page.unit, page.number, page.count, page.scale) == (40, 40, "px", 1, 1, 1.0)
        assert np.array_equal(page.pixels, bgr(picture))
        assert page.pixels.dtype == np.uint8
        assert page.pixels.flags.c_contiguous

    @pytest.mark.parametrize(("kind", "options"), [("JPEG", {"quality": 95}), ("WEBP", {"quality": 95}), ("GIF", {})])
    def test_lossy_formats_come_close(self, kind: str, options: dict[str, int]) -> None:
        picture = four_corners(64, 48)
        page = only_page(encoded(picture, kind, **options), kind)
        assert np.abs(page.pixels.astype(int) - bgr(picture)).mean() < 12

    def test_psd(self) -> None:
        planes = np.moveaxis(np.asarray(four_corners(8, 6)), 2, 0)
        data = b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 6, 8, 8, 3) + bytes(12) + b"\0\0" + planes.tobytes()
        assert np.array_equal(only_page(data, "PSD").pixels, bgr(four_corners(8, 6)))

    def test_an_icon_is_read_at_its_largest(self) -> None:
        page = only_page(encoded(four_corners(64, 64), "ICO", sizes=[(16, 16), (64, 64), (32, 32)]), "ICO")
        assert (page.width, page.height) == (64, 64)

    def test_bytes_are_opened_as_the_format_they_were_told_to_be_and_no_other(self) -> None:
        for kind in RASTER:
            if kind == "HEIF":
                pytest.importorskip("pillow_heif")
            if kind not in ("PNG", "TGA"):  # TGA has no signature to fail by
                assert error(encoded(four_corners()), kind).code == "decode_failed"


class TestTurns:
    @pytest.mark.parametrize("orientation", range(1, 9))
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
    def test_exif_turns_as_pillow_does(self, orientation: int, kind: str) -> None:
        exif = Image.Exif()
        exif[0x0112] = orientation
        lossless = {"lossless": True} if kind == "WEBP" else {"quality": 95} if kind == "JPEG" else {}
        data = encoded(four_corners(), kind, exif=exif, **lossless)
        page = only_page(data, kind)
        with Image.open(io.BytesIO(data)) as image:
            upright = bgr(ImageOps.exif_transpose(image))
        assert np.array_equal(page.pixels, upright)
        assert (page.width, page.height) == (upright.shape[1], upright.shape[0])
        assert page.pixels.flags.c_contiguous

    @pytest.mark.parametrize("orientation", [0, 9, 300])
    def test_senseless_orientations_turn_nothing(self, orientation: int) -> None:
        exif = Image.Exif()
        exif[0x0112] = orientation
        assert only_page(encoded(four_corners(), "PNG", exif=exif), "PNG").width == 40

    def test_broken_metadata_do_not_spoil_the_picture(self) -> None:
        data = encoded(four_corners())
        end = data.index(b"IDAT") - 4
        assert only_page(data[:end] + chunk(b"eXIf", b"II*\0\xff\xff\xff\xff") + data[end:], "PNG").width == 40

    @given(
        st.integers(1, 50),
        st.integers(1, 50),
        st.sampled_from(["1", "L", "P", "RGB", "RGBA", "CMYK", "LA"]),
        st.integers(1, 8),
    )
    def test_strips_make_the_whole(self, width: int, height: int, mode: str, orientation: int) -> None:
        noise = np.random.default_rng(width * height).integers(0, 256, (height, width, 3), np.uint8)
        image = Image.fromarray(noise).convert(mode)
        image.getexif()[0x0112] = orientation
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("ocrcli.inputs.images._STRIP", 64)
            pixels = to_bgr(image)
        plain = image.convert("RGB") if mode not in ("RGBA", "LA") else image.convert("RGBA").convert("RGB")
        plain.getexif()[0x0112] = orientation
        assert np.array_equal(pixels, bgr(ImageOps.exif_transpose(plain)))


def animation(kind: str, frames: int) -> bytes:
    shades = [Image.new("RGB", (20, 20), (i * 40 % 256, 255 - i * 40 % 256, 0)) for i in range(frames)]
    return encoded(shades[0], kind, save_all=True, append_images=shades[1:], duration=20)


class TestFrames:
    @pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
    def test_an_animation_is_its_first_frame_with_a_warning(self, kind: str) -> None:
        with document(animation(kind, 3), kind) as opened:
            assert opened.count == 1
            assert [notice.code for notice in opened.notices] == ["more_pages"]
            (page,) = opened.pages()
        assert isinstance(page, Page)
        assert np.abs(page.pixels[10, 10].astype(int) - (0, 255, 0)).max() < 8

    def test_five_hundred_frames_are_not_decoded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        data = animation("GIF", 500)
        decoded: list[int] = []
        load = ImageFile.ImageFile.load

        def counted(self: ImageFile.ImageFile) -> Any:
            decoded.append(self.tell())
            return load(self)

        monkeypatch.setattr(ImageFile.ImageFile, "load", counted)
        only_page(data, "GIF")
        assert set(decoded) <= {0}

    def test_a_still_picture_has_no_warning(self) -> None:
        for kind in ("GIF", "WEBP", "PNG"):
            with document(encoded(four_corners(), kind), kind) as opened:
                assert opened.notices == ()

    def test_all_pages_of_a_tiff(self) -> None:
        sheets = [Image.new("L", (20 + i, 30), i * 50) for i in range(4)]
        data = encoded(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
        found = pages(data, "TIFF")
        assert [(p.number, p.count, p.width, p.pixels[0, 0, 0]) for p in found if isinstance(p, Page)] == [
            (i + 1, 4, 20 + i, i * 50) for i in range(4)
        ]

    def test_chosen_pages_of_a_tiff_and_one_too_many(self) -> None:
        sheets = [Image.new("L", (20, 20), i) for i in range(4)]
        data = encoded(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
        with document(data, "TIFF", pages="2,4-6") as opened:
            assert "2 of 4 pages" in opened.notices[0].message
            second, fourth, missing = opened.pages()
        assert isinstance(second, Page)
        assert isinstance(fourth, Page)
        assert (second.number, fourth.number, fourth.pixels[0, 0, 0]) == (2, 4, 3)
        assert isinstance(missing, OcrError)
        assert (missing.code, missing.page) == ("page_out_of_range", 5)
        assert "the input has 4 pages" in missing.message

    def test_a_bad_page_of_a_tiff_leaves_the_others(self) -> None:
        sheets = [Image.new("L", (200, 200), i) for i in range(3)]
        data = bytearray(encoded(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="tiff_lzw"))
        with Image.open(io.BytesIO(data)) as image:
            image.seek(1)
            offset, length = image.tag_v2[273][0], image.tag_v2[279][0]  # type: ignore[attr-defined]
        data[offset : offset + length] = b"\xff" * length
        first, second, third = pages(bytes(data), "TIFF")
        assert isinstance(first, Page)
        assert isinstance(third, Page)
        assert isinstance(second, OcrError)
        assert (second.code, second.page) == ("decode_failed", 2)

    def test_a_tiff_of_too_many_pages_is_refused_before_they_are_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ocrcli.inputs.images.MOST_PAGES", 3)
        monkeypatch.setattr("ocrcli.inputs.document.MOST_PAGES", 3)
        sheets = [Image.new("L", (20, 20), i) for i in range(6)]
        data = encoded(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
        with pytest.raises(OcrError, match="--pages") as caught:
            document(data, "TIFF")
        assert caught.value.code == "file_too_large"


class TestPhones:
    """HEIF and AVIF, as phones make them."""

    @pytest.mark.parametrize("kind", ["HEIF", "AVIF"])
    @pytest.mark.parametrize("turn", [1, 3, 6, 8])
    def test_a_photo_stands_upright(self, kind: str, turn: int) -> None:
        exif = Image.Exif()
        exif[0x0112] = turn
        stored = four_corners(120, 80)
        data = encoded(stored, kind, quality=95, exif=exif.tobytes())
        stored.getexif()[0x0112] = turn
        upright = bgr(ImageOps.exif_transpose(stored)).astype(int)
        pixels = only_page(data, kind).pixels
        assert pixels.shape == upright.shape
        assert np.mean(np.abs(pixels - upright)) < 6

    @pytest.mark.parametrize("kind", ["HEIF", "AVIF"])
    def test_what_is_see_through_is_white(self, kind: str) -> None:
        pixels = only_page(encoded(rgba(), kind, quality=95), kind).pixels
        assert pixels[10, 17].min() > 240
        assert pixels[10, 3, 2] > 200 > 80 > pixels[10, 3, 0]

    def test_of_several_pictures_the_main_one_is_read(self) -> None:
        heif = pytest.importorskip("pillow_heif")
        several = heif.from_pillow(Image.new("RGB", (64, 48), "white"))
        several.add_from_pillow(Image.new("RGB", (80, 60), "black"))
        out = io.BytesIO()
        several.save(out, primary_index=1)
        with document(out.getvalue(), "HEIF") as opened:
            (page,) = opened.pages()
            assert isinstance(page, Page)
            assert (page.width, page.height) == (80, 60)
            assert [notice.code for notice in opened.notices] == ["more_pages"]

    def test_without_the_decoder_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pillow_heif", None)
        found = error(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIF")
        assert found.code == "model_missing"
        assert "ocrcli[heif]" in found.message

    def test_pillow_itself_is_left_without(self) -> None:
        only_page(encoded(four_corners(), "HEIF"), "HEIF")
        assert "HEIF" not in Image.OPEN


class TestBadPictures:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "PCX", "TGA", "AVIF", "HEIF"])
    @pytest.mark.parametrize("part", [0.5, 0.9])
    def test_a_picture_cut_off_is_never_half_a_page(self, kind: str, part: float) -> None:
        noise = np.random.default_rng(1).integers(0, 256, (120, 160, 3), np.uint8)
        data = encoded(Image.fromarray(noise), kind)
        assert error(data[: int(len(data) * part)], kind).code == "decode_failed"

    def test_a_header_alone(self) -> None:
        assert error(b"\x89PNG\r\n\x1a\n", "PNG").code == "decode_failed"

    def test_messages_do_not_depend_on_the_run(self) -> None:
        assert "0x" not in error(b"\x89PNG\r\n\x1a\nxxxx", "PNG").message

    def test_forty_thousand_square_is_refused_by_its_header(self) -> None:
        header = struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
        data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
        assert error(data, "PNG").code == "too_many_pixels"
        assert error(data, "PNG", Limits(max_side=50_000, max_pixels=10**10)).code == "too_many_pixels"

    def test_between_our_limit_and_pillows_ours_rules(self) -> None:
        found = error(blank_png(13_000, 13_000), "PNG")
        assert found.code == "too_many_pixels"
        assert "13,000 × 13,000" in found.message

    @pytest.mark.parametrize(
        ("size", "code"),
        [((1, 1), "side_too_short"), ((14, 300), "side_too_short"), ((30_001, 20), "side_too_long")],
    )
    def test_sides(self, size: tuple[int, int], code: str) -> None:
        limits = Limits(min_side=15, max_side=30_000)
        data = blank_png(*size)
        found = error(data, "PNG", limits)
        assert (found.code, found.page) == (code, 1)
        page = only_page(data, "PNG", limits, limits="warn")
        assert [notice.code for notice in page.notices] == ["over_limit"]
        assert (page.width, page.height) == size

    def test_what_pillow_logs_is_not_heard(self, capfd: pytest.CaptureFixture[str]) -> None:
        data = bytearray(encoded(four_corners(), "TIFF"))
        at = data.index(struct.pack("<HH", 277, 3))
        data[at + 8 : at + 12] = struct.pack("<I", 771)  # samples a pixel
        assert error(bytes(data), "TIFF").code == "decode_failed"
        assert capfd.readouterr() == ("", "")

    def test_sides_are_checked_before_decoding(self) -> None:
        data = blank_png(20_000, 20)
        assert error(data[: len(data) // 2], "PNG", Limits(max_side=8192)).code == "side_too_long"

    def test_an_icon_may_hold_more_than_its_header_says(self) -> None:
        inside = blank_png(9000, 16)
        data = struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(inside), 22) + inside
        assert error(data, "ICO", Limits()).code == "side_too_long"

    def test_large_pictures_make_no_noise(
        self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)  # Pillow warns from here on, and refuses twice as much
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for kind in ("PNG", "TIFF", "GIF", "WEBP"):
                only_page(encoded(four_corners(40, 40), kind), kind)
        assert capfd.readouterr() == ("", "")

    @given(st.sampled_from(["PNG", "JPEG", "GIF", "TIFF", "BMP", "PCX", "WEBP", "ICO"]), st.data())
    def test_flipped_bytes_give_a_page_or_an_error_of_ours(self, kind: str, data: st.DataObject) -> None:
        good = encoded(four_corners(32, 32), kind)
        bad = bytearray(good)
        for _ in range(data.draw(st.integers(1, 6))):
            bad[data.draw(st.integers(0, len(bad) - 1))] = data.draw(st.integers(0, 255))
        try:
            found = pages(bytes(bad), kind, Limits(min_side=1, max_pixels=1_000_000))
        except OcrError:
            return
        assert all(isinstance(page, Page | OcrError) for page in found)


def test_pillows_settings_are_left_alone() -> None:
    before = (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)
    only_page(encoded(four_corners()), "PNG")
    error(encoded(four_corners())[:60], "PNG")
    assert before == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)
    assert not ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize("make", [lambda: Image.new("RGB", (2000, 1500)), lambda: Image.new("P", (2000, 1500))])
def test_memory_holds_the_pixels_once(make: Callable[[], Image.Image]) -> None:
    data = encoded(make(), exif=_turned())
    tracemalloc.start()
    page = only_page(data, "PNG")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # Pillow's own copy is not traced: what is left is ours, and a strip.
    assert page.pixels.nbytes == 2000 * 1500 * 3
    assert peak < 1.9 * 2000 * 1500 * 3


def _turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


@pytest.mark.parametrize(
    ("form", "mode", "options", "plain"),
    [
        ("PNG", "RGB", {}, True),
        ("JPEG", "RGB", {}, True),
        ("JPEG", "RGB", {"progressive": True}, False),
        ("WEBP", "RGB", {}, False),
        ("AVIF", "RGB", {}, False),
        ("HEIF", "RGB", {}, False),
        ("TIFF", "RGB", {}, True),
        ("TIFF", "1", {"compression": "group4"}, True),
    ],
)
def test_what_a_decoder_takes_counts_in_pixels(form: str, mode: str, options: dict[str, Any], plain: bool) -> None:
    """A picture just under the limit is read where its decoder takes no more than is usual."""
    data = encoded(Image.new(mode, (100, 100)), form, **options)
    limits = Limits(max_pixels=10_000)
    with PictureDocument(data, form, limits, ReadOptions()) as document:
        [page] = document.pages()
    assert isinstance(page, Page) == plain
    if isinstance(page, OcrError):
        assert page.code == "too_many_pixels"
