import pytest

from ocrcli.layout.upright import Piece, units
from ocrcli.layout.wrapping import first_word, wraps
from ocrcli.page import Line


def piece(text: str, y: float = 0.0) -> Piece:
    """Text of 20 px print that begins at x = 0."""
    line = Line(text, 1.0, ((0, 0), (1, 0), (1, 1), (0, 1)))
    return Piece((line,), (0.0, y), (20 * units(text), y), 24.0)


@pytest.mark.parametrize(
    ("text", "word"), [("hello world", "hello"), ("中文", "中"), ("OCR技术", "OCR"), ("  a b", "a"), ("", "")]
)
def test_first_word(text: str, word: str) -> None:
    assert first_word(text) == word


@pytest.mark.parametrize(
    ("upper", "lower", "full"),
    [
        ("a line that ends here", "internationally known", True),  # no room for so long a word
        ("a line that ends here", "of all", False),
        ("一二三四五六七八九十一二三四五", "六七", True),
        ("一二三四五六七八九", "六七", False),
        ("", "六七", False),
        ("一二三", "", False),
    ],
)
def test_a_line_is_full_where_the_next_word_would_not_have_fitted(upper: str, lower: str, full: bool) -> None:
    assert wraps(piece(upper), piece(lower, 30), right_edge=300.0) is full
