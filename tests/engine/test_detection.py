"""How large a page is looked at."""

from itertools import pairwise

import numpy as np
import pytest

from ocrcli.engine import detection
from ocrcli.engine.paddle import MARGIN, TILE, _tiles
from ocrcli.geometry import Quad, quad_of_box


class SeenBoxes:
    """A detector that sees lines of a fixed height (in the picture's px) once they are high enough to be seen."""

    def __init__(self, line_height: float, least: float = 4.0) -> None:
        self.line_height, self.least = line_height, least
        self.sizes: list[tuple[int, int]] = []

    def boxes(self, pixels: np.ndarray, width: int, height: int, least: float) -> list[tuple[Quad, float]]:
        self.sizes.append((width, height))
        if self.line_height * height / pixels.shape[0] < self.least:
            return []
        return [(quad_of_box(10, 40 * i, 300, 40 * i + self.line_height), 0.9) for i in range(20)]


def picture(width: int, height: int) -> np.ndarray:
    return np.zeros((height, width, 3), np.uint8)


@pytest.mark.parametrize(
    ("size", "line", "looks"),
    [
        ((1000, 1400), 30, [(672, 960)]),  # an ordinary page: one look
        ((2480, 3508), 29, [(672, 960), (1536, 2176)]),  # A4 at 300 dpi, 7 pt: small lines, a second look
        ((500, 600), 20, [(512, 608)]),  # a small picture is not enlarged …
        ((500, 600), 8, [(512, 608), (1120, 1344)]),  # … unless its lines are small
        ((1000, 12000), 30, [(640, 7680)]),  # a tall screenshot keeps its short side
        ((10000, 7000), 60, [(2496, 1760)]),  # a huge scan is never shrunk beyond a quarter
    ],
)
def test_looks(size: tuple[int, int], line: float, looks: list[tuple[int, int]]) -> None:
    detector = SeenBoxes(line)
    assert len(detection.find_lines(detector, picture(*size))) == 20
    assert detector.sizes == looks


def test_an_empty_page_is_looked_at_from_farther_away_and_where_it_is_small_from_nearer() -> None:
    detector = SeenBoxes(30, least=1e9)
    assert detection.find_lines(detector, picture(1200, 600)) == []
    assert detector.sizes == [(1216, 608), (608, 288)]
    detector.sizes.clear()
    assert detection.find_lines(detector, picture(320, 240)) == []
    assert detector.sizes == [(320, 256), (160, 128), (960, 704)]


class Sparse:
    """A detector that sees some captions, and from far away a bent line of letters set far apart and a dark spot."""

    wide, spot = quad_of_box(40, 90, 670, 190), quad_of_box(10, 10, 40, 40)

    def __init__(self, captions: int) -> None:
        self.captions = [quad_of_box(100 * i, 250, 100 * i + 80, 270) for i in range(captions)]

    def boxes(self, pixels: np.ndarray, width: int, height: int, least: float) -> list[tuple[Quad, float]]:
        far = [] if width > pixels.shape[1] / 2 else [(self.wide, 0.5), (self.spot, 0.5)]
        return [(quad, score) for quad, score in [*((quad, 0.8) for quad in self.captions), *far] if score >= least]


@pytest.mark.parametrize("captions", range(5))
def test_letters_set_far_apart_are_seen_from_farther_away_beside_few_lines(captions: int) -> None:
    detector = Sparse(captions)
    assert detection.find_lines(detector, picture(768, 320)) == [*detector.captions, Sparse.wide]


def test_a_page_with_more_lines_is_looked_at_once() -> None:
    detector = Sparse(5)
    assert detection.find_lines(detector, picture(768, 320)) == detector.captions


class Label:
    """A detector that sees a label as one large character unless it sees it large."""

    whole, line = quad_of_box(10, 10, 310, 230), quad_of_box(40, 100, 280, 120)

    def __init__(self, lines_seen_at: int) -> None:
        self.lines_seen_at = lines_seen_at

    def boxes(self, pixels: np.ndarray, width: int, height: int, least: float) -> list[tuple[Quad, float]]:
        return [(self.line if width >= self.lines_seen_at else self.whole, 0.9)]


def test_the_outline_of_a_label_is_no_line_where_a_nearer_look_sees_lines_in_it() -> None:
    assert detection.find_lines(Label(640), picture(320, 240)) == [Label.line]
    assert detection.find_lines(Label(10_000), picture(320, 240)) == [Label.whole]
    assert detection.find_lines(Label(640), picture(1200, 900)) == [Label.line]


def test_a_look_is_never_larger_than_its_limit() -> None:
    detector = SeenBoxes(5, least=0.1)
    detection.find_lines(detector, picture(12000, 12000))
    assert all(w * h <= detection.MOST_PIXELS * 1.02 for w, h in detector.sizes)


@pytest.mark.parametrize("side", [32, 1600, 1632, 3200, 7680, 9984])
def test_tiles_cover_a_side_and_overlap(side: int) -> None:
    tiles = _tiles(side)
    assert tiles[0].start == tiles[0].keep_start == 0
    assert tiles[-1].stop == tiles[-1].keep_stop == side
    for tile in tiles:
        assert tile.stop - tile.start <= TILE
        assert (tile.stop - tile.start) % 32 == 0
        assert tile.start <= tile.keep_start < tile.keep_stop <= tile.stop
    for one, two in pairwise(tiles):
        assert one.keep_stop == two.keep_start
        assert one.stop - one.keep_stop >= MARGIN - 32
        assert two.keep_start - two.start >= MARGIN - 32
