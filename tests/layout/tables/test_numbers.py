"""Columns of numbers and dates: what is nearly one is read in their form, what is printed otherwise stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from ocrcli.engine.lattice import greedy, make_lattice, mean_confidence
from ocrcli.geometry import quad_of_box
from ocrcli.layout.tables.numbers import Form, form_of, governed
from ocrcli.page import Alphabet, Cell, Line

ALPHABET = Alphabet.of(["", *"0123456789", *",.%-+E()¥￥OlSBa一/—年月日无n*↓ "])
QUAD = quad_of_box(0, 0, 100, 20)
Print = Sequence[str | Mapping[str, float]]


def line(printed: Print) -> Line:
    """A line as a recogniser reads it: each character for certain, or several with their probabilities."""
    dense = np.full((2 * len(printed) + 1, len(ALPHABET.characters)), 1e-9, np.float32)
    dense[::2, 0] = 1.0
    for at, chances in enumerate(printed):
        for character, chance in ({chances: 0.9999} if isinstance(chances, str) else chances).items():
            dense[2 * at + 1, ALPHABET.index[character]] = chance
    text, chars = greedy(dense, len(dense), ALPHABET)
    return Line(text, mean_confidence(chars), QUAD, chars=chars, lattice=make_lattice(dense, ALPHABET))


def column(*printed: Print) -> list[str]:
    """The texts of a column's cells once its form has been asked for."""
    lines = [line(characters) for characters in printed]
    cells = [Cell(row, 0, 1, 1, read.text, QUAD, read.confidence) for row, read in enumerate(lines)]
    chosen = governed(cells, [[read] for read in lines])
    return [chosen[i].text if i in chosen else cell.text for i, cell in enumerate(cells)]


AMOUNTS = ("1,234.50", "87.00", "9.99", "320.10")
O_OR_0 = {"O": 0.6, "0": 0.39}


def test_a_letter_in_a_number_gives_way_to_the_digit_it_resembles() -> None:
    assert column(*AMOUNTS, ["1", O_OR_0, ".", "5", "0"])[-1] == "10.50"
    assert column("12", "7", "105", [{"S": 0.5, "5": 0.45}, "3"])[-1] == "53"
    assert column("12", "7", "105", [{"a": 0.5, "0": 0.4}])[-1] == "0"


def test_a_point_that_was_nearly_lost_is_found_where_all_others_have_one() -> None:
    assert column(*AMOUNTS, ["5", "6", {"": 0.7, ".": 0.29}, "7", "8"])[-1] == "56.78"
    assert column("12", "7", "105.5", "3", ["5", "6", {"": 0.7, ".": 0.29}, "7"])[-1] == "567"


def test_a_sign_for_hundredths_read_as_figures_comes_back() -> None:
    assert column("1.5%", "20%", "7%", "8%", ["3", "5", {"a": 0.6, "%": 0.39}])[-1] == "35%"


def test_dates_and_numbers_with_exponents() -> None:
    days = ("2024-01-02", "2023-11-30", "2024-05-06")
    assert column(*days, ["2", O_OR_0, "2", "4", "-", "0", "1", "-", "0", "9"])[-1] == "2024-01-09"
    powers = ("1,040E-09", "8,149E-08", "4,131E-06")
    assert column(*powers, ["3", ",", "1", "1", {"S": 0.55, "5": 0.44}, "E", "-", "0", "2"])[-1] == "3,115E-02"


def test_a_stroke_alone_is_a_dash() -> None:
    assert column("1.2", "3.4", "5.6", "一")[-1] == "—"


@pytest.mark.parametrize(
    "printed",
    ["12a", "1O5", "合", "无", "/", "-", "—", "**", "12*", "58.9↓", "1 234", "nn", "1.2.3", "12,34", "(5)", "+7"],
)
def test_what_is_clearly_printed_stays(printed: str) -> None:
    assert column("1.2", "3.4", "5.6", "7.8", printed.replace("合", "日"))[-1] == printed.replace("合", "日")


def test_a_total_without_decimals_stays() -> None:
    assert column(*AMOUNTS, "1651")[-1] == "1651"


def test_heads_and_columns_of_words_stay() -> None:
    assert column(["l", O_OR_0], "12", "7", "105")[0] == "lO"
    assert column("nO", "无", "a", ["1", O_OR_0])[-1] == "1O"


def test_what_was_chosen_tells_the_plain_reading_and_its_doubts() -> None:
    lines = [line(text) for text in ("12", "7", "105", [{"a": 0.4, "0": 0.3, "9": 0.2}])]
    cells = [Cell(row, 0, 1, 1, read.text, QUAD, 0.9) for row, read in enumerate(lines)]
    [(number, value)] = governed(cells, [[read] for read in lines]).items()
    assert (number, value.text, value.guided.plain, value.guided.doubtful) == (3, "0", "a", True)
    assert value.guided.confidence < 0.3


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        (("数量", "1", "2", "3"), Form()),
        (("1", "2"), None),
        (("品名", "纸", "笔", "1", "2", "3"), None),
        (("金额", *AMOUNTS), Form(decimals=2)),
        (("金额", *AMOUNTS, "100"), Form(decimals=2)),
        (("金额", *AMOUNTS, "100", "5"), Form()),
        (("同比", "1.5%", "-2.0%", "3%", "4%"), Form(per=True)),
        (("日期", "2024-01-02", "2024年3月4日", "2024/5/6"), Form(is_date=True)),
        (("号", "20240102", "20240304", "20240506"), Form()),
        ((), None),
    ],
)
def test_forms(texts: Sequence[str], form: Form | None) -> None:
    assert form_of(texts) == form


def test_points_that_group_digits_are_commas_misread() -> None:
    texts = ["金额", "20.075.47", "1.728.23", "871.00", "66.558.16"]
    assert form_of(texts) == Form(decimals=2)
    assert form_of(["Total", "1.234.567", "2.345.678", "3.456.789"]) is None
