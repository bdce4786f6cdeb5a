"""Pictures for tests, as bytes."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """The image in a file format; HEIF only where its encoder is installed, else the test is skipped."""
    out = io.BytesIO()
    if kind == "HEIF":
        heif = pytest.importorskip("pillow_heif")
        heif.from_pillow(image).save(out, **options)
        return out.getvalue()
    image.save(out, kind, **options)
    return out.getvalue()


def four_corners(width: int = 40, height: int = 24) -> Image.Image:
    """Red, green, blue and black quarters on white edges: any turn or mix-up of channels shows."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    middle_y, middle_x = height // 2, width // 2
    pixels[2:middle_y, 2:middle_x] = (255, 0, 0)
    pixels[2:middle_y, middle_x : width - 2] = (0, 255, 0)
    pixels[middle_y : height - 2, 2:middle_x] = (0, 0, 255)
    pixels[middle_y : height - 2, middle_x : width - 2] = 0
    return Image.fromarray(pixels)


def bgr(image: Image.Image) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """An RGB image as our pixels."""
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[..., ::-1])


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG file."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def blank_png(width: int, height: int) -> bytes:
    """A white one-bit PNG of any size, without having it in memory."""
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def rgba(alpha: int = 0) -> Image.Image:
    image = Image.new("RGBA", (20, 20), (0, 0, 0, alpha))
    image.paste((255, 0, 0, 255), (0, 0, 10, 20))
    return image
