"""What a service accepts: formats, sides, bytes, pixels. Plain declarations, checked by `inputs`."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20
# 10 MB of base64 text, as Huawei measures it, is this many bytes of file (contract, "limits").
TEN_MB_OF_BASE64 = 10 * MEGABYTE * 3 // 4

RASTER = ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "PCX", "ICO", "PSD", "TGA", "HEIF", "AVIF")
PDF = ("PDF",)
OFD = ("OFD",)


@dataclass(frozen=True)
class Limits:
    """What a service accepts. Sides in px, inclusive, for pictures only; bytes of the file."""

    formats: tuple[str, ...] = RASTER
    min_side: int = 15
    max_side: int = 8192
    max_bytes: int = TEN_MB_OF_BASE64
    max_pixels: int = 160_000_000
    # Known only after reading; warnings (contract, "the other limits").
    min_area_percent: float | None = None
    max_aspect: float | None = 5.0  # Huawei's advice for all services
    max_characters: int | None = None
