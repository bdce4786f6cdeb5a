"""Holds inputs against what a service accepts. `--limits warn` turns a refusal into a warning; what protects the
decoder (pixels, pages, archive parts, MOST_BYTES) stays an error."""

from __future__ import annotations

from ocrcli.errors import OcrError
from ocrcli.limits import MEGABYTE, Limits
from ocrcli.options import LimitsMode
from ocrcli.page import Notice

MOST_BYTES = 1 << 30  # nothing larger is taken into memory, whatever the limits say
MOST_PAGES = 10_000  # pages read from one input


def over_limit(code: str, message: str, mode: LimitsMode) -> tuple[Notice]:
    """A service's limit is passed: the warning, or OcrError(code) where limits are enforced."""
    if mode == "warn":
        return (Notice("over_limit", message),)
    raise OcrError(code, f"{message}; `--limits warn` reads it all the same")


def check_format(kind: str, limits: Limits, mode: LimitsMode) -> tuple[Notice, ...]:
    """Warnings for a known format. Raises OcrError("format_not_supported")."""
    if kind in limits.formats:
        return ()
    return over_limit("format_not_supported", f"this is {kind}; taken here: {', '.join(limits.formats)}", mode)


def check_bytes(size: int, limits: Limits, mode: LimitsMode) -> tuple[Notice, ...]:
    """Warnings for the size of a file. Raises OcrError("file_too_large")."""
    if size > MOST_BYTES:
        raise OcrError("file_too_large", f"the file has more than {_bytes(MOST_BYTES)}, which is never read")
    if size <= limits.max_bytes:
        return ()
    return over_limit("file_too_large", f"the file has {_bytes(size)}; allowed: {_bytes(limits.max_bytes)}", mode)


def check_sides(width: int, height: int, limits: Limits, mode: LimitsMode) -> tuple[Notice, ...]:
    """Warnings for a picture's sides in px. Raises OcrError: side_too_short, side_too_long."""
    allowed = f"allowed: {limits.min_side:,} to {limits.max_side:,} px a side"
    found = f"the picture is {width:,} × {height:,} px"
    if min(width, height) < limits.min_side:
        return over_limit("side_too_short", f"{found}; {allowed}", mode)
    if max(width, height) > limits.max_side:
        return over_limit("side_too_long", f"{found}; {allowed}", mode)
    return ()


def check_pixels(width: int, height: int, limits: Limits, cost: float = 1.0) -> None:
    """Keeps pictures out that no memory should be spent on: `cost` is what decoding a pixel takes against one of a
    plain picture. Raises OcrError("too_many_pixels")."""
    most = limits.max_pixels / cost
    if width * height > most:
        raise OcrError(
            "too_many_pixels",
            f"{width:,} × {height:,} px are {width * height / 1e6:,.0f} million pixels; at most "
            f"{most / 1e6:,.0f} million are decoded{' of this kind' if cost > 1 else ''}: make it smaller or cut it up",
        )


def _bytes(size: int) -> str:
    return f"{size:,} bytes ({size / MEGABYTE:,.1f} MB)"
