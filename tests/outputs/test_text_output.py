from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from ocrcli.outputs.text import text_of, write_text
from tests.outputs import sample_records as sample


def written(records: Sequence[dict[str, Any]], *, several: bool = False) -> str:
    stream = io.BytesIO()
    write_text(stream, records, several=several)
    return stream.getvalue().decode()


def test_text_is_the_text_of_the_record():
    assert text_of(sample.text_record("a.png", "甲 乙\n\n丙")) == "甲 乙\n\n丙"
    assert written([sample.text_record("a.png", "甲")]) == "甲\n"


def test_fields_are_rows_of_key_and_value():
    assert text_of(sample.record("a.png", fields=sample.CARD | {"note": "two\nrows", "none": None, "empty": ""})) == (
        "name: 样本张三\n"
        "number: 00123\n"
        "count: 2\n"
        "owner:\n"
        "  city: 北京\n"
        "  street:\n"
        "marks:\n"
        "  - <<A\n"
        "  - B<<\n"
        "items:\n"
        "  - item: 茶\n"
        "    amount: 12.00\n"
        "  - item: =1+1\n"
        "    amount:\n"
        "note:\n"
        "  two\n"
        "  rows\n"
        "none:\n"
        "empty:"
    )


def test_a_list_of_objects_is_a_list_of_items():
    plates = [{"plate_number": "京A12345", "confidence": 0.9}, {"plate_number": "沪B1", "confidence": 0.8}]
    assert text_of(sample.record("a.png", fields=plates)) == (
        "- plate_number: 京A12345\n  confidence: 0.9\n- plate_number: 沪B1\n  confidence: 0.8"
    )
    assert text_of(sample.record("a.png", fields=[])) == ""


def test_pages_are_split_by_a_form_feed_and_nothing_else_is():
    pages = [sample.text_record("a.pdf", text, number, 3) for number, text in enumerate(("one", "t\fwo", ""), 1)]
    assert written(pages) == "one\n\ft\nwo\n\f"


def test_documents_of_one_page_are_split_by_a_blank_line():
    documents = [
        sample.record("a.png", fields={"number": n}, document={"index": i, "count": 2, "quad": None, "side": None})
        for i, n in enumerate("12", 1)
    ]
    assert written(documents) == "number: 1\n\nnumber: 2\n"


def test_several_inputs_are_headed_by_their_names():
    records = [sample.text_record("a.png", "甲"), sample.text_record("b\nc.png", "乙")]
    assert written(records, several=True) == "==> a.png <==\n甲\n\n==> b\\nc.png <==\n乙\n"
    assert written(records[:1], several=True) == "==> a.png <==\n甲\n"


def test_a_page_that_failed_keeps_its_place():
    good = [sample.text_record("a.pdf", f"page {n}", n, 4) for n in (1, 2, 3, 4)]
    bad = [sample.error("a.pdf", n) for n in (1, 2, 3, 4)]
    assert written([good[0], bad[1], good[2], bad[3]]) == "page 1\n\f\fpage 3\n\f"
    assert written([bad[0], good[1]], several=True) == "==> a.pdf <==\n\fpage 2\n"


def test_an_input_that_failed_altogether_leaves_nothing():
    records = [sample.error("a.png"), sample.error("b.pdf", 1), sample.error("b.pdf", 2), sample.text_record("c", "x")]
    assert written(records, several=True) == "==> c <==\nx\n"
