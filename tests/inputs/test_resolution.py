from __future__ import annotations

import pytest

from ocrcli.errors import OcrError
from ocrcli.inputs.resolution import scale_for
from ocrcli.limits import Limits

LIMITS = Limits()
A4 = (595.0, 842.0)


def dpi(width: float, height: float, scanned: float | None = None, asked: int | None = None) -> float:
    return scale_for(width, height, scanned=scanned, dpi=asked, limits=LIMITS) * 72


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (A4, 200),
        ((243, 153), 1200 / 243 * 72),  # a bank card: its longer side gets 1,200 px
        ((100, 60), 400),
    ],
)
def test_pages_without_a_scan(size: tuple[float, float], expected: float) -> None:
    assert dpi(*size) == pytest.approx(expected)


def test_scans_keep_their_own_resolution_up_to_300_dpi() -> None:
    assert dpi(*A4, scanned=150 / 72) == pytest.approx(150)
    assert dpi(*A4, scanned=600 / 72) == pytest.approx(300)
    assert dpi(3000, 4000, scanned=1.0) == pytest.approx(72)  # one px a pt, as many converters write


def test_a_scan_keeps_its_pixels_on_a_page_of_tiny_size() -> None:
    assert 60 * scale_for(60, 42, scanned=1240 / 60, dpi=None, limits=LIMITS) == pytest.approx(1240)
    assert 60 * scale_for(60, 42, scanned=5000 / 60, dpi=None, limits=LIMITS) == pytest.approx(1600)


def test_nothing_gets_more_than_forty_million_pixels() -> None:
    scale = scale_for(2384, 3370, scanned=None, dpi=None, limits=LIMITS)  # A0
    assert 2384 * 3370 * scale**2 == pytest.approx(40e6)


def test_what_is_asked_for_is_done_or_refused() -> None:
    assert dpi(*A4, asked=600) == pytest.approx(600)
    with pytest.raises(OcrError, match="--dpi") as caught:
        dpi(*A4, asked=2400)
    assert caught.value.code == "too_many_pixels"
