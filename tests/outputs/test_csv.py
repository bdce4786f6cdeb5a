from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from ocrcli.outputs.csv import csv_bytes

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=6)


def test_cells_that_would_be_formulas_get_an_apostrophe():
    rows = [["=1+1", "+86", "-12.50", "@x", "a=b", "'x", ""]]
    assert csv_bytes(rows) == "\ufeff'=1+1,'+86,'-12.50,'@x,a=b,'x,\r\n".encode()


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=4))
def test_cells_come_back(rows: list[list[str]]):
    text = csv_bytes(rows).decode("utf-8-sig")
    back = list(csv.reader(io.StringIO(text, newline="")))
    marked = [[f"'{cell}" if cell[:1] in tuple("=+-@") else cell for cell in row] for row in rows]
    assert back == marked
