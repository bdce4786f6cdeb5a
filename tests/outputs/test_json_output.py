from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.outputs.json import indented, line, list_items, write_list
from tests.outputs import sample_records as sample

TEXT = st.text(max_size=8)
PLAIN = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=8,
)
RECORDS = st.dictionaries(TEXT, PLAIN, max_size=3)


@given(RECORDS)
def test_a_record_is_one_line_and_comes_back(record: dict[str, object]):
    raw = line(record)
    assert raw.count(b"\n") == 1 and raw.endswith(b"\n")
    assert json.loads(raw) == record


@given(RECORDS)
def test_laid_out_for_eyes_it_says_the_same(record: dict[str, object]):
    assert json.loads(indented(record)) == record


def test_numbers_inside_strings_are_left_alone():
    record = {"text": "[\n  1,\n  2]", "quad": [[1, 2], [-3.5, 4]]}
    assert indented(record) == '{\n  "text": "[\\n  1,\\n  2]",\n  "quad": [[1, 2], [-3.5, 4]]\n}'


@given(st.lists(PLAIN, max_size=4), st.sampled_from([None, 0, 3]))
def test_the_items_of_a_list_come_one_by_one(items: list[object], indent: int | None):
    assert list(list_items(f" {json.dumps(items, indent=indent)}\n")) == items


@pytest.mark.parametrize("text", ["", "[", "[1", "[1,", "[1,]", "[1 2]", "[,1]", "[1]]", "[1] x", '{"a": 1}', "1"])
def test_what_is_no_list_is_refused(text: str):
    with pytest.raises(ValueError):
        list(list_items(text))


def test_a_list_has_a_record_a_line():
    stream = io.BytesIO()
    records = [sample.record("图.png"), sample.error("b.png")]
    write_list(stream, records)
    rows = stream.getvalue().decode().split("\n")
    assert [rows[0], rows[-2], rows[-1]] == ["[", "]", ""]
    assert [json.loads(row.rstrip(",")) for row in rows[1:-2]] == records
    assert "图.png" in rows[1]
