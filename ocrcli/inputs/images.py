"""Pictures → Pages through Pillow: every colour mode becomes H × W × 3 BGR, upright as EXIF says, alpha on white, or on
black where all that is drawn is light.

Strips are converted one after another into the page's own array, in its final turn, so that a large picture is in
memory once as Pillow decoded it and once as pixels, and never more.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import ExifTags, Image, ImageChops, TiffImagePlugin, UnidentifiedImageError

from ocrcli.errors import OcrError
from ocrcli.inputs.document import Document
from ocrcli.inputs.limits import MOST_PAGES, check_pixels, check_sides
from ocrcli.limits import RASTER, Limits
from ocrcli.options import ReadOptions
from ocrcli.page import Notice, Page
from ocrcli.safe_text import quoted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ocrcli.page import Pixels

_STRIP = 1 << 20  # pixels converted at a time
_PLAIN = 10.0  # bytes a pixel that are let pass: colour, decoded from strips as large as the picture
_TILE_LENGTH = 323  # TIFF 6.0, section 15
_SILENCE = logging.NullHandler()
_MOST_DRAWN = 0.5  # of a picture whose transparent part is its ground
_LIGHT = 0.75  # of white, from which ink is lost on white paper
# Compressions of TIFF that Pillow's libtiff is built without (TIFF's registry of private tags).
_UNUSUAL = {33003: "JPEG 2000", 33005: "JPEG 2000", 34712: "JPEG 2000", 34661: "JBIG", 34887: "LERC", 50001: "WEBP"} | {
    34676: "SGI LogLuv",
    34677: "SGI LogLuv",
    34892: "lossy JPEG",
    50000: "ZSTD",
    50002: "JPEG XL",
    52546: "JPEG XL",
}
for _code, _name in _UNUSUAL.items():  # Pillow opens no TIFF whose compression it has no name for
    TiffImagePlugin.COMPRESSION_INFO.setdefault(_code, _name)
_PILLOWS = tuple(kind for kind in RASTER if kind != "HEIF")
_COMPRESSION = 259  # TIFF 6.0, section 8
_ANIMATED = ("GIF", "WEBP", "PNG", "AVIF", "HEIF")
# What decoders hold beside Pillow's picture, bytes a pixel: for WEBP libwebp's canvas and the one before it; for AVIF
# and HEIF the planes, 16 bits each, and the picture made of them; for all the bytes that Pillow takes over.
_DECODERS = {"WEBP": 12, "AVIF": 14, "HEIF": 10}

# The array that will hold the upright picture, seen as the stored one lies: EXIF orientation 1 to 8 (Exif 2.32, 4.6.4).
_AS_STORED: dict[int, Callable[[Pixels], Pixels]] = {
    1: lambda upright: upright,
    2: lambda upright: upright[:, ::-1],
    3: lambda upright: upright[::-1, ::-1],
    4: lambda upright: upright[::-1],
    5: lambda upright: upright.swapaxes(0, 1),
    6: lambda upright: upright.swapaxes(0, 1)[::-1],
    7: lambda upright: upright.swapaxes(0, 1)[::-1, ::-1],
    8: lambda upright: upright.swapaxes(0, 1)[:, ::-1],
}


class PictureDocument(Document):
    """A picture: all pages of a TIFF, the first frame of an animation, the largest size of an icon."""

    def __init__(
        self, data: bytes, kind: str, limits: Limits, options: ReadOptions, notices: tuple[Notice, ...] = ()
    ) -> None:
        """Raises OcrError: decode_failed, too_many_pixels, model_missing (HEIF without its decoder)."""
        self._data = data
        self._kind = kind
        self._limits = limits
        self._mode = options.limits
        with _decoding(), self._open() as image:
            count = _tiff_pages(image) if kind == "TIFF" else 1
            animated = kind in _ANIMATED and getattr(image, "is_animated", False)
        if animated:
            said = "this is an animation: only its first frame is read"
            if kind == "HEIF":
                said = "it holds several pictures: only the main one is read"
            notices += (Notice("more_pages", said),)
        super().__init__(count, options, notices)

    def close(self) -> None:
        """Nothing is held but the bytes."""

    def _open(self) -> Image.Image:
        if self._kind == "HEIF":
            return _open_heif(self._data)
        return Image.open(BytesIO(self._data), formats=(self._kind,))

    def _page(self, number: int) -> Page:
        with _decoding(), self._open() as image:
            if self.count > 1:
                image.seek(number - 1)
            self._check(image)
            _load(image)
            notices = self._check(image)  # again: an icon's header may be wrong about the picture inside
            pixels = to_bgr(image)
        height, width = pixels.shape[:2]
        return Page(width, height, "px", number, self.count, render=lambda: pixels, notices=notices)

    def _check(self, image: Image.Image) -> tuple[Notice, ...]:
        check_pixels(*image.size, self._limits, _cost(image))
        return check_sides(*image.size, self._limits, self._mode)


def _open_heif(data: bytes) -> Image.Image:
    """Pillow has no decoder of its own; the one that is used is not registered, so Pillow stays as others know it."""
    try:
        from pillow_heif import HeifImageFile
    except ImportError as error:
        said = "reading HEIC and HEIF pictures needs a decoder; install it with: pip install 'ocrcli[heif]'"
        raise OcrError("model_missing", f"{said}, or save the picture as JPEG or PNG") from error
    image: Image.Image = HeifImageFile(BytesIO(data))
    return image


def _load(image: Image.Image) -> None:
    """Decodes the picture. Raises OcrError("format_not_supported") for a TIFF of a compression without a decoder."""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        image.load()
        return
    try:
        with _quiet():  # libtiff writes what it makes of a file to stderr
            image.load()
    except OSError as error:
        if (kind := _UNUSUAL.get(image.tag_v2.get(_COMPRESSION, 0))) is None:
            raise
        said = f"the TIFF is compressed with {kind}, which is not read here; save it with LZW or Deflate, or as PNG"
        raise OcrError("format_not_supported", said) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what libraries write to descriptor 2."""
    try:
        kept = os.dup(2)
    except OSError:  # closed by whoever started us
        yield
        return
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _cost(image: Image.Image) -> float:
    """What decoding a pixel takes, in memory, against one of a plain picture; at least 1."""
    bytes_a_pixel = 3.0 + (1 if image.mode in ("1", "L", "P") else 4)  # as we keep it, as Pillow does
    if image.format in _DECODERS:
        bytes_a_pixel += _DECODERS[image.format]
    elif image.info.get("progressive"):
        bytes_a_pixel += 2 * len(image.getbands())  # a JPEG's coefficients, 16 bits each
    elif isinstance(image, TiffImagePlugin.TiffImageFile):
        bytes_a_pixel += _strip_bytes(image)
    elif getattr(image, "is_animated", False):
        bytes_a_pixel += 4  # the frame before
    return max(1.0, bytes_a_pixel / _PLAIN)


def _strip_bytes(image: TiffImagePlugin.TiffImageFile) -> float:
    """What a strip or tile of a TIFF, which is decoded whole, takes for each pixel of the picture."""
    tags, height = image.tag_v2, image.size[1]
    rows = tags.get(TiffImagePlugin.ROWSPERSTRIP) or tags.get(_TILE_LENGTH) or height
    bits = sum(tags.get(TiffImagePlugin.BITSPERSAMPLE, (1,)))
    return float(min(rows, height) / height * bits / 8)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of a picture inside another file, from its header; None where Pillow does not know it.

    Raises OcrError("too_many_pixels") for a size that Pillow refuses.
    """
    try:
        with _decoding(), Image.open(BytesIO(data), formats=_PILLOWS) as image:
            return image.size
    except OcrError as error:
        if error.code == "too_many_pixels":
            raise
        return None


def to_bgr(image: Image.Image) -> Pixels:
    """A loaded picture of any mode as H × W × 3 uint8 BGR, contiguous, turned upright by its EXIF orientation."""
    turn = _orientation(image)
    as_stored = _AS_STORED[turn]
    width, height = image.size
    upright: Pixels = np.empty((width, height, 3) if turn in (5, 6, 7, 8) else (height, width, 3), np.uint8)
    target = as_stored(upright)
    convert = _converter(image)
    step = max(1, _STRIP // width)
    for top in range(0, height, step):
        strip = image.crop((0, top, width, min(top + step, height)))
        target[top : top + step] = convert(strip)
    return upright


def _orientation(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8. Metadata too broken to be read turn nothing: the picture itself may be sound."""
    try:
        turn = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:
        return 1
    return turn if turn in _AS_STORED else 1


def _converter(image: Image.Image) -> Callable[[Image.Image], NDArray[np.uint8]]:
    """How a strip of this picture becomes BGR (or one grey channel, H × W × 1)."""
    if image.mode.startswith("I;16"):
        return _sixteen_bit(image)
    if image.mode in ("I", "F"):
        return _by_extrema(image)
    if image.has_transparency_data:
        return _on_ground(image)
    if image.mode == "CMYK" and image.format in ("JPEG", "MPO") and "adobe" not in image.info:
        # Pillow inverts every CMYK JPEG as Adobe's are; those without Adobe's marker store ink as ink.
        return lambda strip: _bgr(ImageChops.invert(strip))
    if image.mode in ("L", "1"):
        return lambda strip: np.asarray(strip.convert("L"))[..., None]
    return _bgr


def _bgr(strip: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(strip.convert("RGB"))[..., ::-1]


def _on_ground(image: Image.Image) -> Callable[[Image.Image], NDArray[np.uint8]]:
    """How strips of a transparent picture are laid on the ground that shows what is drawn."""
    colour = "black" if _is_light(image) else "white"

    def convert(strip: Image.Image) -> NDArray[np.uint8]:
        rgba = strip.convert("RGBA")
        ground = Image.new("RGBA", rgba.size, colour)
        return np.asarray(Image.alpha_composite(ground, rgba))[..., 2::-1]

    return convert


def _is_light(image: Image.Image) -> bool:
    """True where most of a picture is transparent and what is drawn in it would hardly be seen on white."""
    grey_by_alpha = np.zeros(256)
    width, height = image.size
    step = max(1, _STRIP // width)
    for top in range(0, height, step):
        strip = image.crop((0, top, width, min(top + step, height)))
        grey, alpha = (np.asarray(band) for band in strip.convert("LA").split())
        grey_by_alpha += np.bincount(grey.ravel(), alpha.ravel(), minlength=256)
    drawn = grey_by_alpha.sum() / 255
    light = grey_by_alpha @ np.arange(256) / 255
    return bool(0 < drawn < _MOST_DRAWN * width * height and light >= _LIGHT * drawn * 255)


def _sixteen_bit(image: Image.Image) -> Callable[[Image.Image], NDArray[np.uint8]]:
    """Grey of 9 to 16 bits: the high eight of the bits in use. A TIFF may count ink instead of light."""
    tags = image.tag_v2 if isinstance(image, TiffImagePlugin.TiffImageFile) else {}
    bits = tags.get(TiffImagePlugin.BITSPERSAMPLE, (16,))[0]
    ink = tags.get(TiffImagePlugin.PHOTOMETRIC_INTERPRETATION) == 0

    def convert(strip: Image.Image) -> NDArray[np.uint8]:
        grey: NDArray[np.uint8] = (np.asarray(strip) >> (bits - 8)).astype(np.uint8)[..., None]
        return ~grey if ink else grey

    return convert


def _by_extrema(image: Image.Image) -> Callable[[Image.Image], NDArray[np.uint8]]:
    """32-bit and floating-point grey has no agreed white: the picture's own extremes become black and white."""
    low, high = image.getextrema()
    span = (float(high) - float(low)) or 1.0  # type: ignore[arg-type]  # one channel: two numbers

    def convert(strip: Image.Image) -> NDArray[np.uint8]:
        values = np.nan_to_num(np.asarray(strip, np.float32))
        return np.clip((values - low) * (255 / span), 0, 255).astype(np.uint8)[..., None]

    return convert


def _tiff_pages(image: Image.Image) -> int:
    """Pages of a TIFF, counted no further than one past MOST_PAGES: a file can hold millions of empty ones."""
    for number in range(1, MOST_PAGES + 1):
        try:
            image.seek(number)
        except EOFError:
            return number
        except SyntaxError:
            continue  # a page of a kind that Pillow does not know: reading it will say so
    return MOST_PAGES + 1


@contextmanager
def _decoding() -> Iterator[None]:
    """Pillow's complaints about broken bytes, of whatever type, as OcrError; nothing else is heard of them."""
    pillow = logging.getLogger("PIL")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pillow.addHandler(_SILENCE)
        try:
            yield
        except (OcrError, MemoryError):
            raise
        except Image.DecompressionBombError as error:
            most = 2 * (Image.MAX_IMAGE_PIXELS or 0) / 1e6
            raise OcrError(
                "too_many_pixels",
                f"it has more than {most:,.0f} million pixels; allowed: 160 million. Make it smaller or cut it up",
            ) from error
        except UnidentifiedImageError as error:
            raise OcrError("decode_failed", "the picture is damaged: its header cannot be read") from error
        except Exception as error:
            raise OcrError("decode_failed", f"the picture is damaged or cut off: {quoted(str(error))}") from error
        finally:
            pillow.removeHandler(_SILENCE)
