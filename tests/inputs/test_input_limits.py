from __future__ import annotations

from collections.abc import Callable

import pytest

from ocrcli.errors import OcrError
from ocrcli.inputs.limits import MOST_BYTES, check_bytes, check_format, check_pixels, check_sides
from ocrcli.limits import TEN_MB_OF_BASE64, Limits
from ocrcli.options import LimitsMode
from ocrcli.page import Notice

LIMITS = Limits(formats=("PNG", "JPEG"), min_side=15, max_side=8192)
Check = Callable[[LimitsMode], tuple[Notice, ...]]


@pytest.mark.parametrize(
    ("check", "code", "found", "allowed"),
    [
        (lambda m: check_format("WEBP", LIMITS, m), "format_not_supported", "WEBP", "PNG, JPEG"),
        (lambda m: check_bytes(TEN_MB_OF_BASE64 + 1, LIMITS, m), "file_too_large", "7,864,321", "7,864,320"),
        (lambda m: check_sides(14, 300, LIMITS, m), "side_too_short", "14 × 300", "15 to 8,192"),
        (lambda m: check_sides(300, 14, LIMITS, m), "side_too_short", "300 × 14", "15 to 8,192"),
        (lambda m: check_sides(8193, 20, LIMITS, m), "side_too_long", "8,193 × 20", "15 to 8,192"),
    ],
)
def test_a_limit_refuses_or_warns(check: Check, code: str, found: str, allowed: str) -> None:
    with pytest.raises(OcrError) as caught:
        check("enforce")
    assert caught.value.code == code
    for words in (found, allowed, "--limits warn"):
        assert words in caught.value.message
    (notice,) = check("warn")
    assert notice.code == "over_limit"
    assert found in notice.message


@pytest.mark.parametrize("mode", ["enforce", "warn"])
def test_limits_are_inclusive(mode: LimitsMode) -> None:
    assert check_sides(15, 8192, LIMITS, mode) == ()
    assert check_bytes(TEN_MB_OF_BASE64, LIMITS, mode) == ()
    assert check_format("JPEG", LIMITS, mode) == ()
    check_pixels(16_000, 10_000, LIMITS)


def test_what_protects_the_decoder_is_never_lifted() -> None:
    with pytest.raises(OcrError, match="1,600 million pixels") as caught:
        check_pixels(40_000, 40_000, LIMITS)
    assert caught.value.code == "too_many_pixels"
    with pytest.raises(OcrError, match="never read"):
        check_bytes(MOST_BYTES + 1, LIMITS, "warn")


def test_a_service_may_set_its_own_pixel_budget() -> None:
    with pytest.raises(OcrError):
        check_pixels(2000, 1000, Limits(max_pixels=1_000_000))
