"""Pictures of every colour mode become the same three planes."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.inputs.opened import only_page
from tests.inputs.pictures import bgr, encoded, four_corners, rgba


class TestColourModes:
    @pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
    def test_png_modes_agree_with_pillow(self, mode: str) -> None:
        image = four_corners().convert(mode)
        assert np.array_equal(only_page(encoded(image), "PNG").pixels, bgr(image.convert("RGBA").convert("RGB")))

    def test_transparent_is_white(self) -> None:
        pixels = only_page(encoded(rgba()), "PNG").pixels
        assert (pixels[0, 0] == (0, 0, 255)).all()
        assert (pixels[0, 15] == 255).all()

    def test_half_transparent_black_is_grey(self) -> None:
        assert only_page(encoded(rgba(128)), "PNG").pixels[0, 15].tolist() == [127, 127, 127]

    def test_a_transparent_palette_entry_and_grey_level_are_white(self) -> None:
        palette = Image.new("P", (4, 4), 0)
        palette.putpalette([0, 0, 0, 0, 0, 255])
        palette.putpixel((3, 3), 1)
        pixels = only_page(encoded(palette, transparency=0), "PNG").pixels
        assert pixels[0, 0].tolist() == [255, 255, 255]
        assert pixels[3, 3].tolist() == [255, 0, 0]
        grey = Image.new("L", (4, 4), 7)
        grey.putpixel((0, 0), 90)
        pixels = only_page(encoded(grey, transparency=7), "PNG").pixels
        assert pixels[1, 1].tolist() == [255, 255, 255]
        assert pixels[0, 0].tolist() == [90, 90, 90]

    def test_light_ink_on_nothing_is_laid_on_black(self) -> None:
        image = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
        image.paste((255, 255, 255, 255), (5, 5, 35, 15))
        assert only_page(encoded(image), "PNG").pixels[[0, 10], [0, 20]].tolist() == [[0, 0, 0], [255, 255, 255]]
        image.paste((20, 20, 120, 255), (5, 5, 35, 15))
        assert only_page(encoded(image), "PNG").pixels[[0, 10], [0, 20]].tolist() == [[255, 255, 255], [120, 20, 20]]

    def test_a_white_label_with_a_transparent_rim_stays_on_white(self) -> None:
        image = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
        image.paste((255, 255, 255, 255), (2, 2, 38, 18))
        assert only_page(encoded(image), "PNG").pixels.min() == 255

    def test_transparent_gif(self) -> None:
        data = encoded(rgba(), "GIF")
        assert only_page(data, "GIF").pixels[0, 15].tolist() == [255, 255, 255]

    def test_sixteen_bits_are_scaled_to_eight(self) -> None:
        ramp = np.linspace(0, 65535, 256).round().astype(np.uint16).reshape(16, 16)
        for kind in ("PNG", "TIFF"):
            pixels = only_page(encoded(Image.fromarray(ramp), kind), kind).pixels
            assert np.abs(pixels[..., 0].astype(int) - (ramp / 257).round()).max() <= 1
            assert (pixels[..., 0] == pixels[..., 2]).all()

    def test_sixteen_bit_ink_is_turned_to_light(self) -> None:
        image = Image.fromarray(np.full((4, 4), 60_000, np.uint16))
        data = encoded(image, "TIFF", tiffinfo={262: 0})
        assert only_page(data, "TIFF").pixels.max() < 30

    def test_twelve_bits_fill_the_range(self) -> None:
        # Two pixels of 12 bits: full and none; Pillow reads them as numbers up to 4,095.
        entries = [(256, 3, 2), (257, 3, 1), (258, 3, 12), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1)]
        entries += [(278, 3, 1), (279, 4, 3)]
        head = b"II*\0" + struct.pack("<I", 12) + b"\xff\xf0\x00\0"
        directory = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
        pixels = only_page(head + struct.pack("<H", len(entries)) + directory + bytes(4), "TIFF").pixels
        assert pixels[0, :, 0].tolist() == [255, 0]

    @pytest.mark.parametrize(("kind", "factor"), [(np.int32, 5), (np.float32, 0.25)])
    def test_unbounded_grey_goes_from_its_darkest_to_its_lightest(self, kind: type, factor: float) -> None:
        values: NDArray[Any] = (np.array([[0, 1], [2, 4]]) * factor).astype(kind)
        pixels = only_page(encoded(Image.fromarray(values), "TIFF"), "TIFF").pixels
        assert pixels[0, 0, 0] == 0
        assert pixels[1, 1, 0] == 255
        assert 60 <= pixels[0, 1, 0] <= 65

    def test_flat_unbounded_grey_does_not_divide_by_nothing(self) -> None:
        assert only_page(encoded(Image.fromarray(np.zeros((3, 3), np.float32)), "TIFF"), "TIFF").pixels.max() == 0

    @pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
    def test_cmyk(self, kind: str) -> None:
        image = Image.new("CMYK", (16, 16), (0, 0, 0, 0))
        image.paste((0, 255, 255, 0), (0, 0, 8, 16))  # red
        pixels = only_page(encoded(image, kind, **({"quality": 95} if kind == "JPEG" else {})), kind).pixels
        assert np.abs(pixels[8, 2].astype(int) - (0, 0, 255)).max() < 16
        assert pixels[8, 14].min() > 240

    def test_cmyk_jpeg_without_adobes_marker_stores_ink_as_ink(self) -> None:
        # Pillow writes Adobe's inverted kind: without the marker the same numbers mean the opposite.
        data = encoded(Image.new("CMYK", (16, 16), (255, 255, 255, 255)), "JPEG", quality=95)
        start = data.index(b"\xff\xee")
        length = int.from_bytes(data[start + 2 : start + 4])
        plain = data[:start] + data[start + 2 + length :]
        assert only_page(data, "JPEG").pixels.max() < 16
        assert only_page(plain, "JPEG").pixels.min() > 240

    @pytest.mark.parametrize(("mode", "white"), [("YCbCr", (255, 128, 128)), ("LAB", (255, 128, 128))])
    def test_other_colour_spaces(self, mode: str, white: tuple[int, int, int]) -> None:
        assert only_page(encoded(Image.new(mode, (8, 8), white), "TIFF"), "TIFF").pixels.min() > 250
